"""The cache holds nobody's data: whatever looks like an address or a number in the analysed code is not in it.

The rows are taken apart, since numbers in them are no text and long values are scattered over the file's pages; and the
file's bytes are searched as well, for whoever finds it will do no other.
"""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from discreet.facts.reading import LONGEST
from discreet.project.cache import DIRECTORY
from discreet.project.cache.place import TABLES
from discreet.project.config import Config
from discreet.project.result import Means
from discreet.project.run import check

FIXTURES = Path(__file__).parents[2] / "fixtures"

PLACES = '''
import enum
import logging
import typing as t
from collections import namedtuple
from dataclasses import dataclass, field

__all__ = ["<mail>", "<phone>"]
NUMBER = <phone>
NEGATIVE = -<phone>
FLOAT = <phone>.5
BYTES = b"<mail>"
SSN = "<ssn>"
CARD = "<card>"
PHONE = "+49 <grouped>"
GLUED = "<mail>,<phone>;<mail>"
NAMED = {"<mail>": 1, "<phone>": 2, <phone>: "<mail>"}
Point = namedtuple("Point", "<mail> x<phone>")
Row = t.TypedDict("Row", {"<mail>": str})
Mail = t.NewType("<mail>", str)


class Kind(enum.Enum):
    """Ask <mail>."""

    A = "<mail>"
    B = <phone>
    C = "x<phone>"


@dataclass
class Person:
    """.. pii: ask <mail>
    .. pii_types: <mail>, <phone>
    """

    email: t.Annotated[str, "pii:<mail>", "<phone>"] = "<mail>"
    phone: t.Literal["<phone>"] = "<phone>"
    nick: "<mail>" = field(default="<mail>", metadata={"<mail>": <phone>})
    token: str = "a"  # pii: <mail> <phone>

    __slots__ = ("<mail>",)


@logging.tag("<mail>", number=<phone>)
def f(email="<mail>", *, number=<phone>, person: "Person | <phone>" = None, **row):
    """Written by <mail>, <phone>."""
    logging.info("<mail> " + email, "<phone>")  # noqa: PII101 -- agreed with <mail>, <phone>
    logging.info(f"<mail> {email!r:<phone>} {row['<mail>']=} {'<mail>'}")  # noqa: PII101, A<phone>
    logging.info("%(x<phone>)s %(<mail>)s" % row)
    logging.info("%(<mail>)s %(email)s", row)
    logging.info("{0[<phone>]} {email.x<phone>} {x<phone>} {row[<mail>]}".format(row, email=email))
    logging.info("to <mail>: %s", row["<mail>"], extra={"<mail>": row[<phone>]})
    logging.info("<mail>".join([email, "<phone>"]))
    row["<mail>"] = email
    row[<phone>] = row[-<phone>] = email
    row["<ssn>"].append(email)
    del row["<mail>"]
    key = "<mail>"
    row[key] = email
    logging.info(row, row.get("<mail>", email), row.pop("<phone>", email), row[key])
    setattr(person, "<mail>", email)
    logging.info(getattr(person, "<mail>", email), getattr(person, "x<phone>"))
    row.setdefault("<mail>", []).append(email)
    row.update({"<mail>": email, **{"<phone>": email}}, y="<mail>")
    logging.info({k: v for k, v in row.items() if k in ("<mail>", "<phone>")})
    logging.info({k: v for k, v in row.items() if k not in ("<mail>", "<phone>")})
    logging.info({"<mail>": email, "email": "<mail>"})
    with open("/home/<mail>/<phone>") as file:
        file.write(email)
    match row:
        case {"<mail>": x, <phone>: y, **rest}:
            logging.info(x, y, rest)
        case "<mail>" | <phone>:
            logging.info(email)
        case Person(email="<mail>"):
            logging.info(email)
    if email == "<mail>" or email[<phone>] or email in ["<mail>"]:
        raise ValueError("<mail> and %s" % email, "<phone>")
    assert email, f"<mail> {email} <phone>"
    g = lambda address="<mail>": logging.info(address, "<mail>")
    import requests
    requests.post("https://<mail>/<phone>?q=" + email, json={"<mail>": email}, timeout=<phone>)
    unknown.client["<mail>"].send(email, "<mail>", <phone>)
    "<mail>".send_to(email)
    return "<mail>", {"<mail>": email}
'''
"""Every place in which a literal or a comment can say somebody's address or number."""

ODD = {
    "encoding.py": "# coding: x<phone>\n",
    "syntax.py": "x = '<mail>' <phone>\n",
    "number.py": "x = 0<phone>\n",
    "decimal.py": "x = <phone>abc\n",
    "string.py": "x = '<mail>\n",
    "call.py": "'<mail>' = <phone>\n",
    "formatted.py": "f'{<mail>!<phone>}'\n",
    "idle.py": "x = 1  # noqa: PII101, A<phone>, PII<phone> -- <mail>\n",
    "cut.py": "import logging\n\n\ndef f(email):\n    logging.info('"
    + "x" * (LONGEST - 7) + " <mail> %s', email)\n    logging.info('" + "x" * (LONGEST - 9) + " <ssn> %s', email)\n",
    "shrunk.py": "def f(row):\n    return row['" + "<mail> " * 200 + "']\n",
}  # fmt: skip


