"""The words of all languages, read once from ``data/names/*.toml`` and merged to lookup tables.

A term is kept with its separators taken out, so that one entry matches every style of writing it.
Files are read with ``en`` first and then in alphabetical order, and the first to claim a term keeps it:
a word of one language that is an everyday word of another has to be listed as weak there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import msgspec

from discreet.catalogue.data import files_in, read_data
from discreet.catalogue.ready import ready

Level = Literal["strong", "weak", "beside", "hint", "faint"]
LEVELS: tuple[Level, ...] = ("strong", "weak", "beside", "hint", "faint")


class Term(msgspec.Struct, frozen=True):
    """One way to call a category, and how far it is to be believed."""

    category: str
    level: Level


class Vocabulary(msgspec.Struct, frozen=True):
    """All languages together. What each set of words means is said where it is used, in ``data/names/en.toml``."""

    terms: dict[str, Term]
    unless: dict[str, frozenset[str]]
    after: dict[str, frozenset[str]]
    weaken: dict[str, frozenset[str]]
    spaced: frozenset[str]
    machines_too: frozenset[str]
    places_too: frozenset[str]
    lexicon: frozenset[str]
    keys: frozenset[str]
    person: frozenset[str]
    maybe_person: frozenset[str]
    organisation: frozenset[str]
    place: frozenset[str]
    system: frozenset[str]
    thing: frozenset[str]
    container: frozenset[str]
    row: frozenset[str]
    neutral: frozenset[str]
    tail: frozenset[str]
    loose: frozenset[str]
    flag: frozenset[str]
    act: frozenset[str]
    act_tail: frozenset[str]
    arranged: frozenset[str]
    lookup: frozenset[str]
    fetch: frozenset[str]
    fetch_loose: frozenset[str]
    cleaner: frozenset[str]
    cleaner_of: frozenset[str]
    data_words: frozenset[str]
    preposition: frozenset[str]


_OWN_FIELDS = ("terms", "unless", "after", "weaken", "spaced", "machines_too", "places_too", "lexicon", "keys")
_WORD_FIELDS = tuple(field for field in Vocabulary.__struct_fields__ if field not in _OWN_FIELDS)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The merged vocabulary of every language shipped."""
    return ready("vocabulary", Vocabulary, _read)


def _read() -> Vocabulary:
    return merge([read_data(name) for name in sorted(files_in("names"), key=lambda name: name != "names/en.toml")])


def merge(languages: list[dict[str, Any]]) -> Vocabulary:
    """Put the tables of several languages together; the first to claim a term keeps it."""
    words: dict[str, set[str]] = {field: set() for field in (*_WORD_FIELDS, "keys")}
    for language in languages:
        for field, text in language.get("words", {}).items():
            words[field].update(_listed(text, keep=field == "keys"))
    terms: dict[str, Term] = {}
    spaced: set[str] = set()
    qualifiers: dict[str, dict[str, set[str]]] = {"unless": {}, "after": {}, "weaken": {}}
    too: dict[str, set[str]] = {"machines_too": set(), "places_too": set()}
    for language in languages:
        for category, row in language.get("category", {}).items():
            for level in LEVELS:
                text = row.get(level, "")
                for word in _listed(text):
                    terms.setdefault(word, Term(category, level))
                joins = language.get("joins", False)
                spaced.update(word.lower().replace("_", "") for word in text.split() if joins or "_" in word)
            for field, table in qualifiers.items():
                table.setdefault(category, set()).update(_listed(row.get(field, "")))
            for field, found in too.items():
                if row.get(field, False):
                    found.add(category)
    lexicon = {word for field in _WORD_FIELDS for word in words[field]} | terms.keys()
    return Vocabulary(
        terms=terms,
        unless={category: frozenset(found) for category, found in qualifiers["unless"].items()},
        after={category: frozenset(found) for category, found in qualifiers["after"].items()},
        weaken={category: frozenset(found) for category, found in qualifiers["weaken"].items()},
        spaced=frozenset(spaced),
        machines_too=frozenset(too["machines_too"]),
        places_too=frozenset(too["places_too"]),
        lexicon=frozenset(word for word in lexicon if not word.isascii()),
        **{field: frozenset(found) for field, found in words.items()},
    )


def _listed(text: str, *, keep: bool = False) -> list[str]:
    return text.split() if keep else text.lower().replace("_", "").split()
