"""``--fix``, ``--diff``, ``--show-fixes`` and ``discreet fix`` from outside."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from discreet.output.schemas import schema_text

LOGS = 'import logging\n\n\ndef note(email, url):\n    logging.info("to %s", email)\n'
ASKS = "    requests.get(url + email)\n"


def test_fix_mends_and_shows_what_is_left(shop: Any, discreet: Any) -> None:
    shop({"case.py": "import requests\n" + LOGS + ASKS})
    result = discreet("check", "--fix")
    assert (result.status, result.codes) == (1, ["shop/case.py:8 PII203"])
    assert result.err == (
        "1 finding in 1 file mended\n1 finding of a kind that only a person can mend\n1 finding in 3 files\n"
    )


def test_nothing_left_is_status_0(shop: Any, discreet: Any) -> None:
    shop({"case.py": LOGS})
    result = discreet("check", "--fix")
    assert (result.status, result.out) == (0, "")
    assert result.err == "1 finding in 1 file mended\n0 findings in 3 files\n"


def test_diff_changes_nothing_and_is_status_1(shop: Any, discreet: Any) -> None:
    case = shop({"case.py": LOGS}) / "shop" / "case.py"
    result = discreet("check", "--diff")
    assert (result.status, case.read_text()) == (1, LOGS)
    assert result.out == (
        "--- shop/case.py\n+++ shop/case.py\n@@ -1,5 +1,6 @@\n import logging\n+from shop.privacy import redact\n"
        ' \n \n def note(email, url):\n-    logging.info("to %s", email)\n+    logging.info("to %s", redact(email))\n'
    )
    assert result.err == "1 finding in 1 file would be mended\n"


def test_no_diff_is_status_0(shop: Any, discreet: Any) -> None:
    shop({"case.py": "import requests\n" + ASKS.replace("    ", "def ask(url, email):\n    ")})
    assert discreet("check", "--diff")[:2] == (0, "")


def test_a_diff_shows_nobodys_address(shop: Any, discreet: Any) -> None:
    shop({"case.py": LOGS + '    owner = "jane@corp.example"\x1b[31m\n'.replace("\x1b[31m", "  # \u202e")})
    result = discreet("check", "--diff")
    assert "jane" not in result.out
    assert "****@****" in result.out
    assert "\u202e" not in result.out


def test_show_fixes_tells_and_changes_nothing(shop: Any, discreet: Any) -> None:
    case = shop({"case.py": LOGS + "    raise ValueError(email)\n"}) / "shop" / "case.py"
    before = case.read_text()
    result = discreet("check", "--show-fixes")
    assert (result.status, case.read_text()) == (1, before)
    assert result.out.splitlines() == [
        "shop/case.py:5:5: PII101 [*] log message shows email address: email",
        "shop/case.py:6:5: PII107 exception message shows email address: email",
    ]
    full = discreet("check", "--show-fixes", "--output-format", "full").out
    assert "  fix (safe): Wrap it in shop.privacy.redact()\n" in full
    assert "fix (unsafe): Wrap it in shop.privacy.redact() (unsafe: whoever catches" in full


def test_edits_in_json_give_the_new_file(shop: Any, discreet: Any) -> None:
    case = shop({"case.py": LOGS}) / "shop" / "case.py"
    (found,) = json.loads(discreet("check", "--show-fixes", "--output-format", "json").out)
    jsonschema.validate(found, json.loads(schema_text("finding")))
    assert found["fix"]["applicability"] == "safe"
    lines = case.read_text().splitlines(keepends=True)
    for edit in reversed(found["fix"]["edits"]):
        line = lines[edit["line"] - 1]
        assert (edit["end_line"], edit["end_column"]) == (edit["line"], edit["column"]), "a wrap takes nothing out"
        lines[edit["line"] - 1] = line[: edit["column"] - 1] + edit["text"] + line[edit["column"] - 1 :]
    discreet("check", "--fix")
    assert "".join(lines) == case.read_text()


def test_without_being_asked_no_fix_is_worked_out(shop: Any, discreet: Any) -> None:
    shop({"case.py": LOGS})
    (found,) = json.loads(discreet("check", "--output-format", "json").out)
    assert found["fix"] is None


def test_a_project_is_mended_from_anywhere(shop: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = shop({"case.py": LOGS, "deep/inside/x.txt": ""})
    monkeypatch.chdir(root / "deep" / "inside")
    assert discreet("fix", "../..").status == 0
    assert "redact(email)" in (root / "shop" / "case.py").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "-", "--fix"), "standard input can't be mended"),
        (("check", "--unsafe-fixes"), "--unsafe-fixes goes with --fix or --diff"),
        (("check", "--fix", "--show-fixes"), "--show-fixes changes nothing: it doesn't go with --fix or --diff"),
        (("check", "--diff", "--show-fixes"), "--show-fixes changes nothing: it doesn't go with --fix or --diff"),
    ],
)
def test_options_that_contradict_each_other(arguments: tuple[str, ...], said: str, shop: Any, discreet: Any) -> None:
    raises = "def note(email):\n    raise ValueError(email)\n"
    case = shop({"case.py": raises}) / "shop" / "case.py"
    result = discreet(*arguments)
    assert (result.status, said in result.err) == (2, True)
    assert (result.out, case.read_text()) == ("", raises), "an unsafe fix is nobody's who did not ask for it"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('redactor = "shop.privacy.redact"', "names no function; it takes a function as module:name"),
        ('redactors = { emial = "a:b" }', "'emial' is not a category (did you mean 'email'?)"),
        ('redactors = { email = "a" }', "'a' names no function"),
        ("redactor = 1", "1 names no function"),
    ],
)
def test_a_redactor_that_is_none(line: str, said: str, shop: Any, discreet: Any) -> None:
    shop({}, f"[tool.discreet]\n{line}\n")
    result = discreet("check")
    assert (result.status, said in result.err) == (2, True), result.err


def test_a_declared_redactor_is_believed(shop: Any, discreet: Any) -> None:
    told = (
        'import logging\nfrom shop.privacy import plain\n\n\ndef note(email):\n    logging.info("%s", plain(email))\n'
    )
    privacy = "def plain(value):\n    return value\n"
    shop({"case.py": told}, "[tool.discreet]\n", privacy)
    assert discreet("check").status == 1
    shop({"case.py": told}, '[tool.discreet]\nredactor = "shop.privacy:plain"\n', privacy)
    assert discreet("check").status == 0


def test_of_two_that_say_the_same_the_one_without_an_answer_is_looked_at_again(tree: Any, discreet: Any) -> None:
    """The address in the inner call waits for the outer one; that in the last line is refused, and says the same."""
    text = "import logging\n\n\ndef note(email, phone):\n    logging.info({})\n    logging.info(email)\n"
    before = text.format('"to %s, %s", logging.info("sent to %s", email), phone')
    case = tree({"pyproject.toml": "", "case.py": before}) / "case.py"
    result = discreet("fix", "--unsafe-fixes")
    assert case.read_text() == text.format('"to %s", logging.info("sent to")')
    assert result.err.startswith("2 findings in 1 file mended\n1 finding can't be mended:\n")
