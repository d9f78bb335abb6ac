"""Look-ups: what a value is, told by what something is looked up by with it: ``find_by_email(query)``.

Whoever types into a field for searching types a name, and the variable is called ``query`` or ``text``. But where the
function hands it to a look-up, the look-up says what it takes it for, and so does a function that is one by its own
name of the parameter that it searches for. It speaks as the name of a variable would: only where nothing better does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from discreet.catalogue.names import surely
from discreet.catalogue.quotes import SAID
from discreet.catalogue.vocabulary import vocabulary
from discreet.catalogue.words import split_name
from discreet.facts.model import Argument, Call, Function, Parameter, Part, Path
from discreet.facts.narrowing import plain
from discreet.facts.values import sole
from discreet.flow.binding import bind_arguments, is_own_object, own_receiver
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.described import searched_by
from discreet.flow.queries import GET_ONE
from discreet.flow.things import Things
from discreet.flow.turns import quoted, turns
from discreet.flow.uses import uses

QUERYING: Final = GET_ONE | {
    "filter", "filter_by", "get_by", "find", "find_by", "find_first", "exclude", "where", "has", "any", "get_or_none",
    "get_object_or_404", "search", "lookup", "exists",
}  # fmt: skip
"""Methods whose keywords are columns."""
OPERATORS: Final = frozenset({
    "iexact", "exact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "in", "ilike",
    "like", "eq",
})  # fmt: skip
"""What Django and its kin write behind a column: ``email__iexact``."""
VERBS: Final = frozenset({
    "get", "find", "search", "fetch", "load", "lookup", "query", "select", "filter", "list", "exists", "read",
    "retrieve",
})  # fmt: skip
SOUGHT: Final = frozenset({
    "query", "q", "term", "text", "value", "val", "pattern", "needle", "search", "key", "keyword", "input", "string",
    "what",
})  # fmt: skip
"""Last words of what a parameter is called that is searched for."""
MANNERS: Final = frozenset({
    "fuzzy", "exact", "partial", "enhanced", "pattern", "prefix", "like", "insensitive", "case", "ci", "async",
    "cached", "safe", "strict", "substring",
})  # fmt: skip
"""Last words of a look-up that say how it looks."""
SEARCHED: Final = frozenset({
    "email", "phone", "name", "first_name", "last_name", "username", "national_id", "passport", "driving_licence",
    "date_of_birth", "postal_address", "tax_id", "medical_record_number", "health_insurance_id",
})  # fmt: skip
"""Categories by which people look for people; a plate or a number of something, a program looks up as well."""
IDS: Final = frozenset({"id", "ids", "uuid", "guid", "pk"})
"""Last words of what means something inside a program only, whatever it is stored as."""
REACHED: Final = frozenset({"email", "phone", "name", "first_name", "last_name", "username", "postal_address"})
"""Categories of which a program has no id."""
COMPOUND_HEADS: Final = frozenset({"name", "address"})
"""What people and things have: a name that says whose it is knows better than the look-up."""
KEEPERS: Final = frozenset({
    "repository", "repo", "service", "manager", "dao", "store", "storage", "crud", "gateway", "adapter", "provider",
    "mixin", "base", "model", "table", "objects", "impl", "selector", "finder", "queries", "query", "set",
})  # fmt: skip
"""Last words of classes that keep what the words before them name: ``CustomerRepository``."""

ROW_ID: Final = "id"
"""What a value is looked up as that is the number of a row, whatever it is called: ``get(id=data["employee"])``."""

_Key = tuple[str, Path]


class Lookups:
    """Answers what a function looks up with its values."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._memo: dict[str, dict[_Key, str]] = things.program.table()
        self._own: dict[str, dict[_Key, str]] = things.program.table()

    def of(self, context: Context, part: Part) -> str:
        """The name of what a part is looked up as in the function, such as ``customer_name``; ``""`` if it is not."""
        known = self._memo.get(context.function.name)
        if known is None:
            known = self._memo[context.function.name] = self._told(Context(context.unit))
        found = known.get((part.root, plain(part.access)), "") if known else ""
        return found if not part.path or found == ROW_ID else ""

    def _told(self, context: Context) -> dict[_Key, str]:
        """What the function's own values are, by its own text and by the look-ups of the program that it hands them."""
        found = dict(self._by_itself(context))
        for call in context.function.calls:
            method = _look_up(call.text)
            if method and call.args and self._things.program.is_name(method):
                for part, name in self._inside(context, call):
                    found.setdefault((part.root, plain(part.access)), name)
        return found

    def _inside(self, context: Context, call: Call) -> Iterator[tuple[Part, str]]:
        """What a look-up of the program takes its arguments for: by what it looks up with them, or calls them."""
        for thing in self._things.of_callee(context, call):
            if thing.kind not in CALLABLE:
                continue
            inner = Context(self._things.program.unit(thing.name))
            told, params = self._by_itself(inner), inner.function.params
            bound = bind_arguments(inner.function, call.args, own_receiver(inner.function, thing.kind))
            for index, value in bound.items():
                part = sole(value)
                name = told.get((f"p{index}", ())) or _used(params[index].name, "") if part is not None else ""
                if part is not None and name and name != ROW_ID:
                    yield part, name

    def _by_itself(self, context: Context) -> dict[_Key, str]:
        """What they are by its own text alone."""
        known = self._own.get(context.function.name)
        if known is not None:
            return known
        found = self._own[context.function.name] = {}
        for index, param in enumerate(context.function.params):
            name = _sought_by(context.function, param.name) or self._described(context, param)
            if name:
                found["p" + str(index), ()] = name
        for call in context.function.calls:
            for arg, name in self._asked(context, call):
                if len(arg.value) == 1 and not arg.value[0].path:
                    found.setdefault((arg.value[0].root, plain(arg.value[0].access)), name)
        for part in quoted(context.function):
            found[part.root, plain(part.access)] = SAID
        for part, keeper in turns(context.function, lambda call: self._entered(context, call)):
            if not self._is_of_a_library(context, keeper):
                found.setdefault((part.root, plain(part.access)), SAID)
        for part, name, by in uses(context.function, _used):
            if by is None or not self._is_of_a_library(context, by):
                found.setdefault((part.root, plain(part.access)), name)
        return found

    def _described(self, context: Context, param: Parameter) -> str:
        """What is searched by with a parameter, as its default tells those who use the interface."""
        made, words = sole(param.default), split_name(param.name)
        if made is None or made.root[0] != "c" or made.access or not words or words[-1] not in SOUGHT:
            return ""
        scope = self._things.program.scope_of(context.unit)
        if scope is None:
            return ""
        return searched_by(scope.function.calls[int(made.root[1:])], context.function.name.rpartition(".")[2], _called)

    def _entered(self, context: Context, call: Call) -> tuple[Function, int] | None:
        """The function of ours that a call enters, and how many of its parameters are taken by what it is called on."""
        thing = next((each for each in self._things.of_callee(context, call) if each.kind in CALLABLE), None)
        if thing is None:
            return None
        function = self._things.program.unit(thing.name).function
        return function, int(is_own_object(function, 0))

    def _is_of_a_library(self, context: Context, call: Call) -> bool:
        """Whether a call tells a service something, whose keywords are its own; those of a log are the program's."""
        callees = [each.name for each in self._things.of_callee(context, call) if each.kind == "external"]
        return any(row.kind != "log" for name in callees for row in self._things.catalogue.sinks_of(name))

    def _asked(self, context: Context, call: Call) -> Iterator[tuple[Argument, str]]:
        """The arguments of a call that something is looked up with, each with the name of what it is."""
        method = call.text.rpartition(".")[2]
        before, key = ("", "") if method in QUERYING else _by(method)
        if not key and (method not in QUERYING or all(arg.name in ("", "*", "**") for arg in call.args)):
            return
        callees = self._things.of_callee(context, call)
        if any(each.kind == "external" and self._things.catalogue.sinks_of(each.name) for each in callees):
            return  # what a service is told
        if not key:
            yield from self._columns(call, callees)
            return
        ours = [each for each in callees if each.kind in CALLABLE]
        name = _called(key, before or self._keeper(ours) or _owner_word(call.text))
        if name:
            for arg in self._searched(ours, call):
                yield arg, name

    def _columns(self, call: Call, callees: tuple[Thing, ...]) -> Iterator[tuple[Argument, str]]:
        """What is handed to a query by the name of a column."""
        rows = next((each.name for each in callees if each.kind in ("collector", "collection")), "")
        owner = rows.rpartition(".")[2] or _owner_word(call.text)
        for arg in call.args:
            name = _column(arg.name, owner) if arg.name not in ("", "*", "**") else ""
            if name:
                yield arg, name

    def _searched(self, callees: list[Thing], call: Call) -> Iterator[Argument]:
        """What is searched for: the only argument by place, or the one whose parameter says so."""
        placed = [arg for arg in call.args if arg.name == ""]
        if len(placed) == 1:
            yield placed[0]
        elif callees:
            unit = self._things.program.unit(callees[0].name)
            bound = bind_arguments(unit.function, call.args, () if callees[0].kind == "method" else None)
            for index, value in bound.items():
                if _sought_by(unit.function, unit.function.params[index].name):
                    yield from [arg for arg in placed if arg.value == value]

    def _keeper(self, callees: list[Thing]) -> str:
        for thing in callees:
            owner = self._things.program.unit(thing.name).function.owner
            if owner:
                return owner.rpartition(".")[2]
        return ""


