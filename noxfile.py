"""The tests on every Python we support: ``nox``, or ``nox -s tests-3.10``. A Python that is missing is skipped.

``nox -s compiled`` compiles discreet first, as a wheel for that Python, and tests what was installed from it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["tests"]

PYTHONS = ["3.10", "3.11", "3.12", "3.13"]

# pyenv's own shims refuse to start a version that isn't active, so its interpreters are offered directly.
INSTALLED = [str(path) for version in PYTHONS for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin"))]
os.environ["PATH"] = os.pathsep.join([*INSTALLED, os.environ["PATH"]])


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole test suite."""
    session.install("--editable", ".[dev]")
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session(python=PYTHONS)
def compiled(session: nox.Session) -> None:
    """The whole test suite, over the compiled wheel."""
    wheels = Path(session.create_tmp(), "wheels")
    shutil.rmtree(wheels, ignore_errors=True)
    session.install("build")
    session.run("python", "-m", "build", "--outdir", str(wheels), env={"HATCH_BUILD_HOOKS_ENABLE": "1"})
    [wheel] = wheels.glob("*.whl")
    session.install(f"{wheel}[dev]")
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs, env={"DISCREET_BUILD": "compiled"})
