"""Relocation: facts in which absolute imports mean other modules than their names say.

Which ``config`` an ``import config`` means depends on where the program is started. Where several files of a
repository could be meant, linking decides (:mod:`discreet.flow.roots`) and the importing module's facts are rewritten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from discreet.facts.model import ModuleFacts, Part, Type


def relocated(facts: ModuleFacts, mover: Callable[[str], str]) -> ModuleFacts:
    """The facts with the true name, which ``mover`` tells, for every name of a module or of something in one."""
    moved: ModuleFacts = _moved(facts, mover)
    return msgspec.structs.replace(moved, stars=tuple(mover(star) for star in facts.stars))


def _moved(value: Any, mover: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple([_moved(each, mover) for each in value])
    if isinstance(value, Part):
        root = f"{value.root[:2]}{mover(value.root[2:])}" if value.root[:2] in ("g:", "i:", "s:") else value.root
        access = tuple([_moved_step(step, mover) if step[0] in "?+-" else step for step in value.access])
        if root == value.root and access == value.access:
            return value
        return msgspec.structs.replace(value, root=root, access=access)
    if isinstance(value, Type):
        names = tuple(mover(name) for name in value.names)
        return msgspec.structs.replace(value, names=names, args=_moved(value.args, mover))
    if isinstance(value, dict):
        return {key: _moved(each, mover) for key, each in value.items()}
    if isinstance(value, msgspec.Struct):
        changes = {}
        for field in value.__struct_fields__:
            before = getattr(value, field)
            if isinstance(before, tuple | dict | msgspec.Struct):
                after = _moved(before, mover)
                if after is not before:
                    changes[field] = after
        return msgspec.structs.replace(value, **changes) if changes else value
    return value


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
