"""``--regime``: which findings one law asks for, and in which order; from a command line, a file, flake8, a cache."""

from __future__ import annotations

import json
from typing import Any

import pytest

PROGRAM = """\
import logging

log = logging.getLogger(__name__)


def admit(user, row):
    log.info("by %s", user.email)
    log.info("sex %s", user.gender)
    log.info("login %s", user.password)
    finding = row[1]  # pii: health
    log.info("found %s", finding)
    belief = row[2]  # pii: religion
    log.info("faith %s", belief)
    where = row[3]  # pii: location
    log.info("at %s", where)
"""
EMAIL, GENDER, PASSWORD, HEALTH, RELIGION, LOCATION = 7, 8, 9, 11, 13, 15
EVERYTHING = [EMAIL, GENDER, PASSWORD, HEALTH, RELIGION, LOCATION]


def lines(result: Any) -> list[int]:
    return [int(place.partition(":")[2].split()[0]) for place in result.codes]


@pytest.fixture
def project(tree: Any) -> Any:
    return tree({"a.py": PROGRAM})


@pytest.mark.parametrize(
    ("regimes", "expected"),
    [
        ("", EVERYTHING),
        ("gdpr", [HEALTH, RELIGION, PASSWORD, EMAIL, LOCATION, GENDER]),
        ("pipl", [HEALTH, RELIGION, LOCATION, PASSWORD, EMAIL, GENDER]),
        ("ccpa", [HEALTH, RELIGION, LOCATION, PASSWORD, EMAIL, GENDER]),
        ("hipaa", [HEALTH, EMAIL, LOCATION]),
        ("hipaa,gdpr", [HEALTH, RELIGION, EMAIL, LOCATION, PASSWORD, GENDER]),
    ],
)
def test_a_law_limits_and_ranks(project: Any, discreet: Any, regimes: str, expected: list[int]) -> None:
    said = ["--regime", regimes] if regimes else []
    assert lines(discreet("check", "-q", *said)) == expected


def test_it_may_be_said_several_times_and_in_capitals(project: Any, discreet: Any) -> None:
    assert discreet("check", "-q", "--regime", "HIPAA", "--regime", "gdpr") == discreet(
        "check", "-q", "--regime", "gdpr,hipaa"
    )


@pytest.mark.parametrize("written", ['"hipaa"', '["hipaa"]', '["HIPAA", "hipaa"]'])
def test_the_configuration_can_say_it(tree: Any, discreet: Any, written: str) -> None:
    tree({"a.py": PROGRAM, "pyproject.toml": f"[tool.discreet]\nregime = {written}\n"})
    assert lines(discreet("check", "-q")) == [HEALTH, EMAIL, LOCATION]
    assert len(lines(discreet("check", "-q", "--regime", "gdpr"))) == len(EVERYTHING)


@pytest.mark.parametrize("written", ['"gpdr"', '["gdpr", 1]', "true", '"gdpr, hipaa"'])
def test_a_regime_that_is_none_ends_the_run_in_one_line(tree: Any, discreet: Any, written: str) -> None:
    tree({"a.py": PROGRAM, "pyproject.toml": f"[tool.discreet]\nregime = {written}\n"})
    result = discreet("check")
    assert (result.status, result.out) == (2, "")
    assert "[tool.discreet] regime: " in result.err
    assert result.err.endswith("it takes one or several of gdpr, pipl, ccpa, hipaa\n")
    assert result.err.count("\n") == 1


def severities(result: Any) -> dict[int, str]:
    return {row["line"]: row["severity"] for row in json.loads(result.out)}


def test_severity_follows_the_law_and_nothing_else_does(project: Any, discreet: Any) -> None:
    plain = discreet("check", "-q", "--output-format", "json")
    ranked = discreet("check", "-q", "--output-format", "json", "--regime", "ccpa")
    assert severities(plain)[LOCATION] == "medium"
    assert severities(ranked)[LOCATION] == "high"
    assert severities(ranked)[EMAIL] == severities(plain)[EMAIL] == "medium"

    def without_severity(result: Any) -> list[Any]:
        rows = [{**row, "severity": ""} for row in json.loads(result.out)]
        return sorted(rows, key=lambda row: row["line"])

    assert without_severity(plain) == without_severity(ranked)


def test_an_answer_from_the_cache_is_that_of_its_own_law(project: Any, discreet: Any) -> None:
    fresh = {
        regime: discreet("check", "-q", "--no-cache", "--output-format", "json", "--regime", regime).out
        for regime in ("gdpr", "hipaa", "ccpa")
    }
    for regime in ("gdpr", "hipaa", "gdpr", "ccpa", "hipaa"):
        assert discreet("check", "-q", "--output-format", "json", "--regime", regime).out == fresh[regime]
    assert lines(discreet("check", "-q")) == EVERYTHING


def test_suppressed_findings_are_ranked_among_the_others(tree: Any, discreet: Any) -> None:
    silenced = PROGRAM.replace('log.info("faith %s", belief)', 'log.info("faith %s", belief)  # noqa: PII101')
    tree({"a.py": silenced})
    shown = discreet("check", "-q", "--regime", "gdpr", "--show-suppressed")
    assert lines(shown)[:3] == [HEALTH, RELIGION, PASSWORD]


def test_trace_tells_that_a_law_hides_a_finding(project: Any, discreet: Any) -> None:
    told = discreet("trace", f"a.py:{GENDER}", "--regime", "hipaa")
    assert told.status == 0
    assert "none of its categories is covered by the regime (hipaa)" in told.out
    told = discreet("trace", f"a.py:{EMAIL}", "--regime", "hipaa")
    assert "regime" not in told.out


def test_trace_tells_the_severity_that_check_does(project: Any, discreet: Any) -> None:
    told = discreet("trace", f"a.py:{LOCATION}", "--regime", "ccpa", "--output-format", "json")
    assert [each["finding"]["severity"] for each in json.loads(told.out)["findings"]] == ["high"]


def test_what_was_not_checked_is_said_under_any_law(tree: Any, discreet: Any) -> None:
    tree({"a.py": PROGRAM, "b.py": "def broken(:\n"})
    result = discreet("check", "-q", "--regime", "hipaa")
    assert result.codes[-1] == "b.py:1 PII904"


@pytest.mark.parametrize("option", [["--pii-regime", "hipaa"], ["--pii-regime", "hipaa,hipaa"]])
def test_flake8_limits_and_keeps_its_order(project: Any, command: Any, option: list[str]) -> None:
    assert lines(command("flake8", "--isolated", "--select", "PII", *option)) == [EMAIL, HEALTH, LOCATION]


def test_flake8_says_what_it_does_not_understand(project: Any, command: Any) -> None:
    result = command("flake8", "--isolated", "--pii-regime", "gpdr")
    assert result.status == 1
    assert "--pii-regime: 'gpdr' is not a regime (did you mean 'gdpr'?)" in result.out + result.err
