"""Which numbers that somebody wrote down are a person's: told by form, checksum and the words beside them.

Form is weak. A number of eleven digits is an identity number in a dozen states and a timestamp everywhere; so a number
counts if its checksum is right *and* a word beside it says what it is, or if it is written in a way that chance does
not hit upon (``form`` and ``written`` in ``data/identifiers.toml``). What is printed in standards, given out for tests,
or plainly made up (``12345678``) is nobody's. The library that checks numbers is imported when the first is to be
checked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from discreet.catalogue.beside import NOBODYS, Beside, Known, is_played, names, speaks
from discreet.catalogue.ready import kept_data


class Number(msgspec.Struct, frozen=True):
    """One row of ``identifiers.toml``."""

    module: str
    category: str
    label: str
    form: re.Pattern[str]
    words: frozenset[str]
    written: re.Pattern[str] | None
    checked: bool
    rare: bool
    option: str
    published: frozenset[str]
    kept: re.Pattern[str] | None


_DATE = re.compile(
    r"(?:19|20)\d\d([-./ ])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?: \d\d?)?"
    r"|(?:0?[1-9]|[12]\d|3[01])([-./ ])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d(?: \d\d?)?"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
)
"""Perhaps with the hour behind it."""
_TELEPHONE = re.compile(r"\(?\d{3}\)?[ .-]555[ .-]\d{4}")
"""Of a story, and grouped like other numbers."""
SEPARATORS = re.compile(r"[ .()\-/_+]")


_EVERYBODYS = frozenset({"idcard", "citizenid"})
"""Names of one number that are those of any other as well."""


@lru_cache(maxsize=1)
def numbers() -> tuple[Number, ...]:
    """All numbers that are known."""
    return tuple(
        Number(
            module,
            row["category"],
            row["label"],
            re.compile(row["form"]),
            frozenset(word.replace("_", "") for word in row["words"]),
            re.compile(row["written"]) if "written" in row else None,
            row.get("checked", True),
            row.get("rare", False),
            row.get("option", ""),
            frozenset(row.get("published", ())),
            re.compile(row["kept"]) if "kept" in row else None,
        )
        for module, row in kept_data("identifiers.toml").items()
        if module != "others"
    )


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """By which one of the numbers is called and no other."""
    return frozenset(word for row in numbers() for word in row.words) - _EVERYBODYS


def number(raw: str, clue: Beside) -> Known | None:
    """Whose number a text is, if it is one that a state, a bank or a network gives to a person; perhaps nobody's."""
    compact = SEPARATORS.sub("", raw).upper()
    if not 7 <= len(compact) <= 34 or is_made_up(compact) or _is_other(raw):
        return None
    row = _card(raw, compact, clue) or _row(raw, compact, clue)
    return NOBODYS if row is not None and is_played(clue) else row


def _is_other(raw: str) -> bool:
    return _TELEPHONE.fullmatch(raw) is not None or _DATE.fullmatch(raw) is not None or _ends_counting(raw)


def _ends_counting(raw: str) -> bool:
    """Whether the last of several groups is ``1234``, whatever the day before it."""
    *others, last = SEPARATORS.split(raw)
    return bool(others) and last in _runs(4)


def _row(raw: str, compact: str, clue: Beside) -> Known | None:
    """The row that a number is of: one that is called by its own name, or else one of the category that is named."""
    fitting = [row for row in numbers() if row.form.fullmatch(compact) is not None]
    if any(compact in row.published or raw.upper() in row.published for row in fitting):
        return None
    called = [row for row in fitting if _stands_alone(row, raw) or speaks(clue, row.words)]
    written = {compact, raw}
    if not called and not speaks(clue, _own_words()):  # what is called a CPR is no other state's number
        called = [row for row in fitting if row.rare and names(clue, _same(row.category))]
        written = {raw}  # grouped as this number never is, it is another that nobody knows
    if any(row.kept is not None and row.kept.fullmatch(compact) is not None for row in called):
        return None
    for row in called:
        if not row.checked and is_made_up(compact, run=4):
            continue
        if any(_is_valid(row, each) for each in sorted(written)):
            return Known(row.category, row.label, True)
    return None


