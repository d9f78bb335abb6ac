"""``.gitignore`` as git reads it: one file a directory, the deepest that has an opinion decides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pathspec


class IgnoreFile(NamedTuple):
    """The patterns of one file, and the directory they are relative to."""

    base: str
    spec: pathspec.GitIgnoreSpec

    def verdict(self, path: str, *, is_directory: bool) -> bool | None:
        """Whether the file ignores ``path`` (true), takes it back with ``!`` (false), or says nothing (none)."""
        relative = os.path.relpath(path, self.base) if self.base != os.path.dirname(path) else os.path.basename(path)
        relative = relative.replace(os.sep, "/")
        return self.spec.check_file(relative + "/" if is_directory else relative).include


def ignored(path: str, stack: Sequence[IgnoreFile], *, is_directory: bool) -> bool:
    """Whether ``path`` is ignored by a stack of ignore files, the outermost first."""
    for file in reversed(stack):
        verdict = file.verdict(path, is_directory=is_directory)
        if verdict is not None:
            return verdict
    return False


def ignore_file(directory: str, name: str = ".gitignore") -> IgnoreFile | None:
    """The ignore file of one directory; ``None`` where there is none or it can't be read."""
    try:
        with open(os.path.join(directory, name), encoding="utf-8", errors="surrogateescape") as handle:
            lines = handle.read().splitlines()
    except OSError:
        return None
    return IgnoreFile(directory, tolerant_spec(lines))


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


def tolerant_spec(lines: Iterable[str]) -> pathspec.GitIgnoreSpec:
    """The patterns of an ignore file, passing over lines that are no pattern, as git does."""
    kept = list(lines)
    try:
        return pathspec.GitIgnoreSpec.from_lines(kept)
    except ValueError:
        return pathspec.GitIgnoreSpec.from_lines([line for line in kept if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    try:
        pathspec.GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