def _sought_by(function: Function, param: str) -> str:
    """What a parameter is, by the name of its function: the ``query`` of ``search_by_name``."""
    before, key = _by(function.name.rpartition(".")[2])
    words = split_name(param) if key else []
    around = [*key.split("_"), "search"]
    if not words or words[-1] not in SOUGHT or (len(words) > 1 and words[-2] not in around):
        return ""
    return _called(key, before or function.owner.rpartition(".")[2])


@lru_cache(maxsize=1 << 14)
def _look_up(text: str) -> str:
    """The last name of what is called, if it says that something is looked up: ``find_user``; else ``""``."""
    method = text.rpartition(".")[2]
    words = split_name(method) if "_" in method or not method.islower() else []
    return method if len(words) > 1 and words[0] in VERBS else ""


def _by(method: str) -> tuple[str, str]:
    """Whose, and what, of the name of a look-up: ``("user", "email")`` of ``get_user_by_email``, without the words
    behind it that say how it is looked for (``search_by_name_fuzzy``).
    """
    words = split_name(method) if "by" in method or "By" in method else []
    if "by" not in words[1:-1] or words[0] not in VERBS:
        return "", ""
    at = words.index("by")
    key = words[at + 1 :]
    while len(key) > 1 and key[-1] in MANNERS:
        key.pop()
    return "_".join(words[1:at]), "_".join(key)


