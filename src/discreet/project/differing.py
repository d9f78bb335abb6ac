"""What a module says that it did not say before, as far as others are concerned who looked into it.

Most edits are to the body of one function, and move what stands below it. Of a module, a group of others has mostly
asked for two or three functions. If these say what they said, on whatever lines, the group finds what it found.

Places count where a finding shows them, and where something stands before or inside something else. So they are
followed: what stood on one line must do so still, and what stood before another thing likewise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import msgspec

from discreet.facts.model import NOWHERE, Function, Hop, ModuleFacts, Outline, Span
from discreet.flow.loaded import speaks_to

_ONLY_TOLD: Final[dict[str, Any]] = {"functions": (), "notes": (), "bounds": {}, "written": (), "cells": ()}
"""Facts that nobody asks a module for who follows data: of functions it is told apart which are asked for."""
_NAMING: Final = ("path", "module", "is_package", "is_test", "functions", "classes")
"""What of an outline is looked at without a question that is written down, beside its imports."""
_EVERYWHERE: Final = frozenset({"builtins"})
"""What is among the imports of nearly all modules, begins no name of the program, and tells nothing of a module."""

Places = dict[tuple[int, int], tuple[int, int]]
"""Where lines and columns are now; a line itself is its column 0."""


class Difference(NamedTuple):
    """What is other than it was: functions, as they were and as they are; and whether anything else has moved."""

    functions: tuple[Function, ...]
    moved: bool

    def concerns(self, asked: Mapping[str, Sequence[str]]) -> bool:
        """Whether it may be seen by who asked these questions of the module (:attr:`Loaded.asked`)."""
        return any(
            speaks_to(function, table, name)
            for function in self.functions
            for table, names in asked.items()
            for name in names
        )


def difference(before: ModuleFacts, after: ModuleFacts) -> Difference | None:
    """What differs between a module as it was and as it is; ``None`` if it is more than some functions' bodies."""
    if before.guards or after.guards or [each.name for each in before.functions] != [e.name for e in after.functions]:
        return None
    places: Places = {}
    if not _is_same(_rest_of(before), _rest_of(after), places):
        return None
    changed: list[Function] = []
    for one, other in zip(before.functions, after.functions, strict=True):
        found = dict(places)
        if _is_same(one, other, found):
            places = found
        else:
            changed.extend((one, other))
    order = sorted(places.items())
    if any(above[1] >= below[1] for above, below in pairwise(order)):
        return None
    return Difference(tuple(changed), any(place != now for place, now in order))


def is_called_alike(before: Outline, after: Outline) -> bool:
    """Whether a module's outline says the same, but for what is asked of all outlines together."""
    alike = all(getattr(before, name) == getattr(after, name) for name in _NAMING)
    return alike and _EVERYWHERE.issuperset(set(before.imports) ^ set(after.imports))


def _rest_of(facts: ModuleFacts) -> ModuleFacts:
    return msgspec.structs.replace(facts, **_ONLY_TOLD)


def _is_same(one: Any, other: Any, places: Places) -> bool:
    """Whether facts say the same, each at the place to which its place has moved; these are noted in ``places``."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is tuple:
        return len(one) == len(other) and all(_is_same(a, b, places) for a, b in zip(one, other, strict=True))
    if kind is Span:
        if NOWHERE in (one, other):
            return bool(one == other)
        begins = _is_moved(one.line, one.column, other.line, other.column, places)
        return begins and _is_moved(one.end_line, one.end_column, other.end_line, other.end_column, places)
    if kind is Hop:
        return one.note == other.note and _is_moved(one.line, one.column, other.line, other.column, places)
    if kind is dict:
        return list(one) == list(other) and all(_is_same(each, other[key], places) for key, each in one.items())
    if isinstance(one, msgspec.Struct):
        return all(_is_same(getattr(one, name), getattr(other, name), places) for name in one.__struct_fields__)
    return bool(one == other)


def _is_moved(line: int, column: int, now: int, there: int, places: Places) -> bool:
    """Whether a place, and its line, is where others say that it is now."""
    same_line = places.setdefault((line, 0), (now, 0)) == (now, 0)
    return places.setdefault((line, column), (now, there)) == (now, there) and same_line
