"""A gap: what the engine could not follow, beside what it found."""

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
