"""The rows of the catalogue as they are kept: by libraries, for a run to decode those of the libraries it speaks of.

The data are TOML files in ``data/``, a file or a folder a topic. They speak of some six hundred libraries, and few
programs use thirty. What nobody can ask library by library is made of all rows beforehand: a :class:`Register`.
"""
# Annotations stay what they are: msgspec, which decodes by them, would have to compile each of them from its text.

from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec

from discreet.catalogue.data import files, files_in
from discreet.catalogue.ready import ready
from discreet.catalogue.rows import Caller, ClassRow, FieldRow, Handler, Sink, Transform, TypeRow

ANY: Final = "__getattr__"
"""The name under which a row speaks of any method of an object that makes them up as they are called."""
WAY: Final = 3
"""So many names in a row are one library's."""
EVERYWHERE: Final = ""
"""What rows are kept under that are of no library: a method's by its name alone, a convention's."""
TOPICS = ("sinks", "transforms", "types", "frameworks", "frames")

Row = TypeVar("Row")


class Tables(msgspec.Struct, omit_defaults=True):
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

    def under(self, more: "Tables") -> "Tables":
        """These tables and more rows, which speak alone for the names that they speak of."""
        merged = Tables()
        for name in self.__struct_fields__:
            mine, theirs = getattr(self, name), getattr(more, name)
            setattr(merged, name, {**theirs, **mine, **theirs} if isinstance(mine, dict) else [*mine, *theirs])
        return merged

    def by_library(self) -> dict[str, "Tables"]:
        """The rows of each library, by the first part of the names that they speak of, and those that are of none."""
        parts = {EVERYWHERE: Tables()}
        for field in self.__struct_fields__:
            rows = getattr(self, field)
            if field not in DOTTED:
                setattr(parts[EVERYWHERE], field, rows)
                continue
            for name, row in rows.items():
                getattr(parts.setdefault(library_of(name), Tables()), field)[name] = row
        return parts


DOTTED: Final = ("sinks", "transforms", "returns", "callers", "handlers", "types", "fields", "classes", "makers")
"""The tables whose names are dotted, and begin with a library's."""


class Register(msgspec.Struct, frozen=True):
    """What is asked of all rows at once: texts of names, apart by white space.

    ``sinks``, ``callers`` and ``handlers`` are the last names of what there are rows of; ``loggers`` the classes and
    modules that log; ``remote`` the libraries with objects whose methods are those of another machine; ``connected``
    the parameters of functions that are connected to something; ``ways`` have the sink that is so deep inside of a
    client that only one library has such names in a row.
    """

    sinks: str
    callers: str
    handlers: str
    loggers: str
    remote: str
    connected: str
    ways: dict[str, str]


class Kept(msgspec.Struct, frozen=True):
    """The rows of each library, encoded, and the register of them all."""

    rows: dict[str, msgspec.Raw]
    register: Register


def register(tables: Tables) -> Register:
    """The register of some rows."""
    logs = (name for name, rows in tables.sinks.items() if any(row.kind == "log" for row in rows))
    connects = (row for name, rows in tables.handlers.items() if name.endswith(".connect") for row in rows)
    ways: dict[str, str] = {}
    for name in tables.sinks:
        parts = name.split(".")
        owner, way = parts[:-WAY], parts[-WAY:]
        if any(part[:1].isupper() for part in owner) and all(part[:1].islower() for part in way):
            ways.setdefault(".".join(way), name)
    return Register(
        sinks=_text(name.rpartition(".")[2] for name in tables.sinks),
        callers=_text([*(name.rpartition(".")[2] for name in tables.callers), *tables.calling_methods]),
        handlers=_text(name.rpartition(".")[2] for name in tables.handlers),
        loggers=_text(name.rpartition(".")[0] for name in logs),
        remote=_text(library_of(name) for name in tables.sinks if name.endswith(f".{ANY}")),
        connected=_text(each for row in connects for each in row.parameter),
        ways=ways,
    )


def packed(tables: Tables) -> Kept:
    """Rows as they are kept."""
    parts = tables.by_library().items()
    return Kept({library: msgspec.Raw(msgspec.msgpack.encode(part)) for library, part in parts}, register(tables))


def built_in() -> Kept:
    """The rows that discreet brings along."""
    return ready("tables", Kept, row_files(), _made)


def row_files() -> list[str]:
    """The files that hold rows, topic by topic: each is a file or a folder of files."""
    return [name for topic in TOPICS for name in (*files_in(topic), f"{topic}.toml") if name in files()]


def dotted_names(row: dict[str, Any]) -> list[str]:
    """The dotted names a row speaks of: ``target`` alone, or each of its ``members``."""
    targets = row["target"] if isinstance(row["target"], list) else [row["target"]]
    members = row.get("members")
    return [f"{target}.{member}" for target in targets for member in members] if members else targets


def library_of(name: str) -> str:
    """The library that a dotted name is of."""
    return name.partition(".")[0]


def _made(said: list[dict[str, Any]]) -> Kept:
    tables = Tables()
    for data in said:
        tables.load(data)
    return packed(tables)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("target", "members")}


def _enter(rows: Iterable[dict[str, Any]], kind: type[Row], table: dict[str, Row]) -> None:
    for row in rows:
        table.update(dict.fromkeys(dotted_names(row), msgspec.convert(_plain(row), kind)))


def _text(names: Iterable[str]) -> str:
    return " ".join(sorted(set(names)))
