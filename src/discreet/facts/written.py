"""Personal data that is written into a file: in literals, comments and docstrings, wherever it stands in the text.

The text itself is searched, not the syntax tree: a place in a text is a place in a comment as well as in a string over
forty lines, and it needs no arithmetic. Two regular expressions look whether there is anything that could be a number
or an address; most files end there. What they find is cut out with its surroundings and judged by the catalogue
(:mod:`discreet.catalogue.numbers`, :mod:`discreet.catalogue.contacts`). The value itself never leaves this module.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from discreet.catalogue.beside import Beside, Known, beside
from discreet.catalogue.contacts import mail, phone
from discreet.catalogue.numbers import number
from discreet.facts.bounds import hit
from discreet.facts.marks import NONE, Mark
from discreet.facts.model import Span, Written

MOST = 5_000
"""So many numbers of one file are looked at: a file with more is a table."""
WIDEST = 200
"""So much of the text on either side of a number is looked at."""
HEADINGS = 12
"""So many lines above a value that stands by itself are searched for the name of what it is an element of."""

_DIGITS = re.compile(r"[0-9](?:(?:[ .()\-/_]{0,2}[A-Z]?[0-9]){5}|[0-9]{3}(?<=P[A-Z][0-9]{4})[A-Z])")
_AT = re.compile(r"@(?<=[\w'-]@)[^\W_][\w-]{0,63}\.[^\W\d_]")
_LEFT = r"(?:(?<![\w.\-+/$#%:@&=])|(?<=[=:])|(?<=\\[nrt]))"
_RIGHT = r"(?![\w@%])(?!\.\d)"
_FORMS = tuple(
    re.compile(_LEFT + form + _RIGHT)
    for form in (
        r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?",  # an account
        r"[A-Z0-9]{8,22}",  # letters and digits in one piece
        r"[+(]{0,2}\d(?:[ .()\-/_]{0,2}\d){6,30}(?:-?[A-Za-z]\d{0,2})?",  # digits in groups
        r"\d{6}[-+A]\d{3}[0-9A-Y]",
        r"[XYZxyz]-?\d{7}-?[A-Za-z]",
    )
)
_LOCAL = re.compile(r"[\w.+'-]{1,64}$")
_HOST = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOTHING = re.compile(r"[\s\"'\d.,+\-()/bBrRuU]*$")


def written(text: str, marks: dict[int, Mark]) -> tuple[Written, ...]:
    """The personal data in a text, in the order of the places; what a mark says to be nobody's is left out."""
    found = list(_found(text))
    if not found:
        return ()
    found.sort(key=lambda each: (each.span.line, each.span.column, each.category))
    kept = []
    for each in found:
        mark = marks.get(each.span.line)
        if mark is not None and NONE in mark.categories:
            mark.taken = mark.clears = True
        elif not kept or kept[-1].span.line != each.span.line or kept[-1].span.end_column <= each.span.column:
            kept.append(each)
    return tuple(kept)


class _Text:
    """A text and where its lines begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line(self, at: int) -> tuple[int, int, int]:
        """The number of the line that ``at`` stands on, where it begins, and where it ends."""
        index = bisect_right(self._starts, at) - 1
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        return index + 1, self._starts[index], end

    def beside(self, start: int) -> Beside:
        """What is said before the value that begins at ``start``, on its line or on the one it is listed under."""
        number, first, _ = self.line(start)
        before = self.text[max(first, start - WIDEST) : start]
        if first >= start - WIDEST and _NOTHING.match(before) is not None:
            return self._heading(number, before)
        return beside(before)

    def above(self, start: int) -> str:
        """The few lines before the one that ``start`` stands on."""
        number, first, _ = self.line(start)
        return self.text[max(self._starts[max(number - 1 - HEADINGS // 3, 0)], first - WIDEST) : first]

    def _heading(self, number: int, before: str) -> Beside:
        for above in range(number - 1, max(number - HEADINGS, 0), -1):
            first, end = self._starts[above - 1], self._starts[above]
            line = self.text[max(first, end - WIDEST) : end].rstrip()
            if line.endswith(("[", "(", "{")):
                return beside(line + before.strip())
            if line.strip() and _NOTHING.match(line.strip()) is None:
                break
        return Beside("", "")


def _found(text: str) -> Iterator[Written]:
    lines: _Text | None = None
    for match in _AT.finditer(text):
        lines = lines or _Text(text)
        one = _address(lines, match.start())
        if one is not None:
            yield one
    position, looked = 0, 0
    while (match := _DIGITS.search(text, position)) is not None:
        lines = lines or _Text(text)
        position = match.end()
        looked += 1
        if looked > MOST:
            hit("numbers of one file")
            return
        _, first, last = lines.line(match.start())
        window = max(first, match.start() - WIDEST)
        near = text[window : min(last, match.end() + WIDEST)]
        for start, end in _candidates(near, match.start() - window, match.end() - window):
            position = max(position, window + end)
            one = _number(lines, window + start, window + end)
            if one is not None:
                yield one
                break


def _candidates(near: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where in a piece of text a number may stand that holds the digits from ``start`` to ``end``, or some of them."""
    found: dict[tuple[int, int], None] = {}
    for form in _FORMS:
        at = max(0, start - 40)
        while (match := form.search(near, at)) is not None and match.start() < end:
            if match.end() > start:
                found[match.span()] = None
                if " " in match[0]:
                    found.update(dict.fromkeys(_pieces(match)))
            at = match.start() + 1 if match.end() <= start else match.end()
    return list(found)


def _pieces(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The parts of a text with spaces: two numbers that stand side by side look like one."""
    at = match.start()
    for piece in match[0].split(" "):
        if len(piece) > 6:
            yield at, at + len(piece)
        at += len(piece) + 1


def _number(lines: _Text, start: int, end: int) -> Written | None:
    raw = lines.text[start:end]
    clue = lines.beside(start)
    known = number(raw, clue) or phone(raw, clue)
    return _written(lines, start, end, known) if known is not None else None


def _address(lines: _Text, at: int) -> Written | None:
    _, first, last = lines.line(at)
    local = _LOCAL.search(lines.text, max(first, at - 70), at)
    host = _HOST.match(lines.text, at, last)
    if local is None or host is None:
        return None
    start, end = local.start(), host.end()
    while lines.text[start] in ".'-+":
        start += 1
    clue = lines.beside(start)
    line = lines.text[max(first, start - WIDEST) : min(last, end + WIDEST)]
    known = mail(lines.text[start:end].rstrip("."), line, lines.above(start), clue)
    return _written(lines, start, end, known) if known is not None else None


def _written(lines: _Text, start: int, end: int, known: Known) -> Written:
    line, first, _ = lines.line(start)
    shown = re.sub(r"\w", "*", lines.text[start:end])
    span = Span(line, start - first + 1, line, end - first + 1)
    return Written(known.category, span, shown, known.label, known.sure)
