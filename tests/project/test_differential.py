"""Whoever does the work, and whatever is known already: the same bytes. On a program of some ten thousand lines that
lies on every machine: packages of the standard library that deal with mail, the web and logging.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path
from typing import Any

import pytest

PARTS = ("email", "http", "urllib", "xmlrpc", "logging", "json", "smtplib.py", "imaplib.py", "poplib.py", "getpass.py",
         "netrc.py", "ftplib.py", "mailbox.py", "webbrowser.py", "socketserver.py", "ssl.py")  # fmt: skip
SAID = (
    "check",
    ".",
    "--isolated",
    "-q",
    "--output-format",
    "json",
    "--min-confidence",
    "low",
    "--extend-select",
    "ALL",
)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "library"
    root.mkdir()
    source = Path(sysconfig.get_path("stdlib"))
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif (source / part).exists():  # newer Pythons have dropped some
            shutil.copy(source / part, root / part)
    monkeypatch.chdir(root)
    return root


def test_a_program_of_some_size(library: Path, discreet: Any) -> None:
    here = discreet(*SAID, "--no-cache", "--jobs", "1")
    assert here.status == 1
    assert here.out.count('"code"') > 3
    assert discreet(*SAID, "--no-cache", "--jobs", "2") == here
    assert discreet(*SAID, "--jobs", "2") == here  # fills the cache
    assert discreet(*SAID, "--jobs", "2") == here
    changed = library / "smtplib.py"
    text = changed.read_text("utf-8")
    changed.write_text(text + "\n\ndef greet(email):\n    print('hello', email)\n", "utf-8")
    warm = discreet(*SAID, "--jobs", "1")
    assert warm != here
    assert warm == discreet(*SAID, "--no-cache", "--jobs", "2")
    changed.write_text(text, "utf-8")
    assert discreet(*SAID, "--jobs", "1") == here


def test_a_cluster_says_the_same_of_it(library: Path, command: Any) -> None:
    pytest.importorskip("distributed")
    here = command("discreet", *SAID, "--no-cache", "--jobs", "1")
    there = command("discreet", *SAID, "--no-cache", "--jobs", "2", "--executor", "dask", PATH=os.environ["PATH"])
    assert (there.status, there.out) == (here.status, here.out)
