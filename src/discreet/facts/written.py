"""Personal data that is written into a file: in literals, comments and docstrings, wherever it stands in the text.

The text itself is searched, not the syntax tree: a place in a text is a place in a comment as well as in a string over
forty lines, and it needs no arithmetic. Three regular expressions look whether there is anything that could be a number
or an address; most files end there. What they find is cut out with its surroundings and judged by the catalogue
(:mod:`discreet.catalogue.numbers`, :mod:`discreet.catalogue.contacts`, :mod:`discreet.catalogue.homes`). Patterns of a
judge take milliseconds to compile, so it is imported when there is something to judge. Where the text is written in a
way that hides a value, in wide letters or with nothing in between, it is searched without that
(:mod:`discreet.catalogue.plain`). The value itself never leaves this module.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from discreet.catalogue.plain import plain
from discreet.catalogue.postal import postal_addresses
from discreet.facts.bounds import hit
from discreet.facts.marks import NONE, Mark
from discreet.facts.model import Span, Written

if TYPE_CHECKING:
    from discreet.catalogue.beside import Beside, Known

MOST: Final = 5_000
"""So many numbers, and so many addresses, of one file are looked at: a file with more is a table."""
WIDEST: Final = 200
"""So much of the text on either side of a number is looked at."""
AROUND: Final = 300
"""So much of the text before and after a postal address may say whose it is."""
AGAIN: Final = 8
"""So many further places of a value are told."""
FAR: Final = 1_000
"""So far from a number its line is looked for."""
TAGS: Final = 3
"""A mailbox that stands in a file under so many names behind a plus belongs to whoever tests with it."""
HEADINGS: Final = 12
"""So many lines above a value that stands by itself are searched for the name of what it is an element of."""

_DIGITS: Final = re.compile(rb"0(?:(?:[ .()\-/_]{0,2}[A-Z]?0){5}|000(?<=P[A-Z]0000)[A-Z])")
"""Where every digit is a ``0``."""
_AT: Final = re.compile(r"@(?<=[\w'-]@)[^\W_][\w-]{0,63}\.[^\W\d_]")
_LEFT: Final = r"(?:(?<![\w.\-+/$#%:@&=])|(?<=[=:])|(?<=\\[nrt]))"
_RIGHT: Final = r"(?![\w@%])(?![.]\d)(?!-\w)"
_FORMS: Final = tuple(
    re.compile(_LEFT + form + _RIGHT)
    for form in (
        r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?",  # an account
        r"[A-Z0-9]{8,22}",  # letters and digits in one piece
        r"[+(]{0,2}\d(?:[ .()\-/_]{0,2}\d){6,30}(?:-?[A-Za-z]\d{0,2})?",  # digits in groups
        r"\d{6}[-+A]\d{3}[0-9A-Y]",
        r"[XYZxyz]-?\d{7}-?[A-Za-z]",
    )
)
_LOCAL: Final = re.compile(r"[\w.+'-]{1,64}$")
_TAGGED: Final = re.compile(r"(\w[\w.'-]{0,63})\+[\w.+'-]{1,64}(@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_HOST: Final = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_SEPARATOR, _SHAPE = re.compile(r"[\W_]"), re.compile(r"\w")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_NOTHING: Final = re.compile(r"[\s\"'\d.,+\-()/bBrRuU]*$")


def written(text: str, marks: dict[int, Mark]) -> tuple[Written, ...]:
    """The personal data in a text, each value once, in the order of the first places.

    A value that a mark, or its name, says to be nobody's, at any of its places, is left out.
    """
    by_value: dict[str, list[Written]] = {}
    for value, one in sorted(_found(text), key=lambda each: (each[1].span.line, each[1].span.column)):
        by_value.setdefault(value, []).append(one)
    kept = []
    for places in by_value.values():
        if all(each.category for each in places) and not _cleared(places, marks):
            again = tuple((each.span.line, each.span.column) for each in places[1 : 1 + AGAIN])
            kept.append(msgspec.structs.replace(max(places, key=_weight), span=places[0].span, again=again))
    return tuple(kept)


def _cleared(places: list[Written], marks: dict[int, Mark]) -> bool:
    """Whether a mark at one of the places says that the value is nobody's; such a mark is then needed."""
    found = False
    for each in places:
        mark = marks.get(each.span.line)
        if mark is not None and NONE in mark.categories:
            found = mark.taken = mark.clears = True
    return found


