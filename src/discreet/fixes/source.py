"""A file as text that goes back to the very same bytes: byte-order mark, encoding cookie, newlines and all."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cached_property

from discreet.facts.reading import UnreadableSource, decode
from discreet.fixes.refusal import Refused

_LINE_END = re.compile(r"\r\n|\r|\n")


class Source:
    """The text of a file, and how to make bytes of it again.

    Args:
        path: What the file is called.
        data: Its content.

    Raises:
        Refused: the bytes are not in the encoding they claim, or would not come back the same.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        try:
            self.text = decode(path, data)
            self._encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        except (UnreadableSource, SyntaxError, LookupError) as error:
            raise Refused(f"the file can't be decoded: {error}") from None
        if self.encoded(self.text) != data:
            raise Refused("the file's bytes would not come back the same from its encoding")

    def encoded(self, text: str) -> bytes:
        """A text in the file's encoding, with its byte-order mark.

        Raises:
            Refused: the encoding has no form for something in the text.
        """
        try:
            return text.encode(self._encoding)
        except (UnicodeEncodeError, LookupError):
            raise Refused("the file's encoding has no form for the new text") from None

    @cached_property
    def newline(self) -> str:
        """How the file's first line ends: what a new line ends with, too."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @property
    def lines(self) -> int:
        """How many lines there are, an empty last one included."""
        return len(self._starts)

    def offset(self, line: int, column: int) -> int:
        """Where a place (1-based line, 0-based column, in code points) is in the text."""
        return self._starts[line - 1] + column


def place_in(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column of an offset of a text."""
    line, start = 1, 0
    for found in _LINE_END.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1
