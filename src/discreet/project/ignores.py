"""``.gitignore`` as git reads it: one file a directory, the deepest that has an opinion decides."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE = ".gitignore"
_WORD = r"[A-Za-z0-9_.+@~,=-]+"
_NAME = re.compile(rf"{_WORD}/?")
_GLOB = re.compile(r"[^\s\\/!#][^\s\\/]*/?")
_BELOW = re.compile(rf"/?({_WORD})/[^\s\\]+|/({_WORD})/?")


class Patterns:
    """The lines of one ignore file, sorted by what they have to be asked about.

    Most are mere names; others are patterns of a name, wherever it stands; or they speak of one directory beside the
    file. Few are left that every path has to be held against: all of them only where a line takes something back,
    since their order counts then.

    A path is asked about when the directories above it have been, so that they are not looked at again.

    Attributes:
        is_of_names: nothing is said of any path.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        kept = list(lines)
        self._names: set[str] = set()
        globs: list[str] = []
        below: dict[str, list[str]] = {}
        anywhere: list[str] = []
        in_order = any(line.startswith("!") for line in kept)
        for line in kept:
            if in_order:
                anywhere.append(line)
            elif _NAME.fullmatch(line):
                self._names.add(line)
            elif _GLOB.fullmatch(line):
                globs.append(line)
            elif lies := _BELOW.fullmatch(line):
                below.setdefault(lies[1] or lies[2], []).append(line)
            else:
                anywhere.append(line)
        self._globs, self._anywhere = _spec(globs), _spec(anywhere)
        self._below = {directory: _spec(lines) for directory, lines in below.items()}
        self._known: dict[str, bool | None] = {}
        self.is_of_names = not self._below and self._anywhere is None

    def of_name(self, name: str) -> bool | None:
        """What is said of everything called ``name``, which ends with a slash if it is a directory's."""
        if name not in self._known:
            self._known[name] = name in self._names or name.rstrip("/") in self._names or _asked(self._globs, name)
        return self._known[name]

    def of_path(self, path: str) -> bool | None:
        """What is said of a path, which is relative to the file and ends with a slash if it is a directory's."""
        return _asked(self._below.get(path.partition("/")[0]), path) or _asked(self._anywhere, path)


def _asked(spec: GitIgnoreSpec | None, path: str) -> bool | None:
    return spec.check_file(path).include if spec is not None else None


class IgnoreFile(NamedTuple):
    """The patterns of one file, and the directory they are relative to."""

    base: str
    patterns: Patterns

    def verdict(self, path: str, *, is_directory: bool) -> bool | None:
        """Whether the file ignores ``path`` (true), takes it back with ``!`` (false), or says nothing (none)."""
        end = "/" if is_directory else ""
        verdict = self.patterns.of_name(path.rpartition(os.sep)[2] + end)
        if verdict or self.patterns.is_of_names:
            return verdict
        start = self.base.rstrip(os.sep) + os.sep
        relative = path[len(start) :] if path.startswith(start) else os.path.relpath(path, self.base)
        return self.patterns.of_path(relative.replace(os.sep, "/") + end)


def ignored(path: str, stack: Sequence[IgnoreFile], *, is_directory: bool) -> bool:
    """Whether ``path`` is ignored by a stack of ignore files, the outermost first."""
    for file in reversed(stack):
        verdict = file.verdict(path, is_directory=is_directory)
        if verdict is not None:
            return verdict
    return False


def ignore_file(directory: str, name: str = IGNORE) -> IgnoreFile | None:
    """The ignore file of one directory; ``None`` where there is none or it can't be read."""
    try:
        with open(os.path.join(directory, name), encoding="utf-8", errors="surrogateescape") as handle:
            lines = handle.read().splitlines()
    except OSError:
        return None
    return IgnoreFile(directory, Patterns(lines))


def ignore_files_above(directory: str, root: str) -> list[IgnoreFile]:
    """The ignore files that speak for ``directory`` from outside it: those above it, up to its repository's top.

    Without a repository the search ends at ``root``. A repository's own ``.git/info/exclude`` is read too.
    """
    above: list[str] = []
    here = directory
    while not os.path.exists(os.path.join(here, ".git")) and here != root and os.path.dirname(here) != here:
        here = os.path.dirname(here)
        above.append(here)
    found = [ignore_file(place) for place in reversed(above)]
    top = here
    excluded = ignore_file(top, os.path.join(".git", "info", "exclude"))
    return [file for file in (excluded, *found) if file is not None]


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    """What pathspec makes of some lines, passing over those that are no pattern, as git does."""
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
