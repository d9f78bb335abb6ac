"""Queries: what the methods of managers, sessions and query sets give, by name, whichever library they are of."""

from __future__ import annotations

from typing import Final

from discreet.facts.model import Call, Function
from discreet.flow.context import Thing

MAX_ASKED: Final = 3
"""So many calls round a query are looked through for the class that it names."""
GET_ONE: Final = frozenset({
    "get", "first", "last", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "create",
    "get_or_create", "update_or_create", "earliest", "latest", "aget", "afirst", "acreate", "get_or_404",
    "first_or_404", "one_or_404", "get_by_id", "pop", "build", "new", "find_one", "insert", "find_by_id", "create_user",
    "create_superuser", "acreate_user", "acreate_superuser", "alast", "aearliest", "alatest", "get_by_natural_key",
    "get_or_none"
})  # fmt: skip
NO_ROWS: Final = frozenset({
    "count", "exists", "aggregate", "delete", "update", "values", "values_list", "acount", "aexists",
    "in_bulk", "dates", "datetimes", "as_view", "with_entities", "model_json_schema", "schema", "schema_json",
    "json_schema", "model_rebuild", "update_forward_refs"
})  # fmt: skip
MANY_MADE: Final = frozenset({"bulk_create", "abulk_create"})
"""Methods that make rows, and give them back."""
DOING: Final = frozenset({
    "count", "delete", "update", "exists", "has", "is", "remove", "purge", "clear", "sum", "total", "bulk", "soft",
    "hard", "mark", "set", "reset", "increment", "ensure", "validate", "check", "send", "notify"
})  # fmt: skip
"""Verbs that a method of the program's own manager begins with if it does something to rows, or counts them."""
QUERIES: Final = frozenset({"select", "query", "exec", "scalar", "scalars", "execute", "select_from_model"})
ONE_OF_QUERY: Final = frozenset({"scalar"})
"""Those that are handed a query and give the first of its rows."""
CHOOSING: Final = ("select", "query", "with_entities", "with_only_columns")
"""What is called with the columns that it shall give, or with several classes."""
ONE_OF_CLASS: Final = frozenset({
    "get_object_or_404", "get", "get_or_404", "aget_object_or_404", "get_one", "load", "merge", "refresh",
    "parse_obj_as", "validate"
})  # fmt: skip
MANY_OF_CLASS: Final = frozenset({"get_list_or_404"})


def collected(thing: Thing) -> list[Thing]:
    """What a method of a collection gives."""
    if thing.member.endswith("_or_create"):
        return [Thing("pair", thing.name)]
    if thing.member in GET_ONE:
        return [Thing("instance", thing.name)]
    return [Thing("collection", thing.name)] if _gives_rows(thing.member) else []


def _gives_rows(method: str) -> bool:
    """Whether a method of a manager or a query set that nobody knows is taken for another query. One that begins with
    an underscore is the library's own business, and one that says what it does gives a number, or nothing.
    """
    words = method.split("_")
    if method in MANY_MADE:
        return True
    return method not in NO_ROWS and words[0] not in DOING and words[-1] not in ("count", "exists") and words[0] != ""


def asks(method: str) -> bool:
    """Whether a method of this name may take a class and give its rows."""
    return method in QUERIES or method in ONE_OF_CLASS or method in MANY_OF_CLASS


def queried(method: str, named: tuple[Thing, ...]) -> list[Thing]:
    """``session.query(User)``, ``select(User)``, ``get_object_or_404(User, pk=1)``, ``session.get(User, 1)``."""
    one = method in ONE_OF_CLASS or method in ONE_OF_QUERY
    kept = [thing for thing in named if thing.kind in ("class", "collection")]
    return [Thing("instance" if one else "collection", thing.name) for thing in kept]


def asked_for(function: Function, call: Call, depth: int = 0) -> str:
    """What the class is called whose rows a call gives, where that is all that is known of it: ``User``, of which
    nobody has the module, in ``session.query(User)`` and ``session.scalars(select(User))``.
    """
    method = call.text.rpartition(".")[2]
    if not call.args or not asks(method) or depth > MAX_ASKED or (method == "get" and len(call.args) < 2):
        return ""
    for part in call.args[0].value:
        if part.root[0] == "c" and not part.access:
            return asked_for(function, function.calls[int(part.root[1:])], depth + 1)
        name = part.root.rpartition(".")[2]
        if part.root[:2] == "g:" and not part.access and name[:1].isupper() and not name.isupper():
            return name
    return ""
