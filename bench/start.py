"""What the plugin costs where there is nothing to find: flake8 on an empty file, with it and without it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.timing import medians, wall_of

MOST = 1.25

# flake8 without the plugin is flake8 that does not see our distribution; all else stays as it is.
WITH = "import sys\nfrom flake8.main.cli import main\nsys.exit(main(sys.argv[1:]))\n"
PLAIN = (
    "import importlib.metadata as metadata\n"
    "every = metadata.distributions\n"
    "metadata.distributions = lambda: (d for d in every() if not d._path.name.startswith('discreet-'))\n"
) + WITH


def measure(rounds: int) -> list[str]:
    """Lines of a report."""
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        Path(directory, "empty.py").touch()
        options = ["--isolated", "-j1", "empty.py"]
        taken = medians(
            {
                "plain": wall_of([sys.executable, "-c", PLAIN, *options], directory=directory),
                "with discreet": wall_of([sys.executable, "-c", WITH, *options], directory=directory),
                "--select PII": wall_of([sys.executable, "-c", WITH, "--select", "PII", *options], directory=directory),
            },
            rounds,
        )
    plain = taken["plain"]
    lines = [f"flake8 on an empty file, median of {rounds} runs side by side (to stay within {MOST} of plain)"]
    lines += [f"  {name:<14} {1000 * taken[name]:7.1f} ms   x {taken[name] / plain:.2f}" for name in taken]
    return lines
