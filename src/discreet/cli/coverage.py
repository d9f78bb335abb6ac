"""``discreet coverage``: what the analysis could not see, as work to do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from discreet.cli import FINDINGS, NOTHING, TROUBLE
from discreet.cli.advice import unseen_of
from discreet.cli.chosen import Work, config_of
from discreet.cli.terminal import complain, emit, tell, wants_colour
from discreet.cli.working import checked
from discreet.output import coverage
from discreet.output.escape import visible
from discreet.output.text import Paint, count


@dataclass(frozen=True, kw_only=True)
class Options(Work):
    """What was said on the command line."""

    output_format: str


def run(options: Options) -> int:
    """Check, list what could not be seen, and give the exit status: 1 if anything is listed and that is to fail.

    Raises:
        click.UsageError: the environment that was named is not to be had.
        click.ClickException: the configuration can't be used.
    """
    paths = [Path(path) for path in options.paths]
    config = config_of(options, paths)
    report = checked(paths, config, quiet=False, no_cache=options.no_cache)
    unseen = unseen_of(report)
    if options.output_format == "json":
        emit(coverage.json(unseen), to=None, machine=True)
    else:
        emit(coverage.text(unseen, Paint(colour=wants_colour(options.colour, sys.stdout))), to=None, machine=False)
    files = count(unseen.files, "file")
    number = f"{count(unseen.number, 'thing')} to do" if unseen.number else "nothing to do"
    tell(f"{number} in {files}")
    for problem in report.problems:
        complain(problem)
    for note in report.notes:
        tell(f"discreet: warning: {visible(note)}")
    if report.problems:
        return TROUBLE
    return FINDINGS if config.strict and unseen.number else NOTHING
