"""Heads: the term that a phrase ends with, or begins with where the head stands first, and the words around it.

What the words around a term make of it, and whose it is, :mod:`discreet.catalogue.names` decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from .owners import is_own, joined, kind_of, without_digits
from .vocabulary import NO_WORDS, Term, Vocabulary
from .words import singulars

LONGEST_TERM: Final = 5
_SHORTEST_HEAD: Final = 3
_SHORTEST_PERSON: Final = 5


class Match(NamedTuple):
    """A term of a phrase and the words before it, or around it where it begins the phrase; ``loose`` says that a word
    beside it may change what it says.
    """

    term: Term
    modifiers: list[str]
    loose: bool


def at_end(words: list[str], known: Vocabulary) -> Match | None:
    """The longest term that ends the phrase, but for tails that say nothing (``email_value``, ``phone2``)."""
    loose = False
    while words:
        found = _nearest(words, known) or _nearest(without_digits(words), known)
        if found:
            return Match(found[0], found[1], loose)
        last = words[-1]
        if len(words) == 1 or not (last in known.tail or last in known.loose or last.isdigit()):
            return None
        loose = loose or last in known.loose
        words = words[:-1]
    return None


def at_start(words: list[str], known: Vocabulary) -> Match | None:
    """The longest term that begins the phrase, where the head stands first and what follows says whose it is.

    Everything around it has to be a word of that language, or a person: ``email_status`` is English wherever it is
    written. The modifiers come as in English, the nearest last.
    """
    words = _opened(words, known)
    start = next((at for at, word in enumerate(words) if word not in known.neutral and word not in known.loose), 0)
    for at in (0, start):
        for end in range(min(len(words), at + LONGEST_TERM), at, -1):
            term = _begins(words[at:end], known)
            after = [word for word in joined(words[end:], known) if word not in known.tail and word not in known.loose]
            if term and all(_belongs(word, known) for word in after):
                loose = any(word in known.loose for word in (*words[:at], *words[end:]))
                return Match(term, [*words[:at], *reversed(after)], loose)
    return None


def _opened(words: list[str], known: Vocabulary) -> list[str]:
    """The words, the first cut in two where a head and whose it is are written as one: ``namapasien``."""
    whole = words[0] if words else ""
    if whole in known.own or whole in known.terms:
        return words
    for at in range(len(whole) - _SHORTEST_PERSON, _SHORTEST_HEAD - 1, -1):
        if whole[:at] in known.terms and whole[at:] in known.person:
            return [whole[:at], whole[at:], *words[1:]]
    return words


def _begins(words: list[str], known: Vocabulary) -> Term | None:
    """The term that these words are, all of them."""
    before, last = "".join(words[:-1]), words[-1]
    for ending in (last, last.rstrip("0123456789"), *singulars(last)):
        term = known.terms.get(before + ending)
        if term and (term.spaced if before else ending not in known.apart):
            return term
    return None


def _belongs(word: str, known: Vocabulary) -> bool:
    """Whether a word may stand behind the head of a phrase whose head stands first."""
    return word.isdigit() or word in known.neutral or is_own(word, known) or kind_of(word, known) == "person"


def whole_term(words: list[str], known: Vocabulary) -> tuple[Term, list[str]] | None:
    """The term that the last words are, as they are written, and the words before it."""
    if not words:
        return None
    *before, last = words
    endings = (last, *singulars(last))
    for start in range(max(0, len(before) - LONGEST_TERM), len(before) + 1):
        for ending in endings:
            joined = "".join(before[start:]) + ending
            term = known.terms.get(joined)
            if term and (term.spaced if start < len(before) else joined not in known.apart):  # do_b is not dob
                return term, before[:start]
    if last == "ids" and before:  # of people; tax_ids and device_ids are mostly rows of a table
        found = whole_term([*before, "id"], known)
        return found if found and found[0].category == "user_id" else None
    for at in range(3, len(last) - 1):
        if last[at:] in known.terms:
            person = next((form for form in (last[:at], last[:at].removesuffix("s")) if form in known.person), None)
            if person:  # kundenname, mitgliedsname
                return known.terms[last[at:]], [*before, person]
    return None


def _pictured(words: list[str], known: Vocabulary) -> tuple[Term, list[str]] | None:
    """A paper of which this is a picture, which shows what stands on it: ``passport_scan``, ``id_card_image_url``."""
    left, paper = words, None
    while (paper is None or paper[0].level == "beside") and len(left) > 1 and _is_shown(left[-1], known):
        left = left[:-1]
        paper = whole_term(left, known) or paper
    if paper is None or not all(word in known.shown.get(paper[0].category, ()) for word in words[len(left) :]):
        return None
    category = paper[0].category
    sure = paper[0].level == "weak" and "papers" in known.peculiar.get(category, NO_WORDS)
    return (Term(category, "strong"), paper[1]) if sure else paper


def _is_shown(word: str, known: Vocabulary) -> bool:
    return word in _all_shown(known)


@lru_cache(maxsize=32)
def _all_shown(known: Vocabulary) -> frozenset[str]:
    """The words of what shows a paper."""
    return frozenset[str]().union(*known.shown.values())


def _nearest(words: list[str], known: Vocabulary) -> tuple[Term, list[str]] | None:
    """The term at the end of a phrase, or the paper that is shown; what is cut short or misspelt is written out.

    Cut short, a word may mean anything (``ph``, ``add``), so a term has to have another beside it: ``mob_no``,
    ``net_sal``, ``permanant_address``.
    """
    found = _pictured(words, known) or whole_term(words, known)
    if not known.short.keys().isdisjoint(words):
        whole = whole_term([known.short.get(word, word) for word in words], known)
        left = len(whole[1]) if whole else len(words)
        if whole and left < len(words) - 1 and (found is None or left < len(found[1])):
            return whole[0], words[:left]
    return found
