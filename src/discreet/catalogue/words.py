"""Splitting a name into words, whatever style and script it is written in.

One splitter serves identifiers, dict keys, form fields, HTTP headers and column titles, so that
``phone_number``, ``phoneNumber``, ``PHONE-NUMBER``, ``Phone Number`` and ``手机号`` meet in one vocabulary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_UNSPACED: Final = "\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # kana, Han and Hangul are written without blanks
_ASCII: Final = (
    r"[A-Z]{2,}s(?![a-z])"  # IDs
    r"|[A-Z]+[0-9]*(?![a-z])"  # IP in IPAddress, SHA256 in SHA256Hash
    r"|[A-Z]?[a-z]+[0-9]*"  # address1
    r"|[0-9]+"
)
_ASCII_WORD: Final = re.compile(_ASCII)
_LONGEST_NAME: Final = 200  # nobody reads more of a name, and a generated one must not cost more
# Letters that are no base letter with an accent, as people write them who don't have them on their keyboards.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "Ø": "O", "Ł": "L", "Đ": "D"}
)
_WRITTEN_OUT: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"))
_VOICED: Final = 8  # the combining class of the marks that tell が from か


def split_name(name: str, lexicon: frozenset[str] = frozenset()) -> list[str]:
    """The words of ``name`` in lower case, accents and width folded; ``lexicon`` cuts what has no blanks."""
    name = name[:_LONGEST_NAME]
    if name.isascii():
        found: list[str] = _ASCII_WORD.findall(name)
        return found if name.islower() else [word.lower() for word in found]
    words: list[str] = []
    for word in _any_word().findall(fold(name)):
        if script(word) != "other":
            words.extend(_cut(word, lexicon))
        else:
            words.append(word.lower())
    return words


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    """A word in any script; the pattern takes its time to compile, and most programs are written in one."""
    return re.compile(rf"{_ASCII}|[{_UNSPACED}]+|[^\W\d_A-Za-z{_UNSPACED}]+")


def singulars(word: str) -> tuple[str, ...]:
    """What an English plural may be the plural of; empty for a word that is none."""
    if word[-1:] != "s" or word[-2:] == "ss" or len(word) < 4:
        return ()
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return (word[:-2], word[:-1])
    return (word[:-1],)


def is_plural(name: str) -> bool:
    """Whether a name stands for several values, so that an index picks one of them."""
    word = name.lower().rstrip("_0123456789")
    return word.endswith(("s", "list", "set", "data", "rows", "all", "queue", "map", "dict")) and not word.endswith(
        ("ss", "us")
    )


def is_constant(name: str) -> bool:
    """Written in capitals throughout, as settings and constants are."""
    return name.isascii() and name.isupper()


def fold(name: str) -> str:
    """Full width becomes half width, and letters lose their accents; scripts without case stay as they are."""
    if name.isascii():
        return name
    import unicodedata  # a library in C of its own, which most programs do without

    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    kept = "".join(char for char in wide if unicodedata.combining(char) in (0, _VOICED))
    return unicodedata.normalize("NFC", kept).translate(_LETTERS)


def spellings(word: str) -> list[str]:
    """A word of a vocabulary in lower case as names have it: folded, and with its umlauts written out if it has any."""
    lower = word.lower()
    forms = [fold(lower)]
    if not lower.isascii():
        written = lower
        for letter, letters in _WRITTEN_OUT:
            written = written.replace(letter, letters)
        forms += [form for form in (fold(written),) if form not in forms]
    return forms


def script(text: str) -> str:
    """``kana``, ``hangul`` or ``han``, if there is any of it, and ``other`` if there is none."""
    found = "other"
    for char in text:
        if "\u3041" <= char <= "\u30ff":
            return "kana"
        if "\uac00" <= char <= "\ud7a3":
            return "hangul"
        if "\u3400" <= char <= "\u9fff":
            found = "han"
    return found


def _cut(run: str, lexicon: frozenset[str]) -> list[str]:
    """Cut from the right, the longest known word first, because in Chinese too the head stands last."""
    words: list[str] = []
    end = unknown = len(run)
    while end > 0:
        start = next((at for at in range(max(0, end - 10), end) if run[at:end] in lexicon), None)
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
