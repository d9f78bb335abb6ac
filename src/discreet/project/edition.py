"""Which discreet this is, down to the last character of it.

Facts and findings depend on every line of the analysis and on every row of the catalogue. A version number says
so between releases only: whoever works on discreet, or patches it, changes what it finds without changing the
number. So what is kept in a cache, and what another machine computes, goes by a digest of the package's own files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

import discreet

_SUFFIXES = (".py", ".toml")


@lru_cache(maxsize=1)
def edition() -> bytes:
    """A digest of this discreet (program, catalogue, schema of the facts), of the Python that runs it and of what reads
    queries for it.

    Where the package does not lie in files (a zip), its version number has to do.
    """
    digest = blake2b(digest_size=16)
    for part in _parts():
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def python() -> str:
    """The Python that runs this, as precisely as results depend on it: patch releases parse alike."""
    return f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]}"


def _parts() -> Iterator[bytes]:
    yield discreet.__version__.encode()
    yield python().encode()
    yield _sqlglot()
    for package in sorted(discreet.__path__):
        for location in sorted(_sources(package)):
            yield os.path.relpath(location, package).replace(os.sep, "/").encode("utf-8", "surrogateescape")
            try:
                with open(location, "rb") as handle:
                    yield handle.read()
            except OSError:  # it was there a moment ago: an installation is going on
                yield b"unreadable"


def _sqlglot() -> bytes:
    """What sqlglot says of its version, without importing it: that takes longer than all else here."""
    from importlib.util import find_spec

    spec = find_spec("sqlglot")
    for directory in (spec.submodule_search_locations or ()) if spec is not None else ():
        try:
            with open(os.path.join(directory, "_version.py"), "rb") as handle:
                return handle.read()
        except OSError:
            continue
    return b""


def _sources(package: str) -> Iterator[str]:
    for directory, _, names in os.walk(package):
        for name in names:
            if name.endswith(_SUFFIXES):
                yield os.path.join(directory, name)
