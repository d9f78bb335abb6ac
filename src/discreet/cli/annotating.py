"""``discreet annotate``: the guesses that findings rest on, as marks for people to decide about."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from discreet.cli import FINDINGS, NOTHING, TROUBLE
from discreet.cli.changing import diffs, tell_reasons, written
from discreet.cli.chosen import Work, config_of
from discreet.cli.shown import path_shower
from discreet.cli.terminal import complain, emit, tell, wants_colour
from discreet.cli.working import means_of, waiting
from discreet.output.text import Paint, clean, count
from discreet.project.annotating import Annotated, annotating


@dataclass(frozen=True, kw_only=True)
class Options(Work):
    """What was said on the command line."""

    quiet: bool
    diff: bool


def run(options: Options) -> int:
    """Mark, say what was marked, and give the exit status.

    Raises:
        click.ClickException: the configuration can't be used.
        click.UsageError: the workers that were asked for are not to be had.
    """
    gc.enable()  # syntax trees are full of circles
    paths = [Path(path) for path in options.paths]
    config = config_of(options, paths)
    means = means_of(config, no_cache=options.no_cache)
    with waiting(quiet=options.quiet, verb="proving marks", noun="modules") as progress:
        done = annotating(paths, config, means, progress)
    shown = path_shower(config.root)
    paint = Paint(colour=wants_colour(options.colour, sys.stdout))
    problems = list(done.problems)
    if options.diff:
        emit(diffs(done.contents, shown, paint), to=None, machine=False)
        _tell(done, options, "would be marked", "")
    else:
        problems += written(done.contents, done.locations, config.root, "not marked", quiet=options.quiet)
        emit(_lines(done, shown, paint), to=None, machine=False)
        _tell(done, options, "marked", ": confirm them, or write `# pii: none`")
    for problem in problems:
        complain(problem)
    if problems:
        return TROUBLE
    return FINDINGS if options.diff and done.contents else NOTHING


def _lines(done: Annotated, shown: Callable[[str], str], paint: Paint) -> list[str]:
    """A line for every mark that was written."""
    marks = [each for each in done.marks if each.path in done.contents]
    places = [f"{paint('path', clean(shown(each.path)))}:{each.line}: {clean(each.name)}" for each in marks]
    words = [", ".join(each.categories) for each in marks]
    return [f"{place}  # pii: {word}\n" for place, word in zip(places, words, strict=True)]


def _tell(done: Annotated, options: Options, what: str, then: str) -> None:
    """How many guesses were or would be ``what``, and what is to be done ``then``; and why not the others."""
    if options.quiet:
        return
    marks = [each for each in done.marks if each.path in done.contents]
    in_files = count(len({each.path for each in marks}), "file")
    guesses = "guess" if len(marks) == 1 else "guesses"
    tell(f"{len(marks)} {guesses} in {in_files} {what}{then}" if marks else f"nothing {what}")
    if done.refused:
        tell(f"{count(len(done.refused), 'value')} known by name alone without a place for a mark:")
        tell_reasons(reason for _, reason in done.refused)
