"""Selections: which columns a query that stands in the code selects, in the words of its text.

A literal that is a query has the root ``q:`` and its columns, divided by ``;``. Each is written ``email=users.email``:
what a row calls it, and the columns that it is made of, with their table as far as that is known, divided by ``,``. Of
what it is made of nothing is left in ``count=``; ``*=users.*`` are all columns of a table. What can't be read has no
columns: nothing is said of it and a bound is counted.

sqlglot reads the queries. It is imported when the first text that begins like one is met, and no sooner.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from discreet.facts.bounds import hit
from discreet.facts.reading import keepable

HOLE: Final = "hole_"
"""Stands in a query for what isn't known of it."""
ROOT: Final = "q:"
SHORTEST: Final = 14
"""No text with fewer characters is a query, nor creates a table."""
MAX_TEXT: Final = 8000
MAX_COLUMNS: Final = 48
MAX_DEPTH: Final = 9
"""How deep brackets may stand inside one another. sqlglot takes 2.5 times as long for each more around a type."""

_BEGINS: Final = re.compile(r"[\s(]*(?:select|with|insert|update|delete)\s", re.IGNORECASE)
_READS: Final = re.compile(r"\bselect\b.*\bfrom\b|\breturning\b", re.IGNORECASE | re.DOTALL)
_CREATES: Final = re.compile(r"create(?<!\wcreate)\s+table\s")
_WORTH: Final = (
    ("select", re.compile(r"select(?<!\wselect)\s")),
    ("returning", re.compile(r"returning(?<!\wreturning)\s")),
    ("create", _CREATES),
)
"""In a text of small letters. Each begins with a text that stays the same, which is looked for fifty times as fast as a
choice, or as letters of any case; and ten times as fast by itself.
"""
_COMMENT: Final = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_FIELD: Final = re.compile(r"\{[^{}]*\}")
_LAST_HOLES: Final = re.compile(rf"(?:\s*{HOLE})+[\s;]*\Z")
_PERCENT: Final = re.compile(r"%\(\w+\)s|%[sd]")
_DEEP: Final = re.compile(r"(?:(?:[-~!+@]|\bnot\b|\bcase\b|\bexists\b)\s*){24}", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[\s.,]\[\w")
_WORD: Final = re.compile(r"[^\w ]+")


class Column(NamedTuple):
    """One column of a row: its name there, and what it is made of, each a table (or ``""``) and its column."""

    name: str
    sources: tuple[tuple[str, str], ...]


def may_select(small: str) -> bool:
    """Whether a module, whose text comes in small letters, may have a query in it: a quick look that spares the most a
    slow one.
    """
    return any(begins in small and each.search(small) is not None for begins, each in _WORTH)


def root_of(text: str) -> str:
    """The root of a text that is a query, or ``""``. What is not known of the text stands as :data:`HOLE`."""
    if _BEGINS.match(text) is None or _READS.search(text) is None:
        return ""
    return _root(text)


def tables_in(text: str) -> dict[str, tuple[str, ...]]:
    """The tables that a text creates, each with its columns."""
    small = text.lower()
    if "create" not in small or _CREATES.search(small) is None or _is_refused(text):
        return {}
    from discreet.facts.querying import created

    found: dict[str, tuple[str, ...]] = {}
    for name, columns in created(_FIELD.sub(HOLE, _COMMENT.sub(" ", text))):
        found[_plain(name).lower()] = tuple(_plain(each) for each in columns[:MAX_COLUMNS])
    return found


def _is_refused(text: str) -> bool:
    refused = len(text) > MAX_TEXT or _depth(text) > MAX_DEPTH or _DEEP.search(text) is not None
    if refused:
        hit("queries that are too long or too deep to be read")
    return refused


@lru_cache(maxsize=256)
def columns_of(root: str) -> tuple[Column, ...]:
    """The columns that a root speaks of."""
    found = []
    for each in root[len(ROOT) :].split(";"):
        name, _, sources = each.partition("=")
        pairs = [source.rpartition(".") for source in sources.split(",") if source]
        found.append(Column(name, tuple((table, column) for table, _, column in pairs)))
    return tuple(found)


def _root(text: str) -> str:
    if _is_refused(text):
        return ""
    bare = _FIELD.sub(HOLE, _PERCENT.sub(HOLE, _COMMENT.sub(" ", text)).replace("%%", "%"))
    ways = dict.fromkeys((bare, _LAST_HOLES.sub("", bare), bare.replace(HOLE, " ")))  # a condition, or nothing at all
    columns = next((found for each in ways if (found := _read(each)) is not None), None)
    if columns is None:
        hit("queries that could not be read")
    return ROOT + ";".join(map(_written, columns)) if columns else ""


def _written(column: Column) -> str:
    made_of = ",".join(f"{_plain(table)}.{_plain(name)}" for table, name in column.sources)
    return f"{_plain(column.name)}={made_of}"


def _plain(name: str) -> str:
    return "*" if name == "*" else _WORD.sub("_", keepable(name))


def _depth(text: str) -> int:
    deepest = depth = 0
    for letter in text:
        if letter == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif letter == ")":
            depth -= 1
    return deepest


def _read(text: str) -> list[Column] | None:
    """The columns of a query, or ``None`` where the text can't be read."""
    from discreet.facts.querying import columns_in

    dialect = "mysql" if "`" in text else "tsql" if _BRACKETS.search(text) else "postgres"
    columns = columns_in(text, dialect)
    if columns is not None and len(columns) > MAX_COLUMNS:
        hit("columns of a query")
        return columns[:MAX_COLUMNS]
    return columns
