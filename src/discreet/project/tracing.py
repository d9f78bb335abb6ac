"""Tracing: all that there is to say about one line, shown by ``check`` or not, and why it is not."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from discreet.facts.cells import Cell, cell_at
from discreet.facts.model import Function, Span
from discreet.flow.library import Library
from discreet.flow.program import shown_name
from discreet.flow.result import Place
from discreet.flow.whynot import Answer, Handed, Stop, Trail, why_not
from discreet.flow.whynot.answer import PERSONAL, PLACE, UNKNOWN
from discreet.project.cache import Cache, directory_of
from discreet.project.config import Config
from discreet.project.contents import digests_of
from discreet.project.discovery import Discovery, discover
from discreet.project.executors import Here
from discreet.project.files import bytes_of, keys_of
from discreet.project.gathering import gather
from discreet.project.hidden import EXCLUDED, Hiding
from discreet.project.paths import path_below
from discreet.project.ranking import ranked
from discreet.project.reading import read
from discreet.project.result import Means, Progress
from discreet.project.run import check
from discreet.project.selection import UNCHECKED
from discreet.project.silencing import notebook_of, text_of
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES

NO_SINK = Stop("no-sink", "no sink: nothing is known to let data out on this line")
NOT_FOUND = Stop(UNKNOWN, "it is personal, and no finding says so: no reason found")
NOT_PYTHON = "unreadable"


class Spot(NamedTuple):
    """The place that is asked about."""

    path: str
    line: int
    column: int | None = None


class Told(NamedTuple):
    """A finding, why ``check`` does not show it (if so), and the function that each step of its story stands in."""

    finding: Finding
    hidden: tuple[Stop, ...]
    scopes: tuple[str, ...]


class Silence(NamedTuple):
    """Why nothing is found at a place: what holds for the line as a whole, and what becomes of each value."""

    reasons: tuple[Stop, ...]
    answers: tuple[Answer, ...]

    @property
    def is_told(self) -> bool:
        """Whether there is a reason at all."""
        values = [trail.stop for each in self.answers for handed in each.arguments for trail in handed.trails]
        calls = [each.stop for each in self.answers if each.stop is not None]
        return any(stop.kind != UNKNOWN for stop in (*self.reasons, *calls, *values))


class Tracing:
    """One place in a project, and everything that was found in that project.

    Args:
        file: the file.
        line: a line of it.
        column: a column, or ``None`` for the whole line.
        paths: what is checked.
        config: the configuration.
        means: with what to work.
        progress: told how far the reading is.
    """

    def __init__(
        self, file: Path, line: int, column: int | None, paths: Sequence[Path], config: Config, means: Means,
        progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self._config, self._means, self.root = config, means, config.root
        self._file = os.path.abspath(file)
        self._found, self.excluded = _with_file(paths, self._file, config)
        self._files = {each.path: each for each in self._found.files}
        target = next((each for each in self._found.files if _same(each.location, self._file)), None)
        self.spot = Spot(target.path if target else path_below(self._file, str(config.root)), line, column)
        checked = [*paths, *([Path(self._file)] if self.excluded else [])]
        report = check(checked, _everything(config, self.excluded), progress, means)
        self.problems, self.notes = report.problems, report.notes
        found = (*report.findings, *(each.finding for each in report.suppressed))
        self.findings = tuple(ranked(found, config.regime))
        self._hiding = Hiding(config, self._content)
        self._said: list[Finding] = []
        self._functions: dict[str, tuple[str, tuple[Function, ...]]] = {}

    def cell(self, path: str, line: int) -> Cell | None:
        """The cell that a line of a file stands in, if it is a notebook."""
        try:
            book = notebook_of(path, self._content(path))
        except (OSError, KeyError):
            return None
        return cell_at(book.cells, line) if book is not None else None

    # -- stories ------------------------------------------------------------------------------------------------------

    def told(self) -> list[Told]:
        """Every finding whose place or story holds the spot, those that stand there first."""
        here = [each for each in self.findings if self._stands_here(each)]
        through = [each for each in self.findings if each not in here and self._passes_here(each)]
        return [Told(each, self.hidden(each), self._scopes(each)) for each in (*here, *through)]

    def hidden(self, finding: Finding) -> tuple[Stop, ...]:
        """Why ``check`` does not show a finding; nothing if it does."""
        left_out = (EXCLUDED,) if self.excluded and finding.path == self.spot.path else ()
        return (*left_out, *self._hiding.reasons(finding))

    def _stands_here(self, finding: Finding) -> bool:
        _, line, column = self.spot
        if finding.path != self.spot.path or not finding.line <= line <= finding.end_line:
            return False
        start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
        return column is None or start <= (line, column) < end or (line, column) == start

    def _passes_here(self, finding: Finding) -> bool:
        path, line, column = self.spot
        return any((step.path, step.line) == (path, line) and column in (None, step.column) for step in finding.trace)

    def _scopes(self, finding: Finding) -> tuple[str, ...]:
        return tuple(self._scope(step.path, step.line, step.column) for step in finding.trace)

    def _scope(self, path: str, line: int, column: int) -> str:
        """The innermost function around a place; ``""`` at the top of a file."""
        if path not in self._functions:
            file = self._files.get(path)
            facts = read(file).facts if file is not None else None
            self._functions[path] = (facts.module, facts.functions) if facts is not None else ("", ())
        module, functions = self._functions[path]
        around = [each for each in functions if _holds(each.span, line, column) and not each.name.endswith("<module>")]
        if not around:
            return ""
        inner = max(around, key=lambda each: (each.span.line, each.span.column))
        if "<lambda" in inner.name:
            return "a lambda"
        name = inner.name[len(module) + 1 :]
        return f"{'.'.join(shown_name(part) for part in name.split('.'))}()"

    # -- silence ------------------------------------------------------------------------------------------------------

    def silence(self) -> Silence:
        """Why ``check`` shows nothing at the spot, or what it does show."""
        unread = next((each for each in self.findings if each.code in UNCHECKED and self._is_here(each)), None)
        if unread is not None:
            return Silence((Stop(NOT_PYTHON, f"the file was not checked: {unread.message}"),), ())
        answers = tuple(self._resolved(each) for each in self._answers())
        reasons = [EXCLUDED] if self.excluded else []
        for each in self.told():
            if each.finding not in self._said:
                reasons.append(self._about(each.finding))
        if not answers and not any(each.kind != "excluded" for each in reasons):
            reasons.append(NO_SINK)
        return Silence(tuple(dict.fromkeys(reasons)), answers)

    def _is_here(self, finding: Finding) -> bool:
        return finding.path == self.spot.path

    def _answers(self) -> list[Answer]:
        files = self._found.files
        where = self._means.cache
        cache = Cache.open(directory_of(self._config.root, where)) if where is not None else None
        try:
            keys = keys_of(files, digests_of(files, [], None))
            library: Library = gather(files, keys, Here(), cache, None).library
            return why_not(library, dict(self._config.known), self._text, *self.spot, rows=self._config.rows)
        finally:
            if cache is not None:
                cache.close()

    def _resolved(self, answer: Answer) -> Answer:
        """An answer in which each value that did not stop says where it was reported, or why it was not."""
        arguments = [Handed(each.name, tuple(self._ended(trail) for trail in each.trails)) for each in answer.arguments]
        return answer._replace(arguments=tuple(arguments))

    def _ended(self, trail: Trail) -> Trail:
        if trail.stop.kind not in (PERSONAL, "guess") or not trail.ends:
            return trail
        at = {(place.path, place.span.line, place.span.column) for place in trail.ends}
        reported = [each for each in self.findings if (each.path, each.line, each.column) in at]
        if reported:
            first = min(reported, key=self._is_elsewhere)
            self._said.append(first)
            return trail._replace(stop=self._about(first))
        return trail if trail.stop.kind == "guess" else trail._replace(stop=NOT_FOUND)

    def _is_elsewhere(self, finding: Finding) -> bool:
        return not self._stands_here(finding)

    def _about(self, finding: Finding) -> Stop:
        """What there is to say of a finding instead of reporting it at the spot."""
        place, hidden = _place(finding), self.hidden(finding)
        here = self._stands_here(finding)
        if here and hidden:
            return _all(hidden)
        if here:
            return Stop("found", f"it is found: {finding.code} at {PLACE}", place=place)
        words = f"told elsewhere: reported at {PLACE} ({finding.code}), where the message is made"
        if hidden:
            words = (
                f"told elsewhere: it would be reported at {PLACE}, but {_all(hidden).text.replace(PLACE, 'that line')}"
            )
        return Stop("elsewhere", words, place=place)

    # -- files --------------------------------------------------------------------------------------------------------

    def _content(self, path: str) -> bytes:
        return bytes_of(self._files[path].location)

    def _text(self, path: str) -> str:
        try:
            return text_of(path, self._content(path))
        except (OSError, KeyError):
            return ""


def _with_file(paths: Sequence[Path], file: str, config: Config) -> tuple[Discovery, bool]:
    """The files that are checked, and whether the one that is asked about had to be added to them."""
    found = discover(paths, config)
    if any(_same(each.location, file) for each in found.files):
        return found, False
    return discover([*paths, Path(file)], dataclasses.replace(config, force_exclude=False)), True


def _same(location: str, file: str) -> bool:
    return location == file or os.path.realpath(location) == os.path.realpath(file)


def _everything(config: Config, excluded: bool) -> Config:
    """The configuration under which nothing is hidden but what a comment silences."""
    return dataclasses.replace(
        config, select=tuple(RULES), ignore=(), extend_select=(), extend_ignore=(), min_confidence="low", regime=(),
        per_file_ignores={}, force_exclude=config.force_exclude and not excluded,
    )  # fmt: skip


def _holds(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)


def _place(finding: Finding) -> Place:
    return Place(finding.path, Span(finding.line, finding.column, finding.end_line, finding.end_column))


def _all(stops: tuple[Stop, ...]) -> Stop:
    """Several reasons as one."""
    if len(stops) == 1:
        return stops[0]
    place = next((each.place for each in stops if each.place is not None), None)
    return Stop(stops[0].kind, "; ".join(each.text for each in stops), place=place)
