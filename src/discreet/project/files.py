"""Files as bytes, and the keys under which what follows from them is kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from hashlib import blake2b

from discreet.project.cache import key_of
from discreet.project.discovery import SourceFile


def bytes_of(location: str) -> bytes:
    """The content of a regular file.

    Raises:
        OSError: it can't be read, or is a pipe, a device or a directory, which a run must not wait for.
    """
    with open(location, "rb", opener=_open_without_waiting) as handle:
        if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
            raise OSError(0, "not a regular file")
        return handle.read()


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def keys_of(files: Sequence[SourceFile]) -> list[bytes]:
    """The key of each file's facts: what it contains, what it is called, and by which discreet it is read. A file
    that can't be opened has none (it is empty), and is read each time.
    """
    found = []
    for file in files:
        try:
            found.append(key_of_file(file, bytes_of(file.location)))
        except OSError:
            found.append(b"")
    return found


def key_of_file(file: SourceFile, data: bytes) -> bytes:
    """The key of a file's facts: what it contains, what it is called, and by which discreet it is read."""
    digest = blake2b(data, digest_size=16).digest()
    return key_of("file", file.path, file.module, str(file.is_package), file.below, digest)