class Planter:
    """Makes addresses and numbers, each of them once."""

    def __init__(self) -> None:
        self.number = 0
        self.words: list[str] = []

    def __call__(self, kind: str) -> str:
        self.number += 1
        serial = f"{self.number:04}"
        word, secret = {
            "mail": (f"jane{serial}.roe@leaky.example.org", f"jane{serial}"),
            "phone": (f"1380013{serial}", f"1380013{serial}"),
            "grouped": (f"170 5550 {serial}", f"5550 {serial}"),
            "ssn": (f"078-05-{serial}", f"05-{serial}"),
            "card": (f"4111 1111 1111 {serial}", f"1111 {serial}"),
        }[kind]
        self.words.append(secret)
        return word

    def text(self, template: str) -> str:
        """The template with all its places filled."""
        return re.sub(r"<(mail|phone|grouped|ssn|card)>", lambda match: self(match[1]), template)


class Poison(ast.NodeTransformer):
    """Puts an address in the place of each string and a number in that of each number."""

    def __init__(self, plant: Planter) -> None:
        self.plant = plant

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            return ast.copy_location(ast.Constant(f"{self.plant('mail')} x{self.plant('phone')}"), node)
        if isinstance(node.value, int) and not isinstance(node.value, bool):
            return ast.copy_location(ast.Constant(int(self.plant("phone"))), node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                each.value = self.visit(each.value)
            elif isinstance(each, ast.Constant):
                each.value = f" {self.plant('mail')} "
        return node


def leaves(value: Any) -> Iterator[str | int]:
    """All texts and numbers in a row; what is packed in it is unpacked."""
    if isinstance(value, bytes):
        try:
            inner = msgspec.msgpack.decode(value)
        except (msgspec.DecodeError, UnicodeDecodeError):
            yield value.decode("latin-1")
        else:
            yield from leaves(inner)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from leaves(pair)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str | int):
        yield value
    elif isinstance(value, float):
        yield str(value)


def kept(root: Path) -> tuple[list[str | int], bytes]:
    """What a run over everything, with everything shown, leaves in the cache."""
    config = Config(root=root, select=("ALL",), min_confidence="low", include_tests=True)
    report = check([root], config, None, Means(jobs=1, cache=""))
    assert not report.notes
    assert report.files
    database = root / DIRECTORY / "cache.db"
    connection = sqlite3.connect(database)
    rows = [row[0] for table in TABLES for row in connection.execute(f"SELECT value FROM {table}")]
    connection.close()
    assert rows
    return list(leaves(rows)), database.read_bytes()


def leaked(plant: Planter, root: Path) -> list[str]:
    """The planted words that are in the cache."""
    found, raw = kept(root)
    numbers = {str(each) for each in found if isinstance(each, int)} | {
        str(-each) for each in found if isinstance(each, int)
    }
    texts = "\n".join(each for each in found if isinstance(each, str))
    return [word for word in plant.words if word in texts or word in numbers or word.encode() in raw]


def test_nothing_of_anybody_wherever_it_stands(tmp_path: Path) -> None:
    plant = Planter()
    for name, text in {"places.py": PLACES, **ODD}.items():
        (tmp_path / name).write_text(plant.text(text), encoding="utf-8")
    ast.parse((tmp_path / "places.py").read_text(encoding="utf-8"))
    found = leaked(plant, tmp_path)
    lines = [line for file in tmp_path.glob("*.py") for line in file.read_text("utf-8").splitlines()]
    assert not found, [line[:150] for line in lines if any(word in line for word in found)]


@pytest.mark.parametrize("trade", ["language", "shop", "bank", "clinic", "courier"])
def test_nothing_of_anybody_in_any_literal(tmp_path: Path, trade: str) -> None:
    plant = Planter()
    for number, file in enumerate(sorted((FIXTURES / trade).rglob("*.py"))):
        try:
            tree = Poison(plant).visit(ast.parse(file.read_text(encoding="utf-8")))
            text = ast.unparse(ast.fix_missing_locations(tree))
            ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        text = re.sub(r"(?m)(\w\))$", lambda match: f"{match[1]}  # noqa: PII1 -- {plant('mail')}", text)
        (tmp_path / f"{file.stem}{number}.py").write_text(text, encoding="utf-8")
    assert len(plant.words) > 100
    assert leaked(plant, tmp_path) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """Names of variables and files are kept, for findings name them: whoever calls a variable so is found out."""
    plant = Planter()
    plant.words = ["jane_roe_of_leaky", "roe_jane"]
    (tmp_path / "roe_jane.py").write_text("import logging\njane_roe_of_leaky = 1\nlogging.info(jane_roe_of_leaky)\n")
    assert leaked(plant, tmp_path) == plant.words
