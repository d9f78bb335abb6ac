"""``discreet trace``: the story of one line, or why it has none."""

from __future__ import annotations

import io
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import click

from discreet.cli import FINDINGS, NOTHING, TROUBLE
from discreet.cli.checking import Chosen, config_of
from discreet.cli.excerpts import FileLines
from discreet.cli.progress import Waiting
from discreet.cli.shown import path_shower, seen
from discreet.cli.terminal import complain, emit, tell, wants_colour
from discreet.cli.working import means_of
from discreet.output import tree
from discreet.output.escape import visible
from discreet.output.text import Paint
from discreet.project.files import bytes_of
from discreet.project.silencing import decoded
from discreet.project.tracing import Tracing

_SPOT = re.compile(r"(?P<file>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?", re.DOTALL)
HINT = "FILE:LINE"


@dataclass(frozen=True, kw_only=True)
class Options(Chosen):
    """What was said on the command line."""

    spot: str
    paths: tuple[str, ...]
    why_not: bool
    output_format: str
    no_cache: bool
    colour: str


class Asked(NamedTuple):
    """The place that is asked about."""

    file: Path
    line: int
    column: int | None


def run(options: Options) -> int:
    """Show the story, or why there is none, and give the exit status: 0 if there was something to show, else 1.

    Raises:
        click.UsageError: there is no such place, or the options contradict each other.
        click.ClickException: the file can't be read, or the configuration can't be used.
    """
    asked = _asked(options.spot)
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
    path, line, column = shown(tracing.spot.path), tracing.spot.line, tracing.spot.column
    if options.output_format == "json":
        emit([tree.render_json(path, line, column, branches, FileLines({}), shown)], to=None, machine=True)
    else:
        emit(tree.render(branches, _paint(options), FileLines({}), shown), to=None, machine=False)
    if not branches:
        tell(f"discreet: no finding at {visible(path)}:{line}; ask with --why-not for the reason")
    return NOTHING if branches else FINDINGS


def _why_not(tracing: Tracing, options: Options) -> int:
    shown = path_shower(tracing.root)
    silence = tracing.silence()
    silent = tree.Silent(shown(tracing.spot.path), tracing.spot.line, silence.reasons, silence.answers)
    if options.output_format == "json":
        emit([tree.render_why_not_json(silent, tracing.spot.column, shown)], to=None, machine=True)
    else:
        emit(tree.render_why_not(silent, _paint(options), FileLines({}), shown), to=None, machine=False)
    return NOTHING if silence.is_told else FINDINGS


def _paint(options: Options) -> Paint:
    return Paint(colour=wants_colour(options.colour, sys.stdout))


def _asked(text: str) -> Asked:
    """The place in ``FILE:LINE`` or ``FILE:LINE:COLUMN``.

    Raises:
        click.BadParameter: it is none, or there is no such line.
        click.ClickException: the file can't be read.
    """
    found = _SPOT.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not FILE:LINE or FILE:LINE:COLUMN", param_hint=HINT)
    asked = Asked(Path(found["file"]), int(found["line"]), int(found["column"]) if found["column"] else None)
    longer = Path(f"{found['file']}:{found['line']}")
    if asked.column is not None and not asked.file.exists() and longer.exists():  # a file called a:1
        asked = Asked(longer, asked.column, None)
    try:
        lines = io.StringIO(decoded(bytes_of(str(asked.file))), newline=None).read().split("\n")
    except OSError as error:
        raise click.ClickException(f"{asked.file}: {error.strerror or error}") from None
    if lines[-1] == "":
        lines.pop()
    if not 1 <= asked.line <= len(lines):
        size = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        raise click.BadParameter(f"{asked.file} has {size}, and no line {asked.line}", param_hint=HINT)
    if asked.column is not None and not 1 <= asked.column <= len(lines[asked.line - 1]) + 1:
        raise click.BadParameter(f"line {asked.line} of {asked.file} has no column {asked.column}", param_hint=HINT)
    return asked


def _holds(path: Path, file: Path) -> bool:
    place, inner = Path(os.path.abspath(path)), Path(os.path.abspath(file))
    return inner == place or place in inner.parents
