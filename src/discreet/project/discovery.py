"""Which files a run reads.

A file that is named outright is always read: whoever types its name means it, shebang scripts included.
Below a directory, ``.py`` files are read that neither a ``.gitignore`` nor ``exclude`` leaves out. Symbolic
links to directories are not followed, so there are no loops, and no file is read twice.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from discreet.project.config import Config
from discreet.project.ignores import IgnoreFile, ignore_file, ignore_files_above, ignored, tolerant_spec
from discreet.project.modules import module_name

SUFFIX = ".py"


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
    walk = _Walk(config)
    for path in paths:
        walk.take(os.path.abspath(path), shown=str(path))
    named = [os.path.abspath(path) for path in paths]
    files = _distinctly_named(_without_repeats(walk.found, config))
    return Discovery(tuple(file._replace(below=_below(file, named)) for file in files), tuple(walk.problems))


def _below(file: SourceFile, named: list[str]) -> str:
    """A file's path below the nearest named directory; for one that was named itself, below the root."""
    if file.location in named:
        return os.path.basename(file.path) if file.path.startswith(("..", "/")) else file.path
    around = [place for place in named if file.location.startswith(place.rstrip(os.sep) + os.sep)]
    return path_below(file.location, Path(max(around, key=len))) if around else file.path


def source_file(location: str, config: Config) -> SourceFile:
    """What is known of a file from its place alone."""
    name = module_name(location, str(config.root))
    return SourceFile(location, path_below(location, config.root), _as_text(name.dotted), name.is_package)


def _as_text(name: str) -> str:
    """A name that no encoding can write (a lone surrogate, of a byte that is no UTF-8) as one that can be kept."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")


def path_below(location: str, root: Path) -> str:
    """A location as findings write it: relative to the root, with ``/``; absolute where there is no such way."""
    start = f"{root}{os.sep}"
    if location.startswith(start) and f"{os.sep}." not in location[len(start) - 1 :]:
        return _as_text(location[len(start) :].replace(os.sep, "/"))  # relpath takes its time, and there are many
    try:
        relative = os.path.relpath(location, root)
    except ValueError:  # another drive
        relative = location
    return _as_text(relative.replace(os.sep, "/"))


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
        yield file._replace(module=name)


def _without_repeats(found: dict[str, None], config: Config) -> Iterator[SourceFile]:
    """Each file once, by path; of a file and links to it the file, else the first."""
    links = {location for location in found if os.path.islink(location)}
    seen = {os.path.realpath(location) for location in found if location not in links} if links else set()
    called: dict[str, list[str]] = {}
    for path, location in sorted((path_below(location, config.root), location) for location in found):
        if location in links:
            real = os.path.realpath(location)
            if real in seen:
                continue
            seen.add(real)
        name = module_name(location, str(config.root), called)
        yield SourceFile(location, path, _as_text(name.dotted), name.is_package)


class _Walk:
    """Collects files below directories; one object a run, so that each directory is entered once."""

    def __init__(self, config: Config) -> None:
        self.root = str(config.root)
        self.force_exclude = config.force_exclude
        self.excluded = IgnoreFile(self.root, tolerant_spec((*config.exclude, *config.extend_exclude)))
        self.found: dict[str, None] = {}
        self.problems: list[str] = []
        self.entered: set[str] = set()

    def take(self, location: str, *, shown: str) -> None:
        """Add what was named on the command line: a file as it is, a directory with all below it."""
        try:
            mode = os.stat(location).st_mode
        except OSError as error:
            self.problems.append(f"{shown}: {error.strerror or error}")
            return
        if self.force_exclude and self._is_excluded_above(location, is_directory=stat.S_ISDIR(mode)):
            return
        if stat.S_ISDIR(mode):
            above = ignore_files_above(location, self.root)
            excluded = self.excluded
            if self._is_excluded_above(location, is_directory=True):  # named on purpose: its patterns start anew
                excluded = IgnoreFile(location, excluded.spec)
            self._below(location, [] if _ignored_above(location, above) else above, excluded)
        else:
            self.found[location] = None

    def _below(self, directory: str, stack: list[IgnoreFile], excluded: IgnoreFile) -> None:
        waiting = [(directory, stack)]
        while waiting:
            here, above = waiting.pop()
            if here in self.entered:
                continue
            self.entered.add(here)
            own = ignore_file(here)
            rules = [*above, own] if own is not None else above
            for entry in self._entries(here):
                is_directory = entry.is_dir(follow_symlinks=False)
                if not (is_directory or entry.name.endswith(SUFFIX)):
                    continue
                if excluded.verdict(entry.path, is_directory=is_directory):
                    continue
                if ignored(entry.path, rules, is_directory=is_directory):
                    continue
                if is_directory:
                    waiting.append((entry.path, rules))
                elif entry.is_file() or not os.path.exists(entry.path):  # no pipes; a dead link is to be reported
                    self.found[entry.path] = None

    def _entries(self, directory: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(directory) as entries:
                return list(entries)
        except OSError as error:
            self.problems.append(f"{path_below(directory, Path(self.root))}: {error.strerror or error}")
            return []

    def _is_excluded_above(self, location: str, *, is_directory: bool) -> bool:
        """Whether a path or a directory above it is excluded."""
        place, directory = location, is_directory
        while place not in (self.root, os.path.dirname(place)):
            if self.excluded.verdict(place, is_directory=directory):
                return True
            place, directory = os.path.dirname(place), True
        return False


def _ignored_above(location: str, stack: Sequence[IgnoreFile]) -> bool:
    """Whether a named directory is itself ignored, or lies below one that is: then its name was typed on purpose."""
    outermost = min((file.base for file in stack), key=len, default=location)
    place = location
    while place != outermost and os.path.dirname(place) != place:
        if ignored(place, [file for file in stack if _is_above(file.base, place)], is_directory=True):
            return True
        place = os.path.dirname(place)
    return False


def _is_above(base: str, place: str) -> bool:
    return place.startswith(base.rstrip(os.sep) + os.sep)
