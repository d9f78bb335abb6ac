"""A progress bar for those who wait: on a terminal, after a second, and gone when the work is done."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from discreet.cli.terminal import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds that pass before anything is shown."""


class Waiting:
    """Told how far the work is, shows it where that helps. ``rich`` is imported only when it is about to draw.

    It draws when it is told something and not by a thread of its own: a process with two threads can't be forked.

    Args:
        quiet: Whether to show nothing at all.
        verb: What is done.
        noun: What it is done to.
    """

    def __init__(self, *, quiet: bool, verb: str = "reading", noun: str = "files") -> None:
        self._verb, self._noun = verb, noun
        self._shows = not quiet and is_terminal(sys.stderr)
        self._since = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Waiting:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """So many files of so many are done."""
        if not self._shows or time.monotonic() - self._since < PATIENCE:
            return
        if self._bar is None:
            self._start(total)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, refresh=True)

    def _start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn(self._verb),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(self._noun),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
        )
        self._task = self._bar.add_task(self._verb, total=total)
        self._bar.start()
