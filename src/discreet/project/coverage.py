"""Coverage: what the analysis could not see, as work to do. A clean result never claims more than was analysed."""

from __future__ import annotations

import msgspec

from discreet.facts.cells import Cell


class Gap(msgspec.Struct, frozen=True, array_like=True):
    """Calls of one callable that personal data entered and nobody resolved.

    ``library`` is the first part of the callable's dotted name, or empty where nobody knows whose it is. ``path``,
    ``line`` and ``column`` are the place of the first call, in order of path.
    """

    library: str
    callable: str
    calls: int
    categories: tuple[str, ...]
    path: str
    line: int
    column: int
    cell: Cell | None = None


class Coverage(msgspec.Struct, frozen=True, array_like=True):
    """Everything a run could not see.

    Attributes:
        gaps: calls that nobody resolved, the most frequent first.
        unread: files that were not read, by path.
        frameworks: frameworks and clients that are imported and of which the catalogue knows nothing, with the number
            of modules that import them, the most frequent first.
        bounds: which bounds of the analysis were hit, and how often.
        settled: how many calls only the oracle could resolve.
    """

    gaps: tuple[Gap, ...] = ()
    unread: tuple[str, ...] = ()
    frameworks: tuple[tuple[str, int], ...] = ()
    bounds: dict[str, int] = {}
    settled: int = 0

    @property
    def is_full(self) -> bool:
        """Whether nothing was left unseen."""
        return not (self.gaps or self.unread or self.frameworks or self.bounds)
