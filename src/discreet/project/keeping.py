"""What is kept of solved groups of modules, and when it is still true.

A group's row says what the group looked at: the facts of some modules, by their keys, and the answers to questions
about all modules at once. It is true for as long as these are what they were; of a module that is none of the group's
own, only what it was asked for counts (:mod:`discreet.project.differing`). To ask all questions again takes an index
over all modules, and most runs follow one in which every row was true, with a file or two changed since. So a run also
writes down for which keys of all modules it has found which rows to be true. Then the next one need only know of which
names the changed files say something else than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec

from discreet.facts.model import Outline
from discreet.flow.found import Solved
from discreet.flow.index import TABLES, Index, said_by
from discreet.project.cache import Cache, key_of, understood
from discreet.project.differing import Difference, difference, is_called_alike
from discreet.project.gathering import Entry, read_again


class KeptGroup(msgspec.Struct, frozen=True, array_like=True):
    """What the cache keeps of one group.

    Attributes:
        basis: a digest of the keys of all modules when it was solved: two rows of one basis are the same.
        looked: the keys of the modules it looked into.
        asked: the names it asked for, by table of the index.
        answers: a digest of the answers.
        solved: what was found; the questions are in ``asked``.
    """

    basis: bytes
    looked: tuple[bytes, ...]
    asked: dict[str, tuple[str, ...]]
    answers: bytes
    solved: Solved


class Checked(msgspec.Struct, frozen=True, array_like=True):
    """What a run writes down when it is done: a digest of the keys of all modules, and the basis of each group's row;
    all these rows are true for these keys.
    """

    basis: bytes
    rows: tuple[bytes, ...]


class Groups:
    """The groups of one run in the cache.

    Args:
        cache: where they lie.
        about: what they depend on beside the modules' facts.
        parts: the modules of each group.
        keys: the key of each module's facts.
        index: over all modules.
    """

    def __init__(
        self, cache: Cache, about: Sequence[bytes], parts: Sequence[tuple[str, ...]], keys: Mapping[str, bytes],
        index: Index,
    ) -> None:  # fmt: skip
        self._cache = cache
        self._names = [key_of("group", *about, *part) for part in parts]
        self._name = key_of("checked", *about)
        self._checked = understood(cache.get("runs", [self._name]).get(self._name), _checked)
        self._keys = keys
        self._basis = _basis(keys.values())
        self._rows = [b""] * len(parts)
        self._index = index
        self._differences: dict[tuple[bytes, bytes], tuple[str, Difference] | None] = {}

    def known(self, before: Mapping[str, Entry], now: Mapping[str, Outline]) -> dict[int, Solved]:
        """The groups for which nothing has changed that they looked at, by number.

        Args:
            before: the modules as the last run left them.
            now: the modules.
        """
        rows = self._cache.get("solved", self._names)
        checked = self._checked_for(before)
        doubtful = self._differing(before, now) if checked else {}
        found = {}
        for number, name in enumerate(self._names):
            kept = understood(rows.get(name), _decoder)
            if kept is None or not self._has_found_so(kept, rows[name]):
                continue
            sure = checked and checked[number] == kept.basis and not _asks(kept, doubtful)
            if sure or self._answers(kept.asked) == kept.answers:
                found[number] = kept.solved
                self._rows[number] = self._renewed(name, kept)
        return found

    def keep(self, solved: Mapping[int, Solved]) -> None:
        """Keep what was just solved, and that all that is kept is true now."""
        rows = {}
        for number, each in solved.items():
            asked = _by_table(each.asked)
            kept = msgspec.structs.replace(each, asked=())
            row = KeptGroup(self._basis, self._looked(each), asked, self._answers(asked), kept)
            rows[self._names[number]] = _encoder.encode(row)
            self._rows[number] = self._basis
        self._cache.put("solved", rows)
        checked = Checked(self._basis, tuple(self._rows))
        if checked != self._checked:
            self._cache.put("runs", {self._name: _encoder.encode(checked)})

    def _checked_for(self, before: Mapping[str, Entry]) -> tuple[bytes, ...]:
        """The basis of each row, if all of them were true for the modules as the last run left them."""
        if self._checked is None or len(self._checked.rows) != len(self._names):
            return ()
        known = all(module in before for module in self._keys)
        return self._checked.rows if known and self._checked.basis == _basis(before[m].key for m in self._keys) else ()

    def _differing(self, before: Mapping[str, Entry], now: Mapping[str, Outline]) -> dict[str, set[str]]:
        """The names, by table of the index, of which a changed module says something else than before."""
        found: dict[str, set[str]] = {}
        for module in self._keys:
            entry = before[module]
            if entry.key != self._keys[module] and entry.outline is not None:
                for table in TABLES:
                    old, new = said_by(entry.outline, table), said_by(now[module], table)
                    differing = (name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
                    found.setdefault(table, set()).update(differing)
        return found

    def _has_found_so(self, kept: KeptGroup, row: bytes) -> bool:
        """Whether the modules that a group looked into say what they said, as far as it asked."""
        looked = kept.solved.looked
        return len(looked) == len(kept.looked) and all(
            before == self._keys.get(module, b"") or self._says_so(module, before, kept.solved, row)
            for module, before in zip(looked, kept.looked, strict=True)
        )

    def _says_so(self, module: str, before: bytes, solved: Solved, row: bytes) -> bool:
        """Whether a module that has changed says what it said to a group that is not its own. What the group found is
        on other lines if it is in that module and lines have moved.
        """
        asked = solved.inside.get(module)
        now = self._keys.get(module, b"")
        if asked is None or not before or not now:
            return False
        if (before, now) not in self._differences:
            self._differences[before, now] = self._difference(before, now)
        differs = self._differences[before, now]
        if differs is None or differs[1].concerns(asked):
            return False
        return not differs[1].moved or differs[0].encode("utf-8", "surrogatepass") not in row

    def _difference(self, before: bytes, now: bytes) -> tuple[str, Difference] | None:
        """The path of a module whose key is another one now, and what differs, if it is little."""
        rows = self._cache.get("facts", [before, now])
        old, new = (read_again(rows.get(key)) for key in (before, now))
        if old is None or new is None or not is_called_alike(old[0], new[0]):
            return None
        found = difference(old[1], new[1])
        return (new[0].path, found) if found is not None else None

    def _renewed(self, name: bytes, kept: KeptGroup) -> bytes:
        """The basis of a row that is true, which is written anew if it speaks of modules as they were."""
        looked = self._looked(kept.solved)
        if looked == kept.looked:
            return kept.basis
        row = msgspec.structs.replace(kept, basis=self._basis, looked=looked)
        self._cache.put("solved", {name: _encoder.encode(row)})
        return self._basis

    def _looked(self, solved: Solved) -> tuple[bytes, ...]:
        return tuple(self._keys.get(module, b"") for module in solved.looked)

    def _answers(self, asked: Mapping[str, Sequence[str]]) -> bytes:
        answers = [[self._index.answer(table, name) for name in names] for table, names in sorted(asked.items())]
        return blake2b(_encoder.encode(answers), digest_size=16).digest()


def _basis(keys: Iterable[bytes]) -> bytes:
    return blake2b(b"".join(keys), digest_size=16).digest()


def _asks(kept: KeptGroup, names: Mapping[str, set[str]]) -> bool:
    return any(not some.isdisjoint(kept.asked.get(table, ())) for table, some in names.items() if some)


def _by_table(asked: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for table, name in asked:
        found.setdefault(table, []).append(name)
    return {table: tuple(names) for table, names in found.items()}


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(KeptGroup)
_checked = msgspec.msgpack.Decoder(Checked)
