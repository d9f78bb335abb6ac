"""Composed: the pieces of a text that is put together of others, by an f-string, ``format``, ``%`` or ``+``."""

from __future__ import annotations

import ast
import re
from typing import Final

_FIELD: Final = re.compile(r"\{(\d*)\}")
_MARK: Final = "%s"
COMPOSING: Final = frozenset({ast.JoinedStr, ast.BinOp})
"""What puts texts together, but for calls of ``format``."""
_LONGEST: Final = 12

Pieces = list["str | ast.expr"]


def pieces_of(node: ast.expr) -> Pieces:
    """The pieces of a text, in order: what is written out, and the expressions that stand between. None for what is
    no such text, or is put together in another way.
    """
    if type(node) is ast.JoinedStr:
        return [_written(each.value if isinstance(each, ast.FormattedValue) else each) for each in node.values]
    if type(node) is ast.Call:
        return _formatted(node)
    if type(node) is ast.BinOp and type(node.op) is ast.Mod:
        return _by_percent(node)
    if type(node) is ast.BinOp and type(node.op) is ast.Add:
        return _added(node)
    return []


def _formatted(node: ast.Call) -> Pieces:
    """``"{}_image".format(drive)``."""
    function = node.func
    if type(function) is not ast.Attribute or function.attr != "format" or type(function.value) is not ast.Constant:
        return []
    template = function.value.value
    if not isinstance(template, str) or node.keywords or any(type(each) is ast.Starred for each in node.args):
        return []
    found: Pieces = []
    for at, each in enumerate(_FIELD.split(template)):
        if at % 2 == 0:
            if "{" in each or "}" in each:
                return []
            found.append(each)
            continue
        place = int(each) if each else at // 2
        if place >= len(node.args):
            return []
        found.append(_written(node.args[place]))
    return found


def _by_percent(node: ast.BinOp) -> Pieces:
    """``"%s_image" % drive``."""
    if type(node.left) is not ast.Constant or not isinstance(node.left.value, str):
        return []
    written = node.left.value.split(_MARK)
    shown = node.right.elts if type(node.right) is ast.Tuple else [node.right]
    if len(written) != len(shown) + 1 or any("%" in each for each in written):
        return []
    found: Pieces = [written[0]]
    for each, after in zip(shown, written[1:], strict=True):
        found += [_written(each), after]
    return found


def _added(node: ast.BinOp) -> Pieces:
    """``prefix + "_image"``."""
    found: Pieces = []
    left: ast.expr = node
    while type(left) is ast.BinOp and type(left.op) is ast.Add and len(found) < _LONGEST:
        found.append(_written(left.right))
        left = left.left
    if type(left) is ast.BinOp:
        return []
    found.append(_written(left))
    return found[::-1] if any(isinstance(each, str) for each in found) else []


def _written(node: ast.expr) -> str | ast.expr:
    return node.value if type(node) is ast.Constant and isinstance(node.value, str) else node
