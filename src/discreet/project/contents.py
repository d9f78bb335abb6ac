"""What files contain, as digests, without opening those that nobody has touched since they were last read.

A file counts as untouched if its inode, its size and the times at which its content and its inode were last changed are
what they were: the second of these times is the system's own, and nobody can set it back. Clocks tick, though, and a
file that is changed twice within a tick has the same times for two contents. So, as git does it, what was changed
shortly before it was read is not believed the next time: it is read once more.

Where the system keeps no such time (Windows), every file is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import msgspec

from discreet.project.cache import Cache, key_of, understood
from discreet.project.discovery import SourceFile
from discreet.project.files import content_of, digest_of

SETTLED = 2_000_000_000
"""After so many nanoseconds, the next change has another time for sure: the slowest clock of a file system in use
ticks every two seconds.
"""

Touched = tuple[int, int, int, int]
"""When the content was changed, when the inode was, the size, and the inode's number."""


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the cache keeps of a file: how it was found, and the digest of what was read."""

    touched: Touched
    digest: bytes


def digests_of(files: Sequence[SourceFile], paths: Sequence[str], cache: Cache | None) -> list[bytes]:
    """The digest of each file; an empty one for a file that can't be read.

    Args:
        files: which files.
        paths: what was named, and stands for them all.
        cache: where it is known how they were found the last time.
    """
    if cache is None or os.name != "posix":
        return [_read(file).digest for file in files]
    name = key_of("contents", *paths)
    before = understood(cache.get("runs", [name]).get(name), _decoder) or {}
    settled = min(time.time_ns(), cache.now()) - SETTLED
    found: list[bytes] = []
    now: dict[str, Known] = {}
    for file in files:
        known = before.get(file.path)
        if known is None or known.touched != _touched_now(file):
            known = _read(file)
            if not known.digest or max(known.touched[:2]) > settled:
                found.append(known.digest)
                continue
        found.append(known.digest)
        now[file.path] = known
    if now != before:
        cache.put("runs", {name: _encoder.encode(now)})
    return found


def _touched_now(file: SourceFile) -> Touched | None:
    try:
        return _touched(os.stat(file.location))
    except OSError:
        return None


def _touched(status: os.stat_result) -> Touched:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _read(file: SourceFile) -> Known:
    try:
        data, status = content_of(file.location)
    except OSError:
        return Known((0, 0, 0, 0), b"")
    return Known(_touched(status), digest_of(data))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(dict[str, Known])
