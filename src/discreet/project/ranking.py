"""In which order findings are shown, and how severe they are, where laws are named that rank them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from discreet.project.result import place
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES

if TYPE_CHECKING:
    from discreet.catalogue.laws import Regime


def order_of(regimes: tuple[Regime, ...]) -> Callable[[Finding], tuple[Any, ...]]:
    """The key by which findings are sorted: their place; if laws are named, first how the strictest of them regards the
    data, and how severe the finding is. What speaks of a mark or a file comes last then.
    """
    if not regimes:
        return place
    from discreet.catalogue.laws import REGARDS, regard_of
    from discreet.rules.severity import SEVERITIES

    def key(finding: Finding) -> tuple[Any, ...]:
        regard = REGARDS.index(regard_of(finding.categories, regimes))
        return (regard, SEVERITIES.index(finding.severity), *place(finding))

    return key


def ranked(findings: Iterable[Finding], regimes: tuple[Regime, ...]) -> list[Finding]:
    """The findings, as severe as the named laws take them to be."""
    if not regimes:
        return list(findings)
    return [_ranked(finding, regimes) for finding in findings]


def _ranked(finding: Finding, regimes: tuple[Regime, ...]) -> Finding:
    if finding.sink is None or finding.source is None or not finding.categories:
        return finding
    from discreet.rules.severity import INTERFACE, severity

    kind = INTERFACE if RULES[finding.code].interface else finding.sink.kind
    known_by, confidence = finding.source.known_by, finding.confidence
    return replace(finding, severity=severity(finding.categories, kind, known_by, confidence, regimes))
