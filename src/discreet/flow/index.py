"""The index: which modules have something of a name, over the outlines of all of them. Each table is made when it is
first asked.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Final

from discreet.facts.model import Outline

Table = Mapping[str, tuple[str, ...]]


class Index:
    """Names to modules, or to classes.

    Tables, by name: ``classes`` (a short name to the qualified names of classes), ``names`` (a short name of a function
    or class to modules), ``bases`` (a base's last name to the qualified names of classes), ``calls`` (a callee's last
    name to modules), ``stores`` (a root that is written into to modules), ``tables`` (a table of the database to its
    columns), ``relations`` (what a field calls the way back to the qualified names of classes with such a field).
    """

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self._outlines = outlines
        self._tables: dict[str, Table] = {}
        self._packages: frozenset[str] | None = None
        self._suffixes: Mapping[str, str] | None = None
        self._first_parts: frozenset[str] | None = None

    def answer(self, table: str, name: str) -> tuple[str, ...]:
        """What a table says of a name, in order of path."""
        known = self._tables.get(table)
        if known is None:
            known = self._tables[table] = self._table(table)
        return known.get(name, ())

    def _table(self, table: str) -> Table:
        found: defaultdict[str, list[str]] = defaultdict(list)
        of_one = _ENTRIES[table]
        for outline in self._outlines.values():
            for name, value in of_one(outline):
                found[name].append(value)
        return {name: tuple(values) for name, values in found.items()}

    @property
    def packages(self) -> frozenset[str]:
        """All dotted names that begin a module's."""
        if self._packages is None:
            self._packages = packages_of(self._outlines)
        return self._packages

    @property
    def first_parts(self) -> frozenset[str]:
        """The first parts of all suffixes."""
        if self._first_parts is None:
            self._first_parts = frozenset(suffix.partition(".")[0] for suffix in self.suffixes)
        return self._first_parts

    @property
    def suffixes(self) -> Mapping[str, str]:
        """Modules by what they are called from a directory that may be on ``sys.path``: one that is no regular
        package.
        """
        if self._suffixes is None:
            self._suffixes = self._below_roots()
        return self._suffixes

    def _below_roots(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for module in sorted(self._outlines, key=lambda name: (name.count("."), name)):
            parts = module.split(".")
            for start in range(1, len(parts)):
                above = self._outlines.get(".".join(parts[:start]))
                if above is None or not above.is_package:
                    suffix = ".".join(parts[start:])
                    if suffix.partition(".")[0] not in sys.stdlib_module_names:
                        found.setdefault(suffix, module)
        return found


def packages_of(modules: Iterable[str]) -> frozenset[str]:
    """All dotted names that begin a module's, themselves included."""
    found: set[str] = set()
    for module in modules:
        while module and module not in found:
            found.add(module)
            module = module.rpartition(".")[0]
    return frozenset(found)


def _classes(outline: Outline) -> Iterator[tuple[str, str]]:
    for name in outline.classes:
        yield name.rpartition(".")[2], f"{outline.module}.{name}"


def _names(outline: Outline) -> Iterator[tuple[str, str]]:
    module = outline.module
    for name in (*outline.functions, *outline.classes):
        last = name.rpartition(".")[2]
        yield last.partition("@")[0] if "@" in last else last, module


def _bases(outline: Outline) -> Iterator[tuple[str, str]]:
    for name, bases in outline.classes.items():
        for base in dict.fromkeys(bases):
            yield base, f"{outline.module}.{name}"


def _calls(outline: Outline) -> Iterator[tuple[str, str]]:
    return zip(outline.calls, repeat(outline.module), strict=False)


def _stores(outline: Outline) -> Iterator[tuple[str, str]]:
    return zip(outline.stores, repeat(outline.module), strict=False)


def _tables(outline: Outline) -> Iterator[tuple[str, str]]:
    for name, columns in outline.tables.items():
        for column in columns:
            yield name, column


def _relations(outline: Outline) -> Iterator[tuple[str, str]]:
    for name, classes in outline.relations.items():
        for each in classes:
            yield name, f"{outline.module}.{each}"


def said_by(outline: Outline, table: str) -> dict[str, list[str]]:
    """What a table has from one module, by name."""
    found: dict[str, list[str]] = {}
    for name, value in _ENTRIES[table](outline):
        found.setdefault(name, []).append(value)
    return found


_ENTRIES: Final = {
    "classes": _classes, "names": _names, "bases": _bases, "calls": _calls, "stores": _stores, "tables": _tables,
    "relations": _relations,
}  # fmt: skip
TABLES: Final = tuple(_ENTRIES)
