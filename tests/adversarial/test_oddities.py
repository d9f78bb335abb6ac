"""Small programs that are odd, hostile, or both: they are read like any other, and nothing in them is run."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Survive = Callable[[dict[str, bytes]], list[Any]]

LOG = "import logging\nlog = logging.getLogger(__name__)\n"
PROGRAMS = Path(__file__).resolve().parent / "programs"

NAMES = {
    "unicode": ("def f(邮箱, correo_electrónico, ﬁrst_name, 𝐞𝐦𝐚𝐢𝐥, émail): print(邮箱, ﬁrst_name, 𝐞𝐦𝐚𝐢𝐥)\n"),
    "bidi": (
        "def f(email):\n"
        "    # \u202e } \u2066if x\u2069\n"
        "    print(email)  # pii: \u202eliame\u202c\n"
        "    x = '\u202e\u2066' + email\n"
        "    print(x)\n"
    ),
    "escapes": ("def f(email):\n    print('\\x1b[2J\\x1b]0;owned\\x07', email['\\x1b[31m'], email['\x1b[31m\x9b'])\n"),
    "controls": (
        "def f(d, email):\n    print(d['email\x00'.strip()] if 0 else d['e\x7fmail'], d['\x85'], d['\u2028email'])\n"
    ),
    "surrogates": (
        "def f(d):\n"
        "    print(d['\\ud800email'], d['\\udcff'], '\\U0010ffff', d['\\N{BELL}'])\n"
        "    x = '\\ud800'  # pii: email\n"
        "    print(x)\n"
    ),
    "null": ("def f(email):\n    print(email)\n\x00\n"),
    "lone carriage return": ("def f(email):\r    print(email)\r"),
    "mixed ends": ("def f(email):\r\n    print(email)\r    print(email)\n    print(email)\r\n"),
    "form feeds": ("\x0c\ndef f(email):\n\x0c    print(email)\n    x = 1\x0c\n\x0cdef g(phone): print(phone)\n"),
    "tabs": ("def f(email):\n\tif email:\n\t\tprint(email)\n"),
    "tabs and spaces": ("def f(email):\n\tif email:\n        \tprint(email)\n"),
    "line separators": ("def f(email):\n    x = '\u2028\u2029\x85\x0b\x1c'; print(x, email)\n    print(email)\n"),
    "wide before": ("def f(email): '𝕏邮箱'; print('𝕏邮箱', email)  # noqa: PII103 -- 𝕏\n"),
    "continued": ("def f(email):\n    print(\\\n  \\\n email \\\n )\n"),
    "underscores": (
        "def f(_, __, ___, _email, email_, __email__, ____email):\n"
        "    print(_, __, ___, _email, email_, __email__, ____email)\n"
    ),
    "builtin names": (
        "print = str = len = open = isinstance = super = print\ndef email(email): email(email)\nprint(email)\n"
    ),
    "dunder": ("__name__ = __file__ = __doc__ = __class__ = __builtins__ = print\n__import__(__name__)(__debug__)\n"),
    "made a round before": (
        "def f(self, rows):\n"
        "    problem = reader = None\n"
        "    for row in rows:\n"
        "        print(next(reader))\n"
        "        setattr(self, row, reader)\n"
        "        if problem:\n"
        "            raise problem\n"
        "        reader = csv.reader(row)\n"
        "        problem = ValueError(row.email)\n"
    ),
    "type comments": (
        "def f(email):\n    # type: (int) -> (((\n    x = email  # type: ignore[\n    print(x)  # type: $$$\n"
    ),
    "format": (
        "def f(email):\n"
        "    print('{' + email, '}'.format(email), '{0.__class__[x]}{}'.format(email))\n"
        "    print('%(' % email, '%' % email, '%*d' % (1, email))\n"
    ),
    "marks galore": (
        "# pii\n"
        "# pii:\n"
        "# pii: ,,,\n"
        "x = 1  # pii: none, email, none # pii: phone\n"
        "y = 2  #pii:EMAIL-- x\n"
        "z = 3  # pii: pii: pii:\n"
    ),
    "noqa galore": ("x = 1  # noqa:\ny = 2  # noqa: ,\nz = 3  # noqa: PII\nw = 4  # NOQA:PII101PII102 -- -- --\n"),
    "oep-30 galore": (
        "class A:\n"
        "    '''.. pii:\n"
        "    .. pii_types: ,, ::\n"
        "    .. no_pii: .. pii_types: name, \x1b\n"
        "    .. pii_types:'''\n"
        "# .. no_pii:\n"
        "# .. pii: x\n"
        "class B: ...\n"
    ),
}

BYTES = {
    "empty": b"",
    "one newline": b"\n",
    "no newline at the end": b"def f(email): print(email)",
    "only comments": b"# pii: email\n# noqa: PII101\n#\n    # .. pii_types: name",
    "mark with no code": b"# pii: email",
    "byte-order mark": b"\xef\xbb\xbfdef f(email): print(email)\n",
    "byte-order mark and cookie": b"\xef\xbb\xbf# coding: latin-1\nprint(1)\n",
    "two byte-order marks": b"\xef\xbb\xbf\xef\xbb\xbfx = 1\n",
    "utf-16": "def f(email): print(email)\n".encode("utf-16"),
    "latin-1": "# coding: latin-1\ndef f(email): print('é', email)\n".encode("latin-1"),
    "latin-1 undeclared": "def f(email): print('é', email)\n".encode("latin-1"),
    "gbk": "# -*- coding: gbk -*-\ndef f(邮箱): print('邮箱', 邮箱)\n".encode("gbk"),
    "unknown cookie": b"# coding: klingon\nx = 1\n",
    "cookie that refuses": b"# coding: undefined\nx = 1\n",
    "cookie of bytes": b"# coding: hex\n78203d2031\n",
    "cookie of archives": b"# coding: bz2\nBZh9\n",
    "utf-7": b"# coding: utf-7\ndef f(email): print(email) +AAo-\n",
    "cookie on line two": b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\nprint('\x80')\n",
    "carriage returns": b"def f(email):\r\n    print(email)\r\n",
    "end of file": b"def f(email):\n    print(email)\n\x1a",
    "null bytes": b"\x00" * 1000,
    "random": bytes(range(256)) * 8,
    "elf": b"\x7fELF\x02\x01\x01" + bytes(64),
    "open string": b"def f(email):\n    print('''email\n",
    "open bracket": b"def f(email):\n    print(email\n",
    "half a line": b"def f(email",
    "only a backslash": b"\\",
    "indent of nothing": b"    print(email)\n",
    "dedent to nowhere": b"if x:\n        y\n    print(email)\n",
    "python 2": b"print 'email', email\nexec 'x'\nraise E, 'email'\n`email`\n",
    "surrogate in utf-8": b"print('\xed\xa0\x80')\n",
    "overlong utf-8": b"print('\xc0\xaf')\n",
    "half a character": b"def f(email): print(email) # \xe9\x82",
}


def programs(name: str) -> dict[str, str]:
    """The programs of one file, each below its ``=== name``, with a logger where they use one."""
    text = (PROGRAMS / f"{name}.txt").read_text(encoding="utf-8")
    pairs = re.findall(r"^=== (.*)\n((?:(?!===).*\n)*)", text, re.MULTILINE)
    assert len(pairs) == text.count("=== ")
    return {title: LOG + body if "log." in body else body for title, body in pairs}


def cases(table: Mapping[str, str | bytes]) -> list[Any]:
    return [pytest.param(text, id=name.replace(" ", "-")) for name, text in table.items()]


@pytest.mark.parametrize("text", cases(programs("hostile") | programs("cycles") | programs("scopes") | NAMES))
def test_odd_program(text: str, survive: Survive) -> None:
    survive({"odd.py": text.encode("utf-8", "surrogatepass")})


@pytest.mark.parametrize("data", cases(BYTES))
def test_odd_bytes(data: bytes, survive: Survive) -> None:
    survive({"odd.py": data})


def test_every_pattern(survive: Survive) -> None:
    [text] = programs("patterns").values()
    ast.parse(text)
    assert survive({"patterns.py": text.encode()}), "a subject's email that is captured and printed is a leak"


@pytest.mark.parametrize(("version", "text"), programs("newer").items())
def test_newer_syntax(version: str, text: str, survive: Survive) -> None:
    """What this Python can't parse by itself is analysed all the same."""
    found = survive({"newer.py": text.encode()})
    assert bool(found) == ("print(" in text)
    if sys.version_info >= tuple(map(int, version.split("."))):
        ast.parse(text)


