"""A project of one file, whose text and tree somebody else has already: what flake8 asks for.

The project's ``[tool.discreet]`` table holds here too, so that flake8 and ``discreet check`` agree; flake8's own
options come on top. Which rules are shown is left to flake8, but for those that are off by default.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from discreet.project.around import Around
from discreet.project.config import Config, ConfigError, load
from discreet.project.discovery import source_file
from discreet.project.keys import KEYS, BadValue, category
from discreet.project.paths import path_below
from discreet.project.reading import read
from discreet.project.result import place
from discreet.project.selection import FAMILY, Selection, matched_by, selected_codes
from discreet.project.silencing import IDLE, idle_findings
from discreet.project.suppress import Suppressions
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES
from discreet.rules.telling import Settings


def settle(options: Mapping[str, Any]) -> Single:
    """Read flake8's options and the project's table.

    Raises:
        ConfigError: either holds something that is not understood.
    """
    config = load([Path.cwd()])
    named = (*(options.get("select") or ()), *(options.get("extend_select") or ()))
    extending = _option("extend-select", options.get("pii_extend_select") or [])
    min_confidence = options.get("pii_min_confidence")
    config = dataclasses.replace(
        config,
        min_confidence=_option("min-confidence", min_confidence) if min_confidence else config.min_confidence,
        include_tests=bool(options.get("pii_include_tests")) or config.include_tests,
        include_libraries=bool(options.get("pii_include_libraries")) or config.include_libraries,
        regime=_option("regime", options.get("pii_regime")) if options.get("pii_regime") else config.regime,
        sources={**config.sources, **_sources(options.get("pii_sources") or [])},
    )
    ours = tuple(word for word in named if word.startswith(FAMILY) and word != FAMILY)
    selection = Selection(
        codes=selected_codes((FAMILY,), extend_select=(*config.extend_select, *extending, *ours)),
        exact=frozenset((*config.extend_select, *extending, *ours)) & RULES.keys(),
        min_confidence=config.min_confidence,
        include_tests=config.include_tests,
        include_libraries=config.include_libraries,
        wanted=_categories("pii-select-categories", options),
        unwanted=_categories("pii-ignore-categories", options),
        regime=config.regime,
    )
    return Single(config, selection)


class Single:
    """Checks files one by one under fixed settings."""

    def __init__(self, config: Config, selection: Selection) -> None:
        self._config = config
        self._selection = selection
        self._settings = Settings(dict(config.known), config.include_tests, config.rows, config.include_libraries)
        self._around: Around | None = None
        self._ignored_in = matched_by(config.per_file_ignores) if config.per_file_ignores else None

    def check(self, filename: str, lines: Sequence[str], tree: ast.Module) -> Iterator[Finding]:
        """What is to be shown of one file, by place; ``# noqa`` is left to flake8.

        Raises:
            RuntimeError: discreet failed over the file.
        """
        text = "".join(lines)
        path = path_below(filename, str(self._config.root))
        everything = self._found(filename, text, tree)
        if IDLE in self._selection.codes:
            where = [(finding.code, finding.line) for finding in everything]
            everything.extend(idle_findings(path, Suppressions(text), where))
        ignored = self._ignored_in(path) if self._ignored_in is not None else frozenset()
        for finding in sorted(everything, key=place):
            if finding.path == path and finding.code not in ignored and self._selection.shows(finding):
                yield finding

    def _found(self, filename: str, text: str, tree: ast.Module) -> list[Finding]:
        reading = read(source_file(filename, self._config), encoded(text), tree)
        if reading.facts is not None:
            if self._around is None:
                self._around = Around(self._config, self._settings)
            return self._around.findings(reading.facts)
        if reading.finding is None:
            raise RuntimeError(reading.failure)
        return [reading.finding]


def encoded(text: str) -> bytes:
    """Bytes that decode to ``text`` by its own encoding cookie; one that can't be kept to is left to be reported."""
    data = text.encode("utf-8", "surrogatepass")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data if encoding == "utf-8" else text.encode(encoding)
    except (SyntaxError, LookupError, UnicodeEncodeError):
        return data


def _option(key: str, value: Any) -> Any:
    try:
        return KEYS[key].read(value)
    except BadValue as error:
        raise ConfigError(f"flake8: --pii-{key}: {error}; it takes {KEYS[key].takes()}") from None


def _categories(name: str, options: Mapping[str, Any]) -> frozenset[str]:
    words = options.get(name.replace("-", "_")) or []
    try:
        return frozenset(category(word) for word in words)
    except BadValue as error:
        from discreet.catalogue.categories import categories

        raise ConfigError(f"flake8: --{name}: {error}; it takes {', '.join(sorted(categories()))}") from None


def _sources(words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in words:
        path, _, kind = word.partition("=")
        if not path.strip() or not kind.strip():
            raise ConfigError(f"flake8: --pii-sources: {word!r} is not dotted.path=category")
        table.setdefault(path.strip(), []).append(kind.strip())
    found: Mapping[str, tuple[str, ...]] = _option("sources", table)
    return found
