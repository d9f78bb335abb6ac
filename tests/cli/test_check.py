"""``discreet check`` from outside: what it prints where, and with which status it ends."""

from __future__ import annotations

import io
import json
import os
import sys
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from discreet.output.schemas import schema_text

CLEAN = "x = 1\n"


def test_findings_are_status_1(tree: Any, discreet: Any, leak: str) -> None:
    tree({"shop/a.py": leak, "b.py": CLEAN})
    result = discreet("check")
    assert (result.status, result.codes) == (1, ["shop/a.py:5 PII101"])
    assert result.err == "1 finding in 2 files\n"


def test_nothing_found_is_status_0(tree: Any, discreet: Any) -> None:
    tree({"a.py": CLEAN})
    assert discreet("check", ".") == (0, "", "0 findings in 1 file\n")


def test_no_files_is_said(tree: Any, discreet: Any) -> None:
    tree({"a.txt": ""})
    assert discreet("check") == (0, "", "discreet: warning: no Python files here to check\n")


def test_exit_zero(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak})
    result = discreet("check", "--exit-zero")
    assert (result.status, result.codes) == (0, ["a.py:5 PII101"])
    assert discreet("check", "--exit-zero", "nope.py").status == 2


def test_what_is_not_there_does_not_hide_the_rest(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak})
    result = discreet("check", "-q", "a.py", "no\npe.py")
    assert (result.status, result.codes) == (2, ["a.py:5 PII101"])
    assert result.err == "discreet: error: no\\npe.py: No such file or directory\n"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_what_can_not_be_read_does_not_hide_the_rest(tree: Any, discreet: Any, leak: str) -> None:
    root = tree({"shop/a.py": leak, "shop/closed.py": leak, "shop/inner/b.py": leak})
    (root / "shop" / "closed.py").chmod(0)
    (root / "shop" / "inner").chmod(0)
    try:
        named = discreet("check", "-q", "--no-cache", "shop/a.py", "shop/closed.py")
        below = discreet("check", "-q", "--no-cache", "shop")
    finally:
        (root / "shop" / "inner").chmod(0o755)
    assert (named.status, named.codes) == (1, ["shop/a.py:5 PII101", "shop/closed.py:1 PII905"])
    assert (below.status, below.codes) == (2, named.codes)
    assert below.err == "discreet: error: shop/inner: Permission denied\n"


def test_problems_are_told_of_paths_as_they_were_typed(
    tree: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"shop/inner/a.py": CLEAN, "elsewhere/b.py": CLEAN})
    look = os.scandir

    def scandir(path: str) -> Any:
        if path.endswith("inner"):
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.chdir(root / "elsewhere")
    for typed, said in (("../shop", "../shop/inner"), ("../shop/inner", "../shop/inner"), ("..", "../shop/inner")):
        result = discreet("check", "-q", "--no-cache", typed)
        assert (result.status, result.err) == (2, f"discreet: error: {said}: Permission denied\n")


BAD_OPTIONS = {
    "rule": (("check", "--select", "PII1O1"), "'PII1O1' is not a rule (did you mean 'PII101'?)", "--select"),
    "confidence": (("check", "--min-confidence", "hihg"), "(did you mean 'high'?); it takes low, medium, high", "min"),
    "format": (("check", "--output-format", "xml"), "'full', 'concise', 'json', 'jsonl'", "--output-format"),
    "option": (("check", "--quite"), "--quite", "--quiet"),
    "configuration": (("check", "--config", "none.toml"), "none.toml: cannot be read", "No such file"),
    "stdin and more": (("check", "-", "a.py"), "standard input", "other paths"),
    "a name for nothing": (("check", "a.py", "--stdin-filename", "b.py"), "--stdin-filename", "'-'"),
    "command": (("chekc",), "chekc", "No such command"),
    "no command": (("a.py",), "'a.py' is a path, not a command", "say `discreet check a.py`"),
    "no command for standard input": (("-",), "'-' is a path, not a command", "say `discreet check -`"),
    "no path": (("check", ""), "an empty text is no path", "PATH"),
    "no path to trace in": (("trace", "a.py:1", ""), "an empty text is no path", "PATH"),
    "pattern": (("check", "--exclude", "!"), "'!' is not a pattern", "as in .gitignore"),
    "rule to explain": (("explain", "PII1O1"), "PII101", "neither a rule nor a category"),
    "category to explain": (("explain", "email", "emial"), "(did you mean 'email'?)", "neither a rule nor a category"),
    "nothing to explain": (("explain",), "RULE|CATEGORY", "Missing"),
    "regime": (("check", "--regime", "gpdr"), "'gpdr' is not a regime (did you mean 'gdpr'?)", "pipl, ccpa, hipaa"),
}


