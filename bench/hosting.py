"""flake8 with our rules against flake8 with pyflakes: ``python -m bench flake8 [PATH ...]``.

flake8 runs every plugin that is installed and selects from what they said, so a run with ``--select F`` would pay for
us too. The comparison is therefore with a flake8 that does not see our distribution; all else stays as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import SOURCES, Corpus, copied, scratch
from bench.process import Usage, median, run_well
from bench.table import megabytes, table, times
from bench.targets import Target, ratio
from bench.timing import interleaved, tell

WITH = "import sys\nfrom flake8.main.cli import main\nsys.exit(main(sys.argv[1:]))\n"
PLAIN = (
    "import importlib.metadata as metadata\n"
    "every = metadata.distributions\n"
    "metadata.distributions = lambda: (d for d in every() if not d._path.name.startswith('discreet-'))\n"
) + WITH
OURS, THEIRS, BESIDE = "--select PII", "--select F, discreet not installed", "--select F, discreet installed"
MOST = 1.5


def command(program: str, selected: str, where: str) -> list[str]:
    """flake8 in one process, without anybody's configuration."""
    return [sys.executable, "-c", program, "--isolated", "-j1", "--select", selected, where]


def measure(corpus: Corpus, rounds: int) -> dict[str, Usage]:
    """Medians of runs side by side."""
    ways = {
        THEIRS: command(PLAIN, "F", SOURCES),
        BESIDE: command(WITH, "F", SOURCES),
        OURS: command(WITH, "PII", SOURCES),
    }
    candidates = {
        name: lambda name=name, line=line: run_well(line, directory=corpus.home, out=said_by(corpus, name))
        for name, line in ways.items()
    }
    return {name: median(runs) for name, runs in interleaved(candidates, rounds, tell=tell).items()}


def said_by(corpus: Corpus, name: str) -> Path:
    """Where a run's output is kept, to be counted."""
    return corpus.home / f"{name}.out"


def report(corpus: Corpus, taken: dict[str, Usage], rounds: int) -> list[str]:
    """The table, and what is promised."""
    base = taken[THEIRS]
    rows = [
        (
            *(name, f"{usage.cpu:.2f}", f"{usage.wall:.2f}", megabytes(usage.peak)),
            *(times(ratio(usage.cpu, base.cpu)), times(ratio(usage.wall, base.wall))),
            f"{len(said_by(corpus, name).read_bytes().splitlines()):,}",
        )
        for name, usage in taken.items()
    ]
    head = ("flake8 --isolated -j1", "CPU s", "wall s", "peak MB", "CPU : F", "wall : F", "lines said")
    target = Target("flake8, CPU, PII against F", ratio(taken[OURS].cpu, base.cpu), MOST, unit=" x")
    return [f"{corpus.title()}; median of {rounds}", *table(head, rows), target.line()]


def main(arguments: Sequence[str]) -> None:
    """Measure what is named, or the standard library."""
    parser = argparse.ArgumentParser(prog="python -m bench flake8", description="flake8 with us and without.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="what to check [the standard library]")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs to take the median of [%(default)s]")
    said = parser.parse_args(arguments)
    with scratch() as home:
        corpus = copied(said.paths, home)
        print(*report(corpus, measure(corpus, said.repeat), said.repeat), "", sep="\n", flush=True)
