"""The cache: what a run has worked out, for the next one.

It can only ever save time. Whatever goes wrong with it (another run, a full disk, a file that is damaged, foreign
or planted) turns look-ups into misses and writes into nothing, and is told in one line. What it hands out is what
was put in under that very key, or nothing: each row has a checksum over key and value. Against somebody who
*writes* a false row it can't help; whoever may write to a project's directory may as well change the program.

Keys are digests and values are the caller's: facts, in which whatever looks like personal data is blotted out.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from discreet.project.cache.place import TABLES, prepare, remove
from discreet.project.edition import edition

if TYPE_CHECKING:
    import sqlite3

    from msgspec.msgpack import Decoder

T = TypeVar("T")

__all__ = ["DIRECTORY", "Cache", "directory_of", "key_of", "remove", "understood"]

DIRECTORY = ".discreet_cache"
_BATCH = 500  # keys a query: SQLite takes at least 999 variables
_LARGEST = 500_000_000
_FRESH_DAYS = 2
"""So old may the note get that a row was used: it saves writing to every used row every day."""


def key_of(*parts: str | bytes) -> bytes:
    """A key for what follows from ``parts`` by this very discreet on this Python: another of either has other keys."""
    said = [edition()]
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        said += (b"%c%d:" % (b"s" if isinstance(part, str) else b"b", len(data)), data)
    return blake2b(b"".join(said), digest_size=16).digest()


def directory_of(root: Path, named: str | None) -> Path:
    """Where the cache of a project lies: where somebody named a place for it, else below the project's root."""
    return Path(named) if named else root / DIRECTORY


def understood(row: bytes | None, decoder: Decoder[T]) -> T | None:
    """What a row says; a row that is not there, or says nothing of the kind, is a miss."""
    from msgspec import DecodeError

    try:
        return None if row is None else decoder.decode(row)
    except DecodeError:
        return None


