"""A check again, when nothing or one file has changed: ``python -m bench warm [PATH]``.

Cold, then unchanged, then one file after another edited, with a check after each: that is one round. After the last
edit the answer is held against that of a check without a cache, since a quick wrong answer is none.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import grow, ours
from bench.corpus import SOURCES, Corpus, copied, scratch, settled, small
from bench.editing import edit, picked
from bench.process import Usage, median, run_well
from bench.table import megabytes, table, times
from bench.targets import Target, ratio
from bench.timing import tell

FILES = 4000
UNCHANGED, CHANGED = 0.03, 0.06


@dataclass
class Runs:
    """What was measured, over all rounds."""

    cold: list[Usage] = field(default_factory=list)
    unchanged: list[Usage] = field(default_factory=list)
    changed: list[Usage] = field(default_factory=list)
    same: bool = True


def measure(corpus: Corpus, rounds: int, edits: int, jobs: int) -> Runs:
    """Run discreet as somebody does who works on these files."""
    runs = Runs()
    cache, out, fresh = corpus.home / "cache", corpus.home / "warm.out", corpus.home / "fresh.out"

    def check(kind: str, into: list[Usage]) -> None:
        into.append(run_well(ours.command(SOURCES, jobs=jobs, cache=cache), directory=corpus.home, out=out))
        tell(f"{kind}: {into[-1].cpu:.2f} s CPU, {into[-1].wall:.2f} s")

    for _ in range(rounds):
        shutil.rmtree(cache, ignore_errors=True)
        check("cold", runs.cold)
        for _ in range(3):
            check("nothing changed", runs.unchanged)
        for path in picked(corpus.sources, edits):
            edit(path)
            check(f"{path.relative_to(corpus.sources)} changed", runs.changed)
        run_well(ours.command(SOURCES, jobs=jobs), directory=corpus.home, out=fresh)
        runs.same = runs.same and out.read_bytes() == fresh.read_bytes()
    return runs


def report(corpus: Corpus, runs: Runs, jobs: int) -> list[str]:
    """The table, and what is promised."""
    cold = median(runs.cold)
    rows = {
        "cold, writing its cache": runs.cold,
        "nothing changed": runs.unchanged,
        "one file changed": runs.changed,
    }
    lines = [_line(name, median(taken), cold, len(taken)) for name, taken in rows.items()]
    worst = max(runs.changed, key=lambda each: each.cpu)
    lines.append(_line("one file changed, the worst", worst, cold, 1))
    answers = "the same answer as without a cache" if runs.same else "NOT THE SAME ANSWER as without a cache"
    return [
        f"{corpus.title()}; {jobs} job{'s' * (jobs > 1)}",
        *table(("", "CPU s", "wall s", "peak MB", "CPU : cold", "wall : cold", "runs"), lines),
        f"after the last change: {answers}",
        *(each.line() for each in targets(runs)),
    ]


def _line(name: str, usage: Usage, cold: Usage, runs: int) -> tuple[str, ...]:
    figures = f"{usage.cpu:.2f}", f"{usage.wall:.2f}", megabytes(usage.peak)
    return name, *figures, times(ratio(usage.cpu, cold.cpu)), times(ratio(usage.wall, cold.wall)), str(runs)


def targets(runs: Runs) -> list[Target]:
    """What is promised: of processor time and of wall time, whichever is the worse."""
    cold = median(runs.cold)

    def share(usage: Usage) -> float:
        return max(usage.cpu / cold.cpu, usage.wall / cold.wall)

    worst = max(map(share, runs.changed))
    return [
        Target("nothing changed, against cold", share(median(runs.unchanged)), UNCHANGED, unit=" x"),
        Target("one file changed, against cold, median", share(median(runs.changed)), CHANGED, unit=" x"),
        Target("one file changed, against cold, the worst", worst, CHANGED, unit=" x"),
    ]


def main(arguments: Sequence[str]) -> None:
    """Measure a checkout, or an application of 4,000 files."""
    parser = argparse.ArgumentParser(prog="python -m bench warm", description="A check again after a change.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="[a made-up application of 4,000 files]")
    parser.add_argument("--files", type=int, default=FILES, help="files of the made-up application [%(default)s]")
    parser.add_argument("--edits", type=int, default=7, help="files to change, one after the other [%(default)s]")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="rounds [%(default)s]")
    parser.add_argument("--jobs", type=int, default=1, help="[%(default)s]")
    said = parser.parse_args(arguments)
    if "--cache-dir" not in ours.options():
        print(f"warm: {ours.NO_CACHE}, so every check is a cold one", "", sep="\n")
        return
    with scratch() as home:
        if said.paths:
            corpus = copied(said.paths, home)
        else:
            grow.write(home / SOURCES, said.files)
            corpus = settled(home, "a made-up application")
        run_well(ours.command(small(home)), directory=home)
        runs = measure(corpus, said.repeat, said.edits, said.jobs)
        print(*report(corpus, runs, said.jobs), "", sep="\n", flush=True)
