"""The files of ``fixtures/fixes``, before and after, byte for byte; and what holds for each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.fixes.conftest import CONFIG

PAIRS = Path(__file__).resolve().parents[2] / "fixtures" / "fixes"
NAMES = sorted(path.name.removesuffix(".before.py") for path in PAIRS.glob("*.before.py"))


SELECTING = {
    subject: f'[tool.discreet]\nredactor = "shop.privacy:redact"\nextend-select = ["{rules}"]\n'
    for subject, rules in (("types", "PII6"), ("settings", "PII4"), ("literals", "PII505"))
}
"""The configuration of cases that are about rules which are off by default."""


def wanted(name: str) -> tuple[bytes, bytes, bytes]:
    """A case: before, after the safe fixes, after all of them."""
    before = (PAIRS / f"{name}.before.py").read_bytes()
    after, unsafe = PAIRS / f"{name}.after.py", PAIRS / f"{name}.unsafe.py"
    safe = after.read_bytes() if after.exists() else before
    return before, safe, unsafe.read_bytes() if unsafe.exists() else safe


def test_no_file_is_left_over() -> None:
    others = {path.name.split(".")[0] for path in PAIRS.glob("*.py")}
    assert others == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_before_and_after(name: str, shop: Any, discreet: Any) -> None:
    before, safe, unsafe = wanted(name)
    config = SELECTING.get(name.partition("_")[0], "")
    case = shop({"case.py": before}, config or CONFIG) / "shop" / "case.py"

    printed = discreet("check", "--diff", "--unsafe-fixes")
    assert (printed.status, case.read_bytes()) == (int(before != unsafe), before)

    discreet("check", "--fix")
    assert case.read_bytes().decode() == safe.decode()
    discreet("check", "--fix")
    assert case.read_bytes() == safe, "applying again changes something"

    result = discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_bytes().decode() == unsafe.decode()
    assert "[*]" not in result.out
    discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_bytes() == unsafe, "applying again changes something"


BARE = sorted(path.name.removesuffix(".bare.py") for path in PAIRS.glob("*.bare.py"))


@pytest.mark.parametrize("name", BARE)
def test_without_a_redactor(name: str, shop: Any, discreet: Any) -> None:
    before, _, _ = wanted(name)
    bare = (PAIRS / f"{name}.bare.py").read_bytes()
    config = '[tool.discreet]\nextend-select = ["PII103", "PII104"]\n'
    case = shop({"case.py": before}, config) / "shop" / "case.py"

    discreet("check", "--fix")
    assert case.read_bytes() == before, "it is not safe"

    discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_bytes().decode() == bare.decode()
    discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_bytes() == bare, "applying again changes something"
