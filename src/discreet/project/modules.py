"""What a file is called when it is imported, told from where it lies and without importing anything.

There is no sure answer: it depends on ``sys.path``. What is taken is what most projects mean:

- a regular package starts at its topmost ``__init__.py``, and its parent is on the path;
- a directory called ``src`` without an ``__init__.py`` is on the path, and what lies between it and the file
  is a namespace package;
- a directory without an ``__init__.py`` inside a regular package is a package of it;
- a file outside any package belongs to a namespace that starts at the nearest directory that looks like the
  top of a project (``pyproject.toml``, ``setup.py``, ``setup.cfg``, ``manage.py``), or at the root.
"""

from __future__ import annotations

import os
from typing import NamedTuple

PROJECT_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", "manage.py")


PACKAGE = "__init__"
INIT = f"{PACKAGE}.py"


class ModuleName(NamedTuple):
    """A dotted name, and whether the file is a package's ``__init__.py``."""

    dotted: str
    is_package: bool


def module_name(path: str, root: str) -> ModuleName:
    """The dotted name of the file at ``path``, looking no further up than ``root``."""
    path, root = os.path.abspath(path), os.path.abspath(root)
    directory, file = os.path.split(path)
    parts = Packages(root, {}).name(directory)
    stem = os.path.splitext(file)[0]
    is_package = stem == PACKAGE
    return ModuleName(".".join(parts if is_package else [*parts, stem]) or PACKAGE, is_package)


class Packages:
    """What directories are called as packages, for those who ask about many.

    Args:
        root: Where the project begins; absolute, like all directories.
        regular: Which directories are regular packages, as far as that is known: it is looked up, and filled.
    """

    def __init__(self, root: str, regular: dict[str, bool]) -> None:
        self._root = root
        self._regular = regular
        self._known: dict[str, list[str]] = {}

    def name(self, directory: str) -> list[str]:
        """The parts of a directory's dotted name."""
        chain: list[str] = []
        place = directory
        while place not in self._known and self._is_regular(place):
            chain.append(place)
            place = os.path.dirname(place)
            if place == chain[-1]:  # the root of the disk
                break
        parts = self._known.get(place) if not chain or self._is_regular(place) else None
        if parts is None:
            parts = self._inside(place) if not chain else None
        if parts is None:
            parts = _namespace(place, self._root, regular=bool(chain))
        for each in reversed(chain):
            parts = self._known[each] = [*parts, os.path.basename(each)]
        return parts

    def _inside(self, directory: str) -> list[str] | None:
        """The parts of a name of a directory without an ``__init__.py`` that lies in a regular package, called as its
        siblings are that have one; ``None`` where none lies around it.
        """
        above = _upwards(directory, self._root)
        around = next((size for size, place in enumerate(above) if size and self._is_regular(place)), 0)
        names = [os.path.basename(place) for place in reversed(above[:around])]
        return [*self.name(above[around]), *names] if names and all(map(str.isidentifier, names)) else None

    def _is_regular(self, directory: str) -> bool:
        if directory not in self._regular:
            self._regular[directory] = os.path.isfile(os.path.join(directory, INIT))
        return self._regular[directory]


def _namespace(directory: str, root: str, *, regular: bool) -> list[str]:
    """The namespace packages above ``directory``, which is no regular package itself."""
    above = _upwards(directory, root)
    top = next((place for place in above if os.path.basename(place) == "src" and place != root), None)
    if top is None:
        if regular:
            return []
        top = next((place for place in above if _is_top(place)), root)
    between = os.path.relpath(directory, top)
    names = [] if between == os.curdir else between.split(os.sep)
    return names if all(name.isidentifier() for name in names) else []


def _upwards(directory: str, root: str) -> list[str]:
    """``directory`` and those above it up to ``root``; only ``directory`` when it lies elsewhere."""
    above = [directory]
    while above[-1] != root:
        parent = os.path.dirname(above[-1])
        if parent == above[-1]:
            return [directory]
        above.append(parent)
    return above


def _is_top(directory: str) -> bool:
    return any(os.path.exists(os.path.join(directory, marker)) for marker in PROJECT_MARKERS)
