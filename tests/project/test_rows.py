"""Rows that a project adds to the catalogue do what built-in ones do, wherever discreet runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import row_files
from discreet.catalogue.written import check
from discreet.project.config import ConfigError, load
from discreet.rules.rule import SinkKind

PYPROJECT = '[tool.discreet]\ncatalogue = ["privacy/catalogue.toml"]\n'
SEND = '[[sink]]\ntarget = "acme.bus"\nmembers = ["send"]\nkind = "http"\nargs = ["1|body"]\nform = "data"\n'
SENT = "import acme\n\ndef f(user):\n    acme.bus.send('topic', user.email)\n    acme.bus.send(user.email, 'x')\n"


Run = Callable[..., Any]
Tree = Callable[[Mapping[str, str]], Path]


def project(tree: Tree, rows: str, source: str, **more: str) -> Path:
    return tree({"pyproject.toml": PYPROJECT, "privacy/catalogue.toml": rows, "app.py": source, **more})


CASES = {
    "sink": (SEND, SENT, ["app.py:4 PII201"]),
    "sink by keyword": (
        SEND,
        "from acme import bus\n\ndef f(user):\n    bus.send('t', body=user.email)\n    bus.send('t', key=user.email)\n",
        ["app.py:4 PII201"],
    ),
    "sink of what a call returns": (
        SEND.replace("acme.bus", "acme.Bus") + '[[returns]]\ntarget = "acme.connect"\ntype = "acme.Bus"\n',
        "import acme\n\ndef f(user):\n    acme.connect().send('t', user.email)\n",
        ["app.py:4 PII201"],
    ),
    "transform": (
        '[[transform]]\ntarget = "acme.tokens.*"\neffect = "sanitize"\n',
        (
            "import acme.tokens, acme.other\n\ndef f(user):\n    print(acme.other.of(user.email))\n"
            "    logging.info(acme.tokens.of(user.email))\nimport logging\n"
        ),
        [],
    ),
    "method": (
        '[[method]]\nmembers = ["veiled"]\neffect = "clean"\n',
        "import logging\n\ndef f(user):\n    logging.info(user.email.veiled())\n    logging.info(user.email.strip())\n",
        ["app.py:5 PII101"],
    ),
    "type": (
        '[[type]]\ntarget = "acme.types.Mail"\ncategories = ["email"]\n',
        "import logging\nfrom acme.types import Mail\n\ndef f(x: Mail):\n    logging.info(x)\n",
        ["app.py:5 PII101"],
    ),
    "class": (
        '[[class]]\ntarget = "acme.Account"\n[class.attributes]\nhandle = "category:email"\nnumber = "clean"\n',
        (
            "import logging\nfrom acme import Account\n\ndef f(a: Account):\n    logging.info(a.handle)\n"
            "    logging.info(a.number)\n"
        ),
        ["app.py:5 PII101"],
    ),
    "field": (
        '[[field]]\ntarget = "acme.db.Mail"\ncategories = ["email"]\n',
        (
            "import logging\nfrom acme import db\nfrom django.db import models\n\n"
            "class P(models.Model):\n    where = db.Mail()\n    what = db.Text()\n\n"
            "def f(p: P):\n    logging.info(p.where)\n    logging.info(p.what)\n"
        ),
        ["app.py:10 PII101"],
    ),
    "handler of a decorator": (
        '[[handler]]\ntarget = "acme.subscriber"\nparameter = ["0"]\ngives = "one:0"\n',
        (
            "import logging, acme\n\nclass Order:\n    email: str\n    total: int\n\n@acme.subscriber(Order)\n"
            "def f(x):\n    logging.info(x.total)\n    logging.info(x.email)\n\n"
            "@acme.publisher(Order)\ndef g(x):\n    logging.info(x)\n"
        ),
        ["app.py:10 PII101"],
    ),
    "handler of a class": (
        '[[handler]]\ntarget = "acme.Checker"\nmembers = ["check_*"]\nparameter = ["1"]\ngives = "field:check_"\n',
        (
            "import logging\nfrom acme import Checker\n\nclass Order(Checker):\n    email: str\n    total: int\n"
            "    def check_email(self, x):\n        logging.info(x)\n"
            "    def check_total(self, x):\n        logging.info(x)\n"
        ),
        ["app.py:8 PII101"],
    ),
    "caller": (
        '[[caller]]\ntarget = "acme.later"\ncallee = "0"\nrest = ["1+"]\n',
        (
            "import logging, acme\n\ndef say(x):\n    logging.info('%s', x)\n\ndef f(user):\n"
            "    acme.later(say, user.email)\n    acme.never(say, user.phone)\n"
        ),
        ["app.py:4 PII101"],
    ),
    "frame, and what makes one": (
        (
            '[[class]]\ntarget = "acme.Table"\ntext = "frame"\n'
            '[[maker]]\ntarget = "acme.Table"\neffect = "frame"\n'
            '[[returns]]\ntarget = "acme.Table"\ntype = "acme.Table"\n'
            '[[frame]]\nmembers = ["without_people"]\neffect = "clean"\n'
        ),
        (
            "import logging\nfrom acme import Table\n\ndef f(user):\n    people = Table({'email': [user.email]})\n"
            "    logging.info(people)\n    logging.info(people.without_people())\n    logging.info(people['size'])\n"
        ),
        ["app.py:6 PII101"],
    ),
    "frame that is read": (
        (
            '[[class]]\ntarget = "acme.Table"\ntext = "frame"\n'
            '[[maker]]\ntarget = "acme.fetch"\neffect = "read"\n'
            '[[returns]]\ntarget = "acme.fetch"\ntype = "acme.Table"\n'
        ),
        (
            "import logging, acme\n\ndef f():\n    people = acme.fetch('people')\n"
            "    logging.info(people['email'])\n    logging.info(people['size'])\n"
        ),
        ["app.py:5 PII101"],
    ),
    "convention": (
        (
            '[convention]\nholder = "acme.Holder"\n'
            '[[class]]\ntarget = "acme.Holder"\nattributes = {it = "category:email", size = "clean"}\n'
        ),
        "import logging\n\ndef f(holder, it):\n    logging.info(holder.it)\n    logging.info(it.it, holder.size)\n",
        ["app.py:4 PII101"],
    ),
    "what is built in, said anew": (
        '[[sink]]\ntarget = "logging"\nmembers = ["info"]\nkind = "log"\nargs = ["extra"]\n',
        "import logging\n\ndef f(user):\n    logging.info(user.email)\n    logging.warning(user.email)\n",
        ["app.py:5 PII101"],
    ),
}


@pytest.mark.parametrize(("rows", "source", "expected"), CASES.values(), ids=CASES.keys())
def test_a_row_works_as_a_built_in_one(tree: Tree, discreet: Run, rows: str, source: str, expected: list[str]) -> None:
    project(tree, rows, source)
    assert discreet("check", "--no-cache").codes == expected


def test_without_the_rows_nothing_is_known(tree: Tree, discreet: Run) -> None:
    project(tree, SEND, SENT)
    assert discreet("check", "--no-cache", "--isolated").codes == []


def test_a_changed_row_is_a_changed_answer(tree: Tree, discreet: Run) -> None:
    root = project(tree, SEND, SENT)
    assert discreet("check").codes == ["app.py:4 PII201"]
    assert discreet("check").codes == ["app.py:4 PII201"]
    (root / "privacy/catalogue.toml").write_text(SEND.replace("1|body", "0"), encoding="utf-8")
    assert discreet("check").codes == ["app.py:5 PII201"]
    (root / "privacy/catalogue.toml").write_text("", encoding="utf-8")
    assert discreet("check").codes == []


def test_other_processes_know_the_rows(tree: Tree, discreet: Run) -> None:
    root = project(tree, SEND, SENT)
    for number in range(110):
        (root / f"m{number:03}.py").write_text(SENT, encoding="utf-8")
    expected = ["app.py:4 PII201", *(f"m{number:03}.py:4 PII201" for number in range(110))]
    assert discreet("check", "--no-cache", "--jobs", "2").codes == expected


def test_flake8_knows_the_rows(tree: Tree, command: Run) -> None:
    project(tree, SEND, SENT)
    found = command("flake8", "--isolated", "--select", "PII", "app.py")
    assert found.codes == ["app.py:4 PII201"]


def test_trace_knows_the_rows(tree: Tree, discreet: Run) -> None:
    project(tree, SEND, SENT)
    assert "PII201" in discreet("trace", "app.py:4").out
    assert "acme.bus.send" in discreet("trace", "--why-not", "app.py:5").out


BAD = {
    "unknown table": ('[[snik]]\ntarget = "a"\n', "there is no table 'snik' (did you mean 'sink'?)", "transform"),
    "no list": ('[sink]\ntarget = "a"\n', "sink is no list of rows", "[[sink]]"),
    "unknown key": (SEND + 'knid = "log"\n', "1 (acme.bus.send) has no key 'knid' (did you mean 'kind'?)", "args"),
    "unknown kind": (SEND.replace("http", "htpp"), "kind: 'htpp' is not taken (did you mean 'http'?)", "telemetry"),
    "no kind": ('[[sink]]\ntarget = "a.b"\nargs = ["0"]\n', "[[sink]] 1 (a.b) has no kind", "analytics"),
    "no target": ('[[type]]\ncategories = ["email"]\n', "[[type]] 1 has no target", "a dotted name"),
    "selector": (SEND.replace("1|body", "1-"), "args: ['1-'] is not taken", "0|name"),
    "effect": ('[[transform]]\ntarget = "a.b"\neffect = "claen"\n', "(did you mean 'clean'?)", "keep"),
    "frame's effect": ('[[frame]]\nmembers = ["m"]\neffect = "keeps"\n', "(did you mean 'keep'?)", "records"),
    "maker's effect": ('[[maker]]\ntarget = "a.b"\neffect = "reads"\n', "(did you mean 'read'?)", "query"),
    "category": ('[[type]]\ntarget = "a.B"\ncategories = ["emial"]\n', "'emial' is not a category (did", "phone"),
    "attribute": (
        '[[class]]\ntarget = "a.B"\nattributes = {x = "mail"}\n',
        "attributes: {'x': 'mail'} is",
        "category:KEY",
    ),
    "attribute's category": (
        '[[class]]\ntarget = "a.B"\nattributes = {x = "category:emial"}\n',
        "attributes: x: 'emial' is not a category",
        "phone",
    ),
    "dotted": ('[[returns]]\ntarget = "a b"\ntype = "c"\n', "target: 'a b' is not taken", "a dotted name"),
    "boolean": (SEND + 'interface = "yes"\n', "interface: 'yes' is not taken", "true, false"),
    "handler of nothing": (
        '[[handler]]\ntarget = "acme.on"\nparameter = ["0"]\ngives = "ones:0"\n',
        "gives: 'ones:0' is not taken",
        "one:ARGUMENT",
    ),
    "caller of nothing": ('[[caller]]\ncallee = "0"\n', "[[caller]] 1 has neither target nor methods", "a dotted name"),
    "convention": ("[convention]\nrequest = 1\n", "[convention] is not taken", "dotted names"),
    "not TOML": ("[[sink\n", "is not TOML", "line 1"),
}


@pytest.mark.parametrize(("rows", "wrong", "takes"), BAD.values(), ids=BAD.keys())
def test_what_is_wrong_with_a_row_is_said_in_one_line(
    tree: Tree, discreet: Run, rows: str, wrong: str, takes: str
) -> None:
    root = project(tree, rows, SENT)
    status, out, err = discreet("check", "--no-cache")
    assert (status, out) == (2, "")
    assert err.startswith(f"discreet: error: {root / 'privacy/catalogue.toml'}: ")
    assert wrong in err
    assert takes in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_ends_the_run(tree: Tree) -> None:
    root = tree({"pyproject.toml": PYPROJECT})
    with pytest.raises(ConfigError, match=r"catalogue\.toml: cannot be read: No such file"):
        load([root])
    (root / "privacy/catalogue.toml").mkdir(parents=True)
    with pytest.raises(ConfigError, match="is no file"):
        load([root])


@pytest.mark.parametrize("file", row_files())
def test_the_built_in_rows_are_written_the_same_way(file: str) -> None:
    check(read_data(file), get_args(SinkKind))
