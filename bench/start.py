"""What the plugin costs where there is nothing to find: flake8 on an empty file, with it and without it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.corpus import scratch
from bench.hosting import PLAIN, WITH
from bench.process import median, run_well
from bench.table import table, times
from bench.targets import Target
from bench.timing import interleaved

MOST = 1.25


def measure(rounds: int) -> list[str]:
    """Lines of a report."""
    options = ["--isolated", "-j1", "empty.py"]
    ways = {
        "plain": [sys.executable, "-c", PLAIN, *options],
        "with discreet": [sys.executable, "-c", WITH, *options],
        "--select PII": [sys.executable, "-c", WITH, "--select", "PII", *options],
    }
    with scratch() as home:
        (home / "empty.py").touch()
        candidates = {name: lambda line=line: run_well(line, directory=home) for name, line in ways.items()}
        interleaved(candidates, 1)  # byte code is compiled
        taken = {name: median(runs).wall for name, runs in interleaved(candidates, rounds).items()}
    rows = [(name, f"{1000 * taken[name]:.1f}", times(taken[name] / taken["plain"])) for name in taken]
    target = Target("flake8 on an empty file", taken["with discreet"] / taken["plain"], MOST, unit=" x")
    return [
        f"flake8 on an empty file, median of {rounds} runs side by side",
        *table(("", "wall ms", "wall : plain"), rows),
        target.line(),
    ]


def main(arguments: Sequence[str]) -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m bench start", description="What the plugin costs flake8.")
    parser.add_argument("--repeat", type=int, default=41, metavar="N", help="runs to take the median of [%(default)s]")
    print(*measure(parser.parse_args(arguments).repeat), "", sep="\n", flush=True)
