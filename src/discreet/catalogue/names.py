"""What a name says about the value it stands for: the identifier grammar.

A name is a small noun phrase. In English as in Chinese the last word, the *head*, says what the value is, and the words
before it say whose: ``customer_email`` is an email, ``email_template`` a template. In Portuguese, as in other languages
of Europe, the head stands first: ``nome_cliente`` is a client's name.
Words that people share with things (``name``, ``address``) count only beside a word for a person, in the
name itself or in the names to its left (``customer.name``). Everything known about words stands in
``data/names/*.toml``; this file holds only the grammar.

It is guesswork and says how good the guess is: *strong* should be right 95 times in 100 about a value
of which nothing else is known, *weak* is a hint.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from .heads import Match, at_end, at_start, whole_term
from .languages import readings
from .owners import (
    DEF,
    Owner,
    OwnerKind,
    is_label,
    is_model,
    is_of_a_maker,
    is_own,
    is_public,
    is_record,
    kind_before,
    kind_of,
    names_configuration,
    names_person,
    owner_of,
    phrase,
)
from .vocabulary import NO_WORDS, Vocabulary, vocabulary
from .words import is_constant, singulars, split_name

Strength = Literal["strong", "weak"]
_PEOPLE: Final = ("person", "maybe")
_SOMEBODY: Final = Owner("person")
PERSON: Final = ("person",)
"""What a name stands beside where it is a person's."""
_OF_MAKERS: Final = ("name", "first_name", "last_name")
"""What is printed on a book of whoever made it."""
_OF_ROBOTS: Final = ("name", "username")
"""What a robot is called where it is signed in; whoever runs one has an address, too."""
WHOLE: Final = "fullname"
"""The whole of a name, which a module, a file and a repository have, too: whoever it belongs to tells."""


class Guess(NamedTuple):
    """The category a name speaks of, and whether that is worth a report by itself."""

    category: str
    strength: Strength


@lru_cache(maxsize=1 << 16)
def judge(name: str, context: tuple[str, ...] = ()) -> Guess | None:
    """The category of the value called ``name``; ``context`` are the names to its left, outermost first.

    An entry ``def:register_patient`` in the context is the function whose parameter it is, which only hints.
    """
    known = readings(name, context)
    if len(known) == 1:
        return _judge(name, context, known[0])
    return _best([_judge(name, context, each) for each in known])


def surely(name: str, context: tuple[str, ...] = ()) -> Guess | None:
    """The same, if it is worth a report by itself."""
    guess = judge(name, context)
    return guess if guess is not None and guess.strength == "strong" else None


def _best(guesses: list[Guess | None]) -> Guess | None:
    """The first strong guess, or else the first: languages that can't be told apart agree or know nothing."""
    made = [guess for guess in guesses if guess]
    return next((guess for guess in made if guess.strength == "strong"), made[0] if made else None)


def _judge(name: str, context: tuple[str, ...], known: Vocabulary) -> Guess | None:
    if _says_nothing(name) or (is_constant(name) and not _constant_is_a_key(name, context, known)):
        return None
    words = phrase(name, known)
    if "per" in words:  # mails_per_day is a rate; name_as_per_pan has been read
        return None
    if name.upper().replace("-", "_") in known.keys:
        term = whole_term(words, known)
        return Guess(term[0].category, "strong") if term else None
    if context and (category := _placed(words, context[-1], known)):
        return Guess(category, "strong")
    guess = _read(words, owner_of(context, known), known) if words else None
    alone = guess and not context and _looks_like_a_class(name)
    if guess and (alone or ("".join(words) == WHOLE and owner_of(context, known).kind in ("nobody", "unknown"))):
        return Guess(guess.category, "weak")
    return guess


def could_say(name: str, keys: Collection[str]) -> bool:
    """Whether a name says one of some categories, by itself or beside a person."""
    guesses = (judge(name), judge(name, PERSON)) if name else ()
    return any(guess is not None and guess.category in keys for guess in guesses)


