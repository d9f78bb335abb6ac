"""Whose a value is: what the words of a phrase, and the names to the left of it, say of its owner.

A person's, a firm's, a machine's or a thing's: words that people share with things (``name``, ``address``) are
believed by this alone. Adjectives and wrappers (``form``, ``cleaned_data``) are passed over on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from .vocabulary import Vocabulary, vocabulary
from .words import is_constant, singulars, split_name

OwnerKind = Literal["person", "maybe", "organisation", "system", "place", "thing", "unknown", "nobody"]
DEF: Final = "def:"
"""Before a function in a context, whose parameter the name is."""


class Owner(NamedTuple):
    """Whose value it is, going by the names to the left.

    Attributes:
        near: The words of the nearest two.
        heads: What the nearest two are, of all their words: a ``type``, for ``appointment_type``.
    """

    kind: OwnerKind
    near: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    in_person_function: bool = False
    in_code_function: bool = False
    in_place_function: bool = False
    in_public_function: bool = False
    is_configured: bool = False
    """A configuration of a program: what lies there is set by whoever runs it."""
    is_robot: bool = False
    """The user that a robot is where it is signed in: ``bot.user``."""


NOBODY: Final = Owner("nobody")
_PROGRAMS: Final = ("client", "driver")
"""What a class that does something for a program is called, with a word before it, as some people are: ``KVClient``."""
_IDS: Final = ("id", "ids", "uuid", "pk")


@lru_cache(maxsize=1 << 13)
def phrase(name: str, known: Vocabulary) -> list[str]:
    """The words of a name, with ``created_by`` read as the person it is; nobody may change the answer."""
    words = split_name(_without_remark(name), known.lexicon)
    while len(words) > 1 and "__" in name and (words[-1] in known.lookup or words[-1] == words[-2]):
        words = words[:-1]  # filter(email__iexact=..., user_id__id=...)
    if known.link and len(words) > 2:
        words = [word for at, word in enumerate(words) if not at or word not in known.link]  # nome_do_cliente
    if len(words) > 1 and "by" in words[1:3] and (at := _done_by(words, known)):
        return ["person", *words[at + 1 :]]
    if len(words) > 2 and (at := _kept_by(words, known)):
        return ["person", *words[:at]]
    if len(words) > 2 and words[0] == "x" and "".join(words) not in known.terms:
        words = words[1:]  # x_client_email, x_ship_to_last_name: as headers and gateways write it
    if len(words) > 2 and words[1] == "to" and words[0] in known.directed:
        return ["person", *words[2:]]  # assigned_to_name, ship_to_fax
    if len(words) > 2 and words[1] == "to" and words[0].endswith(("ed", "sent")) and words[0] not in known.flag:
        return words[2:]  # converted_to_email
    if len(words) == 2 and words[0] == "id" and names_person(words[1:], known):
        return [words[1], "id"]  # idDoctor, id_paciente
    return words


def _done_by(words: list[str], known: Vocabulary) -> int:
    """Where the ``by`` stands that tells who did something: ``created_by``, ``order_created_by__first_name``."""
    at = words.index("by")
    done = words[at - 1]
    told = (done.endswith("ed") and done not in known.arranged) or (done in known.done and len(words) > at + 1)
    if at == 2:
        told = told and len(words) > 3 and words[0] not in known.fetch and words[0] not in known.flag
    return at if told else 0


def _kept_by(words: list[str], known: Vocabulary) -> int:
    """How many words say what somebody has, where somebody, or a paper of his, is named behind them.

    ``name_of_customer``, ``name_as_per_pan``, ``date_of_birth_on_passport``.
    """
    at = next((at for at in range(len(words) - 2, 0, -1) if words[at] in ("of", "on", "per", "in")), 0)
    head = words[:at]
    if words[at] == "per":
        if len(head) < 2 or head[-1] != "as":
            return 0
        head = head[:-1]
    if "".join(head) not in known.terms:
        return 0
    behind = words[at + 1 :]
    if words[at] == "of":
        return len(head) if names_person(behind, known) else 0
    paper = known.terms.get("".join(behind))
    return len(head) if paper is not None and paper.category in known.shown else 0


def _without_remark(name: str) -> str:
    """A title without what a column says of its unit or its codes: ``Height (cm)``, ``SEX (1=m, 2=f)``."""
    if "(" not in name and "（" not in name:
        return name
    at = min((at for at in (name.find("("), name.find("（")) if at > 0), default=len(name))
    return name[:at]


def without_digits(words: list[str]) -> list[str]:
    last = words[-1].rstrip("0123456789")
    return [*words[:-1], last] if last and last != words[-1] else []


def is_label(word: str) -> bool:
    """Whether a word only tells one of several from another: ``user_2``, ``person_c``."""
    return word.isdigit() or (len(word) == 1 and word.isascii())


def names_person(words: list[str], known: Vocabulary) -> bool:
    """Whether a phrase is a person with nothing before it but adjectives."""
    words = without_digits(words) or words if words else words
    while len(words) > 1 and (words[-1] in known.loose or is_label(words[-1])):
        words = words[:-1]
    if not words:
        return False
    head = (words[-1], *singulars(words[-1]))
    size = next((size for size in (3, 2) if len(words) >= size and "".join(words[-size:]) in known.person), 1)
    if known.head_first and any(is_own(word, known) for word in words):
        return _names_person_first(words, known)
    if size == 1 and not any(word in known.person for word in head):
        return False
    before = words[:-size]
    if before and (before[0] in known.act or before[0] in known.fetch - known.neutral):
        return False
    other = (known.flag, known.system, known.organisation, known.preposition)
    return not any(word in kind for word in before for kind in other)


def is_own(word: str, known: Vocabulary) -> bool:
    """Whether the language itself brings the word, or what it is the plural of."""
    return word in known.own or any(form in known.own for form in singulars(word))


def _names_person_first(words: list[str], known: Vocabulary) -> bool:
    """The same where nouns follow their head: ``cliente_atual`` is, ``lista_clientes`` and ``cliente_id`` are not."""
    words = joined(words, known)
    persons = [word for word in words if any(form in known.person for form in (word, *singulars(word)))]
    return len(persons) == 1 and all(word in known.adjective for word in words if word not in persons)


def joined(words: list[str], known: Vocabulary) -> list[str]:
    """The words, with two that name a person together put together: ``orang_tua``, ``pemilik_rekening``."""
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in known.person:
            found[-1] += word
        else:
            found.append(word)
    return found


def is_model(item: str, known: Vocabulary) -> bool:
    """Whether a class is called after the person it keeps: ``Customer``, ``DataKaryawan``, not ``CustomerField``."""
    if not item[:1].isupper() or "_" in item or item.isupper():
        return False
    words = joined([word for word in phrase(item, known) if word not in known.model or word in known.system], known)
    return bool(words) and names_person(words, known)  # CustomerFields.EMAIL is what a field is called


def is_record(item: str, known: Vocabulary) -> bool:
    """Whether a class is called in a language of its programmers, after people, and after no thing.

    They keep records in it (``DataRiwayatKaryawan``), whose columns are sometimes written in capitals.
    """
    if not item[:1].isupper() or "_" in item or item.isupper():
        return False
    words = phrase(item, known)
    told = any(is_own(word, known) and word in known.person for word in words)
    return told and not any(word in kind for word in words for kind in (known.thing, known.system, known.flag))


@lru_cache(maxsize=1 << 12)
def owner_of(context: tuple[str, ...], known: Vocabulary) -> Owner:
    """Walk the context from the right, past wrappers (``form``, ``cleaned_data``), to the first name that tells."""
    if not context:
        return NOBODY
    in_person = in_code = in_place = in_public = place = False
    near: set[str] = set()
    heads: set[str] = set()
    for at, item in enumerate(reversed(context), start=1):
        words = phrase(item.removeprefix(DEF), known)
        if item.startswith(DEF):
            in_person = any(word in known.person for word in words)
            forms = [form for word in words for form in (word, *singulars(word)) if word not in known.neutral]
            in_code = not in_person and any(form in known.code for form in forms)
            in_place = not in_person and any(form in known.premises for form in forms)
            in_public = not in_person and any(form in known.public for form in forms)
            continue
        if "by" in words or "for" in words:
            words = _sorted_apart(words, known)
        if len(words) > 1 and words[-1] in _IDS[:2]:
            words = words[:-1]  # patient_id.name: what has a name is no number, but whose number it is
        kind = "person" if _is_kept(item, words, known) else _owner_kind(words, known)
        is_program = kind == "unknown" and item[:1].isupper() and words[-1:] != [] and words[-1] in _PROGRAMS
        said = words[:-1] if is_program else words
        near.update(said)
        heads.update(_heads(said, known) if said else ())
        if (
            kind == "unknown"
            and at < len(context)
            and is_constant(item)
            and names_configuration(context[-at - 1], known)
        ):
            kind, words = "system", []  # settings.MAIL_ACCOUNT["username"]
        if kind == "place":
            place = True  # whose? customer.location
        elif kind != "nobody":
            told = kind in ("person", "maybe") or not place
            configured = kind == "system" and (not words or names_configuration(item, known))
            kind = kind if told else "place"
            if at < len(context) and not known.maker.isdisjoint(_forms(words)):
                near.update(known.work.intersection(_forms(phrase(context[-at - 1], known))))  # book.author.name
            robot = words == ["user"] and at < len(context) and _is_robot(context[-at - 1], known)
            around = (frozenset(near), frozenset(heads))
            return Owner(kind, *around, in_person, in_code, in_place, in_public, configured, robot)
    around = (frozenset(near), frozenset(heads))
    return Owner("place" if place else "nobody", *around, in_person, in_code, in_place, in_public)


def _is_robot(item: str, known: Vocabulary) -> bool:
    """``bot``, ``chat_bot``; not a function that is called so."""
    return not item.startswith(DEF) and phrase(item, known)[-1:] == ["bot"]


def _heads(words: list[str], known: Vocabulary) -> list[str]:
    """What a name is by its words: what it is wrapped in, and what that is about, ``details`` and ``order`` in
    ``order_details``; in a language that has it first, that too.
    """
    heads = [words[0]] if known.head_first else []
    heads.append(words[-1])
    while len(words) > 1 and (less := _without_wrapper(words, known)) and less != words:
        words = less
        heads.append(words[-1])
    return heads


def names_configuration(name: str, known: Vocabulary) -> bool:
    """Whether what a name holds is set by whoever runs the program: ``config``, what ``settings_load`` gives, not
    ``user_settings``.
    """
    words, made = phrase(name, known), name[:1].isupper()  # a SettingsUpdate is what somebody sends
    while len(words) > 1 and words[-1] in known.container and not made:
        words = words[:-1]
    if not words or words[-1] not in known.configured:
        return False
    return not any(kind_of(word, known) in ("person", "maybe") for word in words)


def _sorted_apart(words: list[str], known: Vocabulary) -> list[str]:
    """What stands before the ``by`` of people who are kept by something, and before the ``for`` of whoever is there for
    something: ``users_by_org`` are no organisation, and ``hotels_for_user`` no user.
    """
    for between in ("by", "for"):
        if between in words[1:-1]:
            before = words[: words.index(between, 1)]
            if names_person(before[-1:], known):
                return before
            return before if between == "for" and kind_of(before[-1], known) in ("organisation", "place") else words
    return words


def _is_kept(item: str, words: list[str], known: Vocabulary) -> bool:
    """Whether a class is called after one who may be a program, but is a person where a class is: ``Member``."""
    return len(words) == 1 and item[:1].isupper() and not item.isupper() and words[0] in known.kept


def _from_elsewhere(words: list[str], known: Vocabulary) -> OwnerKind | None:
    """Whose a thing is that is told by where it comes from: ``from_user``, ``db_user`` (a row), ``user_db``."""
    if len(words) < 2:
        return None
    if (words[0] in known.preposition or words[0] in known.stored) and names_person(words[1:], known):
        return "person"
    return "maybe" if words[-1] in known.stored and names_person(words[:-1], known) else None


def _asks_about_person(words: list[str], known: Vocabulary) -> bool:
    """Whether a form or a model, these words before, is about a person: ``CustomerFields``, ``UserSignUpForm``.

    To register is what people do, and what is asked is about them.
    """
    about, signs = list(words), False
    while about:
        size = 2 if "".join(about[-2:]) in known.signing else 1
        if size == 1 and about[-1] not in known.signing and about[-1] not in known.act:
            break
        signs = signs or "".join(about[-size:]) in known.signing
        about = about[:-size]
    return names_person(about, known) if about else signs


def _owner_kind(words: list[str], known: Vocabulary) -> OwnerKind:
    words = without_digits(words) or words if words else words
    if elsewhere := _from_elsewhere(words, known):
        return elsewhere
    if "".join(words[-2:]) in known.system:
        return "system"
    if len(words) > 1 and "".join(words[-2:]) in known.person and names_person(words, known):
        return "person"  # PersonalInfo, whose last word alone is a wrapper
    whole, asked = len(words), words[-1:] != [] and words[-1] in known.model
    if asked and _asks_about_person(words[:-1], known):
        return "person"
    while words and (less := _without_wrapper(words, known)) != words:
        words = less
    if len(words) < whole:  # CreateUserRequest is about a user, EmployeePersonalDetails about an employee
        words = words[1:] if words and words[0] in known.act else words
        while len(words) > 1 and words[-1] in known.neutral:
            words = words[:-1]
    if known.head_first:
        words = _without_containers(words, known)
    if not words:
        return "nobody"
    if names_person(words, known):
        return "person"
    kind = kind_of(words[-1], known)
    others = [word for word in words[:-1] if word not in known.neutral]
    if kind == "person":  # a person with something before it that is none: smtp_user, num_users
        return "system" if any(word in known.system for word in others) else "unknown"
    if kind == "maybe" and asked and not others and words[-1] in known.asked:
        return "person"  # ClientForm, member_serializer
    if kind == "maybe" and others:
        return "person" if any(word in known.person for word in others) else "unknown"
    if kind in ("unknown", "place", "organisation") and any(word in known.person for word in others):
        return "maybe"
    return kind


def _without_wrapper(words: list[str], known: Vocabulary) -> list[str]:
    """The words without the wrapper at their end, which may be of two words."""
    pair = len(words) > 1 and "".join(words[-2:]) in known.container
    if pair and words[-2] in known.system:  # meta_data is not Meta
        return words[:-2]
    if words[-1] in known.container or words[-1].isdigit():
        return words[:-1]
    return words[:-2] if pair else words


def _without_containers(words: list[str], known: Vocabulary) -> list[str]:
    """``dados_cliente`` and ``form_cliente`` are the client's; what is left is turned to have its head last."""
    start = next((at for at, word in enumerate(words) if word not in known.container), len(words))
    words = words[start:]
    if len(words) > 1 and words[0] in known.own and words[-1] not in known.person:
        return words[::-1]
    return words


