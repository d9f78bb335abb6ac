"""The wording of a message: its text in bits, with fields where values are shown, and what goes when a field goes.

Bits are taken from the source as it is written, so an escape (``\\n``, ``%%``, ``{{``) is one bit, and each knows
its place in the file. Where a value is dropped, what only led to it goes too, as a careful writer would have it:

    ``"user %s (%s) paid"`` without the second is ``"user %s paid"``, ``"paid: %s"`` is ``"paid"``
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from discreet.fixes.placeholders import PERCENT
from discreet.fixes.refusal import Refused

Style = Literal["plain", "percent", "braces", "fstring"]
"""What makes a field in a text: nothing, ``%s``, ``{}``; in an f-string the braces are no part of the text."""

_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|N\{[^}]*\}|[0-7]{1,3}|\r\n|.)", re.DOTALL)
_OPEN_ENDED = re.compile(r"\\[0-7]{1,2}")
"""An escape that is read with the digit that comes to stand behind it."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[^.\[!:]*")
_PAIRS = {'"': '"', "'": "'", "`": "`", "(": ")", "[": "]", "<": ">", '\\"': '\\"', "\\'": "\\'"}
_OPEN, _CLOSED = ("(", "[", "{{"), (")", "]", "}}")
_BLANK = (" ", "\t", "\\t")
_NEWLINE = ("\n", "\r\n", "\r", "\\n", "\\r")
_POINTS = (",", ";", ".", "!", "?", ":")
_SEPARATORS = (*_BLANK, ",", ";", ":", "=", "-")


class Bit(NamedTuple):
    """One character or escape of a message, or, with ``key``, a field: the position or the name of what it shows.

    ``gone`` says that what a field shows is dropped.
    """

    text: str
    start: int
    end: int
    key: int | str | None = None
    gone: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is no field."""
        return self.key is None


def bits(text: str, start: int, *, raw: bool, style: Style, first: int = 0) -> Iterator[Bit]:
    """The bits of the inside of a string literal.

    Args:
        text: It, as written.
        start: Where it begins in the file.
        raw: Whether a backslash means itself.
        style: What makes a field.
        first: The position of the first value that a field takes without saying which.

    Raises:
        Refused: it can't be taken apart.
    """
    at = 0
    while at < len(text):
        bit = _bit(text, at, raw=raw, style=style, automatic=first)
        first += isinstance(bit.key, int) and not _explicit(bit.text)
        yield bit._replace(start=start + at, end=start + at + len(bit.text))
        at += len(bit.text)


def _bit(text: str, at: int, *, raw: bool, style: Style, automatic: int) -> Bit:
    if text[at] == "\\" and not raw:
        found = _ESCAPE.match(text, at)
        if found is None or _OPEN_ENDED.fullmatch(found[0]):
            raise Refused("its text is written with escapes that end where the next character begins")
        return Bit(found[0], 0, 0)
    if style == "percent" and text[at] == "%":
        found = PERCENT.match(text, at)
        if found is None:
            raise Refused("its placeholders can't be told")
        if found["kind"] == "%" and found["name"] is None:
            return Bit(found[0], 0, 0)
        return Bit(found[0], 0, 0, automatic if found["name"] is None else found["name"])
    if style in ("braces", "fstring") and text[at] in "{}":
        if text[at : at + 2] in ("{{", "}}"):
            return Bit(text[at : at + 2], 0, 0)
        found = _BRACES.match(text, at) if style == "braces" else None
        if found is None:
            raise Refused("its placeholders can't be told")
        name = name_in(found[0])
        return Bit(found[0], 0, 0, automatic if not name else int(name) if name.isdecimal() else name)
    return Bit(text[at], 0, 0)


def name_in(field: str) -> str:
    """Which value a replacement field takes, as it says so: empty, a number, or a name."""
    found = _NAME.match(field, 1)
    assert found is not None
    return found[0].rstrip("}")


def _explicit(field: str) -> bool:
    return field[0] == "{" and name_in(field) != ""


def says_nothing(message: Sequence[Bit]) -> bool:
    """Whether a message shows nothing any more, and has no word in it."""
    return not any(each.text.isalnum() if each.is_text else not each.gone for each in message)


def tidied(message: Sequence[Bit], *, whole: bool) -> list[Bit]:
    """The bits of a message's text that go with its fields: brackets and quotation marks around them, ``label=``,
    and blanks and separators that have nothing left to separate. No word is among them, but a label's.

    Args:
        message: It.
        whole: Whether nothing stands before and after it.
    """
    tidying = _Tidying(message, whole=whole)
    for each in message:
        tidying.take(each)
    return tidying.dropped


class _Tidying:
    """What stands on either side of the place in a message that has been reached."""

    def __init__(self, message: Sequence[Bit], *, whole: bool) -> None:
        self.whole = whole
        self.left: list[Bit] = []
        self.right = list(reversed(message))  # the next one is the last
        self.dropped: list[Bit] = []

    def take(self, bit: Bit) -> None:
        if not self.right or self.right[-1] is not bit:
            return  # it was dropped already
        self.right.pop()
        if not bit.gone:
            self.left.append(bit)
            return
        while _text(self.left) in _PAIRS and _PAIRS[_text(self.left)] == _text(self.right):
            self._drop(self.left)
            self._drop(self.right)
        self._drop_label()
        self._join()

    def _drop(self, side: list[Bit]) -> None:
        self.dropped.append(side.pop())

    def _drop_all(self, side: list[Bit], texts: Sequence[str]) -> None:
        while _text(side) in texts:
            self._drop(side)

    def _drop_label(self) -> None:
        """``order=%s``: the name of a value that is not there."""
        if _text(self.left) != "=" or not _is_word(_text(self.left[:-1])):
            return
        self._drop(self.left)
        while _is_word(_text(self.left)):
            self._drop(self.left)

    def _join(self) -> None:
        """Let what stood before the field and what stood after it follow each other."""
        following = _text(self.right)
        if (self.whole and not self.left) or _text(self.left) in _OPEN:
            self._drop_all(self.right, _SEPARATORS)
        elif (self.whole and not self.right) or following in (*_NEWLINE, *_CLOSED):
            self._drop_all(self.left, _SEPARATORS)
        elif following in _POINTS:
            self._drop_all(self.left, _BLANK)
            if _text(self.left) in (":", "="):
                self._drop(self.left)
        elif following in _BLANK and _text(self.left) in _BLANK:
            self._drop_all(self.left, _BLANK)


def _text(side: Sequence[Bit]) -> str:
    """The text next to the field on one side; empty if a field stands there, or nothing."""
    return side[-1].text if side and side[-1].is_text else ""


def _is_word(text: str) -> bool:
    return text.isalnum() or text in ("_", "-", ".")