@pytest.mark.parametrize("text", cases(programs("cycles")))
def test_cycle_over_two_files(text: str, survive: Survive) -> None:
    """The same cycles, closed once more through the import of another module."""
    user = b"from cycle import *\nimport cycle\ndef start(email):\n    print(cycle.f(email), f(email), A(email), x)\n"
    survive({"cycle.py": b"from user import *\n" + text.encode(), "user.py": user})


def test_findings_do_not_depend_on_the_hash_seed() -> None:
    """Every odd program at once, in two processes whose sets are in different order."""
    table = programs("cycles") | programs("scopes") | programs("patterns")
    script = (
        "import hashlib, json, msgspec, sys\n"
        "from discreet.facts.extraction import UnreadableSource, extract\n"
        "from discreet.rules import Settings, findings\n"
        "facts = []\n"
        "for name, text in json.load(sys.stdin).items():\n"
        "    try: facts.append(extract(name + '.py', text.encode(), module=name))\n"
        "    except UnreadableSource: pass\n"
        "print(hashlib.sha256(msgspec.json.encode(facts, order='deterministic')).hexdigest())\n"
        "print(msgspec.json.encode(list(findings(facts, Settings()))).decode())\n"
    )
    modules = json.dumps({name.replace(" ", "_").replace("-", "_"): text for name, text in table.items()})
    said = [
        subprocess.run(
            [sys.executable, "-c", script],
            input=modules,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "20251123")
    ]
    assert said[0] == said[1]
