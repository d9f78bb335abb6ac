"""Personal data in the code: a value kept for tests in its place, wherever it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst

from discreet.catalogue.reserved import reserved
from discreet.fixes.choices import Choice, File
from discreet.fixes.edits import Change, Piece
from discreet.fixes.parsed import Parsed, Range
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import correction
from discreet.rules.finding import Finding

SAYS = "Put a value in its place that is kept for tests"
UNSAFE = "what looks for the value, here or elsewhere, no longer finds it"
TOLD = 8
"""So many further places of a value a finding names; where there are as many, there may be more."""
_LETTER = re.compile(r"[^\W_]")


class Place(NamedTuple):
    """Where a value stands, and the string, number or comment around it."""

    range: Range
    node: cst.CSTNode


@correction("literal")
def kept_value(finding: Finding, file: File) -> list[Choice]:
    """The edit that puts a reserved value in the place of somebody's."""
    parsed = file.parsed
    if finding.path.endswith(".ipynb"):
        raise Refused("it stands in a notebook")
    if len(finding.trace) > TOLD:
        raise Refused("it stands in too many places of the file")
    text, start = parsed.source.text, parsed.source.offset(finding.line, finding.column - 1)
    value = text[start : start + finding.end_column - finding.column]
    places = [_place(parsed, parsed.source.offset(step.line, step.column - 1), value) for step in finding.trace]
    if _also_stands(text, value, {place.range.start for place in places}):
        raise Refused("it also stands in the file where nothing is said of it")
    shapes = list(dict.fromkeys(text[slice(*place.range)] for place in places))
    new = _kept(finding, shapes, file, is_number=any(isinstance(place.node, cst.BaseNumber) for place in places))
    return [Choice(tuple(_pieces(parsed, places, dict(zip(shapes, new, strict=True)))), SAYS, UNSAFE)]


def _place(parsed: Parsed, start: int, value: str) -> Place:
    end = _end(parsed.source.text, start, value)
    node = parsed.literal(start, end)
    if node is None:
        raise Refused("it does not stand in a string, a number or a comment")
    if isinstance(node, cst.FormattedString) or (isinstance(node, cst.ConcatenatedString) and "f" in _prefixes(node)):
        raise Refused("it stands in an f-string")
    return Place(Range(start, end), node)


def _also_stands(text: str, value: str, known: set[int]) -> bool:
    """Whether a value stands elsewhere: what is the same in two places has to stay so."""
    found = re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text)
    return any(each.start() not in known for each in found)


def _prefixes(node: cst.BaseExpression) -> str:
    """The prefixes of all pieces of a string, in lower case."""
    if isinstance(node, cst.ConcatenatedString):
        return _prefixes(node.left) + _prefixes(node.right)
    return node.prefix.lower() if isinstance(node, (cst.SimpleString, cst.FormattedString)) else "f"


def _end(text: str, start: int, value: str) -> int:
    """Where a value ends that may be grouped in another way than it is elsewhere."""
    at = start
    for character in _LETTER.findall(value):
        found = _LETTER.search(text, at)
        if found is None or found[0].lower() != character.lower():
            raise Refused("it is written in different ways")
        at = found.end()
    return at


def _kept(finding: Finding, shapes: list[str], file: File, *, is_number: bool) -> tuple[str, ...]:
    """The reserved value for each way in which a value is written: the first one that the file does not have yet."""
    category = finding.categories[0]
    for candidates in zip(*(reserved(shape, category, finding.message) for shape in shapes), strict=False):
        fits = not is_number or candidates[0][:1] != "0"
        if fits and all(_is_free(each, file) for each in candidates):
            file.given.update(candidates)
            return candidates
    raise Refused("no value of this form is kept for tests")


def _is_free(value: str, file: File) -> bool:
    """Whether a value does not stand in a file, and will not either."""
    if value not in file.given and value in file.parsed.source.text:
        file.given.add(value)
    return value not in file.given


def _pieces(parsed: Parsed, places: list[Place], new: dict[str, str]) -> Iterator[Piece]:
    """The changes, those in one string or comment together."""
    by_node: dict[cst.CSTNode, list[Change]] = {}
    for place in sorted(places, key=lambda each: each.range):
        text = new[parsed.source.text[slice(*place.range)]]
        by_node.setdefault(place.node, []).append(Change(*place.range, text))
    for node, changes in by_node.items():
        taken = parsed.inside(node)
        yield Piece(*taken, "comment" if isinstance(node, cst.Comment) else "value", tuple(changes))
