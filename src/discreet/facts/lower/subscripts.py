"""Subscripts: the step of a path that one takes."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.reading import BIG, keepable

LONG_SLICE: Final = 20
"""A slice up to here or beyond keeps what it is taken of: ``message[:200]``."""
SHORT_FRONT: Final = 3
"""What is left out in front of a number or a name, and not more, is a sign: ``phone[1:]``, ``username[1:]``."""


def subscript_step(node: ast.expr) -> str:
    """The path step that ``x[node]`` takes."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str | bytes):  # redis gives mappings whose keys are bytes
            text = node.value if isinstance(node.value, str) else node.value.decode("ascii", "replace")
            return f"[{keepable(text)}"
        if isinstance(node.value, int) and not isinstance(node.value, bool):
            return f"#{node.value}" if abs(node.value) < BIG else "["
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        index = node.operand.value
        return f"#-{index}" if isinstance(index, int) and index < BIG else "["
    if isinstance(node, ast.Slice):
        return "~" if _is_piece(node) else "*:"
    return "["


def _is_piece(node: ast.Slice) -> bool:
    """Whether a slice keeps a piece of known size, or leaves one out that may be as much as is hidden by a mask."""
    if node.lower is None and node.upper is None:
        return False
    if node.lower is not None and node.upper is None and _is_at(node.lower):
        return True
    lower = 0 if node.lower is None else _number(node.lower)
    upper = -1 if node.upper is None else _number(node.upper)  # a line's end, or a quotation mark, is nothing either
    if lower is None or upper is None:
        return False
    return upper < LONG_SLICE and not (0 <= lower <= SHORT_FRONT and upper == -1)


def _is_at(node: ast.expr) -> bool:
    """Whether a slice begins where the ``@`` of an address stands, or behind it: ``email[email.index("@"):]``."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        node = node.left
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return False
    found, first = node.func.attr in ("index", "find", "rindex", "rfind"), node.args[0]
    return found and isinstance(first, ast.Constant) and first.value == "@"


def _number(node: ast.expr) -> int | None:
    """The number that a bound is, or ``None`` where it is computed."""
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node, sign = node.operand, -1
    return sign * node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None
