"""What the tests of the adapters share: a leak that must always be found, and ways to run the tools over it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # no test may fail for what else the machine does

LEAK = 'import logging\n\n\ndef greet(email):\n    logging.info("hello %s", email)\n'
"""Line 5 logs a mail address: PII101, by default and in every adapter."""


class Result(NamedTuple):
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """``path:line CODE`` of every line in flake8's form, in order."""
        found = []
        for line in self.out.splitlines():
            place, _, rest = line.partition(": ")
            path, row, _ = place.rsplit(":", 2)
            found.append(f"{path}:{row} {rest.split()[0]}")
        return found


Run = Callable[..., Result]
Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def leak() -> str:
    return LEAK


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Make files in a fresh directory, which becomes the current one. Not called test_..., which means something."""
    root = tmp_path / "work"
    root.mkdir()
    (root / ".git").mkdir()
    monkeypatch.chdir(root)

    def make(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


@pytest.fixture
def discreet(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command line in this process."""
    from discreet.cli import status_of

    def run(*arguments: str) -> Result:
        status = status_of(arguments)
        out, err = capsysbinary.readouterr()
        return Result(status, out.decode(), err.decode())

    return run


@pytest.fixture
def command() -> Run:
    """Run a module of this interpreter as a process of its own, in the current directory."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even small projects are worth other processes, and each of their modules is solved by itself."""
    from discreet.flow import solver
    from discreet.project import again, gathering, solving, work

    monkeypatch.setattr(work, "SMALL", 0)
    monkeypatch.setattr(again, "SMALL", 0)
    monkeypatch.setattr(solving, "FEW", 0)
    monkeypatch.setattr(solver, "GROUP", 1)
    monkeypatch.setattr(gathering, "BATCH", 2)
