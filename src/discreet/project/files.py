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
    return content_of(location)[0]


def content_of(location: str) -> tuple[bytes, os.stat_result]:
    """The content of a regular file, and what the system said of it before it was read.

    Raises:
        OSError: as for :func:`bytes_of`.
    """
    with open(location, "rb", opener=_open_without_waiting) as handle:
        status = os.fstat(handle.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not a regular file")
        return handle.read(), status


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def digest_of(data: bytes) -> bytes:
    """What tells a content from any other."""
    return blake2b(data, digest_size=16).digest()


def names_of(file: SourceFile) -> str:
    """What a file is called: facts depend on it beside the content."""
    return f"{file.path}\0{file.module}\0{file.is_package}\0{file.below}"


def keys_of(files: Sequence[SourceFile], digests: Sequence[bytes]) -> list[bytes]:
    """The key of each file's facts: what it contains, what it is called, and by which discreet it is read. A file
    that can't be opened has neither digest nor key (they are empty), and is read each time.
    """
    pairs = zip(files, digests, strict=True)
    return [key_of("file", names_of(file), digest) if digest else b"" for file, digest in pairs]


def key_of_file(file: SourceFile, data: bytes) -> bytes:
    """The key of a file's facts, told from its content."""
    return keys_of([file], [digest_of(data)])[0]
