"""Mending: propose, choose, prove, and give the new contents. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from discreet.facts.cells import NOTEBOOK
from discreet.fixes.choices import ABOVE, File
from discreet.fixes.draft import Draft, contents, draft, drafts
from discreet.fixes.edits import Piece, changes_of
from discreet.fixes.imports import Naming, additions
from discreet.fixes.keys import Keys, keys_of
from discreet.fixes.onward import does_more
from discreet.fixes.parsed import Parsed
from discreet.fixes.planning import (
    NO_FIELD,
    NOT_GONE,
    Plan,
    Ways,
    corrected,
    covers,
    is_of_type,
    plan,
    waits_for_type,
)  # fmt: skip
from discreet.fixes.probing import Personal, Probe, Spot, spot_at, spot_of
from discreet.fixes.program import Program
from discreet.fixes.proof import prove, tree_of
from discreet.fixes.redactors import Redactors
from discreet.fixes.refusal import Refused
from discreet.fixes.sites import Site, apart, choice_site, is_mendable, is_message, message_site
from discreet.fixes.source import Source, place_in
from discreet.rules.finding import Edit, Finding, Fix

OVERLAPS = "another fix stands in the same place: run again"
NEW = "it could not be proved: another finding would appear"
MORE = "what is called may do more with the value than show it"
AT_TYPE = "what it shows is mended at its type: run again"
PASSING = (OVERLAPS, NOT_GONE, NEW, AT_TYPE, NO_FIELD, ABOVE)
"""Reasons that may be gone when the other fixes are made."""


class Answer(NamedTuple):
    """What came of a finding: ``applied`` says that the new contents have its fix in them, ``refused`` why there is
    none.
    """

    finding: Finding
    fix: Fix
    applied: bool = False
    refused: str = ""


class Mended(NamedTuple):
    """The new contents by path, and an answer for every finding that can be mended at all, in the findings' order."""

    contents: dict[str, bytes]
    answers: tuple[Answer, ...]


def mend(findings: Sequence[Finding], program: Program, redactors: Redactors, *, unsafe: bool) -> Mended:
    """Mend what can be mended of some findings.

    Args:
        findings: Which ones.
        program: What they were found in.
        redactors: What the project has declared.
        unsafe: Apply unsafe fixes as well as safe ones.
    """
    return _Mender(program, redactors, unsafe).mend([each for each in findings if is_mendable(each)])


