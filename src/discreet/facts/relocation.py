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
        return value if root == value.root else msgspec.structs.replace(value, root=root)
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
