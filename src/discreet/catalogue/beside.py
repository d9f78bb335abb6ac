"""What the text beside a value says of it: the name it is given, the sentence it stands in.

Whoever writes a number down mostly says what it is: by a variable, a key, a column's title, or in words. This is the
second sign for a value whose form alone proves little. It is read from the text of the line, which serves a comment as
well as a call, a docstring and the output of a notebook.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from discreet.catalogue.names import judge


class Known(NamedTuple):
    """What a text is: the category, what it is called, and whether that is as good as certain."""

    category: str
    label: str
    sure: bool


NOBODYS = Known("", "", False)
"""What a text is that its author says to be nobody's: so it is wherever else it stands in the file."""


class Beside(NamedTuple):
    """What stands before a value on its line: the name it is given, and the words of the sentence it ends.

    ``line`` is all that stands before it, and ``noted`` the comment behind it.
    """

    name: str
    said: str
    line: str = ""
    noted: str = ""


_NAME = re.compile(
    r"([^\W\d][\w\-]{0,60})"  # a variable, a key, a parameter, a word
    r"[\"'\]\\)}]{0,4}\s{0,4}(?:[:=(,]|=>|==|:=){0,2}\s{0,4}"
    r"(?:[A-Za-z_.]{1,20}\()?[bBrRuUfF]{0,2}[\"'\[({\\ ]{0,6}$"  # and what stands between it and the value
)
_ANNOTATED = re.compile(
    r"([^\W\d]\w{0,60})\s?:\s?[\w.\[\]| ]{1,40}=\s{0,4}(?:[A-Za-z_.]{1,20}\()?[bBrRuUfF]{0,2}[\"'\[({ ]{0,6}$"
)
_ADDRESS = re.compile(r"://[^\s\"'<>]*$")
_TELLING = 4
"""So long is a name that is believed inside an address: ``?eid=`` is an event's."""
_COMMENT = re.compile(r"\s#(?!\s?(?:pii:|noqa))([^#]{1,100})")
_PAUSE = re.compile(r"[,;|\"'\t\n]|\\n|\\t")
_WORD = re.compile(r"[^\W\d_]+")
_PROSE = 60
_WORDS = 6


def beside(before: str, after: str = "") -> Beside:
    """What the text of a line says of the value that stands between ``before`` and ``after``."""
    before = before[-_PROSE * 2 :]
    found = _ANNOTATED.search(before) or _NAME.search(before)
    name = found[1] if found else ""
    if _ADDRESS.search(before) is not None:
        return Beside(name if len(name) >= _TELLING else "", "", before)
    said = _PAUSE.split(before[-_PROSE:])[-1]
    noted = _COMMENT.search(after)
    return Beside(name, said if _WORD.search(said) else "", before, noted[1] if noted else "")


def speaks(clue: Beside, words: frozenset[str]) -> bool:
    """Whether what stands before a value names it by one of some ``words``."""
    return (bool(clue.name) and _mentions(clue.name, words, whole=False)) or (
        bool(clue.said) and _mentions(clue.said, words, whole=True)
    )


def names(clue: Beside, categories: frozenset[str]) -> bool:
    """Whether the name a value is given is surely the name of one of some categories of personal data."""
    if not clue.name:
        return False
    guess = judge(clue.name.lower() if clue.name.isupper() else clue.name)
    return guess is not None and guess.category in categories and guess.strength == "strong"


def is_played(clue: Beside) -> bool:
    """Whether the author says that the value is nobody's: ``fake_ssn``, "an invalid card such as", "e.g."."""
    if _FOR_EXAMPLE.search(clue.line or clue.said) is not None or _EXAMPLES_FOLLOW.search(clue.line) is not None:
        return True
    if _is_tried_out(clue):
        return True
    said = (*words_of(clue.name)[-_WORDS:], *words_of(clue.said)[-_WORDS:], *words_of(clue.noted))
    return any(word.lower() in PLAYED for word in said)


def _is_tried_out(clue: Beside) -> bool:
    """Whether a value stands there for a check that is tried out on it, or documentation hands it to what it shows."""
    call = _CALL.search(clue.line)
    if call is not None and _DOCTEST.match(clue.line) is not None:
        return True
    return any(word.lower() in _CHECKED for word in words_of(clue.name) + words_of(call[1] if call else ""))


def is_of_examples(path: str) -> bool:
    """Whether a directory above a file is named as one of examples. Its own name says less: whoever tries something out
    calls it ``example.py``.
    """
    return not _EXAMPLES.isdisjoint(_WORD.findall(path.rpartition("/")[0].lower()))


_FOR_EXAMPLE = re.compile(
    r"(?:\b(?:e\. ?g|z\. ?b|p\. ?ex|par ex|p\. ?ej|p\. ?es|ex|bijv|bsp|напр|mis|np)[.:]|[如例][：:])[^\w\d]*$",
    re.IGNORECASE,
)
"""Abbreviated, just before the value."""
_EXAMPLES_FOLLOW = re.compile(
    r"\be\.g\.|\bfor example\b|\bfor instance\b|例如|比如|譬如|举例|示例|例えば", re.IGNORECASE
)
"""Anywhere before it on its line: what follows is part of the example."""
_CALL = re.compile(r"(\w+)\([bBrRuUfF]?[\"']$")
_DOCTEST = re.compile(r"[\s*#]*>>> ")
_CHECKED = frozenset(
    {"valid", "validate", "validates", "validator", "validar", "valida", "valider", "valido", "válido"}
)
"""What is named so is there for the check that is tried out on it."""
_EXAMPLES = frozenset({
    "beispiel", "beispiele", "demo", "demos", "dummy", "ejemplo", "ejemplos", "esempi", "esempio", "example",
    "examples", "exemple", "exemples", "exemplo", "exemplos", "fake", "fakes", "mock", "mocks", "sample", "samples",
})  # fmt: skip


PLAYED = frozenset({
    "beispiel", "bogus", "demo", "dummy", "ejemplo", "esempio", "example", "examples", "exemple", "exemplo",
    "existing", "fake", "faked", "faker", "fictional", "fictitious", "imaginary", "invalid", "invented", "mock",
    "mocked", "nonexistent", "nonexisting", "notexist", "placeholder", "random", "sample", "samples", "secreto",
    "simulate", "simulated", "simulation", "simulator", "specimen", "spécimen", "test", "testing", "tests",
    "unexisting", "valid", "wrong",
})  # fmt: skip


def _mentions(text: str, words: frozenset[str], *, whole: bool) -> bool:
    """Whether one of some words is in a text; short ones are only believed in capitals where people write prose."""
    if not text.isascii() and any(not word.isascii() and word in text for word in words):
        return True
    said = words_of(text)[-_WORDS:]
    for size in (1, 2, 3):
        for at in range(len(said) - size + 1):
            joined = "".join(said[at : at + size])
            if joined.lower() in words and not (whole and len(joined) < 4 and not joined.isupper()):
                return True
    return False


_PIECES = re.compile(r"[A-Z]{2,}(?![a-z])|[^\W\d_][^\W\d_A-Z]*|[A-Z]")


def words_of(text: str) -> list[str]:
    """The words of a name or a sentence, as they are written."""
    return _PIECES.findall(text)
