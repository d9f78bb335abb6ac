"""Narrowing: what a branch has excluded, as a step that leads to the same value or to none.

``+a.B|c.D`` is the value where it is an instance of one of these classes, ``-a.B|c.D`` where it is of none of them, and
``-.name`` where it has no such attribute. ``-`` is the value where it is false: ``None``, an empty text or sequence;
or where it is a text that the program itself has written down. That shows nothing of anybody; but an object may be
false that has attributes, and so they are read past it.
"""

from __future__ import annotations

from typing import Final

from discreet.facts.model import VALUE, Part, Path, Value

PLAIN: Final = frozenset({"builtins.int", "builtins.float"})
"""Classes of numbers: what is an instance of one of these is no object of a class that isn't derived from it. Where a
text stands for an object, it is mostly what the object goes by.
"""
FALSE: Final = "-"
"""The step to where a value is false, or a text of the program's own."""


def narrowed(value: Value, step: str) -> Value:
    """The value on a branch; what was made here of others stays as it is, or is empty where the value is false."""
    if step == FALSE:
        value = tuple(part for part in value if not part.path and part.form == VALUE)
    return tuple(
        part
        if part.path or part.form != VALUE or step in part.access
        else Part(part.root, (*part.access, step), (), part.minus, VALUE, part.hint, part.span, part.via)
        for part in value
    )


def plain(access: Path) -> Path:
    """The same steps, whatever was excluded on the way."""
    for step in access:
        if step[0] in "+-":
            return tuple([each for each in access if each[0] not in "+-"])
    return access
