"""The words of a language, read from ``data/names/*.toml`` and put together to lookup tables.

A term is kept with its separators taken out, so that one entry matches every style of writing it. Programs are written
in English and in the language of those who write them, so the vocabulary of a language holds the English words too,
and what governments call the papers and numbers they give out. The language's own come first, and the first to claim a
term keeps it. No language is in another's vocabulary: whether one is read can't change what another says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, Literal, NamedTuple

import msgspec

from discreet.catalogue.data import files_in
from discreet.catalogue.ready import ready
from discreet.catalogue.words import spellings

Level = Literal["strong", "weak", "beside", "hint", "faint"]
LEVELS: tuple[Level, ...] = ("strong", "weak", "beside", "hint", "faint")
EVERYWHERE = ("official", "en", "en_terms", "en_health", "en_home", "en_work")
"""The files that are part of every language: the names of documents and numbers, and English."""


class Term(msgspec.Struct, frozen=True, gc=False):
    """One way to call a category, how far it is to be believed, and whether it may be ``spaced``: cut into words."""

    category: str
    level: Level
    spaced: bool = False


class Vocabulary(msgspec.Struct, frozen=True, eq=False):
    """A language and English together. What each set of words means is said in ``data/names/en.toml``. There is one of
    each language, so that what a name means in it can be remembered.

    ``short`` has what a word stands for that is cut short or misspelt. ``own`` are the words, and the terms without
    their separators, that the language itself brings. ``apart`` are the terms that have to be cut into words: ``no_rm``
    is not ``norm``.
    """

    terms: dict[str, Term]
    unless: dict[str, frozenset[str]]
    after: dict[str, frozenset[str]]
    weaken: dict[str, frozenset[str]]
    placed: dict[str, frozenset[str]]
    within: dict[str, frozenset[str]]
    shown: dict[str, frozenset[str]]
    peculiar: dict[str, frozenset[str]]
    apart: frozenset[str]
    machines_too: frozenset[str]
    things_too: frozenset[str]
    places_too: frozenset[str]
    short: dict[str, str]
    lexicon: frozenset[str]
    keys: frozenset[str]
    own: frozenset[str]
    head_first: bool
    everyday: frozenset[str]
    link: frozenset[str]
    adjective: frozenset[str]
    person: frozenset[str]
    maybe_person: frozenset[str]
    asked: frozenset[str]
    scene: frozenset[str]
    role: frozenset[str]
    signing: frozenset[str]
    stored: frozenset[str]
    kept: frozenset[str]
    organisation: frozenset[str]
    place: frozenset[str]
    identity: frozenset[str]
    premises: frozenset[str]
    for_sale: frozenset[str]
    system: frozenset[str]
    thing: frozenset[str]
    code: frozenset[str]
    code_beside: frozenset[str]
    files: frozenset[str]
    creature: frozenset[str]
    public: frozenset[str]
    remote: frozenset[str]
    hook: frozenset[str]
    work: frozenset[str]
    maker: frozenset[str]
    connects: frozenset[str]
    connects_too: frozenset[str]
    configured: frozenset[str]
    container: frozenset[str]
    row: frozenset[str]
    model: frozenset[str]
    neutral: frozenset[str]
    tail: frozenset[str]
    loose: frozenset[str]
    flag: frozenset[str]
    act: frozenset[str]
    act_tail: frozenset[str]
    arranged: frozenset[str]
    done: frozenset[str]
    directed: frozenset[str]
    lookup: frozenset[str]
    fetch: frozenset[str]
    fetch_loose: frozenset[str]
    cleaner: frozenset[str]
    cleaner_of: frozenset[str]
    hider: frozenset[str]
    data_words: frozenset[str]
    preposition: frozenset[str]


class Kept(msgspec.Struct, frozen=True):
    """What some files say, as it is kept: every set of words a text of them, apart by white space.

    To cut a text into words takes a fraction of the time that it takes to decode each word by itself. The terms, which
    are the bulk, are kept by what is said of them; they are among the ``own``, too, and not kept twice.
    """

    words: dict[str, str]
    qualified: dict[str, dict[str, str]]
    short: dict[str, str]
    head_first: bool
    terms: list[tuple[Term, str]]

    def unpacked(self) -> Vocabulary:
        """The vocabulary of these files alone."""
        terms: dict[str, Term] = {}
        for term, text in self.terms:
            for form in text.split():
                terms[form] = term
        tables: dict[str, Any] = {field: frozenset(text.split()) for field, text in self.words.items()}
        for field, rows in self.qualified.items():
            tables[field] = {category: frozenset(text.split()) for category, text in rows.items()}
        return Vocabulary(
            terms=terms,
            own=NO_WORDS.union(terms, *(tables[field] for field in _WORD_FIELDS)),
            short=self.short,
            head_first=self.head_first,
            **tables,
        )


class _Forms(NamedTuple):
    """Terms as they are looked up: which may be cut into words, and which may stand as one."""

    terms: dict[str, Term]
    spaced: set[str]
    whole: set[str]

    def add(self, parts: list[str], term: Term, joins: bool) -> None:
        form = "".join(parts)
        self.terms.setdefault(form, term)
        if joins or len(parts) > 1:
            self.spaced.add(form)
        if joins or len(parts) == 1:
            self.whole.add(form)

    def packed(self) -> list[tuple[Term, str]]:
        """The terms as they are kept: :class:`Kept`."""
        groups: dict[Term, list[str]] = {}
        for form, term in self.terms.items():
            groups.setdefault(msgspec.structs.replace(term, spaced=form in self.spaced), []).append(form)
        return [(term, " ".join(forms)) for term, forms in groups.items()]


QUALIFIERS = ("unless", "after", "weaken", "placed", "within", "shown", "peculiar")
NO_WORDS: Final[frozenset[str]] = frozenset()
"""What a category has that one of them says nothing of."""
_SHARED = ("machines_too", "things_too", "places_too")
_OWN_FIELDS = ("terms", "short", "apart", "lexicon", "keys", "own", "head_first", *QUALIFIERS, *_SHARED)
_WORD_FIELDS = tuple(field for field in Vocabulary.__struct_fields__ if field not in _OWN_FIELDS)
_SHORT = 5


@cache
def vocabulary(language: str = "en") -> Vocabulary:
    """What is known to somebody who writes programs in ``language``, and in English as everybody does."""
    files = [f"names/{each}.toml" for each in (EVERYWHERE if language == "en" else (language,))]
    kept = ready(f"names-{language}", Kept, files, merge)
    return kept.unpacked() if language == "en" else _over(kept.unpacked(), vocabulary())


def languages() -> list[str]:
    """Every language that has a file of its own, but for what is part of all."""
    found = [name.removeprefix("names/").removesuffix(".toml") for name in files_in("names")]
    return [language for language in found if language not in EVERYWHERE]


def merge(files: list[dict[str, Any]]) -> Kept:
    """Put the tables of several files together; the first to claim a term keeps it."""
    words: dict[str, set[str]] = {field: set() for field in (*_WORD_FIELDS, "keys")}
    forms = _Forms({}, set(), set())
    for file in files:
        _add_words(file, words)
        _add_terms(file, forms)
    words["neutral"] |= words["adjective"]
    for field in _SHARED:
        rows = [row for file in files for row in file.get("category", {}).items()]
        words[field] = {category for category, row in rows if row.get(field, False)}
    own = set(forms.terms).union(*(words[field] for field in _WORD_FIELDS))
    words["lexicon"] = {word for word in own if not word.isascii()}
    words["apart"] = {form for form in forms.spaced - forms.whole if len(form) < _SHORT and form.isascii()}
    return Kept(
        words={field: " ".join(sorted(said)) for field, said in words.items()},
        qualified={field: _qualified(files, field) for field in QUALIFIERS},
        short={word: whole for file in files for word, whole in file.get("short", {}).items()},
        head_first=files[0].get("head_first", False),
        terms=forms.packed(),
    )


def _over(found: Vocabulary, below: Vocabulary) -> Vocabulary:
    """A language with English below it; its own are the words that are none of English."""
    tables: dict[str, Any] = {}
    for field in ("apart", "lexicon", "keys", *_SHARED, *_WORD_FIELDS):
        tables[field] = getattr(below, field) | getattr(found, field)
    for field in QUALIFIERS:
        tables[field] = {**getattr(below, field)}
        for category, words in getattr(found, field).items():
            tables[field][category] = tables[field].get(category, frozenset()) | words
    terms = {**below.terms, **found.terms}
    for form, term in found.terms.items():
        if form in below.terms and below.terms[form].spaced:  # the language says what it is, both say how it is written
            terms[form] = msgspec.structs.replace(term, spaced=True)
    short = {**below.short, **found.short}
    return Vocabulary(terms=terms, short=short, own=found.own - below.own, head_first=found.head_first, **tables)


def _qualified(files: list[dict[str, Any]], field: str) -> dict[str, str]:
    """The words by category that one of the qualifying lists has, of the categories that have any."""
    found: dict[str, set[str]] = {}
    for file in files:
        for category, row in file.get("category", {}).items():
            if field in row:
                found.setdefault(category, set()).update(_listed(row[field]))
    return {category: " ".join(sorted(words)) for category, words in found.items()}


def _add_words(file: dict[str, Any], words: dict[str, set[str]]) -> None:
    for field, text in file.get("words", {}).items():
        words[field].update(text.split() if field == "keys" else _listed(text))
    for field in ("person", "maybe_person"):
        if field in file.get("words", {}):
            words[field].update([many for word in words[field] for many in _plurals(word, file)])


def _add_terms(file: dict[str, Any], forms: _Forms) -> None:
    """Enter the terms of a file, each as it is written, without its links, and in the plural of its head."""
    link, joins = _listed(file.get("words", {}).get("link", "")), file.get("joins", False)
    for category, row in file.get("category", {}).items():
        for level in LEVELS:
            term = Term(category, level)
            for spelling in (spelling for text in row.get(level, "").split() for spelling in spellings(text)):
                head, *rest = spelling.split("_")
                for first in (head, *_plurals(head, file)):
                    forms.add([first, *rest], term, joins)
                    if link:
                        forms.add([first, *(part for part in rest if part not in link)], term, joins)


def _plurals(word: str, file: dict[str, Any]) -> Iterator[str]:
    """How the file's ``plurals`` would put a word into the plural; a plain `s` is cut off any word anyway."""
    for ending, many in file.get("plurals", {}).items():
        if word.endswith(ending) and len(word) > 3:
            yield word[: len(word) - len(ending)] + many


def _listed(text: str) -> list[str]:
    return [form for word in text.split() for form in spellings(word.replace("_", ""))]
