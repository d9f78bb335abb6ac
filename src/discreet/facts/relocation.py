"""Relocation: facts in which absolute imports mean other modules than their names say.

Which ``config`` an ``import config`` means depends on where the program is started. Where several files of a
repository could be meant, linking decides (:mod:`discreet.flow.roots`) and the importing module's facts are rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from discreet.facts.model import ModuleFacts, Part, Type


def relocated(facts: ModuleFacts, prefixes: Mapping[str, str]) -> ModuleFacts:
    """The facts with every imported name that begins with one of ``prefixes`` beginning with its value instead."""
    moved: ModuleFacts = _moved(facts, prefixes)
    return msgspec.structs.replace(moved, stars=tuple(_name(star, prefixes) for star in facts.stars))


def _moved(value: Any, prefixes: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple([_moved(each, prefixes) for each in value])
    if isinstance(value, Part):
        root = (
            f"{value.root[:2]}{_name(value.root[2:], prefixes)}" if value.root[:2] in ("g:", "i:", "s:") else value.root
        )
        return value if root == value.root else msgspec.structs.replace(value, root=root)
    if isinstance(value, Type):
        names = tuple(_name(name, prefixes) for name in value.names)
        return msgspec.structs.replace(value, names=names, args=_moved(value.args, prefixes))
    if isinstance(value, dict):
        return {key: _moved(each, prefixes) for key, each in value.items()}
    if isinstance(value, msgspec.Struct):
        changes = {}
        for field in value.__struct_fields__:
            before = getattr(value, field)
            if isinstance(before, tuple | dict | msgspec.Struct):
                after = _moved(before, prefixes)
                if after is not before:
                    changes[field] = after
        return msgspec.structs.replace(value, **changes) if changes else value
    return value


def _name(dotted: str, prefixes: Mapping[str, str]) -> str:
    first, dot, rest = dotted.partition(".")
    return f"{prefixes[first]}{dot}{rest}" if first in prefixes else dotted
