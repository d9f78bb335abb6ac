"""What a run comes to: all that is kept of it, and all that anybody is shown."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from discreet.project.config import Config
from discreet.project.coverage import Coverage
from discreet.project.silenced import Silenced
from discreet.rules.finding import Finding

Progress = Callable[[int, int], None]
"""Told how far the work is: how many files, or modules, are done, of how many."""


class Result(msgspec.Struct, frozen=True, array_like=True):
    """What was found: the findings that are shown, those that a ``# noqa`` silences, and what could not be seen."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...]
    coverage: Coverage


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """With what a run works. Only the oracle can change what is found.

    Attributes:
        jobs: how many processes; all processors where it is ``None``.
        executor: ``processes`` or ``dask``.
        address: of a dask scheduler.
        cache: where the cache lies, or ``None`` for a run without one; ``""`` means below the project's root.
        python: the environment of the analysed project, for the oracle; ``None`` for a run that asks nobody.
        hold: told what the run knows when it is over, by who ends the process soon after: as long as somebody holds it,
            nobody takes it apart, object by object.
    """

    jobs: int | None = None
    executor: str = "processes"
    address: str | None = None
    cache: str | None = None
    python: str | None = None
    hold: Callable[[object], None] | None = None


class Report(msgspec.Struct, frozen=True):
    """What a run has to say.

    Attributes:
        findings: what is to be shown, by path and place; what the laws of ``config.regime`` are strictest about first.
        suppressed: what a ``# noqa`` silenced, with its reason, in the same order.
        files: every file that was read, below the root.
        problems: what could not be done, one line each: a report with problems is not complete.
        notes: what went wrong without any harm to the result, one line each: a cache that can't be used.
        coverage: what the analysis could not see.
        config: the configuration that was used.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...]
    files: tuple[str, ...]
    problems: tuple[str, ...]
    coverage: Coverage
    config: Config
    notes: tuple[str, ...] = ()


def place(finding: Finding) -> tuple[str, int, int, str, str]:
    """The order of findings: by path, place and code."""
    return finding.path, finding.line, finding.column, finding.code, finding.message
