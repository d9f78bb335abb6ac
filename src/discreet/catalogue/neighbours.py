"""Whose a value is that people share with programs and things, by what stands beside it and by what it is made of.

What stands beside a name takes a guess back (:func:`disowns`), or makes one (:func:`described`, :func:`owns`).

A ``username`` and a ``password`` log in a customer or a connection to a database, a ``full_name`` is a patient's
or a table's, and a ``zip_code`` is where somebody lives or where a house is for sale. The name doesn't tell; the
``port`` beside it does, the ``__module__`` that was put into it, or the number of bathrooms. Only of categories that
the catalogue gives to machines (``machines_too``), to things (``things_too``) or to places (``places_too``) as well is
it asked, and of names that no person owns. Who stands beside an ``email`` is somebody.

A ``full_name`` is a module's, a file's or a repository's as often as somebody's: alone it only hints. A function or a
class that speaks of people makes it a person's, and so does whatever only people have, beside it.

A ``name`` and an ``address`` are a person's or a firm's, and stay silent. But nobody except a person has a date of
birth and a gender: in a row with two such signs, they are that person's. So is the other half of a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from discreet.catalogue.categories import categories
from discreet.catalogue.languages import readings, spoken
from discreet.catalogue.machines import is_at, logs_in_a_program, tells_whose
from discreet.catalogue.messages import (
    is_beside_a_message,
    is_inside_a_message,
    is_of_a_message,
    is_written,
    may_be_of_a_writer,
    may_be_said,
)  # fmt: skip
from discreet.catalogue.names import PERSON, WHOLE, Guess, is_configuration, judge, surely
from discreet.catalogue.owners import DEF, kind_of, owner_of, phrase
from discreet.catalogue.speaking import may_speak
from discreet.catalogue.vocabulary import NO_WORDS, Vocabulary, vocabulary
from discreet.catalogue.words import singulars, split_name

_REACHES: Final = ("email", "phone")
"""Categories by which somebody is reached: whoever has one has a name."""
_RESETS: Final = frozenset({
    "new_password", "newPassword", "new_password1", "confirm_password", "confirmPassword", "password_confirm",
    "password_confirmation", "re_new_password"
})  # fmt: skip
"""What is read beside the token that lets somebody in who has forgotten a password."""
_HEADERS: Final = frozenset({"to", "recipient", "recipients", "cc", "bcc", "reply_to", "reply-to"})
"""What is read beside a subject and a text, of a mail: to whom it goes."""
_SENDERS: Final = frozenset({"from", "sender"})
"""From whom it comes, if it was received: what a program sends comes from itself."""
_OF_MAIL: Final = frozenset({"body", "html", "text", "html_body", "text_body", "body_text", "body_html", "attachments"})
_RECEIVED: Final = frozenset({
    "thread_id", "threadid", "message_id", "message-id", "messageid", "in_reply_to", "in-reply-to", "references",
    "snippet", "date", "uid"
})  # fmt: skip
_TWILIO: Final = {"From": "phone", "To": "phone", "Body": "message_content"}
"""What Twilio calls a text message's numbers and what is written in it, one beside the other."""
_CALLED: Final = {"From": "phone", "Caller": "phone", "SpeechResult": "message_content"}
"""What it calls of a call, beside ``CallSid``, who called and what he said; ``To`` is whoever is called here."""
_OF_THINGS: Final = frozenset({
    "version", "license", "url", "host", "port", "website", "homepage", "logo", "slug", "domain", "template", "vat",
    "sku", "price", "path", "schema", "table", "repository"
})  # fmt: skip
"""Names beside which a name is a package's, a shop's or a firm's, whose address may be there as well."""

_SERVICES: Final = ("client_email",)
"""What Google calls the address of an account that a program has, in the file that lets it in."""
_CREDENTIALS: Final = frozenset({
    "private_key", "private_key_id", "project_id", "token_uri", "auth_uri", "client_x509_cert_url"
})  # fmt: skip
"""What stands beside it there."""

