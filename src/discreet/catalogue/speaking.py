"""Whether a name speaks of a person or of a person's data at all: a quick look, before anybody asks what it says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from discreet.catalogue.heads import LONGEST_TERM
from discreet.catalogue.languages import BEGIN, languages_of_words, readings, spoken
from discreet.catalogue.names import fetches, is_person, judge, judge_callable
from discreet.catalogue.owners import kind_of, phrase
from discreet.catalogue.vocabulary import vocabulary
from discreet.catalogue.words import singulars, split_name

_SHORTEST_COMPOUND: Final = 9
"""Of so many letters is a word that is put together of somebody and what is his."""
_SHORTEST_PERSON: Final = 3
"""No word for a person is shorter."""
_NAME: Final = re.compile(r"[^\W\d]\w*")


@lru_cache(maxsize=1 << 16)
def speaks(name: str) -> bool:
    """Whether a name by itself speaks of a person, or surely of a person's data, be it a variable's or a function's.

    Of a function that doesn't fetch (``full_name``), the same is said as of a variable.
    """
    return may_speak(name) and (is_person(name) or _says(name))


@lru_cache(maxsize=1 << 16)
def may_speak(name: str) -> bool:
    """A quick look at the words: of twenty names, nineteen have none in a row that a vocabulary knows, and end here."""
    if not name.isascii():
        return True
    words, known, index = split_name(name), vocabulary(), languages_of_words()
    for start, first in enumerate(words):
        if first in ("by", "to") or first.startswith(_persons().get(first[:_SHORTEST_PERSON], ())):
            return True  # created_by, assigned_to; useremail
        before = ""
        for word in words[start : start + LONGEST_TERM + 1]:
            for form in _forms(word):
                told = before + form
                if told in known.terms or told in known.person or told in index[told[:BEGIN]]:
                    return True
            before += word
    return any(len(word) >= _SHORTEST_COMPOUND for word in words) and bool(spoken(name))  # schuelername


@lru_cache(maxsize=1)
def _persons() -> dict[str, tuple[str, ...]]:
    """The words for persons by how they begin: to try them all at each word is a hundredth of a run."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(vocabulary().person):
        begin = word[:_SHORTEST_PERSON]
        found[begin] = (*found.get(begin, ()), word)
    return found


@lru_cache(maxsize=1 << 13)
def _forms(word: str) -> tuple[str, ...]:
    """How the last word of a term may be written: in the plural, with a number behind it."""
    bare = word.rstrip("0123456789")
    forms = (word, *singulars(word), *(("id",) if word == "ids" else ()))
    return forms if bare == word else (*forms, bare, *singulars(bare))


@lru_cache(maxsize=1 << 10)
def mentions_person(expression: str) -> bool:
    """Whether a word of an expression is one for a person, or may be: ``row["patient_name"]``, ``profile.phone``."""
    words = [word for name in _NAME.findall(expression) for word in split_name(name)]
    return any(is_person(word) or kind_of(word, vocabulary()) == "maybe" for word in words)


def _says(name: str) -> bool:
    guess = judge(name)
    if guess is None or guess.strength != "strong":
        guess = judge_callable(name) if any(fetches(phrase(name, known), known) for known in readings(name)) else None
    return guess is not None and guess.strength == "strong"
