"""A run: from paths and a configuration to a report.

Every file is read on its own (:func:`discreet.project.reading.read`), then the facts are looked at together,
then what was not asked for is left out. Nothing here prints, and nothing depends on the current directory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from discreet.project.config import Config
from discreet.project.discovery import discover, source_file
from discreet.project.reading import Reading, bytes_of, read
from discreet.project.selection import Selection, matched_by, selection_of
from discreet.project.silencing import Silenced, Silencer
from discreet.rules import Settings, findings
from discreet.rules.finding import Finding

Progress = Callable[[int, int], None]
"""Told after every file: how many are done, of how many."""


@dataclass(frozen=True)
class Report:
    """What a run found.

    Attributes:
        findings: what is to be shown, by path and place.
        suppressed: what a ``# noqa`` silenced, with its reason, in the same order.
        files: every file that was read, below the root.
        problems: what could not be done, one line each: a report with problems is not complete.
        config: the configuration that was used.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...]
    files: tuple[str, ...]
    problems: tuple[str, ...]
    config: Config


def check(paths: Sequence[Path], config: Config, progress: Progress | None = None) -> Report:
    """Check all files that ``paths`` stand for."""
    found = discover(paths, config)
    readings = []
    for number, file in enumerate(found.files, start=1):
        readings.append(read(file))
        if progress is not None:
            progress(number, len(found.files))
    return _report(readings, config, found.problems, bytes_of)


def check_text(data: bytes, path: Path, config: Config) -> Report:
    """Check one file whose content comes from elsewhere, as if it lay at ``path``."""
    file = source_file(str(Path.cwd() / path), config)
    return _report([read(file, data)], config, (), lambda _: data)


def _report(
    readings: Sequence[Reading], config: Config, problems: Iterable[str], content: Callable[[str], bytes]
) -> Report:
    said = [*problems, *(reading.failure for reading in readings if reading.failure)]
    about_files = [reading.finding for reading in readings if reading.finding is not None]
    flowing = _flowing(readings, config, said)
    locations = {reading.file.path: reading.file.location for reading in readings}
    silencer = Silencer(lambda path: content(locations[path]))
    selection = selection_of(config)
    everything = [*about_files, *flowing]
    if "PII903" in selection.codes:
        everything.extend(silencer.idle(locations, everything))
    wanted = _wanted(everything, selection, config)
    kept, silenced = silencer.sort(wanted)
    return Report(
        findings=tuple(sorted(kept, key=place)),
        suppressed=tuple(sorted(silenced, key=lambda each: place(each.finding))),
        files=tuple(locations),
        problems=tuple(said),
        config=config,
    )


def _flowing(readings: Iterable[Reading], config: Config, problems: list[str]) -> list[Finding]:
    """The findings of all modules together; where discreet fails over them, of each by itself, and that is said."""
    modules = [reading.facts for reading in readings if reading.facts is not None]
    settings = Settings(sources=dict(config.sources), include_tests=config.include_tests)
    try:
        return findings(modules, settings)
    except Exception as error:
        problems.append(f"discreet failed over all files together, each was followed by itself: {_words(error)}")
    found: list[Finding] = []
    for facts in modules:
        try:
            found.extend(findings([facts], settings))
        except Exception as error:
            problems.append(f"{facts.path}: discreet failed over this file: {_words(error)}")
    return found


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _wanted(everything: Iterable[Finding], selection: Selection, config: Config) -> list[Finding]:
    ignored_in = matched_by(config.per_file_ignores) if config.per_file_ignores else lambda _: frozenset[str]()
    return [each for each in everything if selection.shows(each) and each.code not in ignored_in(each.path)]


def place(finding: Finding) -> tuple[str, int, int, str, str]:
    """The order of findings: by path, place and code."""
    return finding.path, finding.line, finding.column, finding.code, finding.message
