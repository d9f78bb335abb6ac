"""Writing: a file is the old one or the new one at every moment, and never one that somebody else has changed."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from discreet.fixes.refusal import Refused


def write(location: str, root: str, old: bytes, new: bytes) -> None:
    """Put a new content in the place of an old one, mode and owner kept.

    A link is followed, and stays a link, if what it leads to lies below the root.

    Args:
        location: Where the file is.
        root: Where the project begins.
        old: What the file contained when the fix was made.
        new: What it is to contain.

    Raises:
        Refused: the file has changed meanwhile, may not be written, or lies elsewhere.
        OSError: the system does not let it be written.
    """
    target = os.path.realpath(location)
    if not _is_below(target, os.path.realpath(root)):
        raise Refused("the file is a link that leads out of the project")
    status = os.stat(target)
    if not stat.S_ISREG(status.st_mode):
        raise Refused("it is not a regular file")
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise Refused("the file is read-only")
    if status.st_nlink > 1:
        raise Refused("the file has several names on the disk, and only one of them would be mended")
    handle, beside = tempfile.mkstemp(prefix=".discreet-", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        _like(status, beside)
        if _content(target) != old:
            raise Refused("the file has changed meanwhile")
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _like(status: os.stat_result, path: str) -> None:
    """Give a file the owner and the mode of another, as far as one may."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _is_below(path: str, root: str) -> bool:
    try:
        return os.path.commonpath((path, root)) == root
    except ValueError:  # another drive
        return False
