"""What twice the files cost: ``python -m bench growth``, over made-up applications, each the beginning of the next."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence

from bench import grow, ours
from bench.corpus import SOURCES, Corpus, scratch, settled, small
from bench.process import Usage, median, run_well
from bench.table import megabytes, table, times
from bench.targets import Target
from bench.timing import interleaved, tell

SIZES = (1000, 2000, 4000, 8000, 16000)
MOST = 2.15
HEAD = ("files", "lines", "CPU s", "wall s", "peak MB", "us a line", "CPU : half", "wall : half", "runs")


def measure(corpora: Mapping[int, Corpus], rounds: int, jobs: int, *, keeping: bool) -> dict[int, list[Usage]]:
    """Check every size in turn, cold."""

    def check(corpus: Corpus) -> Usage:
        cache = corpus.home / "cache" if keeping else None
        shutil.rmtree(corpus.home / "cache", ignore_errors=True)
        return run_well(ours.command(SOURCES, jobs=jobs, cache=cache), directory=corpus.home)

    candidates = {str(size): lambda corpus=corpus: check(corpus) for size, corpus in corpora.items()}
    return {int(name): runs for name, runs in interleaved(candidates, rounds, tell=tell).items()}


def report(corpora: Mapping[int, Corpus], runs: Mapping[int, Sequence[Usage]]) -> list[str]:
    """The table, and for every doubling whether it cost at most what was promised."""
    taken = {size: median(each) for size, each in runs.items()}
    rows, promises = [], []
    for size, usage in taken.items():
        half = taken.get(size // 2)
        corpus = corpora[size]
        cpu, wall = (usage.cpu / half.cpu, usage.wall / half.wall) if half else (None, None)
        rows.append(
            (
                *(f"{size:,}", f"{corpus.lines:,}", f"{usage.cpu:.2f}", f"{usage.wall:.2f}", megabytes(usage.peak)),
                *(f"{1e6 * usage.cpu / corpus.lines:.1f}", times(cpu), times(wall), str(len(runs[size]))),
            )
        )
        if half:
            promises.append(Target(f"CPU, from {size // 2:,} files to {size:,}", cpu, MOST, unit=" x"))
    return [*table(HEAD, rows), *(each.line() for each in promises)]


def main(arguments: Sequence[str]) -> None:
    """Measure the sizes that are named, or all from 1,000 to 16,000."""
    parser = argparse.ArgumentParser(prog="python -m bench growth", description="What twice the files cost.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="comma-separated [%(default)s]")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs to take the median of [%(default)s]")
    parser.add_argument("--jobs", type=int, default=1, help="[%(default)s]")
    parser.add_argument("--keep", action="store_true", help="write a cache, too: what a user's first run costs")
    said = parser.parse_args(arguments)
    if said.keep and "--cache-dir" not in ours.options():
        parser.error(ours.NO_CACHE)
    with scratch() as home:
        corpora = {}
        for size in map(int, said.sizes.split(",")):
            grow.write(home / str(size) / SOURCES, size)
            corpora[size] = settled(home / str(size), "a made-up application")
        run_well(ours.command(small(home)), directory=home)
        jobs = f"{said.jobs} job{'s' * (said.jobs > 1)}, {'writing' if said.keep else 'without'} a cache"
        print(f"a made-up application, seed {grow.SEED}; {jobs}")
        print(*report(corpora, measure(corpora, said.repeat, said.jobs, keeping=said.keep)), "", sep="\n", flush=True)
