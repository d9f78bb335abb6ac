"""The files that all candidates read: copies in a directory of their own, where nobody minds a cache."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOOR = Path(__file__).with_name("floor.py")
SOURCES = "sources"
PASSED_OVER = frozenset(
    {"node_modules", "site-packages", "dist-packages", "build", "_build", "buck-out", "dist", "venv", "__pypackages__"}
)
"""Directories that one or another of the tools leaves out by itself, and so all of them."""
TESTS_OF_PYTHON = frozenset({"test", "tests", "idlelib", "lib2to3"})


@dataclass(frozen=True)
class Corpus:
    """What is measured.

    Attributes:
        home: the directory that the tools are run in.
        about: what it holds, in words.
        files, lines: how much of it.
        left_out: files that can't be parsed, taken away from all candidates alike.
    """

    home: Path
    about: str
    files: int
    lines: int
    left_out: int = 0

    @property
    def sources(self) -> Path:
        """What is checked, and the only thing in ``home`` that Python could import by accident."""
        return self.home / SOURCES

    def title(self) -> str:
        """The corpus in one line."""
        less = f", without {self.left_out} that can't be parsed" if self.left_out else ""
        return f"{self.about}: {self.files:,} files, {self.lines:,} lines{less}"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="discreet-bench-") as directory:
        yield Path(directory)


def standard_library() -> Path:
    """Sources that every machine has."""
    return Path(sysconfig.get_path("stdlib"))


def copied(paths: Sequence[Path], home: Path, *, with_tests: bool = False) -> Corpus:
    """Copy sources, or the standard library's where none are named, and leave out what can't be parsed.

    Of the standard library the tests are left out, which are odd on purpose, unless they are asked for.
    """
    library = standard_library()
    for number, path in enumerate(paths or [library]):
        passed_over = PASSED_OVER
        if path.resolve() == library and not with_tests:
            passed_over |= TESTS_OF_PYTHON
        target = home / SOURCES / path.resolve().name
        _copy(path.resolve(), target if not target.exists() else Path(f"{target}-{number}"), passed_over)
    about = ", ".join(str(path) for path in paths) or ("standard library" + (" with its tests" if with_tests else ""))
    return settled(home, about)


def settled(home: Path, about: str) -> Corpus:
    """Take away what can't be parsed, and count. Another process parses, so that this one stays small."""
    command = [sys.executable, str(FLOOR), "--unparsable", str(home / SOURCES)]
    *bad, lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for path in bad:
        Path(path).unlink()
    files = sum(1 for _ in (home / SOURCES).rglob("*.py"))
    return Corpus(home, about, files, int(lines), len(bad))


def _copy(origin: Path, target: Path, passed_over: frozenset[str]) -> None:
    if origin.is_file():
        target.mkdir(parents=True)
        shutil.copyfile(origin, target / origin.name)
        return
    for path in sorted(origin.iterdir()):
        if path.is_symlink() or path.name.startswith("."):
            continue
        if path.is_dir() and path.name not in passed_over:
            _copy(path, target / path.name, passed_over)
        elif path.is_file() and path.suffix == ".py":
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / path.name)


def small(home: Path) -> str:
    """A directory with hardly anything in it, by its name: who is started on it once has its byte code compiled."""
    directory = home / "small"
    directory.mkdir(exist_ok=True)
    (directory / "small.py").write_text("import os\n\nprint(os.name)\n")
    return directory.name
