"""``discreet init``: what it writes is typed, works, and is used by the next run."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from discreet.fixes.starter import FUNCTIONS, module_text

LOGS = (
    'import logging\n\n\ndef note(email, phone, customer_name):\n'
    '    logging.info("to %s, %s, %s", email, phone, customer_name)\n'
)  # fmt: skip


@pytest.fixture
def redactors() -> dict[str, Any]:
    scope: dict[str, Any] = {}
    exec(module_text(tuple(FUNCTIONS)), scope)
    return scope


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("redact", "anything", "***"),
        ("redact", None, "-"),
        ("mask_email", "jane.doe@mail.example.org", "j***@***.org"),
        ("mask_email", None, "-"),
        ("mask_email", "no address", "***"),
        ("mask_email", "<User 7 jane.doe@example.org Jane Doe>", "***"),
        ("mask_email", "Jane Doe jane.doe@example.org", "***"),
        ("mask_email", ["jane.doe@example.org", "bob@localhost"], "***"),
        ("mask_phone", "+44 20 7946 0017", "***17"),
        ("mask_phone", 442079460017, "***17"),
        ("mask_phone", "12", "***"),
        ("mask_national_id", "11010519491231002X", "***2X"),
        ("mask_national_id", "12", "***"),
        ("mask_card_number", "4012 8888 8888 1881", "***1881"),
        ("mask_card_number", "1881", "***"),
        ("mask_card_number", None, "-"),
    ],
)
def test_what_a_redactor_shows(name: str, value: object, shown: str, redactors: dict[str, Any]) -> None:
    assert redactors[name](value) == shown


def test_the_module_is_typed(tmp_path: Any) -> None:
    (tmp_path / "privacy.py").write_text(module_text(tuple(FUNCTIONS)))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "privacy.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "config",
    [
        "",
        "[project]\nname = 'shop'",
        "[tool.discreet]  # ours\nextend-ignore = ['PII102']\n\n[tool.ruff]\n",
        "[tool.discreet]",
    ],
)
def test_what_is_written_is_used(config: str, tree: Any, discreet: Any) -> None:
    root = tree({"pyproject.toml": config, "shop/__init__.py": "", "shop/case.py": LOGS, "tests/__init__.py": ""})
    result = discreet("init")
    assert (result.status, result.out.splitlines()[0]) == (
        0,
        "shop/privacy.py: written, and declared in pyproject.toml",
    )
    assert (root / "pyproject.toml").read_text().startswith(config.rstrip("\n").partition("\n")[0])
    assert discreet("check", "--fix").status == 0
    wanted = "mask_email(email), mask_phone(phone), redact(customer_name))"
    assert wanted in (root / "shop" / "case.py").read_text()


def test_only_those_that_are_wanted(tree: Any, discreet: Any) -> None:
    root = tree({"pyproject.toml": "", "src/shop/__init__.py": ""})
    assert discreet("init", "--categories", "phone").status == 0
    assert (root / "pyproject.toml").read_text() == (
        '[tool.discreet]\nredactor = "shop.privacy:redact"\n\n'
        '[tool.discreet.redactors]\nphone = "shop.privacy:mask_phone"\n'
    )
    assert "mask_email" not in (root / "src" / "shop" / "privacy.py").read_text()


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({"pyproject.toml": ""}, (), "say which package gets the redactors, with --package: there is none here"),
        ({"pyproject.toml": "", "a/__init__.py": "", "b/__init__.py": ""}, (), "there are a, b"),
        ({"a/__init__.py": ""}, (), "pyproject.toml: is not there"),
        ({"pyproject.toml": "", "a/__init__.py": "", "a/privacy.py": "mine"}, (), "privacy.py: is there already"),
        (
            {"pyproject.toml": '[tool.discreet]\nredactor = "a.b:c"\n', "a/__init__.py": ""},
            (),
            "pyproject.toml: declares redactors already",
        ),
        (
            {"pyproject.toml": "tool.discreet.strict = true\n", "a/__init__.py": ""}, (), "nothing can be added to",
        ),
        ({"pyproject.toml": "", "a/__init__.py": ""}, ("--categories", "emial"), "did you mean 'email'?"),
        ({"pyproject.toml": "", "a/x.py": ""}, ("--package", "a"), "is no package of"),
    ],
)  # fmt: skip
def test_what_can_not_be_begun(
    files: dict[str, str], arguments: tuple[str, ...], said: str, tree: Any, discreet: Any
) -> None:
    root = tree(files)
    result = discreet("init", *arguments)
    assert (result.status, said in result.err) == (2, True), result.err
    for name, content in files.items():
        assert (root / name).read_text() == content