def _stands_alone(row: Number, raw: str) -> bool:
    return row.written is not None and row.written.fullmatch(raw) is not None


def _same(category: str) -> frozenset[str]:
    """What one state takes for an identity number, another takes for a tax number."""
    return frozenset({"national_id", "tax_id"} if category in ("national_id", "tax_id") else {category})


def _is_valid(row: Number, text: str) -> bool:
    from importlib import import_module

    checker = import_module(f"stdnum.{row.module}")
    try:
        return bool(checker.is_valid(text, **{row.option: True}) if row.option else checker.is_valid(text))
    except Exception:  # of a number, the library has once or twice raised what it does not document
        return False


_COUNTING = ("01234567890", "09876543210", "0246802468", "1357913579", "8642086420", "9753197531")


def is_made_up(compact: str, run: int = 5) -> bool:
    """Whether nobody was given this number: it counts, for ``run`` digits or for the last four, repeats a digit, a
    letter or a group, ends in four alike, uses only two or three digits, or goes up and down in steps as a finger does
    on the keys.
    """
    if _SAME_LETTER.search(compact) is not None:
        return True
    digits = "".join(character for character in compact if character.isdigit())
    if len(digits) < 7:
        return len(set(digits)) < 3
    if len(set(digits)) < 4:
        return True
    if any(each in digits for each in _runs(run)) or digits[-4:] in _runs(4) or len(set(digits[-4:])) == 1:
        return True
    return _REPEATED.search(digits) is not None or _is_typed(digits)


def _is_typed(digits: str) -> bool:
    """Whether a number goes on in steps of one or none for longer than chance has it, once in ten thousand numbers."""
    steps = "".join("s" if abs(ord(one) - ord(other)) < 2 else " " for one, other in pairwise(digits))
    return _TYPED in steps


_TYPED = "s" * 9
_SAME_LETTER = re.compile(r"([A-Z])\1{4}")
_REPEATED = re.compile(
    r"(\d)\1{4}|(\d\d)\2{3}|(\d{3})\3{2}|(\d{4})\4|(012|123|234|345|456|567|678|789|321|654|987)\5|(\d)\6\6\d{0,2}\6{3}"
)


@lru_cache(maxsize=4)
def _runs(size: int) -> tuple[str, ...]:
    return tuple(line[at : at + size] for line in _COUNTING for at in range(len(line) - size + 1))


# -- cards -------------------------------------------------------------------------------------------------------------

_CARD = frozenset({"card_number"})
_IN_FOURS = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}")


class _Cards(NamedTuple):
    networks: tuple[tuple[str, str, frozenset[int]], ...]
    words: frozenset[str]
    published: frozenset[str]


@lru_cache(maxsize=1)
def _cards() -> _Cards:
    row = kept_data("written.toml")["card"]
    networks = []
    for line in row["networks"]:
        prefixes, _, lengths = line.partition(":")
        first, _, last = prefixes.partition("-")
        networks.append((first, last or first, frozenset(map(int, lengths.split()))))
    return _Cards(
        tuple(networks), frozenset(row["words"].split()), frozenset(" ".join(row["published"].values()).split())
    )


def _card(raw: str, compact: str, clue: Beside) -> Known | None:
    if not (13 <= len(compact) <= 19 and compact.isdecimal() and compact.isascii() and compact[0] in "23456"):
        return None
    cards = _cards()
    if not card_network(compact) or compact in cards.published or not _luhn(compact):
        return None
    if _IN_FOURS.fullmatch(raw) is None and not speaks(clue, cards.words) and not names(clue, _CARD):
        return None
    return Known("card_number", "payment card number", True)


def card_network(compact: str) -> str:
    """Which network issues a card, by the first of the numbers that are its own; empty if none does."""
    for first, last, lengths in _cards().networks:
        if first <= compact[: len(first)] <= last and len(compact) in lengths:
            return first
    return ""


def _luhn(digits: str) -> bool:
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0
