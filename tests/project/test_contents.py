"""Files that nobody has touched are not read again, and no change is ever missed for that."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from discreet.project import contents, run
from discreet.project.cache import Cache
from discreet.project.config import Config
from discreet.project.files import content_of
from discreet.project.result import Means

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="every file is read")

LEAK = "import logging\n\n\ndef greet(email):\n    logging.info(email)\n"
SAFE = LEAK.replace("info(email)", "info('hey')")
assert len(LEAK) == len(SAFE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.py", "b.py", "c/d.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LEAK)
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read to find out whether they have changed."""
    names: list[str] = []

    def noted(location: str) -> tuple[bytes, os.stat_result]:
        names.append(os.path.basename(location))
        return content_of(location)

    monkeypatch.setattr(contents, "content_of", noted)
    return names


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any time is long enough after a change."""
    monkeypatch.setattr(contents, "SETTLED", 0)


def said(root: Path, *, cache: str | None = "") -> list[str]:
    """Which files let something out."""
    report = run.check([root], Config(root=root), None, Means(jobs=1, cache=cache))
    assert report.problems == report.notes == ()
    return [finding.path for finding in report.findings]


@pytest.mark.usefixtures("later")
def test_what_nobody_has_touched_is_not_read(root: Path, read: list[str]) -> None:
    assert said(root) == ["a.py", "b.py", "c/d.py"]
    assert sorted(read) == ["a.py", "b.py", "d.py"]
    read.clear()
    assert said(root) == ["a.py", "b.py", "c/d.py"]
    assert read == []
    (root / "b.py").write_text(SAFE)
    assert said(root) == ["a.py", "c/d.py"]
    assert read == ["b.py"]


def test_what_was_changed_just_now_is_read_the_next_time(root: Path, read: list[str]) -> None:
    for _ in range(2):
        read.clear()
        said(root)
        assert sorted(read) == ["a.py", "b.py", "d.py"]


def test_a_clock_that_is_behind_is_not_believed(root: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "SETTLED", 0)
    monkeypatch.setattr(Cache, "now", lambda _: 0)
    said(root)
    read.clear()
    said(root)
    assert sorted(read) == ["a.py", "b.py", "d.py"]


def test_a_change_within_one_tick_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that ticks once a day: only the size and the inode tell, and they are what they were."""
    today = int(os.stat(root / "a.py").st_ctime_ns)
    monkeypatch.setattr(contents, "_touched", lambda status: (today, today, status.st_size, status.st_ino))
    for text, found in ((LEAK, ["a.py", "b.py", "c/d.py"]), (SAFE, ["b.py", "c/d.py"])) * 3:
        (root / "a.py").write_text(text)
        assert said(root) == found


def test_changes_one_after_the_other_are_all_noticed(root: Path) -> None:
    for number in range(20):
        (root / "a.py").write_text(SAFE if number % 2 else LEAK)
        assert said(root) == (["b.py", "c/d.py"] if number % 2 else ["a.py", "b.py", "c/d.py"])


def _set_back(path: Path) -> None:
    before = path.stat()
    path.write_text(SAFE)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(path: Path) -> None:
    before = path.stat()
    other = path.with_suffix(".new")
    other.write_text(SAFE)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.replace(other, path)


def _linked(path: Path) -> None:
    other = path.with_name("elsewhere")
    other.write_text(SAFE)
    path.unlink()
    path.symlink_to(other)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("change", [_set_back, _replaced, _linked])
def test_a_change_that_hides_is_noticed(root: Path, change: Callable[[Path], None]) -> None:
    assert said(root) == said(root) == ["a.py", "b.py", "c/d.py"]
    change(root / "b.py")
    assert said(root) == ["a.py", "c/d.py"]


@pytest.mark.usefixtures("later")
def test_what_was_only_touched_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = said(root)
    os.utime(root / "a.py")
    (root / "b.py").write_text(LEAK)

    def never(*_: object) -> None:
        raise AssertionError("there is nothing to work out")

    monkeypatch.setattr(run, "_worked_out", never)
    assert said(root) == first


@pytest.mark.usefixtures("later")
def test_a_file_that_goes_or_cannot_be_read_any_more(root: Path) -> None:
    said(root)
    (root / "a.py").unlink()
    (root / "a.py").symlink_to("nowhere")
    assert said(root) == said(root, cache=None) == ["a.py", "b.py", "c/d.py"]  # PII905 is said of it
    (root / "a.py").unlink()
    assert said(root) == ["b.py", "c/d.py"]
