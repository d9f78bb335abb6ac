"""What ``bench oracle --app`` says of two reports."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bench.settling import HEAD, difference, row, told


def finding(name: str) -> Any:
    return SimpleNamespace(fingerprint=name, path=f"{name}.py", line=3, code="PII101", message="log message")


def report(findings: list[Any], *calls: int) -> Any:
    return SimpleNamespace(
        findings=findings, coverage=SimpleNamespace(gaps=[SimpleNamespace(calls=count) for count in calls])
    )


def test_what_came_and_what_went() -> None:
    gained, lost = difference([finding("a"), finding("b")], [finding("b"), finding("c")])
    assert [each.fingerprint for each in gained] == ["c"]
    assert [each.fingerprint for each in lost] == ["a"]


def test_a_row_counts_the_calls_that_are_no_longer_listed() -> None:
    before, after = report([finding("a")], 3, 2), report([finding("a"), finding("b")], 2)
    compared = told("shop", before, after, (1.04, 2.5), {"asked": 7, "read": 4})
    assert row(compared) == ["| shop | 5 | 3 | 1 | 0 | 1.0, 2.5 | 7 | 4 |", "  gained b.py:3 PII101 log message"]
    assert HEAD[0].count("|") == HEAD[1].count("|") == row(compared)[0].count("|")
