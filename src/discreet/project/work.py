"""The work of a run: facts, flows, findings, what is wanted of them, and what could not be seen."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from discreet.catalogue.libraries import Tables
from discreet.catalogue.tables import catalogue
from discreet.facts.collector import collector_resting
from discreet.facts.model import Outline
from discreet.facts.outline import outline_of
from discreet.flow.found import Unresolved
from discreet.project.cache import Cache
from discreet.project.config import Config
from discreet.project.coverage import Coverage
from discreet.project.discovery import SourceFile, source_file
from discreet.project.executors import Here, crew, default_jobs
from discreet.project.files import bytes_of, key_of_file
from discreet.project.gathering import Content, Entry, Gathered, gather
from discreet.project.ranking import order_of, ranked
from discreet.project.reading import Reading, read
from discreet.project.result import Means, Progress, Result
from discreet.project.selection import Selection, matched_by, selection_of
from discreet.project.silencing import Silencer
from discreet.project.solving import Outcome, ask, solve
from discreet.rules.cells import in_cells
from discreet.rules.finding import VENDORED, Finding
from discreet.rules.gap import Gap
from discreet.rules.telling import UNPARSABLE, Settings, told

SMALL = 48
"""Up to so many files are read in this process: starting others would take longer."""


class Done(NamedTuple):
    """What came of the work. ``lasts`` says that it is true of the files as they were when the run began, so that the
    next run may be told the same.
    """

    result: Result
    files: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    lasts: bool


@collector_resting()
def work(
    files: Sequence[SourceFile], keys: Sequence[bytes], config: Config, means: Means, cache: Cache | None,
    progress: Progress | None,
) -> Done:  # fmt: skip
    """Check some files.

    Args:
        files: which files.
        keys: the key of each, as it was when the run began.
        config: the settings of the run.
        means: with what to work.
        cache: what is known already.
        progress: told how far the reading is.

    Raises:
        CrewError: the workers that were asked for are not to be had.
    """
    small = len(files) <= SMALL and means.executor == "processes"
    settings = settings_of(config)
    with crew(1 if small else means.jobs or default_jobs(), means.executor, means.address) as workers:
        gathered = gather(files, keys, workers, cache, progress)
        outcome = solve(gathered, settings, workers, cache)
        notes = list(workers.problems)
    if means.python is not None:
        outcome, said = ask(gathered, outcome, settings, Path(means.python), cache)
        notes.extend(said)
    content = _Contents(files, keys, {entry.path for entry in gathered.entries if not entry.noqa})
    result = _result(gathered, outcome, config, content)
    if means.hold is not None:
        means.hold(gathered)
    problems = (*gathered.failures, *outcome.failures)
    lasts = (
        not problems and outcome.lasts and content.unchanged and [entry.key for entry in gathered.entries] == list(keys)
    )
    return Done(result, tuple(file.path for file in files), problems, tuple(notes), lasts)


def work_on_text(data: bytes, path: Path, config: Config) -> Done:
    """Check one file whose content comes from elsewhere, as if it lay at ``path``."""
    file = source_file(str(Path.cwd() / path), config)
    gathered = _of_one(read(file, data))
    outcome = solve(gathered, settings_of(config), Here(), None)
    result = _result(gathered, outcome, config, lambda _: data)
    return Done(result, (file.path,), (*gathered.failures, *outcome.failures), (), False)


class _Contents:
    """The content of the run's files, by path, to look for comments in: nothing where there are ``none`` for sure.
    Remembers whether any has changed since the run began.
    """

    def __init__(self, files: Sequence[SourceFile], keys: Sequence[bytes], none: set[str]) -> None:
        self._none = none
        self._files = {file.path: (file, key) for file, key in zip(files, keys, strict=True)}
        self.unchanged = True

    def __call__(self, path: str) -> bytes:
        if path in self._none:
            return b""
        file, key = self._files[path]
        data = bytes_of(file.location)
        self.unchanged = self.unchanged and key_of_file(file, data) == key
        return data


def _of_one(reading: Reading) -> Gathered:
    content = Content()
    outline = None
    if reading.facts is not None:
        outline = outline_of(reading.facts)
        content.know(outline.module, b"", None)
        content.give(reading.facts, 0)
    failures = [reading.failure] if reading.failure else []
    return Gathered([Entry(reading.file.path, b"", outline, reading.finding, True)], failures, content)


def settings_of(config: Config) -> Settings:
    """What a configuration tells the rules."""
    return Settings(dict(config.known), config.include_tests, config.rows, config.include_libraries)


def _result(gathered: Gathered, outcome: Outcome, config: Config, content: Callable[[str], bytes]) -> Result:
    outlines = [entry.outline for entry in gathered.entries if entry.outline is not None]
    flows = [flow for solved in outcome.solved for flow in solved.flows]
    everything = [*gathered.findings, *told(flows, outlines, settings_of(config))]
    silencer = Silencer(content)
    selection = selection_of(config)
    if "PII903" in selection.codes:
        everything.extend(in_cells(silencer.idle([entry.path for entry in gathered.entries], everything), outlines))
    kept, silenced = silencer.sort(ranked(wanted(everything, selection, config), config.regime))
    order = order_of(config.regime)
    return Result(
        findings=tuple(sorted(kept, key=order)),
        suppressed=tuple(sorted(silenced, key=lambda each: order(each.finding))),
        coverage=_coverage(gathered, outlines, outcome, config, _vendored(everything, selection)),
    )


def _vendored(everything: Iterable[Finding], selection: Selection) -> tuple[tuple[str, int], ...]:
    """The folders of libraries with what would be shown of each if it were the program's own."""
    shown = dataclasses.replace(selection, include_libraries=True)
    held = [each for each in everything if each.held_back.startswith(VENDORED) and not selection.shows(each)]
    return tuple(
        sorted(Counter(each.held_back.removeprefix(VENDORED).strip() for each in held if shown.shows(each)).items())
    )


