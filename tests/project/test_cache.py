"""The cache over real files: what comes out is what went in under that key, or nothing, and nothing ever raises."""

from __future__ import annotations

import importlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discreet.project import cache as cache_module
from discreet.project import edition
from discreet.project.cache import Cache, database, key_of, place, remove

ROWS = {key_of("row", str(number)): bytes([number % 251]) * (number * 7) for number in range(700)}
posix = pytest.mark.skipif(os.name != "posix", reason="pipes, links and signals as POSIX has them")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / ".discreet_cache"


@pytest.fixture
def filled(directory: Path) -> Path:
    with Cache.open(directory) as cache:
        cache.put("facts", ROWS)
    assert cache.problem == ""
    return directory


def kept(directory: Path, table: str = "facts") -> tuple[dict[bytes, bytes], str]:
    with Cache.open(directory) as cache:
        found = cache.get(table, list(ROWS))
    return found, cache.problem


def works(directory: Path) -> bool:
    """Whether what is put in now comes back from a later run."""
    key = key_of("works", os.urandom(8))
    with Cache.open(directory) as cache:
        cache.put("runs", {key: b"x"})
    with Cache.open(directory) as cache:
        return cache.get("runs", [key]) == {key: b"x"}


def python(code: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_what_was_put_comes_back_in_the_next_run(filled: Path) -> None:
    assert kept(filled) == (ROWS, "")
    assert kept(filled, "solved") == ({}, "")
    assert sorted(os.listdir(filled)) == [".gitignore", "CACHEDIR.TAG", "cache.db"]


def test_what_was_put_is_there_before_it_is_written(directory: Path) -> None:
    with Cache.open(directory) as cache:
        cache.put("runs", {b"key": b"value"})
        assert cache.get("runs", [b"key", b"other"]) == {b"key": b"value"}
        cache.flush()
        cache.put("runs", {b"key": b"later"})
        assert cache.get("runs", [b"key"]) == {b"key": b"later"}
    with Cache.open(directory) as cache:
        assert cache.get("runs", [b"key"]) == {b"key": b"later"}


def test_a_large_value(directory: Path) -> None:
    value = os.urandom(1 << 20) * 30
    with Cache.open(directory) as cache:
        cache.put("solved", {b"key": value, b"empty": b""})
    with Cache.open(directory) as cache:
        assert cache.get("solved", [b"key", b"empty"]) == {b"key": value, b"empty": b""}


def test_a_table_that_does_not_exist_is_a_mistake(directory: Path) -> None:
    with Cache.open(directory) as cache, pytest.raises(KeyError):
        cache.get("fact", [])


def test_git_and_backups_are_told_to_leave_it_alone(filled: Path) -> None:
    assert (filled / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    subprocess.run(["git", "init", "-q", filled.parent], check=True)
    status = subprocess.run(["git", "status", "--porcelain"], cwd=filled.parent, capture_output=True, check=True)
    assert status.stdout == b""


# keys


@given(st.lists(st.text() | st.binary()), st.lists(st.text() | st.binary()))
def test_keys_are_the_same_only_for_the_same_parts(one: list[str | bytes], other: list[str | bytes]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


def test_another_discreet_has_other_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discreet.__path__", [str(tmp_path)])
    seen = []
    try:
        for name, text in [("a.py", "x = 1"), ("b.toml", "x = 1"), ("data.txt", "nothing of ours"), ("a.py", "x = 2")]:
            (tmp_path / name).write_text(text)
            edition.edition.cache_clear()
            seen.append(key_of("a"))
    finally:
        edition.edition.cache_clear()
    assert seen[1] == seen[2]
    assert len(set(seen)) == 3


# what may lie there


@pytest.mark.parametrize("kind", ["file", "link", "dead link", "somebody's directory"])
def test_a_directory_that_is_not_ours_is_left_alone(directory: Path, kind: str) -> None:
    elsewhere = directory.parent / "elsewhere"
    if kind == "file":
        directory.write_text("mine")
    elif kind == "somebody's directory":
        directory.mkdir()
        (directory / "mine").write_text("mine")
    else:
        directory.symlink_to(elsewhere)
    if kind == "link":
        Cache.open(elsewhere).close()
        (elsewhere / "cache.db").unlink()
    before = sorted(directory.parent.rglob("*"))
    with Cache.open(directory) as cache:
        cache.put("facts", ROWS)
    assert cache.problem.startswith(f"{directory}: it ")
    assert "\n" not in cache.problem
    assert not remove(directory)
    assert sorted(directory.parent.rglob("*")) == before


@posix
@pytest.mark.parametrize("name", ["cache.db", "cache.db-journal"])
@pytest.mark.parametrize("kind", ["pipe", "link", "directory"])
def test_nothing_is_written_through_what_is_no_file(filled: Path, name: str, kind: str) -> None:
    target = filled / name
    target.unlink(missing_ok=True)
    elsewhere = filled.parent / "elsewhere"
    elsewhere.write_bytes(b"")
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "link":
        target.symlink_to(elsewhere)
    else:
        target.mkdir()
    with Cache.open(filled) as cache:
        cache.put("facts", ROWS)
    assert f"{name} is a " in cache.problem
    assert elsewhere.read_bytes() == b""
    assert remove(filled) == (kind != "directory")


@posix
@pytest.mark.parametrize("name", ["cache.db-wal", "cache.db-shm"])
def test_what_sqlite_would_believe_is_removed(filled: Path, name: str) -> None:
    elsewhere = filled.parent / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (filled / name).symlink_to(elsewhere)
    assert kept(filled) == (ROWS, "")
    assert elsewhere.read_bytes() == b"mine"
    assert not os.path.lexists(filled / name)


def test_a_planted_journal_removes_no_other_file(filled: Path) -> None:
    victim = filled.parent / "victim"
    victim.write_text("mine")
    name = os.fsencode(victim)
    magic = bytes.fromhex("d9d505f920a163d7")
    tail = b"\xff\xff\xff\xff" + name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + magic
    header = magic + (0).to_bytes(4, "big") + b"\0" * 4 + (1).to_bytes(4, "big") + (512).to_bytes(4, "big")
    (filled / "cache.db-journal").write_bytes(header.ljust(512, b"\0") + tail)
    found, problem = kept(filled)
    assert victim.read_text() == "mine"
    assert found == {}
    assert "names another file" in problem


def test_a_foreign_database_is_not_touched(directory: Path) -> None:
    Cache.open(directory).close()
    (directory / "cache.db").unlink()
    connection = sqlite3.connect(directory / "cache.db")
    connection.execute("CREATE TABLE facts (key, day, checksum, value)")
    connection.close()
    before = (directory / "cache.db").read_bytes()
    with Cache.open(directory) as cache:
        cache.put("facts", ROWS)
        assert cache.get("facts", list(ROWS)) == ROWS
    assert "somebody else's database" in cache.problem
    assert (directory / "cache.db").read_bytes() == before
    assert remove(directory)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON facts BEGIN DELETE FROM facts; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TABLE oracle",
        "CREATE INDEX i ON facts (day)",
        "PRAGMA journal_mode=WAL",
    ],
)
def test_a_database_of_another_make_is_begun_anew(filled: Path, statement: str) -> None:
    connection = sqlite3.connect(filled / "cache.db")
    connection.execute(statement)
    connection.close()
    found, problem = kept(filled)
    assert found == {}
    assert "begun anew" in problem
    assert works(filled)
    assert kept(filled)[1] == ""


@pytest.mark.parametrize("data", [b"", b"x", b"\0" * 100_000, b"SQLite format 3\0"])
def test_what_is_no_database_makes_way_or_is_named(filled: Path, data: bytes) -> None:
    (filled / "cache.db").write_bytes(data)
    found, problem = kept(filled)
    assert found == {}
    assert "\n" not in problem
    assert problem or not data
    if not data.startswith(b"SQLite"):
        assert works(filled)
    if problem and works(filled):
        assert (filled / "cache.db.damaged").read_bytes() == data
        (filled / "cache.db").write_bytes(b"again")
        assert "discreet clean" in kept(filled)[1]
        assert (filled / "cache.db").read_bytes() == b"again"
    assert remove(filled)
    assert works(filled)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_is_never_an_answer(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    directory = tmp_path_factory.mktemp("damage") / ".discreet_cache"
    rows = {key: value[:900] for key, value in list(ROWS.items())[:150]}
    with Cache.open(directory) as cache:
        cache.put("facts", rows)
        cache.put("solved", {key: value * 30 for key, value in list(rows.items())[:20]})
    path = directory / "cache.db"
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        start = data.draw(st.integers(0, 200) | st.integers(0, len(content) - 1))
        written = data.draw(st.binary(min_size=1, max_size=40) | st.integers(1, 3000).map(bytes))
        content[start : start + len(written)] = written
    path.write_bytes(content[: data.draw(st.just(len(content)) | st.integers(0, len(content)))])
    new = {key_of("new", str(number)): b"new" * number for number in range(100)}
    for _ in range(2):
        with Cache.open(directory) as cache:
            found = cache.get("facts", [*rows, *new])
            assert found.items() <= {**rows, **new}.items()
            cache.put("facts", new)
            cache.flush()
            assert cache.get("facts", [*rows, *new]).items() <= {**rows, **new}.items()
        assert "\n" not in cache.problem
    assert remove(directory)


def test_a_row_that_was_damaged_is_a_miss(filled: Path) -> None:
    connection = sqlite3.connect(filled / "cache.db", isolation_level=None)
    keys = sorted(ROWS, key=lambda key: len(ROWS[key]))
    connection.execute("UPDATE facts SET value = ? WHERE key = ?", (b"forged", keys[5]))
    connection.execute("UPDATE facts SET value = 'text' WHERE key = ?", (keys[6],))
    connection.execute("UPDATE facts SET checksum = 'text' WHERE key = ?", (keys[7],))
    connection.execute("UPDATE facts SET day = 'text' WHERE key = ?", (keys[8],))
    connection.execute("INSERT INTO solved SELECT * FROM facts WHERE key = ?", (keys[9],))
    connection.close()
    found, problem = kept(filled)
    assert set(ROWS) - set(found) == set(keys[5:9])
    assert problem == ""
    assert kept(filled, "solved") == ({}, "")


# what may go wrong with the machine


def test_a_python_without_sqlite(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "discreet.project.cache.database")
    monkeypatch.delattr(cache_module, "database")
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with Cache.open(directory) as cache:
        cache.put("facts", ROWS)
        cache.flush()
        assert cache.get("facts", list(ROWS)) == {}
    assert cache.problem == f"{directory}: this Python has no sqlite3, so nothing is kept"
    monkeypatch.undo()
    importlib.import_module("discreet.project.cache.database")


def test_sqlite_is_imported_by_those_only_who_open_a_cache() -> None:
    done = python("import sys, discreet.project.cache as c; c.key_of('a'); assert 'sqlite3' not in sys.modules")
    assert done.communicate() == (b"", b"")


DROP_RIGHTS = """
import os, sys
from pathlib import Path
from discreet.project.cache import Cache, database, place, remove
import urllib.parse
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
directory = Path(sys.argv[1])
with Cache.open(directory) as cache:
    found = cache.get("facts", [b"key"])
    cache.put("facts", {b"key": b"other", b"more": b"more"})
print(found, cache.problem, remove(directory))
"""


@posix
@pytest.mark.parametrize("exists", [True, False])
def test_a_directory_that_cannot_be_written_to(exists: bool, tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place_for_all:  # below tmp_path only root may look
        directory = Path(place_for_all) / ".discreet_cache"
        if exists:
            with Cache.open(directory) as cache:
                cache.put("facts", {b"key": b"value"})
            directory.chmod(0o555)
        os.chmod(place_for_all, 0o555)
        out, err = python(DROP_RIGHTS, str(directory)).communicate()
        os.chmod(place_for_all, 0o755)
        if exists:
            directory.chmod(0o755)
        assert err == b""
        if exists:
            assert (
                out.decode()
                == f"{{b'key': b'value'}} {directory}: it can't be written to, so nothing new is kept False\n"
            )
        else:
            assert out.decode() == f"{{}} {directory}: Permission denied: nothing is read from it or kept False\n"


def test_a_full_disk_keeps_nothing_and_says_so(filled: Path) -> None:
    more = {key_of("more", str(number)): os.urandom(20_000) for number in range(100)}
    with Cache.open(filled) as cache:
        assert cache._connection is not None
        (pages,) = cache._connection.execute("PRAGMA page_count").fetchone()
        cache._connection.execute(f"PRAGMA max_page_count={pages + 3}")
        cache.put("facts", more)
        cache.flush()
        assert "disk is full" in cache.problem
        assert cache.get("facts", list(ROWS)) == {}
    assert kept(filled) == (ROWS, "")


@posix
def test_a_file_that_may_not_grow(filled: Path) -> None:
    """As on a full disk, by the kernel's own hand, at any moment: while it is made, too."""
    code = """
        import os, resource, sys
        from pathlib import Path
        from discreet.project.cache import Cache
        for limit in (0, 60, 4096, 40_000, 2_000_000, 4_000_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            for directory in sys.argv[1:]:
                with Cache.open(Path(directory)) as cache:
                    cache.put("facts", {os.urandom(16): os.urandom(30_000) for _ in range(200)})
                print(limit, cache.problem[len(directory):])
    """
    fresh = filled.parent / "fresh"
    out, err = python(code, str(fresh), str(filled)).communicate()
    assert err == b""
    lines = out.decode().splitlines()
    assert len(lines) == 12
    assert all(": " in line for line in lines[:8])
    assert kept(filled) == (ROWS, "")
    assert works(fresh)


@posix
def test_a_writer_that_is_killed_leaves_whole_rows(directory: Path) -> None:
    code = """
        import os, sys
        from pathlib import Path
        from discreet.project.cache import Cache
        cache = Cache.open(Path(sys.argv[1]))
        print("ready", flush=True)
        while True:
            letter = os.urandom(1)
            cache.put("facts", {bytes([n % 256, n // 256]): letter * 9000 for n in range(600)})
            cache.flush()
    """
    for moment in range(6):
        writer = python(code, str(directory))
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(0.05 + moment * 0.037)
        writer.send_signal(signal.SIGKILL)
        _, err = writer.communicate()
        assert err == b""
        with Cache.open(directory) as cache:
            found = cache.get("facts", [bytes([n % 256, n // 256]) for n in range(600)])
            assert all(value == value[:1] * 9000 for value in found.values())
            assert len(set(found.values())) <= 1  # a flush is all or nothing
        assert cache.problem == ""
    assert works(directory)


@posix
def test_two_runs_at_once(directory: Path) -> None:
    code = """
        import os, sys
        from pathlib import Path
        from discreet.project.cache import Cache, key_of
        keys = [key_of(str(n)) for n in range(400)]
        for turn in range(15):
            with Cache.open(Path(sys.argv[1])) as cache:
                found = cache.get("facts", keys)
                assert all(value == key * 200 for key, value in found.items()), "wrong answer"
                cache.put("facts", {key: key * 200 for key in keys[turn * 20:]})
            assert cache.problem == "", cache.problem
    """
    writers = [python(code, str(directory)) for _ in range(3)]
    assert [writer.communicate()[1] for writer in writers] == [b""] * 3
    keys = [key_of(str(number)) for number in range(400)]
    with Cache.open(directory) as cache:
        assert len(cache.get("facts", keys)) == 400


def test_a_locked_file_costs_misses_and_no_words(filled: Path) -> None:
    other = sqlite3.connect(filled / "cache.db", isolation_level=None)
    with Cache.open(filled) as cache:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get("facts", list(ROWS)) == {}
        cache.put("facts", {b"key": b"value"})
        cache.flush()
        other.execute("ROLLBACK")
        assert cache.get("facts", [b"key", *ROWS]) == ROWS
    other.execute("BEGIN EXCLUSIVE")
    assert kept(filled)[0] == {}
    other.close()
    assert cache.problem == ""


@posix
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_that_was_forked_off_keeps_its_hands_off(filled: Path) -> None:
    with Cache.open(filled) as cache:
        child = os.fork()
        if child == 0:
            cache.put("facts", {b"key": b"child"})
            cache.close()
            os._exit(0 if cache.get("facts", list(ROWS)) == {} and not cache.problem else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert cache.get("facts", list(ROWS)) == ROWS
        assert cache.get("facts", [b"key"]) == {}


# growing and going


class Calendar:
    """A clock for the cache to read."""

    day = 700_000

    @classmethod
    def today(cls) -> Calendar:
        return cls()

    def toordinal(self) -> int:
        return self.day


def test_what_nobody_uses_goes_after_two_weeks(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "date", Calendar)
    with Cache.open(directory) as cache:
        cache.put("facts", {b"used": b"value", b"idle": b"value"})
    for day in (5, 10, 15, 20):
        monkeypatch.setattr(Calendar, "day", 700_000 + day)
        with Cache.open(directory) as cache:
            assert cache.get("facts", [b"used"]) == {b"used": b"value"}
    with Cache.open(directory) as cache:
        assert cache.get("facts", [b"used", b"idle"]) == {b"used": b"value"}
    monkeypatch.setattr(Calendar, "day", 600_000)  # a clock that was wrong: what comes from the future goes too
    with Cache.open(directory) as cache:
        cache.put("facts", {b"new": b"value"})
    with Cache.open(directory) as cache:
        assert cache.get("facts", [b"used", b"new"]) == {b"new": b"value"}


def test_beyond_the_size_the_oldest_goes(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "date", Calendar)
    monkeypatch.setattr(database, "TOTAL_SIZE", 4_000_000)
    for day in range(8):
        monkeypatch.setattr(Calendar, "day", 700_000 + day)
        with Cache.open(directory) as cache:
            cache.put("solved", {bytes([day, number]): os.urandom(10_000) for number in range(100)})
        assert (directory / "cache.db").stat().st_size < 6_000_000
    with Cache.open(directory) as cache:
        found = {key[0] for key in cache.get("solved", [bytes([d, n]) for d in range(8) for n in range(100)])}
    assert 7 in found
    assert 0 not in found


def test_clean_removes_ours_and_nothing_else(filled: Path) -> None:
    assert remove(filled)
    assert not filled.exists()
    assert not remove(filled)
    Cache.open(filled).close()
    (filled / "mine").write_text("mine")
    assert not remove(filled)
    assert os.listdir(filled) == ["mine"]
    assert place.DATABASE not in os.listdir(filled)
