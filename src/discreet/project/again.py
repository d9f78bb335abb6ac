"""The program as fixes want it: its modules, and its analysis again and again with some files changed.

Facts come from the cache as in any run; only what looked into a changed file is solved anew. The oracle is not asked:
what is only found with its help is not mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from discreet.facts.outline import outline_of
from discreet.fixes.program import Module, Named
from discreet.flow.found import Flow, Solved
from discreet.flow.library import Library
from discreet.flow.solver import Solver, groups
from discreet.project.cache import Cache, directory_of
from discreet.project.config import Config
from discreet.project.discovery import SourceFile, discover
from discreet.project.executors import Crew, Here, crew, default_jobs
from discreet.project.files import bytes_of, digest_of, keys_of
from discreet.project.gathering import gather
from discreet.project.ranking import order_of, ranked
from discreet.project.reading import Reading, read
from discreet.project.result import Means, Progress
from discreet.project.selection import selection_of
from discreet.project.silencing import Silencer
from discreet.project.solving import solve_groups
from discreet.project.work import SMALL, settings_of, wanted
from discreet.rules.finding import Finding
from discreet.rules.telling import told

ROUNDS = 8
"""So often is begun again, where changes overlap or have brought to light what others had hidden."""

_Solved = dict[tuple[str, ...], tuple[Solved, ...]]
"""What was found, by group; in several parts where discreet has failed over a module of it."""


class Look(NamedTuple):
    """What was found at a look at the whole program: its facts, all flows, and what there is to say, wanted or not."""

    library: Library
    flows: list[Flow]
    told: list[Finding]


@contextmanager
def again(paths: Sequence[Path], config: Config, means: Means, progress: Progress | None) -> Iterator[Again]:
    """The program in some paths, for as long as it is to be analysed.

    Args:
        paths: what is checked.
        config: the settings of the run.
        means: with what to work.
        progress: told how far the looks are, of those that have begun.

    Raises:
        CrewError: the workers that were asked for are not to be had.
    """
    with crew(means.jobs or default_jobs(), means.executor, means.address) as workers:
        yield Again(paths, config, means, workers, progress)


class Again:
    """A program that can be analysed again. It is a :class:`discreet.fixes.program.Program`.

    Args:
        paths: what is checked.
        config: the settings of the run.
        means: where the cache lies.
        workers: who looks; without any, this process does.
        progress: told how far the looks are, of those that have begun.
    """

    def __init__(
        self, paths: Sequence[Path], config: Config, means: Means, workers: Crew | None = None,
        progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self._config = config
        self._workers: Crew = workers if workers is not None else Here()
        self._progress = progress
        self._done = self._total = 0
        found = discover(paths, config)
        self._files: dict[str, SourceFile] = {file.path: file for file in found.files}
        self._read: dict[str, tuple[bytes, Reading]] = {}
        self._places = {path: file.location for path, file in self._files.items()}
        self._original: dict[str, bytes] = {}
        self._kept: dict[str, bytes] = {}
        self._settings = settings_of(config)
        cache = Cache.open(directory_of(config.root, means.cache)) if means.cache is not None else None
        try:
            listed = list(self._files.values())
            keys = keys_of(listed, [_digest(file.location) for file in listed])
            self._gathered = gather(listed, keys, self._workers if len(listed) > SMALL else Here(), cache, None)
            self._gathered.content.fetch(list(self._gathered.library.outlines))  # while the cache is open
        finally:
            if cache is not None:
                cache.close()
        self.problems = (*found.problems, *self._gathered.failures)
        """What could not be looked at, one line each."""
        self._modules = {file.module: Module(file.path, file.module, file.is_package) for file in self._files.values()}
        self._solved: _Solved = {}
        self._last: tuple[dict[str, bytes], _Solved] = ({}, {})  # of the last look at everything

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
        return self.shown(self.look(changed, whole=whole), changed)

    def look(self, changed: Mapping[str, bytes], *, whole: bool) -> Look:
        """What is found in the program when some files are changed, wanted or not."""
        now = {**self._kept, **changed}
        library, unread = self._library(now)
        modules = {self._files[path].module for path in changed}
        parts = list(groups(library))
        stands = {} if whole else {group: each for group, each in self._solved.items() if _is_apart(each, modules)}
        rest = [group for group in parts if group not in stands]
        outcomes = solve_groups(rest, self._solver(library), library, self._workers, self._tell_of(rest))
        solved = {**stands, **{group: each.solved for group, each in zip(rest, outcomes, strict=True)}}
        solved = {group: solved[group] for group in parts}
        if whole:
            self._last = (now, solved)
        elif not changed:
            self._solved = solved
        flows = [flow for parts in solved.values() for each in parts for flow in each.flows]
        return Look(library, flows, [*unread, *told(flows, library.outlines.values(), self._settings)])

    def _solver(self, library: Library) -> Solver:
        return Solver(library, self._settings.sources, self._settings.rows)

    def _tell_of(self, parts: Sequence[tuple[str, ...]]) -> Progress | None:
        """Who is told of a look: nobody knows how many more there will be."""
        before, progress = self._done, self._progress
        self._total += sum(map(len, parts))

        def tell(done: int, total: int) -> None:
            self._done = before + done
            if progress is not None:
                progress(self._done, self._total)

        return tell

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

    def _library(self, changed: Mapping[str, bytes]) -> tuple[Library, list[Finding]]:
        """The facts of all files, those of the changed ones anew; and what there is to say of those that have none."""
        unread = {entry.path: entry.finding for entry in self._gathered.entries if entry.finding is not None}
        if not changed:
            return self._gathered.library, list(unread.values())
        outlines = {entry.path: entry.outline for entry in self._gathered.entries if entry.outline is not None}
        content = self._gathered.content
        given = dict(content.given)
        for path, data in changed.items():
            reading = self._reading(path, data)
            if reading.facts is not None:
                outlines[path] = outline_of(reading.facts)
                given[reading.facts.module] = reading.facts
            elif reading.finding is not None:
                unread[path] = reading.finding
        return Library(outlines.values(), content, given), list(unread.values())

    def _reading(self, path: str, data: bytes) -> Reading:
        """What a file with some content says; what it said the last time is remembered."""
        known = self._read.get(path)
        if known is None or known[0] != data:
            known = self._read[path] = (data, read(self._files[path], data))
        return known[1]

    def shown(self, look: Look, changed: Mapping[str, bytes]) -> list[Finding]:
        """What is to be shown of all that was found when some files were changed."""
        now = {**self._kept, **changed}
        silencer = Silencer(lambda path: now[path] if path in now else bytes_of(self._files[path].location))
        kept, _ = silencer.sort(
            ranked(wanted(look.told, selection_of(self._config), self._config), self._config.regime)
        )
        return sorted(kept, key=order_of(self._config.regime))


def _is_apart(solved: Sequence[Solved], modules: Set[str]) -> bool:
    """Whether what was found in a group stands when some modules are changed."""
    return all(modules.isdisjoint(each.looked) for each in solved)


def _digest(location: str) -> bytes:
    try:
        return digest_of(bytes_of(location))
    except OSError:
        return b""
