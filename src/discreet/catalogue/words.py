"""Splitting a name into words, whatever style it is written in.

One splitter serves identifiers, dict keys, form fields, HTTP headers and column titles, so that
``phone_number``, ``phoneNumber``, ``PHONE-NUMBER``, ``Phone Number`` and ``手机号`` meet in one vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_HAN: Final = "\u3400-\u9fff"
_ASCII: Final = (
    r"[A-Z]{2,}s(?![a-z])"  # IDs
    r"|[A-Z]+[0-9]*(?![a-z])"  # IP in IPAddress, SHA256 in SHA256Hash
    r"|[A-Z]?[a-z]+[0-9]*"  # address1
    r"|[0-9]+"
)
_ASCII_WORD: Final = re.compile(_ASCII)
_IS_HAN: Final = re.compile(rf"[{_HAN}]")
_LONGEST_NAME: Final = 200  # nobody reads more of a name, and a generated one must not cost more


def split_name(name: str, lexicon: frozenset[str] = frozenset()) -> list[str]:
    """The words of ``name`` in lower case, accents and width folded. Runs of Han characters are cut by ``lexicon``."""
    name = name[:_LONGEST_NAME]
    if name.isascii():
        return [word.lower() for word in _ASCII_WORD.findall(name)]
    words: list[str] = []
    for word in _any_word().findall(_fold(name)):
        if _IS_HAN.match(word):
            words.extend(_cut_han(word, lexicon))
        else:
            words.append(word.lower())
    return words


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    """A word in any script; the pattern takes its time to compile, and most programs are written in one."""
    return re.compile(rf"{_ASCII}|[{_HAN}]+|[^\W\d_A-Za-z{_HAN}]+")


def singulars(word: str) -> tuple[str, ...]:
    """What an English plural may be the plural of; empty for a word that is none."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return ()
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return (word[:-2], word[:-1])
    return (word[:-1],)


def is_constant(name: str) -> bool:
    """Written in capitals throughout, as settings and constants are."""
    return name.isascii() and name.isupper()


def _fold(name: str) -> str:
    """Full width becomes half width, and letters lose their accents; scripts without case stay as they are."""
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    return unicodedata.normalize("NFC", "".join(char for char in wide if not unicodedata.combining(char)))


def _cut_han(run: str, lexicon: frozenset[str]) -> list[str]:
    """Cut from the right, the longest known word first, because in Chinese too the head stands last."""
    words: list[str] = []
    end = unknown = len(run)
    while end > 0:
        start = next((at for at in range(max(0, end - 8), end) if run[at:end] in lexicon), None)
        if start is None:
            end -= 1
            continue
        if end < unknown:
            words.append(run[end:unknown])
        words.append(run[start:end])
        end = unknown = start
    if unknown > 0:
        words.append(run[:unknown])
    return words[::-1]
