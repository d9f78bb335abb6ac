"""A file as libcst has it, with the place of every node in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from discreet.facts.model import Span
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source

_LITERALS = (cst.ConcatenatedString, cst.FormattedString, cst.SimpleString, cst.BaseNumber, cst.Comment)


class Range(NamedTuple):
    """A piece of a text, by offsets."""

    start: int
    end: int


class Parsed:
    """The tree of a source, and where its nodes are.

    Raises:
        Refused: libcst can't read it, or would write it otherwise.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        try:
            self.tree = cst.parse_module(source.text)
        except (cst.ParserSyntaxError, RecursionError, ValueError) as error:
            raise Refused(f"libcst can't read the file: {type(error).__name__}") from None
        if self.tree.code != source.text:
            raise Refused("libcst would not give the file back as it is")
        wrapper = MetadataWrapper(self.tree, unsafe_skip_copy=True)
        try:
            self._ranges = wrapper.resolve(PositionProvider)
        except RecursionError:
            raise Refused("the file is nested too deeply") from None

    @property
    def nodes(self) -> Iterator[cst.CSTNode]:
        """All nodes of the file that have a place in it."""
        yield from self._ranges

    def range(self, node: cst.CSTNode) -> Range:
        """Where a node is, the parentheses around it included."""
        first, last = node, node
        if isinstance(node, cst.BaseExpression) and node.lpar and node.rpar:
            first, last = node.lpar[0], node.rpar[-1]
        return Range(self._offset(self._ranges[first].start), self._offset(self._ranges[last].end))

    def inside(self, node: cst.CSTNode) -> Range:
        """Where a node is, the parentheses around it left out."""
        place = self._ranges[node]
        return Range(self._offset(place.start), self._offset(place.end))

    def lines(self, node: cst.CSTNode) -> tuple[int, int]:
        """The 1-based lines on which a node begins and ends."""
        place = self._ranges[node]
        return place.start.line, place.end.line

    def text(self, node: cst.CSTNode) -> str:
        """The text of a node, as it stands in the file."""
        return self.source.text[slice(*self.range(node))]

    def at(self, span: Span) -> cst.CSTNode | None:
        """The call, ``raise`` or ``assert`` that takes up a span."""
        return self._sinks.get((span.line, span.column - 1, span.end_line, span.end_column - 1))

    def spanned(self, span: Span) -> cst.BaseExpression | None:
        """The expression that takes up a span, the parentheses around it left out."""
        return self._expressions.get((span.line, span.column - 1, span.end_line, span.end_column - 1))

    def class_at(self, line: int, name: str) -> cst.ClassDef | None:
        """The first class of a name that begins on a line, or below it: decorators stand above."""
        found = [each for each in self._ranges if isinstance(each, cst.ClassDef) and each.name.value == name]
        below = [each for each in found if self.lines(each.name)[0] >= line]
        return min(below, key=lambda each: self.lines(each.name)[0], default=None)

    def literal(self, start: int, end: int) -> cst.CSTNode | None:
        """The string (all its pieces), the number or the comment that a stretch of the text lies in."""
        at = bisect_right(self._literals, start, key=lambda each: each[0].start)
        taken, node = self._literals[at - 1] if at else (Range(0, -1), None)
        return node if end <= taken.end else None

    @cached_property
    def _literals(self) -> list[tuple[Range, cst.CSTNode]]:
        """Those that lie in no other, in order."""
        found = [(self.inside(each), each) for each in self._ranges if isinstance(each, _LITERALS)]
        outermost: list[tuple[Range, cst.CSTNode]] = []
        for taken, node in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
            if not outermost or taken.start >= outermost[-1][0].end:
                outermost.append((taken, node))
        return outermost

    @cached_property
    def _expressions(self) -> dict[tuple[int, int, int, int], cst.BaseExpression]:
        found: dict[tuple[int, int, int, int], cst.BaseExpression] = {}
        for node, place in self._ranges.items():
            if isinstance(node, cst.BaseExpression):
                found.setdefault(_corners(place), node)
        return found

    @cached_property
    def _sinks(self) -> dict[tuple[int, int, int, int], cst.CSTNode]:
        found: dict[tuple[int, int, int, int], cst.CSTNode] = {}
        for node, place in self._ranges.items():
            if isinstance(node, (cst.Call, cst.Raise, cst.Assert)):
                found.setdefault(_corners(place), node)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name in the file that is no attribute's: whatever may be bound or read."""
        return frozenset(_names(self.tree))

    def _offset(self, position: object) -> int:
        return self.source.offset(position.line, position.column)  # type: ignore[attr-defined]


def _corners(place: CodeRange) -> tuple[int, int, int, int]:
    return place.start.line, place.start.column, place.end.line, place.end.column


def _names(tree: cst.CSTNode) -> Iterator[str]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Name):
            yield node.value
        elif isinstance(node, cst.Attribute):
            waiting.append(node.value)
        else:
            waiting.extend(node.children)
