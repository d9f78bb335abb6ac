"""Places in a text as ``ast`` tells them, and white space that leaves all the others where they are."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKED = re.compile(r"[^\r\n]")

Place = tuple[int, int]
"""A line from 1, and a column from 0 in bytes of UTF-8."""


class Places:
    """From offsets in a text to places."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._bytes = None if text.isascii() else [0, *accumulate(map(_width, text))]

    def of(self, offset: int) -> Place:
        """The place of an offset."""
        line, column = self.in_letters(offset)
        if self._bytes is None:
            return line, column
        return line, self._bytes[offset] - self._bytes[offset - column]

    def in_letters(self, offset: int) -> Place:
        """The place of an offset as ``tokenize`` tells it, with a column in code points."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1]


def _width(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


def blank(text: str) -> str:
    """White space in the place of a text: the same lines, of as many bytes."""
    return _BLANKED.sub(lambda found: " " * _width(found[0]), text)


def put(node: ast.AST, start: Place, end: Place) -> None:
    """Say where a node stands."""
    node.lineno, node.col_offset = start  # type: ignore[attr-defined]
    node.end_lineno, node.end_col_offset = end  # type: ignore[attr-defined]


def move(tree: ast.AST, start: Place) -> None:
    """Move a tree that was parsed by itself to where its text begins."""
    lines, columns = start[0] - 1, start[1]
    for node in ast.walk(tree):
        if isinstance(node, _PLACED):
            if node.lineno == 1:
                node.col_offset += columns
            if node.end_lineno == 1 and node.end_col_offset is not None:
                node.end_col_offset += columns
            node.lineno += lines
            if node.end_lineno is not None:
                node.end_lineno += lines


_PLACED = (ast.expr, ast.stmt, ast.arg, ast.keyword, ast.alias, ast.excepthandler, ast.pattern)
