"""The catalogue's lookup tables: sinks, transforms, types, fields and classes of the world's libraries.

The data are TOML files in ``data/``, a file or a folder a topic; :func:`catalogue` has them, from where they are kept
:mod:`ready <discreet.catalogue.ready>`, when something is first asked.
A dotted name is looked up exactly, then *loosely*: by its first and last part, because libraries re-export
(``pydantic.EmailStr`` is ``pydantic.networks.EmailStr``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import msgspec

from discreet.catalogue.data import files, files_in
from discreet.catalogue.ready import ready
from discreet.catalogue.rows import Caller, ClassRow, FieldRow, Handler, Sink, Transform, TypeRow

_MAX_KNOWN = 1 << 13
"""Of so many classes the bases are remembered."""
ANY = "__getattr__"
"""The name under which a row speaks of any method of an object that makes them up as they are called."""
TOPICS = ("sinks", "transforms", "types", "frameworks", "frames")

Row = TypeVar("Row")


class Table(Generic[Row]):
    """Rows by dotted name, with the loose lookup. Of several names that are loosely the same the first is meant."""

    def __init__(self, exact: dict[str, Row]) -> None:
        self.exact = exact

    @cached_property
    def _loose(self) -> dict[tuple[str, str], Row]:
        found: dict[tuple[str, str], Row] = {}
        for name, row in self.exact.items():
            found.setdefault((name.partition(".")[0], name.rpartition(".")[2]), row)
        return found

    def get(self, name: str, *, loose: bool = True) -> Row | None:
        """The row of a dotted name."""
        found = self.exact.get(name)
        if found is None and loose and "." in name:
            found = self._loose.get((name.partition(".")[0], name.rpartition(".")[2]))
        return found


class Tables(msgspec.Struct):
    """The rows of some files by the names they speak of. A later row for a name takes the place of an earlier one,
    but for sinks and handlers: a callable may let several things out, a function may be handed several.
    """

    sinks: dict[str, list[Sink]] = {}
    transforms: dict[str, Transform] = {}
    methods: dict[str, Transform] = {}
    returns: dict[str, str] = {}
    returning_methods: dict[str, str] = {}
    callers: dict[str, Caller] = {}
    calling_methods: dict[str, Caller] = {}
    handlers: dict[str, list[Handler]] = {}
    types: dict[str, TypeRow] = {}
    fields: dict[str, FieldRow] = {}
    classes: dict[str, ClassRow] = {}
    conventions: dict[str, str] = {}
    frames: dict[str, str] = {}
    makers: dict[str, str] = {}
    frameworks: list[str] = []

    def load(self, data: dict[str, Any]) -> None:
        """Enter the rows of one file."""
        for row in data.get("sink", ()):
            for name in dotted_names(row):
                self.sinks.setdefault(name, []).append(msgspec.convert({**_plain(row), "name": name}, Sink))
        for row in data.get("method", ()):
            transform = msgspec.convert({"of": ["self"], **_plain(row)}, Transform)
            self.methods.update(dict.fromkeys(row["members"], transform))
        for row in data.get("returns", ()):
            self.returns.update(dict.fromkeys(dotted_names(row), row["type"]))
            self.returning_methods.update(dict.fromkeys(row.get("methods", ()), row["type"]))
        for row in data.get("caller", ()):
            caller = msgspec.convert(_plain(row), Caller)
            self.callers.update(dict.fromkeys(dotted_names(row), caller))
            self.calling_methods.update(dict.fromkeys(row.get("methods", ()), caller))
        for row in data.get("handler", ()):
            for name in dotted_names(row):
                self.handlers.setdefault(name, []).append(msgspec.convert(_plain(row), Handler))
        for row in data.get("frame", ()):
            self.frames.update(dict.fromkeys(row["members"], row["effect"]))
        for row in data.get("maker", ()):
            self.makers.update(dict.fromkeys(dotted_names(row), row["effect"]))
        _enter(data.get("transform", ()), Transform, self.transforms)
        _enter(data.get("type", ()), TypeRow, self.types)
        _enter(data.get("field", ()), FieldRow, self.fields)
        _enter(data.get("class", ()), ClassRow, self.classes)
        self.conventions.update(data.get("convention", {}))
        self.frameworks.extend(data.get("known", {}).get("frameworks", ()))

    def under(self, more: Tables) -> Tables:
        """These tables and more rows, which speak alone for the names that they speak of."""
        merged = Tables()
        for name in self.__struct_fields__:
            mine, theirs = getattr(self, name), getattr(more, name)
            setattr(merged, name, {**theirs, **mine, **theirs} if isinstance(mine, dict) else [*mine, *theirs])
        return merged


class Catalogue:
    """All that is known, to be looked up.

    Args:
        tables: the rows.
    """

    def __init__(self, tables: Tables) -> None:
        self.sinks = tables.sinks
        self.transforms = tables.transforms
        self.methods = tables.methods
        self.returns = tables.returns
        self.returning_methods = tables.returning_methods
        self.callers = tables.callers
        self.calling_methods = tables.calling_methods
        self.handlers = tables.handlers
        self.types = Table(tables.types)
        self.fields = Table(tables.fields)
        self.classes = Table(tables.classes)
        self.conventions = tables.conventions
        self.frames = tables.frames
        self.makers = tables.makers
        self.frameworks = frozenset(tables.frameworks)
        self._holding: dict[str, bool] = {}
        self._bases: dict[str, tuple[str, ...]] = {}

    @cached_property
    def sink_names(self) -> frozenset[str]:
        """The last names of all sinks."""
        return frozenset(name.rpartition(".")[2] for name in self.sinks)

    @cached_property
    def remote(self) -> frozenset[str]:
        """The libraries, by the first part of their names, with objects whose methods are those of another machine."""
        return frozenset(name.partition(".")[0] for name in self.sinks if name.endswith(f".{ANY}"))

    @cached_property
    def sink_owners(self) -> frozenset[str]:
        """The classes and modules that sinks belong to."""
        return frozenset(name.rpartition(".")[0] for name in self.sinks)

    @cached_property
    def loggers(self) -> tuple[str, ...]:
        """The classes and modules that log, in order. Programs give more names (``Logger.d = Logger.debug``)."""
        logs = (name for name, rows in self.sinks.items() if any(row.kind == "log" for row in rows))
        return tuple(sorted({name.rpartition(".")[0] for name in logs}))

    @cached_property
    def modelled(self) -> frozenset[str]:
        """The libraries, by the first part of their names, that any row of sinks, classes or transforms speaks of."""
        tables = (
            self.sinks,
            self.transforms,
            self.returns,
            self.makers,
            self.classes.exact,
            self.fields.exact,
            self.types.exact,
        )
        return frozenset(name.partition(".")[0] for table in tables for name in table)

    @cached_property
    def caller_names(self) -> frozenset[str]:
        """The last names of all callables that call another."""
        return frozenset(name.rpartition(".")[2] for name in self.callers).union(self.calling_methods)

    @cached_property
    def handler_names(self) -> frozenset[str]:
        """The last names of all that hands something to functions of the program."""
        return frozenset(name.rpartition(".")[2] for name in self.handlers)

    @cached_property
    def handler_prefixes(self) -> tuple[str, ...]:
        """What methods begin with that are called by the rest of their name (``validate_``)."""
        return tuple(sorted({name[:-1] for name in self.handler_names if name[-1] == "*"}))

    @cached_property
    def connected(self) -> frozenset[str]:
        """The parameters that functions have which are connected to something."""
        rows = (row for name, rows in self.handlers.items() if name.endswith(".connect") for row in rows)
        return frozenset(each for row in rows for each in row.parameter)

    @cached_property
    def _given_below(self) -> dict[str, list[str]]:
        """What the methods of each class give, in the notation of its attributes."""
        found: dict[str, list[str]] = {}
        for name, given in self.returns.items():
            found.setdefault(name.rpartition(".")[0], []).append(given)
        return found

    def may_hold(self, name: str) -> bool:
        """Whether an instance of a library's class may hold anything personal: whether an attribute, a method or its
        text gives any, however far below.
        """
        known = self._holding.get(name)
        if known is None:
            self._holding[name] = False  # a class that holds its own kind
            known = self._holding[name] = any(map(self._holds, (name, *self.bases_of(name))))
        return known

    def _holds(self, name: str) -> bool:
        row = self.classes.get(name)
        type_ = self.types.get(name)
        if type_ is not None and type_.categories:
            return True
        given = [*self._given_below.get(name, ()), *(row.attributes.values() if row is not None else ())]
        if row is not None and (row.model or row.shape or row.text not in ("", "clean")):
            return True
        return any(self._is_personal(each) for each in given)

    def _is_personal(self, given: str) -> bool:
        kind, _, target = given.partition(":")
        if "." in kind or kind in ("type", "many"):
            return self.may_hold(target or kind)
        return kind != "clean"

    def may_give(self, name: str) -> bool:
        """Whether a call of a callable may give anything personal, or an object that holds it."""
        given = self.given_by(name)
        return bool(given) and self._is_personal(given)

    def sinks_of(self, name: str) -> list[Sink]:
        """The sinks that a callable is, through its class's bases."""
        found = self.sinks.get(name)
        if found is not None:
            return found
        owner, _, method = name.rpartition(".")
        for base in self.bases_of(owner):
            found = self.sinks.get(f"{base}.{method}")
            if found is not None:
                return found
        return self._asked_of(owner) if name.partition(".")[0] in self.remote else []

    def _asked_of(self, owner: str) -> list[Sink]:
        """The sinks that any method is of an object, or below one, whose methods are those of another machine."""
        while owner:
            found = self.sinks.get(f"{owner}.{ANY}")
            if found is not None:
                return found
            owner = owner.rpartition(".")[0]
        return []

    def transform_of(self, name: str) -> Transform | None:
        """What a callable does to its arguments, if that is known."""
        found = self.transforms.get(name)
        if found is not None:
            return found
        owner, _, method = name.rpartition(".")
        for known in (owner, *self.bases_of(owner)):
            found = self.transforms.get(f"{known}.{method}")
            if found is not None:
                return found
        while owner:
            found = self.transforms.get(f"{owner}.*")
            if found is not None:
                return found
            owner = owner.rpartition(".")[0]
        return None

    def given_by(self, name: str) -> str:
        """What a call of a callable gives, in the notation of a class's attributes, or an empty text."""
        found = self.returns.get(name)
        if found is not None:
            return found
        owner, _, method = name.rpartition(".")
        return next((self.returns[f"{each}.{method}"] for each in self.bases_of(owner)
                     if f"{each}.{method}" in self.returns), "")  # fmt: skip

    def bases_of(self, name: str) -> tuple[str, ...]:
        """The known ancestors of a library's class, nearest first. A class that is found under two names, or rows that
        name each other, end where they began.
        """
        known = self._bases.get(name)
        if known is not None:
            return known
        seen = {name: None}
        waiting = [name]
        while waiting:
            row = self.classes.get(waiting.pop())
            fresh = [base for base in (row.bases if row is not None else ()) if base not in seen]
            seen.update(dict.fromkeys(fresh))
            waiting.extend(reversed(fresh))
        found = tuple(seen)[1:]
        if len(self._bases) < _MAX_KNOWN:
            self._bases[name] = found
        return found


