"""What a name says about the value it stands for: the identifier grammar.

A name is a small noun phrase, in English as in Chinese: the last word, the *head*, says what the
value is, and the words before it say whose. ``customer_email`` is an email, ``email_template`` a template.
Words that people share with things (``name``, ``address``) count only beside a word for a person, in the
name itself or in the names to its left (``customer.name``). Everything known about words stands in
``data/names/*.toml``; this file holds only the grammar.

It is guesswork and says how good the guess is: *strong* should be right 95 times in 100 about a value
of which nothing else is known, *weak* is a hint.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from .vocabulary import Term, Vocabulary, vocabulary
from .words import is_constant, singulars, split_name

Strength = Literal["strong", "weak"]
OwnerKind = Literal["person", "maybe", "organisation", "system", "place", "thing", "unknown", "nobody"]
_LONGEST_TERM: Final = 5
_DEF: Final = "def:"


class Guess(NamedTuple):
    """The category a name speaks of, and whether that is worth a report by itself."""

    category: str
    strength: Strength


class _Owner(NamedTuple):
    """Whose value it is, going by the names to the left; ``near`` are the words of the nearest two."""

    kind: OwnerKind
    near: frozenset[str] = frozenset()
    in_person_function: bool = False


class _Match(NamedTuple):
    """A term at the end of a phrase and the words before it."""

    term: Term
    modifiers: list[str]
    loose: bool


_NOBODY: Final = _Owner("nobody")


@lru_cache(maxsize=1 << 16)
def judge(name: str, context: tuple[str, ...] = ()) -> Guess | None:
    """The category of the value called ``name``; ``context`` are the names to its left, outermost first.

    An entry ``def:register_patient`` in the context is the function whose parameter it is, which only hints.
    """
    known = vocabulary()
    if _says_nothing(name) or (is_constant(name) and not _constant_is_a_key(name, context, known)):
        return None
    words = _split(name, known)
    if "per" in words:  # mails_per_day is a rate
        return None
    if name.upper().replace("-", "_") in known.keys:
        term = _term(words, known)
        return Guess(term[0].category, "strong") if term else None
    guess = _read(words, _owner(context, known), known) if words else None
    if guess and not context and _looks_like_a_class(name):
        return Guess(guess.category, "weak")
    return guess


@lru_cache(maxsize=1 << 14)
def is_person(name: str) -> bool:
    """Whether the head of ``name`` is a person (or several): ``current_user``, ``patients``; not ``user_count``."""
    known = vocabulary()
    if _says_nothing(name) or is_constant(name):
        return False
    return _names_person(_split(name, known), known)


@lru_cache(maxsize=1 << 14)
def judge_callable(name: str, context: tuple[str, ...] = ()) -> Guess | None:
    """The category of what a function called ``name`` gives back.

    ``get_email`` and ``full_name`` name their result; ``send_email`` and ``is_email`` name an act or a question.
    """
    known = vocabulary()
    words = _split(name, known)
    if not words or _says_nothing(name) or is_constant(name) or cleans(name):
        return None
    made = name[:1].isupper()  # a class: what it makes has an own type, which knows better
    if words[0] in known.fetch or words[0] in known.fetch_loose:
        made = made or words[0] in known.fetch_loose
        words = words[1:]
    elif len(words) == 1:
        made = True
    if not words or words[0] in known.act or words[-1] in known.act_tail:
        return None
    guess = _read(words, _owner(context, known), known)
    return Guess(guess.category, "weak") if guess and made else guess


@lru_cache(maxsize=1 << 14)
def cleans(name: str) -> bool:
    """Whether a function called ``name`` gives back something that no longer shows the data."""
    known = vocabulary()
    words = _split(name, known)
    if not words or words[0] in ("is", "has", "should", "needs", "can", "un"):
        return False
    if any(word in known.cleaner for word in words):
        return True
    if "".join(words[:2]) in known.cleaner or "".join(words[:3]) in known.cleaner:
        return True
    if not any(word in known.cleaner_of for word in words):
        return False
    return any(word in known.data_words for word in words)


def _says_nothing(name: str) -> bool:
    return len(name) > 2 and name.startswith("_") and name.endswith("_")


def _looks_like_a_class(name: str) -> bool:
    """``UserEmail`` by itself is a class or a column; only what stands to its left could tell."""
    return name[0].isupper() and name.isidentifier() and "_" not in name and not is_constant(name)


def _constant_is_a_key(name: str, context: tuple[str, ...], known: Vocabulary) -> bool:
    """``row["EMAIL"]`` and ``META["REMOTE_ADDR"]`` are keys of data; every other name in capitals is a setting."""
    if name.upper().replace("-", "_") in known.keys or "-" in name:
        return True
    nearest = next((item for item in reversed(context) if not item.startswith(_DEF)), "")
    return split_name(nearest, known.lexicon)[-1:] != [] and split_name(nearest, known.lexicon)[-1] in known.row


def _read(words: list[str], owner: _Owner, known: Vocabulary) -> Guess | None:
    """Judge a phrase: a term at its end, or a person, or the part before its first preposition."""
    match = _match(words, known)
    before = match.modifiers if match else words
    cut = next((at for at, word in enumerate(before) if at and _divides(words, at, known)), 0)
    if cut:
        idle = cut == len(words) - 1 or any(word in known.flag for word in words[cut + 1 :])  # email_in_use
        return None if idle else _read(words[:cut], owner, known)
    if match:
        strength = _strength(match, owner, known)
        return Guess(match.term.category, strength) if strength else None
    if owner.kind != "system" and _names_person(words, known):
        return Guess("person", "weak")
    return None


def _divides(words: list[str], at: int, known: Vocabulary) -> bool:
    """Whether the word at ``at`` is a preposition, and not one inside the word for a person (``next_of_kin``)."""
    return words[at] in known.preposition and "".join(words[at - 1 : at + 2]) not in known.person


def _split(name: str, known: Vocabulary) -> list[str]:
    """The words of a name, with ``created_by`` read as the person it is."""
    words = split_name(name, known.lexicon)
    if len(words) > 1 and words[-1] in known.lookup and "__" in name:  # filter(email__iexact=...)
        words = words[:-1]
    if len(words) > 1 and words[1] == "by" and words[0].endswith("ed") and words[0] not in known.arranged:
        return ["person", *words[2:]]
    return words


def _match(words: list[str], known: Vocabulary) -> _Match | None:
    """The longest term that ends the phrase, but for tails that say nothing (``email_value``, ``phone2``)."""
    loose = False
    while words:
        found = _term(words, known) or _term(_without_digits(words), known)
        if found:
            return _Match(found[0], found[1], loose)
        last = words[-1]
        if len(words) == 1 or not (last in known.tail or last in known.loose or last.isdigit()):
            return None
        loose = loose or last in known.loose
        words = words[:-1]
    return None


def _term(words: list[str], known: Vocabulary) -> tuple[Term, list[str]] | None:
    if not words:
        return None
    *before, last = words
    endings = (last, *singulars(last))
    for start in range(max(0, len(before) - _LONGEST_TERM), len(before) + 1):
        for ending in endings:
            joined = "".join(before[start:]) + ending
            term = known.terms.get(joined)
            if term and (start == len(before) or joined in known.spaced):  # do_b is not dob
                return term, before[:start]
    for at in range(3, len(last) - 1):
        if last[:at] in known.person and last[at:] in known.terms:
            return known.terms[last[at:]], [*before, last[:at]]
    return None


def _without_digits(words: list[str]) -> list[str]:
    last = words[-1].rstrip("0123456789")
    return [*words[:-1], last] if last and last != words[-1] else []


def _strength(match: _Match, owner: _Owner, known: Vocabulary) -> Strength | None:
    """Weigh a term by the words before it, and where those say nothing, by the owner."""
    category, level = match.term.category, match.term.level
    modifiers = match.modifiers
    if _denied(match, known):
        return None
    telling = next((word for word in reversed(modifiers) if word not in known.neutral and not word.isdigit()), None)
    kind = owner.kind if telling is None else _kind_of(telling, known)
    if telling in known.after[category] or (telling is None and owner.near & known.after[category]):
        kind = "person"
    if kind == "system" or (owner.kind == "system" and (kind != "person" or category in known.machines_too)):
        return None
    if kind == "place":
        if level == "strong" and category in known.places_too:
            return "weak"
        kind = "unknown"
    found = _by_level(level, kind, telling is not None, owner)
    weakened = match.loose or any(word in known.weaken[category] for word in modifiers)
    if found == "strong" and (weakened or (telling is not None and owner.kind == "organisation")):
        return "weak"
    return None if match.loose and level != "strong" and found == "weak" else found


def _by_level(level: str, kind: OwnerKind, in_name: bool, owner: _Owner) -> Strength | None:
    if level == "strong":
        return "weak" if kind == "organisation" else "strong"
    if level in ("hint", "faint"):
        return "weak" if kind == "person" or (level == "hint" and kind in ("maybe", "nobody")) else None
    if kind == "person":
        return "strong"
    if kind == "maybe" or (kind in ("nobody", "unknown") and owner.in_person_function and not in_name):
        return "weak"
    return "weak" if level == "weak" and kind in ("nobody", "unknown") and not in_name else None


def _denied(match: _Match, known: Vocabulary) -> bool:
    """Words before a term that make it a question, an act, a count, a sample, or another thing altogether."""
    modifiers = match.modifiers
    if not modifiers:
        return False
    first, unless = modifiers[0], known.unless[match.term.category]
    if first in known.act or (first in known.preposition and first != "to") or first in known.fetch - known.neutral:
        return True
    machines = match.term.category in known.machines_too
    return any(word in known.flag or word in unless or (machines and word in known.system) for word in modifiers)


def _names_person(words: list[str], known: Vocabulary) -> bool:
    """Whether a phrase is a person with nothing before it but adjectives."""
    words = _without_digits(words) or words if words else words
    while len(words) > 1 and (words[-1] in known.loose or words[-1].isdigit()):
        words = words[:-1]
    if not words:
        return False
    head = (words[-1], *singulars(words[-1]))
    size = next((size for size in (3, 2) if len(words) >= size and "".join(words[-size:]) in known.person), 1)
    if size == 1 and not any(word in known.person for word in head):
        return False
    before = words[:-size]
    if before and (before[0] in known.act or before[0] in known.fetch - known.neutral):
        return False
    other = (known.flag, known.system, known.organisation, known.preposition)
    return not any(word in kind for word in before for kind in other)


def _owner(context: tuple[str, ...], known: Vocabulary) -> _Owner:
    """Walk the context from the right, past wrappers (``form``, ``cleaned_data``), to the first name that tells."""
    if not context:
        return _NOBODY
    in_person_function = place = False
    near: set[str] = set()
    for item in reversed(context):
        words = _split(item.removeprefix(_DEF), known)
        if item.startswith(_DEF):
            in_person_function = any(word in known.person for word in words)
            continue
        near.update(words)
        kind = _owner_kind(words, known)
        if kind == "place":
            place = True  # whose? customer.location
        elif kind != "nobody":
            told = kind in ("person", "maybe") or not place
            return _Owner(kind if told else "place", frozenset(near), in_person_function)
    return _Owner("place" if place else "nobody", frozenset(near), in_person_function)


def _owner_kind(words: list[str], known: Vocabulary) -> OwnerKind:
    words = _without_digits(words) or words if words else words
    if "".join(words[-2:]) in known.system:
        return "system"
    whole = len(words)
    while words and (words[-1] in known.container or words[-1].isdigit()):
        words = words[:-1]
    if len(words) < whole:  # CreateUserRequest is about a user
        words = words[1:] if words and words[0] in known.act else words
    if not words:
        return "nobody"
    if _names_person(words, known):
        return "person"
    head = words[-1]
    kinds = [_kind_of(word, known) for word in (head, *singulars(head))]
    kind: OwnerKind = next((found for found in kinds if found != "unknown"), kinds[0])
    others = [word for word in words[:-1] if word not in known.neutral]
    if kind == "person":  # a person with something before it that is none: db_user, num_users
        return "system" if any(word in known.system for word in others) else "unknown"
    if kind == "maybe" and others:
        return "person" if any(word in known.person for word in others) else "unknown"
    if kind in ("unknown", "place") and any(word in known.person for word in others):
        return "maybe"
    return kind


def _kind_of(word: str, known: Vocabulary) -> OwnerKind:
    if word in known.person:
        return "person"
    if word in known.maybe_person:
        return "maybe"
    if word in known.organisation:
        return "organisation"
    if word in known.system:
        return "system"
    if word in known.place:
        return "place"
    if word in known.thing:
        return "thing"
    return "unknown"
