"""The other tools, in an environment of their own that is made when first needed: they are no dependency of ours."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import FLOOR
from bench.timing import tell

ENVIRONMENT = Path("/tmp/discreet-peers")
TAINT_RULE = Path(__file__).with_name("semgrep-taint.yaml")


@dataclass(frozen=True)
class Tool:
    """Another tool, as it is run.

    Attributes:
        name: what it is called in the table.
        command: from a directory to check, to what is run.
        fine: exit statuses that mean that it did its work.
        environment: variables it needs.
    """

    name: str
    command: Callable[[str], list[str]]
    fine: Callable[[int], bool] = lambda status: status in (0, 1)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Absent:
    """A tool that can't be had here, and why."""

    name: str
    why: str


def tools(wanted: Sequence[str], home: Path, directory: Path = ENVIRONMENT) -> list[Tool | Absent]:
    """What stands for the wanted peers; semgrep twice, with one process and with two."""
    made: list[Tool | Absent] = []
    for name in wanted:
        if name == "ast":
            made.append(floor())
            continue
        why = _installed(name, directory)
        if why:
            made.append(Absent(name, why))
        else:
            made.extend(MAKERS[name](directory / "bin", home))
    return made


def floor() -> Tool:
    """Parsing with the interpreter that runs discreet."""
    return Tool("ast.parse", lambda where: [sys.executable, str(FLOOR), where])


def _installed(name: str, directory: Path) -> str:
    """Install a tool unless it is there already; say why if that fails."""
    program = directory / "bin" / name
    if program.exists():
        return ""
    try:
        if not (directory / "bin" / "python").exists():
            tell(f"making {directory} for the other tools")
            venv.create(directory, with_pip=True)
        tell(f"installing {name} into {directory}")
        pip = [str(directory / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*pip, name], capture_output=True, text=True, check=False)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no environment for it: {error}"
    if done.returncode or not program.exists():
        return "can't be installed: " + (done.stderr.strip().splitlines() or ["pip doesn't say why"])[-1]
    return ""


def _pyflakes(programs: Path, home: Path) -> list[Tool]:
    return [Tool("pyflakes", lambda where: [str(programs / "python"), "-m", "pyflakes", where])]


def _bandit(programs: Path, home: Path) -> list[Tool]:
    return [Tool("bandit", lambda where: [str(programs / "bandit"), "--quiet", "--recursive", where])]


def _pylint(programs: Path, home: Path) -> list[Tool]:
    options = ["--rcfile=/dev/null", "--persistent=no", "--recursive=y", "--jobs=1", "--disable=all", "--enable=E"]
    return [
        Tool(
            "pylint E",
            lambda where: [str(programs / "pylint"), *options, where],
            fine=lambda status: status >= 0 and not status & 32,  # a mask of what was found; 32: it was called wrongly
            environment={"PYLINTHOME": str(home / "pylint")},
        )
    ]


def _semgrep(programs: Path, home: Path) -> list[Tool]:
    (home / ".semgrepignore").touch()  # else it leaves out what is called test, build or vendor
    options = ["--metrics=off", "--disable-version-check", "--no-git-ignore", "--max-target-bytes=0", "--quiet"]
    environment = {
        "PATH": f"{programs}:/usr/bin:/bin",
        "SEMGREP_SETTINGS_FILE": str(home / "semgrep.yml"),
        "PYTHONWARNINGS": "ignore",
    }

    def tool(jobs: int) -> Tool:
        line = [str(programs / "semgrep"), "scan", "--json", f"--jobs={jobs}", f"--config={TAINT_RULE}", *options]
        return Tool(f"semgrep, {jobs} job{'s' * (jobs > 1)}", lambda where: [*line, where], environment=environment)

    return [tool(1), tool(2)]


MAKERS: dict[str, Callable[[Path, Path], list[Tool]]] = {
    "pyflakes": _pyflakes,
    "bandit": _bandit,
    "pylint": _pylint,
    "semgrep": _semgrep,
}
KNOWN = ("ast", *MAKERS)
