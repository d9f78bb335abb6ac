"""The lines of analysed files, for excerpts in a report."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from discreet.project.files import bytes_of
from discreet.project.silencing import text_of


class FileLines:
    """Gives the lines of a file by its shown path. Findings come file by file, so the last one is kept."""

    def __init__(self, given: Mapping[str, bytes], base: Path | None = None) -> None:
        """``given`` holds what does not come from the disk, by the path it is shown under; ``base`` is what those paths
        are relative to, if not the current directory.
        """
        self._given = given
        self._base = base if base is not None else Path.cwd()
        self._last: tuple[str, Sequence[str]] = ("", ())

    def __call__(self, path: str) -> Sequence[str]:
        """The lines without their ends, as Python counts lines; none if the file can't be read."""
        if self._last[0] != path:
            self._last = (path, self._read(path))
        return self._last[1]

    def _read(self, path: str) -> Sequence[str]:
        try:
            data = self._given[path] if path in self._given else bytes_of(str(self._base / path))
        except OSError:
            return ()
        return io.StringIO(text_of(path, data), newline=None).read().split("\n")
