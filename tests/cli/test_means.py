"""With what a run works (processes, clusters, the cache) changes nothing in what it says; and what may go wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROJECTS = ("shop", "programs/hierarchy", "programs/callables")
FORMATS = ("full", "concise", "json", "jsonl", "sarif")
COLD = ("--no-cache", "--jobs", "1")
CLEAN = "x = 1\n"


@pytest.fixture(params=PROJECTS)
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a project, which becomes the current directory."""
    root = tmp_path / "project"
    shutil.copytree(FIXTURES / request.param, root)
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    return root


def everything(discreet: Any, *means: str) -> list[Any]:
    """What a run says in each format, with its statistics, and what it could not see."""
    said = [
        discreet("check", ".", "--select", "ALL", "--statistics", "--show-suppressed", "--output-format", form, *means)
        for form in FORMATS
    ]
    return [*said, discreet("coverage", ".", "--output-format", "json", *means)]


@pytest.mark.usefixtures("shared_out")
def test_who_does_the_work_and_what_is_known_changes_nothing(project: Path, discreet: Any) -> None:
    cold = everything(discreet, *COLD)
    assert cold[0].status == 1
    assert not (project / ".discreet_cache").exists()
    assert everything(discreet, "--no-cache", "--jobs", "2") == cold
    assert everything(discreet, "--jobs", "2") == cold, "the first of these finds no cache, the others do"
    assert (project / ".discreet_cache/cache.db").is_file()
    assert everything(discreet) == cold


@pytest.mark.usefixtures("shared_out")
def test_after_one_file_has_changed(project: Path, discreet: Any) -> None:
    before = everything(discreet, "--jobs", "1")
    file = max(project.rglob("*.py"))
    file.write_text(file.read_text() + "\n\nimport logging\n\n\ndef added(email):\n    logging.info(email)\n")
    cold = everything(discreet, *COLD)
    assert cold[0] != before[0]
    assert everything(discreet, "--jobs", "2") == cold
    assert everything(discreet) == cold


def test_really_in_other_processes(tree: Any, leak: str, command: Any) -> None:
    tree({f"{number:02}.py": leak for number in range(60)})
    alone = command("discreet", "check", *COLD)
    together = command("discreet", "check", "--no-cache", "--jobs", "2")
    assert (together.status, together.out, together.err) == (1, alone.out, "60 findings in 60 files\n")


def test_two_runs_at_once(tree: Any, leak: str) -> None:
    root = tree({f"{number:02}.py": leak for number in range(60)})
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "discreet", "check", "-j", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [run.communicate() for run in runs]
    assert said[0] == said[1]
    assert said[0][0].count(b"PII101") == 60
    assert said[0][1] == b"60 findings in 60 files\n"
    assert (root / ".discreet_cache/cache.db").is_file()


def test_a_cache_that_cannot_be_used_is_one_line(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak, "a_file": "mine", "somebodys/thesis.txt": "years of work"})
    cold = discreet("check", "--no-cache")
    for directory in ("a_file", "somebodys", "no/such/parent", "a_file/below"):
        result = discreet("check", "--cache-dir", directory)
        assert (result.status, result.out) == (cold.status, cold.out), directory
        first, *rest = [line for line in result.err.splitlines() if line not in cold.err]
        assert first.startswith("discreet: warning: ")
        assert rest == []
        assert discreet("check", "-q", "--cache-dir", directory).err == ""
    assert Path("a_file").read_text() == "mine"
    assert os.listdir("somebodys") == ["thesis.txt"]


def test_the_cache_is_not_looked_at_where_none_is_wanted(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak, ".discreet_cache": "no directory"})
    assert discreet("check", "--no-cache").err == "1 finding in 1 file\n"


def test_a_dask_cluster_says_the_same(tree: Any, leak: str, command: Any) -> None:
    pytest.importorskip("distributed", reason="the extra discreet[distributed]")
    tree({f"{number}.py": leak for number in range(5)})
    alone = command("discreet", "check", *COLD)
    cluster = command("discreet", "check", "--no-cache", "--executor", "dask", "--jobs", "1")
    assert (cluster.status, cluster.out, cluster.err) == (1, alone.out, alone.err)


BAD = {
    "an address without dask": (("--address", "tcp://127.0.0.1:1"), "dask"),
    "another executor": (("--executor", "ray"), "'processes', 'dask'"),
    "no process": (("--jobs", "0"), "number of processes"),
    "a word": (("-j", "many"), "'auto'"),
    "less than none": (("-j", "-1"), "number of processes"),
    "no name": (("--cache-dir", ""), "path"),
}


@pytest.mark.parametrize(("arguments", "said"), BAD.values(), ids=BAD.keys())
def test_what_is_not_to_be_had_is_a_usage_error(
    tree: Any, discreet: Any, arguments: tuple[str, ...], said: str
) -> None:
    tree({"a.py": CLEAN})
    discreet("check")  # what is known already must not hide it
    result = discreet("check", *arguments)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith("discreet: error: ")
    assert said in result.err


def test_options_beat_the_configuration(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": CLEAN, "pyproject.toml": '[tool.discreet]\ncache-dir = "one"\njobs = 1\n'})
    discreet("check", "--cache-dir", "two", "--jobs", "auto")
    assert not (root / "one").exists()
    assert (root / "two/cache.db").is_file()
    discreet("check", "--no-cache")
    assert not (root / "one").exists()
