"""The program as fixes want it: its modules, and its analysis again and again with some files changed.

Facts come from the cache as in any run; only what looked into a changed file is solved anew. The oracle is not asked:
what is only found with its help is not mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from discreet.facts.outline import outline_of
from discreet.fixes.identity import identity
from discreet.fixes.mending import PASSING, Answer, mend
from discreet.fixes.program import Module, Named
from discreet.fixes.redactors import Redactors
from discreet.flow.found import Solved
from discreet.flow.library import Library, encoded
from discreet.flow.solver import Solver, groups
from discreet.project.cache import Cache, directory_of
from discreet.project.config import Config
from discreet.project.discovery import SourceFile, discover
from discreet.project.executors import Here
from discreet.project.files import bytes_of, digest_of, keys_of
from discreet.project.gathering import gather
from discreet.project.ranking import order_of, ranked
from discreet.project.reading import read
from discreet.project.result import Means
from discreet.project.selection import selection_of
from discreet.project.silencing import Silencer
from discreet.project.work import settings_of, wanted
from discreet.rules.finding import Finding, Fix
from discreet.rules.telling import told

ROUNDS = 8
"""So often is begun again, where fixes overlap or have brought others to light."""


class Mending(NamedTuple):
    """What came of mending.

    Attributes:
        contents: the files that change: their content as it was and as it is to be, by path below the root.
        answers: one for each finding there is a rewrite for, as the findings stood before.
        locations: where the files are.
    """

    contents: dict[str, tuple[bytes, bytes]]
    answers: tuple[Answer, ...]
    locations: dict[str, str]


def mending(paths: Sequence[Path], config: Config, means: Means, *, unsafe: bool) -> Mending:
    """Mend what can be mended, in memory.

    Args:
        paths: what was checked.
        config: the settings of the run.
        means: with what to work.
        unsafe: unsafe fixes as well.
    """
    program = Again(paths, config, means)
    redactors = Redactors(config.redactor, config.redactors)
    waiting = program.findings({}, whole=False)
    answers: list[Answer] = []
    for number in range(ROUNDS):
        done = mend(waiting, program, redactors, unsafe=unsafe)
        again = bool(done.contents) and number < ROUNDS - 1
        answers.extend(
            _without_places(each, number) for each in done.answers if not (again and each.refused in PASSING)
        )
        if not again:
            break
        program.keep(done.contents)
        waiting = _unanswered(program.findings({}, whole=False), answers)
    program.keep(done.contents)
    return Mending(program.changed, tuple(answers), program.locations)


def _unanswered(findings: Sequence[Finding], answers: Sequence[Answer]) -> list[Finding]:
    """The findings that have no answer yet: those to be looked at again, and those that have come to light."""
    known = Counter(identity(each.finding) for each in answers if not each.applied)
    unanswered = []
    for finding in findings:
        if known[identity(finding)] > 0:
            known[identity(finding)] -= 1
        else:
            unanswered.append(finding)
    return unanswered


def _without_places(answer: Answer, number: int) -> Answer:
    """An answer of a later round without its edits, whose places are those of a text that nobody has seen."""
    return answer._replace(fix=Fix(answer.fix.applicability, answer.fix.description)) if number else answer


class Again:
    """A program that can be analysed again. It is a :class:`discreet.fixes.program.Program`."""

    def __init__(self, paths: Sequence[Path], config: Config, means: Means) -> None:
        self._config = config
        self._files: dict[str, SourceFile] = {file.path: file for file in discover(paths, config).files}
        self._places = {path: file.location for path, file in self._files.items()}
        self._original: dict[str, bytes] = {}
        self._kept: dict[str, bytes] = {}
        self._settings = settings_of(config)
        cache = Cache.open(directory_of(config.root, means.cache)) if means.cache is not None else None
        try:
            files = list(self._files.values())
            keys = keys_of(files, [_digest(file.location) for file in files])
            self._gathered = gather(files, keys, Here(), cache, None)
            self._gathered.content.fetch(list(self._gathered.library.outlines))  # while the cache is open
        finally:
            if cache is not None:
                cache.close()
        self._modules = {file.module: Module(file.path, file.module, file.is_package) for file in self._files.values()}
        self._solved: dict[tuple[str, ...], Solved] = {}
        self._last: tuple[dict[str, bytes], dict[tuple[str, ...], Solved]] = ({}, {})  # of the last look at everything

    @property
    def changed(self) -> dict[str, tuple[bytes, bytes]]:
        """The files that were changed for good: their content as it was, and as it is to be."""
        return {path: (self._original[path], data) for path, data in sorted(self._kept.items())}

    @property
    def locations(self) -> dict[str, str]:
        """Where the files are, by path."""
        return self._places

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Go on from some changed files."""
        for path in contents:
            self.content(path)
        self._kept.update(contents)
        content, solved = self._last
        self._solved = solved if content == self._kept else {}

    def content(self, path: str) -> bytes:
        """What a file contains, with the changes that are kept; it is read once."""
        if path in self._kept:
            return self._kept[path]
        if path not in self._original:
            self._original[path] = bytes_of(self._places[path])
        return self._original[path]

    def at(self, path: str) -> Module:
        """The module at a path."""
        return self._modules[self._files[path].module]

    def called(self, name: str) -> Module | None:
        """The module of a name, if it is one of the program's, or of the project around what was checked."""
        return self._modules.get(name) or self._around.get(name)

    def is_starred(self, name: str) -> bool:
        """Whether some module imports everything from this one."""
        return name in self._stars

    @cached_property
    def _around(self) -> dict[str, Module]:
        """The modules of the whole project: where one file of it is checked, the redactor still has to be found."""
        files = discover([self._config.root], self._config).files
        for file in files:
            self._places.setdefault(file.path, file.location)
        return {file.module: Module(file.path, file.module, file.is_package) for file in files}

    @cached_property
    def _stars(self) -> frozenset[str]:
        library = self._gathered.library
        return frozenset(star for module in library.outlines for star in library.facts(module).stars)

    def findings(self, changed: Mapping[str, bytes], *, whole: bool) -> list[Finding]:
        """What is to be shown of the program when some files are changed."""
        now = {**self._kept, **changed}
        library, unread = self._library(now)
        modules = {self._files[path].module for path in changed}
        solver = self._solver(library)
        solved: dict[tuple[str, ...], Solved] = {}
        for group in groups(library):
            known = None if whole else self._solved.get(group)
            stands = known is not None and modules.isdisjoint((*group, *known.looked))
            solved[group] = known if known is not None and stands else solver.solve(group)
        if whole:
            self._last = (now, solved)
        elif not changed:
            self._solved = solved
        flows = [flow for each in solved.values() for flow in each.flows]
        return self._shown([*unread, *told(flows, library.outlines.values(), self._settings)], now)

    def named(self, changed: Mapping[str, bytes], function: str) -> dict[tuple[str, int, int], Named]:
        """By what the objects can be named that are handed to a function when some files are changed."""
        library, _ = self._library({**self._kept, **changed})
        solver = self._solver(library)
        return {
            (path, span.line, span.column): Named(key, is_there)
            for path in sorted(changed)
            if self._files[path].module in library.outlines
            for span, key, is_there in solver.named(self._files[path].module, function)
        }

    def _solver(self, library: Library) -> Solver:
        return Solver(library, self._settings.sources, self._settings.rows)

    def _library(self, changed: Mapping[str, bytes]) -> tuple[Library, list[Finding]]:
        """The facts of all files, those of the changed ones anew; and what there is to say of those that have none."""
        unread = {entry.path: entry.finding for entry in self._gathered.entries if entry.finding is not None}
        if not changed:
            return self._gathered.library, list(unread.values())
        outlines = {entry.path: entry.outline for entry in self._gathered.entries if entry.outline is not None}
        content: dict[str, bytes] = dict(self._gathered.content)
        for path, data in changed.items():
            reading = read(self._files[path], data)
            if reading.facts is not None:
                outlines[path] = outline_of(reading.facts)
                content[reading.facts.module] = encoded(reading.facts)
            elif reading.finding is not None:
                unread[path] = reading.finding
        return Library(outlines.values(), content), list(unread.values())

    def _shown(self, everything: Sequence[Finding], changed: Mapping[str, bytes]) -> list[Finding]:
        silencer = Silencer(lambda path: changed[path] if path in changed else bytes_of(self._files[path].location))
        kept, _ = silencer.sort(
            ranked(wanted(everything, selection_of(self._config), self._config), self._config.regime)
        )
        return sorted(kept, key=order_of(self._config.regime))


def _digest(location: str) -> bytes:
    try:
        return digest_of(bytes_of(location))
    except OSError:
        return b""
