"""What could not be seen is said: ``discreet coverage``, the end of ``--statistics``, ``--strict``, ``--verbose``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import discreet as package
from discreet.cli.advice import BOUNDS
from discreet.output.coverage import schema_text

CRM = """import acme
from acme import Client


def send(email, ssn, username, tool):
    acme.deliver(email)
    acme.deliver(email)
    acme.note(username)
    acme.note(username)
    acme.note(username)
    acme.identify(ssn)
    tool.forward_to_partner(ssn)
    tool.forward_to_partner(ssn)
    tool.forward_to_partner(ssn)
"""
"""Nobody knows acme. Once a national identity number is handed over, twice an address, and three times a user name.
Nobody knows what ``tool`` is: what it gets is grave and often, but there is no library to look into.
"""
CLEAN = "x = 1\n"


def chain(count: int) -> str:
    """So many functions, each of which asks the next one."""
    steps = [f"def step{number}(email):\n    return step{number + 1}(email)\n" for number in range(count)]
    last = f"def step{count}(email):\n    return email\n"
    return "\n\n".join(["import logging\n", *steps, last, "def show(email):\n    logging.info(step0(email))\n"])


def site(root: Path) -> Path:
    """An environment in which acme is installed: its ``deliver`` is requests' ``post``."""
    packages = root / "env" / "site-packages"
    for name, text in {
        "acme": "from requests import post as deliver\n",
        "requests": "def post(url, data): ...\n",
    }.items():
        (packages / name).mkdir(parents=True)
        (packages / name / "__init__.py").write_text(text)
    return packages


# -- the list ----------------------------------------------------------------------------------------------------------


def test_nothing_to_list(tree: Any, discreet: Any) -> None:
    tree({"a.py": CLEAN})
    result = discreet("coverage")
    assert result.status == 0
    assert "nothing" in result.out
    assert result.err == "nothing to do in 1 file\n"
    assert discreet("coverage", "--strict").status == 0


def test_the_most_valuable_comes_first(tree: Any, discreet: Any) -> None:
    tree({"crm.py": CRM})
    result = discreet("coverage")
    assert result.status == 0
    places = [result.out.index(name) for name in ("acme.deliver", "acme.identify", "acme.note", "forward_to_partner")]
    assert places == sorted(places), "libraries first: two addresses, one identity number, three user names"
    assert "crm.py:6:5" in result.out
    assert "email address" in result.out
    assert "national identity number" in result.out
    assert "--python PATH" in result.out
    assert result.err == "4 things to do in 1 file\n"


def test_gravity_counts_where_numbers_are_equal(tree: Any, discreet: Any) -> None:
    tree({"a.py": "import acme\n\n\ndef f(username, ssn):\n    acme.aaa(username)\n    acme.zzz(ssn)\n"})
    out = discreet("coverage").out
    assert out.index("acme.zzz") < out.index("acme.aaa")


def test_unknown_objects_stand_together_by_method(tree: Any, discreet: Any) -> None:
    calls = ("a.hand_over", "b.pass_on", "b.pass_on", "c.hand_over", "d.hand_over")
    lines = "".join(f"    {call}(email)\n" for call in calls)
    tree({"a.py": f"def f(email, a, b, c, d):\n{lines}"})
    out = discreet("coverage").out
    assert out.index("d.hand_over") < out.index("b.pass_on"), "three hand_over() of three objects, two pass_on() of one"


def test_our_own_code_is_not_called_a_library(tree: Any, discreet: Any) -> None:
    tree({"crm.py": "tool = make()\n", "a.py": "import crm\n\n\ndef f(email):\n    crm.tool.deliver(email)\n"})
    out = discreet("coverage").out
    assert "crm.tool.deliver" in out
    assert "--python" not in out


def test_a_library_that_shares_a_name_with_a_folder_is_a_library(tree: Any, discreet: Any) -> None:
    call = "import acme\n\n\ndef f(email):\n    acme.deliver(email)\n"
    tree({"shop/__init__.py": "", "shop/links/__init__.py": "", "shop/links/acme/__init__.py": call})
    assert "--python PATH" in discreet("coverage").out


def test_what_was_not_read(tree: Any, discreet: Any) -> None:
    tree({"bad.py": "def", "worse.py": b"x = '\xff'\n", "a.py": CLEAN})
    result = discreet("coverage")
    assert result.status == 0
    assert re.search(r"2 files .*not read", result.out)
    assert "bad.py" in result.out
    assert "worse.py" in result.out


def test_frameworks_nobody_modelled(tree: Any, discreet: Any) -> None:
    tree({"a.py": "import bottle\napp = bottle.Bottle()\n", "b.py": "import bottle\nbottle.run()\n"})
    out = discreet("coverage").out
    assert re.search(r"bottle\b.* 2 modules", out)


def test_bounds_are_told_in_words(tree: Any, discreet: Any) -> None:
    tree({"a.py": chain(60)})
    out = discreet("coverage").out
    assert "functions open at once" in out
    assert "45" in out
    assert re.search(r"bound hit: functions open at once: \d+ time", discreet("check", "-v").err)


def test_every_bound_has_words() -> None:
    source = Path(package.__file__).parent
    hit = {
        name for file in source.rglob("*.py") for name in re.findall(r"\bhit\(\"([^\"]+)\"\)", file.read_text("utf-8"))
    }
    assert hit == set(BOUNDS)
