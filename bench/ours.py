"""How discreet itself is run: the command line, as a user has it, with the options that this commit knows."""

from __future__ import annotations

import functools
import importlib.util
import re
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

NO_JOBS = "this discreet has no --jobs"
NO_CACHE = "this discreet has no --cache-dir"


def build() -> str:
    """Which of the two builds is installed here."""
    engine = importlib.util.find_spec("discreet.flow.evaluate")
    if engine is None or engine.origin is None:
        return "is not installed"
    return "compiled" if engine.origin.endswith(tuple(EXTENSION_SUFFIXES)) else "in pure Python"


@functools.cache
def options() -> frozenset[str]:
    """The options of ``discreet check``, from its own help."""
    done = subprocess.run(
        [sys.executable, "-m", "discreet", "check", "--help"], capture_output=True, text=True, check=True
    )
    return frozenset(re.findall(r"--[a-z-]+", done.stdout))


def command(sources: Path | str, *, jobs: int = 1, cache: Path | None = None) -> list[str]:
    """The command that checks a directory, keeping what it learns in ``cache`` or nowhere.

    A commit without ``--jobs`` works in one process and one without ``--no-cache`` keeps nothing, so what was asked
    for is what is had. Two jobs, or a cache, can be asked only of a commit that has them.
    """
    line = [sys.executable, "-m", "discreet", "check", "--isolated", "--output-format", "concise"]
    if "--jobs" in options():
        line += ["--jobs", str(jobs)]
    elif jobs != 1:
        raise ValueError(NO_JOBS)
    if cache is not None:
        if "--cache-dir" not in options():
            raise ValueError(NO_CACHE)
        line += ["--cache-dir", str(cache)]
    elif "--no-cache" in options():
        line.append("--no-cache")
    return [*line, str(sources)]
