"""Reads: the attributes and keys that a function takes of its values, as far as its facts tell."""

from __future__ import annotations

from collections.abc import Iterator

from discreet.facts.model import Call, Function, Path, Value
from discreet.flow.binding import receiver_of

Read = tuple[str, Path, int]
"""The root that is read, the steps from there, and the line."""


def reads(function: Function, kinds: str) -> Iterator[Read]:
    """What the function reads anywhere with at least one step of these kinds: ``.`` an attribute, ``[`` a key."""
    for call in function.calls:
        if call.text.endswith(".get"):
            yield from _looked_up(call)
    for value in _values(function):
        for part in value:
            if part.access and any(step[0] in kinds for step in part.access):
                yield part.root, part.access, part.span.line


def numbered(function: Function) -> Iterator[tuple[str, Path, str, int]]:
    """What the function takes by number out of its values, and keeps under a name: ``email = row[6]``."""
    for value in _values(function):
        for part in value:
            if part.hint and part.access and part.access[-1][0] == "#":
                yield part.root, part.access[:-1], part.hint, part.span.line


def _values(function: Function) -> list[Value]:
    """Its values, but for those without parts."""
    found: list[Value] = []
    for call in function.calls:
        found.append(call.callee)
        for arg in call.args:
            if arg.value:
                found.append(arg.value)
    found.extend([write.value for write in function.writes])
    found.append(function.returns)
    found.append(function.yields)
    return found


def _looked_up(call: Call) -> Iterator[Read]:
    """``answer.get("email")``."""
    key = call.args[0].constant if call.args and call.args[0].name == "" else None
    if isinstance(key, str):
        for part in receiver_of(call):
            yield part.root, (*part.access, f"[{key}"), call.span.line
