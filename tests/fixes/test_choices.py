"""Types, settings and personal data in the code, mended from outside: what the pairs of files don't show."""

from __future__ import annotations

import json
from typing import Any

import pytest

CONFIG = '[tool.discreet]\nextend-select = ["PII4", "PII505", "PII6"]\n'
MODEL = "from pydantic import BaseModel\n\n\nclass Base(BaseModel):\n    id: int\n"
TYPE = "from dataclasses import dataclass\n\n\n@dataclass\nclass Patient:\n    id: int\n    full_name: str\n"
SETTING = 'import sentry_sdk\n\nsentry_sdk.init(\n\tdsn="https://key@sentry.invalid/1",\n\tsend_default_pii=True,\n)\n'
LITERAL = 'NOTIFY = "ilkay@gmail.com"\n'


def test_without_a_word_none_of_them_is_touched(shop: Any, discreet: Any) -> None:
    files = {"a.py": TYPE, "b.py": SETTING, "c.py": LITERAL}
    root = shop(files, CONFIG)
    result = discreet("check", "--fix")
    assert {name: (root / "shop" / name).read_text() for name in files} == files
    assert "nothing mended\n4 findings can be mended with --unsafe-fixes:\n" in result.err


FORMS = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "latin-1": lambda text: f"# coding: latin-1\n# für\n{text}".encode("latin-1"),
    "wide characters": lambda text: (
        f'WIDE = "𝔘 中文"; {text}'.encode() if text.startswith("NOTIFY") else f"# 中文\n{text}".encode()
    ),
    "no newline at the end": lambda text: text.rstrip("\n").encode(),
}
AFTER = {
    TYPE: TYPE.replace("dataclass\n\n\n", "dataclass\nfrom dataclasses import field\n\n\n").replace(
        "full_name: str", "full_name: str = field(repr=False)"
    ),
    SETTING: SETTING.replace("=True,\n", "=False,\n\tinclude_local_variables=False,\n"),
    LITERAL: 'NOTIFY = "user@example.com"\n',
}


@pytest.mark.parametrize("text", AFTER, ids=["type", "setting", "literal"])
@pytest.mark.parametrize("form", FORMS)
def test_every_other_byte_is_kept(form: str, text: str, shop: Any, discreet: Any) -> None:
    case = shop({"case.py": FORMS[form](text)}, CONFIG) / "shop" / "case.py"
    assert discreet("check", "--fix", "--unsafe-fixes").out == ""
    assert case.read_bytes() == FORMS[form](AFTER[text])
    again = discreet("check", "--fix", "--unsafe-fixes")
    assert (again.status, case.read_bytes()) == (0, FORMS[form](AFTER[text]))


@pytest.mark.parametrize("text", AFTER, ids=["type", "setting", "literal"])
def test_edits_in_json_give_the_new_file(text: str, shop: Any, discreet: Any) -> None:
    case = shop({"case.py": text}, CONFIG.replace("PII4", "PII401")) / "shop" / "case.py"
    (found,) = json.loads(discreet("check", "--show-fixes", "--output-format", "json").out)
    assert found["fix"]["applicability"] == "unsafe"
    lines = text.splitlines(keepends=True)
    offsets = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    new = text
    for edit in reversed(found["fix"]["edits"]):
        start = offsets[edit["line"] - 1] + edit["column"] - 1
        end = offsets[edit["end_line"] - 1] + edit["end_column"] - 1
        new = new[:start] + edit["text"] + new[end:]
    discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_text() == new != text


# -- types -------------------------------------------------------------------------------------------------------------


def test_a_log_call_is_left_when_the_type_it_shows_is_mended(shop: Any, discreet: Any) -> None:
    uses = (
        "import logging\n\nfrom shop.model import Patient\n\n\ndef note(patient: Patient):\n    logging.info(patient)\n"
    )
    root = shop({"model.py": TYPE, "case.py": uses}, f'{CONFIG}redactor = "shop.privacy:redact"\n')
    assert discreet("check").codes == ["shop/case.py:7 PII101", "shop/model.py:5 PII601"]
    result = discreet("check", "--fix", "--unsafe-fixes")
    assert (result.status, (root / "shop" / "case.py").read_text()) == (0, uses)
    assert result.err.startswith("1 finding in 1 file mended\n")


def test_a_log_call_is_wrapped_where_the_type_stays_as_it_is(shop: Any, discreet: Any) -> None:
    uses = (
        "import logging\n\nfrom shop.model import Patient\n\n\ndef note(patient: Patient):\n    logging.info(patient)\n"
    )
    model = "from typing import NamedTuple\n\n\nclass Patient(NamedTuple):\n    full_name: str\n"
    root = shop({"model.py": model, "case.py": uses}, f'{CONFIG}redactor = "shop.privacy:redact"\n')
    result = discreet("check", "--fix", "--unsafe-fixes")
    assert result.codes == ["shop/model.py:4 PII601"]
    assert "logging.info(redact(patient))" in (root / "shop" / "case.py").read_text()
    assert "1: a NamedTuple shows all its fields" in result.err