def _weight(one: Written) -> bool:
    return one.sure


class _Text:
    """A text and its lines, which are counted only when there is something to say about one."""

    def __init__(self, text: str) -> None:
        self._raw = text
        self._plain = plain(text)
        self.text = self._plain.text
        self.alike = self._plain.alike
        self._returns = "\r" in text
        self._counted = (0, 1, 0)
        self._tags: dict[str, int] | None = None
        self._firms: tuple[str, ...] | None = None

    def tags(self, mailbox: str) -> int:
        """Under how many names behind a plus a mailbox stands in the text."""
        if self._tags is None:
            names = dict.fromkeys(each.group(0, 1, 2) for each in _TAGGED.finditer(self.text.lower()))
            self._tags = Counter(local + host for _, local, host in names)
        return self._tags.get(mailbox, 0)

    def is_a_firms(self, local: str) -> bool:
        """Whether a mailbox is called after a firm whose own addresses stand in the text: ``aremkospa@gmail.com``
        beside ``sales@aremko.cl``.
        """
        if self._firms is None:
            from discreet.catalogue.contacts import firm

            hosts = (each[0][1:].lower() for each in _HOST.finditer(self.text))
            self._firms = tuple(filter(None, dict.fromkeys(map(firm, hosts))))
        return local.lower().startswith(self._firms)

    def line(self, at: int) -> tuple[int, int]:
        """Where the line begins that ``at`` stands on, and where it ends; of a long one, the part around it."""
        text, least, most = self.text, max(at - FAR, 0), at + FAR
        first, last = max(text.rfind("\n", least, at) + 1, least), text.find("\n", at, most)
        last = min(len(text), most) if last < 0 else last
        if self._returns:
            first = text.rfind("\r", first, at) + 1 or first
            end = text.find("\r", at, last)
            last = end if end >= 0 else last
        return first, last

    def around(self, start: int, end: int) -> str:
        """The line that a value stands on, or what of it is near."""
        first, last = self.line(start)
        return self.text[max(first, start - WIDEST) : min(last, end + WIDEST)]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, both from 1. Whoever asks from the top to the bottom has each line counted once."""
        at = self._plain.place(at)
        known, number, first = self._counted if self._counted[0] <= at else (0, 1, 0)
        for end in _LINE_END.finditer(self._raw, known, at):
            number, first = number + 1, end.end()
        self._counted = (at, number, first)
        return number, at - first + 1

    def raw(self, start: int, end: int) -> str:
        """What stands in the file from ``start`` to ``end``."""
        return self._raw[self._plain.place(start) : self._plain.place(end - 1) + 1]

    def above(self, first: int, most: int) -> list[str]:
        """Some lines, or the ends of them, above the one that begins at ``first``, the nearest one first."""
        found: list[str] = []
        while first > 0 and len(found) < most:
            end = first - 2 if self._returns and self.text[max(first - 2, 0) : first] == "\r\n" else first - 1
            first = self.line(end)[0]
            found.append(self.text[max(first, end - WIDEST) : end])
        return found

    def beside(self, start: int, end: int) -> Beside:
        """What is said of the value from ``start`` to ``end``, on its line or on the one it is listed under."""
        from discreet.catalogue.beside import beside

        first, last = self.line(start)
        before = self.text[max(first, start - WIDEST) : start]
        if first >= start - WIDEST and _NOTHING.match(before) is not None:
            before = self._heading(first, before)
        return beside(before, self.text[end : min(last, end + WIDEST)])

    def _heading(self, first: int, before: str) -> str:
        for line in map(str.rstrip, self.above(first, HEADINGS)):
            if line.endswith(("[", "(", "{")):
                return line + before.strip()
            if line and _NOTHING.match(line) is None:
                break
        return ""


def _found(text: str) -> Iterator[tuple[str, Written]]:
    """Values and what they are, addresses first. A value is the same, however its digits are grouped."""
    lines = _Text(text)
    yield from _mails(lines)
    yield from _numbers(lines)
    yield from _homes(lines)


def _mails(lines: _Text) -> Iterator[tuple[str, Written]]:
    for looked, sign in enumerate(_AT.finditer(lines.text)):
        if looked == MOST:
            hit("addresses of one file")
            break
        one = _address(lines, sign.start())
        if one is not None:
            yield one


def _numbers(lines: _Text) -> Iterator[tuple[str, Written]]:
    text, alike, position, looked = lines.text, lines.alike, 0, 0
    while (match := _DIGITS.search(alike, position)) is not None:
        if looked == MOST:
            hit("numbers of one file")
            break
        position, looked = match.end(), looked + 1
        first, last = lines.line(match.start())
        window = max(first, match.start() - WIDEST)
        near = text[window : min(last, match.end() + WIDEST)]
        for start, end in _candidates(near, match.start() - window, match.end() - window):
            position = max(position, window + end)
            one = _number(lines, window + start, window + end)
            if one is not None:
                yield one
                break


def _homes(lines: _Text) -> Iterator[tuple[str, Written]]:
    """Postal addresses on one line: what is shown of a report is blotted out line by line."""
    text = lines.text
    for start, end in postal_addresses(text, lines.alike, MOST):
        if "\n" in text[start:end] or "\r" in text[start:end]:
            continue
        from discreet.catalogue.homes import home

        near = f"{text[max(0, start - AROUND) : start]} {text[end : end + AROUND]}"
        known = home(text[start:end], near, lines.beside(start, end))
        if known is not None:
            yield _written(lines, start, end, known)


def _candidates(near: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where in a piece of text a number may stand that holds the digits from ``start`` to ``end``, or some of them."""
    found: dict[tuple[int, int], None] = {}
    for form in _FORMS:
        for match in form.finditer(near, max(0, start - 40)):
            if match.start() >= end:
                break
            if match.end() > start:
                found[match.span()] = None
                if " " in match[0]:
                    found.update(dict.fromkeys(_pieces(match)))
    return list(found)


