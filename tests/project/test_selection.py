"""Which rules are on, and which of their findings are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from discreet.project.config import Config
from discreet.project.selection import UNCHECKED, matched_by, selected_codes, selection_of
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES

DEFAULT = frozenset(code for code, rule in RULES.items() if rule.default)
ALL = frozenset(RULES)


def starting(*prefixes: str) -> frozenset[str]:
    return frozenset(code for code in RULES if code.startswith(prefixes))


CASES: dict[str, tuple[tuple[Any, ...], frozenset[str]]] = {
    "nothing said": ((None,), DEFAULT),
    "the bare family is the default": ((("PII",),), DEFAULT),
    "all": ((("ALL",),), ALL),
    "a prefix is all it covers": ((("PII9",),), starting("PII9")),
    "one rule, and files that were not checked": ((("PII101",),), {"PII101"} | UNCHECKED),
    "none but ignored": ((("PII1",), ("PII9",)), starting("PII1")),
    "ignore beats its equal": ((("PII1",), ("PII1",)), UNCHECKED),
    "the longer beats the shorter": ((("PII101",), ("PII1",)), {"PII101"} | UNCHECKED),
    "whoever is shorter": ((("PII1",), ("PII101",)), (starting("PII1") | UNCHECKED) - {"PII101"}),
    "extended": ((None, (), ("PII903",)), DEFAULT | {"PII903"}),
    "extended away": ((None, (), (), ("PII2",)), DEFAULT - starting("PII2")),
    "all but all": ((("ALL",), ("ALL",)), frozenset()),
}


@pytest.mark.parametrize(("said", "codes"), CASES.values(), ids=CASES.keys())
def test_selected_codes(said: tuple[Any, ...], codes: frozenset[str]) -> None:
    assert selected_codes(*said) == codes


FINDING = Finding(
    path="a.py",
    line=1,
    column=1,
    end_line=1,
    end_column=2,
    code="PII101",
    message="m",
    severity="high",
    confidence="medium",
    categories=("email", "phone"),
)


def shows(finding: Finding, **settings: Any) -> bool:
    return selection_of(Config(root=Path(), **settings)).shows(finding)


@pytest.mark.parametrize(("asked", "shown"), [("low", True), ("medium", True), ("high", False)])
def test_confidence(asked: str, shown: bool) -> None:
    assert shows(FINDING, min_confidence=asked) is shown


def test_held_back_until_named_in_full() -> None:
    held = msgspec.structs.replace(FINDING, held_back="command-line program")
    assert not shows(held)
    assert not shows(held, select=("ALL",))
    assert not shows(held, select=("PII10",))
    assert not shows(held, include_tests=True)
    assert shows(held, select=("PII101",))
    assert shows(held, extend_select=("PII101",))


def test_tests_are_shown_on_request() -> None:
    held = msgspec.structs.replace(FINDING, held_back="test file")
    assert not shows(held)
    assert shows(held, include_tests=True)


@pytest.mark.parametrize(
    ("wanted", "unwanted", "shown"),
    [
        ((), (), True),
        (("email",), (), True),
        (("health",), (), False),
        ((), ("email",), True),
        ((), ("email", "phone"), False),
        (("email",), ("email", "phone"), False),
    ],
)
def test_categories(wanted: tuple[str, ...], unwanted: tuple[str, ...], shown: bool) -> None:
    from dataclasses import replace

    selection = replace(selection_of(Config(root=Path())), wanted=frozenset(wanted), unwanted=frozenset(unwanted))
    assert selection.shows(FINDING) is shown
    about_a_file = msgspec.structs.replace(FINDING, code="PII904", categories=())
    assert selection.shows(about_a_file)


def test_per_file_ignores() -> None:
    ignored = matched_by({"scripts/*.py": ("PII1",), "*_old.py": ("ALL",), "/a.py": ("PII101", "PII201")})
    assert ignored("scripts/x.py") == starting("PII1")
    assert ignored("scripts/x_old.py") == ALL
    assert ignored("a.py") == {"PII101", "PII201"}
    assert ignored("b/a.py") == frozenset()
