"""Bounds: how often something that could grow without end was cut short."""

from __future__ import annotations

from collections import Counter


class Bounds:
    """Counts the lids that were hit, by what they bound."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()

    def hit(self, what: str) -> None:
        """Count one more."""
        self.hits[what] += 1
