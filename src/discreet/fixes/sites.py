"""Sites: the sink calls that findings stand at, with the slots of their messages."""

from __future__ import annotations

from typing import NamedTuple

from discreet.facts.model import Span
from discreet.fixes.parsed import Parsed, Range
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import rewrites
from discreet.fixes.slots import Slot
from discreet.rules.finding import Finding


class Site(NamedTuple):
    """A finding's sink call: where it is in the text, and its slots in order."""

    finding: Finding
    range: Range
    slots: tuple[Slot, ...]

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.finding.path


def is_mendable(finding: Finding) -> bool:
    """Whether there is a rewrite for what a finding speaks of."""
    return finding.sink is not None and finding.sink.kind in rewrites()


def site_of(finding: Finding, parsed: Parsed) -> Site:
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
        raise Refused("the value does not stand in the call by itself")
    return Site(finding, parsed.range(node), tuple(slots))


def apart(sites: list[Site]) -> tuple[list[Site], list[Site]]:
    """The sites that don't overlap one before them in their file, and those that do."""
    chosen: list[Site] = []
    later: list[Site] = []
    for site in sorted(sites, key=lambda each: (each.path, each.range, each.finding.code)):
        last = chosen[-1] if chosen else None
        overlaps = last is not None and last.path == site.path and site.range.start < last.range.end
        (later if overlaps else chosen).append(site)
    return chosen, later
