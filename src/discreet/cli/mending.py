"""``--fix``, ``--diff`` and ``--show-fixes``: from a report to mended files, and what is said about them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from discreet.cli import FINDINGS, NOTHING, TROUBLE
from discreet.cli.changing import diffs, tell_reasons, written
from discreet.cli.shown import path_shower
from discreet.cli.terminal import complain, emit, tell, wants_colour
from discreet.cli.working import checked, means_of, waiting
from discreet.fixes.identity import Identity, identity
from discreet.fixes.mending import Answer
from discreet.fixes.sites import is_mendable
from discreet.output.text import Paint, count
from discreet.project.mending import Mending, mending
from discreet.project.result import Report
from discreet.rules.finding import Finding, Fix

if TYPE_CHECKING:
    from discreet.cli.checking import Options


class Done(NamedTuple):
    """What is left to be shown, and the exit status where nothing is."""

    report: Report
    status: int


def mended(report: Report, options: Options) -> Done:
    """Mend what was found, as the options say: write it, print it, or show it beside the findings.

    Args:
        report: What was found.
        options: What was said on the command line.
    """
    gc.enable()  # trees of libcst are full of circles, and are thrown away by the dozen
    config = report.config
    paths = [Path(path) for path in options.paths]
    means = means_of(config, no_cache=options.no_cache, executor=options.executor, address=options.address)
    unsafe = options.unsafe_fixes or options.show_fixes
    with waiting(quiet=options.quiet, verb="proving fixes", noun="modules") as progress:
        done = mending(paths, config, means, unsafe=unsafe, progress=progress)
    if options.diff:
        return _printed(report, done, options)
    if options.show_fixes:
        _tell(report, done.answers, options, "can be mended safely with --fix")
        return Done(_with_fixes(report, done.answers), NOTHING)
    problems = written(done.contents, done.locations, config.root, "not mended", quiet=options.quiet)
    left = _left(done)
    _tell(report, left, options, "mended")
    if done.contents:
        report = checked(paths, config, quiet=options.quiet, no_cache=options.no_cache)
    for problem in problems:
        report = msgspec.structs.replace(report, problems=(*report.problems, problem))
    return Done(_with_fixes(report, [each for each in left if not each.applied]), NOTHING)


def _printed(report: Report, done: Mending, options: Options) -> Done:
    """The diff of everything that would change."""
    shown = path_shower(report.config.root)
    paint = Paint(colour=wants_colour(options.colour, sys.stdout) and options.output_file is None)
    emit(diffs(done.contents, shown, paint), to=options.output_file, machine=False)
    _tell(report, done.answers, options, "would be mended")
    for problem in report.problems:
        complain(problem)
    status = TROUBLE if report.problems else FINDINGS if done.contents and not options.exit_zero else NOTHING
    return Done(report, status)


def _left(done: Mending) -> list[Answer]:
    """The answers, those of files that could not be written taken back."""
    left = []
    for each in done.answers:
        lost = each.applied and each.finding.path not in done.contents
        left.append(each._replace(applied=False, refused="the file could not be written") if lost else each)
    return left


def _with_fixes(report: Report, answers: Iterable[Answer]) -> Report:
    """The report, its findings with what is known of their fixes. The places of edits are those of before, so they are
    left out where lines may have moved.
    """
    fixes: dict[Identity, list[Answer]] = {}
    for each in answers:
        fixes.setdefault(identity(each.finding), []).append(each)

    def fixed(finding: Finding) -> Finding:
        known = fixes.get(identity(finding))
        if not known:
            return finding
        answer = known.pop(0)
        same = (answer.finding.line, answer.finding.column) == (finding.line, finding.column)
        fix = answer.fix if same else Fix(answer.fix.applicability, answer.fix.description)
        return msgspec.structs.replace(finding, fix=fix)

    return msgspec.structs.replace(report, findings=tuple(map(fixed, report.findings)))


def _tell(report: Report, answers: Sequence[Answer], options: Options, done: str) -> None:
    """What came of it, in a few lines on standard error: how many, and why not the others."""
    if options.quiet:
        return
    applied = [each for each in answers if each.applied and (options.unsafe_fixes or each.fix.applicability == "safe")]
    files = len({each.finding.path for each in applied})
    tell(f"{count(len(applied), 'finding')} in {count(files, 'file')} {done}" if applied else f"nothing {done}")
    unsafe = [
        each for each in answers if each.fix.applicability == "unsafe" and each not in applied and not each.refused
    ]
    if unsafe:
        tell(f"{count(len(unsafe), 'finding')} can be mended with --unsafe-fixes:")
        tell_reasons(each.fix.description for each in unsafe)
    refused = [each for each in answers if each.refused]
    if refused:
        tell(f"{count(len(refused), 'finding')} can't be mended:")
        tell_reasons(each.refused for each in refused)
    others = sum(not is_mendable(each) for each in report.findings)
    if others:
        tell(f"{count(others, 'finding')} of a kind that only a person can mend")
