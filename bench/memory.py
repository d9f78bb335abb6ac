"""The peak memory over many lines: ``python -m bench memory [PATH ...]``, of one process and of all together.

The largest single process is what the operating system keeps in its books (``ru_maxrss``). What several processes take
*together* it doesn't keep, so they are looked at twenty times a second, and what two of them share is counted once
(``Pss``): that takes Linux, and a run of its own, whose time counts for nothing.
"""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from bench import grow, ours
from bench.corpus import SOURCES, Corpus, copied, scratch, settled
from bench.process import run_well
from bench.table import NOTHING, megabytes, table
from bench.targets import Target

LINES = 800_000
MOST = 450e6
PROC = Path("/proc")


class Watch(threading.Thread):
    """Adds up the memory of everything below this process, again and again, and remembers the most."""

    def __init__(self, root: int, every: float = 0.05) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.every = every
        self.most = 0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(self.every):
            self.most = max(self.most, sum(map(proportional, descendants(self.root))))

    def __enter__(self) -> Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def descendants(root: int) -> list[int]:
    """The processes below one, without itself."""
    parents = {}
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            after_name = entry.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended since
            continue
        parents[int(entry.parent.name)] = int(after_name[1])
    below = {root}
    while more := {child for child, parent in parents.items() if parent in below and child not in below}:
        below |= more
    return sorted(below - {root})


def proportional(process: int) -> int:
    """The bytes of a process, each page divided among those who share it; nothing once it has ended."""
    try:
        for line in (PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def measure(corpus: Corpus) -> tuple[list[tuple[str, ...]], list[Target]]:
    """Lines of the table, and what is promised, for each way to run discreet that this commit knows."""
    ways = [("1 job", 1, None)]
    if "--jobs" in ours.options():
        ways.append(("2 jobs", 2, None))
    if "--cache-dir" in ours.options():
        ways.append(("1 job, writing its cache", 1, corpus.home / "cache"))
        ways.append(("1 job, nothing changed", 1, corpus.home / "cache"))
    rows, promises = [], []
    for name, jobs, cache in ways:
        largest, together = peaks(ours.command(SOURCES, jobs=jobs, cache=cache), corpus.home)
        most = max(largest, together) if jobs > 1 else largest
        rows.append((name, megabytes(largest), megabytes(together) if together else NOTHING, _per_line(most, corpus)))
        bounded = most / 1e6 if corpus.lines >= LINES else None
        why = f"only {corpus.lines:,} lines"
        promises.append(Target(f"peak memory, {name}", bounded, MOST / 1e6, unit=" MB", why=why))
    return rows, promises


def peaks(command: Sequence[str], directory: Path) -> tuple[int, int]:
    """The largest process of a command, and the most of all of them together (0 where nobody can tell)."""
    if not PROC.is_dir():
        return run_well(command, directory=directory).peak, 0
    with Watch(os.getpid()) as watch:
        usage = run_well(command, directory=directory)
    return usage.peak, watch.most


def _per_line(peak: float, corpus: Corpus) -> str:
    return f"{peak / corpus.lines:.0f}"


def report(corpus: Corpus) -> list[str]:
    """The table over one corpus, and what is promised of it."""
    rows, promises = measure(corpus)
    head = ("", "largest process MB", "together MB", "bytes a line")
    return [corpus.title(), *table(head, rows), *(each.line() for each in promises)]


def main(arguments: Sequence[str]) -> None:
    """Measure what is named; else the standard library with its tests, and a made-up application as large."""
    parser = argparse.ArgumentParser(prog="python -m bench memory", description="The peak memory over many lines.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="[the standard library with its tests]")
    parser.add_argument("--lines", type=int, default=LINES, help="lines of the made-up application [%(default)s]")
    said = parser.parse_args(arguments)
    with scratch() as home:
        print(*report(copied(said.paths, home, with_tests=True)), "", sep="\n", flush=True)
    if said.paths:
        return
    with scratch() as home:
        grow.write(home / SOURCES, grow.files_for(said.lines))
        print(*report(settled(home, "a made-up application")), "", sep="\n", flush=True)