@pytest.mark.parametrize(("arguments", "said", "also"), BAD_OPTIONS.values(), ids=BAD_OPTIONS.keys())
def test_a_bad_option_is_status_2_and_one_line(
    tree: Any, discreet: Any, arguments: tuple[str, ...], said: str, also: str
) -> None:
    tree({"a.py": CLEAN})
    result = discreet(*arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("discreet: error: ")
    assert result.err.count("\n") == 1
    assert said in result.err
    assert also in result.err


def test_a_bad_configuration_is_status_2_and_one_line(tree: Any, discreet: Any, leak: str) -> None:
    root = tree({"a.py": leak, "pyproject.toml": '[tool.discreet]\nmin-confidence = "hihg"\n'})
    result = discreet("check")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        f"discreet: error: {root}/pyproject.toml: [tool.discreet] min-confidence: "
        "'hihg' is not a confidence (did you mean 'high'?); it takes low, medium, high\n"
    )
    assert discreet("check", "--isolated").status == 1


def test_options_beat_the_configuration(tree: Any, discreet: Any, leak: str) -> None:
    idle = "x = 1  # noqa: PII102\n"
    tree({"a.py": leak, "b.py": idle, "pyproject.toml": '[tool.discreet]\nignore = ["PII101"]\nselect = ["PII903"]\n'})
    assert discreet("check").codes == ["b.py:1 PII903"]
    assert discreet("check", "--select", "PII1").codes == []  # the file still ignores PII101
    assert discreet("check", "--select", "pii1", "--ignore", "PII102").codes == ["a.py:5 PII101"]
    assert discreet("check", "--extend-select", "PII1", "--ignore", "PII2").codes == [
        "a.py:5 PII101",
        "b.py:1 PII903",
    ]
    assert discreet("check", "--extend-ignore", "PII903").codes == []
    assert discreet("check", "--select", "PII101,PII903", "--ignore", "PII2,PII3").codes == [
        "a.py:5 PII101",
        "b.py:1 PII903",
    ]


def test_paths_are_left_out_on_the_command_line_too(tree: Any, discreet: Any, leak: str) -> None:
    table = '[tool.discreet]\nextend-exclude = ["gen"]\n'
    tree({"a.py": leak, "gen/b.py": leak, "old/c.py": leak, "dist/d.py": leak, "pyproject.toml": table})
    assert discreet("check").codes == ["a.py:5 PII101", "old/c.py:5 PII101"]
    assert discreet("check", "--extend-exclude", "old").codes == ["a.py:5 PII101"]
    assert discreet("check", "--extend-exclude", "*.py,x").codes == []
    assert discreet("check", "--exclude", "old", "--exclude", "a.py").codes == ["dist/d.py:5 PII101"]
    assert discreet("check", "old/c.py", "--exclude", "old").codes == ["old/c.py:5 PII101"], "it was named outright"
    assert discreet("check", "old/c.py", "--exclude", "old", "--force-exclude").codes == []


def test_another_configuration_file(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak, "ci/strict.toml": 'ignore = ["PII1"]\n'})
    assert discreet("check", "--config", "ci/strict.toml").status == 0


def test_sources_from_the_configuration(tree: Any, discreet: Any) -> None:
    tree(
        {
            "shop.py": "import logging\n\n\nclass Guest:\n    token: str\n\n\n"
            "def f(guest: Guest):\n    logging.info(guest.token)\n",
            "pyproject.toml": '[tool.discreet.sources]\n"shop.Guest.token" = "email"\n',
        }
    )
    assert discreet("check").codes == ["shop.py:9 PII101"]


def test_a_source_that_is_declared_harmless(tree: Any, discreet: Any) -> None:
    tree(
        {
            "shop.py": "import logging\n\n\nclass Customer:\n    email: str\n\n\n"
            "def f(customer: Customer):\n    logging.info(customer.email)\n",
        }
    )
    assert discreet("check").codes == ["shop.py:9 PII101"]
    tree({"pyproject.toml": '[tool.discreet.sources]\n"shop.Customer.email" = "none"\n'})
    assert discreet("check").codes == []


def test_paths_are_shown_as_seen_from_here(
    tree: Any, discreet: Any, leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"shop/a.py": leak, "other/b.py": leak})
    monkeypatch.chdir(root / "shop")
    result = discreet("check", "..", "--output-format", "full", "-q")
    assert "../other/b.py:5:" in result.out
    assert "\na.py:5:" in result.out
    assert result.out.count('5 |     logging.info("hello %s", email)\n') == 2


