"""Fair comparisons: candidates take turns, so that what else the machine does falls on all of them."""

from __future__ import annotations

import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import ours
from bench.process import Usage

Measurement = Callable[[], Usage]


def interleaved(
    candidates: Mapping[str, Measurement],
    rounds: int,
    *,
    once_beyond: float = math.inf,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, list[Usage]]:
    """What each candidate measured, round by round: A B C, B C A, C A B.

    Each round starts with another candidate, because the first of a round is at a disadvantage. One that took longer
    than ``once_beyond`` seconds isn't run again: a figure that is off by a tenth does no harm in a ratio of fifty.
    """
    measured: dict[str, list[Usage]] = {name: [] for name in candidates}
    for number in range(rounds):
        order = list(candidates)
        turn = number % len(order)
        for name in order[turn:] + order[:turn]:
            before = measured[name]
            if before and before[0].wall > once_beyond:
                continue
            usage = candidates[name]()
            before.append(usage)
            tell(f"round {number + 1} of {rounds}: {name}: {usage.cpu:.2f} s CPU, {usage.wall:.2f} s")
    return measured


def tell(line: str) -> None:
    """Say what is going on, beside the report."""
    print(line, file=sys.stderr, flush=True)


def environment() -> str:
    """What the figures were taken on."""
    busy = f"{os.getloadavg()[0]:.1f} busy" if hasattr(os, "getloadavg") else "load unknown"
    made = f"discreet {ours.build()}, commit {commit()}"
    return f"{made}, Python {platform.python_version()}, {os.cpu_count()} CPUs, {busy}"


def commit() -> str:
    """The commit that is measured; a plus sign says that ``src`` has changed since."""

    def git(*arguments: str) -> str:
        try:
            done = subprocess.run(
                ["git", *arguments], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return ""
        return done.stdout.strip()

    changed = git("status", "--short", "--", "../src")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if changed else "")
