"""Sites: where findings stand, with what may be done there: the slots of a message, or the choices there are."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import NamedTuple

import libcst as cst

from discreet.facts.model import Span
from discreet.fixes.choices import Choice, File
from discreet.fixes.edits import Change, Piece
from discreet.fixes.parsed import Parsed, Range
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import corrections, rewrites
from discreet.fixes.slots import Slot
from discreet.rules.finding import Finding

NOT_BY_ITSELF = "the value does not stand in the call by itself"


class Site(NamedTuple):
    """A finding's place.

    Attributes:
        finding: Which one.
        start: Where it begins in the text.
        ranges: What belongs to it: the sink's call, or all that may be edited.
        slots: Where a message takes its values, in order.
        choices: What may be edited, where it is no message.
    """

    finding: Finding
    start: int
    ranges: tuple[Range, ...]
    slots: tuple[Slot, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.finding.path

    @property
    def first(self) -> int:
        """Where the first of its ranges begins."""
        return min(each.start for each in self.ranges)


def is_message(finding: Finding) -> bool:
    """Whether a finding speaks of a message, into which values are put."""
    return finding.sink is not None and finding.sink.kind in rewrites()


def is_mendable(finding: Finding) -> bool:
    """Whether there is a rewrite or a correction for what a finding speaks of."""
    return is_message(finding) or (finding.sink is not None and finding.sink.kind in corrections())


def message_site(finding: Finding, parsed: Parsed) -> Site:
    """The site of a finding for which there is a rewrite.

    Raises:
        Refused: there is nothing at its place that a value could be wrapped in.
    """
    assert finding.sink is not None
    node = parsed.at(Span(finding.line, finding.column, finding.end_line, finding.end_column))
    if node is None:
        raise Refused("no call stands at its place")
    slots = sorted(set(rewrites()[finding.sink.kind](finding, parsed, node)))
    if not slots:
        raise Refused(NOT_BY_ITSELF)
    taken = parsed.range(node)
    return Site(finding, taken.start, (taken,), slots=tuple(slots))


def pieces_of(site: Site, changes: Sequence[Change], parsed: Parsed) -> list[Piece]:
    """The pieces of a message's call that some changes make: each argument that changes inside, or, where some are
    taken out, all of them together.

    Args:
        site: The message.
        changes: They, in order.
        parsed: The file.
    """
    span = Span(site.finding.line, site.finding.column, site.finding.end_line, site.finding.end_column)
    node = parsed.at(span)
    call = node.exc if isinstance(node, cst.Raise) else node
    args = call.args if isinstance(call, cst.Call) else ()
    values = [call.msg] if isinstance(call, cst.Assert) else [arg.value for arg in args]
    inside: dict[Range, list[Change]] = {parsed.range(each): [] for each in values if each is not None}
    for change in changes:
        around = next((each for each in inside if each.start <= change.start and change.end <= each.end), None)
        if around is None:
            start = min(change.start, *(parsed.range(arg).start for arg in args))  # its name included
            return [Piece(start, max(changes[-1].end, *(each.end for each in inside)), "arguments", tuple(changes))]
        inside[around].append(change)
    return [Piece(*each, "value", tuple(own)) for each, own in inside.items() if own]


def choice_site(finding: Finding, file: File) -> Site:
    """The site of a finding for which there is a correction.

    Raises:
        Refused: it can't be corrected.
    """
    assert finding.sink is not None
    choices = corrections()[finding.sink.kind](finding, file)
    start = file.parsed.source.offset(finding.line, finding.column - 1)
    ranges = sorted({Range(piece.start, piece.end) for choice in choices for piece in choice.pieces})
    return Site(finding, start, tuple(ranges) or (Range(start, start),), choices=tuple(choices))


def apart(sites: list[Site]) -> tuple[list[Site], list[Site]]:
    """The sites that don't overlap one before them in their file, and those that do."""
    chosen: list[Site] = []
    later: list[Site] = []
    taken: dict[str, list[Range]] = {}
    for site in sorted(sites, key=lambda each: (each.path, each.ranges, each.finding.code)):
        known = taken.setdefault(site.path, [])
        if any(_overlaps(each, known) for each in site.ranges):
            later.append(site)
            continue
        chosen.append(site)
        for each in site.ranges:
            known.insert(bisect(known, each), each)
    return chosen, later


def _overlaps(wanted: Range, taken: list[Range]) -> bool:
    """Whether a range overlaps one of some that stand in order, apart from each other. An empty one does inside it."""
    at = bisect(taken, wanted)
    before, after = taken[max(at - 1, 0) : at], taken[at : at + 1]
    return any(wanted.start < each.end or wanted == each for each in before) or any(
        each.start < wanted.end for each in after
    )
