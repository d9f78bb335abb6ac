"""From a file's bytes to a syntax tree with human positions.

The bytes are never imported or executed: ``ast.parse`` compiles nothing.
"""

from __future__ import annotations

import ast
import codecs
import io
import re
import tokenize
import warnings
from collections.abc import Callable
from typing import Any, Final

from discreet.catalogue.forms import LETTERED
from discreet.catalogue.plain import plain
from discreet.catalogue.postal import blotted
from discreet.facts.model import Span


class UnreadableSource(Exception):
    """A file that can't be decoded or parsed: where, and why, in one line."""

    def __init__(self, path: str, line: int, column: int, reason: str, *, decoded: bool = True) -> None:
        super().__init__(f"{path}:{line}:{column}: {reason}")
        self.path = path
        self.line = line
        self.column = column
        self.reason = keepable(reason)  # it may repeat what stands in the file
        self.decoded = decoded


def _may_name_its_encoding(data: bytes) -> bool:
    head = b"".join(data.split(b"\n", 2)[:2])
    return b"coding" in head or b"\0" in head or data.startswith(codecs.BOM_UTF8)


def decode(path: str, data: bytes) -> str:
    """The text of a source file, by its byte-order mark or encoding cookie (PEP 263), newlines kept.

    Raises:
        UnreadableSource: the encoding is unknown or the bytes are not in it.
    """
    try:
        if not _may_name_its_encoding(data):  # as nearly always: detect_encoding costs more than the decoding
            return data.decode()
    except UnicodeDecodeError:
        pass  # below, where it is told in the same words as ever
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, LookupError, UnicodeError) as error:
        reason = getattr(error, "msg", None) or str(error)
        raise UnreadableSource(path, 1, 1, f"cannot be decoded: {reason}", decoded=False) from None


def parse(path: str, text: str) -> ast.Module:
    """The syntax tree of a text. What is newer than this interpreter is in it as older syntax that means the same.

    Raises:
        UnreadableSource: the text is not Python, or is nested too deeply for this interpreter.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return ast.parse(text.encode("utf-8", "surrogatepass") if "\x0c" in text else text)
            except SyntaxError:
                from discreet.facts.newer import lowered  # here: most runs meet no such file

                tree = lowered(text)
                if tree is None:
                    raise
                return tree
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        raise UnreadableSource(path, line, max(column, 1), f"cannot be parsed: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        reason = str(error) or type(error).__name__
        raise UnreadableSource(path, 1, 1, f"cannot be parsed: {reason}") from None


BIG: Final = 10_000
"""Numbers from here on are no index: they may be somebody's, and facts keep none of those."""
LONGEST: Final = 2_000
"""Longer literals are cut: a template is shorter, and a blob says nothing."""
_MAY_BE_PERSONAL: Final = re.compile(r"@|\d(?:(?:[ ()./_-]{0,2}[A-Z]?\d){5}|\d{3})").search
"""A quick look, which most literals do not pass; the expressions that follow take twenty times as long."""
_PERSONAL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|\+?\d(?:[ ()./_-]{0,2}\d){6,}")
_TELLS: Final = re.compile("[@0-9]").search
"""No text without any of these is blotted out, unless it is written in other letters."""
_ADDRESS: Final = 200
"""So far beyond the cut is looked for the end of what began before it."""


def keepable(text: str) -> str:
    """A string literal as facts may hold it.

    What looks like an address or a number of a person is blotted out, since facts are written to caches, however it is
    disguised (:mod:`discreet.catalogue.plain`); a lone surrogate (``"\\ud800"``), which no encoding can write, is
    replaced.
    """
    if text.isascii() and _TELLS(text) is None:
        return text[:LONGEST]
    if not text.isascii() and (bare := plain(text).text) is not text and _clean(bare) != bare:
        text = bare
    text = blotted(text[: LONGEST + _ADDRESS])
    if len(text) > LONGEST:
        begun = (found for found in _PERSONAL.finditer(text[: LONGEST + _ADDRESS]) if found.end() > LONGEST)
        text = text[: min(LONGEST, next((found.start() for found in begun), LONGEST))]
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return _clean(text)


def _clean(text: str) -> str:
    return _PERSONAL.sub("***", LETTERED.sub("***", text)) if _MAY_BE_PERSONAL(text) else text


_LINE_END: Final = re.compile(r"\r\n|\r|\n")
"""``str.splitlines()`` also splits at form feeds and the like, which Python does not."""


Spans = Callable[[Any], Span]
"""Gives the span of a node that has a position."""


def spans_of(text: str) -> Spans:
    """Turns the byte columns of ``ast`` into 1-based columns in code points, which in most files are the same."""
    return _same_columns if text.isascii() else Positions(text).span


def _same_columns(node: Any) -> Span:
    return Span(node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1)


class Positions:
    """Columns in a text of which some lines are not ASCII."""

    def __init__(self, text: str) -> None:
        lines = enumerate(_LINE_END.split(text), start=1)
        self._wide = {line: part.encode("utf-8", "surrogatepass") for line, part in lines if not part.isascii()}

    def span(self, node: Any) -> Span:
        """The span of a node that has a position."""
        line, end = node.lineno, node.end_lineno
        column, end_column = node.col_offset, node.end_col_offset
        if line in self._wide:
            column = len(self._wide[line][:column].decode("utf-8", "replace"))
        if end in self._wide:
            end_column = len(self._wide[end][:end_column].decode("utf-8", "replace"))
        return Span(line, column + 1, end, end_column + 1)
