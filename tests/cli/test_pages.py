"""``rules`` and ``explain``, ``--version`` and help."""

from __future__ import annotations

import json
from typing import Any

import discreet as package
from discreet.rules.registry import RULES


def test_rules_lists_every_rule(discreet: Any) -> None:
    result = discreet("rules")
    assert result.status == 0
    lines = result.out.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    assert [line.endswith("(off by default)") for line in lines] == [not rule.default for rule in RULES.values()]


def test_rules_for_machines(discreet: Any) -> None:
    listed = json.loads(discreet("rules", "--output-format", "json").out)
    assert [rule["code"] for rule in listed] == list(RULES)
    assert listed[0] == {
        "code": "PII101",
        "name": RULES["PII101"].name,
        "summary": RULES["PII101"].summary,
        "default": True,
    }


def test_explain_by_code_and_by_name(discreet: Any) -> None:
    page = RULES["PII101"].page
    assert discreet("explain", "PII101") == (0, page, "")
    assert discreet("explain", "pii101").out == page
    assert discreet("explain", RULES["PII101"].name).out == page


def test_version_and_help(discreet: Any) -> None:
    assert discreet("--version").out == f"discreet {package.__version__}\n"
    shown = discreet("--help").out
    assert shown == discreet().out
    assert all(command in shown for command in ("check", "rules", "explain"))
    assert "--min-confidence" in discreet("check", "--help").out
