"""The walk below directories: what of it is read.

A file that is named outright is always read: whoever types its name means it, shebang scripts included.
Below a directory, ``.py`` and ``.ipynb`` files are read that neither a ``.gitignore`` nor ``exclude`` leaves out.
Symbolic links to directories are not followed, so there are no loops.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from discreet.facts.cells import NOTEBOOK
from discreet.project.config import Config
from discreet.project.ignores import IGNORE, IgnoreFile, Patterns, ignore_file, ignore_files_above, ignored
from discreet.project.modules import INIT
from discreet.project.paths import path_below

SUFFIX = ".py"


class Walk:
    """Collects files below directories; one object a run, so that each directory is entered once.

    Attributes:
        found: where they lie, and whether it is a link that lies there.
        packages: directories that are regular packages for sure.
        problems: what could not be looked at, one line each.
    """

    def __init__(self, config: Config) -> None:
        self._root = str(config.root)
        self._force_exclude = config.force_exclude
        self._excluded = IgnoreFile(self._root, Patterns((*config.exclude, *config.extend_exclude)))
        self.found: dict[str, bool] = {}
        self.packages: dict[str, bool] = {}
        self.problems: list[str] = []
        self._entered: set[str] = set()

    def take(self, location: str, *, shown: str) -> None:
        """Add what was named on the command line: a file as it is, a directory with all below it."""
        try:
            mode = os.stat(location).st_mode
        except OSError as error:
            self.problems.append(f"{shown}: {error.strerror or error}")
            return
        if self._force_exclude and self._is_excluded_above(location, is_directory=stat.S_ISDIR(mode)):
            return
        if stat.S_ISDIR(mode):
            above = ignore_files_above(location, self._root)
            excluded = self._excluded
            if self._is_excluded_above(location, is_directory=True):  # named on purpose: its patterns start anew
                excluded = IgnoreFile(location, excluded.patterns)
            self._below(location, shown, [] if _ignored_above(location, above) else above, excluded)
        else:
            self.found[location] = os.path.islink(location)

    def _below(self, directory: str, shown: str, stack: list[IgnoreFile], excluded: IgnoreFile) -> None:
        waiting = [(directory, stack)]
        while waiting:
            here, above = waiting.pop()
            if here in self._entered:
                continue
            self._entered.add(here)
            entries = self._entries(here, directory, shown)
            own = ignore_file(here) if any(entry.name == IGNORE for entry in entries) else None
            rules = [*above, own] if own is not None else above
            for entry in entries:
                is_directory = entry.is_dir(follow_symlinks=False)
                if not (is_directory or entry.name.endswith((SUFFIX, NOTEBOOK))):
                    continue
                if excluded.verdict(entry.path, is_directory=is_directory):
                    continue
                if rules and ignored(entry.path, rules, is_directory=is_directory):
                    continue
                if is_directory:
                    waiting.append((entry.path, rules))
                    continue
                is_file = entry.is_file()
                if is_file or not os.path.exists(entry.path):  # no pipes; dead links are reported
                    self.found[entry.path] = entry.is_symlink()
                    if is_file and entry.name == INIT:
                        self.packages[here] = True

    def _entries(self, directory: str, named: str, shown: str) -> list[os.DirEntry[str]]:
        """What lies in a directory at or below a ``named`` one; a problem is told in the way that one was ``shown``."""
        try:
            with os.scandir(directory) as entries:
                return list(entries)
        except OSError as error:
            place = os.path.normpath(os.path.join(shown, path_below(directory, named)))
            self.problems.append(f"{place.replace(os.sep, '/')}: {error.strerror or error}")
            return []

    def _is_excluded_above(self, location: str, *, is_directory: bool) -> bool:
        """Whether a path or a directory above it is excluded."""
        place, directory = location, is_directory
        while place not in (self._root, os.path.dirname(place)):
            if self._excluded.verdict(place, is_directory=directory):
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
