"""Which of a call's slots are personal: asked of the analysis, by making values harmless and looking what is left.

With all slots of a call made harmless its finding must be gone; with all but one, it is there again just if that one is
personal, and says what it is. All findings are asked about at once, so this takes one look for all of them, and one
more for each slot of the call that has the most. Of choices, those are needed that a story names: the first, then the
one that the story names with the first one made, until there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from discreet.fixes.choices import Choice
from discreet.fixes.draft import Draft, contents, drafts
from discreet.fixes.edits import Piece, wrapped
from discreet.fixes.program import Program
from discreet.fixes.sites import Site
from discreet.fixes.slots import Slot
from discreet.fixes.source import Source
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
        closed = self._asked(sites, [_harmless(site.slots) for site in sites])
        answers: list[list[Personal] | None] = [None if each is not None else [] for each in closed]
        for number in range(max((len(site.slots) for site in sites), default=0)):
            asked = [
                index for index, site in enumerate(sites) if answers[index] is not None and len(site.slots) > number
            ]
            left = {index: sites[index].slots[number] for index in asked}
            harmless = [
                _harmless(slot for slot in site.slots if slot != left.get(index)) for index, site in enumerate(sites)
            ]
            for index, found in zip(
                asked, self._asked([sites[i] for i in asked], [harmless[i] for i in asked]), strict=True
            ):
                answer = answers[index]
                if found is not None and answer is not None:
                    whole = found.source.whole if found.source is not None else ""
                    answer.append(Personal(left[index], found.categories, whole))
        return answers

    def needed(self, sites: Sequence[Site]) -> list[list[Choice] | None]:
        """The choices of each site that are needed; ``None`` where its finding stays, or names none of them."""
        made: list[list[Choice]] = [[] for _ in sites]
        found: dict[int, Finding] = {index: site.finding for index, site in enumerate(sites)}
        lost: set[int] = set()
        while found:
            for index, finding in found.items():
                named = _named(sites[index], finding)
                if named is None or named in made[index] or named.refused:
                    lost.add(index)
                if named is not None:
                    made[index].append(named)
            asked = [index for index in found if index not in lost]
            pieces = [[piece for choice in made[index] for piece in choice.pieces] for index in asked]
            answers = self._asked([sites[index] for index in asked], pieces) if asked else []
            found = {index: answer for index, answer in zip(asked, answers, strict=True) if answer is not None}
        return [
            None if index in lost and not any(each.refused for each in chosen) else chosen
            for index, chosen in enumerate(made)
        ]

    def _asked(self, sites: Sequence[Site], changed: Sequence[Iterable[Piece]]) -> list[Finding | None]:
        """What is found at each site when some pieces of its file are changed."""
        pieces: dict[str, list[Piece]] = {}
        for site, own in zip(sites, changed, strict=True):
            pieces.setdefault(site.path, []).extend(own)
        made = drafts(self._sources, pieces)
        said = self._program.findings(contents(made), whole=False)
        found = {spot_at(each, each.line, each.column): each for each in said}
        return [found.get(spot_of(site, made[site.path])) for site in sites]


def _harmless(slots: Iterable[Slot]) -> list[Piece]:
    return [wrapped(slot.start, slot.end, *HARMLESS) for slot in slots]


_FIELD = re.compile(r"^\w+\.(\w+)")


def _named(site: Site, finding: Finding) -> Choice | None:
    """The choice that is about what a finding's story begins with: the part of its name after the first."""
    name = _FIELD.findall(finding.source.expression) if finding.source is not None else []
    for choice in site.choices:
        fits = not choice.only or choice.only.issuperset(finding.categories[:1])
        if fits and (not choice.of or choice.of in name):
            return choice
    return None


Spot = tuple[str, int, int, str]


def spot_at(finding: Finding, line: int, column: int) -> Spot:
    """Where a finding stands, if it stands at this place: of each kind of sink there is one at a place at most, of
    settings one for each argument.
    """
    sink = finding.sink
    kind = finding.code if sink is None else f"{sink.kind} {sink.argument}" if sink.kind == "config" else sink.kind
    return finding.path, line, column, kind


def spot_of(site: Site, new: Draft) -> Spot:
    """Where a site's finding would stand in its file with some changes."""
    return spot_at(site.finding, *new.place(site.start))