def test_fingerprints_do_not_depend_on_where_one_stands(
    tree: Any, discreet: Any, leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prints() -> list[str]:
        lines = discreet("check", str(root), "--output-format", "jsonl").out.splitlines()
        return [json.loads(line)["fingerprint"] for line in lines]

    root = tree({"shop/a.py": leak, "bad.py": "def"})
    before = prints()
    monkeypatch.chdir(root / "shop")
    assert prints() == before
    assert len(set(before)) == 2


def test_jsonl_is_the_schema(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak, "bad.py": "def", "c.py": leak.replace("logging.info", "print")})
    result = discreet("check", "--output-format", "jsonl", "--select", "ALL")
    lines = [json.loads(line) for line in result.out.splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("finding")))
    for line in lines:
        validator.validate(line)
    assert [line["code"] for line in lines][:2] == ["PII101", "PII904"]
    assert lines[0]["categories"] == ["email"]
    assert lines[0]["sink"]["kind"] == "log"
    assert json.loads(discreet("check", "--output-format", "json", "--select", "ALL").out) == lines


def test_json_of_nothing(tree: Any, discreet: Any) -> None:
    tree({"a.py": CLEAN})
    assert discreet("check", "--output-format", "json").out == "[]\n"
    assert discreet("check", "--output-format", "jsonl").out == ""


def test_statistics_stay_out_of_a_machines_way(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak, "b.py": leak})
    people = discreet("check", "--statistics", "-q")
    assert people.out.splitlines()[-2].startswith("2  PII101  ")
    machine = discreet("check", "--statistics", "-q", "--output-format", "jsonl")
    assert len([json.loads(line) for line in machine.out.splitlines()]) == 2
    assert machine.err.startswith("2  PII101  ")
    assert machine.err.count("\n") == 2, "and a line about coverage"
    tree({"a.py": CLEAN, "b.py": CLEAN})
    nothing = discreet("check", "--statistics", "-q", "--output-format", "json")
    assert (nothing.status, nothing.out, nothing.err.count("\n")) == (0, "[]\n", 1)
    assert nothing.err.startswith("coverage: ")


def test_quiet_prints_findings_and_nothing_else(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak})
    result = discreet("check", "--quiet")
    assert (len(result.out.splitlines()), result.err) == (1, "")


def test_verbose_tells_what_was_read(tree: Any, discreet: Any, leak: str) -> None:
    root = tree({"a.py": leak, "sub/b.py": CLEAN, "pyproject.toml": "[tool.discreet]\n"})
    said = discreet("check", "-v").err
    assert f"configuration: {root}/pyproject.toml\n" in said
    assert "read: a.py\nread: sub/b.py\n" in said


def test_suppressed_findings_are_shown_on_request(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": leak[:-1] + "  # noqa: PII101 -- agreed in PRIV-12\n"})
    assert discreet("check") == (0, "", "0 findings in 1 file, 1 suppressed\n")
    shown = discreet("check", "--show-suppressed")
    assert shown.status == 0
    assert shown.out.endswith("(suppressed: agreed in PRIV-12)\n")
    machine = discreet("check", "--show-suppressed", "--output-format", "jsonl")
    assert json.loads(machine.out)["suppression"] == {"reason": "agreed in PRIV-12"}


def test_output_file(tree: Any, discreet: Any, leak: str) -> None:
    root = tree({"a.py": leak})
    result = discreet("check", "--output-format", "jsonl", "-o", "out.jsonl")
    assert (result.status, result.out) == (1, "")
    assert json.loads((root / "out.jsonl").read_text(encoding="utf-8"))["path"] == "a.py"
    missing = discreet("check", "-o", "no/such/out.txt")
    assert missing.status == 2
    assert missing.err.splitlines()[-1] == "discreet: error: no/such/out.txt: No such file or directory"


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Any:
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))

    return give


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("-", "--stdin-filename", "shop/new.py"), "shop/new.py"),
        (("--stdin-filename", "a.py"), "a.py"),
        (("-",), "stdin.py"),
    ],
)
def test_standard_input(tree: Any, discreet: Any, leak: str, stdin: Any, arguments: tuple[str, ...], path: str) -> None:
    tree({"a.py": CLEAN})
    stdin(leak)
    result = discreet("check", *arguments, "--output-format", "full")
    assert result.status == 1
    assert result.out.startswith(f"{path}:5:")
    assert '5 |     logging.info("hello %s", email)\n' in result.out


def test_a_name_that_is_no_text(tree: Any, discreet: Any, leak: str) -> None:
    root = tree({"a.py": leak})
    (root / "a.py").rename(root / "b\udcff.py")
    assert discreet("check", "-q").out.startswith("b\\udcff.py:5:")
    assert json.loads(discreet("check", "-q", "--output-format", "jsonl").out)["path"] == "b\\udcff.py"


def test_held_back_in_tests_until_asked_for(tree: Any, discreet: Any, leak: str) -> None:
    tree({"tests/test_a.py": leak})
    assert discreet("check").codes == []
    assert discreet("check", "--include-tests").codes == ["tests/test_a.py:5 PII101"]
    assert discreet("check", "--select", "PII101").codes == ["tests/test_a.py:5 PII101"]