class Cache:
    """One run's view of the cache. No method raises, but for a table that does not exist.

    A cache belongs to the process that opened it: in a child that was forked off, it is empty and keeps nothing.

    Attributes:
        problem: the one line to show the user when the cache could not be used as it should, else ``""``.
            Final after :meth:`close`.
    """

    def __init__(self, directory: Path) -> None:
        self.problem = ""
        self._directory = directory
        self._connection: sqlite3.Connection | None = None
        self._writable = False
        self._owner = os.getpid()
        self._waiting: dict[str, dict[bytes, bytes]] = {table: {} for table in TABLES}
        self._used: dict[str, list[bytes]] = {table: [] for table in TABLES}

    @staticmethod
    def open(directory: Path) -> Cache:
        """Open the cache in a ``.discreet_cache``, which is made if need be. One that can't be opened is empty."""
        cache = Cache(directory)
        cache._connect()
        return cache

    def get(self, table: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is known under those keys; a key that is not in the answer is a miss."""
        waiting = self._waiting[table]
        found = {key: waiting[key] for key in keys if key in waiting}
        connection = self._usable()
        if connection is not None:
            missing = [key for key in keys if key not in found]
            try:
                for start in range(0, len(missing), _BATCH):
                    self._look_up(connection, table, missing[start : start + _BATCH], found)
            except Exception as error:
                self._failed(error)
        return found

    def put(self, table: str, rows: Mapping[bytes, bytes]) -> None:
        """Have these rows kept by the next :meth:`flush`."""
        waiting = self._waiting[table]
        for key, value in rows.items():
            if len(value) <= _LARGEST:
                waiting[key] = value

    def now(self) -> int:
        """The time, in nanoseconds, by the clock of the disk that the cache lies on, which may be another machine's;
        zero if it can't be told.
        """
        if not self._writable or self._usable() is None:
            return 0
        try:
            os.utime(self._directory, follow_symlinks=False)
            return os.lstat(self._directory).st_mtime_ns
        except (OSError, NotImplementedError):
            return 0

    def flush(self) -> None:
        """Write what has been put, in one transaction; if another run is in the way, drop it."""
        for _ in range(2):  # the second time into a new file, if the old one was damaged
            connection = self._usable()
            if (
                connection is None
                or not self._writable
                or not (any(self._waiting.values()) or any(self._used.values()))
            ):
                break
            try:
                self._write(connection)
                break
            except Exception as error:
                self._failed(error)
                if isinstance(error, MemoryError) or self._usable() is connection:
                    break
        for table in TABLES:
            self._waiting[table] = {}
            self._used[table] = []

    def close(self) -> None:
        """Flush, and let go of the file."""
        self.flush()
        self._let_go()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _look_up(
        self, connection: sqlite3.Connection, table: str, keys: Sequence[bytes], found: dict[bytes, bytes]
    ) -> None:
        asked, seed = set(keys), _seed(table)
        stale = date.today().toordinal() - _FRESH_DAYS
        marks = ",".join("?" * len(keys))
        for key, day, checksum, value in connection.execute(
            f"SELECT key, day, checksum, value FROM {table} WHERE key IN ({marks})", keys
        ):
            if not (isinstance(key, bytes) and isinstance(value, bytes) and isinstance(day, int) and key in asked):
                continue
            if zlib.crc32(value, zlib.crc32(key, seed)) == checksum:
                found[key] = value
                if day <= stale:
                    self._used[table].append(key)

    def _write(self, connection: sqlite3.Connection) -> None:
        from discreet.project.cache.database import TOTAL_SIZE, sweep

        day = date.today().toordinal()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for table, rows in self._waiting.items():
                seed = _seed(table)
                connection.executemany(
                    f"INSERT OR REPLACE INTO {table} (key, day, checksum, value) VALUES (?, ?, ?, ?)",
                    ((key, day, zlib.crc32(rows[key], zlib.crc32(key, seed)), rows[key]) for key in sorted(rows)),
                )
            for table, used in self._used.items():
                connection.executemany(
                    f"UPDATE {table} SET day = ? WHERE key = ?", ((day, key) for key in sorted(used))
                )
            sweep(connection, TOTAL_SIZE, day)
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.rollback()

    def _usable(self) -> sqlite3.Connection | None:
        return self._connection if os.getpid() == self._owner else None

    def _connect(self, *, again: bool = False) -> None:
        """Open the file; a damaged one that is ours is replaced, once."""
        try:
            from discreet.project.cache import database
        except ImportError:  # Pythons are built without it
            self._say("this Python has no sqlite3, so nothing is kept")
            return
        try:
            prepare(self._directory)
            self._connection, self._writable, said = database.connect(self._directory)
            self._say(said)
        except database.Damaged:
            if not again:
                self._start_anew()
        except Exception as error:
            self._say(f"{_words(error)}: nothing is read from it or kept")

    def _start_anew(self) -> None:
        from discreet.project.cache import database

        self._let_go()
        try:
            database.discard(self._directory)
        except OSError as error:
            self._say(f"it is damaged and can't be removed: {_words(error)}")
            return
        self._say("it was damaged, and is begun anew: this run is cold")
        self._connect(again=True)

    def _failed(self, error: Exception) -> None:
        """Something went wrong with an open file. Only damage and another run are worth going on after."""
        from discreet.project.cache import database

        if database.is_busy(error):
            return
        if database.is_damage(error):
            self._start_anew()
            return
        self._say(f"{_words(error)}: nothing more is read from it or kept")
        self._let_go()

    def _let_go(self) -> None:
        connection, self._connection = self._usable(), None
        if connection is not None:
            try:
                connection.close()
            except Exception as error:
                self._say(_words(error))

    def _say(self, words: str) -> None:
        if words and not self.problem:
            self.problem = f"{self._directory}: {words}"


def _seed(table: str) -> int:
    return zlib.crc32(table.encode())


def _words(error: Exception) -> str:
    """What went wrong, on one line."""
    words = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return " ".join(words.split())
