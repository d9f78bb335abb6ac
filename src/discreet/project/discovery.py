"""Which files a run reads, in which order, and what each is called. No file is read twice."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from discreet.facts.cells import NOTEBOOK
from discreet.project.config import Config
from discreet.project.modules import PACKAGE, Packages, module_name
from discreet.project.paths import as_text, path_below
from discreet.project.walking import SUFFIX, Walk

NOT_IMPORTED = "-ipynb"
"""Ends the name of a notebook, so that it is never taken for the module beside it."""


class SourceFile(NamedTuple):
    """A file to read: where it is, what it is called below the root (with ``/``), and as a module.

    ``below`` is its path below the directory that the user named: ``discreet check tests`` means the tests.
    """

    location: str
    path: str
    module: str
    is_package: bool
    below: str = ""


class Discovery(NamedTuple):
    """The files of a run in a fixed order, and what could not be looked at, one line each."""

    files: tuple[SourceFile, ...]
    problems: tuple[str, ...]


def discover(paths: Sequence[Path], config: Config) -> Discovery:
    """The files that ``paths`` stand for under a configuration."""
    walk = Walk(config)
    named = [os.path.abspath(path) for path in paths]
    for location, path in zip(named, paths, strict=True):
        walk.take(location, shown=str(path))
    places = _Places(str(config.root), named, walk.packages)
    files = _distinctly_named(_without_repeats(walk.found, places))
    return Discovery(tuple(files), tuple(walk.problems))


class _Place(NamedTuple):
    """A directory: what the paths of its files begin with, below the root and below the directory that was named, and
    what it is called as a package.
    """

    path: str
    below: str
    package: str


class _Places:
    """What files are called, by the directory they lie in: that is looked up once for all of them."""

    def __init__(self, root: str, named: Sequence[str], regular: dict[str, bool]) -> None:
        self._root = root
        self._named = frozenset(named)
        self._known: dict[str, _Place] = {}
        self._packages = Packages(root, regular)

    def file(self, location: str) -> SourceFile:
        """What is known of a file from its place alone."""
        start, _, name = location.rpartition(os.sep)
        place = self._known.get(start) or self._look_at(start)
        plain = name.endswith(SUFFIX) and name[0] != "."
        stem = name[: -len(SUFFIX)] if plain else os.path.splitext(name)[0]
        is_package = stem == PACKAGE
        module = place.package if is_package else f"{place.package}.{stem}" if place.package else stem
        name = as_text(name)
        path, below = place.path + name, place.below + name
        if location in self._named:  # itself
            below = name if path.startswith(("..", "/")) else path
        if name.endswith(NOTEBOOK):
            module, is_package = f"{module}{NOT_IMPORTED}", False
        return SourceFile(location, path, as_text(module or "__init__"), is_package, below)

    def _look_at(self, start: str) -> _Place:
        within = start + os.sep
        directory = os.path.dirname(within)
        around = [each for each in self._named if within.startswith(each.rstrip(os.sep) + os.sep)]
        nearest = max(around, key=len) if around else self._root
        package = ".".join(self._packages.name(directory))
        place = _Place(_start_below(directory, self._root), _start_below(directory, nearest), package)
        self._known[start] = place
        return place


def _start_below(directory: str, root: str) -> str:
    path = path_below(directory, root)
    return "" if path == os.curdir else f"{path}/"


def source_file(location: str, config: Config) -> SourceFile:
    """What is known of a file from its place alone."""
    name = module_name(location, str(config.root))
    module = as_text(name.dotted) + (NOT_IMPORTED if location.endswith(NOTEBOOK) else "")
    return SourceFile(location, path_below(location, str(config.root)), module, name.is_package)


def _distinctly_named(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """The files with a name each: where several roots hold an ``app.models``, all but the first go by their path."""
    seen: set[str] = set()
    for file in files:
        name = file.module
        if name in seen:
            name = ".".join(part for part in os.path.splitext(file.path)[0].split("/") if part not in ("", "..", "."))
            if file.is_package:
                name = name.removesuffix(".__init__")
        while name in seen:
            name += "_"
        seen.add(name)
        yield file if name == file.module else file._replace(module=name)


def _without_repeats(found: dict[str, bool], places: _Places) -> Iterator[SourceFile]:
    """Each file once, by path; of a file and links to it the file, else the first."""
    links = any(found.values())
    seen = {os.path.realpath(location) for location, is_link in found.items() if not is_link} if links else set()
    for file in sorted(map(places.file, found), key=attrgetter("path", "location")):
        if found[file.location]:
            real = os.path.realpath(file.location)
            if real in seen:
                continue
            seen.add(real)
        yield file
