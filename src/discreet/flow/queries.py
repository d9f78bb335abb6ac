"""Queries: what the methods of managers, sessions and query sets give, by name, whichever library they are of."""

from __future__ import annotations

from discreet.flow.context import Thing

GET_ONE = frozenset({
    "get", "first", "last", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "create",
    "get_or_create", "update_or_create", "earliest", "latest", "aget", "afirst", "acreate", "get_or_404",
    "first_or_404", "one_or_404", "get_by_id", "pop", "build", "new", "find_one", "insert", "find_by_id"
})  # fmt: skip
NO_ROWS = frozenset({
    "count", "exists", "aggregate", "delete", "update", "values", "values_list", "bulk_create", "acount", "aexists",
    "in_bulk", "dates", "datetimes", "as_view"
})  # fmt: skip
QUERIES = frozenset({"select", "query", "exec", "scalars", "execute", "select_from_model"})
ONE_OF_CLASS = frozenset({
    "get_object_or_404", "get", "get_or_404", "aget_object_or_404", "get_one", "load", "merge", "refresh",
    "parse_obj_as", "validate"
})  # fmt: skip
MANY_OF_CLASS = frozenset({"get_list_or_404", "TypeAdapter"})


def collected(thing: Thing) -> list[Thing]:
    """What a method of a collection gives."""
    if thing.member.endswith("_or_create"):
        return [Thing("pair", thing.name)]
    if thing.member in GET_ONE:
        return [Thing("instance", thing.name)]
    return [] if thing.member in NO_ROWS else [Thing("collection", thing.name)]


def asks(method: str) -> bool:
    """Whether a method of this name may take a class and give its rows."""
    return method in QUERIES or method in ONE_OF_CLASS or method in MANY_OF_CLASS


def queried(method: str, named: tuple[Thing, ...]) -> list[Thing]:
    """``session.query(User)``, ``select(User)``, ``get_object_or_404(User, pk=1)``, ``session.get(User, 1)``."""
    one = method in ONE_OF_CLASS
    kept = [thing for thing in named if thing.kind in ("class", "collection")]
    return [Thing("instance" if one else "collection", thing.name) for thing in kept]
