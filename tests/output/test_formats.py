"""Every format over findings made by hand: the words, the places, and nothing that escapes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest

from discreet.output import concise, full, json_, jsonl, statistics
from discreet.output.item import Item
from discreet.output.schemas import schema_text
from discreet.output.text import Paint
from discreet.rules.finding import Finding, Fix, SinkUse, SourceUse, TraceStep
from discreet.rules.registry import RULES

PLAIN = Paint(colour=False)
LINES = ["def greet(user):", "    mail = user.email", "", '    log.info("to %s", mail)', "    return 1", "", ""]
FINDING = Finding(
    path="shop/a.py",
    line=4,
    column=23,
    end_line=4,
    end_column=27,
    code="PII101",
    message="log carries email address: user.email",
    severity="high",
    confidence="high",
    categories=("email",),
    sink=SinkUse("log", "logging.Logger.info", "1"),
    source=SourceUse("shop/a.py", 2, 12, "user.email", "name"),
    trace=(TraceStep("shop/a.py", 2, 12, "user.email is an email address"), TraceStep("shop/a.py", 4, 23, "logged")),
    fingerprint="feedfacecafebeef",
)
ABOUT_A_FILE = Finding(
    path="b.py",
    line=1,
    column=1,
    end_line=1,
    end_column=1,
    code="PII904",
    message="not parsed",
    severity="high",
    confidence="high",
    fingerprint="f",
)
EVIL = msgspec.structs.replace(
    FINDING,
    path="a\nb.py:1:1: PII101 forged\x1b[2J.py",
    message="log carries 'bob@example.com'\x1b]0;title\x07\u202e",
    source=SourceUse("a\x9b.py", 1, 1, "'bob@example.com\x1b'", "name"),
    trace=(TraceStep("a\n.py", 1, 1, "x\r\x1b[1A"), TraceStep("a.py", 1, 1, "tel:+49 151 23456789\u2028")),
    fix=Fix("manual", "mask \x1b[0m it"),
)
EVIL_LINES = ["x", "y", "z", '\tlog.info("\x1b[31mbob@example.com\u202e", mail)', "\x07"]


def test_concise() -> None:
    items = [Item(FINDING), Item(FINDING, suppressed=True, reason="agreed"), Item(ABOUT_A_FILE, suppressed=True)]
    assert list(concise.render(items, PLAIN)) == [
        "shop/a.py:4:23: PII101 log carries email address: user.email\n",
        "shop/a.py:4:23: PII101 log carries email address: user.email (suppressed: agreed)\n",
        "b.py:1:1: PII904 not parsed (suppressed)\n",
    ]


def test_full() -> None:
    shown = "".join(full.render([Item(FINDING)], PLAIN, lambda _: LINES))
    advice = RULES["PII101"].advice
    assert shown == (
        "shop/a.py:4:23: PII101 log carries email address: user.email\n"
        "2 |     mail = user.email\n"
        "3 |\n"
        '4 |     log.info("to %s", mail)\n'
        "  |                       ^^^^ PII101\n"
        "5 |     return 1\n"
        "    shop/a.py:2:12  user.email is an email address\n"
        "    shop/a.py:4:23  logged\n"
        f"  help: {advice}\n"
        "  law: email address: personal data under GDPR, PIPL and CCPA, HIPAA identifier F (discreet explain email)\n"
        "\n"
    )


def test_full_shows_a_fix_instead_of_advice() -> None:
    fixed = msgspec.structs.replace(FINDING, fix=Fix("safe", "mask the address"))
    shown = "".join(full.render([Item(fixed)], PLAIN, lambda _: LINES))
    assert "  fix (safe): mask the address\n" in shown
    assert "help:" not in shown


def test_full_without_the_file() -> None:
    shown = "".join(full.render([Item(FINDING)], PLAIN, lambda _: ()))
    assert shown.startswith("shop/a.py:4:23: PII101")
    assert "|" not in shown


def test_colours() -> None:
    assert "\x1b[" in "".join(full.render([Item(FINDING)], Paint(colour=True), lambda _: LINES))


def caret(line: str, column: int, end_column: int) -> tuple[str, str]:
    """The shown line and its underline, without the gutter."""
    at = msgspec.structs.replace(FINDING, line=1, end_line=1, column=column, end_column=end_column, trace=())
    rows = "".join(full.render([Item(at)], PLAIN, lambda _: [line])).splitlines()
    return rows[1].removeprefix("1 | "), rows[2].removeprefix("  | ").removesuffix(" PII101")


def test_wide_characters_and_tabs_move_the_caret() -> None:
    assert caret("\tf('张三', mail)", 10, 14) == ("    f('张三', mail)", " " * 14 + "^^^^")
    assert caret("f('e\u0301', mail)", 9, 13) == ("f('e\u0301', mail)", " " * 7 + "^^^^")
    assert caret("f('\x1b', mail)", 8, 12) == (r"f('\x1b', mail)", " " * 10 + "^^^^")


def test_a_long_line_is_cut_round_the_finding() -> None:
    line = "a" * 500_000 + "mail" + "b" * 500_000
    shown, under = caret(line, 500_001, 500_005)
    assert len(shown) < 200
    start = under.index("^")
    assert shown[start : start + len(under.strip())] == "mail"
    assert shown.startswith("...")
    assert shown.endswith("...")


def test_a_cut_does_not_bare_half_a_mail_address() -> None:
    shown, _ = caret("x" * 300 + " bob.smith@example.com " + "mail" + "y" * 300, 324, 328)
    shown_left, _ = caret(" " * 300 + "bob.smith@example.com" + " " * 39 + "mail" + "y" * 300, 361, 365)
    assert "smith" not in shown + shown_left
    assert "example" not in shown + shown_left


def test_an_end_before_its_start_still_points_somewhere() -> None:
    assert caret("f(mail)", 3, 3) == ("f(mail)", "  ^")
    assert caret("f(mail)", 100, 101)[0] == "f(mail)"


@pytest.mark.parametrize("name", ["concise", "full", "json", "jsonl", "statistics"])
def test_nothing_escapes(name: str) -> None:
    items = [Item(EVIL, suppressed=True, reason="because\x1b[1m bob@example.com"), Item(EVIL)]
    shown = {
        "concise": lambda: concise.render(items, PLAIN),
        "full": lambda: full.render(items, PLAIN, lambda _: EVIL_LINES),
        "json": lambda: json_.render(items),
        "jsonl": lambda: jsonl.render(items),
        "statistics": lambda: statistics.render(items, PLAIN),
    }[name]()
    text = "".join(shown)
    assert text
    assert not [character for character in text if character != "\n" and not character.isprintable()]
    assert "bob" not in text
    assert "23456789" not in text
    assert not any(line.startswith("b.py:1:1: PII101 forged") for line in text.splitlines())


def test_json_keeps_the_schema() -> None:
    schema = json.loads(schema_text("finding"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    items = [Item(FINDING), Item(ABOUT_A_FILE), Item(EVIL), Item(FINDING, suppressed=True, reason="agreed")]
    lines = [json.loads(line) for line in jsonl.render(items)]
    assert lines == json.loads("".join(json_.render(items)))
    for line in lines:
        validator.validate(line)
    assert lines[0] == {
        "path": "shop/a.py",
        "line": 4,
        "column": 23,
        "end_line": 4,
        "end_column": 27,
        "code": "PII101",
        "message": "log carries email address: user.email",
        "severity": "high",
        "confidence": "high",
        "categories": ["email"],
        "kinds": [
            {
                "category": "email",
                "label": "email address",
                "group": "contact",
                "fides": "user.contact.email",
                "dpv": "EmailAddress",
                "gdpr": "ordinary",
                "pipl": "ordinary",
                "gbt35273": "ordinary",
                "gbt45574": "ordinary",
                "ccpa": "ordinary",
                "hipaa": "F",
                "law": "Email address: personal data under GDPR, PIPL and CCPA, HIPAA identifier F, because it reaches "
                "the person, and joins what is known of them in different places.",
            }
        ],
        "sink": {"kind": "log", "callable": "logging.Logger.info", "argument": "1"},
        "source": {"path": "shop/a.py", "line": 2, "column": 12, "expression": "user.email", "known_by": "name"},
        "trace": [
            {"path": "shop/a.py", "line": 2, "column": 12, "note": "user.email is an email address"},
            {"path": "shop/a.py", "line": 4, "column": 23, "note": "logged"},
        ],
        "fingerprint": "feedfacecafebeef",
        "help": "Log an identifier that means something only inside the system.",
        "fix": None,
    }
    assert lines[1]["kinds"] == []
    assert lines[1]["sink"] is None
    assert lines[1]["source"] is None
    assert lines[2]["path"] == EVIL.path
    assert lines[3]["suppression"] == {"reason": "agreed"}


@pytest.mark.parametrize("wrong", [{"line": 0}, {"code": "X1"}, {"extra": 1}, {"sink": {"kind": "smoke"}}])
def test_the_schema_refuses(wrong: dict[str, Any]) -> None:
    line = json.loads("".join(jsonl.render([Item(FINDING)]))) | wrong
    assert not jsonschema.Draft202012Validator(json.loads(schema_text("finding"))).is_valid(line)


def test_statistics() -> None:
    items = [Item(ABOUT_A_FILE), *[Item(FINDING)] * 11, Item(FINDING, suppressed=True)]
    assert list(statistics.render(items, PLAIN)) == [
        f"11  PII101  {RULES['PII101'].summary}\n",
        f" 1  PII904  {RULES['PII904'].summary}\n",
    ]
    assert list(statistics.render([], PLAIN)) == []
