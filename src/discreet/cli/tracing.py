"""``discreet trace``: the story of one line, or why it has none."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from discreet.cli import FINDINGS, NOTHING, TROUBLE
from discreet.cli.chosen import Work, config_of
from discreet.cli.excerpts import FileLines
from discreet.cli.progress import Waiting
from discreet.cli.shown import path_shower, seen
from discreet.cli.spot import asked_for
from discreet.cli.terminal import complain, emit, tell, wants_colour
from discreet.cli.working import means_of
from discreet.output import tree
from discreet.output.escape import visible
from discreet.output.text import Paint, place
from discreet.project.tracing import Tracing


@dataclass(frozen=True, kw_only=True)
class Options(Work):
    """What was said on the command line."""

    spot: str
    why_not: bool
    output_format: str


def run(options: Options) -> int:
    """Show the story, or why there is none, and give the exit status: 0 if there was something to show, else 1.

    Raises:
        click.UsageError: there is no such place, or the options contradict each other.
        click.ClickException: the file can't be read, or the configuration can't be used.
    """
    asked = asked_for(options.spot)
    named = [Path(path) for path in options.paths]
    config = config_of(options, named or [asked.file])
    paths = named or [config.root]
    if not any(_holds(path, asked.file) for path in paths):
        raise click.UsageError(f"{asked.file} is not below the paths that are to be checked")
    means = means_of(config, no_cache=options.no_cache)
    with Waiting(quiet=options.output_format == "json") as waiting:
        tracing = Tracing(*asked, paths, config, means, waiting)
    status = _why_not(tracing, options) if options.why_not else _stories(tracing, options)
    for problem in tracing.problems:
        complain(problem)
    for note in tracing.notes:
        tell(f"discreet: warning: {visible(note)}")
    return TROUBLE if tracing.problems else status


def _stories(tracing: Tracing, options: Options) -> int:
    shown = path_shower(tracing.root)
    branches = [tree.Branch(seen(each.finding, shown), each.hidden, each.scopes) for each in tracing.told()]
    where = _shower(tracing)
    spot = where(tracing.spot.path, tracing.spot.line)._replace(column=tracing.spot.column)
    if options.output_format == "json":
        emit(
            [tree.render_json(spot, branches, FileLines({}), where)],
            to=None,
            machine=True,
        )
    else:
        emit(tree.render(branches, _paint(options), FileLines({}), where), to=None, machine=False)
    if not branches:
        tell(f"discreet: no finding at {place(spot.path, spot.cell, spot.line)}; ask with --why-not for the reason")
    return NOTHING if branches else FINDINGS


def _why_not(tracing: Tracing, options: Options) -> int:
    shown = _shower(tracing)
    silence = tracing.silence()
    spot = shown(tracing.spot.path, tracing.spot.line)._replace(column=tracing.spot.column)
    silent = tree.Silent(spot, silence.reasons, silence.answers)
    if options.output_format == "json":
        emit([tree.render_why_not_json(silent, shown)], to=None, machine=True)
    else:
        emit(tree.render_why_not(silent, _paint(options), FileLines({}), shown), to=None, machine=False)
    return NOTHING if silence.is_told else FINDINGS


def _shower(tracing: Tracing) -> tree.Shown:
    shown = path_shower(tracing.root)
    return lambda path, line: tree.Spot(shown(path), line, cell=tracing.cell(path, line))


def _paint(options: Options) -> Paint:
    return Paint(colour=wants_colour(options.colour, sys.stdout))


def _holds(path: Path, file: Path) -> bool:
    place, inner = Path(os.path.abspath(path)), Path(os.path.abspath(file))
    return inner == place or place in inner.parents
