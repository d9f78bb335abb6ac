"""The kinds of personal data, and the words people use for them in a mark.

The data stands in ``data/categories.toml`` and is read when it is first asked for, because most
runs of the plugin see a file without a mark and must not pay for reading it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec

from discreet.catalogue.ready import kept_data, ready

Standing = Literal["direct", "online", "opaque"]
Holds = Literal["text", "number", "date", "flag", "object"]
Harm = Literal["grave", "serious", "slight", "online", "opaque"]

HARMS: tuple[Harm, ...] = ("grave", "serious", "slight", "online", "opaque")
"""What the hundreds of a rank mean, from 1."""


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of personal data. ``rank`` 1 is the worst to leak; ``opaque`` is known and never reported in a log.

    ``shared`` are the words by which a name speaks of what many people have in common, ``*`` where all of them do.
    """

    key: str
    label: str
    fides: str
    dpv: str
    group: str
    standing: Standing
    rank: int
    cwe: int
    holds: tuple[Holds, ...]
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def harm(self) -> Harm:
        """How bad it is if this leaks."""
        return HARMS[self.rank // 100 - 1]


class Kept(msgspec.Struct, frozen=True):
    """The categories as they are kept, and every word for one, with its key.

    A key beats an alias, an alias a label or a Fides key, and the worse of two categories keeps a word that both claim.
    """

    categories: dict[str, Category]
    words: dict[str, str]


@lru_cache(maxsize=1)
def categories() -> dict[str, Category]:
    """Every category by its key, the worst to leak first."""
    return _kept().categories


@lru_cache(maxsize=1)
def _kept() -> Kept:
    return ready("categories", Kept, ["categories.toml"], _made)


def _made(said: list[dict[str, Any]]) -> Kept:
    found = [msgspec.convert({"key": key, **row}, Category) for data in said for key, row in data.items()]
    found.sort(key=lambda category: (category.rank, category.key))
    words = {category.key: category.key for category in found}
    for claimed in ([(each, each.aliases) for each in found], [(each, (each.label, each.fides)) for each in found]):
        for category, claims in claimed:
            for word in claims:
                words.setdefault(_fold(word), category.key)
    return Kept({category.key: category for category in found}, words)


@lru_cache(maxsize=1)
def credentials() -> frozenset[str]:
    """The keys of what signs somebody in."""
    return frozenset(each.key for each in categories().values() if each.group == "credentials")


@lru_cache(maxsize=1)
def groups() -> dict[str, str]:
    """The groups of categories in the order in which they are shown, with what such data is or does."""
    return {key: row["about"] for key, row in kept_data("groups.toml").items()}


def strongest_first(keys: frozenset[str] | set[str] | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The keys once each, the worst to leak first; a key that no category has comes last, by itself."""
    known = categories()
    return tuple(sorted(set(keys), key=lambda key: (known[key].rank if key in known else sys.maxsize, key)))


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def resolve(word: str) -> Category | None:
    """The category that ``word`` means: its key, an alias, its label or its Fides key, however it is written."""
    key = _kept().words.get(_fold(word))
    return None if key is None else categories()[key]


def nearest(word: str) -> str | None:
    """The key of the category whose words look most like ``word``, for a message about a mark that isn't understood."""
    import difflib

    known = resolve(word)
    if known is not None:
        return known.key
    words = _kept().words
    close = difflib.get_close_matches(_fold(word)[:80], words, n=1, cutoff=0.6)
    return words[close[0]] if close else None


def _fold(word: str) -> str:
    return "_".join(word.strip().lower().replace("-", " ").replace("_", " ").split())
