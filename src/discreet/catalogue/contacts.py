"""Which telephone numbers and mail addresses that somebody wrote down are a person's.

Numbers that a regulator keeps for stories, the examples of the library that checks them, hotlines, addresses of
machines and of offices, and the names that everybody takes where nobody is meant, are nobody's. An address is published
on purpose where an author, a maintainer or a licence is named.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from discreet.catalogue.beside import PLAYED, Beside, Known, is_played, names, speaks, words_of
from discreet.catalogue.data import words_of_fields
from discreet.catalogue.numbers import SEPARATORS, is_made_up
from discreet.catalogue.ready import kept_data

_PHONE = frozenset({"phone", "fax"})
_CHINESE = re.compile(r"1[3-9]\d{9}")
_DECIMAL = re.compile(r"[+]?\d+\.\d+")
_LINK = re.compile(r"\b(?:mailto|tel|sms|callto):|\b(?:wa\.me|api\.whatsapp\.com)/", re.IGNORECASE)
"""What makes a number or an address a link: it is there to be called, or written to, by whoever reads the page."""
_AMERICAN = re.compile(r"\(?[2-9]\d{2}\)?[ .\-]{1,2}\d{3}[ .\-]\d{4}")


class _Phones(NamedTuple):
    words: frozenset[str]
    published: frozenset[str]
    fiction: dict[int, re.Pattern[str]]


@lru_cache(maxsize=1)
def _phones() -> _Phones:
    row = kept_data("written.toml")["phone"]
    fiction = {int(code): re.compile(pattern) for code, pattern in row["fiction"].items()}
    return _Phones(frozenset(row["words"].split()), frozenset(row["published"].split()), fiction)


def phone(raw: str, clue: Beside, near: str = "") -> Known | None:
    """Whether a text is a telephone number that may be a person's; ``near`` is the line around it."""
    compact = SEPARATORS.sub("", raw)
    international = raw.startswith(("+", "(+"))
    region = None
    if not international:
        region = "CN" if _CHINESE.fullmatch(compact) else "US" if _AMERICAN.fullmatch(raw) else None
        if region is None:
            return None
    if not compact.isdecimal() or not 8 <= len(compact) <= 15 or is_made_up(compact):
        return None
    said = speaks(clue, _phones().words) or names(clue, _PHONE)
    if (not said and not international) or is_played(clue) or _DECIMAL.fullmatch(raw) is not None:
        return None
    line = _line(raw, region)
    published = bool({piece.lower() for piece in words_of(clue.name)} & _mails().names)
    published = published or _says(near, _phones().published) or _LINK.search(near) is not None
    sure = said and line == "personal" and not published
    return Known("phone", "phone number", sure) if line else None