def _pieces(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The parts of a text with spaces: two numbers that stand side by side look like one."""
    at = match.start()
    for piece in match[0].split(" "):
        if len(piece) > 6:
            yield at, at + len(piece)
        at += len(piece) + 1


def _number(lines: _Text, start: int, end: int) -> tuple[str, Written] | None:
    from discreet.catalogue.contacts import phone
    from discreet.catalogue.numbers import number

    raw = lines.text[start:end]
    clue = lines.beside(start, end)
    known = number(raw, clue) or phone(raw, clue, lines.around(start, end))
    return _written(lines, start, end, known) if known is not None else None


def _address(lines: _Text, at: int) -> tuple[str, Written] | None:
    first, last = lines.line(at)
    local = _LOCAL.search(lines.text, max(first, at - 70), at)
    host = _HOST.match(lines.text, at, last)
    if local is None or host is None:
        return None
    start, end = local.start(), host.end()
    while lines.text[start] in ".'-+":
        start += 1
    if "+" in local[0] and lines.tags(_without_tag(lines.text[start:end])) >= TAGS:
        return None
    if lines.is_a_firms(lines.text[start:at]):
        return None
    from discreet.catalogue.contacts import mail

    clue = lines.beside(start, end)
    known = mail(
        lines.text[start:end].rstrip("."), lines.around(start, end), " ".join(lines.above(first, HEADINGS)), clue
    )
    return _written(lines, start, end, known) if known is not None else None


def _without_tag(address: str) -> str:
    """The mailbox that an address leads to."""
    local, _, host = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def _written(lines: _Text, start: int, end: int, known: Known) -> tuple[str, Written]:
    line, column = lines.place(start)
    value = lines.raw(start, end)
    span = Span(line, column, line, column + len(value))
    shown = _SHAPE.sub("*", value)
    return _SEPARATOR.sub("", lines.text[start:end].lower()), Written(
        known.category, span, shown, known.label, known.sure
    )
