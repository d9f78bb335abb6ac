"""The catalogue made ready: what is made of the files, kept beside them, so that nobody has to parse and convert them.

To parse the files takes several times as long as a run may spend on the catalogue, to decode what was made of them a
fraction of it. So it lies in ``data/ready``, written when a wheel is built, or, in a checkout, by the first run after
a change, as Python does with byte code. A digest over every character of the files that a thing is made of, and of
the program that makes it, tells whether it is of these very files: there is no such thing as a stale one. Other files
are not even read, so nobody pays for a language that nobody speaks. What is kept is MessagePack, read with the types
it was written with, and can make nothing happen.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

from discreet.catalogue import data

T = TypeVar("T")

PLACE = os.path.join(data.HERE, "data", "ready")


def ready(name: str, kind: type[T], files: Iterable[str], make: Callable[[list[dict[str, Any]]], T]) -> T:
    """What ``make`` makes of some files, from where it is kept; else it is made, and kept if that is possible.

    Args:
        name: what it is called among the things made of the catalogue.
        kind: its type, down to the leaves: what is kept is decoded to it.
        files: the names of the files that it is made of.
        make: makes it of what they say, and of nothing else.
    """
    texts = {each: data.content(each) for each in files}
    digest = data.digest(texts)
    path = os.path.join(PLACE, f"{name}.msgpack")
    body = _kept(path, digest)
    if body is not None:
        try:
            return msgspec.msgpack.decode(body, type=kind)
        except msgspec.DecodeError:  # damaged, or made by another msgspec
            pass
    made = make([data.parsed(text) for text in texts.values()])
    _keep(path, digest, made)
    return made


def kept_data(name: str) -> dict[str, Any]:
    """What one file says, for whoever makes something of it that can't be kept, such as patterns."""
    return ready(f"said-{name.removesuffix('.toml')}", dict[str, Any], [name], lambda said: said[0])


def _keep(path: str, digest: bytes, made: object) -> None:
    """Write down what was made, whole or not at all. Where nobody may write, every run makes it anew."""
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


def _kept(path: str, digest: bytes) -> memoryview | None:
    try:
        with open(path, "rb", buffering=0) as handle:
            row = memoryview(handle.read())
    except OSError:
        return None
    checksum, body = row[data.DIGEST : data.DIGEST + 4], row[data.DIGEST + 4 :]
    current = bool(digest) and digest == row[: data.DIGEST]
    return body if current and zlib.crc32(body).to_bytes(4, "big") == checksum else None
