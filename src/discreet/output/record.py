"""A finding as a JSON object: the fields of ``schema/finding.schema.json``, in its order."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from discreet.catalogue.categories import categories
from discreet.catalogue.laws import legal, sentence
from discreet.facts.cells import Cell
from discreet.output.item import Item
from discreet.output.mask import masked
from discreet.rules.finding import Finding, SinkUse, SourceUse
from discreet.rules.registry import RULES


def record(item: Item) -> dict[str, Any]:
    """What a machine reads of one finding. Personal data in expressions is blotted out here as everywhere."""
    finding = item.finding
    said: dict[str, Any] = {
        **place(finding),
        "end_line": _line(finding.cell, finding.end_line),
        "end_column": finding.end_column,
        "code": finding.code,
        "message": masked(finding.message),
        "severity": finding.severity,
        "confidence": finding.confidence,
        "categories": list(finding.categories),
        "kinds": [_kind(key) for key in finding.categories],
        "sink": _sink(finding.sink),
        "source": _source(finding.source),
        "trace": [place(step) | {"note": masked(step.note)} for step in finding.trace],
        "fingerprint": finding.fingerprint,
        "help": _help(finding.code),
        "fix": _fix(finding),
    }
    if item.suppressed:
        said["suppression"] = {"reason": masked(item.reason)}
    return said


def _help(code: str) -> str:
    rule = RULES.get(code)
    return rule.advice if rule is not None and rule.instead else ""


class Placed(Protocol):
    """What has a place."""

    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int | None: ...
    @property
    def cell(self) -> Cell | None: ...


def place(what: Placed) -> dict[str, Any]:
    """Where something is. In a notebook lines are those of the cell, and of an output those of the output."""
    said = {"path": what.path, "line": _line(what.cell, what.line), "column": what.column}
    if what.cell is not None:
        said |= {"cell": what.cell.number, "output": what.cell.output or None}
    return said


def _line(cell: Cell | None, line: int) -> int:
    return line if cell is None else cell.line(line)


def _kind(key: str) -> dict[str, str | None]:
    """What kind of data a category is, for the people who have to answer for it."""
    category, said = categories()[key], legal()[key]
    return {
        "category": key,
        "label": category.label,
        "group": category.group,
        "fides": category.fides,
        "dpv": category.dpv,
        "gdpr": said.gdpr,
        "pipl": said.pipl,
        "gbt35273": said.gbt35273,
        "gbt45574": said.gbt45574,
        "ccpa": said.ccpa,
        "hipaa": said.hipaa,
        "law": sentence(key),
    }


def _sink(sink: SinkUse | None) -> dict[str, str] | None:
    if sink is None:
        return None
    return {"kind": sink.kind, "callable": masked(sink.callable), "argument": masked(sink.argument)}


def _source(source: SourceUse | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        **place(source),
        "expression": masked(source.expression),
        "known_by": source.known_by,
    }


def _fix(finding: Finding) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    return {
        "applicability": finding.fix.applicability,
        "description": masked(finding.fix.description),
        "edits": [msgspec.to_builtins(edit) for edit in finding.fix.edits],
    }
