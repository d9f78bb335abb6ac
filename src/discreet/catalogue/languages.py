"""Which languages a name is written in, told by an index, so that no language is read that nobody uses.

The index has a line for every word and term that a language brings and English doesn't have. It is made of
``data/names/*.toml`` by ``python -m discreet.catalogue.languages``, and a test holds it to them. In which languages a
name is read depends on the index, on the name and on the names to its left, and not on what was read before.
"""

from __future__ import annotations

import os
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


def _of(word: str, index: dict[str, str]) -> list[str]:
    """The languages of a word, or of what it is a plural of, or of it without the number behind it."""
    if word in index:
        return index[word].split()
    if word in vocabulary().own:
        return []
    for form in (word.rstrip("0123456789"), *singulars(word)):
        if form in index:
            return index[form].split()
    return _of_compound(word, index)


def _of_compound(word: str, index: dict[str, str]) -> list[str]:
    """The languages that put such words together: ``schuelername``, ``mitgliedsname``; ``namapasien``, head first."""
    first, last = _edges()
    if word[:_EDGE] in first:
        for at in range(len(word) - _SHORTEST_HEAD, _SHORTEST_PERSON - 1, -1):
            left, right = word[:at], word[at:]
            owner = index.get(left) or (index.get(left[:-1]) if left[-1] == "s" else None)
            if owner and (both := _shared(owner, right, index)):
                return both
    if word[-_EDGE:] in last:
        for at in range(len(word) - _SHORTEST_PERSON, _SHORTEST_FIRST - 1, -1):
            owner = index.get(word[at:])
            if owner and (both := _shared(owner, word[:at], index)):
                return both
    return []


@lru_cache(maxsize=1)
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How the words of the index begin, and how they end: what is put together of none of them is told by that."""
    index = languages_of_words()
    return frozenset({word[:_EDGE] for word in index}), frozenset({word[-_EDGE:] for word in index})


def _shared(owner: str, head: str, index: dict[str, str]) -> list[str]:
    """The languages that have both the owner, which is one's own, and the head, which may be an English term."""
    if not (head in index or head in vocabulary().terms):
        return []
    also = index[head].split() if head in index else owner.split()
    return [language for language in owner.split() if language in also]


@lru_cache(maxsize=1)
def languages_of_words() -> dict[str, str]:
    """The languages of each word, separated by blanks."""
    return msgspec.json.decode(content("names/index.json"), type=dict[str, str])


def make_index() -> str:
    """The text of the index, as it has to be for the files that are there."""
    import json

    index: dict[str, list[str]] = {}
    for language in languages():
        known = vocabulary(language)
        for word in known.own - known.link - known.thing:
            if len(word) > 1 and script(word) == "other":
                index.setdefault(word, []).append(language)
    return json.dumps({word: " ".join(index[word]) for word in sorted(index)}, indent=0, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    with open(os.path.join(HERE, "data/names/index.json"), "w", encoding="utf-8") as file:
        file.write(make_index())
