"""Taking items out of a list that is written down: arguments, elements, entries, with their commas and their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discreet.fixes.edits import Change
from discreet.fixes.parsed import Range

_REST = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_COMMA = re.compile(r"\s*,")


def removals(text: str, items: Sequence[Range], gone: Sequence[bool], *, is_tuple: bool = False) -> list[Change]:
    """The deletions that take out some items, of which one at least stays.

    An item that has a line to itself takes the line along, with the comment at its end, which is about it. Else what
    goes is the comma before it or, where none stays there, the comma behind it; comments stay.

    Args:
        text: The file.
        items: Where they stand, in order.
        gone: Which ones are taken out.
        is_tuple: Whether the only one that is left needs a comma.
    """
    found: list[Change] = []
    first = 0
    for number, is_gone in enumerate(gone):
        line = _own_line(text, items[number]) if is_gone else None
        if line is not None:
            found.append(line)
        if not is_gone or line is not None:
            first = number + 1
        elif number + 1 == len(items) or not gone[number + 1] or _own_line(text, items[number + 1]) is not None:
            found.append(_removal(text, items, gone, first, number))
            first = number + 1
    (last, *others) = [each for each, is_gone in zip(items, gone, strict=True) if not is_gone]
    if is_tuple and not others and found and not _has_comma(text, last.end, found):
        found.append(Change(last.end, last.end, ","))
    return found


def _own_line(text: str, item: Range) -> Change | None:
    """The deletion of the line of an item that has one to itself."""
    rest = _REST.match(text, item.end)
    return (
        Change(_line(text, item.start), rest.end(), "") if rest is not None and _begins_line(text, item.start) else None
    )


def _removal(text: str, items: Sequence[Range], gone: Sequence[bool], first: int, last: int) -> Change:
    """The deletion of neighbours, from the first to the last of them."""
    start, end = items[first].start, items[last].end
    comma = _COMMA.match(text, end)
    behind = comma.end() if comma is not None else end
    following = items[last + 1].start if last + 1 < len(items) else None
    if following is not None and (all(gone[:first]) or _begins_line(text, start)):
        return Change(start, following if "#" not in text[end:following] else behind, "")
    before = items[first - 1].end if first else start
    stays = gone[first - 1] or "#" in text[before:start]  # the comma before it: at the end of another line
    return Change(start, behind, "") if stays else Change(before, end, "")


def _begins_line(text: str, start: int) -> bool:
    return not text[_line(text, start) : start].strip(" \t")


def _line(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _has_comma(text: str, end: int, changes: Sequence[Change]) -> bool:
    """Whether a comma follows a place when some changes are made."""
    comma = _COMMA.match(text, end)
    at = comma.end() - 1 if comma is not None else -1
    return comma is not None and not any(change.start <= at < change.end for change in changes)