@lru_cache(maxsize=1 << 14)
def is_person(name: str) -> bool:
    """Whether the head of ``name`` is a person (or several): ``current_user``, ``patients``; not ``user_count``."""
    if _says_nothing(name) or is_constant(name):
        return False
    return any(names_person(phrase(name, known), known) for known in readings(name))


@lru_cache(maxsize=1 << 12)
def is_called_by_programs(function: str, owner: str) -> bool:
    """Whether other programs call a function, by its name or its class's: ``yookassa_webhook``."""
    words = [word for each in (function, owner) for word in split_name(each.rpartition(".")[2])]
    return any(word in vocabulary().hook for word in words)


@lru_cache(maxsize=1 << 12)
def is_of_organisation(cls: str) -> bool:
    """Whether what a class keeps is called after organisations: ``Restaurant``, ``SchoolProfile``."""
    return any(owner_of((cls,), known).kind == "organisation" for known in readings(cls))


@lru_cache(maxsize=1 << 12)
def is_configuration(name: str) -> bool:
    """Whether what ``name`` holds is set by whoever runs the program: ``config``, not ``user_settings``."""
    return any(names_configuration(name, known) for known in readings(name))


def fetches(words: list[str], known: Vocabulary) -> bool:
    """Whether a function of these words gets something: ``get_email``."""
    return bool(words) and (words[0] in known.fetch or words[0] in known.fetch_loose)


@lru_cache(maxsize=1 << 14)
def judge_callable(name: str, context: tuple[str, ...] = ()) -> Guess | None:
    """The category of what a function called ``name`` gives back.

    ``get_email`` and ``full_name`` name their result; ``send_email`` and ``is_email`` name an act or a question.
    """
    if _says_nothing(name) or is_constant(name) or cleans(name):
        return None
    return _best([_judge_callable(name, context, known) for known in readings(name, context)])


def _judge_callable(name: str, context: tuple[str, ...], known: Vocabulary) -> Guess | None:
    words = phrase(name, known)
    if not words:
        return None
    made = name[:1].isupper()  # a class: what it makes has an own type, which knows better
    if fetches(words, known):
        made = made or words[0] in known.fetch_loose
        words = words[1:]
    elif len(words) == 1:
        made = True
    if not words or words[0] in known.act or words[-1] in known.act_tail:
        return None
    guess = _read(words, owner_of(context, known), known)
    return Guess(guess.category, "weak") if guess and (made or _may_be_an_act(words, known)) else guess


def _may_be_an_act(words: list[str], known: Vocabulary) -> bool:
    """Whether a function begins with a word that nobody knows, which is as often what it does (``flatten_email``) as
    whose its result is.
    """
    match = at_start(words, known) if known.head_first else None
    match = match or at_end(words, known)
    first = match.modifiers[0] if match and match.modifiers else ""
    told = first in known.neutral or first in known.container or first in known.preposition or is_label(first)
    return bool(first) and not told and kind_of(first, known) == "unknown" and not is_own(first, known)


@lru_cache(maxsize=1 << 14)
def is_of_another(name: str, category: str) -> bool:
    """Whether a name speaks of such data and tells, behind an ``of``, that they are no person's: a variable that is
    filled from ``row["province_of_employment"]`` holds nobody's address, whatever it is called. The ``family`` of a
    font or a task is no surname either.
    """
    for known in readings(name):
        words = phrase(name, known)
        if words == ["family"] and category == "last_name":
            return True
        at = words.index("of", 1) if "of" in words[1:] else 0
        if at and _owner_behind(words, at, _SOMEBODY, known) is not _SOMEBODY:
            guess = _read(words[:at], _SOMEBODY, known)
            return guess is not None and guess.category == category
    return False


