"""The SQLite file: how it is made, what is checked before it is believed, and how it is kept from growing.

Writes go through SQLite's rollback journal, without syncing: the next run takes back what a killed one left half
done, and what a power failure damages is found by the checksum of each row. WAL would let two runs wait for each
other a little less, but needs shared memory, which bind mounts and network drives are bad at, and costs more to open.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from pathlib import Path

from discreet.project.cache.place import (
    DAMAGED,
    DATABASE,
    JOURNAL,
    SIDECARS,
    TABLES,
    Unusable,
    check_journal,
    read_start,
    unlink,
)

LAYOUT = 1
APPLICATION = 0x44495343
"""``DISC``, in the header of the file: what tells our database from anybody else's."""

PAGE = 16384
"""Measured for rows of 4 KB: smaller pages make overflow chains, larger ones write more for one changed row."""

UNUSED_DAYS = 14
TOTAL_SIZE = 1 << 30
_PATIENCE = 0.25
_MAGIC = b"SQLite format 3\0"
_ROLLBACK = b"\1\1"
"""In the header: not in WAL mode."""

_SCHEMA = {
    "swept": "CREATE TABLE swept (day INTEGER NOT NULL)",
    **{
        name: f"CREATE TABLE {name} "
        "(key BLOB PRIMARY KEY, day INTEGER NOT NULL, checksum INTEGER NOT NULL, value BLOB NOT NULL)"
        for name in TABLES
    },
}


class Damaged(Exception):
    """The file is ours and can't be read any more."""


def is_busy(error: Exception) -> bool:
    """Whether another run is in the way, which is no reason to worry anybody."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def is_damage(error: Exception) -> bool:
    """Whether an error says that the file is broken, and not that the disk is full or the directory read-only."""
    return isinstance(error, sqlite3.DatabaseError) and (
        not isinstance(error, sqlite3.OperationalError) or "malformed" in str(error)
    )


def connect(directory: Path) -> tuple[sqlite3.Connection, bool, str]:
    """Open the database, making one if there is none; with it, whether it can be written to, and what there is to say.

    Raises:
        Unusable: what lies there is not ours, or can't be used.
        Damaged: it was ours, and is broken.
        OSError, sqlite3.Error: whatever else can go wrong with a file.
    """
    path = directory / DATABASE
    said = ""
    try:
        start = read_start(path, 100)
    except FileNotFoundError:
        start = b""
    if start and not start.startswith(_MAGIC):
        said = _set_aside(path)
        start = b""
    if not start:
        _make(directory)
    elif struct.unpack(">I", start[68:72].ljust(4, b"\0")) != (APPLICATION,):
        raise Unusable(f"{DATABASE} is somebody else's database, or its head is damaged: 'discreet clean' removes it")
    elif start[18:20] != _ROLLBACK:
        raise Damaged
    if not os.access(directory, os.W_OK) or not os.access(path, os.W_OK):
        return _read_only(path), False, "it can't be written to, so nothing new is kept"
    for suffix in SIDECARS:
        if suffix != JOURNAL:  # never ours, and SQLite would believe them
            unlink(directory / (DATABASE + suffix))
    check_journal(directory)
    return _opened(str(path)), True, said


def discard(directory: Path) -> None:
    """Remove a database that is ours, with what SQLite keeps beside it."""
    for suffix in (*SIDECARS, ""):
        unlink(directory / (DATABASE + suffix))


def sweep(connection: sqlite3.Connection, size: int, day: int) -> None:
    """Forget what nobody has used for long, once a day, and the least recently used where there is too much."""
    (swept,) = connection.execute("SELECT max(day) FROM swept").fetchone()
    if swept != day:
        connection.execute("DELETE FROM swept")
        connection.execute("INSERT INTO swept VALUES (?)", (day,))
        for table in TABLES:
            connection.execute(f"DELETE FROM {table} WHERE day NOT BETWEEN ? AND ?", (day - UNUSED_DAYS, day + 1))
    surplus = _used(connection) - size
    if surplus > 0:
        _shrink(connection, surplus + size // 4)


def _used(connection: sqlite3.Connection) -> int:
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    free: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
    return (pages - free) * PAGE


def _shrink(connection: sqlite3.Connection, surplus: int) -> None:
    rows: list[tuple[int, str, int, int]] = []
    for table in TABLES:
        rows.extend(
            (day, table, row, length)
            for day, row, length in connection.execute(f"SELECT day, rowid, length(value) FROM {table}")
        )
    for _, table, row, length in sorted(rows):
        if surplus <= 0:
            break
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        surplus -= length


def _set_aside(path: Path) -> str:
    """Move what is no database at all out of the way: a crash may have left it, or somebody may miss it."""
    aside = path.with_name(DAMAGED)
    if os.path.lexists(aside):
        raise Unusable(f"{DATABASE} is no database, nor was {DAMAGED}: 'discreet clean' removes both")
    os.rename(path, aside)
    for suffix in SIDECARS:
        unlink(path.with_name(DATABASE + suffix))
    return f"{DATABASE} was no database, it is now {DAMAGED}: this run starts cold"


def _make(directory: Path) -> None:
    """Make an empty database under another name, and give it its own when it is whole."""
    fresh = directory / f"{DATABASE}.{os.getpid()}"
    unlink(fresh)
    connection = sqlite3.connect(fresh, isolation_level=None)
    try:
        for pragma in (f"page_size={PAGE}", "journal_mode=MEMORY", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for statement in _SCHEMA.values():
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute(f"PRAGMA user_version={LAYOUT}")
        connection.execute("COMMIT")
        connection.close()
        _forget_journal(directory)
        _into_place(fresh, directory / DATABASE)
    finally:
        connection.close()
        for suffix in ("", *SIDECARS):
            unlink(fresh.with_name(fresh.name + suffix))


def _forget_journal(directory: Path) -> None:
    """Remove the journal of a file that is gone, before SQLite rolls it back into the next one.

    Looked for in this order, what is found is nobody's: a run that is writing has its file before it has a journal.
    """
    journal = directory / (DATABASE + JOURNAL)
    if os.path.lexists(journal) and not _holds_something(directory / DATABASE):
        unlink(journal)


def _holds_something(path: Path) -> bool:
    try:
        return os.lstat(path).st_size > 0
    except FileNotFoundError:
        return False


def _into_place(fresh: Path, path: Path) -> None:
    """Whoever comes first wins: the file of another run that is making one now must not be replaced under it."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        if not _holds_something(path):
            os.replace(fresh, path)
    except OSError:  # a file system without links
        os.replace(fresh, path)


def _opened(place: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, uri=uri)
    try:
        connection.text_factory = bytes
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "synchronous=OFF", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        _check_schema(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, Exception) and is_damage(error):
            raise Damaged from error
        raise
    return connection


def _check_schema(connection: sqlite3.Connection) -> None:
    """A file with our number may hold views, triggers or virtual tables that somebody thought up: ours has none."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    found = {name: statement for kind, name, statement in rows if (kind, statement) != (b"index", None)}  # keys' own
    if found != {name.encode(): statement.encode() for name, statement in _SCHEMA.items()}:
        raise Damaged


def _read_only(path: Path) -> sqlite3.Connection:
    """Nobody can write here, so SQLite need not make files for its locks, which it could not."""
    from urllib.parse import quote

    return _opened(f"file:{quote(os.fsencode(os.path.abspath(path)))}?immutable=1", uri=True)
