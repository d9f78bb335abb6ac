"""The files the catalogue consists of: what they say, and a digest of every character of some of them."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

HERE = os.path.dirname(__file__)
DIGEST = 8
"""How many bytes a digest has."""
MAKERS = ("categories", "data", "libraries", "ready", "rows", "settings", "vocabulary", "words")
"""The modules that make something of the files, and those that they need for it."""


@lru_cache(maxsize=1)
def files() -> tuple[str, ...]:
    """Every TOML file below ``data``, by its name there, in alphabetical order: ``sinks/http.toml``."""
    try:
        return tuple(sorted(_below(os.path.join(HERE, "data"), "")))
    except OSError:  # the package lies in a zip
        return tuple(sorted(_packed()))


def content(name: str) -> bytes:
    """The bytes of a file below ``data``."""
    try:
        return _read(os.path.join(HERE, "data", *name.split("/")))
    except OSError:  # the package lies in a zip
        from importlib import resources

        return resources.files("discreet.catalogue").joinpath("data").joinpath(name).read_bytes()


def read_data(name: str) -> dict[str, Any]:
    """What one file says."""
    return parsed(content(name))


def parsed(text: bytes) -> dict[str, Any]:
    """What a file of that text says."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    found: dict[str, Any] = tomllib.loads(text.decode("utf-8"))
    return found


def words_of_fields(table: Mapping[str, Any], fields: Iterable[str]) -> Iterator[frozenset[str]]:
    """The words that a table holds under some names, as they stand in the file: apart by white space."""
    return (frozenset(table[field].split()) for field in fields)


def files_in(folder: str) -> list[str]:
    """The names of the files in a folder, in alphabetical order."""
    return [name for name in files() if name.rpartition("/")[0] == folder]


def digest(texts: Mapping[str, bytes]) -> bytes:
    """A digest of some files, by name, and of the program that makes something of them; ``b""`` where it can't be had.

    It has to tell what somebody edited, and nothing from an attacker: whoever can write here can write the program.
    So two checksums do, without the library for real digests, which takes longer to load than all of this to read.
    """
    programs = _of_programs()
    if programs is None:
        return b""
    cyclic, simple = _summed(texts.items(), *programs)
    return (cyclic << 32 | simple).to_bytes(DIGEST, "big")


@lru_cache(maxsize=1)
def _of_programs() -> tuple[int, int] | None:
    try:
        programs = {name: _read(os.path.join(HERE, f"{name}.py")) for name in MAKERS}
    except OSError:
        return None
    return _summed(programs.items(), 0, 1)


def _summed(texts: Iterable[tuple[str, bytes]], cyclic: int, simple: int) -> tuple[int, int]:
    for name, text in texts:
        for piece in (b"%d:%d:%s" % (len(name), len(text), name.encode()), text):
            cyclic, simple = zlib.crc32(piece, cyclic), zlib.adler32(piece, simple)
    return cyclic, simple


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as handle:
        return handle.read()


def _below(directory: str, before: str) -> Iterator[str]:
    for entry in os.scandir(directory):
        if entry.name.endswith(".toml"):
            yield before + entry.name
        elif entry.is_dir():
            yield from _below(entry.path, f"{before}{entry.name}/")


def _packed() -> Iterator[str]:
    from importlib import resources

    for entry in resources.files("discreet.catalogue").joinpath("data").iterdir():
        names = [f"{entry.name}/{each.name}" for each in entry.iterdir()] if entry.is_dir() else [entry.name]
        yield from (name for name in names if name.endswith(".toml"))
