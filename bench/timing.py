"""Fair comparisons: candidates take turns, so that what else the machine does falls on all of them."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence


def medians(candidates: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of what each candidate measures, after one round that doesn't count."""
    measured: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(rounds + 1):
        # Each round starts with another candidate: the first of a round is at a disadvantage.
        order = list(candidates)
        turn = number % len(order)
        for name in order[turn:] + order[:turn]:
            seconds = candidates[name]()
            if number:
                measured[name].append(seconds)
    return {name: statistics.median(values) for name, values in measured.items()}


def wall_of(command: Sequence[str], *, directory: str) -> Callable[[], float]:
    """A measurement: seconds until a command has ended."""

    def measure() -> float:
        started = time.perf_counter()
        subprocess.run(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter() - started

    return measure


def cpu_of(module: str, *arguments: str) -> Callable[[], float]:
    """A measurement: CPU seconds that a module takes in a fresh interpreter, its start included."""

    def measure() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return measure


def environment() -> str:
    """What the figures were taken on."""
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs"
