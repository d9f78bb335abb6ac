"""Personal data that is written into the analysed code must not be spread by the report about it.

What looks like a mail address, a telephone number, or the number of an identity card, a bank card or an
account is blotted out, letter by letter, so that columns stay where they are, and so is a postal address. The code
round it stays readable.
"""

from __future__ import annotations

import re

from discreet.catalogue.forms import LETTERED
from discreet.catalogue.plain import plain
from discreet.catalogue.postal import blotted

_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?<!\w)(?<!\d\.)[A-Z]{0,2}\d{7,}[0-9A-Za-z]*")
_GROUPED = re.compile(r"(?<![\w.])(?:\+|[A-Z]{2})?\(?\d{1,5}\)?(?:[ .\-/]{1,2}\(?\d{2,9}\)?){1,7}(?!\w)")
_CARD = re.compile(r"(?<!\w)\d{4}(?:_\d{4}){2,}(?:_?\d{1,4})?(?!\w)")  # thousands are grouped by three, cards by four
_FEWEST, _ENOUGH = 4, 7


def masked(text: str) -> str:
    """The text with what looks like personal data blotted out; as long as it was."""
    bare = plain(text)
    if bare.text is text:
        return _masked(text)
    shown = list(text)
    for at, (before, after) in enumerate(zip(bare.text, _masked(bare.text), strict=True)):
        if before != after:
            shown[bare.place(at)] = after
    return "".join(shown)


def _masked(text: str) -> str:
    if "@" in text:
        text = _MAIL.sub(_blot, text)
    digits = sum(map(str.isdigit, text))
    if digits >= _FEWEST or not text.isascii():
        text = blotted(text)
    if digits >= _FEWEST:
        text = LETTERED.sub(_blot, text)
    if digits >= _ENOUGH:
        text = _DIGITS.sub(_blot, _GROUPED.sub(_blot_if_long, _CARD.sub(_blot, text)))
    return text


def _blot(match: re.Match[str]) -> str:
    return "".join("*" if character.isalnum() else character for character in match[0])


def _blot_if_long(match: re.Match[str]) -> str:
    return _blot(match) if sum(map(str.isdigit, match[0])) >= _ENOUGH else match[0]