_REGISTERS: Final = frozenset({
    "viaf", "viaf_id", "isni", "isni_id", "gnd", "gnd_id", "lccn", "wikidata", "wikidata_id", "wikidata_qid",
    "wikipedia", "wikipedia_name", "wikipedia_link", "wikipedia_url", "imdb_id", "tmdb_id", "tvdb_id",
    "musicbrainz_id", "mbid", "discogs_id", "openlibrary_key", "goodreads_key", "goodreads_id", "librarything_key",
})  # fmt: skip
"""By what an author, an actor or a musician is found in a register that is there for everybody to read."""
_PUBLISHED: Final = frozenset({
    "name", "first_name", "last_name", "person", "date_of_birth", "birth_place", "gender", "nationality",
    "personal_url",
})  # fmt: skip
"""What such a register says of them."""
_ACCOUNTS: Final = frozenset({"email", "phone", "password", "username", "postal_address"})
"""What it doesn't say: a class that has these, too, is of those who use the program."""

_SIGNS: Final = 2
"""Of different kinds; a supplier has somebody's first and last name beside its own."""
_HALVES: Final = ("first_name", "last_name")
_OWNERS: Final = ("nobody", "unknown", "maybe")
MESSAGE: Final = "message_content"


@lru_cache(maxsize=1 << 16)
def vague(name: str) -> Guess | None:
    """What a name says of a value that is known to be a person's, if it is more than an id or what logs in."""
    guess = surely(name, PERSON) if may_speak(name) else None
    if guess is None or guess.category in vocabulary().machines_too:
        return None
    return guess if categories()[guess.category].standing != "opaque" else None


@lru_cache(maxsize=1 << 14)
def may_be_kept(name: str) -> tuple[str, Guess] | None:
    """Who is named before a word, but may be a program, and what the name says if it is somebody: the ``member`` of
    ``member_name``.
    """
    known = vocabulary()
    words = phrase(name, known)
    if len(words) < 2 or kind_of(words[0], known) != "maybe":
        return None
    guess = vague("_".join(words[1:]))
    return (words[0], guess) if guess is not None else None


def gained(name: str, context: tuple[str, ...], beside: Iterable[str], *, is_field: bool) -> Guess | None:
    """What a name says for what it stands in a row with, and did not say alone. Of a class's field only who the row
    describes counts, and whether it is a message. The other arguments are those of :func:`disowns`.
    """
    row = tuple(beside)
    if may_be_said(name) and (is_inside_a_message(name, _named(context)) or is_written(row)):
        return Guess(MESSAGE, "strong")
    guess = judge(name) if may_be_of_a_writer(name) and is_beside_a_message(row) else None
    if guess is not None:
        return Guess(guess.category, "strong")
    if is_whole(name):
        return _named_whole(context, row)
    return described(name, context, row) or (None if is_field else owns(name, context, row))


def _named(context: tuple[str, ...]) -> tuple[str, ...]:
    """The names to the left that are no function's."""
    return tuple(each for each in context if not each.startswith(DEF))


def described(name: str, context: tuple[str, ...], beside: Iterable[str]) -> Guess | None:
    """What a name says in a row that is about somebody, and did not say alone.

    Args:
        name: The name.
        context: The names to its left, as :func:`discreet.catalogue.names.judge` was told them.
        beside: The names it stands in a row with, as for :func:`disowns`.
    """
    guess = vague(name)
    if guess is None or owner_of(context, vocabulary()).kind not in _OWNERS:
        return None
    row = tuple(beside)
    return guess if describes_somebody(row) or _completes(name, guess, row) else None


def may_be_about_somebody(row: tuple[str, ...]) -> bool:
    """Whether any name in a row with these may be somebody's for it: told for a whole row, without asking of a name."""
    return describes_somebody(row) or any(map(_half, row)) or is_written(row)


@lru_cache(maxsize=1 << 12)
def is_whole(name: str) -> bool:
    """Whether a name is the word for the whole of one, and says of nobody that he is a person."""
    return "".join(split_name(name)) == WHOLE


def _named_whole(context: tuple[str, ...], row: tuple[str, ...]) -> Guess | None:
    """A ``full_name`` as a person's: for what else is in the row, or the function or the class that it stands in."""
    known = vocabulary()
    if owner_of(context, known).kind not in _OWNERS:
        return None
    if any(guess.category not in known.things_too for guess in map(surely, row) if guess is not None):
        return Guess("name", "strong")
    around = [each for each in (*context, *row) if each.startswith(DEF) or each[:1].isupper()]
    told = any(_speaks_of_people(each, known) for each in around) and not any(other in _OF_THINGS for other in row)
    return Guess("name", "strong") if told else None


