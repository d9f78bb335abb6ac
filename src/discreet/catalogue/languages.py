"""Which languages a name is written in, told by an index, so that no language is read that nobody uses.

The index has every word and term that a language brings and English doesn't have. It is made of
``data/names/*.toml`` by ``python -m discreet.catalogue.languages``, and a test holds it to them. In which languages a
name is read depends on the index, on the name and on the names to its left, and not on what was read before.

To make a dictionary of all words takes a quarter of what the whole catalogue may, and most programs look for few. So
the index has a text of those that begin alike, and such a text is taken apart when a word that begins so is looked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from discreet.catalogue.data import HERE, content
from discreet.catalogue.vocabulary import Vocabulary, languages, vocabulary
from discreet.catalogue.words import script, singulars, split_name

_LONGEST_TERM: Final = 6
_SHORTEST_PERSON: Final = 5
_SHORTEST_HEAD: Final = 4
_SHORTEST_FIRST: Final = 3
_EDGE: Final = 4
"""So many letters an owner has at least, the one that ties it to the head not counted."""
BEGIN: Final = 2
"""Words are alike, to the index, that have so many letters in common at the edge."""
_SCRIPTS: Final[dict[str, tuple[str, ...]]] = {"han": ("zh", "ja"), "kana": ("ja",), "hangul": ("ko",)}


def readings(name: str, context: tuple[str, ...] = ()) -> tuple[Vocabulary, ...]:
    """The vocabularies to read a name by: of the languages of which it has the most words, or else of English.

    What stands to the left decides between languages that the name does not tell apart, or that it says nothing of;
    and where it doesn't, the small words do, which English may have as well (``clientes_com_email``).
    """
    found = spoken(name)
    if not found and not any(map(spoken, context)):
        return (vocabulary(),)
    around: dict[str, int] = {}
    for item in context:
        for language, count in spoken(item).items():
            around[language] = around.get(language, 0) + count
    if found:
        around = {language: around.get(language, 0) for language in _most(found)}
    known = [vocabulary(language) for language in _most(around)]
    if len(known) > 1:
        words = split_name(name)
        small = [sum(word in each.preposition or word in each.link for word in words) for each in known]
        known = [each for each, count in zip(known, small, strict=True) if count == max(small)]
    return tuple(known)


def _most(counts: dict[str, int]) -> list[str]:
    """The languages with the highest count, in the order they come in."""
    highest = max(counts.values())
    return [language for language, count in counts.items() if count == highest]


class Words(dict[str, dict[str, str]]):
    """The languages of each word (``it,pt``), by how it begins; those that begin alike are read when asked for.

    Args:
        texts: the words as they are kept, by how they begin: ``nombre:es nome:it,pt``.
    """

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, begin: str) -> dict[str, str]:
        text = self._texts.get(begin)
        if text is None:
            return _NONE
        found: dict[str, str] = {}
        for each in text.split():
            word, _, said = each.partition(":")
            found[word] = said
        self[begin] = found
        return found


_NONE: Final[dict[str, str]] = {}


@lru_cache(maxsize=1 << 15)
def spoken(name: str) -> dict[str, int]:
    """How many words of a name belong to each language; nobody may change the answer."""
    index = languages_of_words()
    found: dict[str, int] = {}
    words = split_name(name)
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_TERM, len(words)) + 1):
            for language in _of("".join(words[start:end]), index):
                found[language] = found.get(language, 0) + end - start
    if not name.isascii():
        for language in _SCRIPTS.get(script(name), ()):
            found[language] = found.get(language, 0) + 1
    return found


def _of(word: str, index: Words) -> list[str]:
    """The languages of a word, or of what it is a plural of, or of it without the number behind it."""
    alike = index[word[:BEGIN]]
    if word in alike:
        return alike[word].split(",")
    if word in vocabulary().own:
        return []
    for form in (word.rstrip("0123456789"), *singulars(word)):
        if form in alike:
            return alike[form].split(",")
    return _of_compound(word, index)


def _of_compound(word: str, index: Words) -> list[str]:
    """The languages that put such words together: ``schuelername``, ``mitgliedsname``; ``namapasien``, head first."""
    kept = _kept()
    if word[:_EDGE] in kept["first"].get(word[:BEGIN], ""):
        alike = index[word[:BEGIN]]
        for at in range(len(word) - _SHORTEST_HEAD, _SHORTEST_PERSON - 1, -1):
            left, right = word[:at], word[at:]
            owner = alike.get(left) or (alike.get(left[:-1]) if left[-1] == "s" else None)
            if owner and (both := _shared(owner, right, index)):
                return both
    if word[-_EDGE:] in kept["last"].get(word[-BEGIN:], ""):
        for at in range(len(word) - _SHORTEST_PERSON, _SHORTEST_FIRST - 1, -1):
            owner = index[word[at : at + BEGIN]].get(word[at:])
            if owner and (both := _shared(owner, word[:at], index)):
                return both
    return []


def _shared(owner: str, head: str, index: Words) -> list[str]:
    """The languages that have both the owner, which is one's own, and the head, which may be an English term."""
    also = index[head[:BEGIN]].get(head)
    if also is None and head not in vocabulary().terms:
        return []
    both = (also or owner).split(",")
    return [language for language in owner.split(",") if language in both]


@lru_cache(maxsize=1)
def languages_of_words() -> Words:
    """The languages of each word."""
    return Words(_kept()["words"])


@lru_cache(maxsize=1)
def _kept() -> dict[str, dict[str, str]]:
    """The index as it is kept, each part by the letters that words have in common: the ``words``, and the ``first`` and
    the ``last`` letters of all that may be part of a compound.
    """
    return msgspec.json.decode(content("names/index.json"), type=dict[str, dict[str, str]])


def make_index() -> str:
    """The text of the index, as it has to be for the files that are there."""
    import json

    index: dict[str, list[str]] = {}
    for language in languages():
        known = vocabulary(language)
        for word in known.own - known.link - known.thing:
            if len(word) > 1 and script(word) == "other":
                index.setdefault(word, []).append(language)
    parts = [word for word in index if len(word) >= _EDGE]
    kept = {
        "words": _alike((word[:BEGIN], f"{word}:{','.join(found)}") for word, found in index.items()),
        "first": _alike((word[:BEGIN], word[:_EDGE]) for word in parts),
        "last": _alike((word[-BEGIN:], word[-_EDGE:]) for word in parts),
    }
    return json.dumps(kept, indent=0, ensure_ascii=False) + "\n"


def _alike(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Texts of what is said of the same letters, each thing once, in order."""
    found: dict[str, set[str]] = {}
    for letters, each in said:
        found.setdefault(letters, set()).add(each)
    return {letters: " ".join(sorted(found[letters])) for letters in sorted(found)}


if __name__ == "__main__":
    with open(os.path.join(HERE, "data/names/index.json"), "w", encoding="utf-8") as file:
        file.write(make_index())
