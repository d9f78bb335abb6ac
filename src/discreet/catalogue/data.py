"""The files the catalogue consists of, parsed once; or none is read, if somebody hands in what they say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

Data = dict[str, dict[str, Any]]
"""What each TOML file below ``data`` says, by its name there."""

FOLDERS = ("", "names/", "sinks/")

_parsed: Data = {}
_listed: list[str] = []


def read_data(name: str) -> dict[str, Any]:
    """What one file says."""
    if name not in _parsed:
        _parsed[name] = _read(name)
    return _parsed[name]


def files_in(folder: str) -> list[str]:
    """The names of the files in a folder, in alphabetical order."""
    if not _listed:
        _listed.extend(_on_disk())
    return sorted(name for name in _listed if name.rpartition("/")[0] == folder.rstrip("/"))


def everything() -> Data:
    """What all files say."""
    return {name: read_data(name) for folder in FOLDERS for name in files_in(folder)}


def know(data: Data) -> None:
    """Take this for what all files say."""
    _parsed.update(data)
    _listed[:] = data


def _read(name: str) -> dict[str, Any]:
    from importlib import resources

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    source = resources.files("discreet.catalogue").joinpath("data").joinpath(name)
    parsed: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    return parsed


def _on_disk() -> Iterator[str]:
    from importlib import resources

    for folder in FOLDERS:
        place = resources.files("discreet.catalogue").joinpath("data").joinpath(folder)
        yield from (f"{folder}{entry.name}" for entry in place.iterdir() if entry.name.endswith(".toml"))
