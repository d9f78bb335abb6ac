"""Literals: what an expression says by itself, where it is a simple one."""

from __future__ import annotations

import ast
from typing import Final, TypeGuard

from discreet.facts.keys import MAX_WORDS
from discreet.facts.lower.frame import Frame
from discreet.facts.model import Constant, Value
from discreet.facts.reading import BIG, keepable
from discreet.facts.values import join, read, under

SIMPLE: Final = frozenset({ast.Name, ast.Constant, ast.Tuple, ast.List, ast.Set})
"""What may be a literal, or the name of one: of the others nobody need ask."""
_SEQUENCES: Final = (ast.Tuple, ast.List, ast.Set)  # written out in isinstance(), X | Y is built anew each time


def constant_of(node: ast.expr, frame: Frame | None = None) -> Constant:
    """The literal an argument is, where it is a simple one; a sequence of strings is a tuple."""
    if type(node) is ast.Name:
        return frame.constant(node.id) if frame is not None else None
    if type(node) not in SIMPLE:
        return None
    if type(node) is ast.Constant:
        value = node.value
        if isinstance(value, str):
            return keepable(value)
        if isinstance(value, bool):  # by itself: compiled, an expression that may be either makes an int of it
            return value
        return value if isinstance(value, int) and abs(value) < BIG else None
    if isinstance(node, _SEQUENCES):
        words = [
            keepable(each.value) for each in node.elts if type(each) is ast.Constant and isinstance(each.value, str)
        ]
        return tuple(words) if words and len(words) == len(node.elts) else None
    return None


def written_in(node: ast.expr | None, declared: Value) -> Value:
    """What a declared type says of a value: of a dictionary that is written out here, only of the keys that are in it,
    whatever others its type allows.
    """
    if type(node) is not ast.Dict or not 0 < len(node.keys) <= MAX_WORDS:
        return declared
    told: list[Value] = []
    for key, each in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            return declared
        if type(each) is not ast.Constant:
            step = f"[{keepable(key.value)}"
            told.append(under(read(declared, step), step))
    return join(*told)


def is_field_name(name: object) -> TypeGuard[str]:
    """Whether a text can be the name of a field, and looks like nobody's number."""
    return isinstance(name, str) and name.isidentifier() and keepable(name) == name
