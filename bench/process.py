"""One run of one command, as the operating system counts it: processor time, wall time, peak memory."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
PATIENCE = 3600.0
"""Seconds after which a command is stopped, with all it has started."""


@dataclass(frozen=True)
class Usage:
    """What a run took.

    Attributes:
        cpu: seconds of processor time, of the command and of all that it started and waited for.
        wall: seconds from start to end.
        peak: bytes of the largest *single* process among them (``ru_maxrss``); :mod:`bench.memory` adds them up.
        status: the exit status; negative if a signal ended it.
    """

    cpu: float
    wall: float
    peak: int
    status: int


def around() -> dict[str, str]:
    """The variables that every command is run with: ours, but for the one that forbids Python to keep byte code. What a
    user has installed was compiled once, and no run of his compiles all of it again.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(
    command: Sequence[str],
    *,
    directory: Path,
    out: Path | None = None,
    err: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Usage:
    """Run a command to its end; where no file is named for what it says, nobody hears it.

    A child starts with its parent's peak memory in its books until it is replaced by the command, so whoever calls
    this must stay small: nothing in ``bench`` parses sources in the process that measures.
    """
    with _sink(out) as said, _sink(err) as complained:
        started = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=directory,
            env={**around(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=complained,
            start_new_session=True,
        )
        guard = threading.Timer(PATIENCE, _end, [child.pid])
        guard.start()
        try:
            _, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - started
        except BaseException:
            _end(child.pid)
            raise
        finally:
            guard.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * MAXRSS_UNIT, child.returncode)


class Failed(Exception):
    """A command that was to be measured did not do its work: what it took would be no figure."""


def run_well(command: Sequence[str], *, directory: Path, out: Path | None = None) -> Usage:
    """Run a command that has to end with 0 or 1, as those do that found nothing or something.

    Raises:
        Failed: it ended otherwise, or 1 was said by an interpreter that gave up.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as spare:
        err = Path(spare) / "err"
        usage = run(command, directory=directory, out=out, err=err)
        said = err.read_text(errors="replace").strip()
    if usage.status not in (0, 1) or gave_up(said):
        last = said.splitlines()[-1] if said else "without a word"
        raise Failed(f"status {usage.status} of {' '.join(command)[:200]}: {last}")
    return usage


def gave_up(said: str) -> bool:
    """Whether an interpreter died of an exception: its status is 1 then, like that of a tool that found something."""
    return "Traceback (most recent call last)" in said


def _sink(path: Path | None) -> BinaryIO:
    return open(path or os.devnull, "wb")


def _end(session: int) -> None:
    """Stop a command and everything it started, which is its session."""
    os.killpg(session, signal.SIGKILL)


def median(runs: Sequence[Usage]) -> Usage:
    """The middle of several runs, each figure by itself; of memory the most, of the status the worst."""
    return Usage(
        cpu=statistics.median(each.cpu for each in runs),
        wall=statistics.median(each.wall for each in runs),
        peak=max(each.peak for each in runs),
        status=max((each.status for each in runs), key=abs),
    )
