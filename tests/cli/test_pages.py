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


def test_explain_a_category_by_any_word_for_it(discreet: Any) -> None:
    page = discreet("explain", "national_id").out
    assert page.startswith("# national_id: national identity number\n\nNational identity number: sensitive under CCPA")
    assert "`ssn`" in page
    assert "| HIPAA 164.514(b)(2)(i) | identifier G: social security numbers |" in page
    assert "| grave | high | high | medium |" in page
    assert "user.government_id.national_identification_number" in page
    assert "not legal advice" in page
    for word in ("SSN", "身份证", "gov.national_id"):
        assert discreet("explain", word) == (0, page, "")


def test_explain_several_at_once(discreet: Any) -> None:
    both = discreet("explain", "PII101", "email").out
    assert both == discreet("explain", "PII101").out + "\n" + discreet("explain", "email").out


def test_version_and_help(discreet: Any) -> None:
    assert discreet("--version").out == f"discreet {package.__version__}\n"
    shown = discreet("--help").out
    assert shown == discreet().out
    assert all(command in shown for command in ("check", "rules", "explain"))
    assert "..." not in shown.partition("Commands:")[2], "each command is told in a line"
    assert "--min-confidence" in discreet("check", "--help").out
