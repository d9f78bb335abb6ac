"""Relocation: facts in which absolute imports mean other modules than their names say.

Which ``config`` an ``import config`` means depends on where the program is started. Where several files of a
repository could be meant, linking decides (:mod:`discreet.flow.roots`) and the importing module's facts are rewritten.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any, Final

import msgspec

from discreet.facts.model import NO_TYPE, ModuleFacts, Part, Type

_STILL: Final = frozenset({"Span", "Hop", "Note", "Written", "Cell", "Constant", "Path"})
"""What holds no name of a module, among what a field of facts may be annotated with."""
_known: Final[dict[type[msgspec.Struct], tuple[str, ...]]] = {}


def relocated(facts: ModuleFacts, mover: Callable[[str], str]) -> ModuleFacts:
    """The facts with the true name, which ``mover`` tells, for every name of a module or of something in one."""
    moved: ModuleFacts = _moved(facts, mover)
    return msgspec.structs.replace(moved, stars=tuple(mover(star) for star in facts.stars))


def _moved(value: Any, mover: Callable[[str], str]) -> Any:
    """The value with true names; itself, where there is none in it that is another."""
    if isinstance(value, tuple):
        values = [_moved(each, mover) for each in value]
        same = all(map(operator.is_, values, value))
        return value if same else tuple(values)
    if isinstance(value, Part):
        return _moved_part(value, mover)
    if isinstance(value, Type):
        if value == NO_TYPE:
            return value
        names = tuple([mover(name) for name in value.names])
        return msgspec.structs.replace(value, names=names, args=_moved(value.args, mover))
    if isinstance(value, dict):
        return {key: _moved(each, mover) for key, each in value.items()}
    changes = {}
    for field in _fields(type(value)):
        before = getattr(value, field)
        if before:
            after = _moved(before, mover)
            if after is not before:
                changes[field] = after
    return msgspec.structs.replace(value, **changes) if changes else value


def _moved_part(part: Part, mover: Callable[[str], str]) -> Part:
    root, access = part.root, part.access
    if root[1:2] == ":" and root[0] in "gis":
        root = f"{root[:2]}{mover(root[2:])}"
    if any(step[0] in "?+-" for step in access):
        access = tuple([_moved_step(step, mover) if step[0] in "?+-" else step for step in access])
    if root == part.root and access == part.access:
        return part
    return msgspec.structs.replace(part, root=root, access=access)


def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a kind of facts in which there may be a name of a module: those that may hold further facts."""
    known = _known.get(kind)
    if known is None:
        annotations = kind.__annotations__.items()
        moving = [name for name, each in annotations if not _STILL.issuperset(re.findall(r"\b[A-Z]\w*", each))]
        known = _known[kind] = tuple(moving)
    return known


def _moved_step(step: str, mover: Callable[[str], str]) -> str:
    """A step that a global decides about (:mod:`discreet.facts.keys`), or that names classes
    (:mod:`discreet.facts.narrowing`).
    """
    if step[0] in "+-":
        return step if step[1:2] in ("", ".") else step[0] + "|".join(map(mover, step[1:].split("|")))
    if step[2:4] != "g:":
        return step
    dotted, divider, rest = step[4:].partition("|")
    return f"{step[:4]}{mover(dotted)}{divider}{rest}"
