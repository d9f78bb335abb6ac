"""The tests on every Python we support: ``nox``, or ``nox -s tests-3.10``. A Python that is missing is skipped."""

from __future__ import annotations

import os
from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False

PYTHONS = ["3.10", "3.11", "3.12", "3.13"]

# pyenv's own shims refuse to start a version that isn't active, so its interpreters are offered directly.
INSTALLED = [str(path) for version in PYTHONS for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin"))]
os.environ["PATH"] = os.pathsep.join([*INSTALLED, os.environ["PATH"]])


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole test suite."""
    session.install("--editable", ".[dev]")
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)
