"""Whose a postal address is: a home's, as far as what stands beside it tells.

An address has no checksum, and the world's code holds more addresses of shops, offices and sights than of people. So
the form alone says nothing: a key that is surely a person's address, or keys of a person's other data near by, must
say whose it is. Where an office is spoken of, where the street is famous, or where it is one that everybody makes up,
nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from discreet.catalogue.beside import PLAYED, Beside, Known, is_played, names, speaks
from discreet.catalogue.data import words_of_fields
from discreet.catalogue.names import judge
from discreet.catalogue.ready import kept_data

_ADDRESS: Final = frozenset({"postal_address"})
_LABEL: Final = "postal address"
_WORD: Final = re.compile(r"[^\W_]+")
_NAME: Final = re.compile(r"\w+_\w+")
_HOUSE: Final = re.compile(r"(?<![a-z0-9])[0-9]+[a-z]?")
_KEY: Final = re.compile(r"([^\W\d]\w{2,40})[\"'\]]{0,3}\s?(?::|=(?!=))")
_PLAYED_HOUSES: Final = frozenset({
    "0", "1", "2", "10", "12", "100", "111", "123", "222", "234", "321", "333", "345", "404", "444", "456", "555",
    "567", "666", "678", "777", "789", "999",
})  # fmt: skip
_PLAYED_CODES: Final = frozenset({
    "12345", "54321", "01234", "23456", "34567", "45678", "56789", "67890", "98765", "90210",
})  # fmt: skip
_PLAYED_UNIT: Final = re.compile(
    r"\b[A-Z]{1,2}\d[\dA-Z]? (?:\dAA|\dZZ|3CD|2CD|4EF|1AB|2BB)\b|\b(?:1234|9999) ?[A-Z]{2}\b"
)
_UNIT: Final = re.compile(r"\b(?:[sS]uite|STE|Ste|[fF]loor)\b")
"""Offices have them, and so have the addresses that generators make."""
_COUNTING: Final = re.compile(r"12345?[a-z]?$")
_CODE: Final = re.compile(r"(?<![\w-])\d{5}(?![\w])")
_FAKERS_TOWN: Final = re.compile(
    r"\b(?:North|East|West|South|New|Lake|Port) [A-Z][a-z]+"
    r"(?:town|ton|land|ville|berg|burgh|borough|bury|view|port|mouth|stad|furt|chester|fort|haven|side|shire)\b"
)
"""``city`` of Faker's English provider: what it makes is nobody's."""


class _Homes(NamedTuple):
    words: frozenset[str]
    persons: frozenset[str]
    published: frozenset[str]
    placeholders: frozenset[str]
    offices: frozenset[str]


@lru_cache(maxsize=1)
def _homes() -> _Homes:
    return _Homes(*words_of_fields(kept_data("written.toml")["address"], _Homes._fields))


def home(raw: str, near: str, clue: Beside) -> Known | None:
    """Whether a text that has the form of an address is a person's; ``near`` is the text around it, without it.

    A guess that isn't sure rests on a word for addresses alone.
    """
    known = _homes()
    if _is_nobodys(raw, known) or _UNIT.search(raw) is not None or is_played(clue):
        return None
    keys = [name for name in _KEY.findall(near) if _is_of_a_person(name, known)]
    for name in keys:  # a driving licence is no licence of a program
        near = near.replace(name, "")
    if _speaks_of_an_office(near, known):
        return None
    if names(clue, _ADDRESS) or keys:
        return Known("postal_address", _LABEL, True)
    return Known("postal_address", _LABEL, False) if speaks(clue, known.words) else None


def _is_nobodys(raw: str, known: _Homes) -> bool:
    """Famous, made up as everybody does it, or made by a generator."""
    words = _WORD.findall(raw.replace("\\n", " ").lower())
    houses = _HOUSE.findall(raw.lower())
    if not houses or houses[0] in _PLAYED_HOUSES or _COUNTING.match(houses[0]) is not None:
        return True
    if not known.placeholders.isdisjoint(words) or not PLAYED.isdisjoint(words):
        return True
    if any(f"{houses[0]}:{word}" in known.published for word in words):
        return True
    if _PLAYED_UNIT.search(raw) is not None or _FAKERS_TOWN.search(raw) is not None:
        return True
    return any(code in _PLAYED_CODES or len(set(code)) < 3 for code in _CODE.findall(raw))


def _speaks_of_an_office(near: str, known: _Homes) -> bool:
    said = near.lower()
    if not known.offices.isdisjoint((*_WORD.findall(said), *_NAME.findall(said))):
        return True
    return not near.isascii() and any(not word.isascii() and word in near for word in known.offices)


def _is_of_a_person(name: str, known: _Homes) -> bool:
    """Whether a key near by is surely the key of a person's data."""
    guess = judge(name.lower() if name.isupper() else name)
    return guess is not None and guess.strength == "strong" and guess.category in known.persons
