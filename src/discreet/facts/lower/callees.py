"""Callees: what is called, as a short text."""

from __future__ import annotations

import ast
from typing import Final

MAX_NAMES: Final = 13
"""So many names a text has at most."""


def callee_text(node: ast.expr) -> str:
    """A short text for what is called: ``self.log.info``, ``get_logger().info``."""
    if type(node) is ast.Name:
        return node.id
    text = ""
    for _ in range(MAX_NAMES):
        if type(node) is ast.Attribute:
            text = f".{node.attr}{text}"
            node = node.value
        elif type(node) is ast.Name:
            break
        elif type(node) is ast.Call:
            text = f"(){text}"
            node = node.func
        elif type(node) is ast.Subscript:
            text = f"[]{text}"
            node = node.value
        else:
            break
    return f"{node.id if type(node) is ast.Name else '...'}{text}"