def _line(raw: str, region: str | None) -> Literal["personal", "fixed", ""]:
    """How a number is in use, if it is and is no example: a fixed line is an office's as often as a person's."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return ""
    national = phonenumbers.national_significant_number(parsed)
    fiction = _phones().fiction.get(parsed.country_code or 0)
    if fiction is not None and fiction.fullmatch(national):
        return ""
    kind = phonenumbers.PhoneNumberType
    persons = (kind.MOBILE, kind.FIXED_LINE, kind.FIXED_LINE_OR_MOBILE, kind.PERSONAL_NUMBER)
    line = phonenumbers.number_type(parsed)
    if line not in persons or is_made_up(national):
        return ""
    home = phonenumbers.region_code_for_number(parsed) or ""
    examples = [phonenumbers.example_number_for_type(home, each) for each in persons]
    if any(example is not None and example.national_number == parsed.national_number for example in examples):
        return ""
    return "fixed" if line == kind.FIXED_LINE else "personal"


# -- addresses ---------------------------------------------------------------------------------------------------------


class _Mails(NamedTuple):
    private: frozenset[str]
    roles: frozenset[str]
    placeholders: frozenset[str]
    hosts: frozenset[str]
    beside: frozenset[str]
    head: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=1)
def _mails() -> _Mails:
    return _Mails(*words_of_fields(kept_data("written.toml")["mail"], _Mails._fields))


_TWO_NAMES = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?[._][^\W\d_]{2,}(?:-[^\W\d_]{2,})?\d{0,4}")
_A_NAME = re.compile(r"[^\W\d_]{3,}[^\W_]*(?:[._-][^\W_]+){0,4}|\d{6,11}")
_YOURS = re.compile(
    r"(?:your|my|seu|meu|teu|tu|su|mi|votre|ton|mon|dein|ihr|mein|tuo|mio|twoj|moj|vash|moi|jouw|mijn)[._-]?"
    r"(?:e?-?mail|name|nome|nombre|nom|correo|adresse|address|user|usuario|account|konto|naam|imie|imya|pochta)\w*"
    r"|your[._-]?\w{0,10}?(?:mail|name|user|app|company|domain|login|here)\w*"
)
_REPEATED = re.compile(r"(.{1,4})\1{2,}")
"""Typed by nobody as a name, or what is left of one in the wrong encoding."""
_NAMED = re.compile(r"[^\W\d_][\w.'-]*,?\s+(?:[\w.'\"()-]+\s+){0,4}<?$")

_TELLING = 5
"""So many letters of a domain tell whose it is."""

_CREDITED = re.compile(r"\b(?:author|maintainer)(?:s|_emails?)?['\"]?\s*[=:]")
"""Before all whom a package names as those who made it, several in one text among them."""
_SIGNED = re.compile(r"[^\W\d_][\w.'-]* <[^\s<>@]+@[^\s<>]+>")
"""A name and an address, as those who changed a file sign."""


def mail(raw: str, line: str, above: str, clue: Beside) -> Known | None:
    """Whether an address is some person's mailbox that is not published on purpose; ``above`` are the lines before."""
    local, _, host = raw.lower().rpartition("@")
    known = _mails()
    if _is_nobodys(local, host, known) or _is_published(line, raw, above, clue, known) or is_played(clue):
        return None
    private = host in known.private
    plain = local.partition("+")[0]
    if private and _A_NAME.fullmatch(plain):
        return Known("email", "email address", True)
    return Known("email", "email address", False) if _TWO_NAMES.fullmatch(plain) else None


def firm(host: str) -> str:
    """What whoever has a domain is called, going by the domain; ``""`` where everybody may have a mailbox, or it is too
    short to tell.
    """
    if host in _mails().private:
        return ""
    name = max(host.split(".")[:-1], key=len, default="")
    return name if len(name) >= _TELLING else ""


def _is_nobodys(local: str, host: str, known: _Mails) -> bool:
    """An example, a machine, or an address that several people read."""
    labels = host.split(".")
    if not labels[-1].isalpha() or len(labels[-1]) < 2 or labels[-1] in ("py", "so", "js", "md", "txt", "json", "html"):
        return True
    called = [part for label in labels[:-1] for part in label.split("-")]
    if host not in known.private and not known.hosts.isdisjoint((labels[-1], *called)):
        return True
    if "example" in host or "test" in host:
        return True
    plain = local.partition("+")[0]
    if _REPEATED.fullmatch(plain) is not None:
        return True
    parts = re.split(r"[._\-]", plain.rstrip("0123456789"))
    everyday = known.roles | known.placeholders
    if _YOURS.fullmatch(plain) is not None or plain in labels[:-1]:  # gmail@gmail.com: typed where one had to stand
        return True
    played = parts[0] in known.roles or not PLAYED.isdisjoint(parts)
    return played or plain in everyday or all(part.rstrip("0123456789") in everyday for part in parts)


def _is_published(line: str, raw: str, above: str, clue: Beside, known: _Mails) -> bool:
    """Whether it stands where authors and those who are to be asked are named."""
    pieces = {piece.lower() for piece in words_of(clue.name)}
    if pieces & known.names or _CREDITED.search(line) is not None:
        return True
    before, _, after = line.partition(raw)
    if after[:1] == ">" and _NAMED.search(before[-80:].rstrip("<")):
        return True
    if _LINK.search(line) is not None or "://" in before[-80:] or after[:1] in (":", "/"):
        return True
    signed = line.lstrip().startswith("#") and _SIGNED.search(above) is not None
    return signed or _says(line, known.beside) or _says(above, known.head)


def _says(text: str, words: frozenset[str]) -> bool:
    said = text.lower().split()
    return any(word in words or word.strip(".,:;()*#-\"'") in words for word in said)
