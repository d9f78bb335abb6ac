"""Subscripts: the step of a path that one takes."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.reading import BIG, keepable

LONG_SLICE: Final = 20
"""A slice up to here or beyond keeps what it is taken of: ``message[:200]``."""


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
        bounds = [bound for bound in (node.lower, node.upper) if bound is not None]
        if (
            isinstance(node.upper, ast.Constant)
            and isinstance(node.upper.value, int)
            and node.upper.value >= LONG_SLICE
        ):
            return "*:"
        return "~" if bounds and all(_is_number(bound) for bound in bounds) else "*:"
    return "["


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, int)
