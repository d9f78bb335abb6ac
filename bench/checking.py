"""What a check costs beside the floor, which is parsing the same files with ``ast``."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from bench.timing import cpu_of, medians
from bench.work import files_of

MOST = 4.0


def measure(checkout: Path, rounds: int) -> list[str]:
    """Lines of a report over one directory. What finding the files takes is left out of all of them."""
    files = files_of(checkout.resolve())
    lines = sum(Path(file.location).read_bytes().count(b"\n") for file in files)
    where = str(checkout)
    candidates = ("nothing", "parse", "facts", "check")
    taken = medians({name: cpu_of("bench.work", name, where) for name in candidates}, rounds)
    base = taken.pop("nothing")
    floor = max(taken["parse"] - base, 1e-9)
    report = [
        f"{checkout}: {len(files):,} files, {lines:,} lines",
        f"CPU seconds in one process, median of {rounds} (to stay within {MOST} of ast.parse)",
    ]
    for name, seconds in taken.items():
        report.append(f"  {name:<14} {seconds - base:7.2f} s    x {(seconds - base) / floor:.2f}")
    return report


def default_checkout() -> Path:
    """Sources that every machine has: the standard library, without its tests."""
    return Path(sysconfig.get_path("stdlib"))
