"""Whether a service is asked all it knows of somebody, going by what the asking function, or who holds the answer, is
called.

``get_user_info`` and ``kyc_details`` name somebody's record, ``get_user_settings`` and ``user_count`` don't. What a
service answers is a mapping, so that whoever shows it shows all of it: a name that says *user* says enough here, where
of a value that may be anything it would not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from discreet.catalogue.languages import readings
from discreet.catalogue.names import fetches, surely
from discreet.catalogue.owners import names_person, phrase
from discreet.catalogue.vocabulary import Vocabulary

_ASKING: Final = frozenset({"list", "search", "lookup", "request", "call", "query", "async", "a"})
"""Before what is asked for, besides the verbs of getting."""
_FOUND_BY: Final = frozenset({"email", "phone", "national_id", "tax_id", "passport", "driving_licence"})
"""What somebody is looked up by, so that all that is found is about him; an address finds a house."""
_AROUND: Final = frozenset({"details", "list", "json", "api", "external", "all", "by", "from", "for", "with", "in"})
"""Behind it, besides wrappers: of what follows a preposition nothing is known."""


@lru_cache(maxsize=1 << 12)
def is_about_somebody(name: str) -> bool:
    """Whether an answer is a person's record, which is asked for by a function or held by a variable of this name."""
    return any(_is_about_somebody(phrase(name, known), known) for known in readings(name))


@lru_cache(maxsize=1 << 12)
def is_found_by(name: str) -> bool:
    """Whether somebody is found by what goes by this name: ``email``, ``patient_phone``; not ``email_template``."""
    guess = surely(name)
    return guess is not None and guess.category in _FOUND_BY


def _is_about_somebody(words: list[str], known: Vocabulary) -> bool:
    cut = next((at for at, word in enumerate(words) if at and word in known.preposition), len(words))
    words = words[:cut]
    while fetches(words, known) or (words and words[0] in _ASKING):
        words = words[1:]
    while words and (words[-1] in known.container or words[-1] in _AROUND):
        words = words[:-1]
    while words[1:] and words[0] in known.container:  # where the head stands first: dados_aluno
        words = words[1:]
    if any(word in known.identity for word in words) or _is_looked_up(words, known):
        return True
    return bool(words) and names_person(words, known)


def _is_looked_up(words: list[str], known: Vocabulary) -> bool:
    """``email_lookup``, and what is found by it."""
    term = known.terms.get(words[-2]) if words[1:] and words[-1] == "lookup" else None
    return term is not None and term.category in _FOUND_BY