def _called(key: str, owner: str) -> str:
    """The name that says strongly what a column ``key`` of an ``owner`` is; ``""`` if none does."""
    whose = _kept(owner)
    for name in (key, f"{whose}_{key}" if whose else "", whose if whose.endswith(f"_{key}") else ""):
        guess = surely(name) if name else None
        if guess is not None and guess.category in SEARCHED:
            return name
    return ""


@lru_cache(maxsize=1 << 16)
def _used(key: str, owner: str) -> str:
    """The same of what a value is used as: by a ``username`` a program may sign in itself."""
    name = _called(key, owner)
    guess = surely(name) if name else None
    return name if guess is not None and guess.category not in vocabulary().machines_too else ""


def is_told_apart(name: str, sought: str) -> bool:
    """Whether a value's own name says whose it is: a ``company_name`` that is looked up as a person's; or that it is an
    id, of what has no number of its own: a ``session_id`` that is stored as a phone.
    """
    words = split_name(name)
    if words and words[-1] in IDS:
        guess = surely(sought)
        return guess is not None and guess.category in REACHED
    return len(words) > 1 and words[-1] in COMPOUND_HEADS and words[-1] == split_name(sought)[-1]


def _column(keyword: str, owner: str) -> str:
    """The same of a keyword: ``user__email__iexact``."""
    words = [word for word in keyword.split("__") if word not in OPERATORS]
    if words == [ROW_ID] or words == ["pk"]:
        return ROW_ID
    if not words:
        return ""
    return _called(words[-1], words[-2] if len(words) > 1 else owner)


def _kept(owner: str) -> str:
    """What a class keeps, by its name in lower case: ``airtable_customer`` of ``AirtableCustomerRepository``."""
    words = split_name(owner)
    while words and words[-1] in KEEPERS:
        words.pop()
    return "_".join(words)


def _owner_word(text: str) -> str:
    """Whose method is called, as the call is written: ``User`` of ``User.objects.filter``."""
    names = [name for name in text.replace("()", "").replace("[]", "").split(".")[:-1] if name != "self"]
    while names and _kept(names[-1]) == "":
        names.pop()
    return names[-1] if names else ""
