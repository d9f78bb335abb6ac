"""The plugin inside a real flake8, as its users run it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

import discreet


@pytest.fixture
def flake8(command: Any) -> Any:
    def run(*arguments: str, **more: Any) -> Any:
        return command("flake8", "--isolated", *arguments, **more)

    return run


def test_it_is_listed(command: Any) -> None:
    assert f"discreet: {discreet.__version__}" in command("flake8", "--version").out


def test_it_finds(tree: Any, flake8: Any, leak: str) -> None:
    tree({"a.py": leak, "b.py": "x = 1\n"})
    result = flake8("--select", "PII")
    assert (result.status, result.codes, result.err) == (1, ["./a.py:5 PII101"], "")
    assert result.out.startswith("./a.py:5:5: PII101 ")


def test_it_works_without_being_selected_and_beside_others(tree: Any, flake8: Any, leak: str) -> None:
    tree({"a.py": "import os\n" + leak})
    assert flake8().codes == ["./a.py:1 F401", "./a.py:6 PII101"]


def test_columns_count_characters(tree: Any, flake8: Any, leak: str) -> None:
    tree({"a.py": leak.replace("    logging", "    '张三é'; logging")})
    assert flake8("--select", "PII").out.startswith("./a.py:5:12: PII101")


def test_what_is_written_into_the_code(tree: Any, flake8: Any) -> None:
    tree({"a.py": "pesel = '63812905273'\nother = '63812905273'  # noqa: PII501\n", "b.py": "x = '63812905273'\n"})
    assert flake8("--select", "PII").codes == ["./a.py:1 PII501"]


def test_standard_input(tree: Any, flake8: Any, leak: str) -> None:
    tree({})
    assert flake8("--select", "PII", "-", stdin=leak.encode()).codes == ["stdin:5 PII101"]
    named = flake8("--select", "PII", "--stdin-display-name", "shop/a.py", "-", stdin=leak.encode())
    assert named.codes == ["shop/a.py:5 PII101"]


@pytest.mark.parametrize(
    "data",
    [
        "# coding: latin-1\nimport logging\n\n\ndef f(email): logging.info('grüße %s', email)\n".encode("latin-1"),
        b"\xef\xbb\xbf\nimport logging\n\n\ndef f(email): logging.info('%s', email)\n",
        b"\nimport logging\r\n\r\n\r\ndef f(email): logging.info('%s', email)\r\n",
    ],
    ids=["latin-1", "byte order mark", "windows"],
)
def test_encodings_and_newlines(tree: Any, flake8: Any, data: bytes) -> None:
    tree({"a.py": data})
    assert flake8("--select", "PII", "a.py").codes == ["a.py:5 PII101"]
    assert flake8("--select", "PII", "-", stdin=data).codes == ["stdin:5 PII101"]


def test_parallel_workers_say_the_same(tree: Any, flake8: Any, leak: str) -> None:
    tree({f"m{number}.py": leak for number in range(12)})
    alone, together = flake8("--select", "PII", "-j", "1"), flake8("--select", "PII", "-j", "2")
    assert alone.out == together.out
    assert len(alone.codes) == 12


def test_noqa(tree: Any, flake8: Any, leak: str) -> None:
    tree(
        {
            "a.py": leak[:-1] + "  # noqa: PII101 -- agreed\n",
            "b.py": leak[:-1] + "  # noqa: E501\n",
            "c.py": "# flake8: noqa\n" + leak,
        }
    )
    assert flake8("--select", "PII").codes == ["./b.py:5 PII101"]
    assert len(flake8("--select", "PII", "--disable-noqa").codes) == 3


def test_options_from_a_configuration_file(tree: Any, command: Any, leak: str) -> None:
    tree({"a.py": leak, ".flake8": "[flake8]\npii-ignore-categories = email, phone\n"})
    assert command("flake8").codes == []
    tree({".flake8": "[flake8]\npii_select_categories =\n    email\n    phone\nextend-ignore = PII2\n"})
    assert command("flake8").codes == ["./a.py:5 PII101"]
    tree({".flake8": "[flake8]\nextend-ignore = PII1\n"})
    assert command("flake8").codes == []
    tree({".flake8": "[flake8]\nper-file-ignores = a.py:PII101\n"})
    assert command("flake8").codes == []


def test_categories(tree: Any, flake8: Any, leak: str) -> None:
    tree({"a.py": leak})
    assert flake8("--select", "PII", "--pii-select-categories", "phone").codes == []
    assert flake8("--select", "PII", "--pii-select-categories", "E-Mail,phone").codes == ["./a.py:5 PII101"]
    assert flake8("--select", "PII", "--pii-ignore-categories", "email").codes == []


def test_sources(tree: Any, flake8: Any) -> None:
    text = "import logging\n\n\nclass Guest:\n    token: str\n\n\ndef f(guest: Guest):\n    logging.info(guest.token)\n"
    tree({"shop.py": text})
    assert flake8("--select", "PII").codes == []
    assert flake8("--select", "PII", "--pii-sources", "shop.Guest.token=email").codes == ["./shop.py:9 PII101"]
    tree({"pyproject.toml": '[tool.discreet.sources]\n"shop.Guest.token" = "email"\n'})
    assert flake8("--select", "PII").codes == ["./shop.py:9 PII101"]


@pytest.mark.parametrize(
    "path",
    [
        "tests/test_a.py",
        "loadtests/users.py",
        "perf/locustfile.py",
        "lib/create_test_data.py",
        "old_features/pay_steps.py",
    ],
)
def test_tests_are_held_back_until_asked_for(tree: Any, flake8: Any, leak: str, path: str) -> None:
    tree({path: leak})
    assert flake8("--select", "PII").codes == []
    assert flake8("--select", "PII", "--pii-include-tests").codes == [f"./{path}:5 PII101"]
    assert flake8("--select", "PII101").codes == [f"./{path}:5 PII101"]


def test_rules_that_are_off_stay_off_until_named(tree: Any, flake8: Any) -> None:
    tree({"a.py": "x = 1  # noqa: PII101\n"})
    assert flake8().codes == []
    assert flake8("--select", "PII").codes == []
    # flake8 itself silences what stands on a line with a noqa that matches it; ours names another code.
    assert flake8("--select", "PII9").codes == ["./a.py:1 PII903"]
    assert flake8("--extend-select", "PII903").codes == ["./a.py:1 PII903"]
    assert flake8("--pii-extend-select", "PII903").codes == ["./a.py:1 PII903"]


BAD = {
    "confidence": (("--pii-min-confidence", "hihg"), "--pii-min-confidence: 'hihg' is not a confidence", "low, medium"),
    "category": (("--pii-select-categories", "emial"), "--pii-select-categories: 'emial' is not a category", "email"),
    "rule": (("--pii-extend-select", "PIX"), "--pii-extend-select: 'PIX' is not a rule", "PII101"),
    "source": (("--pii-sources", "a.b"), "--pii-sources: 'a.b' is not dotted.path=category", "a.b"),
    "source of what": (("--pii-sources", "=email"), "--pii-sources: '=email' is not dotted.path=category", "email"),
    "kind of source": (("--pii-sources", "a.b=emial"), "--pii-sources: 'emial' is not a category", "email"),
}


@pytest.mark.parametrize(("arguments", "said", "takes"), BAD.values(), ids=BAD.keys())
def test_a_bad_option_is_said(tree: Any, flake8: Any, arguments: tuple[str, ...], said: str, takes: str) -> None:
    tree({"a.py": "x = 1\n"})
    result = flake8(*arguments)
    assert result.status == 1
    assert said in result.out + result.err
    assert takes in result.out + result.err
    assert "Traceback" not in result.out + result.err


def test_a_bad_table_is_said(tree: Any, flake8: Any) -> None:
    tree({"a.py": "x = 1\n", "pyproject.toml": "[tool.discreet]\nignroe = []\n"})
    result = flake8("-j", "1")
    assert "has no key 'ignroe' (did you mean 'ignore'?)" in result.out + result.err


def test_it_agrees_with_the_command_line(tree: Any, flake8: Any, discreet: Any, leak: str) -> None:
    quiet = leak[:-1] + "  # noqa\n"
    tree({"a.py": leak, "b/c.py": leak + quiet, "d.py": "import requests\nrequests.post('https://x', json={'a': 1})\n"})
    assert flake8("--select", "PII").out == discreet("check", "-q").out.replace("a.py", "./a.py").replace("b/", "./b/")


HEAVY = ("astroid", "libcst", "rich", "click")


def test_what_it_imports(tree: Any, leak: str) -> None:
    tree({"a.py": leak, "empty.py": "\n\n", "pyproject.toml": "[tool.discreet]\n"})

    def imported(file: str) -> set[str]:
        code = (
            "import sys\nfrom flake8.main.cli import main\n"
            f"main(['--isolated', '-j1', '--select=PII', '--exit-zero', {file!r}])\n"
            "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert ("PII101" in done.stdout) == (file == "a.py")
        return set(done.stderr.split())

    assert not imported("a.py") & {*HEAVY, "discreet.cli"}
    ours = {name for name in imported("empty.py") if name.startswith(("discreet", "msgspec", *HEAVY))}
    assert ours == {"discreet", "discreet.flake8_plugin"}


ACROSS = {
    "shop/__init__.py": "",
    "shop/notes.py": "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef note(text):\n    log.info(text)\n",
    "shop/views.py": "from shop.notes import note\n\n\ndef sign_up(email):\n    note(email)\n",
}


def test_a_cached_project_is_seen_around_the_file(tree: Any, flake8: Any, discreet: Any) -> None:
    root = tree(ACROSS)
    alone = flake8("--select", "PII", "shop/views.py")
    assert discreet("check", "-q", "shop").status == 1
    around = flake8("--select", "PII", "shop/views.py")
    assert (alone.codes, around.codes) == ([], ["shop/views.py:5 PII101"])
    moved = "# a comment more\n" + ACROSS["shop/views.py"].replace("note(email)", "x = email\n    note(x)")
    (root / "shop/views.py").write_text(moved)
    assert flake8("--select", "PII", "shop/views.py").codes == ["shop/views.py:7 PII101"]
    assert discreet("clean").status == 0
    assert flake8("--select", "PII", "shop/views.py").codes == []


def test_a_damaged_cache_leaves_the_file_alone(tree: Any, flake8: Any, discreet: Any) -> None:
    root = tree(ACROSS)
    discreet("check", "-q", "shop")
    (root / ".discreet_cache" / "cache.db").write_bytes(b"no database" * 1000)
    result = flake8("--select", "PII", "shop")
    assert (result.status, result.codes, result.err) == (0, [], "")
