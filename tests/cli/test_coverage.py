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
from discreet.output.schemas import schema_text

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
    tree({"a.py": "import cherrypy\napp = cherrypy.Application()\n", "b.py": "import cherrypy\nbottle.run()\n"})
    out = discreet("coverage").out
    assert re.search(r"cherrypy\b.* 2 modules", out)


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


def test_json_is_the_schema(tree: Any, discreet: Any) -> None:
    tree({"crm.py": CRM, "bad.py": "def", "b.py": "import cherrypy\nbottle.run()\n", "c.py": chain(60)})
    result = discreet("coverage", "--output-format", "json")
    said = json.loads(result.out)
    jsonschema.Draft202012Validator(json.loads(schema_text("coverage"))).validate(said)
    assert [gap["callable"] for gap in said["gaps"]][:3] == ["acme.deliver", "acme.identify", "acme.note"]
    assert said["gaps"][0] | {"advice": ""} == {
        "library": "acme", "callable": "acme.deliver", "calls": 2, "categories": ["email"],
        "path": "crm.py", "line": 6, "column": 5, "advice": "",
    }  # fmt: skip
    assert said["gaps"][3]["library"] is None
    assert said["unread"] == ["bad.py"]
    assert said["frameworks"] == [{"name": "cherrypy", "modules": 1}]
    assert said["bounds"][0]["bound"] == "functions open at once"
    assert (said["files"], said["settled"], said["full"]) == (4, None, False)


def test_json_of_nothing(tree: Any, discreet: Any) -> None:
    tree({"a.py": CLEAN})
    said = json.loads(discreet("coverage", "--output-format", "json").out)
    jsonschema.Draft202012Validator(json.loads(schema_text("coverage"))).validate(said)
    assert said == {
        "files": 1, "full": True, "gaps": [], "unread": [], "frameworks": [], "bounds": [], "settled": None,
        "vendored": [],
    }  # fmt: skip


def test_strict_fails_if_anything_is_listed(tree: Any, discreet: Any) -> None:
    tree({"crm.py": CRM})
    assert discreet("coverage", "--strict").status == 1
    tree({"pyproject.toml": "[tool.discreet]\nstrict = true\n"})
    assert discreet("coverage").status == 1
    assert discreet("coverage", "--isolated").status == 0


def test_tests_count_only_if_asked_for(tree: Any, discreet: Any) -> None:
    tree({"tests/test_crm.py": CRM})
    assert "acme" not in discreet("coverage").out
    assert "acme" in discreet("coverage", "--include-tests").out


def test_paths_are_shown_as_seen_from_here(tree: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"shop/crm.py": CRM, "other/bad.py": "def"})
    monkeypatch.chdir(root / "shop")
    out = discreet("coverage", "..").out
    assert " crm.py:6:5" in out
    assert "../other/bad.py" in out


