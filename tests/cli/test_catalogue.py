"""The catalogue is printed as it is written, with the project's own rows, and can be narrowed down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from discreet.catalogue.categories import categories
from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names, row_files

Run = Callable[..., Any]
Tree = Callable[[Mapping[str, str]], Path]
ROWS = (
    '[[sink]]\ntarget = ["acme.Bus", "acme"]\nmembers = ["send", "shout"]\nkind = "queue"\nargs = ["1|body", "**"]\n'
    'why = "others read along"\n'
    '[[class]]\ntarget = "acme.Account"\nattributes = {mail = "category:email", nobody = "clean"}\n'
    '[[method]]\nmembers = ["veiled"]\neffect = "sanitize"\nnote = "masks"\n'
)


@pytest.fixture
def project(tree: Tree) -> Path:
    return tree({"pyproject.toml": '[tool.discreet]\ncatalogue = ["own/rows.toml"]\n', "own/rows.toml": ROWS})


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("catalogue", *arguments, "--output-format", "json").out)
    return found


def test_the_page_has_the_figures_of_today(tree: Tree, discreet: Run) -> None:
    """The page shows the whole overview: what is printed has to be put there."""
    tree({})
    said = discreet("catalogue").out
    page = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert f"$ discreet catalogue\n{said}$ " in page, f"put this into docs/catalogue.md:\n{said}"


def test_a_sink_is_a_line_with_its_rule(project: Path, discreet: Run) -> None:
    lines = discreet("catalogue", "sinks", "--library", "acme").out.splitlines()
    assert lines[0].split() == ["NAME", "KIND", "RULE", "ARGUMENTS", "FILE", "WHY"]
    assert [line.split()[0] for line in lines[1:]] == ["acme.Bus.send", "acme.Bus.shout", "acme.send", "acme.shout"]
    assert lines[1].split() == [
        "acme.Bus.send",
        "queue",
        "PII213",
        "(off)",
        "1|body",
        "**",
        "own/rows.toml",
        "others",
        "read",
        "along",
    ]


def test_a_library_alone_is_shown_with_all_that_is_known_of_it(project: Path, discreet: Run) -> None:
    said = discreet("catalogue", "--library", "acme").out
    assert "acme.Bus.send" in said
    assert ["acme.Account.mail", "email", "own/rows.toml"] in [line.split() for line in said.splitlines()]
    assert "categories" not in said


def test_a_machine_is_told_everything(project: Path, discreet: Run) -> None:
    (first, *_) = listed(discreet, "sinks", "--library", "acme")
    assert first == {
        "topic": "sinks",
        "name": "acme.Bus.send",
        "table": "sink",
        "file": "own/rows.toml",
        "kind": "queue",
        "rule": "PII213",
        "default": False,
        "arguments": ["1|body", "**"],
        "form": "text",
        "why": "others read along",
    }
    veiled = [each for each in listed(discreet, "transforms") if each["name"] == ".veiled"]
    assert [(each["effect"], each["arguments"], each["note"]) for each in veiled] == [("sanitize", ["self"], "masks")]


def test_nothing_of_the_built_in_catalogue_is_left_out(tree: Tree, discreet: Run) -> None:
    tree({})
    everything = listed(discreet)
    names = {each["name"] for each in everything}
    assert [each["name"] for each in everything if each["topic"] == "categories"] == list(categories())
    for file in row_files():
        for table, rows in read_data(file).items():
            for row in rows if isinstance(rows, list) else ():
                wanted = dotted_names(row) if "target" in row else [f".{each}" for each in row["members"]]
                assert names.issuperset(wanted), f"{file} {table}"


def test_settings_and_numbers_say_what_makes_them_so(tree: Tree, discreet: Run) -> None:
    tree({})
    found = listed(discreet, "settings", "--library", "sentry_sdk")
    assert [(each["name"], each["argument"], each["rule"], each["unsafe"]) for each in found] == [
        ("sentry_sdk.init", "include_local_variables", "PII401", [True]),
        ("sentry_sdk.init", "max_request_body_size", "PII401", ["always"]),
        ("sentry_sdk.init", "send_default_pii", "PII401", [True]),
    ]
    assert all("sentry-sdk 2.75.0" in each["seen"] for each in found)
    by_name = {each["name"]: each for each in listed(discreet, "numbers")}
    assert (by_name["pl.pesel"]["category"], by_name["pl.pesel"]["words"]) == ("national_id", ["pesel"])
    (line,) = [line for line in discreet("catalogue", "numbers").out.splitlines() if line.startswith("pl.pesel ")]
    assert line.split()[-2:] == ["pesel", "identifiers.toml"]


def test_one_kind_of_sinks(tree: Tree, discreet: Run) -> None:
    tree({})
    found = listed(discreet, "--kind", "llm")
    assert {each["kind"] for each in found} == {"llm"}
    assert any(each["library"] == "openai" for each in ({"library": each["name"].split(".")[0]} for each in found))


def test_the_overview_counts(project: Path, discreet: Run) -> None:
    rows = {line.split()[0]: line.split()[1:3] for line in discreet("catalogue").out.splitlines()[1:]}
    assert list(rows) == ["categories", "sinks", "sources", "transforms", "calls", "settings", "numbers"]
    assert int(rows["categories"][0]) == len(categories())
    assert int(rows["sinks"][0]) == len(listed(discreet, "sinks"))
    without = {line.split()[0]: line.split()[1:3] for line in discreet("catalogue", "--isolated").out.splitlines()[1:]}
    assert int(rows["sinks"][0]) - int(without["sinks"][0]) == 4
    assert int(rows["sinks"][1]) - int(without["sinks"][1]) == 1


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("--library", "reqests"), "knows no library 'reqests' (did you mean 'requests'?)"),
        (("--kind", "lgo"), "knows no kind 'lgo' (did you mean 'log'?)"),
        (("snik",), "'snik' is not one of"),
    ],
)
def test_what_is_not_there_is_said(tree: Tree, discreet: Run, arguments: tuple[str, ...], wrong: str) -> None:
    tree({})
    found = discreet("catalogue", *arguments)
    assert (found.status, found.out) == (2, "")
    assert wrong in found.err
    assert found.err.count("\n") == 1
