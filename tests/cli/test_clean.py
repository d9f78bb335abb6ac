"""``discreet clean`` removes what discreet keeps, says so, and touches nothing else."""

from __future__ import annotations

import os
from typing import Any

CLEAN = "x = 1\n"


def test_a_run_leaves_a_cache_and_clean_removes_it(tree: Any, discreet: Any, monkeypatch: Any) -> None:
    root = tree({"a.py": CLEAN, "sub/b.py": CLEAN})
    discreet("check")
    cache = root / ".discreet_cache"
    assert cache.is_dir()
    monkeypatch.chdir(root / "sub")
    result = discreet("clean")
    assert (result.status, result.out, result.err.count("\n")) == (0, "", 1)
    assert str(cache) in result.err
    assert not cache.exists()
    assert (root / "a.py").exists()


def test_no_cache_is_no_failure(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": CLEAN})
    result = discreet("clean")
    assert (result.status, result.err.count("\n")) == (0, 1)
    assert str(root / ".discreet_cache") in result.err


def test_the_root_is_that_of_the_paths(tree: Any, discreet: Any) -> None:
    root = tree(
        {"one/pyproject.toml": "[tool.discreet]\n", "one/a.py": CLEAN, "two/pyproject.toml": "[tool.discreet]\n"}
    )
    discreet("check", "one")
    assert (root / "one/.discreet_cache").is_dir()
    assert discreet("clean", "two").status == 0
    assert (root / "one/.discreet_cache").is_dir()
    assert discreet("clean", "one").status == 0
    assert not (root / "one/.discreet_cache").exists()


def test_a_cache_elsewhere(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": CLEAN})
    discreet("check", "--cache-dir", "kept")
    assert (root / "kept/cache.db").is_file()
    assert not (root / ".discreet_cache").exists()
    assert discreet("clean", "--cache-dir", "kept").status == 0
    assert not (root / "kept").exists()


def test_a_cache_where_the_configuration_has_it(tree: Any, discreet: Any, monkeypatch: Any) -> None:
    root = tree({"sub/a.py": CLEAN, "pyproject.toml": '[tool.discreet]\ncache-dir = "var/kept"\n', "var/x": ""})
    monkeypatch.chdir(root / "sub")
    discreet("check")
    assert (root / "var/kept/cache.db").is_file()
    assert discreet("clean").status == 0
    assert not (root / "var/kept").exists()


def test_what_is_not_ours_is_left_alone(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": CLEAN, ".discreet_cache/thesis.txt": "years of work", "file": "text"})
    os.symlink(root / "file", root / "link")
    for arguments in ((), ("--cache-dir", "file"), ("--cache-dir", "link"), ("--cache-dir", ".")):
        result = discreet("clean", *arguments)
        assert (result.status, result.out, result.err.count("\n")) == (2, "", 1), arguments
        assert result.err.startswith("discreet: error: ")
    assert (root / ".discreet_cache/thesis.txt").read_text() == "years of work"
    assert (root / "file").read_text() == "text"


def test_what_somebody_put_into_the_cache_stays(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": CLEAN})
    discreet("check")
    (root / ".discreet_cache/thesis.txt").write_text("years of work")
    result = discreet("clean")
    assert (result.status, result.err.count("\n")) == (0, 1)
    assert sorted(os.listdir(root / ".discreet_cache")) == ["thesis.txt"]
    assert "thesis" not in result.out


def test_a_name_that_forges_lines(tree: Any, discreet: Any) -> None:
    tree({})
    result = discreet("clean", "--cache-dir", "a\nb\x1b[2J")
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err