@lru_cache(maxsize=1 << 14)
def says_what(name: str) -> bool:
    """Whether a function's name says what it gives, and that this is nobody's, whoever stands beside it:
    ``get_config``, neither ``load`` nor ``get_mail``.
    """
    if judge_callable(name) is not None or judge_callable(name, ("customer",)) is not None:
        return False
    for known in readings(name):
        words = phrase(name, known)
        if fetches(words, known) and not all(word in known.container for word in words[1:]):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def cleans(name: str) -> bool:
    """Whether a function called ``name`` gives back something that no longer shows the data."""
    return any(_cleans(name, known) for known in readings(name))


def _cleans(name: str, known: Vocabulary) -> bool:
    words = phrase(name, known)
    if not words or words[0] in ("is", "has", "should", "needs", "can", "un"):
        return False
    if any(word in known.cleaner for word in words):
        return True
    if "".join(words[:2]) in known.cleaner or "".join(words[:3]) in known.cleaner:
        return True
    if words[0] in known.hider and any(word in known.terms for word in words[1:]):
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
    """``row["EMAIL"]`` and ``META["REMOTE_ADDR"]`` are keys, ``Customer.EMAIL`` is a column; others are settings."""
    if name.upper().replace("-", "_") in known.keys or "-" in name:
        return True
    nearest = next((item for item in reversed(context) if not item.startswith(DEF)), "")
    if is_model(nearest, known) or is_record(nearest, known):
        return True
    return split_name(nearest, known.lexicon)[-1:] != [] and split_name(nearest, known.lexicon)[-1] in known.row


@lru_cache(maxsize=1 << 12)
def may_be_placed(name: str) -> bool:
    """A quick look: whether a name may say something for where it stands (``to`` of ``send_mail``)."""
    return "".join(split_name(name)) in _all_placed(vocabulary())


@lru_cache(maxsize=32)
def _all_placed(known: Vocabulary) -> frozenset[str]:
    """All names that say something for where they stand."""
    return frozenset[str]().union(*known.placed.values())


def _placed(words: list[str], nearest: str, known: Vocabulary) -> str | None:
    """The category of a name that says nothing but where it stands: ``to`` of a mail, ``text`` of a private message.

    Two words that stand together around it tell it as well as one (``chat_message``).
    """
    told = next((at for at, word in enumerate(words) if word not in known.neutral), 0)  # primaryCity
    name = "".join(words[told:])
    if name not in _all_placed(known):
        return None
    around = phrase(nearest.removeprefix(DEF), known)
    base = [next(iter(singulars(word)), word) for word in around]
    places = {first + second for first, second in pairwise(base)}  # HistoriaClinica, not a clinic's
    if not any(word in kind for word in around for kind in (known.flag, known.organisation, known.place)):
        places |= {*around, *base}
    fitting = (each for each, placed in known.placed.items() if name in placed)
    return next((each for each in fitting if places & known.within.get(each, NO_WORDS)), None)


def _read(words: list[str], owner: Owner, known: Vocabulary) -> Guess | None:
    """Judge a phrase: a term at its head, or a person, or the part before its first preposition."""
    if known.head_first and (match := at_start(words, known)):
        strength = _strength(match, owner, known)
        return Guess(match.term.category, strength) if strength else None
    match = at_end(words, known)
    before = match.modifiers if match else words
    cut = next((at for at, word in enumerate(before) if at and _divides(words, at, known)), 0)
    if cut:
        idle = cut == len(words) - 1 or any(word in known.flag for word in words[cut + 1 :])  # email_in_use
        return None if idle else _read(words[:cut], _owner_behind(words, cut, owner, known), known)
    if match:
        strength = _strength(match, owner, known)
        return Guess(match.term.category, strength) if strength else None
    if owner.kind != "system" and names_person(words, known):
        return Guess("person", "weak")
    return None


def _owner_behind(words: list[str], at: int, owner: Owner, known: Vocabulary) -> Owner:
    """Whose a thing is that is told behind an ``of``: an employee's ``province_of_employment`` is where the firm is,
    and a student's ``name_of_school`` the school's. What is somebody's itself (``residence``) tells no other owner.
    """
    behind = [word for word in words[at + 1 :] if word not in known.neutral]
    if words[at] != "of" or not behind:
        return owner
    kind = kind_of(behind[-1], known)
    if kind in _PEOPLE or (kind == "unknown" and "".join(behind) in known.terms):
        return owner
    return Owner(kind)


