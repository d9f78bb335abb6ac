"""``python -m bench oracle --app CHECKOUT ENVIRONMENT``: an application checked with and without its environment.

Both runs are of one process, without a cache, and read no configuration. A finding counts as the same if its
fingerprint is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from discreet.oracle import LibraryOracle
from discreet.project.config import Config
from discreet.project.result import Means, Report
from discreet.project.run import check
from discreet.rules.finding import Finding


class Compared(NamedTuple):
    """What an environment changed."""

    name: str
    unresolved: int
    settled: int
    gained: tuple[Finding, ...]
    lost: tuple[Finding, ...]
    seconds: tuple[float, float]
    asked: int
    read: int


HEAD = (
    "| application | unresolved calls | settled | findings gained | lost | seconds without, with | questions | files |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
)


def compare(app: Path, environment: Path) -> Compared:
    """Check an application twice."""
    started = time.perf_counter()
    without = checked(app, None)
    between = time.perf_counter()
    counts: dict[str, int] = {}
    with_ = counting(lambda: checked(app, environment), counts)
    seconds = (between - started, time.perf_counter() - between)
    return told(app.name, without, with_, seconds, counts)


def told(name: str, without: Report, with_: Report, seconds: tuple[float, float], counts: dict[str, int]) -> Compared:
    """Two reports as one row."""
    gained, lost = difference(without.findings, with_.findings)
    return Compared(
        name, unresolved(without), unresolved(without) - unresolved(with_), gained, lost, seconds,
        counts.get("asked", 0), counts.get("read", 0),
    )  # fmt: skip


def unresolved(report: Report) -> int:
    """How many calls personal data entered unseen, tests left out."""
    return sum(gap.calls for gap in report.coverage.gaps)


def difference(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What only the second has, and what only the first has."""
    old, new = ({each.fingerprint: each for each in findings} for findings in (before, after))
    return tuple(new[key] for key in new if key not in old), tuple(old[key] for key in old if key not in new)


def checked(app: Path, environment: Path | None) -> Report:
    """One run, with an environment or without."""
    python = str(environment) if environment is not None else None
    return check([app], Config(root=app), None, Means(jobs=1, python=python))


def counting(run: Callable[[], Report], counts: dict[str, int]) -> Report:
    """Do something, and note what oracles count meanwhile."""
    close = LibraryOracle.__exit__

    def leave(oracle: LibraryOracle, *about: object) -> None:
        for key, number in oracle.counts.items():
            counts[key] = counts.get(key, 0) + number
        close(oracle, *about)

    LibraryOracle.__exit__ = leave  # type: ignore[method-assign]
    try:
        return run()
    finally:
        LibraryOracle.__exit__ = close  # type: ignore[method-assign]


def row(about: Compared) -> list[str]:
    """The table's row, and each finding that came or went."""
    without, with_ = about.seconds
    times = f"{without:.1f}, {with_:.1f}"
    came, went = len(about.gained), len(about.lost)
    cells = (about.name, about.unresolved, about.settled, came, went, times, about.asked, about.read)
    found = [f"| {' | '.join(map(str, cells))} |"]
    for word, findings in (("gained", about.gained), ("lost", about.lost)):
        found.extend(f"  {word} {each.path}:{each.line} {each.code} {each.message}" for each in findings)
    return found
