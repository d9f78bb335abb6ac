"""The files the catalogue consists of: what they say, and a digest of every character of it."""

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


@lru_cache(maxsize=1)
def contents() -> dict[str, bytes]:
    """Every TOML file below ``data``, by its name there, in alphabetical order: ``sinks/http.toml``."""
    try:
        found = dict(_below(os.path.join(HERE, "data"), "", ".toml"))
    except OSError:  # the package lies in a zip
        found = dict(_packed())
    return dict(sorted(found.items()))


def content(name: str) -> bytes:
    """The bytes of a file below ``data`` that is not TOML."""
    try:
        with open(os.path.join(HERE, "data", *name.split("/")), "rb") as handle:
            return handle.read()
    except OSError:  # the package lies in a zip
        from importlib import resources

        return resources.files("discreet.catalogue").joinpath("data").joinpath(name).read_bytes()


def read_data(name: str) -> dict[str, Any]:
    """What one file says."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    parsed: dict[str, Any] = tomllib.loads(contents()[name].decode("utf-8"))
    return parsed


def words_of_fields(table: Mapping[str, Any], fields: Iterable[str]) -> Iterator[frozenset[str]]:
    """The words that a table holds under some names, as they stand in the file: apart by white space."""
    return (frozenset(table[field].split()) for field in fields)


def files_in(folder: str) -> list[str]:
    """The names of the files in a folder, in alphabetical order."""
    return [name for name in contents() if name.rpartition("/")[0] == folder]


@lru_cache(maxsize=1)
def digest() -> bytes:
    """A digest of the files and of the program that makes something of them; ``b""`` where it can't be had.

    It has to tell what somebody edited, and nothing from an attacker: whoever can write here can write the program.
    So two checksums do, without the library for real digests, which takes longer to load than all of this to read.
    """
    try:
        programs = sorted(_below(HERE, "", ".py"))
    except OSError:
        return b""
    cyclic, simple = 0, 1
    for name, data in (*programs, *contents().items()):
        for piece in (b"%d:%d:%s" % (len(name), len(data), name.encode()), data):
            cyclic, simple = zlib.crc32(piece, cyclic), zlib.adler32(piece, simple)
    return (cyclic << 32 | simple).to_bytes(DIGEST, "big")


def _below(directory: str, before: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    for entry in os.scandir(directory):
        if entry.name.endswith(suffix):
            with open(entry.path, "rb", buffering=0) as handle:
                yield before + entry.name, handle.read()
        elif suffix == ".toml" and entry.is_dir():
            yield from _below(entry.path, f"{before}{entry.name}/", suffix)


def _packed() -> Iterator[tuple[str, bytes]]:
    from importlib import resources

    top = resources.files("discreet.catalogue").joinpath("data")
    for entry in top.iterdir():
        if entry.is_dir():
            yield from ((f"{entry.name}/{each.name}", each.read_bytes()) for each in entry.iterdir())
        elif entry.name.endswith(".toml"):
            yield entry.name, entry.read_bytes()
