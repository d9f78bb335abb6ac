"""What can be proved of a new text without asking the analysis: that nothing has changed but what was meant to."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pyflakes import checker, messages

from discreet.fixes.edits import Piece, changes_of, ordered, undone
from discreet.fixes.holes import is_same_outside
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source

UNPROVED = "it could not be proved"


def tree_of(text: str) -> ast.Module:
    """The syntax tree of a text.

    Raises:
        Refused: this Python has none for it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"{UNPROVED}: {type(error).__name__} while parsing") from None


def prove(source: Source, new: str, pieces: Sequence[Piece]) -> None:
    """Make sure that a text differs from its source in some pieces, and in what they mean, alone.

    Args:
        source: The file as it is.
        new: Its new text.
        pieces: What was changed.

    Raises:
        Refused: the new text is not what it should be.
    """
    changes = changes_of(pieces)
    if not _are_apart(pieces) or undone(new, changes, source.text) != source.text or _round_trip(source, new) != new:
        raise Refused(f"{UNPROVED}: other bytes would have changed")
    before, after = tree_of(source.text), tree_of(new)
    try:
        if not _is_same_outside(source.text, new, pieces):
            raise Refused(f"{UNPROVED}: the syntax tree would have changed elsewhere")
        said = complaints(after, source.path) - complaints(before, source.path)
    except RecursionError:
        raise Refused(f"{UNPROVED}: the file is nested too deeply") from None
    if said:
        raise Refused(f"{UNPROVED}: {min(said)}")


def _are_apart(pieces: Sequence[Piece]) -> bool:
    """Whether no piece overlaps another, and every change lies in its piece."""
    if any(first.end > second.start for first, second in pairwise(ordered(pieces))):
        return False
    for piece in pieces:
        ends = [piece.start, *(at for change in piece.changes for at in change[:2]), piece.end]
        if ends != sorted(ends):
            return False
    return True


def _round_trip(source: Source, new: str) -> str:
    return Source(source.path, source.encoded(new)).text


def _is_same_outside(old: str, new: str, pieces: Sequence[Piece]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return is_same_outside(old, new, ordered(pieces))
    except (SyntaxError, ValueError, MemoryError):
        return False


def complaints(tree: ast.Module, path: str) -> Counter[str]:
    """What pyflakes has to say, and how often; without the lines that it speaks of, which a fix may move."""
    found: list[Any] = checker.Checker(tree, filename=path).messages  # type: ignore[no-untyped-call]
    return Counter(map(_said, found))


def _said(message: Any) -> str:
    first = str(message.message_args[0]) if message.message_args else ""
    if isinstance(message, (messages.UndefinedName, messages.UndefinedLocal, messages.UndefinedExport)):
        return f"{first} would be undefined"
    return f"pyflakes would find something new: {type(message).__name__} {first}".rstrip()
