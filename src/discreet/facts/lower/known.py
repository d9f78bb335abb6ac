"""What a variable is known to stand for, where that is text."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """The texts that a variable stands for, one at a time; ``many``: the sequence of them that it is."""

    words: tuple[str, ...]
    many: bool = False

    def union(self, other: Known) -> Known | None:
        """What is known of a variable that stands now for these, now for those."""
        return Known(tuple(dict.fromkeys((*self.words, *other.words)))) if not (self.many or other.many) else None
