"""All findings as one SARIF 2.1.0 log, for code scanning and for editors.

Paths are relative to the project's root, which goes by the name of ``%SRCROOT%``: where it lies on this machine is
nobody's business. Columns count UTF-16 code units, as editors do, where everywhere else here they count code points.
How severe a finding is depends on its data and not on its rule alone, so it is said by the ``level`` of each result;
rules have no ``security-severity``, which would outvote it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from discreet import __version__
from discreet.output.escape import json_safe
from discreet.output.item import Item, Lines
from discreet.output.mask import masked
from discreet.rules.finding import Finding, Fix, Severity, TraceStep
from discreet.rules.registry import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "discreet/v1"
LEVELS: dict[Severity, str] = {"high": "error", "medium": "warning", "low": "note"}


def render(items: Sequence[Item], lines: Lines, problems: Sequence[str]) -> Iterator[str]:
    """The log, with one run in it.

    Args:
        items: the findings, with paths below the root.
        lines: the files they stand in, by those paths.
        problems: what could not be done, one line each: a run with problems is not complete.
    """
    yield json_safe(json.dumps(_log(items, _Places(lines), problems), ensure_ascii=False, indent=2)) + "\n"


def _log(items: Sequence[Item], places: _Places, problems: Sequence[str]) -> dict[str, Any]:
    codes = sorted({item.finding.code for item in items})
    driver = {"name": "discreet", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}
    has_suppressed = any(item.suppressed for item in items)
    results = []
    for item in items:
        said = _result(item.finding, codes.index(item.finding.code), places)
        if has_suppressed:  # of all results or of none
            said["suppressions"] = [_suppression(item.reason)] if item.suppressed else []
        results.append(said)
    notifications = [{"level": "error", "message": _message(problem)} for problem in problems]
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not problems, "toolExecutionNotifications": notifications}],
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the project."}}},
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.what.split())},
        "help": {"text": rule.advice, "markdown": rule.page},
        "properties": {"tags": ["privacy", "security"]},
    }


def _result(finding: Finding, index: int, places: _Places) -> dict[str, Any]:
    said: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [{"physicalLocation": places.physical(finding)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"confidence": finding.confidence, "categories": list(finding.categories)},
    }
    if finding.trace:
        said["codeFlows"] = [{"threadFlows": [{"locations": [_step(step, places) for step in finding.trace]}]}]
    if finding.fix is not None:
        said["properties"]["fix"] = {
            "applicability": finding.fix.applicability,
            "description": masked(finding.fix.description),
        }
        if finding.fix.edits:
            said["fixes"] = [_fix(finding.path, finding.fix, places)]
    return said


def _step(step: TraceStep, places: _Places) -> dict[str, Any]:
    region = places.region(step.path, (step.line, step.column))
    return {
        "location": {
            "physicalLocation": {"artifactLocation": _artifact(step.path), "region": region},
            "message": _message(step.note),
        }
    }


def _fix(path: str, fix: Fix, places: _Places) -> dict[str, Any]:
    """The edits, all in the finding's own file. What is put in stands there as it is: it is the fix's own text."""
    replacements = [
        {
            "deletedRegion": places.region(path, (edit.line, edit.column), (edit.end_line, edit.end_column)),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": _message(fix.description),
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }


def _suppression(reason: str) -> dict[str, Any]:
    return {"kind": "inSource"} | ({"justification": masked(reason)} if reason else {})


def _message(words: str) -> dict[str, str]:
    """Words, personal data blotted out. ``[0](1)`` would be a link to another place of the result."""
    return {"text": masked(words).replace("](", "] (")}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": ROOT}


class _Places:
    """Places in files, in SARIF's words."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._wide: dict[str, dict[int, str]] = {}

    def physical(self, finding: Finding) -> dict[str, Any]:
        """Where a finding stands."""
        start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
        return {"artifactLocation": _artifact(finding.path), "region": self.region(finding.path, start, end)}

    def region(self, path: str, start: tuple[int, int], end: tuple[int, int] | None = None) -> dict[str, int]:
        """A stretch of a file, or what begins at a place."""
        said = {"startLine": start[0], "startColumn": self._column(path, *start)}
        if end is not None:
            said |= {"endLine": end[0], "endColumn": self._column(path, *end)}
        return said

    def _column(self, path: str, line: int, column: int) -> int:
        """A column in UTF-16 code units: a character beyond the basic plane takes two."""
        if path not in self._wide:
            numbered = enumerate(self._lines(path), start=1)
            self._wide[path] = {
                number: text for number, text in numbered if not text.isascii() and max(text) > "\uffff"
            }
        text = self._wide[path].get(line, "")
        return column + sum(character > "\uffff" for character in text[: column - 1])
