"""Substitutions: what ``re.sub`` leaves of a text, told by the pattern of what it drops.

Most of what a program drops is the data: that is a redaction. But blanks and dashes only lie between the digits of a
number, and tags and control characters around the words of a text.
"""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = re.compile(r"(\\s|\\D|\\W|\[\^[^\]]*\]|\[[\s\W]*(\\s|\\-|\\.)*[\s\W]*\]|[-\s.+*()])+$")
"""Patterns of blanks, of dashes and dots, and of all that is no digit or no letter."""
_LOW: Final = r"(\\x[01][0-9a-f]|[\x00-\x1f])"
_HIGH: Final = r"(\\x7f|\\x[89][0-9a-f]|[\x7f-\x9f])"
_WIDE: Final = r"(\\u200[b-f]|\\u2060|\\ufeff|[\u200b-\u200f\u2060\ufeff])"
_UNSEEN: Final = re.compile(
    rf"(<(\[\^<?>\]|\.)[*+]\??>|\[({_LOW}(-{_LOW})?|{_HIGH}(-{_HIGH})?|{_WIDE}(-{_WIDE})?)+\][*+]?)$", re.IGNORECASE
)
"""Patterns of what nobody sees in a text: a tag, or one of some control characters. A range stays in its block."""


def drops_little(pattern: str) -> bool:
    """Whether all that a pattern finds lies between the data."""
    return _BETWEEN.match(pattern) is not None or _UNSEEN.match(pattern) is not None
