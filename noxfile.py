"""The tests on every Python we support: ``nox``, or ``nox -s tests-3.10``. A Python that is missing is skipped."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False

PYTHONS = ("3.10", "3.11", "3.12", "3.13")


def interpreter(version: str) -> str:
    """A Python of this version that pyenv has, or the name nox looks for on ``PATH``."""
    installed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    return str(installed[-1]) if installed else version


@nox.session
@nox.parametrize("python", [nox.param(interpreter(version), id=version) for version in PYTHONS])
def tests(session: nox.Session) -> None:
    """The whole test suite."""
    session.install("--editable", ".[dev]")
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)
