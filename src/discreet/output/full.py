"""A finding as a person wants it: the line, the place in the code, how the value came there, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discreet.catalogue.categories import categories
from discreet.catalogue.laws import standing
from discreet.output.excerpt import excerpt
from discreet.output.item import Item, Lines
from discreet.output.text import Paint, clean, headline, place, suppressed_note
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES


def render(items: Iterable[Item], paint: Paint, lines: Lines) -> Iterator[str]:
    """A block for every finding, with an empty line after it."""
    for item in items:
        finding = item.finding
        yield headline(finding, paint, suppressed_note(item.suppressed, item.reason)) + "\n"
        yield from excerpt(finding, lines(finding.path), paint)
        yield from _trace(finding, paint)
        yield from _help(finding, paint)
        yield from _law(finding, paint)
        yield "\n"


def _trace(finding: Finding, paint: Paint) -> Iterator[str]:
    """The steps of the story, where there is more to tell than one."""
    if len(finding.trace) < 2:
        return
    places = [place(step.path, step.cell, step.line, step.column) for step in finding.trace]
    width = max(map(len, places))
    for where, step in zip(places, finding.trace, strict=True):
        yield f"    {paint('quiet', where.ljust(width))}  {clean(step.note)}\n"


def _help(finding: Finding, paint: Paint) -> Iterator[str]:
    rule = RULES.get(finding.code)
    if finding.fix is not None:
        yield f"  {paint('help', f'fix ({finding.fix.applicability}):')} {clean(finding.fix.description)}\n"
    if rule is not None and rule.instead and (finding.fix is None or finding.fix.applicability == "manual"):
        yield f"  {paint('help', 'help:')} {rule.advice}\n"


def _law(finding: Finding, paint: Paint) -> Iterator[str]:
    """Which law cares about the worst of the data, and where to read on."""
    if finding.categories:
        key = finding.categories[0]
        label = categories()[key].label
        yield f"  {paint('help', 'law:')} {label}: {standing(key)} (discreet explain {key})\n"