def wanted(everything: Iterable[Finding], selection: Selection, config: Config) -> list[Finding]:
    """The findings that the configuration asks for, before any comment silences one."""
    ignored_in = matched_by(config.per_file_ignores) if config.per_file_ignores else lambda _: frozenset[str]()
    return [each for each in everything if selection.shows(each) and each.code not in ignored_in(each.path)]


# -- what could not be seen --------------------------------------------------------------------------------------------


def _coverage(
    gathered: Gathered,
    outlines: Sequence[Outline],
    outcome: Outcome,
    config: Config,
    vendored: tuple[tuple[str, int], ...],
) -> Coverage:
    seen = [each for each in outlines if config.include_tests or not each.is_test]
    paths = {outline.path for outline in seen}
    calls = dict.fromkeys(each for solved in outcome.solved for each in solved.unresolved if each.path in paths)
    bounds: Counter[str] = Counter()
    for hits in (*(each.bounds for each in outlines), *(solved.bounds for solved in outcome.solved)):
        if hits:
            bounds.update(hits)
    return Coverage(
        gaps=tuple(_gaps(calls, {each.path: each for each in seen})),
        unread=tuple(sorted({finding.path for finding in gathered.findings} | _partly_unread(outlines))),
        frameworks=tuple(_frameworks(seen, {outline.module.partition(".")[0] for outline in outlines}, config.rows)),
        bounds=dict(sorted(bounds.items())),
        settled=outcome.settled,
        vendored=vendored,
    )


def _partly_unread(outlines: Iterable[Outline]) -> set[str]:
    """Notebooks with a cell that can't be parsed."""
    return {each.path for each in outlines if each.cells and any(note.code == UNPARSABLE for note in each.notes)}


def _gaps(calls: Iterable[Unresolved], outlines: Mapping[str, Outline]) -> list[Gap]:
    by_callable: dict[tuple[str, str], list[Unresolved]] = {}
    for each in sorted(calls):
        by_callable.setdefault((each.library, each.callable), []).append(each)
    gaps = [
        Gap(library, name, len(found), _kinds(found), at.path, at.line, at.column, outlines[at.path].cell(at.line))
        for (library, name), found in by_callable.items()
        for at in found[:1]
    ]
    return sorted(gaps, key=lambda gap: (not gap.library, -gap.calls, gap.library, gap.callable))


def _kinds(calls: Iterable[Unresolved]) -> tuple[str, ...]:
    return tuple(sorted({kind for each in calls for kind in each.categories}))


def _frameworks(outlines: Sequence[Outline], ours: set[str], rows: Tables | None) -> list[tuple[str, int]]:
    """Frameworks that are imported and of which the catalogue has no row."""
    tables = catalogue(rows)
    used = Counter(chain.from_iterable(outline.imports for outline in outlines))
    unknown = {name: used[name] for name in tables.frameworks & used.keys() - ours if not tables.models(name)}
    return sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
