"""What IPython reads and Python does not: magics, a shell's commands, questions. Python as wide takes their place.

Only the beginning of a statement is looked at: ``%`` inside brackets divides. So the text is walked from token to
token, though it may be no Python at all.
"""

from __future__ import annotations

import re
from typing import Final

RUNS: Final = frozenset({"capture", "debug", "prun", "pypy", "python", "python3", "time", "timeit", "memit", "mprun"})
"""Magics whose cell is Python of this program. ``%%bash`` and ``%%sql`` are followed by another language."""

_MAY: Final = re.compile(r"(?m)^[ \t]*(?:[%!?]|(?:pip|conda|mamba|uv)[ \t])|=[ \t]*[%!](?!=)|\?[ \t]*(?:#.*)?$")
"""A quick look: most cells have none."""
_CELL: Final = re.compile(r"\s*%%(\w*)[^\n]*")
_MAGIC: Final = re.compile(
    r"""[ \t]*(?:
        (?P<timed>%(?:time|timeit|prun|memit)\b(?:[ \t]+-\w[ \t]*\d*)*[ \t]+)
            (?!if\b|for\b|while\b|with\b|def\b|class\b|try\b|-)(?=[^\s#])   # what is timed is Python
        |(?P<whole>[%!?][^\n]*
            |(?:pip|conda|mamba|uv)[ \t]+(?!(?:and|if|in|is|not|or)\b)[a-z-][^\n]*   # "automagic"
            |[%\w.*\[\]'"]+\?{1,2}[ \t]*(?:\#[^\n]*)?(?=\n|$))
        |[\w., \[\]'"*]+?[ \t]*=[ \t]*(?P<given>[%!](?!=)[^\n]*)
    )""",
    re.VERBOSE,
)
_TOKEN: Final = re.compile(
    r"""\#[^\n]*|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|\"(?:[^\\\n"]|\\.)*\"|'(?:[^\\\n']|\\.)*'|\\\n|.""",
    re.DOTALL,
)
_PLAIN: Final = re.compile(r"[^\n\\#'\"\[\](){}]+")


def without_magics(text: str) -> str:
    """The code of a cell as Python: as many lines, and what is left stands where it stood."""
    out: list[str] = []
    at = 0
    while (cell := _CELL.match(text, at)) is not None:
        if cell[1] not in RUNS:
            return "".join([*out, "\n" * text.count("\n", at)])
        out.append(_blank(cell[0]))
        at = cell.end()
    rest = text[at:]
    return "".join([*out, _walked(rest) if _MAY.search(rest) is not None else rest])


def _walked(text: str) -> str:
    out: list[str] = []
    at, depth, begins = 0, 0, True
    while at < len(text):
        if begins:
            begins = False
            magic = _MAGIC.match(text, at)
            if magic is not None:
                replaced, at = _replaced(text, magic)
                out.append(replaced)
                continue
        token = _PLAIN.match(text, at) or _TOKEN.match(text, at)
        assert token is not None  # the last alternative is any character
        word, at = token[0], token.end()
        out.append(word)
        depth = depth + 1 if word in "([{" else max(depth - 1, 0) if word in ")]}" else depth
        begins = word == "\n" and not depth
    return "".join(out)


def _replaced(text: str, magic: re.Match[str]) -> tuple[str, int]:
    """Python instead of a magic, and where the text goes on."""
    if magic["timed"] is not None:
        start, end = magic.span("timed")
        return text[magic.start() : start] + "0;".ljust(end - start), end
    start, end = magic.span("whole" if magic["whole"] is not None else "given")
    while text[end - 1] == "\\" and end < len(text):  # it goes on in the next line
        after = text.find("\n", end + 1)
        end = len(text) if after < 0 else after
    word = "0" if magic["whole"] is not None else "_"
    return text[magic.start() : start] + word + _blank(text[start + 1 : end]), end


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
