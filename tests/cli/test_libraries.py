"""What ``check --python`` learns from installed libraries, and that it says the same the second time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

LIBRARIES = {
    "requests/__init__.py": "from requests.sessions import Session\n\n\ndef post(url, data=None):\n    return None\n",
    "requests/sessions.py": "class Session:\n    def post(self, url, data=None):\n        return None\n",
    "acme/__init__.py": "from acme._client import Client, Lazy\nfrom acme.logs import make\nfrom acme.wire import *\n",
    "acme/_client.py": """
from requests import Session
class Client(Session):
    pass
class Lazy:
    def __init__(self):
        self.waiting = []
    def remember(self, email):
        self.waiting.append(email)
""",
    "acme/logs.py": """
import logging
class AcmeLogger(logging.Logger):
    pass
def make(name):
    return AcmeLogger(name)
""",
    "acme/wire.py": """
import queue
import requests
_later = queue.Queue()
def track(event, person):
    _send("track", {"event": event, "person": person})
def _send(path, body):
    requests.post("https://acme.example/" + path, body)
def is_ours(address):
    return address.rpartition("@")[2].lower() == "example.com"
def enqueue(address):
    _later.put(address)
""",
}
LOGGED = "import acme\ntrail = acme.make(__name__)\n\n\ndef greet(email):\n    trail.audit(1)\n    trail.info(email)\n"
SENT = "import acme\ndoor = acme.Client()\n\n\ndef tell(email):\n    door.post('https://x.example', email)\n"
TRACKED = "import acme\n\n\ndef tell(email):\n    acme.track('in', email)\n    acme.track(email, 'in')\n"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    site = tmp_path / "env" / "site-packages"
    for name, text in LIBRARIES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    return site


def lines(result: Any) -> list[str]:
    return re.findall(r"^app\.py:(\d+):\d+: (PII\d+)", result.out, re.MULTILINE)


def settled(result: Any) -> int:
    return int(re.findall(r"settled (\d+) call", result.out)[0])


@pytest.mark.parametrize(
    ("code", "expected"),
    [(LOGGED, [("7", "PII101")]), (SENT, [("6", "PII201")]), (TRACKED, [("5", "PII201"), ("6", "PII201")])],
    ids=["factory of a logger's subclass", "subclass of a session", "a function that sends"],
)
def test_found_only_with_the_environment(
    tree: Any, discreet: Any, packages: Path, code: str, expected: list[tuple[str, str]]
) -> None:
    tree({"app.py": code})
    assert not set(lines(discreet("check", "--no-cache"))) & set(expected)
    first = discreet("check", "--python", str(packages), "--statistics")
    again = discreet("check", "--python", str(packages), "--statistics")
    assert lines(first) == expected
    assert (again.out, again.err) == (first.out, first.err)


def test_a_change_elsewhere_does_not_change_what_is_said(tree: Any, discreet: Any, packages: Path) -> None:
    tree({"app.py": TRACKED, "other.py": ""})
    first = lines(discreet("check", "--python", str(packages)))
    tree({"other.py": "x = 1\n"})
    assert lines(discreet("check", "--python", str(packages))) == first != []


@pytest.mark.parametrize(
    ("call", "count"),
    [("acme.is_ours(email)", 1), ("acme.enqueue(email)", 0), ("acme.Lazy().remember(email)", 0)],
    ids=["looks at it", "puts it into a queue", "keeps it for later"],
)
def test_settled_where_the_body_lets_nothing_out(
    tree: Any, discreet: Any, packages: Path, call: str, count: int
) -> None:
    tree({"app.py": f"import acme\n\n\ndef look(email):\n    return {call}\n"})
    result = discreet("check", "--no-cache", "--python", str(packages), "--statistics")
    assert lines(result) == []
    assert settled(result) == count