def _divides(words: list[str], at: int, known: Vocabulary) -> bool:
    """Whether the word at ``at`` is a preposition, and not one inside the word for a person (``next_of_kin``)."""
    return words[at] in known.preposition and "".join(words[at - 1 : at + 2]) not in known.person


def _strength(match: Match, owner: Owner, known: Vocabulary) -> Strength | None:
    """Weigh a term by the words before it, and where those say nothing, by the owner."""
    category, level = match.term.category, match.term.level
    modifiers = match.modifiers
    if _denied(match, known) or (category == "username" and is_public(modifiers, owner, known)):
        return None
    if category in _OF_MAKERS and is_of_a_maker(modifiers, owner, known):
        return None
    if owner.is_robot and category in _OF_ROBOTS:
        return None
    telling = next((word for word in reversed(modifiers) if word not in known.neutral and not is_label(word)), None)
    kind = owner.kind if telling is None else kind_before(modifiers, telling, known)
    if telling is not None and kind != "person" and "".join(modifiers[-2:]) in known.person:
        kind = "person"  # sales_rep_name, crew_member_name
    near = frozenset() if telling or kind in ("organisation", "system", "place") else owner.heads
    after = known.after.get(category, NO_WORDS)
    if telling in after or near & after:
        kind = "person"
    if kind == "maybe" and owner.kind == "person" and telling in known.asked:
        kind = "person"  # ClientForm.client_name
    if telling in known.role and not owner.near.isdisjoint(known.scene):
        kind = "person"  # Shipment.sender_name
    if kind == "system" or (owner.kind == "system" and (kind != "person" or category in known.machines_too)):
        return None
    if owner.is_configured or any(first + second in known.system for first, second in pairwise(modifiers)):
        return None  # settings.contact_email, service_account_client_email
    if category in known.things_too and level == "strong" and (kind == "thing" or (kind == "unknown" and telling)):
        return None if kind == "thing" else "weak"
    if kind == "place":
        if level == "strong" and category in known.places_too:
            return "weak"
        kind = "unknown"
    found = _by_level(level, kind, telling is not None, owner)
    weakened = match.loose or (owner.in_code_function and telling is None and category in known.things_too)
    weakened = weakened or (owner.in_place_function and telling is None and category in known.places_too)
    weakened = weakened or any(word in known.weaken.get(category, NO_WORDS) for word in modifiers)
    if found == "strong" and (weakened or (telling is not None and owner.kind == "organisation")):
        return "weak"
    return None if match.loose and level != "strong" and found == "weak" else found


def _by_level(level: str, kind: OwnerKind, in_name: bool, owner: Owner) -> Strength | None:
    if level == "strong":
        return "weak" if kind == "organisation" else "strong"
    if level in ("hint", "faint"):
        return "weak" if kind == "person" or (level == "hint" and kind in ("maybe", "nobody")) else None
    if kind == "person":
        return "strong"
    if kind == "maybe" or (kind in ("nobody", "unknown") and owner.in_person_function and not in_name):
        return "weak"
    return "weak" if level == "weak" and kind in ("nobody", "unknown") and not in_name else None


def _denied(match: Match, known: Vocabulary) -> bool:
    """Words before a term that make it a question, an act, a count, a sample, or another thing altogether."""
    modifiers = match.modifiers
    if not modifiers:
        return False
    first, unless = modifiers[0], known.unless.get(match.term.category, NO_WORDS)
    if first in known.act or (first in known.preposition and first != "to") or first in known.fetch - known.neutral:
        return True
    machines = match.term.category in known.machines_too
    return any(word in known.flag or word in unless or (machines and word in known.system) for word in modifiers)
