"""``discreet init``: what it writes is typed, works, and is used by the next run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from discreet.cli.app import discreet as app
from discreet.fixes.starter import FUNCTIONS, module_text

LOGS = (
    'import logging\n\n\ndef note(email, phone, customer_name):\n'
    '    logging.info("to %s, %s, %s", email, phone, customer_name)\n'
)  # fmt: skip


class Column:
    """Like a column of a table: compared with something it gives a column, which is neither true nor false."""

    def __eq__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise ValueError("ambiguous")


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
        ("redact", "", "-"),
        ("redact", Column(), "***"),
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


def scrubadub() -> ModuleType:
    """As the library is: it takes texts only, and knows addresses for mail, but no names."""
    made = ModuleType("scrubadub")
    made.clean = lambda text: re.sub(r"\S+@\S+", "{{EMAIL}}", text)  # type: ignore[attr-defined]
    return made


def presidio() -> dict[str, ModuleType]:
    """As the library is: each stretch that it is told of becomes the name of its kind."""

    class Engine:
        def anonymize(self, text: str, analyzer_results: Any) -> Any:
            ((kind, start, end, _),) = analyzer_results
            return SimpleNamespace(text=f"{text[:start]}<{kind}>{text[end:]}")

    made, entities = ModuleType("presidio_anonymizer"), ModuleType("presidio_anonymizer.entities")
    made.AnonymizerEngine = Engine  # type: ignore[attr-defined]
    entities.RecognizerResult = lambda *said: said  # type: ignore[attr-defined]
    return {made.__name__: made, entities.__name__: entities}


@pytest.mark.parametrize(
    ("library", "email", "name"),
    [("scrubadub", "{{EMAIL}}", "***"), ("presidio-anonymizer", "<PERSONAL_DATA>", "<PERSONAL_DATA>")],
)
def test_a_library_makes_the_one_for_everything(
    library: str, email: str, name: str, tree: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"pyproject.toml": "", "shop/__init__.py": "", "shop/case.py": LOGS})
    assert discreet("init", "--using", library).status == 0
    assert (root / "pyproject.toml").read_text() == '[tool.discreet]\nredactor = "shop.privacy:redact"\n'
    for module, made in {"scrubadub": scrubadub(), **presidio()}.items():
        monkeypatch.setitem(sys.modules, module, made)
    scope: dict[str, Any] = {}
    exec((root / "shop" / "privacy.py").read_text(), scope)
    shown = [scope["redact"](value) for value in (None, "", "anna@mail.invalid", "Anna", 17)]
    assert shown == ["-", "-", email, name, name]
    assert discreet("check", "--fix").status == 0
    assert "redact(email), redact(phone), redact(customer_name))" in (root / "shop" / "case.py").read_text()


def test_a_library_with_functions_beside_it(tree: Any, discreet: Any) -> None:
    root = tree({"pyproject.toml": "", "shop/__init__.py": ""})
    assert discreet("init", "--using", "scrubadub", "--categories", "phone").status == 0
    assert "def mask_phone(" in (root / "shop" / "privacy.py").read_text()


@pytest.mark.parametrize(
    ("answers", "packages", "functions"),
    [
        ("b\n\n", ("a", "b"), ["redact", "mask_email", "mask_phone", "mask_national_id", "mask_card_number"]),
        ("phone, email\n", ("b",), ["redact", "mask_email", "mask_phone"]),
        ("none\n", ("b",), ["redact"]),
    ],
)
def test_on_a_terminal_it_asks(
    answers: str, packages: tuple[str, ...], functions: list[str], tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"pyproject.toml": "", **{f"{each}/__init__.py": "" for each in packages}})
    monkeypatch.setattr("discreet.cli.starting.is_terminal", lambda stream: True)
    result = CliRunner().invoke(app, ["init"], input=answers)
    assert result.exit_code == 0, result.output
    text = (root / "b" / "privacy.py").read_text()
    assert re.findall(r"^def (\w+)", text, re.MULTILINE) == functions


def test_where_it_can_not_be_declared_nothing_is_left_behind(
    tree: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"pyproject.toml": "", "shop/__init__.py": ""})

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device", str(root / "pyproject.toml"))

    monkeypatch.setattr(os, "replace", full)
    result = discreet("init")
    assert (result.status, result.out) == (2, "")
    assert result.err == f"discreet: error: {root}/pyproject.toml: No space left on device\n"
    assert [each.name for each in (root / "shop").iterdir()] == ["__init__.py"]
    monkeypatch.undo()
    monkeypatch.chdir(root)
    assert discreet("init").status == 0
