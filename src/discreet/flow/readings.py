"""Readings: what a function's own text reads by name of each of its values, and how deep in it.

A body, its text and what is parsed from it are one thing under one name (:func:`key_of`), so that what is read of the
one is known of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.catalogue.names import is_person, surely
from discreet.catalogue.neighbours import may_be_kept
from discreet.catalogue.words import is_plural
from discreet.facts.model import Argument, Function, Path, Value
from discreet.facts.narrowing import plain
from discreet.facts.values import literal_keys
from discreet.flow.binding import receiver_of
from discreet.flow.reads import Read, entry_of, looked_up

BODIES: Final = frozenset({".text", ".content", ".json", ".body"})
"""Attributes that give a message's body: what is read from it as JSON is in its text."""
READERS: Final = frozenset({"json", "get_json", "read", "text", "body"})
"""Methods that do."""
PARSERS: Final = frozenset({"loads", "safe_load", "parse_qs", "fromstring"})
"""Functions of a text that give what is written in it."""
MAX_WRAPPED: Final = 4
MAX_TOLD: Final = 12

BODY: Final = "@body"

Key = tuple[str, Path]
Reading = tuple[str, ...]
"""The keys that lead to something personal, outermost first; behind them the variable that keeps it, if that tells."""
SOMEBODY: Final[Reading] = ("@somebody",)
"""Instead of keys: that it is all that is known of somebody, whether a service was asked for it or a name says so."""
MAPPING: Final[Reading] = ("@mapping",)
"""Instead of keys: that something is read of it by a key, whatever it is, so that it has entries to show."""
HELD: Final = "="
"""Before the last step of a reading: no key, but the variable that keeps what lies under the key before it, or that key
again where only whom the program keeps can tell.
"""
Known = dict[Key, dict[Reading, int]]
"""What is read of each value, and the first line that reads it."""


def is_somebody(name: str) -> bool:
    """Whether a name is that of one person."""
    return is_person(name) and not is_plural(name)


def read_in(function: Function) -> Known:
    """What is read of each value by name, as far as the function's own text tells."""
    found: Known = {}
    for root, access, line in _by_key(function):
        note(found, key_of(function, root, access[:-1]), MAPPING, line)
        for end in _telling(access):
            add(found, function, (root, access[:end]), (access[end][1:],), line)
        if may_be_kept(last := access[-1][1:]):
            add(found, function, (root, access[:-1]), (last, HELD + last), line)
    for part in function.keys:
        if part.access[-1][0] == "#" and surely(part.hint):
            add(found, function, (part.root, part.access[:-1]), (part.hint,), part.span.line)
    for root, access, line in _records(function):
        for key, _ in wholes_of(key_of(function, root, access)):
            note(found, key, SOMEBODY, line)
    for key, hint, line in _held(function):
        add(found, function, (key[0], key[1][:-1]), (key[1][-1][1:], HELD + hint), line)
    return found


def _records(function: Function) -> Iterator[Read]:
    """What a loop takes records of somebody out of, by what it calls each: ``for student in answer["results"]``."""
    for call in function.calls:
        for part in call.callee:
            if part.access[-2:] == ("*", ".get") and entry_of(call) and is_somebody(call.text.split(".")[-2]):
                yield part.root, part.access[:-2], call.span.line
    for part in function.keys:
        if part.access[-2:-1] == ("*",) and part.access[-1][0] == "[" and is_somebody(part.hint):
            yield part.root, part.access[:-2], part.span.line


def _held(function: Function) -> Iterator[tuple[Key, str, int]]:
    """What is read under a literal key that tells nothing, with the variable that keeps it, which does:
    ``guest_email = query.get("g")``. Only what a call is then handed: nobody else asks for a variable.
    """
    for call in function.calls:
        for arg in call.args:
            for part in arg.value:
                if part.hint and not part.path and (surely(part.hint) or may_be_kept(part.hint)):
                    key = key_of(function, part.root, part.access)
                    if key[1] and key[1][-1][0] == "[" and len(key[1]) - 1 not in list(_telling(key[1])):
                        yield key, part.hint, call.span.line


def _by_key(function: Function) -> Iterator[Read]:
    """What the function reads by a literal key that tells something, or of what is called somebody."""
    for call in function.calls:
        if call.text.endswith(".get"):
            yield from looked_up(call)
    for part in function.keys:
        if part.access[-1][0] == "[":
            yield part.root, part.access, part.span.line


def add(found: Known, function: Function, whole: Key, reading: Reading, line: int) -> None:
    """Note what a whole holds, for itself and for the wholes that it was read from."""
    for key, keys in wholes_of(key_of(function, *whole)):
        note(found, key, (*keys, *reading), line)


def wholes_of(key: Key) -> Iterator[tuple[Key, Reading]]:
    """A value and the wholes that it was read from, each with the keys that lead to it from there."""
    root, access = key
    end = len(access)
    while True:
        yield (root, access[:end]), literal_keys(access[end:])
        if not end or access[end - 1][0] not in "[*#":
            return
        end -= 1


def note(found: Known, key: Key, reading: Reading, line: int) -> None:
    """Note what a value holds, and the first line that says so."""
    told = found.setdefault(key, {})
    if len(told) < MAX_TOLD or reading in told:
        told[reading] = min(line, told.get(reading, line))


def _telling(access: Path) -> Iterator[int]:
    """Where on the way of a reading a key tells something personal."""
    for end, step in enumerate(access):
        if step[0] == "[" and len(step) > 1:
            before = tuple(each[1:] for each in access[:end] if each[0] in ".[" and len(each) > 1)
            if surely(step[1:], before):
                yield end


def key_of(function: Function, root: str, access: Path) -> Key:
    """What a value is called in the function: one name for a body, its text, and what is parsed from it."""
    for _ in range(MAX_WRAPPED):
        if root[0] != "c":
            break
        call = function.calls[int(root[1:])]
        last = call.text.rpartition(".")[2]
        step: Path = ()
        if last in READERS and not any(arg.name == "" for arg in call.args):
            whole, step = receiver_of(call), (BODY,)
        elif last in PARSERS and call.args:
            whole = _first(call.args[0])
        elif last == "get" and (key := entry_of(call)):
            whole, step = receiver_of(call), (f"[{key}",)
        else:
            break
        if len(whole) != 1 or whole[0].path:
            break
        root, access = whole[0].root, (*whole[0].access, *step, *access)
    if root[0] == "c" and access[:1] and access[0][0] == "#":  # of several things that a call gives, each has its own
        return root, (access[0], *_normal(access[1:]))
    return root, _normal(access)


def _first(arg: Argument) -> Value:
    return arg.value if arg.name == "" else ()


def _normal(access: Path) -> Path:
    found: list[str] = []
    for step in plain(access):
        one = BODY if step in BODIES else "*" if step[0] == "#" else step
        if one != BODY or found[-1:] != [BODY]:
            found.append(one)
    return tuple(found)
