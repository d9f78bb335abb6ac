"""Edits: pieces of a file's syntax, and the changes inside each. What no change names stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Form = Literal["wrapped", "value", "arguments", "statement", "import", "comment"]


class Change(NamedTuple):
    """Another text in the place of ``text[start:end]``: an insertion where that is empty, a deletion where it is."""

    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """A piece of the syntax, ``text[start:end]``, and the changes inside it, in order. Pieces don't overlap.

    The form says what the piece is, before and after, and so what may come of it:

    - ``wrapped``: an expression, which is handed to a function afterwards, and is still the same.
    - ``value``: an expression, of which another may be made.
    - ``arguments``: neighbours among the arguments of a call or a class, with the comma before or after them. Before
      or after there may be none.
    - ``statement``: a simple statement. Before there may be none.
    - ``import``: nothing before, import statements after, and the ends of lines round them.
    - ``comment``: no syntax at all.
    """

    start: int
    end: int
    form: Form
    changes: tuple[Change, ...]


def wrapped(start: int, end: int, before: str, after: str) -> Piece:
    """An expression with something before and after it."""
    return Piece(start, end, "wrapped", (Change(start, start, before), Change(end, end, after)))


def replaced(start: int, end: int, text: str, form: Form = "value") -> Piece:
    """A piece that is changed as a whole."""
    return Piece(start, end, form, (Change(start, end, text),))


def ordered(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in the order they stand in; an empty one stands before what begins where it is."""
    return sorted(pieces, key=lambda piece: (piece.start, piece.end))


def changes_of(pieces: Iterable[Piece]) -> list[Change]:
    """All changes of some pieces, in order."""
    return [change for piece in ordered(pieces) for change in piece.changes]


def applied(text: str, changes: Sequence[Change]) -> str:
    """The text with some changes made; they must be in order."""
    pieces: list[str] = []
    before = 0
    for change in changes:
        pieces += (text[before : change.start], change.text)
        before = change.end
    return "".join((*pieces, text[before:]))


def undone(new: str, changes: Sequence[Change], old: str) -> str | None:
    """The new text with the changes taken back; ``None`` where it does not have what they put in.

    Args:
        new: The text in which they were made.
        changes: All of them, in order.
        old: What they took out is taken from here, and nothing else.
    """
    pieces: list[str] = []
    at = grown = 0
    for change in changes:
        start = change.start + grown
        end = start + len(change.text)
        if start < at or new[start:end] != change.text:
            return None
        pieces += (new[at:start], old[change.start : change.end])
        at = end
        grown += len(change.text) - (change.end - change.start)
    return "".join((*pieces, new[at:]))


def moved(offset: int, changes: Iterable[Change]) -> int:
    """Where what begins at an offset of the old text begins in the new one; of what is replaced, where that begins."""
    grown = 0
    for change in changes:
        if change.start < offset < change.end:
            return change.start + grown
        if change.end <= offset:
            grown += len(change.text) - (change.end - change.start)
    return offset + grown
