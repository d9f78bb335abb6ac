"""The catalogue's lookup tables: sinks, transforms, types, fields and classes of the world's libraries.

The data are TOML files in ``data/``, one a topic; :func:`catalogue` reads them once, when something is first asked.
A dotted name is looked up exactly, then *loosely*: by its first and last part, because libraries re-export
(``pydantic.EmailStr`` is ``pydantic.networks.EmailStr``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any, Generic, Literal, TypeVar

import msgspec

from discreet.catalogue.data import read_data

FILES = ("sinks.toml", "transforms.toml", "types.toml", "frameworks.toml", "frames.toml")

Effect = Literal[
    "keep", "text", "clean", "sanitize", "element", "container", "fields", "item", "reveal", "tuple", "record"
]


class Sink(msgspec.Struct, frozen=True):
    """Callables that let values out.

    ``args`` selects what gets out: ``0`` a position, ``1+`` positions from there, ``*`` all positions, ``0|url`` a
    position or a keyword, ``name`` a keyword, ``**`` all keywords, ``self`` what a method is called on. ``form`` is
    ``text`` where objects are turned into text and ``data`` where their structure is written. Where ``given`` names
    arguments, one of them has to be there.
    """

    kind: str
    args: tuple[str, ...]
    form: Literal["text", "data"] = "text"
    interface: bool = False
    given: tuple[str, ...] = ()
    why: str = ""
    name: str = ""


class Transform(msgspec.Struct, frozen=True):
    """What a callable does to the values of the arguments ``of`` (the notation of :class:`Sink`)."""

    effect: Effect
    of: tuple[str, ...] = ("0",)
    note: str = ""


class Caller(msgspec.Struct, frozen=True):
    """A callable that calls another: its argument ``callee`` (the notation of :class:`Sink`; ``self`` is what it is a
    method of), with its further arguments ``rest`` as they are given, with the elements of the sequence ``spread`` and
    the entries of the mapping ``named``, or once with each element of ``each``.

    ``gives`` says that it gives what the other returns. ``methods`` are names that mean this of a receiver nobody
    knows, if they are handed a function.
    """

    callee: str
    rest: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    gives: bool = False


class TypeRow(msgspec.Struct, frozen=True):
    """A type of a library: its categories, whether it protects its value, and what kind of value it holds."""

    categories: tuple[str, ...] = ()
    protects: bool = False
    holds: str = ""


class FieldRow(msgspec.Struct, frozen=True):
    """A field constructor (``models.EmailField``): its categories, what it holds, whether it relates to another
    class.
    """

    categories: tuple[str, ...] = ()
    holds: str = ""
    relation: str = ""  # "one" or "many"


class ClassRow(msgspec.Struct, frozen=True):
    """A class of a library that analysed code derives from or is handed.

    ``text`` says what ``str()`` of an instance shows: ``fields`` (all of them), ``@username`` (the field that Django's
    ``USERNAME_FIELD`` names), ``@user`` (the object is the application's current user), ``clean`` (settings: nobody's),
    ``frame`` (a table of columns: :mod:`discreet.flow.frames`).
    """

    bases: tuple[str, ...] = ()
    attributes: dict[str, str] = {}  # name -> "category:email", "type:logging.Logger", "many:...", "clean"
    text: str = ""
    model: bool = False


Row = TypeVar("Row")


class Table(Generic[Row]):
    """Rows by dotted name, with the loose lookup."""

    def __init__(self) -> None:
        self.exact: dict[str, Row] = {}
        self.loose: dict[tuple[str, str], Row] = {}

    def add(self, name: str, row: Row) -> None:
        """Enter a row."""
        self.exact[name] = row
        self.loose.setdefault((name.partition(".")[0], name.rpartition(".")[2]), row)

    def get(self, name: str, *, loose: bool = True) -> Row | None:
        """The row of a dotted name."""
        found = self.exact.get(name)
        if found is None and loose and "." in name:
            found = self.loose.get((name.partition(".")[0], name.rpartition(".")[2]))
        return found


class Catalogue:
    """All tables."""

    def __init__(self) -> None:
        self.sinks: dict[str, list[Sink]] = {}
        self.transforms: dict[str, Transform] = {}
        self.methods: dict[str, Transform] = {}
        self.returns: dict[str, str] = {}
        self.callers: dict[str, Caller] = {}
        self.calling_methods: dict[str, Caller] = {}
        self.types: Table[TypeRow] = Table()
        self.fields: Table[FieldRow] = Table()
        self.classes: Table[ClassRow] = Table()
        self.conventions: dict[str, str] = {}
        self.frames: dict[str, str] = {}
        self.makers: dict[str, str] = {}
        self.frameworks: frozenset[str] = frozenset()

    def load(self, data: dict[str, Any]) -> None:
        """Enter the rows of one file."""
        for row in data.get("sink", ()):
            for name in dotted_names(row):
                self.sinks.setdefault(name, []).append(msgspec.convert({**_plain(row), "name": name}, Sink))
        for row in data.get("transform", ()):
            transform = msgspec.convert(_plain(row), Transform)
            for name in dotted_names(row):
                self.transforms[name] = transform
        for row in data.get("method", ()):
            transform = msgspec.convert({"of": ["self"], **_plain(row)}, Transform)
            self.methods.update(dict.fromkeys(row["members"], transform))
        for row in data.get("returns", ()):
            self.returns.update(dict.fromkeys(dotted_names(row), row["type"]))
        for row in data.get("caller", ()):
            caller = msgspec.convert(_plain(row), Caller)
            self.callers.update(dict.fromkeys(dotted_names(row), caller))
            self.calling_methods.update(dict.fromkeys(row.get("methods", ()), caller))
        for row in data.get("frame", ()):
            self.frames.update(dict.fromkeys(row["members"], row["effect"]))
        for row in data.get("maker", ()):
            self.makers.update(dict.fromkeys(dotted_names(row), row["effect"]))
        self._load_types(data)

    def _load_types(self, data: dict[str, Any]) -> None:
        for row in data.get("type", ()):
            for name in dotted_names(row):
                self.types.add(name, msgspec.convert(_plain(row), TypeRow))
        for row in data.get("field", ()):
            for name in dotted_names(row):
                self.fields.add(name, msgspec.convert(_plain(row), FieldRow))
        for row in data.get("class", ()):
            for name in dotted_names(row):
                self.classes.add(name, msgspec.convert(_plain(row), ClassRow))
        self.conventions.update(data.get("convention", {}))
        self.frameworks |= frozenset(data.get("known", {}).get("frameworks", ()))

    @cached_property
    def sink_names(self) -> frozenset[str]:
        """The last names of all sinks."""
        return frozenset(name.rpartition(".")[2] for name in self.sinks)

    @cached_property
    def sink_owners(self) -> frozenset[str]:
        """The classes and modules that sinks belong to."""
        return frozenset(name.rpartition(".")[0] for name in self.sinks)

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

    def bases_of(self, name: str) -> Iterator[str]:
        """The known ancestors of a library's class, nearest first."""
        row = self.classes.get(name)
        for base in row.bases if row is not None else ():
            yield base
            yield from self.bases_of(base)


def dotted_names(row: dict[str, Any]) -> list[str]:
    """The dotted names a row speaks of: ``target`` alone, or each of its ``members``."""
    targets = row["target"] if isinstance(row["target"], list) else [row["target"]]
    members = row.get("members")
    return [f"{target}.{member}" for target in targets for member in members] if members else targets


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("target", "members")}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The built-in catalogue."""
    tables = Catalogue()
    for name in FILES:
        tables.load(read_data(name))
    return tables
