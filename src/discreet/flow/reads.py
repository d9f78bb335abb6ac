"""Reads: the attributes and keys that a function takes of its values, as far as its facts tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.facts.model import Call, Function, Path, Value
from discreet.flow.binding import receiver_of

ADDRESS: Final = frozenset("/:")
"""What no key has, and every address."""
Read = tuple[str, Path, int]
"""The root that is read, the steps from there, and the line."""


def reads(function: Function, kinds: str) -> Iterator[Read]:
    """What the function reads anywhere with at least one step of these kinds: ``.`` an attribute, ``[`` a key."""
    for call in function.calls:
        if call.text.endswith(".get"):
            yield from looked_up(call)
    for value in _values(function):
        for part in value:
            if part.access and any(step[0] in kinds for step in part.access):
                yield part.root, part.access, part.span.line


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


def looked_up(call: Call) -> Iterator[Read]:
    """``answer.get("email")``."""
    key = entry_of(call)
    if key:
        for part in receiver_of(call):
            yield part.root, (*part.access, f"[{key}"), call.span.line


def entry_of(call: Call) -> str:
    """The key that ``get`` asks a mapping for; ``""`` where a client is told an address."""
    key = call.args[0].constant if call.args and call.args[0].name == "" else None
    return key if isinstance(key, str) and not set(key) & ADDRESS else ""