def _speaks_of_people(name: str, known: Vocabulary) -> bool:
    """Whether a function or a class has somebody in its name: ``register_patient``, ``StudentImporter``."""
    return any(kind_of(word, known) == "person" for word in phrase(name.removeprefix(DEF), known))


def _completes(name: str, guess: Guess, row: tuple[str, ...]) -> bool:
    """Whether a word for a name stands beside the one half of a person's, and is the other: ``nom`` and ``prenom``,
    ``name`` and ``surname``. Beside both it is something else's, and beside a ``first_name`` in English it may be.
    """
    if guess.category not in (*_HALVES, "name") or len(split_name(name)) > 1:
        return False
    halves = {_half(each): each for each in row if each != name and _half(each)}
    if "first_name" in halves and not spoken(name) and not spoken(halves["first_name"]):
        return False
    return len(halves) == 1


@lru_cache(maxsize=1 << 12)
def _half(name: str) -> str:
    """The category of a name that is, as a whole, the word for one half of a person's name."""
    guess = surely(name)
    if guess is None or guess.category not in _HALVES:
        return ""
    whole = "".join(split_name(name))
    told = any(form in known.terms for known in readings(name) for form in (whole, *singulars(whole)))
    return guess.category if told else ""


@lru_cache(maxsize=1 << 12)
def describes_somebody(row: tuple[str, ...]) -> bool:
    """Whether names that stand in a row have two signs of a person among them, and none of an animal."""
    known, signs = vocabulary(), set[str]()
    for name in row:
        if not known.creature.isdisjoint(phrase(name, known)):
            return False
        guess = surely(name)
        if guess is not None:
            signs |= known.peculiar.get(guess.category, NO_WORDS)
    return len(signs) >= _SIGNS


def is_shared(name: str, guess: Guess) -> bool:
    """Whether programs or things have such data as well as people: nobody else need be asked about."""
    known = vocabulary()
    shared = (known.machines_too, known.things_too, known.places_too)
    return name in _SERVICES or any(guess.category in each for each in shared)


@lru_cache(maxsize=1 << 12)
def are_published(fields: tuple[str, ...]) -> bool:
    """Whether the fields of a class are those of somebody in a public register: an author's with an ISNI."""
    if _REGISTERS.isdisjoint(fields):
        return False
    return not any(guess.category in _ACCOUNTS for guess in map(surely, fields) if guess is not None)


def may_be_published(guess: Guess) -> bool:
    """Whether a public register says what a guess is about."""
    return guess.category in _PUBLISHED


def disowns(
    name: str, guess: Guess, context: tuple[str, ...], beside: Iterable[str], made_of: tuple[str, ...] = ()
) -> bool:
    """Whether what stands around a name says that the data it speaks of are no person's.

    Args:
        name: The name.
        guess: What it says.
        context: The names to its left, as :func:`discreet.catalogue.names.judge` was told them.
        beside: The names it stands in a row with: of other parameters, of other fields, of what else is read of the
            same thing. The name itself may be among them.
        made_of: Of a variable whose own name was judged, the names that led to the value it holds.
    """
    known = vocabulary()
    if name in _SERVICES:
        return not _CREDENTIALS.isdisjoint(beside)
    if owner_of(context, known).kind in ("person", "maybe") or tells_whose(name, known):
        return False
    if guess.category in known.machines_too:
        return _is_configured(made_of) or logs_in_a_program(beside, known) or is_at(name, beside, known)
    if guess.category in known.things_too and owner_of(context, known).in_code_function:  # delete_model(full_name)
        return True
    if guess.category in known.things_too and (_names_code(made_of, known) or _is_of_code(beside, known)):
        return True
    return guess.category in known.places_too and _is_for_sale(beside, known)


@lru_cache(maxsize=1 << 16)
def waits(name: str) -> bool:
    """Whether a name may say something in the right company that it doesn't say alone."""
    return bool(may_own(name)) or may_be_said(name) or may_be_of_a_writer(name) or vague(name) is not None


