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


SHARED = """import logging
import using

log = logging.getLogger(__name__)


class Mailer:
    def __init__(self, sender):
        self.sender = sender

    def tell(self, what):
        self.last = what
        return what

    def idle(self):
        return self.last


def asked(value):
    return value


def unasked(value):
    return value


def calling(value):
    using.Report(value)
    return 1
"""
USING = """import logging

from shared import Mailer, asked


def use(email):
    logging.info(asked(1))
    mailer = Mailer(1)
    logging.info(mailer.tell(1), mailer.sender)


class Report:
    def __init__(self, to):
        self.to = to

    def run(self):
        logging.info("to %s", self.to)
"""


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("def unasked(value):\n", "def unasked(value):\n    print(1)\n", False),
        ("        return self.last\n", "        log.info('last')\n        return self.last\n", False),
        ("log = ", "\n\nlog = ", False),
        ("    return 1\n", "    return 1 + 1\n", False),
        ("def asked(value):\n    return value\n", "def asked(value):\n    return 1\n", True),
        ("def unasked(value):\n    return", "def unasked(value):\n    using.Report(value.email)\n    return", True),
        ("    using.Report(value)\n", "    using.Report(value.email)\n", True),
        ("    using.Report(value)\n", "    pass\n", True),
        ("        self.sender = sender\n", "        self.sender = 1\n", True),
        ("        return self.last\n", "        self.sender = 1\n        return self.last\n", True),
        ("        return what\n", "        return self\n", True),
    ],
)
def test_who_is_solved_again_asked_for_what_changed(
    root: Path, solved: list[str], old: str, new: str, again: bool
) -> None:
    (root / "shared.py").write_text(SHARED)
    (root / "using.py").write_text(USING)
    said(root)
    assert SHARED.count(old) == 1, "else this edits something else"
    (root / "shared.py").write_text(SHARED.replace(old, new))
    solved.clear()
    second = said(root)
    assert [module for module in solved if module != "shared"] == ["using"] * again
    assert second == said(root, cache=None)
    solved.clear()
    (root / "far.py").write_text(FILES["far.py"] + "\n\nx = 1\n")
    assert said(root) == second
    assert solved == ["far"], "what was found to be true is known from then on"


def test_a_finding_moves_with_its_line(root: Path) -> None:
    """What is found in a module for others is shown on its line, though nobody asked for the function that changed."""
    (root / "helper.py").write_text("def idle():\n    return 1\n\n\n" + FILES["helper.py"])
    first = said(root)
    (root / "helper.py").write_text("def idle():\n    print(1)\n    return 1\n\n\n" + FILES["helper.py"])
    second = said(root)
    assert second == said(root, cache=None) != first


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
