"""Coverage: what the analysis could not see, as work to do. A clean result never claims more than was analysed."""

from __future__ import annotations

import msgspec

from discreet.rules.gap import Gap


class Coverage(msgspec.Struct, frozen=True, array_like=True):
    """Everything a run could not see.

    Attributes:
        gaps: calls that nobody resolved, the most frequent first.
        unread: files that were not read, by path.
        frameworks: frameworks and clients that are imported and of which the catalogue knows nothing, with the number
            of modules that import them, the most frequent first.
        bounds: which bounds of the analysis were hit, and how often.
        settled: how many calls only the oracle could resolve.
        vendored: folders with libraries of others, and how many findings are held back for standing there. They were
            read as all else was.
    """

    gaps: tuple[Gap, ...] = ()
    unread: tuple[str, ...] = ()
    frameworks: tuple[tuple[str, int], ...] = ()
    bounds: dict[str, int] = {}
    settled: int = 0
    vendored: tuple[tuple[str, int], ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether nothing was left unseen."""
        return not (self.gaps or self.unread or self.frameworks or self.bounds)
