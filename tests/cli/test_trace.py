"""``discreet trace`` from outside: the story of a line as a tree, and why a line has none."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from discreet.output.schemas import schema_text

ROOT = Path(__file__).resolve().parents[2]
LOG = "import logging\n\nlog = logging.getLogger(__name__)\n\n\n"
"""Five lines: what follows begins on line 6."""

WELCOME = LOG + (
    "def greet(to):\n"
    '    log.info("welcome, %s", to)\n'
    "\n"
    "\n"
    "def note(text):\n"
    "    log.info(text)\n"
    "\n"
    "\n"
    "def sign_up(customer):\n"
    "    mail = customer.email\n"
    "    greet(mail)\n"
    '    note(f"hello {mail}")\n'
)


def why(discreet: Any, spot: str, *options: str) -> list[str]:
    """The reasons that are told for a line, in order."""
    result = discreet("trace", spot, "--why-not", *options)
    return [line.strip().removeprefix("=> ") for line in result.out.splitlines() if line.strip().startswith("=> ")]


# -- stories -----------------------------------------------------------------------------------------------------------


def test_a_story_is_a_tree(tree: Any, discreet: Any) -> None:
    tree({"welcome.py": WELCOME})
    result = discreet("trace", "welcome.py:7")
    assert result == (
        0,
        (
            "welcome.py:7:5: PII101 log message shows email address: customer.email\n"
            "  sign_up() in welcome.py\n"
            "    welcome.py:15  mail = customer.email\n"
            "      - 'customer.email' is personal (name)\n"
            "      - held by 'mail'\n"
            "    welcome.py:16  greet(mail)\n"
            "      - handed to greet()\n"
            "    greet() in welcome.py\n"
            '      welcome.py:7  log.info("welcome, %s", to)\n'
            "        - reaches logging.Logger.info (log)\n"
            "\n"
        ),
        "",
    )


def test_the_inside_of_a_wrapper_is_told_and_a_return_comes_back(tree: Any, discreet: Any) -> None:
    tree({"welcome.py": WELCOME})
    out = discreet("trace", "welcome.py:17").out
    assert "    note() in welcome.py\n      welcome.py:11  log.info(text)\n" in out
    assert out.endswith(
        "  sign_up() in welcome.py\n"
        '    welcome.py:17  note(f"hello {mail}")\n'
        "      - is handed over here\n\n"
    )  # fmt: skip


def test_every_line_of_a_story_leads_to_it(tree: Any, discreet: Any) -> None:
    tree({"welcome.py": WELCOME})
    assert discreet("trace", "welcome.py:11").out.startswith("welcome.py:17:5: PII101")
    assert discreet("trace", "welcome.py:15").out.count("PII101") == 2
    assert discreet("trace", "welcome.py:15:12").out.count("PII101") == 2
    assert discreet("trace", "welcome.py:15:1").status == 1
    assert discreet("trace", "welcome.py:7:9").status == 0


def test_no_finding_is_status_1_and_points_to_why_not(tree: Any, discreet: Any) -> None:
    tree({"welcome.py": WELCOME})
    result = discreet("trace", "welcome.py:6")
    assert result == (1, "", "discreet: no finding at welcome.py:6; ask with --why-not for the reason\n")


def test_the_project_is_found_from_the_file(tree: Any, discreet: Any, monkeypatch: Any) -> None:
    """The project is the one around the file, wherever somebody stands, and paths are as seen from there."""
    root = tree(
        {
            "shop/__init__.py": "",
            "shop/api.py": "from shop.tell import tell\n\n\ndef order(customer):\n    tell(customer.email)\n",
            "shop/tell.py": LOG + 'def tell(whom):\n    log.info("to %s", whom)\n',
        }
    )
    monkeypatch.chdir(root / "shop")
    out = discreet("trace", "tell.py:7").out
    assert out.startswith("tell.py:7:5: PII101 log message shows email address: customer.email\n  order() in api.py\n")
    assert discreet("trace", "tell.py:7", ".").status == 0
    assert discreet("trace", "tell.py:7", "tell.py").status == 1


def test_multi_line_calls_are_found_on_each_of_their_lines(tree: Any, discreet: Any) -> None:
    tree({"a.py": LOG + 'def f(email):\n    log.info(\n        "to %s",\n        email,\n    )\n'})
    assert [discreet("trace", f"a.py:{line}").status for line in (6, 7, 8, 9, 10)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("program", "spot", "told"),
    [
        ("wrappers", "shopfront/checkout.py:8", ["shopfront/telemetry.py:7", "shopfront/telemetry.py:11", "_write()"]),
        ("decorated", "plumbing/tracing.py:11", ["payroll/accounts.py:6", "account_for()", "is personal"]),
        ("decorated", "plumbing/tracing.py:29", ["payroll/run.py:13", "handed to job()"]),
    ],
)
def test_stories_of_programs(
    tmp_path: Path, monkeypatch: Any, discreet: Any, program: str, spot: str, told: list[str]
) -> None:
    shutil.copytree(ROOT / "fixtures" / "programs" / program, tmp_path / program)
    (tmp_path / program / ".git").mkdir()
    monkeypatch.chdir(tmp_path / program)
    result = discreet("trace", spot, "--no-cache")
    assert result.status == 0
    for each in told:
        assert each in result.out


HIDDEN = {
    "low confidence": (
        {"a.py": LOG + 'def register_patient(name):\n    log.info("%s", name)\n'},
        "a.py:7",
        (),
        "not shown by check: a guess of low confidence: shown with --min-confidence low",
    ),
    "suppressed": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)  # noqa: PII101 -- agreed\n'},
        "a.py:7",
        (),
        "not shown by check: suppressed by the noqa at a.py:7 -- agreed",
    ),
    "test": (
        {"tests/test_a.py": LOG + 'def f(email):\n    log.info("%s", email)\n'},
        "tests/test_a.py:7",
        (),
        "not shown by check: held back: test file (--include-tests)",
    ),
    "off": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)\n'},
        "a.py:7",
        ("--ignore", "PII1"),
        "not shown by check: rule PII101 is left out by `select` or `ignore`",
    ),
    "excluded": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)\n', ".gitignore": "a.py\n"},
        "a.py:7",
        (),
        "not shown by check: excluded file",
    ),
}


@pytest.mark.parametrize(("files", "spot", "options", "note"), HIDDEN.values(), ids=HIDDEN.keys())
def test_what_check_does_not_show_is_shown_with_the_reason(
    tree: Any, discreet: Any, files: dict[str, str], spot: str, options: tuple[str, ...], note: str
) -> None:
    tree(files)
    result = discreet("trace", spot, *options)
    assert result.status == 0
    assert note in result.out


# -- why not -----------------------------------------------------------------------------------------------------------

MASK = "def mask_email(value):\n    return value[:1] + '***'\n\n\n"
WHY_NOT: dict[str, tuple[dict[str, str], str, tuple[str, ...], str]] = {
    "constant": (
        {"a.py": LOG + 'SUPPORT = "the desk"\n\n\ndef f():\n    log.info("%s", SUPPORT)\n'}, "a.py:10", (),
        "it is a constant",
    ),
    "constant of another module": (
        {"conf.py": 'DESK_EMAIL = "the desk"\n',
         "a.py": "from conf import DESK_EMAIL\n" + LOG + 'def f():\n    log.info("%s", DESK_EMAIL)\n'}, "a.py:8", (),
        "it is a constant",
    ),
    "constant of a branch": (
        {"a.py": LOG + 'def f(x):\n    email = "on" if x else "off"\n    log.info("%s", email)\n'}, "a.py:8", (),
        "it is a constant",
    ),
    "nothing in a branch": (
        {"a.py": LOG + 'def f(customer):\n    email = customer.email\n    if not email:\n'
         + '        log.info("%s", email)\n'},
        "a.py:9", (), "it is None or empty here: customer.email",
    ),
    "sanitized by a function of ours": (
        {"m.py": MASK, "a.py": "from m import mask_email\n" + LOG
         + 'def f(customer):\n    log.info("%s", mask_email(customer.email))\n'}, "a.py:8", (),
        "sanitized by mask_email() at m.py:1 (its name says so)",
    ),
    "sanitized in a helper": (
        {"a.py": LOG + MASK + 'def shown(c):\n    return mask_email(c.email)\n\n\n'
         'def f(customer):\n    text = shown(customer)\n    log.info("%s", text)\n'}, "a.py:16", (),
        "sanitized by mask_email() at a.py:6 (its name says so)",
    ),
    "sanitized before it is kept": (
        {"a.py": LOG + MASK + "class Job:\n    def __init__(self, email):\n        self.to = mask_email(email)\n\n"
         '    def run(self):\n        log.info("%s", self.to)\n'}, "a.py:15", (),
        "sanitized by mask_email() at a.py:6 (its name says so)",
    ),
    "sanitized by an unknown library": (
        {"a.py": "import acme\n" + LOG + 'def f(email):\n    log.info("%s", acme.redact(email))\n'}, "a.py:8", (),
        "sanitized by acme.redact() (its name says so)",
    ),
    "sanitized by the catalogue": (
        {"a.py": "import scrubadub\n" + LOG + 'def f(email):\n    log.info("%s", scrubadub.clean(email))\n'}, "a.py:8",
        (), "sanitized by scrubadub.clean() (catalogue)",
    ),
    "a pattern": (
        {"a.py": "import re\n" + LOG + 'def f(email):\n    log.info("%s", re.sub("@.*", "@x", email))\n'}, "a.py:8", (),
        "sanitized: re.sub() replaces what is in it",
    ),
    "reduced": (
        {"a.py": LOG + 'def f(email):\n    log.info("%d", len(email))\n'}, "a.py:7", (),
        "reduced: len() keeps nothing personal",
    ),
    "reduced before": (
        {"a.py": LOG + 'def f(email):\n    size = len(email)\n    log.info(f"{size} letters")\n'}, "a.py:8", (),
        "reduced: len() keeps nothing personal",
    ),
    "compared": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email == "x")\n'}, "a.py:7", (),
        "reduced: a comparison keeps nothing personal, it says yes or no",
    ),
    "a method that reduces": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email.endswith("x"))\n'}, "a.py:7", (),
        "reduced: .endswith() keeps nothing personal",
    ),
    "a piece": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email[-4:])\n'}, "a.py:7", (),
        "only a piece of it: email[-4:]",
    ),
    "declared": (
        {"a.py": LOG + 'def f(row):\n    email = row[4]  # pii: none\n    log.info("%s", email)\n'}, "a.py:8", (),
        "declared clean: `# pii: none` at a.py:7",
    ),
    "a declared field": (
        {"a.py": LOG + "class Shop:\n    email: str  # pii: none\n\n\n"
         'def f(shop: Shop):\n    log.info("%s", shop.email)\n'},
        "a.py:11", (), "declared clean: `# pii: none` at a.py:7",
    ),
    "a declared function": (
        {"a.py": LOG + 'def email():  # pii: none\n    return load()\n\n\ndef f():\n    log.info("%s", email())\n'},
        "a.py:11", (), "declared clean: email() at a.py:6",
    ),
    "a type": (
        {"a.py": LOG + 'def f(email: bool):\n    log.info("%s", email)\n'}, "a.py:7", (),
        "its type can't hold it: `email: bool`",
    ),
    "a type of what is returned": (
        {"a.py": LOG + 'def f(u):\n    log.info("%s", email(u))\n\n\ndef email(u) -> bool:\n    return u.x\n'},
        "a.py:7", (),
        "its type can't hold it: `email() -> bool`",
    ),
    "a hash": (
        {"a.py": "import hashlib\n" + LOG
         + 'def f(email):\n    log.info("%s", hashlib.sha256(email.encode()).hexdigest())\n'}, "a.py:8", (),
        "pseudonymised: hashlib.sha256()",
    ),
    "an unresolved call": (
        {"a.py": "import acme\n\n\ndef f(email):\n    acme.send(email)\n"}, "a.py:5", (),
        "the call `acme.send()` could not be resolved: nothing is known of what it does",
    ),
    "what an unresolved call gives": (
        {"a.py": "import acme\n" + LOG + 'def f(key):\n    log.info("%s", acme.lookup(key))\n'}, "a.py:8", (),
        "the call `acme.lookup()` could not be resolved: nothing is known of what it gives",
    ),
    "no call": ({"a.py": "def f(email):\n    x = email\n"}, "a.py:2", (),
                "no sink: nothing is known to let data out on this line"),
    "a function that lets nothing out": (
        {"a.py": "def keep(x):\n    return x\n\n\ndef f(email):\n    keep(email)\n"}, "a.py:6", (),
        "no sink: nothing in keep() at a.py:1 is known to let data out",
    ),
    "unnamed": (
        {"a.py": LOG + 'def f(row):\n    log.info("%s", row[3])\n'}, "a.py:7", (),
        "nothing says it is personal: `row[3]`",
    ),
    "a program's": (
        {"a.py": LOG + 'def f(host, port, username):\n    log.info("%s", username)\n'}, "a.py:7", (),
        "what stands beside it says that it is a program's: `username`",
    ),
    "unnamed at the caller": (
        {"a.py": LOG + 'def tell(x):\n    log.info("to %s", x)\n\n\ndef f(product):\n    tell(product.title)\n'},
        "a.py:7", (), "nothing says it is personal: `product.title`",
    ),
    "a test": (
        {"tests/test_a.py": LOG + 'def f(email):\n    log.info("%s", email)\n'}, "tests/test_a.py:7", (),
        "held back: test file (--include-tests)",
    ),
    "a rule that is off": (
        {"a.py": "import click\n\n\n@click.command()\ndef f(email):\n    print(email)\n"}, "a.py:6", (),
        "rule PII105 is off (--extend-select PII105)",
    ),
    "suppressed": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)  # noqa: PII101 -- agreed\n'}, "a.py:7", (),
        "suppressed by the noqa at a.py:7 -- agreed",
    ),
    "a file that is left alone": (
        {"a.py": "# flake8: noqa\n" + LOG + 'def f(email):\n    log.info("%s", email)\n'}, "a.py:8", (),
        "suppressed: the whole file is left out by `# flake8: noqa`",
    ),
    "told where the message is made": (
        {"welcome.py": WELCOME}, "welcome.py:16", (),
        "told elsewhere: reported at welcome.py:7 (PII101), where the message is made",
    ),
    "told at the call of a wrapper": (
        {"welcome.py": WELCOME}, "welcome.py:11", (),
        "told elsewhere: reported at welcome.py:17 (PII101), where the message is made",
    ),
    "found": ({"welcome.py": WELCOME}, "welcome.py:17", (), "it is found: PII101 at welcome.py:17"),
    "excluded": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)\n', ".gitignore": "a.py\n"}, "a.py:7", (),
        "excluded file: `exclude`, `extend-exclude` or a .gitignore leaves it out",
    ),
    "off in a file": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)\n',
         "pyproject.toml": '[tool.discreet]\nper-file-ignores = { "a.py" = ["PII101"] }\n'}, "a.py:7", (),
        "rule PII101 is off in this file (per-file-ignores)",
    ),
    "below the confidence": (
        {"a.py": LOG + 'def f(email):\n    log.info("%s", email)\n'}, "a.py:7", ("--min-confidence", "high"),
        "a guess of medium confidence: shown with --min-confidence medium",
    ),
    "a weak guess": (
        {"a.py": LOG + 'def register_patient(name):\n    log.info("%s", name)\n'}, "a.py:7", (),
        "a guess of low confidence: shown with --min-confidence low",
    ),
    "no Python": ({"a.py": "def f(:\n"}, "a.py:1", (), "the file was not checked: "),
}  # fmt: skip


@pytest.mark.parametrize(("files", "spot", "options", "reason"), WHY_NOT.values(), ids=WHY_NOT.keys())
def test_why_not(
    tree: Any, discreet: Any, files: dict[str, str], spot: str, options: tuple[str, ...], reason: str
) -> None:
    tree(files)
    found = why(discreet, spot, *options)
    assert any(each.startswith(reason) for each in found), found
    assert discreet("trace", spot, "--why-not", *options).status == 0


def test_each_value_has_its_own_reason_and_its_way(tree: Any, discreet: Any) -> None:
    tree({"a.py": LOG + 'def f(email, row):\n    size = len(email)\n    log.info(f"{size} {row[3]}")\n'})
    assert discreet("trace", "a.py:8", "--why-not").out == (
        'a.py:8  log.info(f"{size} {row[3]}")\n'
        "  log.info()\n"
        "    argument 0: row[3]\n"
        "      => nothing says it is personal: `row[3]`\n"
        "         help: say what it is where it gets its name: `# pii: email`\n"
        "    argument 0: len(email)\n"
        "      a.py:7  held by 'size'\n"
        "      => reduced: len() keeps nothing personal\n"
    )


def test_the_column_chooses_among_calls(tree: Any, discreet: Any) -> None:
    tree({"a.py": LOG + 'def f(email, row):\n    log.info("%s", row[1]); log.info("%d", len(email))\n'})
    assert why(discreet, "a.py:7:30") == ["reduced: len() keeps nothing personal"]
    assert why(discreet, "a.py:7:5") == ["nothing says it is personal: `row[1]`"]


# -- data --------------------------------------------------------------------------------------------------------------


def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(schema_text("trace"))
    other = Resource.from_contents(json.loads(schema_text("finding")))
    jsonschema.Draft202012Validator.check_schema(schema)
    registry: Any = Registry().with_resource("urn:discreet:finding:1", other)
    return jsonschema.Draft202012Validator(schema, registry=registry)


@pytest.fixture(name="schema")
def _schema() -> jsonschema.Draft202012Validator:
    return validator()


@pytest.mark.parametrize("spot", ["welcome.py:7", "welcome.py:17", "welcome.py:6", "welcome.py:15:12"])
def test_json_is_the_same_as_data(tree: Any, discreet: Any, schema: Any, spot: str) -> None:
    tree({"welcome.py": WELCOME})
    for more in ((), ("--why-not",)):
        said = json.loads(discreet("trace", spot, "--output-format", "json", *more).out)
        schema.validate(said)
        assert f"{said['path']}:{said['line']}" in spot
    if spot == "welcome.py:17":
        story = json.loads(discreet("trace", spot, "--output-format", "json").out)["findings"][0]
        assert [(each["function"], each["depth"]) for each in story["tree"]] == [
            ("sign_up()", 1), ("sign_up()", 1), ("sign_up()", 1), ("note()", 2), ("sign_up()", 1),
        ]  # fmt: skip
        assert story["hidden"] == []


@pytest.mark.parametrize(("files", "spot", "options", "reason"), WHY_NOT.values(), ids=WHY_NOT.keys())
def test_reasons_are_data_too(
    tree: Any, discreet: Any, schema: Any, files: dict[str, str], spot: str, options: tuple[str, ...], reason: str
) -> None:
    tree(files)
    said = json.loads(discreet("trace", spot, "--why-not", "--output-format", "json", *options).out)
    schema.validate(said)
    assert reason in json.dumps(said, ensure_ascii=False).replace('\\"', '"')


# -- hostile -----------------------------------------------------------------------------------------------------------


def test_what_is_shown_is_masked_and_escaped(tree: Any, discreet: Any) -> None:
    name = "a\x1b[31m\nb.py"
    tree(
        {
            name: LOG
            + 'def f(email):\n    log.info("ann@example.org \x1b[0m \u202e %s", email)\n'
            + '    log.info("ben@example.org")\n'
        }
    )
    for options in ((), ("--why-not",)):
        for line in (7, 8):
            for output in ("text", "json"):
                out = discreet("trace", f"{name}:{line}", "--output-format", output, *options).out
                assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", out)
                assert "ann@" not in out
                assert "ben@" not in out
    assert discreet("trace", f"{name}:7").out.startswith("a\\x1b[31m\\nb.py:7:5: PII101")
    assert discreet("trace", f"{name}:6").err.count("\n") <= 1


def test_personal_constants_are_masked(tree: Any, discreet: Any) -> None:
    tree({"a.py": LOG + 'EMAIL = "ann@example.org"\n\n\ndef f():\n    log.info("%s", EMAIL)\n'})
    result = discreet("trace", "a.py:10", "--why-not")
    assert "it is a constant" in result.out
    assert "ann" not in result.out


BAD = {
    "no such file": ("none.py:1", "none.py: No such file or directory"),
    "beyond the end": ("a.py:3", "a.py has 2 lines, and no line 3"),
    "line 0": ("a.py:0", "no line 0"),
    "no line": ("a.py", "'a.py' is not FILE:LINE or FILE:LINE:COLUMN"),
    "no number": ("a.py:x", "is not FILE:LINE"),
    "no column": ("a.py:1:99", "line 1 of a.py has no column 99"),
    "a directory": (".:1", "irectory"),
    "nothing": ("", "is not FILE:LINE"),
    "an empty file": ("empty.py:1", "empty.py has 0 lines"),
}


@pytest.mark.parametrize(("spot", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_place_is_status_2_and_one_line(tree: Any, discreet: Any, spot: str, said: str) -> None:
    tree({"a.py": "x = 1\ny = 2\n", "empty.py": ""})
    for options in ((), ("--why-not",)):
        result = discreet("trace", spot, *options)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith("discreet: error: ")
        assert result.err.count("\n") == 1
        assert said in result.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_status_2(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": "x = 1\n"})
    (root / "a.py").chmod(0)
    assert discreet("trace", "a.py:1") == (2, "", "discreet: error: a.py: Permission denied\n")


def test_a_file_elsewhere_is_status_2(tree: Any, discreet: Any) -> None:
    tree({"a.py": "x = 1\n", "b/c.py": "x = 1\n"})
    result = discreet("trace", "a.py:1", "b")
    assert (result.status, result.out) == (2, "")
    assert "a.py is not below the paths" in result.err


def test_bad_options_are_those_of_check(tree: Any, discreet: Any) -> None:
    tree({"a.py": "x = 1\n"})
    assert "did you mean 'high'?" in discreet("trace", "a.py:1", "--min-confidence", "hihg").err
    assert "none.toml: cannot be read" in discreet("trace", "a.py:1", "--config", "none.toml").err


def test_a_colon_in_a_file_name(tree: Any, discreet: Any) -> None:
    tree({"a:1": LOG + 'def f(email):\n    log.info("%s", email)\n'})
    assert discreet("trace", "a:1:7").status == 0
    assert discreet("trace", "a:1:7:5").status == 0


def test_a_link_is_the_file_it_leads_to(tree: Any, discreet: Any) -> None:
    root = tree({"a.py": LOG + 'def f(email):\n    log.info("%s", email)\n'})
    (root / "b.py").symlink_to("a.py")
    assert discreet("trace", "b.py:7").out.startswith("a.py:7:5: PII101")
    assert why(discreet, "b.py:7") == ["it is found: PII101 at a.py:7"]


def test_a_process_of_its_own(tree: Any, command: Any) -> None:
    tree({"welcome.py": WELCOME})
    assert command("discreet", "trace", "welcome.py:7").status == 0
    assert command("discreet", "trace", "--help").out.count("--why-not") >= 1


def test_a_question_has_a_bound(tree: Any, discreet: Any) -> None:
    """Functions that hand each other what they are handed, each from several places."""
    calls = "".join(f"def f{n}(node):\n" + "".join(f"    f{m}(node.child)\n" for m in range(8)) for n in range(8))
    tree(
        {
            "a.py": LOG
            + calls
            + 'def g(node):\n    f0(node)\n    log.info("%s", node.title)\n'
            + "def f8(n):\n    g(n.x)\n"
        }
    )
    assert discreet("trace", "a.py:80", "--why-not").status == 0
    tree({"b.py": LOG + calls.replace("def f0(node):\n", 'def f0(node):\n    log.info("%s", node.title)\n')})
    assert "nothing says it is personal: `node" in discreet("trace", "b.py:7", "--why-not").out


MASKED = """
import logging

log = logging.getLogger(__name__)


class UsernameFilter(logging.Filter):
    def filter(self, record):
        for username in KNOWN:
            record.msg = record.msg.replace(username, "***")
        return True


def set_up(handler):
    handler.addFilter(UsernameFilter())


def enter(user):
    log.info("here is %s", user.username)
    log.info("here is %s", user.email)
"""


def test_what_a_filter_of_the_program_masks(tree: Any, discreet: Any) -> None:
    tree({"a.py": MASKED})
    assert discreet("check").codes == ["a.py:20 PII101"]
    out = discreet("trace", "a.py:19", "--why-not").out
    assert "a filter that the program adds to a handler of its log masks it" in out
    assert "PII101" in discreet("trace", "a.py:20").out
