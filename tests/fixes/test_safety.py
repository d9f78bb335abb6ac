"""What is not mended, or only as unsafe, and what is said about it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

LOGS = 'import logging\n\n\ndef note(email):\n    logging.info("to %s", email)\n'

REFUSED = {
    "no such module": (
        {"case.py": LOGS}, '[tool.discreet]\nredactor = "shop.secrecy:redact"\n', "there is no module shop.secrecy",
    ),
    "no such function": (
        {"case.py": LOGS}, '[tool.discreet]\nredactor = "shop.privacy:hide"\n', "shop.privacy has no hide",
    ),
    "nothing declared, and nothing left": (
        {"case.py": LOGS.replace('"to %s"', '"%s"')}, "[tool.discreet]\n",
        "no redactor is declared in [tool.discreet], and nothing would be left of the message",
    ),
    "a placeholder for a number alone": (
        {"case.py": LOGS.replace("to %s", "%d")}, None,
        "its placeholder asks for something other than a text, and nothing would be left of the message",
    ),
    "a variable that nobody would need": (
        {"case.py": LOGS.replace("note(email):", "note(order):\n    email = order.email").replace("%s", "%d")}, None,
        "it could not be proved: pyflakes would find something new: UnusedVariable email",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(case: str, shop: Any, discreet: Any) -> None:
    files, config, reason = REFUSED[case]
    root = shop(files, config) if config is not None else shop(files)
    result = discreet("check", "--fix", "--unsafe-fixes", "--output-format", "full")
    assert (root / "shop" / "case.py").read_text() == files["case.py"]
    assert result.status == 1
    assert "proved" in reason or f"fix (manual): No automatic fix: {reason}." in result.out
    assert f"nothing mended\n1 finding can't be mended:\n  1: {reason}\n" in result.err


def test_a_circle_of_imports_is_not_closed(shop: Any, discreet: Any) -> None:
    privacy = "from shop import rules\n\n\ndef redact(value: object) -> str:\n    return rules.hide(value)\n"
    rules = "from .case import note\n\n\ndef hide(value):\n    return '***'\n"
    root = shop({"case.py": LOGS, "rules.py": rules}, '[tool.discreet]\nredactor = "shop.privacy:redact"\n', privacy)
    result = discreet("check", "--fix")
    assert (root / "shop" / "case.py").read_text() == LOGS
    alone = discreet("fix", "shop/case.py")
    assert "would close a circle" in alone.err, "told from one file as well as from all"
    assert (root / "shop" / "case.py").read_text() == LOGS
    assert "importing shop.privacy here would close a circle: shop.rules imports this module" in result.err


def test_a_package_above_both_is_no_circle(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": LOGS})
    (root / "shop" / "__init__.py").write_text("from shop.case import note\n")
    discreet("check", "--fix")
    assert "redact(email)" in (root / "shop" / "case.py").read_text()


def test_imports_in_functions_and_for_types_close_no_circle(shop: Any, discreet: Any) -> None:
    privacy = (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop.case import note\n\n\n"
        "def redact(value: object) -> str:\n    from shop import case\n\n    return '***'\n"
    )
    root = shop({"case.py": LOGS}, privacy=privacy)
    discreet("check", "--fix")
    assert "redact(email)" in (root / "shop" / "case.py").read_text()


CIRCLES = {
    "not for types only": {
        "privacy.py": "from typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    from shop.case import note\n",
    },
    "by the package that is mended": {
        "case/__init__.py": LOGS, "case/other.py": "", "privacy.py": "import shop.case.other\n",
    },
    "by the package above, which is not above the redactor": {
        "deep/__init__.py": "from shop.deep import case\n", "deep/case.py": LOGS, "deep/other.py": "",
        "privacy.py": "import shop.deep.other\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CIRCLES)
def test_circles_that_close_when_the_redactor_is_imported_first(case: str, shop: Any, discreet: Any) -> None:
    files = {"case.py": LOGS, **CIRCLES[case]} if case == "not for types only" else CIRCLES[case]
    files = {f"shop/{name}": text for name, text in files.items()}
    files["shop/privacy.py"] += "\n\ndef redact(value: object) -> str:\n    return '***'\n"
    root = shop(files, '[tool.discreet]\nredactor = "shop.privacy:redact"\n')
    assert "would close a circle" in discreet("check", "--fix").err
    program = [sys.executable, "-c", "import shop.privacy"]
    assert subprocess.run(program, cwd=root, capture_output=True, check=False).returncode == 0


def test_what_others_import_by_a_star_gets_no_new_public_name(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": LOGS, "all.py": "from shop.case import *\n"})
    discreet("check", "--fix")
    assert "import redact as _redact\n" in (root / "shop" / "case.py").read_text()


def test_with_all_the_name_is_as_it_is(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": '__all__ = ["note"]\n' + LOGS, "all.py": "from shop.case import *\n"})
    discreet("check", "--fix")
    assert "import redact\n" in (root / "shop" / "case.py").read_text()


def test_an_all_that_is_worked_out_does_not_take_the_name(shop: Any, discreet: Any) -> None:
    worked_out = LOGS + '\n\n__all__ = [name for name in globals() if not name.startswith("_")]\n'
    root = shop({"case.py": worked_out, "all.py": "from shop.case import *\n"})
    discreet("check", "--fix")
    assert "import redact as _redact\n" in (root / "shop" / "case.py").read_text()


@pytest.mark.parametrize("head", ["", "from shop.privacy import __redact\n"])
def test_a_name_that_means_another_one_in_a_class_is_not_used_there(head: str, shop: Any, discreet: Any) -> None:
    body = f"import logging\n{head}\n\nclass Case:\n    def note(self, email):\n        logging.info('to %s', email)\n"
    privacy = "def __redact(value: object) -> str:\n    return '***'\n"
    root = shop({"case.py": body}, '[tool.discreet]\nredactor = "shop.privacy:__redact"\n', privacy)
    discreet("check", "--fix")
    program = [sys.executable, "-c", "from shop.case import Case; Case().note('x')"]
    assert subprocess.run(program, cwd=root, capture_output=True, check=False).returncode == 0
    assert "_redact(email)" in (root / "shop" / "case.py").read_text()


def test_what_an_exception_hands_on_is_left(shop: Any, discreet: Any) -> None:
    text = "def first(customers):\n    for each in customers:\n        raise StopIteration(each.email)\n"
    case = shop({"case.py": text}) / "shop" / "case.py"
    result = discreet("check", "--fix", "--unsafe-fixes")
    assert (result.codes, case.read_text()) == (["shop/case.py:3 PII107"], text)


def test_another_import_path_is_unsafe(shop: Any, discreet: Any) -> None:
    root = shop({"src/tool/case.py": LOGS, "src/tool/__init__.py": ""})
    case = root / "src" / "tool" / "case.py"
    result = discreet("check", "--fix")
    assert case.read_text() == LOGS
    assert "the redactor may not be on the import path here" in result.err
    discreet("check", "--fix", "--unsafe-fixes")
    assert "redact(email)" in case.read_text()


def test_a_script_that_may_run_from_anywhere_is_unsafe(shop: Any, discreet: Any) -> None:
    root = shop({"scripts/alone.py": LOGS, "scripts/knows.py": "import shop.prices\n" + LOGS, "prices.py": ""})
    discreet("check", "--fix")
    assert "redact" not in (root / "scripts" / "alone.py").read_text()
    assert "redact(email)" in (root / "scripts" / "knows.py").read_text()


def test_what_a_command_shows_its_user_is_unsafe(shop: Any, discreet: Any) -> None:
    text = "import click\n\n\n@click.command()\ndef show(email):\n    click.echo(email)\n"
    case = shop({"case.py": text}) / "shop" / "case.py"
    result = discreet("check", "--fix", "--select", "PII105")
    assert (result.codes, case.read_text()) == (["shop/case.py:6 PII105"], text)
    discreet("check", "--fix", "--select", "PII105", "--unsafe-fixes")
    assert "click.echo(redact(email))" in case.read_text()


def test_a_library_of_somebody_else_can_be_named(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": LOGS}, '[tool.discreet]\nredactor = "shopkit.hiding:hide"\n')
    assert discreet("check", "--fix").status == 0
    text = (root / "shop" / "case.py").read_text()
    assert "from shopkit.hiding import hide\n" in text
    assert "hide(email)" in text


@pytest.mark.parametrize("before", [LOGS, "from scrubadub import clean\n" + LOGS])
def test_a_library_that_fails_for_none_is_unsafe(before: str, shop: Any, discreet: Any) -> None:
    case = shop({"case.py": before}, '[tool.discreet]\nredactor = "scrubadub:clean"\n') / "shop" / "case.py"
    result = discreet("check", "--fix")
    assert case.read_text() == before
    assert "scrubadub.clean fails for what is no text, None too" in result.err
    discreet("check", "--fix", "--unsafe-fixes")
    assert "clean(email)" in case.read_text()


def test_a_library_without_such_a_function_says_what_to_do(shop: Any, discreet: Any) -> None:
    config = '[tool.discreet]\nredactor = "presidio_anonymizer:AnonymizerEngine"\n'
    case = shop({"case.py": LOGS}, config) / "shop" / "case.py"
    result = discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_text() == LOGS
    assert "`discreet init --using presidio-anonymizer` writes one" in result.err


def test_a_story_that_crosses_files_is_mended_where_it_ends(shop: Any, discreet: Any) -> None:
    files = {
        "mail.py": 'import logging\n\n\ndef send(to):\n    logging.info("sent to %s", to)\n',
        "case.py": "from shop.mail import send\n\n\ndef note(customer):\n    send(customer.email)\n",
    }
    root = shop(files)
    assert discreet("check").codes == ["shop/mail.py:5 PII101"]
    assert discreet("check", "--fix").status == 0
    assert "redact(to)" in (root / "shop" / "mail.py").read_text()
    assert (root / "shop" / "case.py").read_text() == files["case.py"]


def test_what_is_silenced_or_held_back_is_left(shop: Any, discreet: Any) -> None:
    silenced = (
        LOGS.replace("email)\n    logging.info", "email):\n    logging.info")
        .replace("email)\n", "email)  # noqa: PII101 -- agreed\n")
        .replace("note(email)  # noqa: PII101 -- agreed", "note(email)")
    )
    files = {"case.py": silenced, "tests/test_case.py": LOGS}
    root = shop(files)
    assert discreet("check", "--fix").status == 0
    assert (root / "shop" / "case.py").read_text() == silenced
    assert (root / "tests" / "test_case.py").read_text() == LOGS


def test_the_rules_that_are_selected_decide(shop: Any, discreet: Any) -> None:
    both = LOGS + "    print(email)\n"
    root = shop({"case.py": both})
    discreet("fix", "--select", "PII103", "shop")
    text = (root / "shop" / "case.py").read_text()
    assert "print(redact(email))" in text
    assert '"to %s", email)' in text
