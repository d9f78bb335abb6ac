"""Rows that a project adds to the catalogue: what its own libraries do with personal data, in the built-in form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from discreet.project.config import ConfigError, parsed

if TYPE_CHECKING:
    from discreet.catalogue.libraries import Tables


def read_rows(paths: Sequence[str]) -> Tables:
    """The rows of some files; what a later file says of a name counts, but all that is said of a sink does.

    Raises:
        ConfigError: a file can't be read, or a row in it can't be used.
    """
    from discreet.catalogue.libraries import Tables

    tables = Tables()
    for path in paths:
        tables.load(read_file(path))
    return tables


def read_file(path: str) -> dict[str, Any]:
    """What a file with rows says.

    Raises:
        ConfigError: it can't be read, or a row in it can't be used.
    """
    from discreet.catalogue.written import BadRow, check
    from discreet.rules.rule import SinkKind

    data = parsed(Path(path), _content(Path(path)))
    try:
        check(data, get_args(SinkKind))
    except BadRow as error:
        raise ConfigError(f"{path}: {error}") from None
    return data


def rows_digest(rows: Tables | None) -> bytes:
    """What findings depend on, of the rows that a project adds."""
    return b"" if rows is None else msgspec.msgpack.encode(rows)


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ConfigError(f"{path}: is no file, so no rows can be read from it")
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
