"""flake8's side of discreet: one file at a time, through the same pipeline as the command line.

flake8 imports this module at every start, also for files that nothing is to be found in. So nothing of ours is
imported until there is a file with code in it, and neither astroid, libcst, rich nor click is imported at all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from discreet import __version__

if TYPE_CHECKING:
    import argparse

    from flake8.options.manager import OptionManager

    from discreet.project.single import Single

Yielded = tuple[int, int, str, type[Any]]


class Plugin:
    """The class behind the entry point ``PII``: flake8 makes one for every file and calls :meth:`run`."""

    name = "discreet"
    version = __version__
    _single: Single | None = None
    _options: argparse.Namespace | None = None

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Add our options to flake8's, on the command line and in its configuration file."""

        def add(name: str, help: str, **more: Any) -> None:
            manager.add_option(name, parse_from_config=True, help=help, **more)

        lists = {"comma_separated_list": True, "default": [], "metavar": "WORDS"}
        add("--pii-min-confidence", "Show findings at least as sure as this: low, medium (default) or high.")
        add("--pii-select-categories", "Show only findings with one of these categories of personal data.", **lists)
        add("--pii-ignore-categories", "Drop findings that have none but these categories.", **lists)
        add("--pii-regime", "Show only what these laws speak of: gdpr, pipl, ccpa, hipaa.", **lists)
        add("--pii-extend-select", "Rules to look for as well as those that are on by default.", **lists)
        add("--pii-sources", "Where personal data is born, as dotted.path=category, comma-separated.", **lists)
        add("--pii-include-tests", "Show what is held back for standing in a test.", action="store_true")
        add("--pii-include-libraries", "Show what stands in vendored libraries.", action="store_true")

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Keep the options; they are read only if a file has code in it, except for mistakes in them."""
        cls._options = options
        cls._single = None
        if any(vars(options).get(name) for name in _MAY_BE_WRONG):
            cls._single = cls._settled()

    def run(self) -> Iterator[Yielded]:
        """Yield what flake8 is to show: line, 0-based column, text, and this class."""
        if not any(not line.isspace() for line in self._lines):
            return
        cls = type(self)
        if cls._single is None:
            cls._single = cls._settled()
        from discreet.output.text import clean

        for finding in cls._single.check(self._filename, self._lines, self._tree):
            yield finding.line, finding.column - 1, f"{finding.code} {clean(finding.message)}", cls

    @classmethod
    def _settled(cls) -> Single:
        """The settings of this flake8 run.

        Raises:
            flake8.exceptions.ExecutionError: an option or ``[tool.discreet]`` is not understood.
        """
        from discreet.project.config import ConfigError
        from discreet.project.single import settle

        try:
            return settle(vars(cls._options) if cls._options is not None else {})
        except ConfigError as error:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(str(error)) from None


_MAY_BE_WRONG = (
    "pii_min_confidence",
    "pii_select_categories",
    "pii_ignore_categories",
    "pii_regime",
    "pii_extend_select",
    "pii_sources",
)
