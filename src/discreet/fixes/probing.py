"""Which of a call's slots are personal: asked of the analysis, by making values harmless and looking what is left.

With all slots of a call made harmless its finding must be gone; with all but one, it is there again just if that one is
personal, and says what it is. All findings are asked about at once, so this takes one look for all of them, and one
more for each slot of the call that has the most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from discreet.fixes.edits import Change, Piece, applied, changes_of, moved, wrapped
from discreet.fixes.program import Program
from discreet.fixes.sites import Site
from discreet.fixes.slots import Slot
from discreet.fixes.source import Source, place_in
from discreet.rules.finding import Finding

HARMLESS = ("len((", "))")
"""What makes any value harmless, in the eyes of the analysis: how long something is is nobody's. Nobody runs it."""


class Personal(NamedTuple):
    """A personal slot, its categories, and the ``object`` or ``container`` that it is, if it is more than the data."""

    slot: Slot
    categories: tuple[str, ...]
    whole: str


class Probe:
    """Asks about some sites, none of which overlaps another.

    Args:
        program: The analysis.
        sources: The files of the sites, by path.
    """

    def __init__(self, program: Program, sources: Mapping[str, Source]) -> None:
        self._program = program
        self._sources = sources

    def personal(self, sites: Sequence[Site]) -> list[list[Personal] | None]:
        """The personal slots of each site; ``None`` where its finding stays whatever is done to them."""
        closed = self._asked(sites, [tuple(site.slots) for site in sites])
        answers: list[list[Personal] | None] = [None if each is not None else [] for each in closed]
        for number in range(max((len(site.slots) for site in sites), default=0)):
            asked = [
                index for index, site in enumerate(sites) if answers[index] is not None and len(site.slots) > number
            ]
            left = {index: sites[index].slots[number] for index in asked}
            harmless = [
                tuple(slot for slot in site.slots if slot != left.get(index)) for index, site in enumerate(sites)
            ]
            for index, found in zip(
                asked, self._asked([sites[i] for i in asked], [harmless[i] for i in asked]), strict=True
            ):
                answer = answers[index]
                if found is not None and answer is not None:
                    whole = found.source.whole if found.source is not None else ""
                    answer.append(Personal(left[index], found.categories, whole))
        return answers

    def _asked(self, sites: Sequence[Site], harmless: Sequence[Iterable[Slot]]) -> list[Finding | None]:
        """What is found at each site when some of its slots are harmless."""
        pieces: dict[str, list[Piece]] = {}
        for site, slots in zip(sites, harmless, strict=True):
            pieces.setdefault(site.path, []).extend(wrapped(slot.start, slot.end, *HARMLESS) for slot in slots)
        changes = {path: changes_of(each) for path, each in pieces.items()}
        texts = {path: applied(self._sources[path].text, each) for path, each in changes.items()}
        changed = {path: self._sources[path].encoded(text) for path, text in texts.items()}
        found = {spot_at(each, each.line, each.column): each for each in self._program.findings(changed, whole=False)}
        return [found.get(spot_of(site, texts[site.path], changes[site.path])) for site in sites]


Spot = tuple[str, int, int, str]


def spot_at(finding: Finding, line: int, column: int) -> Spot:
    """Where a finding stands, if it stands at this place: of each kind of sink there is one at a place at most."""
    return finding.path, line, column, finding.sink.kind if finding.sink is not None else finding.code


def spot_of(site: Site, new: str, changes: Iterable[Change]) -> Spot:
    """Where a site's finding would stand in the new text, after some changes."""
    return spot_at(site.finding, *place_in(new, moved(site.range.start, changes)))
