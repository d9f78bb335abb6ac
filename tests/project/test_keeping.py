"""Which groups of modules a run after a change solves again, and that it never believes what is no longer true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from discreet.flow import solver
from discreet.project import solving
from discreet.project.cache import Cache
from discreet.project.config import Config
from discreet.project.result import Means
from discreet.project.run import check

GUEST = "from pydantic import BaseModel, EmailStr\n\n\nclass Guest(BaseModel):\n    memo: EmailStr\n"
"""A second one of these: nobody knows any more what ``show.py`` logs, and nobody looks into either of the two."""
FILES = {
    "job.py": "import logging\n\n\nclass Job:\n    def __init__(self, to):\n        self.to = to\n\n"
    "    def run(self):\n        logging.info('to %s', self.to)\n",
    "helper.py": "import logging\n\n\ndef tell(what):\n    logging.info('it is %s', what)\n",
    "use.py": "import helper\n\n\ndef use(email):\n    helper.tell(email)\n",
    "far.py": "def far(email):\n    print(email)\n",
    "show.py": "import logging\n\n\ndef show(guest):\n    logging.info('now %s', guest)\n",
    "guests.py": GUEST,
    "other.py": "",
}
CALLER = "from job import Job\n\n\ndef f(email):\n    Job(email)\n"
"""Makes what ``job.py`` logs personal, though nobody there has a reason to look into the caller's module."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of which each module is solved by itself."""
    monkeypatch.setattr(solver, "GROUP", 1)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules that were solved."""
    modules: list[str] = []
    really = solving.solve_group

    def noted(shared: solver.Solver, group: tuple[str, ...]) -> solving.Outcome:
        modules.extend(group)
        return really(shared, group)

    monkeypatch.setattr(solving, "solve_group", noted)
    return modules


def said(root: Path, *paths: str, cache: str | None = "") -> list[str]:
    config = Config(root=root, select=("ALL",), min_confidence="low")
    report = check([root / path for path in paths] or [root], config, None, Means(jobs=1, cache=cache))
    assert report.problems == report.notes == ()
    return [f"{finding.path}:{finding.line} {finding.code}" for finding in report.findings]


def test_a_change_inside_a_function_is_solved_where_it_is_seen(root: Path, solved: list[str]) -> None:
    said(root)
    assert sorted(solved) == ["far", "guests", "helper", "job", "other", "show", "use"]
    for name, again in (("far", ["far"]), ("use", ["use"]), ("helper", ["helper", "use"])):
        solved.clear()
        (root / f"{name}.py").write_text("import os\n\n" + FILES[f"{name}.py"])
        assert said(root) == said(root, cache=None)
        assert sorted(solved[: len(again)]) == again
        assert len(solved) == len(again) + len(FILES), "a run without a cache solves all"


def test_a_name_that_somebody_asked_about(root: Path, solved: list[str]) -> None:
    first = said(root)
    (root / "other.py").write_text(CALLER)
    solved.clear()
    second = said(root)
    assert sorted(solved) == ["job", "other"]
    assert second == said(root, cache=None) != first


@pytest.mark.parametrize("between", [["other.py"], ["job.py", "far.py"], ["job.py", "other.py", "use.py"]])
def test_a_run_over_other_paths_in_between(root: Path, between: list[str]) -> None:
    first = said(root)
    (root / "other.py").write_text(CALLER)
    assert said(root, *between) == said(root, *between, cache=None)
    second = said(root)
    assert second == said(root, cache=None) != first
    (root / "other.py").write_text("")
    assert said(root, *between) == said(root, *between, cache=None)
    assert said(root) == first


def _before_the_first_flush(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    really = Cache.flush
    done: list[bool] = []

    def flush(cache: Cache) -> None:
        if not done:
            done.append(True)
            do()
        really(cache)

    monkeypatch.setattr(Cache, "flush", flush)


@pytest.mark.parametrize("state", [CALLER, GUEST, "", "import os\n"], ids=["caller", "guest", "", "os"])
@pytest.mark.parametrize("overtaken_by", [CALLER, GUEST, "", "import sys\n"], ids=["caller", "guest", "", "sys"])
def test_a_run_that_is_overtaken(root: Path, monkeypatch: pytest.MonkeyPatch, state: str, overtaken_by: str) -> None:
    """What one run has found to be true is written after another run, of other contents, has kept its own."""
    said(root)
    (root / "other.py").write_text(state)

    def overtake() -> None:
        (root / "other.py").write_text(overtaken_by)
        said(root)

    _before_the_first_flush(monkeypatch, overtake)
    said(root)
    for text in (state, "import re\n", overtaken_by, "import ast\n", GUEST, CALLER):
        (root / "other.py").write_text(text)
        assert said(root) == said(root, cache=None)