def dotted_names(row: dict[str, Any]) -> list[str]:
    """The dotted names a row speaks of: ``target`` alone, or each of its ``members``."""
    targets = row["target"] if isinstance(row["target"], list) else [row["target"]]
    members = row.get("members")
    return [f"{target}.{member}" for target in targets for member in members] if members else targets


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("target", "members")}


def row_files() -> list[str]:
    """The files that hold rows, topic by topic: each is a file or a folder of files."""
    return [name for topic in TOPICS for name in (*files_in(topic), f"{topic}.toml") if name in files()]


def built_in() -> Tables:
    """The rows that discreet brings along."""
    return ready("tables", Tables, row_files(), _made)


def catalogue(more: Tables | None = None) -> Catalogue:
    """The built-in catalogue, or one with more rows, which a project says of its own libraries."""
    return _built_in() if more is None else Catalogue(built_in().under(more))


@lru_cache(maxsize=1)
def _built_in() -> Catalogue:
    return Catalogue(built_in())


def _made(said: list[dict[str, Any]]) -> Tables:
    tables = Tables()
    for data in said:
        tables.load(data)
    return tables


def _enter(rows: Iterable[dict[str, Any]], kind: type[Row], table: dict[str, Row]) -> None:
    for row in rows:
        table.update(dict.fromkeys(dotted_names(row), msgspec.convert(_plain(row), kind)))
