"""Which files a run reads: those git would show, less what is excluded, in one order."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from discreet.project.config import Config
from discreet.project.discovery import discover


@pytest.fixture
def root(tmp_path: Path) -> Path:
    directory = tmp_path / "project"
    directory.mkdir()
    return directory


def make(root: Path, *names: str, **ignores: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x = 1\n", encoding="utf-8")


def found(root: Path, *names: str, **settings: object) -> list[str]:
    config = Config(root=root, **settings)  # type: ignore[arg-type]
    discovery = discover([root / name for name in names] or [root], config)
    assert discovery.problems == ()
    return [file.path for file in discovery.files]


IGNORES: dict[str, Mapping[str, str]] = {
    "plain": {".gitignore": "gen.py\nlogs/\n*.tmp.py\n# a comment\n\n"},
    "anchored": {".gitignore": "/gen.py\na/gen.py\n"},
    "taken back": {".gitignore": "*.py\n!keep.py\n!/a/\n", "a/.gitignore": "!gen.py\n"},
    "deeper decides": {".gitignore": "!gen.py\nkeep.py", "a/.gitignore": "gen.py\n", "a/b/.gitignore": "!gen.py\n"},
    "two stars": {".gitignore": "a/**/gen.py\n**/logs\n"},
    "a directory can't be taken back into": {".gitignore": "a/\n!a/keep.py\n"},
    "a pattern for directories only": {".gitignore": "gen.py/\nlogs.py/\n"},
    "odd characters": {".gitignore": "[ab]/k*.py\n\\!x.py\nsp\\ ace.py\ntrailing.py   \n"},
    "bytes that are no text": {".gitignore": "gen.py\n\udcff.py\n"},
    "lines that are no patterns": {".gitignore": "!\n/\ngen.py\n"},
    "info": {".git/info/exclude": "gen.py\n", "a/.gitignore": "!gen.py\n"},
}


@pytest.mark.parametrize("ignores", IGNORES.values(), ids=IGNORES.keys())
def test_git_shows_the_same_files(root: Path, ignores: Mapping[str, str]) -> None:
    places = ("", "a/", "a/b/", "c/", "logs/", "a/logs/", "logs.py/")
    names = ("gen.py", "keep.py", "x.tmp.py", "!x.py", "sp ace.py", "trailing.py")
    make(root, *(place + name for place in places for name in names))
    git = ["git", "-c", "core.excludesFile=", "-C", str(root)]
    subprocess.run([*git, "init", "-q"], check=True)
    for name, text in ignores.items():
        (root / name).write_text(text, encoding="utf-8", errors="surrogateescape")
    shown = subprocess.run(
        [*git, "ls-files", "-z", "--others", "--exclude-standard", "*.py"], check=True, capture_output=True, text=True
    )
    assert found(root) == sorted(shown.stdout.split("\0")[:-1])


def test_ignore_files_above_the_named_directory_count(root: Path) -> None:
    make(root, "a/b/gen.py", "a/b/x.py")
    (root / ".git").mkdir()
    (root / ".gitignore").write_text("gen.py\n", encoding="utf-8")
    assert found(root, "a/b") == ["a/b/x.py"]


def test_ignore_files_outside_the_repository_do_not(root: Path) -> None:
    make(root, "inner/gen.py")
    (root / ".gitignore").write_text("gen.py\n", encoding="utf-8")
    (root / "inner" / ".git").mkdir()
    config = Config(root=root / "inner")
    assert [file.path for file in discover([root / "inner"], config).files] == ["gen.py"]


def test_an_ignored_directory_that_is_named_is_read(root: Path) -> None:
    make(root, "out/x.py", "out/deep/y.py", "out/skip.py")
    (root / ".git").mkdir()
    (root / ".gitignore").write_text("out/\n", encoding="utf-8")
    (root / "out" / ".gitignore").write_text("skip.py\n", encoding="utf-8")
    assert found(root) == []
    assert found(root, "out") == ["out/deep/y.py", "out/x.py"]
    assert found(root, "out/deep") == ["out/deep/y.py"]


def test_only_python_files_are_looked_for_and_named_ones_always_read(root: Path) -> None:
    make(root, "x.py", "x.pyi", "x.txt", "bin/tool", "node_modules/m.py", "a/.venv/lib/v.py", "build/b.py")
    assert found(root) == ["x.py"]
    assert found(root, "bin/tool", "node_modules/m.py", "x.pyi") == ["bin/tool", "node_modules/m.py", "x.pyi"]


def test_exclude(root: Path) -> None:
    make(root, "a.py", "old/b.py", "x/old/c.py", "x/d_pb2.py", "docs/e.py", "build/f.py")
    assert found(root, extend_exclude=("old", "*_pb2.py", "/docs")) == ["a.py"]
    assert found(root, exclude=("/old",)) == ["a.py", "build/f.py", "docs/e.py", "x/d_pb2.py", "x/old/c.py"]


def test_force_exclude_holds_for_named_files_too(root: Path) -> None:
    make(root, "old/b.py", "old/deep/c.py", "a.py")
    settings = {"extend_exclude": ("old",)}
    named = ("old/b.py", "old/deep", "a.py")
    assert found(root, *named, **settings) == ["a.py", "old/b.py", "old/deep/c.py"]
    assert found(root, *named, force_exclude=True, **settings) == ["a.py"]


def test_links(root: Path) -> None:
    make(root, "real/x.py", "z.py")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "real" / "up").symlink_to("..", target_is_directory=True)
    (root / "a.py").symlink_to("z.py")
    (root / "dead.py").symlink_to("nowhere.py")
    assert found(root) == ["dead.py", "real/x.py", "z.py"]
    assert found(root, "loop/real") == ["loop/real/x.py"]


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.py")
    make(root, "x.py")
    assert found(root) == ["x.py"]


def test_no_file_twice_and_always_one_order(root: Path) -> None:
    make(root, "b.py", "a/z.py", "a.py", "a-b.py")
    assert found(root, "b.py", "", "a", "a/z.py") == found(root) == sorted(found(root))
    assert len(found(root)) == 4


def test_modules_of_several_roots_are_told_apart(root: Path) -> None:
    make(root, "one/app/__init__.py", "one/app/models.py", "two/app/__init__.py", "two/app/models.py")
    modules = [file.module for file in discover([root], Config(root=root)).files]
    assert modules == ["app", "app.models", "two.app", "two.app.models"]


def test_what_is_not_there_is_said(root: Path) -> None:
    make(root, "x.py")
    discovery = discover([root / "x.py", Path("nope.py")], Config(root=root))
    assert [file.path for file in discovery.files] == ["x.py"]
    assert discovery.problems == ("nope.py: No such file or directory",)


def test_a_deep_tree(root: Path) -> None:
    deep = root.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    (deep / "x.py").touch()
    assert len(found(root)) == 1
