"""Which files are libraries' that a program carries along, as far as their paths tell.

What is found in ``_vendor``, or in a ``lib`` where ``six`` lies beside ``certifi``, is true or false of somebody else's
code, and nobody mends it here. It is followed all the same: what the program hands to such a library gets out there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from discreet.catalogue.data import words_of_fields
from discreet.catalogue.ready import kept_data

_SEVERAL: Final = 3
"""So many libraries lie side by side where nobody has a module of such a name by chance."""


class _Vendored(NamedTuple):
    folders: frozenset[str]
    shelves: frozenset[str]
    libraries: frozenset[str]


@lru_cache(maxsize=1)
def _vendored() -> _Vendored:
    return _Vendored(*words_of_fields(kept_data("vendored.toml"), _Vendored._fields))


def vendored_folders(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders in which others' libraries lie, the outermost of those inside one another, in alphabetical order.

    Args:
        paths: all files of a program, with ``/``. A folder that holds all of them was named by somebody who means it.
    """
    known, every = _vendored(), list(paths)
    named: dict[str, None] = {}
    shelved: dict[str, dict[str, None]] = {}
    for path in every:
        steps = path.split("/")
        for at, step in enumerate(steps):
            if step in known.folders and at < len(steps) - 1:
                named["/".join(steps[: at + 1])] = None
            elif step.removesuffix(".py") in known.libraries:
                shelved.setdefault("/".join(steps[:at]), {})["/".join(steps[: at + 1])] = None
    for shelf, libraries in shelved.items():
        if len(libraries) >= _SEVERAL:
            whole = shelf.rpartition("/")[2] in known.shelves
            named.update({shelf: None} if whole else libraries)
    found = [each for each in sorted(named) if not all(path.startswith(f"{each}/") for path in every)]
    return tuple(each for each in found if not any(each.startswith(f"{other}/") for other in found))


def vendored_folder_of(path: str, folders: tuple[str, ...]) -> str:
    """The folder of libraries that a file lies in, or ``""``."""
    return next((each for each in folders if path == each or path.startswith(f"{each}/")), "")
