"""Paths as findings write them: with ``/``, and in characters that can be kept and shown."""

from __future__ import annotations

import os


def path_below(location: str, root: str) -> str:
    """A location relative to the root; absolute where there is no such way."""
    start = f"{root}{os.sep}"
    if location.startswith(start) and f"{os.sep}." not in location[len(start) - 1 :]:
        return as_text(location[len(start) :].replace(os.sep, "/"))  # relpath takes its time
    try:
        relative = os.path.relpath(location, root)
    except ValueError:  # another drive
        relative = location
    return as_text(relative.replace(os.sep, "/"))


def as_text(name: str) -> str:
    """A name that no encoding can write (a lone surrogate, of a byte that is no UTF-8) as one that can be kept."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")