@lru_cache(maxsize=1 << 12)
def kind_of(word: str, known: Vocabulary) -> OwnerKind:
    """What a word alone is, or what it is the plural of, whatever stands around it."""
    kinds = [_kind_of(form, known) for form in (word.rstrip("0123456789"), *singulars(word))]  # employee1_id
    return next((kind for kind in kinds if kind != "unknown"), "unknown")


def kind_before(modifiers: list[str], telling: str, known: Vocabulary) -> OwnerKind:
    """Whose a term is by the last telling word before it; by two that are a machine's only together, as an account is
    that a service has (``service_account_email``).
    """
    at = len(modifiers) - 1 - modifiers[::-1].index(telling)
    return "system" if at and modifiers[at - 1] + telling in known.system else kind_of(telling, known)


def is_public(modifiers: list[str], owner: Owner, known: Vocabulary) -> bool:
    """Whether a name to log in with is a channel's: ``channel.username``, the ``username`` of ``join_channel``."""
    if owner.in_public_function and not modifiers:
        return True
    near = modifiers[-1:] or owner.near
    return any(form in known.public for word in near for form in (word, *singulars(word)))


def is_of_a_maker(modifiers: list[str], owner: Owner, known: Vocabulary) -> bool:
    """Whether a name is that of who made something that is published: ``book.author.name``, ``book_author_name``."""
    words = _forms((*modifiers, *owner.near))
    return not (known.work.isdisjoint(words) or known.maker.isdisjoint(words))


def _forms(words: Iterable[str]) -> set[str]:
    """Words, and what they are the plurals of."""
    return {form for word in words for form in (word, *singulars(word))}


def is_id_of_a_thing(name: str) -> bool:
    """Whether a name is that of a row of something that is no person's: ``org_id``, ``groupId``; not ``user_id``."""
    known = vocabulary()
    words = phrase(name, known)
    return len(words) > 1 and words[-1] in _IDS and kind_of(words[-2], known) in ("organisation", "thing")


def _kind_of(word: str, known: Vocabulary) -> OwnerKind:
    if word in known.person:
        return "person"
    if word in known.maybe_person:
        return "maybe"
    if word in known.organisation:
        return "organisation"
    if word in known.system:
        return "system"
    if word in known.place or word in known.premises:
        return "place"
    if word in known.thing:
        return "thing"
    return "unknown"
