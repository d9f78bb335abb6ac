"""``[tool.discreet]``: what a project says about its own analysis.

One file speaks for a run: the nearest ``pyproject.toml`` with a ``[tool.discreet]`` table, upwards from what
is checked. A key that is not known or a value that is not taken ends the run before it starts, in one line
that names the file, the key and what it takes: a misspelt ``ignroe`` must not quietly ignore nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from discreet.catalogue.laws import Regime
    from discreet.catalogue.libraries import Tables
    from discreet.rules.finding import Confidence

DEFAULT_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".discreet_cache",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "buck-out",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)
"""Directories that hold no code of one's own: ruff's list, and the byte code."""

DEFAULT_MIN_CONFIDENCE: Confidence = "medium"
TABLE = "[tool.discreet]"
_PLACES = {"cache_dir", "python"}
"""Keys whose values are paths below the root."""


class ConfigError(Exception):
    """The configuration can't be used. The message is one line: file, key, and the values it takes."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one run, as files and options together have them.

    ``root`` is what paths and patterns are relative to. ``select`` of ``None`` means the rules that are on by
    default. Selectors are rule codes, prefixes of them, or ``ALL``; patterns are those of ``.gitignore``. ``regime``
    holds the laws by which findings are limited and ranked.
    ``python`` is the environment of the analysed project, ``cache_dir`` where the cache lies if not below ``root``;
    both are paths below ``root`` in a file, and below the current directory on the command line. ``catalogue`` are
    files with rows, and ``rows`` what they say. ``redactor`` is the function (``module:name``) that makes personal data
    fit to be shown, ``redactors`` those for single categories.
    """

    root: Path
    file: Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    min_confidence: Confidence = DEFAULT_MIN_CONFIDENCE
    regime: tuple[Regime, ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    include_tests: bool = False
    include_libraries: bool = False
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strict: bool = False
    jobs: int | Literal["auto"] = "auto"
    cache_dir: str | None = None
    python: str | None = None
    catalogue: tuple[str, ...] = ()
    rows: Tables | None = None
    redactor: str | None = None
    redactors: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """Dotted paths with what is declared of them: the sources, and the redactors, whose results are nobody's."""
        if self.redactor is None and not self.redactors:
            return self.sources
        named = [text for text in (self.redactor, *self.redactors.values()) if text is not None]
        return {**dict.fromkeys((each.replace(":", ".") for each in named), ("none",)), **self.sources}


def load(paths: Sequence[Path], *, file: Path | None = None, isolated: bool = False) -> Config:
    """Find and read the configuration for a run over ``paths``.

    Args:
        paths: what is to be checked; the search goes upwards from what they have in common.
        file: a configuration file named outright. One that is not a ``pyproject.toml`` may hold the keys
            at its top, without the ``[tool.discreet]`` heading.
        isolated: read no configuration at all.

    Raises:
        ConfigError: the file can't be read, or a key or value in it is not understood.
    """
    start = common_directory(paths)
    if isolated:
        return Config(root=project_root(start))
    if file is not None:
        return from_table(_own_table(file), root=project_root(start), file=file)
    for directory in (start, *start.parents):
        candidate = directory / "pyproject.toml"
        table = _pyproject_table(candidate)
        if table is not None:
            return from_table(table, root=directory, file=candidate)
    return Config(root=project_root(start))


def from_table(table: Mapping[str, Any], *, root: Path, file: Path) -> Config:
    """Read the keys of a ``[tool.discreet]`` table.

    Raises:
        ConfigError: a key is not known, or a value is not one the key takes.
    """
    from discreet.project.keys import KEYS, BadValue, close_to

    values: dict[str, Any] = {}
    for name, value in table.items():
        key = KEYS.get(name)
        if key is None:
            meant = close_to(name, KEYS)
            raise ConfigError(f"{file}: {TABLE} has no key {name!r}{meant}; it takes {', '.join(sorted(KEYS))}")
        try:
            values[name.replace("-", "_")] = key.read(value)
        except BadValue as error:
            raise ConfigError(f"{file}: {TABLE} {name}: {error}; it takes {key.takes()}") from None
    for name in _PLACES & values.keys():
        values[name] = str(root / values[name])
    if values.get("catalogue"):
        from discreet.project.rows import read_rows

        values["catalogue"] = tuple(str(root / each) for each in values["catalogue"])
        values["rows"] = read_rows(values["catalogue"])
    return Config(root=root, file=file, **values)


def common_directory(paths: Sequence[Path]) -> Path:
    """The deepest directory that holds all of ``paths``; the current one if nothing does."""
    directories = []
    for path in paths:
        absolute = os.path.abspath(path)
        directories.append(absolute if os.path.isdir(absolute) else os.path.dirname(absolute))
    try:
        return Path(os.path.commonpath(directories))
    except ValueError:  # no paths at all, or paths on several drives
        return Path.cwd()


def project_root(start: Path) -> Path:
    """The nearest directory upwards with a ``pyproject.toml`` or a ``.git``; ``start`` itself if there is none."""
    for directory in (start, *start.parents):
        if (directory / "pyproject.toml").is_file() or (directory / ".git").exists():
            return directory
    return start


def _pyproject_table(path: Path) -> Mapping[str, Any] | None:
    """The ``[tool.discreet]`` table of a ``pyproject.toml``, or ``None``.

    A file without our name in it is not parsed: it costs nothing, and its mistakes are not ours to report.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if b"discreet" not in data:
        return None
    return table_in(path, data)


def table_in(path: Path, data: bytes) -> Mapping[str, Any] | None:
    """The ``[tool.discreet]`` table of a ``pyproject.toml`` with this content, or ``None``.

    Raises:
        ConfigError: it is not TOML.
    """
    return _tool_table(parsed(path, data), path)


def _own_table(path: Path) -> Mapping[str, Any]:
    """The table of a file named by ``--config``, which must hold one."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    document = parsed(path, data)
    table = _tool_table(document, path)
    if table is None and path.name == "pyproject.toml":
        raise ConfigError(f"{path}: has no {TABLE} table")
    return document if table is None else table


def _tool_table(document: Mapping[str, Any], path: Path) -> Mapping[str, Any] | None:
    tool = document.get("tool", {})
    table = tool.get("discreet") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: {TABLE} must be a table, not {table!r}")
    return table


def parsed(path: Path, data: bytes) -> dict[str, Any]:
    """What a TOML file says.

    Raises:
        ConfigError: it is not TOML.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        document: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        return document
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = str(error) or type(error).__name__
        raise ConfigError(f"{path}: is not TOML: {reason}") from None
