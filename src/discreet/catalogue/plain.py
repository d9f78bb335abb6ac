"""Text without what hides a number or an address in it from whoever searches, but not from whoever reads.

Digits and letters in full width become narrow ones. Characters that take no room, and those that turn the direction of
writing, are left out, as is the seam of two literals that stand side by side (``"1101011949" "1231002X"``). Nearly all
texts have none of this and are given back as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

_WIDE: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {
    0xFF20: ord("@"),
    0xFF0E: ord("."),
    0xFF0D: ord("-"),
    0xFF0B: ord("+"),
}
_IS_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ＠．－＋]")
_NOTHING: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HIDES: Final = re.compile(f"[{_NOTHING}]+")
_SEAMS: Final = (b'0" "0', b"0' '0")
_ALIKE: Final = bytes.maketrans(b"123456789", b"0" * 9)


def digits_alike(text: str) -> bytes:
    """The text with one byte for each character and each of the ten digits a ``0``, to look for numbers in.

    A regular expression that begins with a fixed text is found many times as fast as one that begins with any of ten.
    What Latin-1 has no letter for is a ``?``.
    """
    return text.encode("latin-1", "replace").translate(_ALIKE)


class Plain(NamedTuple):
    """A text without what hides things in it, with its digits all alike as well, and how much had been left out at
    which of its places.
    """

    text: str
    alike: bytes
    at: tuple[int, ...] = ()
    before: tuple[int, ...] = ()

    def place(self, at: int) -> int:
        """Where a character of it stands in the text that it was made from."""
        known = bisect_right(self.at, at)
        return at + self.before[known - 1] if known else at


def plain(text: str) -> Plain:
    """The text without what hides a value in it."""
    alike = digits_alike(text)
    hidden = [place for seam in _SEAMS if seam in alike for place in _seams(seam, alike)]
    if not text.isascii():
        if _IS_WIDE.search(text) is not None:
            text = text.translate(_WIDE)
            alike = digits_alike(text)
        hidden += [match.span() for match in _HIDES.finditer(text)]
    return _without(text, sorted(hidden)) if hidden else Plain(text, alike)


def _seams(seam: bytes, alike: bytes) -> Iterator[tuple[int, int]]:
    """Where what stands between the digits of a seam begins and ends."""
    at = alike.find(seam)
    while at >= 0:
        end = at + len(seam) - 1
        yield at + 1, end
        at = alike.find(seam, end)


def _without(text: str, hidden: list[tuple[int, int]]) -> Plain:
    pieces: list[str] = []
    at: list[int] = []
    before: list[int] = []
    done = length = 0
    for start, end in hidden:
        pieces.append(text[done:start])
        length, done = length + start - done, end
        at.append(length)
        before.append(done - length)
    bare = "".join([*pieces, text[done:]])
    return Plain(bare, digits_alike(bare), tuple(at), tuple(before))
