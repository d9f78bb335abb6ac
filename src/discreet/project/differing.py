"""What a module says that it did not say before, as far as others are concerned who looked into it.

Most edits are to the body of one function, and move what stands below it. Of a module, a group of others has mostly
asked for two or three functions. If these say what they said, on whatever lines, the group finds what it found.

Lines count where a finding shows them, and where something stands before or inside something else. So they are
followed: whatever stands on one line must do so still, and what stands above another likewise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import msgspec

from discreet.facts.model import NOWHERE, Function, Hop, ModuleFacts, Outline, Span
from discreet.flow.loaded import speaks_to

_ONLY_TOLD: Final = {"functions": (), "notes": (), "bounds": {}, "written": (), "cells": ()}
"""Facts that nobody asks a module for who follows data: of functions it is told apart which are asked for."""
_NAMING: Final = ("path", "module", "is_package", "is_test", "functions", "classes")
"""What of an outline is looked at without a question that is written down, beside its imports."""
_EVERYWHERE: Final = frozenset({"builtins"})
"""What is among the imports of nearly all modules, begins no name of the program, and tells nothing of a module."""

Lines = dict[int, int]
"""Where lines are now."""


class Difference(NamedTuple):
    """What is other than it was: functions, as they were and as they are, and whether any line of the rest moved."""

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
    lines: Lines = {}
    if not _is_same(_rest_of(before), _rest_of(after), lines):
        return None
    changed: list[Function] = []
    for one, other in zip(before.functions, after.functions, strict=True):
        found = dict(lines)
        if _is_same(_placed(one), _placed(other), found):
            lines = found
        else:
            changed.extend((one, other))
    order = sorted(lines.items())
    if any(above[1] >= below[1] for above, below in pairwise(order)):
        return None
    return Difference(tuple(changed), any(line != now for line, now in order))


def is_called_alike(before: Outline, after: Outline) -> bool:
    """Whether a module's outline says the same, but for what is asked of all outlines together."""
    alike = all(getattr(before, name) == getattr(after, name) for name in _NAMING)
    return alike and _EVERYWHERE.issuperset(set(before.imports) ^ set(after.imports))


def _rest_of(facts: ModuleFacts) -> ModuleFacts:
    return msgspec.structs.replace(facts, **_ONLY_TOLD)


def _placed(function: Function) -> Function:
    """A function; the top level stands on all lines of the file, of which the last may be any."""
    if not function.name.endswith(".<module>"):
        return function
    return msgspec.structs.replace(function, span=NOWHERE)


def _is_same(one: Any, other: Any, lines: Lines) -> bool:
    """Whether facts say the same, each on the line to which its line has moved; these are noted in ``lines``."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is tuple:
        return len(one) == len(other) and all(_is_same(a, b, lines) for a, b in zip(one, other, strict=True))
    if kind is Span:
        if one == other == NOWHERE:
            return True
        alike = one.column == other.column and one.end_column == other.end_column
        return alike and _is_moved(one.line, other.line, lines) and _is_moved(one.end_line, other.end_line, lines)
    if kind is Hop:
        return one.column == other.column and one.note == other.note and _is_moved(one.line, other.line, lines)
    if kind is dict:
        return list(one) == list(other) and all(_is_same(each, other[key], lines) for key, each in one.items())
    if isinstance(one, msgspec.Struct):
        return all(_is_same(getattr(one, name), getattr(other, name), lines) for name in one.__struct_fields__)
    return bool(one == other)


def _is_moved(line: int, now: int, lines: Lines) -> bool:
    return lines.setdefault(line, now) == now
