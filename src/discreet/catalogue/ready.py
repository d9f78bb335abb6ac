"""The catalogue made ready: what is made of the files, kept beside them, so that nobody has to parse and convert them.

To parse the files takes several times as long as a run may spend on the catalogue, to decode what was made of them a
fraction of it. So it lies in ``data/ready``, written when a wheel is built, or, in a checkout, by the first run after
a change, as Python does with byte code. A digest over every character of the files, and of the program that reads
them, tells whether it is of these very files: there is no such thing as a stale one. It is MessagePack, read with the
types it was written with, and can make nothing happen.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec

from discreet.catalogue import data

T = TypeVar("T")

PLACE = os.path.join(data.HERE, "data", "ready")


def ready(name: str, kind: type[T], make: Callable[[], T]) -> T:
    """What ``make`` gives, from where it is kept; else it is made, and kept if that is possible.

    Args:
        name: what it is called among the things made of the catalogue.
        kind: its type, down to the leaves: what is kept is decoded to it.
        make: makes it of the files, and of nothing else.
    """
    path = os.path.join(PLACE, f"{name}.msgpack")
    body = _kept(path)
    if body is not None:
        try:
            return msgspec.msgpack.decode(body, type=kind)
        except msgspec.DecodeError:  # damaged, or made by another msgspec
            pass
    made = make()
    _keep(path, made)
    return made


def _keep(path: str, made: object) -> None:
    """Write down what was made, whole or not at all. Where nobody may write, every run makes it anew."""
    digest = data.digest()
    if not digest:
        return
    body = msgspec.msgpack.encode(made)
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as handle:
            handle.write(digest + zlib.crc32(body).to_bytes(4, "big") + body)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)


def _kept(path: str) -> memoryview | None:
    try:
        with open(path, "rb", buffering=0) as handle:
            row = memoryview(handle.read())
    except OSError:
        return None
    digest, checksum, body = row[: data.DIGEST], row[data.DIGEST : data.DIGEST + 4], row[data.DIGEST + 4 :]
    current = bool(data.digest()) and digest == data.digest()
    return body if current and zlib.crc32(body).to_bytes(4, "big") == checksum else None
