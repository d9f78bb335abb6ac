"""Lines of the analysed code with the place of a finding underlined."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from discreet.output.escape import visible
from discreet.output.mask import masked
from discreet.output.text import Paint
from discreet.rules.finding import Finding

AROUND = 2
"""Lines of context on either side."""
WIDEST = 160
"""Characters of a line that are shown; of a longer one, those round the finding."""
BEFORE = 60
"""How many of them stand before the finding."""


class _Line(NamedTuple):
    """A line as it is printed, and the columns of the terminal where the underline starts and ends."""

    text: str
    start: int
    end: int


def excerpt(finding: Finding, lines: Sequence[str], paint: Paint) -> Iterator[str]:
    """The finding's first line, underlined, with the lines around it, in a notebook those of the cell; nothing where
    there is no such line.
    """
    cell = finding.cell
    if cell is not None:
        lines = lines[cell.above : cell.above + cell.lines]
        finding = replace(finding, line=cell.line(finding.line), end_line=cell.line(finding.end_line))
    if not 1 <= finding.line <= len(lines):
        return
    first, last = _window(finding.line, lines)
    width = len(str(last))
    bar = paint("gutter", "|")
    for number in range(first, last + 1):
        line = _shown(lines[number - 1], finding, number)
        yield f"{paint('gutter', f'{number:>{width}}')} {bar} {line.text}".rstrip() + "\n"
        if number == finding.line:
            under = paint("mark", "^" * max(line.end - line.start, 1))
            yield f"{' ' * width} {bar} {' ' * line.start}{under} {paint('code', finding.code)}\n"


def _window(line: int, lines: Sequence[str]) -> tuple[int, int]:
    """First and last line to show, without blank ones at either end."""
    first, last = max(line - AROUND, 1), min(line + AROUND, len(lines))
    while first < line and not lines[first - 1].strip():
        first += 1
    while last > line and not lines[last - 1].strip():
        last -= 1
    return first, last


def _shown(line: str, finding: Finding, number: int) -> _Line:
    """One line, masked before it is cut: half a mail address is not recognised as one."""
    at = finding.column - 1 if number == finding.line else 0
    until = finding.end_column - 1 if number == finding.line == finding.end_line else len(line.rstrip())
    text = masked(line)
    left = 0
    if len(text) > WIDEST:
        left = min(max(at - BEFORE, 0), len(text) - WIDEST)
    right = left + WIDEST
    head, tail = ("..." if left else ""), ("..." if right < len(text) else "")
    at, until = max(at, left), min(max(until, at + 1), right)
    before, within, after = (_safe(part) for part in (text[left:at], text[at:until], text[until:right]))
    start = _columns(head + before)
    return _Line(head + before + within + after + tail, start, start + _columns(within))


def _safe(text: str) -> str:
    return visible(text.replace("\t", "    "))


def _columns(text: str) -> int:
    """How many columns a text takes on a terminal: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))