def test_nothing_of_the_code_gets_out_raw(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": CLEAN})
    (root / "b\x1b[31m\u202e.py").write_text("import acme\n\n\ndef f(email):\n    acme.deliver(email)\n")
    (root / "c\nd.py").write_text("def")
    for arguments in (("coverage",), ("coverage", "--output-format", "json"), ("check", "--statistics", "--strict")):
        result = discreet(*arguments)
        said = result.out + result.err
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert "c\nd" not in said


def test_what_is_not_there_is_status_2(tree: Any, discreet: Any) -> None:
    tree({"a.py": CLEAN})
    result = discreet("coverage", "a.py", "nope.py")
    assert (result.status, result.err.splitlines()[-1]) == (2, "discreet: error: nope.py: No such file or directory")


# -- the oracle --------------------------------------------------------------------------------------------------------


def test_an_environment_closes_gaps(tree: Any, discreet: Any) -> None:
    root = tree({"crm.py": CRM})
    packages = site(root)
    result = discreet("coverage", "crm.py", "--python", str(packages))
    assert "acme.deliver" not in result.out
    assert "acme.identify" in result.out
    assert "--python PATH" not in result.out, "it was given: other advice is due"
    assert "settled 2 calls" in result.out
    as_json = json.loads(discreet("coverage", "crm.py", "--python", str(packages), "--output-format", "json").out)
    assert as_json["settled"] == 2
    assert discreet("check", "crm.py", "--python", str(packages)).codes == ["crm.py:6 PII203", "crm.py:7 PII203"]
    assert "settled 2 calls" in discreet("check", "crm.py", "--python", str(packages), "--statistics").out


def test_what_is_not_installed_is_to_be_installed(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": "import acme\nimport other\n\n\ndef f(email):\n    acme.x(email)\n    other.y(email)\n"})
    said = json.loads(discreet("coverage", "a.py", "--python", str(site(root)), "--output-format", "json").out)
    advice = {gap["callable"]: gap["advice"] for gap in said["gaps"]}
    assert advice["other.y"].startswith("install other")
    assert advice["acme.x"].startswith("report")


def test_the_advice_helps(tree: Any, discreet: Any) -> None:
    unknown = "def f(email, tool):\n    tool.deliver(email)\n    tool.client.pass_on(email)\n"
    tree({"a.py": unknown, "tools.py": "class Client:\n    def pass_on(self, to): ...\n"})
    assert discreet("coverage", "--strict").status == 1
    client = "class Client:\n    def pass_on(self, to): ...\n\n\n"
    tool = "class Tool:\n    client: Client\n\n    def deliver(self, to): ...\n"
    tree({"a.py": "from tools import Tool\n\n\n" + unknown.replace("tool)", "tool: Tool)"), "tools.py": client + tool})
    assert discreet("coverage", "--strict").status == 0, "annotated"
    tree({"a.py": unknown.replace("(email, tool):", "(\n    email,  # pii: none\n    tool,\n):")})
    assert discreet("coverage", "--strict").status == 0, "nobody's"


def test_an_environment_in_the_configuration(tree: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"crm.py": CRM, "sub/a.py": CLEAN, "pyproject.toml": '[tool.discreet]\npython = "env/site-packages"\n'})
    site(root)
    monkeypatch.chdir(root / "sub")
    assert "acme.deliver" not in discreet("coverage", "../crm.py").out


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_no_environment_is_a_usage_error(tree: Any, discreet: Any, command: str) -> None:
    root = tree({"a.py": CLEAN, "empty/b.txt": "", "pyproject.toml": '[tool.discreet]\npython = "nowhere"\n'})
    for arguments in (("--python", "empty"), ("--python", "no\nwhere"), ()):
        result = discreet(command, *arguments)
        assert (result.status, result.out, result.err.count("\n")) == (2, "", 1), arguments
        assert result.err.startswith("discreet: error: ")
    assert str(root / "nowhere") in result.err


def test_no_oracle_for_standard_input(tree: Any, discreet: Any) -> None:
    root = tree({})
    result = discreet("check", "-", "--python", str(site(root)))
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "--python" in result.err


# -- check -------------------------------------------------------------------------------------------------------------


def test_statistics_end_with_coverage(tree: Any, discreet: Any, leak: str) -> None:
    tree(
        {
            "leak.py": leak,
            "crm.py": CRM,
            "bad.py": "def",
            "b.py": "import cherrypy\nbottle.run()\n",
            "c.py": chain(60),
        }
    )
    out = discreet("check", "--statistics", "-q").out
    end = out[out.index("coverage: ") :]
    assert re.search(r"9 calls\b.*nothing resolved", end)
    assert re.search(r"6 +acme\b", end)
    assert re.search(r"3 +\(", end), "three on objects that nobody knows"
    assert re.search(r"1 file\b.*not read", end)
    assert "bad.py" in end
    assert "cherrypy" in end
    assert "functions open at once" in end
    assert "discreet coverage" in end


def test_statistics_of_full_coverage_say_so(tree: Any, discreet: Any) -> None:
    tree({"a.py": CLEAN})
    assert discreet("check", "--statistics", "-q").out.startswith("coverage: ")


def test_strict_is_status_1_and_one_line(tree: Any, discreet: Any) -> None:
    tree({"crm.py": CRM, "bad.py": "def"})
    lenient = discreet("check", "--ignore", "PII9")
    assert (lenient.status, lenient.out) == (0, "")
    strict = discreet("check", "--ignore", "PII9", "--strict", "-q")
    assert (strict.status, strict.out, strict.err.count("\n")) == (1, "", 1)
    assert "9 calls" in strict.err
    assert "1 file" in strict.err
    assert "discreet coverage" in strict.err
    assert discreet("check", "--ignore", "PII9", "--strict", "-e").status == 1, "--exit-zero is about findings"
    assert discreet("check", "--strict", "nope.py").status == 2


def test_strict_is_content_with_full_coverage(tree: Any, discreet: Any, leak: str) -> None:
    tree({"a.py": CLEAN})
    assert discreet("check", "--strict", "-q") == (0, "", "")
    tree({"a.py": leak})
    assert discreet("check", "--strict", "-e").status == 0


def test_strict_in_the_configuration(tree: Any, discreet: Any) -> None:
    tree({"crm.py": CRM, "pyproject.toml": "[tool.discreet]\nstrict = true\n"})
    assert discreet("check").status == 1
