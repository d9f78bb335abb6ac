"""Findings in notebooks: which cell each of their places lies in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from discreet.facts.model import Outline
from discreet.rules.finding import Finding, SourceUse, TraceStep

_Placed = TypeVar("_Placed", Finding, SourceUse, TraceStep)


def in_cells(findings: Iterable[Finding], outlines: Iterable[Outline]) -> list[Finding]:
    """The findings, each place that lies in a notebook with its cell."""
    notebooks = {outline.path: outline for outline in outlines if outline.cells}
    if not notebooks:
        return list(findings)

    def placed(what: _Placed) -> _Placed:
        book = notebooks.get(what.path)
        return replace(what, cell=book.cell(what.line)) if book is not None else what

    return [
        replace(
            placed(finding),
            source=placed(finding.source) if finding.source is not None else None,
            trace=tuple(map(placed, finding.trace)),
        )
        for finding in findings
    ]
