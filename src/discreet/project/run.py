"""A run: from paths and a configuration to a report.

Every file is read on its own (:mod:`discreet.project.gathering`), then the facts are looked at together
(:mod:`discreet.project.solving`), then what was not asked for is left out. Nothing here prints, and nothing depends on
the current directory, on who does the work, or on what is known from an earlier run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from discreet.facts.outline import outline_of
from discreet.flow.library import encoded
from discreet.project.cache import DIRECTORY, Cache, key_of
from discreet.project.config import Config
from discreet.project.discovery import discover, source_file
from discreet.project.executors import Here, crew, default_jobs
from discreet.project.gathering import Content, Entry, Gathered, Progress, digests, gather
from discreet.project.reading import Reading, bytes_of, read
from discreet.project.selection import Selection, matched_by, selection_of
from discreet.project.silencing import Silenced, Silencer
from discreet.project.solving import Outcome, solve
from discreet.rules import Settings, told
from discreet.rules.finding import Finding

SMALL = 48
"""Up to so many files are read in this process: starting others would take longer."""


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """With what a run works: none of it changes what is found.

    Attributes:
        jobs: how many processes; all processors where it is ``None``.
        executor: ``processes`` or ``dask``.
        address: of a dask scheduler.
        cache: where the cache lies, or ``None`` for a run without one; ``""`` means below the project's root.
    """

    jobs: int | None = None
    executor: str = "processes"
    address: str | None = None
    cache: str | None = None


class Report(msgspec.Struct, frozen=True):
    """What a run found.

    Attributes:
        findings: what is to be shown, by path and place.
        suppressed: what a ``# noqa`` silenced, with its reason, in the same order.
        files: every file that was read, below the root.
        problems: what could not be done, one line each: a report with problems is not complete.
        notes: what went wrong without any harm to the result, one line each: a cache that can't be used.
        bounds: which bounds of the analysis were hit, and how often.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...]
    files: tuple[str, ...]
    problems: tuple[str, ...]
    bounds: dict[str, int]
    config: Config
    notes: tuple[str, ...] = ()


class _Result(msgspec.Struct, frozen=True, array_like=True):
    """A report as the cache keeps it."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...]
    bounds: dict[str, int]


def check(
    paths: Sequence[Path], config: Config, progress: Progress | None = None, means: Means | None = None
) -> Report:
    """Check all files that ``paths`` stand for.

    Args:
        paths: files and directories.
        config: the settings of the run.
        progress: told how far the reading is.
        means: with what to work; by default in this process, without a cache.

    Raises:
        CrewError: the workers that were asked for are not to be had.
    """
    means = means or Means(jobs=1)
    found = discover(paths, config)
    keys = digests(found.files)
    cache = Cache.open(Path(means.cache or config.root / DIRECTORY)) if means.cache is not None else None
    shown = tuple(file.path for file in found.files)
    name = key_of("run", _config_digest(config), *(file.path for file in found.files), *keys)
    kept = _recalled(cache, name) if cache is not None and b"" not in keys else None
    problems, notes = list(found.problems), []
    if kept is None:
        jobs = means.jobs or default_jobs()
        small = len(found.files) <= SMALL and means.executor == "processes"
        with crew(1 if small else jobs, means.executor, means.address) as workers:
            gathered = gather(found.files, keys, workers, cache, progress)
            outcome = solve(gathered, _settings(config), workers, cache)
            notes.extend(workers.problems)
        problems += [*gathered.failures, *outcome.failures]
        locations = {file.path: file.location for file in found.files}
        kept = _result(gathered, outcome, config, locations, bytes_of)
        if cache is not None and not gathered.failures and not outcome.failures:
            cache.put("runs", {name: _encoder.encode(kept)})
    if cache is not None:
        cache.close()
        notes.extend([cache.problem] if cache.problem else [])
    return Report(kept.findings, kept.suppressed, shown, tuple(problems), kept.bounds, config, tuple(notes))


def check_text(data: bytes, path: Path, config: Config) -> Report:
    """Check one file whose content comes from elsewhere, as if it lay at ``path``."""
    file = source_file(str(Path.cwd() / path), config)
    reading = read(file, data)
    gathered = _of_one(reading)
    outcome = solve(gathered, _settings(config), Here(), None)
    result = _result(gathered, outcome, config, {file.path: file.location}, lambda _: data)
    problems = (*gathered.failures, *outcome.failures)
    return Report(result.findings, result.suppressed, (file.path,), problems, result.bounds, config)


def _of_one(reading: Reading) -> Gathered:
    content = Content({}, None)
    outline = None
    if reading.facts is not None:
        outline = outline_of(reading.facts)
        content.add(outline.module, encoded(reading.facts))
    failures = [reading.failure] if reading.failure else []
    return Gathered([Entry(reading.file.path, b"", outline, reading.finding)], failures, content)


def _settings(config: Config) -> Settings:
    return Settings(sources=dict(config.sources), include_tests=config.include_tests)


def _recalled(cache: Cache, name: bytes) -> _Result | None:
    row = cache.get("runs", [name]).get(name)
    try:
        return None if row is None else _decoder.decode(row)
    except msgspec.DecodeError:
        return None


def _config_digest(config: Config) -> bytes:
    """What of a configuration a result depends on, beside the files it leads to."""
    said = (
        config.select, config.ignore, config.extend_select, config.extend_ignore, config.min_confidence,
        config.include_tests, sorted((path, tuple(kinds)) for path, kinds in config.sources.items()),
        sorted((pattern, tuple(codes)) for pattern, codes in config.per_file_ignores.items()),
    )  # fmt: skip
    return key_of(repr(said))


def _result(
    gathered: Gathered, outcome: Outcome, config: Config, locations: dict[str, str], content: Callable[[str], bytes]
) -> _Result:
    outlines = [entry.outline for entry in gathered.entries if entry.outline is not None]
    flows = [flow for solved in outcome.solved for flow in solved.flows]
    everything = [*gathered.findings, *told(flows, outlines, _settings(config))]
    silencer = Silencer(lambda path: content(locations[path]))
    selection = selection_of(config)
    if "PII903" in selection.codes:
        everything.extend(silencer.idle(locations, everything))
    kept, silenced = silencer.sort(_wanted(everything, selection, config))
    bounds: dict[str, int] = {}
    for solved in outcome.solved:
        for what, times in solved.bounds.items():
            bounds[what] = bounds.get(what, 0) + times
    return _Result(
        findings=tuple(sorted(kept, key=place)),
        suppressed=tuple(sorted(silenced, key=lambda each: place(each.finding))),
        bounds=dict(sorted(bounds.items())),
    )


def _wanted(everything: Iterable[Finding], selection: Selection, config: Config) -> list[Finding]:
    ignored_in = matched_by(config.per_file_ignores) if config.per_file_ignores else lambda _: frozenset[str]()
    return [each for each in everything if selection.shows(each) and each.code not in ignored_in(each.path)]


def place(finding: Finding) -> tuple[str, int, int, str, str]:
    """The order of findings: by path, place and code."""
    return finding.path, finding.line, finding.column, finding.code, finding.message


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Result)