class _Mender:
    def __init__(self, program: Program, redactors: Redactors, unsafe: bool) -> None:
        self._program = program
        self._redactors = redactors
        self._unsafe = unsafe
        self._sources: dict[str, Source] = {}
        self._files: dict[str, File] = {}
        self._answers: dict[Finding, Answer] = {}

    def mend(self, findings: Sequence[Finding]) -> Mended:
        chosen, later = apart([site for finding in findings for site in self._sites(finding)])
        for site in later:
            self._refuse(site.finding, OVERLAPS)
        plans = self._plans(chosen)
        wanted = [each for each in plans if self._unsafe or each.is_safe]
        for each in plans:
            self._answers[each.site.finding] = Answer(each.site.finding, self._fix(each))
        waiting = {each.site.finding for each in wanted if waits_for_type(each.site.finding)}
        is_mended = any(is_of_type(each.site.finding) and each.site.finding not in waiting for each in wanted)
        later_on = [each for each in wanted if is_mended and each.site.finding in waiting]
        contents = self._proved([each for each in wanted if each not in later_on])
        if not contents:
            contents = self._proved(later_on)
        else:
            for each in later_on:
                self._refuse(each.site.finding, AT_TYPE)
        return Mended(contents, tuple(self._answers[each] for each in findings))

    def _refuse(self, finding: Finding, reason: str) -> None:
        advice = f"{finding.fix.description}. " if finding.fix is not None else ""
        self._answers[finding] = Answer(finding, Fix("manual", f"{advice}No automatic fix: {reason}."), refused=reason)

    def _sites(self, finding: Finding) -> list[Site]:
        try:
            if not is_message(finding):
                return [choice_site(finding, self._file(finding.path))]
            if finding.sink is not None and finding.sink.handed_over and does_more(finding, self._program):
                raise Refused(MORE)
            return [message_site(finding, self._file(finding.path).parsed)]
        except Refused as error:
            self._refuse(finding, error.reason)
        except RecursionError:
            self._refuse(finding, "the file is nested too deeply")
        return []

    def _file(self, path: str) -> File:
        if path.endswith(NOTEBOOK):
            raise Refused("it stands in a notebook, whose file holds more than the code")
        if path not in self._files:
            try:
                source = Source(path, self._program.content(path))
            except OSError as error:
                raise Refused(f"the file can't be read: {error.strerror}") from None
            parsed = Parsed(source)
            self._sources[path] = source
            self._files[path] = File(parsed, Naming(parsed, tree_of(source.text), self._program), self._program, set())
        return self._files[path]

    # -- plans --------------------------------------------------------------------------------------------------------

    def _plans(self, sites: Sequence[Site]) -> list[Plan]:
        probe = Probe(self._program, self._sources)
        messages = [site for site in sites if is_message(site.finding)]
        others = [site for site in sites if not is_message(site.finding)]
        first: dict[str, int] = {}
        for site in sites:
            first[site.path] = min(first.get(site.path, site.first), site.first)
        plans: list[Plan] = []
        personal = probe.personal(messages) if messages else []
        keys = self._keys(messages, personal)
        for site, slots in zip(messages, personal, strict=True):
            file = self._files[site.path]
            ways = Ways(self._redactors, file.naming, first[site.path], keys, file.parsed)
            plans += self._plan(site, partial(plan, site, slots, ways))
        for site, needed in zip(others, probe.needed(others), strict=True):
            plans += self._plan(site, partial(corrected, site, needed))
        return plans

    def _keys(self, sites: Sequence[Site], personal: Sequence[Sequence[Personal] | None]) -> Keys:
        """What can be shown in the place of the values that can't be wrapped."""
        values = [
            (site.path, each)
            for site, found in zip(sites, personal, strict=True)
            for each in found or ()
            if not covers(self._redactors, each)
        ]
        return keys_of(values, self._program, self._sources)

    def _plan(self, site: Site, make: Callable[[], Plan]) -> list[Plan]:
        try:
            return [make()]
        except Refused as error:
            self._refuse(site.finding, error.reason)
        except RecursionError:
            self._refuse(site.finding, "the file is nested too deeply")
        return []

    def _fix(self, each: Plan) -> Fix:
        path = each.site.path
        text = self._sources[path].text
        reason = f" (unsafe: {each.unsafe})" if each.unsafe else ""
        return Fix(
            "unsafe" if each.unsafe else "safe",
            f"{each.description}{reason}",
            tuple(
                Edit(*place_in(text, change.start), *place_in(text, change.end), change.text)
                for change in changes_of(self._pieces(path, [each]))
            ),
        )

    # -- proof --------------------------------------------------------------------------------------------------------

    def _proved(self, plans: list[Plan]) -> dict[str, bytes]:
        """The new contents with all plans that can be proved in them."""
        before = self._program.findings({}, whole=False) if plans else ()
        while plans := self._provable_alone(plans):
            made = self._drafts(plans)
            after = self._program.findings(contents(made), whole=True)
            refused = self._disproved(plans, made, after, before)
            if not refused:
                for each in plans:
                    finding = each.site.finding
                    self._answers[finding] = self._answers[finding]._replace(applied=True)
                return contents(made)
            plans = [each for each in plans if each.site.finding not in refused]
        return {}

    def _drafts(self, plans: Sequence[Plan]) -> dict[str, Draft]:
        """The files with some plans carried out."""
        by_path = _by_path(plans)
        return drafts(self._sources, {path: self._pieces(path, here) for path, here in by_path.items()})

    def _provable_alone(self, plans: Sequence[Plan]) -> list[Plan]:
        """The plans without those of which nothing can be proved by themselves, file by file."""
        return [each for path, here in _by_path(plans).items() for each in self._provable(path, here)]

    def _provable(self, path: str, plans: list[Plan]) -> list[Plan]:
        """The plans for a file of which something can be proved without the analysis: all of them, or if not, those
        that can be proved by themselves, or if not even these together, none.
        """
        reason = self._objection(path, plans)
        if not reason:
            return plans
        reasons = {each.site.finding: self._objection(path, [each]) for each in plans} if len(plans) > 1 else {}
        kept = [each for each in plans if reasons.get(each.site.finding) == ""]
        if kept and self._objection(path, kept):
            kept = []
        for each in plans:
            if each not in kept:
                self._refuse(each.site.finding, reasons.get(each.site.finding) or reason)
        return kept

    def _objection(self, path: str, plans: Sequence[Plan]) -> str:
        """What speaks against a file with some plans carried out."""
        pieces = self._pieces(path, plans)
        new = draft(self._sources[path], pieces)
        try:
            prove(new.source, new.text, pieces)
        except Refused as error:
            return error.reason
        return ""

    def _pieces(self, path: str, plans: Sequence[Plan]) -> list[Piece]:
        """What some plans change in their file."""
        called = [each for one in plans for each in one.called]
        first = min(each.site.first for each in plans)
        pieces = [piece for each in plans for piece in each.pieces]
        return [*pieces, *additions(self._files[path].parsed, called, first)]

    def _disproved(
        self, plans: Sequence[Plan], made: Mapping[str, Draft], after: Sequence[Finding], before: Sequence[Finding]
    ) -> set[Finding]:
        """The findings whose plans must be dropped: theirs are not gone, or others have come.

        A finding that was there before may tell another story afterwards, if the one it told has ended.
        """
        mended = {spot_of(each.site, made[each.site.path]): each.site for each in plans}
        known: dict[Spot, set[str]] = {}
        for finding in before:
            known.setdefault(_moved(finding, made), set()).update(finding.categories)
        stayed, blamed = set(), set()
        for finding in after:
            spot = spot_at(finding, finding.line, finding.column)
            if spot in mended:
                stayed.add(mended[spot].finding)
            elif spot not in known or not known[spot].issuperset(finding.categories):
                blamed.update(_blamed(finding, plans, made))
        for finding in stayed or blamed:
            self._refuse(finding, NOT_GONE if stayed else NEW)
        return stayed or blamed


