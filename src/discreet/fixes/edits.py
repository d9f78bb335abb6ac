"""Edits: insertions into a text. Nothing is ever taken out, so taking the insertions out again gives the old text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Wrap(NamedTuple):
    """Something to put before and after ``text[start:end]``."""

    start: int
    end: int
    before: str
    after: str


class Insertion(NamedTuple):
    """A text to put in at an offset of the old text."""

    offset: int
    text: str


def insertions(wraps: Iterable[Wrap], additions: Iterable[Insertion] = ()) -> list[Insertion]:
    """Wraps and additions as insertions, in the order they stand in.

    Where two meet, what ends there comes before what begins, an inner end before an outer one, and an outer beginning
    before an inner one.
    """
    ordered: list[tuple[tuple[int, int, int], Insertion]] = []
    for wrap in wraps:
        length = wrap.end - wrap.start
        ordered.append(((wrap.start, 1, -length), Insertion(wrap.start, wrap.before)))
        ordered.append(((wrap.end, 0, length), Insertion(wrap.end, wrap.after)))
    for each in additions:
        ordered.append(((each.offset, 1, -1 << 60), each))
    return [each for _, each in sorted(ordered, key=lambda pair: pair[0])]


def applied(text: str, changes: Sequence[Insertion]) -> str:
    """The text with some insertions in it; they must be in order."""
    pieces: list[str] = []
    before = 0
    for change in changes:
        pieces += (text[before : change.offset], change.text)
        before = change.offset
    return "".join((*pieces, text[before:]))


def moved(offset: int, changes: Iterable[Insertion]) -> int:
    """Where what begins at an offset of the old text begins in the new one."""
    return offset + sum(len(change.text) for change in changes if change.offset <= offset)
