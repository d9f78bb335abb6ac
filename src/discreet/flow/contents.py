"""Contents: what lies in a whole thing that nobody has described, told by what the same function reads of it.

The answer of a service, a request's body, a row of a file: nobody says what is in it before it is let out. But a
function that logs ``answer`` and reads ``answer["email"]`` says it by the reading, whichever of the two comes first.
Only look-ups by a literal key count: they mean a mapping, and a mapping is shown with all that is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.catalogue.names import judge
from discreet.facts.model import Argument, Function, Part, Path, Value
from discreet.facts.narrowing import plain
from discreet.flow.binding import receiver_of
from discreet.flow.context import Context
from discreet.flow.program import Program
from discreet.flow.reads import reads

BODIES: Final = frozenset({".text", ".content", ".json", ".body"})
"""Attributes that give a message's body: what is read from it as JSON is in its text."""
READERS: Final = frozenset({"json", "get_json", "read", "text", "body"})
"""Methods that do."""
RAW: Final = frozenset({".text", ".content"})
"""Those that give it unread, whatever the service answered."""
PARSERS: Final = frozenset({"loads", "safe_load", "parse_qs", "fromstring"})
"""Functions of a text that give what is written in it."""
MAX_WRAPPED: Final = 4
MAX_TOLD: Final = 6

_BODY: Final = "@body"

Key = tuple[str, Path]
Reading = tuple[str, ...]
"""The keys that lead to something personal, outermost first."""


class Contents:
    """Answers what a function reads of its values."""

    def __init__(self, program: Program) -> None:
        self._memo: dict[str, dict[Key, dict[Reading, int]]] = program.table()

    def of(self, context: Context, part: Part) -> tuple[Reading, ...]:
        """What the function reads of the whole that a part is, if it may be personal.

        The text of an answer is often logged because it is not what was expected, before anything is read from it. So
        of a text only what was read before counts.
        """
        function = context.function
        known = self._memo.get(function.name)
        if known is None:
            known = self._memo[function.name] = _readings(function)
        told = known.get(_key(function, part.root, part.access)) if known else None
        if not told:
            return ()
        if not _is_raw(function, part):
            return tuple(told)
        return tuple(reading for reading, line in told.items() if line < part.span.line)


def _is_raw(function: Function, part: Part) -> bool:
    if part.access:
        return part.access[-1] in RAW
    return part.root[0] == "c" and function.calls[int(part.root[1:])].text.endswith((".text", ".read"))


def _readings(function: Function) -> dict[Key, dict[Reading, int]]:
    """What is read of each value, and the first line that reads it."""
    found: dict[Key, dict[Reading, int]] = {}
    for root, access, line in reads(function, "["):
        for start, reading in _told_by(access):
            told = found.setdefault(_key(function, root, access[:start]), {})
            if len(told) < MAX_TOLD or reading in told:
                told[reading] = min(line, told.get(reading, line))
    return found


def _told_by(access: Path) -> Iterator[tuple[int, Reading]]:
    """Where wholes begin on the way of a reading, and the keys that lead from there to something personal."""
    for end, step in enumerate(access):
        if step[0] != "[" or len(step) == 1:
            continue
        before = tuple(each[1:] for each in access[:end] if each[0] in ".[" and len(each) > 1)
        guess = judge(step[1:], before)
        if guess is None or guess.strength != "strong":
            continue
        start = end
        while start >= 0 and access[start][0] in "[*#":
            yield start, tuple(each[1:] for each in access[start : end + 1] if each[0] == "[" and len(each) > 1)
            start -= 1


def _key(function: Function, root: str, access: Path) -> Key:
    """What a value is called in the function: one name for a body, its text, and what is parsed from it."""
    for _ in range(MAX_WRAPPED):
        if root[0] != "c":
            break
        call = function.calls[int(root[1:])]
        last = call.text.rpartition(".")[2]
        if last in READERS and not any(arg.name == "" for arg in call.args):
            whole = receiver_of(call)
            access = (_BODY, *access)
        elif last in PARSERS and call.args:
            whole = _first(call.args[0])
        else:
            break
        if len(whole) != 1 or whole[0].path:
            break
        root, access = whole[0].root, (*whole[0].access, *access)
    if root[0] == "c" and access[:1] and access[0][0] == "#":  # of several things that a call gives, each has its own
        return root, (access[0], *_normal(access[1:]))
    return root, _normal(access)


def _first(arg: Argument) -> Value:
    return arg.value if arg.name == "" else ()


def _normal(access: Path) -> Path:
    found: list[str] = []
    for step in plain(access):
        one = _BODY if step in BODIES else "*" if step[0] == "#" else step
        if one != _BODY or found[-1:] != [_BODY]:
            found.append(one)
    return tuple(found)