def _by_path(plans: Iterable[Plan]) -> dict[str, list[Plan]]:
    found: dict[str, list[Plan]] = {}
    for each in plans:
        found.setdefault(each.site.path, []).append(each)
    return found


def _moved(finding: Finding, made: Mapping[str, Draft]) -> Spot:
    """Where a finding of before would stand afterwards."""
    new = made.get(finding.path)
    if new is None:
        return spot_at(finding, finding.line, finding.column)
    return spot_at(finding, *new.place(new.source.offset(finding.line, finding.column - 1)))


def _blamed(new: Finding, plans: Sequence[Plan], made: Mapping[str, Draft]) -> list[Finding]:
    """The findings whose fixes may have made a new one appear: those of calls that its story leads through.

    Where it leads through none, nothing on its way was changed: it was there before, hidden by a bound of the
    analysis or told by another finding.
    """
    blamed = []
    for each in plans:
        path = each.site.path
        places = [(made[path].place(start), made[path].place(end)) for start, end in each.site.ranges]
        if any(_leads_through(new, path, start, end) for start, end in places):
            blamed.append(each.site.finding)
    return blamed


def _leads_through(finding: Finding, path: str, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a story leads through a piece of a file. A setting has no story: it stands round it or in it."""
    if finding.trace:
        return any(step.path == path and start <= (step.line, step.column) <= end for step in finding.trace)
    begins, ends = (finding.line, finding.column), (finding.end_line, finding.end_column)
    return finding.path == path and begins <= end and start <= ends
