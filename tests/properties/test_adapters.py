"""flake8 and the command line are two doors to one pipeline: on one file they say the same, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ODD = {
    "tabs.py": b"import logging\n\n\ndef f(email):\n\tlogging.info(email)\n",
    "form_feed.py": b"import logging\n\x0c\n\ndef f(email):\n    logging.info('\xc3\xa9', email)\n",
    "bom_and_crlf.py": b"\xef\xbb\xbfimport logging\r\n\r\n\r\ndef f(email):\r\n    logging.info(email)\r\n",
    "latin.py": b"# coding: latin-1\nimport logging\n\n\ndef f(email):\n    '\xfc\xdf'; logging.info('\xe9', email)\n",
    "wide.py": "import logging\n\n\ndef f(email):\n    x = '𝒳张'; logging.info('é', email)\n".encode(),
    "separators.py": "import logging\n# \u2028 \x85 \x1c\n\n\ndef f(email):\n    'é'; logging.info(email)\n".encode(),
    "no_end.py": b"import logging\n\n\ndef f(email): logging.info(email)",
    "semicolons.py": b"import logging\n\n\ndef f(email): x = email; logging.info(x); print(x)\n",
    "several.py": b"import logging\n\n\ndef f(email):\n    logging.info(\n        '%s',\n        email,\n    )\n",
}  # fmt: skip


class Said(NamedTuple):
    """One line of either tool."""

    path: str
    line: int
    column: int
    code: str
    message: str


def lines_of(out: str) -> list[Said]:
    said = []
    for line in out.splitlines():
        place, _, rest = line.partition(": ")
        path, row, column = place.removeprefix("./").rsplit(":", 2)
        code, _, message = rest.partition(" ")
        said.append(Said(path, int(row), int(column), code, message))
    return sorted(said)


@pytest.fixture
def copied(tree: Any) -> Path:
    """The fixtures of one file each, and a few files of unusual form, in a project of their own."""
    root: Path = tree({f"odd/{name}": data for name, data in ODD.items()})
    for name in ("language", "clean"):
        shutil.copytree(FIXTURES / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_flake8_and_check_agree(copied: Path, command: Any, discreet: Any) -> None:
    ran = command("flake8", "--isolated", "--select", "PII", "--jobs", "2", ".")
    assert ran.err == ""
    flake8 = lines_of(ran.out)
    assert {each.path for each in flake8} >= {f"odd/{name}" for name in ODD}
    check = []
    for file in sorted(copied.rglob("*.py")):
        path = file.relative_to(copied).as_posix()
        done = discreet("check", path, "--isolated", "--output-format", "concise", "-q")
        assert done.err == ""
        check += lines_of(done.out)
    assert [each[:4] for each in flake8] == [each[:4] for each in sorted(check)]
    assert flake8 == sorted(check)


def test_standard_input_says_the_same(copied: Path, command: Any, discreet: Any) -> None:
    for path in (f"odd/{name}" for name in ODD):
        data = (copied / path).read_bytes()
        checked = lines_of(discreet("check", path, "--isolated", "--output-format", "concise", "-q").out)
        assert checked, path
        name = ("--stdin-filename", path)
        piped = command("discreet", "check", "-", "--isolated", "--output-format", "concise", "-q", *name, stdin=data)
        assert lines_of(piped.out) == checked, path
