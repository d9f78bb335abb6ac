"""The facts of all files of a run: from the cache where a file is as it was, else by reading it, here or elsewhere."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from discreet.facts.collector import collector_resting
from discreet.facts.model import ModuleFacts, Outline
from discreet.facts.outline import outline_of
from discreet.flow.library import Library, encoded
from discreet.project.cache import Cache, key_of, understood
from discreet.project.discovery import SourceFile
from discreet.project.executors import Crew, Here
from discreet.project.files import bytes_of, key_of_file
from discreet.project.reading import read
from discreet.project.result import Progress
from discreet.project.silencing import may_silence
from discreet.rules.finding import Finding

BATCH = 24
"""Files that are read by one worker at a time."""
MAX_GIVEN: Final = 7_500_000
"""The facts of so many bytes of source stay the objects they are. As bytes they take a tenth of the room, and the time
to turn them into bytes and back, which is a third of what parsing takes. What comes beyond is kept as bytes, so that no
program costs much more than one that is a little smaller.
"""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What the cache keeps of one file: its outline and its encoded facts, or the finding that says why there are
    none. ``failure`` is set where discreet itself went wrong, and such a file is never kept. ``noqa`` says that a
    comment may silence something.
    """

    outline: Outline | None = None
    content: bytes = b""
    finding: Finding | None = None
    failure: str = ""
    noqa: bool = False


class Fresh(NamedTuple):
    """A file that was just read: its key, and what is to be kept under it. Where it was read by this process, the facts
    are objects, and ``size`` is that of the file in bytes; elsewhere ``row`` is what came from there.
    """

    key: bytes
    kept: Kept
    facts: ModuleFacts | None = None
    size: int = 0
    row: bytes = b""

    def to_keep(self) -> bytes:
        """What is kept under the key."""
        content = encoded(self.facts) if self.facts is not None else b""
        return self.row or _encoder.encode(msgspec.structs.replace(self.kept, content=content))


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A file in the list of all files: the key its facts are kept under, and what linking needs at once."""

    path: str
    key: bytes
    outline: Outline | None
    finding: Finding | None
    noqa: bool


class Content(Mapping[str, bytes]):
    """Encoded facts by module: those that were just read, and, when somebody asks, those in the cache. What the cache
    has lost is read once more.

    Attributes:
        given: facts that were read by this process, as objects, as far as there is room for them.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self.given: dict[str, ModuleFacts] = {}
        self._room = MAX_GIVEN
        self._cache = cache
        self._keys: dict[str, bytes] = {}
        self._files: dict[str, SourceFile] = {}
        self._here: dict[str, bytes] = {}

    def know(self, module: str, key: bytes, file: SourceFile | None) -> None:
        """Under which key the facts of a module are kept, and which file they are of."""
        self._keys[module] = key
        if file is not None:
            self._files[module] = file

    def add(self, module: str, content: bytes) -> None:
        """Facts that were just read, somewhere else."""
        self._here[module] = content

    def give(self, facts: ModuleFacts, size: int) -> None:
        """Facts that were just read here, from a file of so many bytes."""
        if size <= self._room:
            self._room -= size
            self.given[facts.module] = facts
        else:
            self.add(facts.module, encoded(facts))

    def fetch(self, modules: Sequence[str]) -> None:
        """Get the facts of some modules here."""
        missing = [module for module in modules if module not in self._here and module not in self.given]
        rows = self._cache.get("facts", [self._keys[each] for each in missing]) if self._cache is not None else {}
        for module in missing:
            kept = understood(rows.get(self._keys[module]), _decoder)
            if kept is None and module in self._files:
                key, row = read_file(self._files[module])
                kept = understood(row, _decoder) if key == self._keys[module] else None
            if kept is not None and kept.outline is not None:
                self._here[module] = kept.content

    def __getitem__(self, module: str) -> bytes:
        if module in self.given:
            return encoded(self.given[module])
        if module not in self._here:
            self.fetch([module])
        return self._here[module]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __reduce__(self) -> tuple[type[dict[str, bytes]], tuple[dict[str, bytes]]]:
        """Another process gets what is here: all of it must have been fetched."""
        return dict, (self._here,)


class Gathered:
    """All files of a run.

    Attributes:
        entries: one for each file that could be read or refused, in order.
        failures: over which files discreet failed, one line each.
        before: the files as the last run left them.
    """

    def __init__(
        self, entries: Sequence[Entry], failures: Sequence[str], content: Content, before: Sequence[Entry] = ()
    ) -> None:
        self.entries = tuple(entries)
        self.before = before
        self.failures = tuple(failures)
        self.content = content

    @property
    def findings(self) -> list[Finding]:
        """What there is to say about files that could not be read."""
        return [entry.finding for entry in self.entries if entry.finding is not None]

    @cached_property
    def library(self) -> Library:
        """The facts of all modules."""
        outlines = [entry.outline for entry in self.entries if entry.outline is not None]
        return Library(outlines, self.content, self.content.given)


