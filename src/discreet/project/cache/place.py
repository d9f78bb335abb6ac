"""The directory that the cache lies in, and what must be true of it before anything is written there.

A checkout may come from somebody who wishes us ill, and its ``.discreet_cache`` with it: a symbolic link out of
the project, a pipe, somebody else's database. Nothing is written through a link, nothing is waited for, and
nothing is replaced that is not known to be ours.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

TAG, IGNORE, DATABASE = "CACHEDIR.TAG", ".gitignore", "cache.db"
TABLES = ("facts", "solved", "runs", "oracle")
JOURNAL = "-journal"
SIDECARS = ("-wal", "-shm", JOURNAL)
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
DAMAGED = DATABASE + ".damaged"
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55\n"
_TAG_TEXT = _SIGNATURE + (
    b"# This file is a cache directory tag (https://bford.info/cachedir/) created by discreet.\n"
    b"# The directory can be removed at any time; 'discreet clean' does it.\n"
)
_IGNORE_TEXT = b"# created by discreet\n*\n"


class Unusable(Exception):
    """The directory or the file in it can't be used. The message says why, in half a line."""


def prepare(directory: Path) -> None:
    """Make the directory if there is none, and make sure that the one there is ours.

    Raises:
        Unusable: it is something else, or belongs to somebody else.
        OSError: it can't be made or looked at.
    """
    try:
        os.mkdir(directory)
    except FileExistsError:
        if not stat.S_ISDIR(os.lstat(directory).st_mode):
            raise Unusable(f"it is a {kind_of(directory)}, not a directory") from None
        if is_ours(directory):
            return
        others = [name for name in os.listdir(directory) if not name.startswith((IGNORE, TAG + "."))]
        if is_ours(directory):  # by now: another run is just making it
            return
        if others:
            raise Unusable(f"it has no {TAG} of discreet's, so it is left alone") from None
    _put(directory / IGNORE, _IGNORE_TEXT)
    _put(directory / TAG, _TAG_TEXT)  # last: where it stands, all stands


def is_ours(directory: Path) -> bool:
    """Whether a directory, which is no symbolic link, bears our tag."""
    try:
        if not stat.S_ISDIR(os.lstat(directory).st_mode):
            return False
        text = read_start(directory / TAG, 1000)
    except (OSError, Unusable):
        return False
    return text.startswith(_SIGNATURE) and b"discreet" in text


def read_start(path: Path, size: int) -> bytes:
    """The first bytes of a regular file.

    Raises:
        Unusable: it is no regular file.
        OSError: it can't be read, or there is none.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise Unusable(f"{path.name} is a {kind_of(path)}")
    with open(path, "rb", opener=_open_without_waiting) as handle:
        return handle.read(size)


def kind_of(path: Path) -> str:
    """What something is, in words."""
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        return "symbolic link"
    if stat.S_ISDIR(mode):
        return "directory"
    return "file" if stat.S_ISREG(mode) else "pipe, socket or device"


def check_journal(directory: Path) -> None:
    """Refuse a journal that SQLite must not see.

    A journal may end with the name of a *super-journal*, and SQLite removes the file of that name when it has
    rolled back: a planted one removes whatever its author cares to name. Ours have none, we never attach anything.

    Raises:
        Unusable: it is no regular file, or names another.
        OSError: it can't be read.
    """
    path = directory / (DATABASE + JOURNAL)
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise Unusable(f"{path.name} is a {kind_of(path)}")
    try:
        with open(path, "rb", opener=_open_without_waiting) as handle:
            handle.seek(max(0, os.fstat(handle.fileno()).st_size - len(_JOURNAL_MAGIC)))
            end = handle.read()
    except FileNotFoundError:  # the run that was writing is done
        return
    if end == _JOURNAL_MAGIC:
        raise Unusable(f"{path.name} names another file for SQLite to remove: it is no journal of discreet's")


def remove(directory: Path) -> bool:
    """Remove the cache; whether there was one that is ours, and it is gone.

    Only names of ours go, and the directory only if nothing else lies in it. Links are unlinked, never followed.
    """
    if not is_ours(directory):
        return False
    try:
        names = [name for name in os.listdir(directory) if name.startswith((DATABASE, IGNORE, TAG + "."))]
        for name in (*names, TAG):  # the tag last: what is interrupted can be removed later
            unlink(directory / name)
        os.rmdir(directory)
    except OSError:
        return not os.path.lexists(directory)
    return True


def unlink(path: Path) -> None:
    """Remove a name, if it is there; a link, not what it leads to."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _put(path: Path, text: bytes) -> None:
    """Write a file whole or not at all, whatever lies there: two runs may do so at once, or one be killed over it."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(descriptor, "wb") as handle:
            handle.write(text)
        os.replace(fresh, path)
    except OSError:
        unlink(fresh)
        raise


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
