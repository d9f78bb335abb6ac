"""Text of the analysed code, made safe to print.

A file name or a literal may hold a newline that forges a second finding, an escape sequence that rewrites the
terminal, or a bidirectional override that turns a line round. Each such character is printed as the escape
Python would use for it, in every format and in excerpts too.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, C0 and C1
    "\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"  # soft hyphen, fillers, zero widths, marks
    "\u2028-\u202e\u2060-\u206f\u3164"  # line and paragraph separators, embeddings, overrides, isolates
    "\ud800-\udfff"  # bytes of file names that are no characters
    "\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # shorthand, music, tags
    "]"
)
_SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def visible(text: str) -> str:
    """The text on one line, with every character that moves, hides or turns others written out."""
    return _INVISIBLE.sub(_written_out, text)


def json_safe(document: str) -> str:
    r"""A JSON document in which such characters are ``\u`` escapes: to a parser it says the same.

    JSON lets them stand only inside strings, and there an escape means the character itself. The line end
    after a document is kept.
    """
    return _INVISIBLE.sub(_as_json, document)


def _written_out(match: re.Match[str]) -> str:
    character = match[0]
    number = ord(character)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return _SHORT.get(character) or (f"\\u{number:04x}" if number > 0xFF else f"\\x{number:02x}")


def _as_json(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