def gather(
    files: Sequence[SourceFile], keys: Sequence[bytes], crew: Crew, cache: Cache | None, progress: Progress | None
) -> Gathered:
    """Get the facts of all files.

    Args:
        files: which files.
        keys: the key of each, as :func:`discreet.project.files.keys_of` gives it.
        crew: who reads those that are not known.
        cache: where they may be known, and are kept.
        progress: told how far the work is.
    """
    before = entries(cache) if cache is not None else []
    known = {entry.key: entry for entry in before}
    content = Content(cache)
    found: dict[int, Entry] = {}
    unknown: list[int] = []
    for number, key in enumerate(keys):
        entry = known.get(key) if key else None
        if entry is None or (entry.outline is None and entry.finding is None):
            unknown.append(number)
        else:
            found[number] = entry
    failures = _read_rest(files, unknown, found, content, crew, cache, progress)
    for number, entry in found.items():
        if entry.outline is not None:
            content.know(entry.outline.module, entry.key, files[number])
    listed = [found[number] for number in sorted(found)]
    if cache is not None and (unknown or len(listed) != len(known)):
        _list(cache, before, listed, files)
    return Gathered(listed, failures, content, before)


def _read_rest(
    files: Sequence[SourceFile], unknown: list[int], found: dict[int, Entry], content: Content, crew: Crew,
    cache: Cache | None, progress: Progress | None,
) -> list[str]:  # fmt: skip
    """Read what is not known; what has been read is put into ``found``, ``content`` and the cache."""
    failures: list[str] = []
    batches = [unknown[start : start + BATCH] for start in range(0, len(unknown), BATCH)]
    done = len(files) - len(unknown)
    for batch, rows in zip(batches, _batches(files, batches, crew), strict=True):
        keep: dict[bytes, bytes] = {}
        for number, each in zip(batch, rows, strict=True):
            kept = each.kept
            if kept.failure:
                failures.append(kept.failure)
                continue
            found[number] = Entry(files[number].path, each.key, kept.outline, kept.finding, kept.noqa)
            if cache is not None and each.key:
                keep[each.key] = each.to_keep()
            if each.facts is not None:
                content.give(each.facts, each.size)
            elif kept.outline is not None:
                content.add(kept.outline.module, kept.content)
        if cache is not None:
            cache.put("facts", keep)
        done += len(batch)
        if progress is not None:
            progress(done, len(files))
    return failures


def _batches(files: Sequence[SourceFile], batches: list[list[int]], crew: Crew) -> Iterator[list[Fresh]]:
    """What is read of each batch of files: here, or elsewhere, from where it comes as bytes."""
    if isinstance(crew, Here):
        for batch in batches:
            with collector_resting():
                yield [read_fresh(files[number]) for number in batch]
        return
    items = [tuple(files[number] for number in batch) for batch in batches]
    for rows in crew.map(read_batch, None, items):
        yield [Fresh(key, _decoder.decode(row), row=row) for key, row in rows]


def read_batch(shared: None, files: tuple[SourceFile, ...]) -> list[tuple[bytes, bytes]]:
    """Read some files: the key and the encoded facts of each. Any process can do this, on any machine that has the
    files.
    """
    with collector_resting():
        return [read_file(file) for file in files]


def read_file(file: SourceFile) -> tuple[bytes, bytes]:
    """Read one file: its key, and what is kept under it."""
    fresh = read_fresh(file)
    return fresh.key, fresh.to_keep()


def read_fresh(file: SourceFile) -> Fresh:
    """Read one file."""
    try:
        data = bytes_of(file.location)
    except OSError:
        return Fresh(b"", Kept(finding=read(file).finding))
    reading = read(file, data)
    outline = outline_of(reading.facts) if reading.facts is not None else None
    kept = Kept(outline, finding=reading.finding, failure=reading.failure, noqa=may_silence(data))
    return Fresh(key_of_file(file, data), kept, reading.facts, len(data))


def read_again(row: bytes | None) -> tuple[Outline, ModuleFacts] | None:
    """The outline and the facts that the cache has kept of a file, if it has."""
    kept = understood(row, _decoder)
    facts = understood(kept.content, _facts) if kept is not None and kept.content else None
    return (kept.outline, facts) if kept is not None and kept.outline is not None and facts is not None else None


# -- the list of all files ---------------------------------------------------------------------------------------------


def entries(cache: Cache) -> list[Entry]:
    """The files that were last known: what flake8 and a second run begin with."""
    return understood(cache.get("runs", [_LIST]).get(_LIST), _lister) or []


def _list(cache: Cache, before: Collection[Entry], listed: list[Entry], files: Sequence[SourceFile]) -> None:
    """Keep the list; files that were not part of this run stay in it for as long as they are there."""
    here = {file.path for file in files}
    root = _root_of(files)
    others = [
        entry
        for entry in before
        if entry.path not in here and root is not None and os.path.exists(os.path.join(root, entry.path))
    ]
    cache.put("runs", {_LIST: _encoder.encode(sorted([*listed, *others], key=lambda entry: entry.path))})


def _root_of(files: Sequence[SourceFile]) -> str | None:
    """The directory that paths are relative to."""
    for file in files:
        tail = file.path.replace("/", os.sep)
        if file.location.endswith(os.sep + tail):
            return file.location[: -len(tail) - 1] or os.sep
    return None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Kept)
_facts = msgspec.msgpack.Decoder(ModuleFacts)
_lister = msgspec.msgpack.Decoder(list[Entry])
_LIST = key_of("list of files")
