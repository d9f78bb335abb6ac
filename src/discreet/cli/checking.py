"""``discreet check``: from the options to an exit status."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from discreet.cli import FINDINGS, NOTHING, TROUBLE
from discreet.cli.chosen import Work, config_of
from discreet.cli.shown import items_of, path_shower
from discreet.cli.terminal import complain, emit, is_terminal, tell, wants_colour
from discreet.cli.working import checked
from discreet.output.escape import visible
from discreet.output.item import Item
from discreet.output.text import Paint, count
from discreet.project.result import Report
from discreet.project.run import check_text

MACHINE = ("json", "jsonl", "sarif")
FROM_ROOT = "sarif"
"""The format whose paths are those of the project, whoever asks from wherever: it is compared from run to run."""
STDIN = "-"


@dataclass(frozen=True, kw_only=True)
class Options(Work):
    """What was said on the command line."""

    quiet: bool
    output_format: str | None = None
    output_file: str | None = None
    statistics: bool = False
    verbose: bool = False
    exit_zero: bool = False
    show_suppressed: bool = False
    stdin_filename: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False
    executor: str = "processes"
    address: str | None = None


def run(options: Options) -> int:
    """Check, show what was found, and give the exit status.

    Raises:
        click.UsageError: the options contradict each other.
        click.ClickException: the configuration can't be used.
        OSError: the output can't be written.
    """
    from_stdin = _reads_stdin(options)
    _mends(options, from_stdin)
    name = options.stdin_filename or "stdin.py"
    config = config_of(options, [Path(name)] if from_stdin else [Path(path) for path in options.paths])
    started = time.monotonic()
    given: dict[str, bytes] = {}
    if from_stdin:
        data = sys.stdin.buffer.read()
        report = check_text(data, Path(name), config)
        given = dict.fromkeys(report.files, data)
    else:
        report = checked(
            [Path(path) for path in options.paths],
            config,
            quiet=options.quiet,
            no_cache=options.no_cache,
            executor=options.executor,
            address=options.address,
        )
    if options.fix or options.diff or options.show_fixes:
        from discreet.cli.mending import mended

        done = mended(report, options)
        if options.diff:
            return done.status
        report = done.report
    items = items_of(report, with_suppressed=options.show_suppressed, from_here=options.output_format != FROM_ROOT)
    _show(items, report, options, given)
    _tell_about(report, options, time.monotonic() - started)
    return _status(report, options)


def _status(report: Report, options: Options) -> int:
    """The exit status, and what there is to say about it."""
    for problem in report.problems:
        complain(problem)
    for note in () if options.quiet else report.notes:
        tell(f"discreet: warning: {visible(note)}")
    if report.problems:
        return TROUBLE
    if report.config.strict and not report.coverage.is_full:
        from discreet.cli.advice import unseen_of
        from discreet.output.coverage import in_a_line

        seen = in_a_line(unseen_of(report))
        tell(f"discreet: not everything could be seen, and --strict was said: {seen}; see `discreet coverage`")
        return FINDINGS
    return FINDINGS if report.findings and not options.exit_zero else NOTHING


def _mends(options: Options, from_stdin: bool) -> None:
    """Make sure that what was said about fixes can be done."""
    if from_stdin and (options.fix or options.diff or options.show_fixes):
        raise click.UsageError("standard input can't be mended: name a file")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff; --show-fixes shows both kinds")
    if options.show_fixes and (options.fix or options.diff):
        raise click.UsageError("--show-fixes changes nothing: it doesn't go with --fix or --diff")


def _reads_stdin(options: Options) -> bool:
    """Whether the source comes from standard input."""
    if STDIN in options.paths and len(options.paths) > 1:
        raise click.UsageError("'-' (standard input) can't be checked together with other paths")
    if options.stdin_filename is not None and options.paths not in ((), (STDIN,), (".",)):
        raise click.UsageError("--stdin-filename goes with the path '-'")
    from_stdin = options.paths == (STDIN,) or options.stdin_filename is not None
    if from_stdin and "python" in options.overrides:
        raise click.UsageError("--python doesn't go with standard input, of which the oracle isn't asked")
    return from_stdin


def _show(items: Sequence[Item], report: Report, options: Options, given: Mapping[str, bytes]) -> None:
    """Write the findings, and the statistics where they belong: beside the findings, or out of a machine's way."""
    to_file = options.output_file
    output_format = options.output_format or ("full" if to_file is None and is_terminal(sys.stdout) else "concise")
    machine = output_format in MACHINE
    colour = wants_colour(options.colour, sys.stdout) and (to_file is None or options.colour == "always")
    paint = Paint(colour=colour and not machine)
    emit(_rendered(items, output_format, paint, report, given), to=to_file, machine=machine)
    if options.statistics:
        from discreet.cli.advice import unseen_of
        from discreet.output import statistics

        unseen = unseen_of(report)
        if machine or to_file is not None:
            for line in statistics.render(items, Paint(colour=False), unseen):
                tell(line.rstrip("\n"))
        else:
            emit(statistics.render(items, paint, unseen), to=None, machine=False)


def _rendered(
    items: Sequence[Item], output_format: str, paint: Paint, report: Report, given: Mapping[str, bytes]
) -> Iterator[str]:
    if output_format == "json":
        from discreet.output import json_

        return json_.render(items)
    if output_format == "jsonl":
        from discreet.output import jsonl

        return jsonl.render(items)
    if output_format == "sarif":
        from discreet.cli.excerpts import FileLines
        from discreet.output import sarif

        return sarif.render(items, FileLines(given, report.config.root), report.problems)
    if output_format == "full":
        from discreet.cli.excerpts import FileLines
        from discreet.output import full

        shown = path_shower(report.config.root)
        return full.render(items, paint, FileLines({shown(path): data for path, data in given.items()}))
    from discreet.output import concise

    return concise.render(items, paint)


def _tell_about(report: Report, options: Options, seconds: float) -> None:
    """The last line, on standard error: what was done, so that a clean result doesn't claim more than that."""
    if options.quiet:
        return
    if options.verbose:
        config = report.config
        tell(f"root: {visible(str(config.root))}")
        tell(f"configuration: {visible(str(config.file)) if config.file else 'none'}")
        for path in report.files:
            tell(f"read: {visible(path)}")
        for what, times in report.coverage.bounds.items():
            tell(f"bound hit: {visible(what)}: {count(times, 'time')}")
        if config.python is not None:
            from discreet.output.coverage import settled_by

            tell(settled_by(report.coverage.settled))
        tell(f"seconds: {seconds:.2f}")
    if not report.files and not report.problems:
        tell("discreet: warning: no Python files here to check")
        return
    if report.coverage.vendored:
        from discreet.output.coverage import vendored_in

        tell(f"{vendored_in(report.coverage.vendored)} (--include-libraries)")
    suppressed = f", {len(report.suppressed)} suppressed" if report.suppressed else ""
    tell(f"{count(len(report.findings), 'finding')} in {count(len(report.files), 'file')}{suppressed}")
