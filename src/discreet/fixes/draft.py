"""A draft: a file's text with some pieces of it changed, and where in it is what stood in the old one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from discreet.fixes.edits import Change, Piece, applied, changes_of, moved
from discreet.fixes.source import Source, place_in


class Draft(NamedTuple):
    """The new ``text`` of a file, and the changes that made it."""

    source: Source
    changes: tuple[Change, ...]
    text: str

    @property
    def content(self) -> bytes:
        """The text in the file's encoding.

        Raises:
            Refused: the encoding has no form for something in it.
        """
        return self.source.encoded(self.text)

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of what stood at an offset of the old text."""
        return place_in(self.text, moved(offset, self.changes))


def draft(source: Source, pieces: Iterable[Piece]) -> Draft:
    """A file with some pieces of it changed."""
    changes = tuple(changes_of(pieces))
    return Draft(source, changes, applied(source.text, changes))


def drafts(sources: Mapping[str, Source], pieces: Mapping[str, Iterable[Piece]]) -> dict[str, Draft]:
    """Files with some pieces changed, by path."""
    return {path: draft(sources[path], own) for path, own in pieces.items()}


def contents(made: Mapping[str, Draft]) -> dict[str, bytes]:
    """What the files contain then, by path.

    Raises:
        Refused: an encoding has no form for something.
    """
    return {path: each.content for path, each in made.items()}