@lru_cache(maxsize=1 << 16)
def may_own(name: str) -> str:
    """The category of which a name is a guess where the right company stands beside it; ``""`` for nearly all."""
    if name == "token":
        return "session_token"
    if name in _TWILIO or name in _CALLED or name.lower() in _HEADERS or name.lower() in _SENDERS:
        return "email"
    if not may_speak(name) or len(split_name(name)) != 1:
        return ""
    guess = judge(name, PERSON)
    return "name" if guess == Guess("name", "strong") and judge(name) is None else ""


def is_company(other: str) -> bool:
    """Whether a name may be the right company."""
    if other in _RESETS or other in ("subject", "Subject", "Body", "CallSid"):
        return True
    return is_of_a_message(other) or _reaches(other)


def owns(name: str, context: tuple[str, ...], beside: Iterable[str]) -> Guess | None:
    """What a name says that alone says nothing, for the company it is in: ``name`` beside an e-mail address or a
    telephone number, ``token`` beside a new password. The arguments are those of :func:`disowns`.
    """
    category, known = may_own(name), vocabulary()
    row = tuple(beside)
    if category == "email":
        return _of_a_letter(name, row)
    if not any(owner_of(context, each).kind == "nobody" for each in readings(name, context)):
        return None
    if not category or any(_is_of_a_thing(item, known) for item in context):
        return None
    if any(other in _OF_THINGS for other in row):
        return None
    told = any(map(_reaches, row)) if category == "name" else any(other in _RESETS for other in row)
    return Guess(category, "strong") if told else None


def _of_a_letter(name: str, row: tuple[str, ...]) -> Guess | None:
    """Who a mail goes to or comes from, which says so by its subject; or a text message, as Twilio hands it over."""
    beside = {each.lower() for each in row}
    if "subject" in beside:
        received = not beside.isdisjoint(_RECEIVED)
        told = received or (name.lower() in _HEADERS and not beside.isdisjoint(_OF_MAIL))
        return Guess("email", "strong") if told and name != "Body" else None
    if "CallSid" in row and name in _CALLED:
        return Guess(_CALLED[name], "strong")
    return Guess(_TWILIO[name], "strong") if name in _TWILIO and {"From", "Body"} <= {name, *row} else None


def _reaches(other: str) -> bool:
    """``email``, ``phone``; not ``email_template``, nor somebody else's ``support_email``."""
    guess = surely(other)
    return guess is not None and guess.category in _REACHES and len(phrase(other, vocabulary())) == 1


def _is_of_a_thing(item: str, known: Vocabulary) -> bool:
    """Whether a function whose parameter it is says what it is the name of: ``add_company``."""
    words = phrase(item.removeprefix(DEF), known) if item.startswith(DEF) else []
    return any(kind_of(word, known) in ("organisation", "thing", "system", "place") for word in words)


def _is_configured(made_of: tuple[str, ...]) -> bool:
    """``username = config["login"]``."""
    return any(map(is_configuration, [name for name in made_of if not name.startswith(DEF)][-2:]))


def _names_code(made_of: tuple[str, ...], known: Vocabulary) -> bool:
    """``full_name = f"{schema}.{table.name}"``, ``func.__qualname__``, ``os.path.join(folder, filename)``."""
    for name in reversed(made_of):
        if name.startswith("__") and name.endswith("__"):
            return True
        words = phrase(name, known)
        if name.startswith(DEF) or not words:
            return False
        if words == ["name"]:
            continue
        telling = words[:-1] if words[-1] == "name" else words
        return "".join(words) in known.code_beside or telling[-1] in known.code or telling[-1] in known.files
    return False


def _is_of_code(beside: Iterable[str], known: Vocabulary) -> bool:
    told = False
    for name in dict.fromkeys(beside):
        words = phrase(name, known)
        guess = surely(name)
        if guess is not None and guess.category not in known.things_too:
            return False
        told = told or any("".join(words[at:]) in known.code_beside for at in range(len(words)))
    return told


def _is_for_sale(beside: Iterable[str], known: Vocabulary) -> bool:
    """Whether two names that are said of houses stand there, and nothing that only people have."""
    signs = 0
    for name in dict.fromkeys(beside):
        guess = surely(name)
        if guess is not None and guess.category not in known.places_too:
            return False
        signs += "".join(phrase(name, known)) in known.for_sale
    return signs > 1
