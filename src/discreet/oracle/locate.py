"""Where a module's source lies: the import system's search, with files and directories only.

Python's own finders execute packages on the way to their submodules, path hooks and ``.pth`` files; astroid's finders
use ``sys.path`` and load extension modules. This one looks at names in directories, and that is all it does.
"""

from __future__ import annotations

import os
from typing import NamedTuple

SOURCES = (".py", ".pyi")
"""A stub answers where the module itself is compiled."""


class Found(NamedTuple):
    """A module: the file of its source (empty for a namespace package) and where its submodules are searched."""

    path: str
    folders: tuple[str, ...]


class Locator:
    """Finds modules below some directories, in order."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self.roots = roots
        self._known: dict[str, Found | None] = {}

    def find(self, name: str) -> Found | None:
        """The module of a dotted name, or ``None`` where there is none with a source."""
        if name in self._known:
            return self._known[name]
        owner, _, last = name.rpartition(".")
        above = self.find(owner) if owner else Found("", self.roots)
        found = _search(last, above.folders) if above is not None and last.isidentifier() else None
        if found is not None and found.folders and found.path.endswith("__init__.py") and _extends(found.path):
            folders = tuple(os.path.join(root, *name.split(".")) for root in self.roots)
            found = Found(found.path, tuple(each for each in folders if os.path.isdir(each)))
        self._known[name] = found
        return found


def _search(name: str, folders: tuple[str, ...]) -> Found | None:
    portions = []
    for folder in folders:
        place = os.path.join(folder, name)
        for suffix in SOURCES:
            path = os.path.join(place, f"__init__{suffix}")
            if os.path.isfile(path):
                return Found(path, (place,))
        for suffix in SOURCES:
            if os.path.isfile(place + suffix):
                return Found(place + suffix, ())
        if os.path.isdir(place):
            portions.append(place)
    return Found("", tuple(portions)) if portions else None


def _extends(path: str) -> bool:
    """Whether a package says that parts of it lie elsewhere too (``pkgutil.extend_path``)."""
    try:
        with open(path, "rb") as stream:
            start = stream.read(4096)
    except OSError:
        return False
    return b"extend_path" in start or b"declare_namespace" in start