def test_a_base_class_in_another_file_says_how(shop: Any, discreet: Any) -> None:
    files = {
        "base.py": MODEL,
        "bases/__init__.py": "",
        "all.py": "from shop.base import Base as Model\n",
        "case.py": "from . import all\n\n\nclass Contact(all.Model, hide_input_in_errors=True):\n    email: str\n",
    }
    root = shop(files, CONFIG)
    assert discreet("check", "--fix", "--unsafe-fixes").status == 0
    assert (root / "shop" / "case.py").read_text() == (
        "from . import all\nfrom pydantic import Field\n\n\n"
        "class Contact(all.Model, hide_input_in_errors=True):\n    email: str = Field(repr=False)\n"
    )


def test_an_unknown_base_class_is_for_a_person(shop: Any, discreet: Any) -> None:
    text = TYPE.replace("@dataclass", "@lookalike").replace("import dataclass", "import dataclass as lookalike")
    files = {"make.py": "from dataclasses import dataclass as made\n", "case.py": text}
    root = shop(files, CONFIG)
    discreet("check", "--fix", "--unsafe-fixes")
    assert "full_name: str = field(repr=False)" in (root / "shop" / "case.py").read_text(), "an alias is followed"


def test_only_the_fields_that_are_shown_are_hidden(shop: Any, discreet: Any) -> None:
    text = TYPE + "    ward: str\n    phone: str = ''\n    visits: int = 0\n"
    case = shop({"case.py": text}, CONFIG) / "shop" / "case.py"
    result = discreet("check", "--show-fixes", "--output-format", "full")
    assert "fix (unsafe): Keep full_name and phone out of the text with field(repr=False)" in result.out
    discreet("check", "--fix", "--unsafe-fixes")
    assert [line for line in case.read_text().splitlines() if "repr=False" in line] == [
        "    full_name: str = field(repr=False)",
        "    phone: str = field(default='', repr=False)",
    ]


def test_a_credential_is_held_as_the_others_are(shop: Any, discreet: Any) -> None:
    text = (
        "from pydantic import BaseModel, SecretStr\n\n\nclass Account(BaseModel, hide_input_in_errors=True):\n"
        "    email: str\n    password: str\n    api_token: SecretStr\n"
    )
    case = shop({"case.py": text}, CONFIG) / "shop" / "case.py"
    result = discreet("check", "--show-fixes", "--output-format", "full")
    says = "Hold password in SecretStr; Keep email out of the text with Field(repr=False)"
    assert f"fix (unsafe): {says} (unsafe: whoever reads the field has to ask for its secret)" in result.out
    discreet("check", "--fix", "--unsafe-fixes")
    after = text.replace("email: str", "email: str = Field(repr=False)").replace("password: str", "password: SecretStr")
    assert case.read_text() == after.replace("SecretStr\n\n", "SecretStr\nfrom pydantic import Field\n\n", 1)


def test_what_is_silenced_stays(shop: Any, discreet: Any) -> None:
    text = TYPE.replace("class Patient:", "class Patient:  # noqa: PII601 -- shown to its doctor only")
    case = shop({"case.py": text}, CONFIG) / "shop" / "case.py"
    assert discreet("check", "--fix", "--unsafe-fixes").status == 0
    assert case.read_text() == text


# -- personal data in the code -----------------------------------------------------------------------------------------


def test_a_value_that_stands_too_often_is_for_a_person(shop: Any, discreet: Any) -> None:
    text = LITERAL * 9
    case = shop({"case.py": text}, CONFIG) / "shop" / "case.py"
    result = discreet("check", "--fix", "--unsafe-fixes")
    assert (result.status, case.read_text()) == (1, text)
    assert "1: it stands in too many places of the file" in result.err


def test_persons_stay_apart(shop: Any, discreet: Any) -> None:
    text = 'TO = ["ilkay@gmail.com", "agata_wrobel@gmail.com"]\nCC = "ilkay@gmail.com"\n'
    case = shop({"case.py": text}, CONFIG) / "shop" / "case.py"
    assert discreet("check", "--fix", "--unsafe-fixes").status == 0
    assert case.read_text() == 'TO = ["user@example.com", "user2@example.com"]\nCC = "user@example.com"\n'


def test_a_notebook_is_for_a_person(shop: Any, discreet: Any) -> None:
    cell = {"cell_type": "code", "source": [LITERAL], "metadata": {}, "outputs": [], "execution_count": None}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    case = shop({"case.ipynb": text}, CONFIG) / "shop" / "case.ipynb"
    result = discreet("check", "--fix", "--unsafe-fixes", "shop/case.ipynb")
    assert (result.codes, case.read_text()) == (["shop/case.ipynb:cell 1:1 PII503"], text)
    assert "it stands in a notebook" in result.err


def test_no_report_of_a_fix_shows_whose_data_it_was(shop: Any, discreet: Any) -> None:
    shop({"case.py": LITERAL}, CONFIG)
    for arguments in (
        ["--diff"],
        ["--show-fixes", "--output-format", "full"],
        ["--show-fixes", "--output-format", "json"],
    ):
        result = discreet("check", "--unsafe-fixes", *arguments)
        assert "ilkay" not in result.out + result.err


def test_a_value_that_also_stands_where_nothing_is_said_of_it_stays(shop: Any, discreet: Any) -> None:
    text = 'SENT = {\n    "from_address": "anna.kowalska@gmail.com",\n    "source": "anna.kowalska@gmail.com",\n}\n'
    case = shop({"case.py": text}) / "shop" / "case.py"
    result = discreet("check", "--fix", "--unsafe-fixes", "--select", "PII503")
    assert case.read_text() == text
    assert "it also stands in the file where nothing is said of it" in result.err
