"""The two things text formats do to words before they print them: make them safe, and give them colour."""

from __future__ import annotations

from discreet.facts.cells import Cell
from discreet.output.escape import visible
from discreet.output.mask import masked
from discreet.rules.finding import Finding

_COLOURS = {"code": "1;31", "path": "1", "mark": "31", "gutter": "34", "quiet": "2", "help": "36"}


class Paint:
    """Colours words, or leaves them as they are."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, role: str, text: str) -> str:
        """The text in the colour of its role."""
        return f"\x1b[{_COLOURS[role]}m{text}\x1b[0m" if self.colour and text and role in _COLOURS else text


def clean(text: str) -> str:
    """Words from the analysed code: personal data blotted out, control characters written out."""
    return visible(masked(text))


def count(number: int, noun: str) -> str:
    """The number and the noun that goes with it."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def place(path: str, cell: Cell | None, line: int, column: int | None = None) -> str:
    """``path:line:column`` as editors understand it; in a notebook ``path:cell 3:line:column``, as ruff's users do."""
    where = f"{visible(path)}:{cell}:{cell.line(line)}" if cell is not None else f"{visible(path)}:{line}"
    return where if column is None else f"{where}:{column}"


def headline(finding: Finding, paint: Paint, note: str = "") -> str:
    """``path:line:column: CODE message``, which editors and flake8's readers understand; ``[*]`` after the code of what
    ``--fix`` mends.
    """
    mark = f"{paint('help', '[*]')} " if finding.fix is not None and finding.fix.applicability == "safe" else ""
    path = visible(finding.path)
    where = paint("path", path) + place(finding.path, finding.cell, finding.line, finding.column)[len(path) :]
    return f"{where}: {paint('code', finding.code)} {mark}{clean(finding.message)}{note}"


def suppressed_note(suppressed: bool, reason: str) -> str:
    """What stands after the headline of a finding that a comment silences."""
    if not suppressed:
        return ""
    return f" (suppressed: {clean(reason)})" if reason else " (suppressed)"
