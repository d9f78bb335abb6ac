"""Nothing in the catalogue is there for nothing: each table has a test that makes programs of its rows, each category a
line in a fixture, and each word about what is written down says something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from discreet.catalogue.categories import categories
from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import row_files
from discreet.catalogue.numbers import card_network
from discreet.facts.written import written

FIXTURES = Path(__file__).parents[2] / "fixtures"
GENERATORS = {
    "sink": "test_every_sink", "type": "test_every_source", "field": "test_every_source",
    "class": "test_every_source", "returns": "test_every_source", "transform": "test_every_source",
    "method": "test_every_source", "caller": "test_every_caller", "convention": "test_every_caller",
    "handler": "test_every_handler", "frame": "test_every_frame", "maker": "test_every_frame",
    "known": "../cli/test_coverage",
}  # fmt: skip
"""By table: the module whose programs are made of its rows. One that is not named here has no test."""

NAME, HOST = "agata.wrobel", "gmail.com"
MAILS = read_data("written.toml")["mail"]
CARDS = " ".join(read_data("written.toml")["card"]["published"].values()).split()


def test_each_table_has_a_test_that_makes_programs_of_its_rows() -> None:
    assert {table for file in row_files() for table in read_data(file)} == set(GENERATORS)
    for name in GENERATORS.values():
        assert (Path(__file__).parent / f"{name}.py").is_file()


def _in_fixtures(pattern: str) -> Iterator[str]:
    for path in sorted(FIXTURES.rglob("*.py")):
        for said in re.findall(pattern, path.read_text(encoding="utf-8")):
            yield from re.findall(r"\w+", said)


def test_each_category_is_asked_for_in_a_fixture() -> None:
    reported, marked = set(_in_fixtures(r"# expect: (.*)")), set(_in_fixtures(r"# pii: (.*)"))
    unreached = [
        key for key, each in categories().items() if key not in (marked if each.standing == "opaque" else reported)
    ]
    assert unreached == []


# -- what is written down ----------------------------------------------------------------------------------------------


def told(text: str) -> list[bool]:
    """Of each thing that is said of a text, whether it is sure."""
    return [each.sure for each in written(text, {})]


def words(key: str) -> list[str]:
    """A list of words of ``[mail]``."""
    return str(MAILS[key]).split()


def test_a_mailbox_at_each_provider_is_a_persons() -> None:
    assert [host for host in words("private") if told(f"x = '{NAME}@{host}'") != [True]] == []


@pytest.mark.parametrize("key", ["roles", "placeholders"])
def test_each_mailbox_of_an_office_or_of_nobody(key: str) -> None:
    assert [each for each in words(key) if told(f"x = '{each}@{HOST}'")] == []


def test_each_host_of_nobody() -> None:
    assert told(f"x = '{NAME}@kancelaria-wrobel.pl'") == [False]
    assert [each for each in words("hosts") if told(f"x = '{NAME}@{each}.pl'")] == []


def test_each_word_and_name_that_says_an_address_is_published() -> None:
    assert [each for each in words("beside") if told(f"# {each} {NAME}@{HOST}")] == []
    assert [each for each in words("head") if told(f"# {each}\n#\n# {NAME}@{HOST}")] == []
    assert [each for each in words("names") if told(f"{each} = '{NAME}@{HOST}'")] == []


def test_each_card_of_a_sandbox_would_be_one() -> None:
    assert len(CARDS) == len(set(CARDS))
    for each in CARDS:
        assert told(f"card_number = '{each}'") == []
        assert card_network(each), each
        assert sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(each[::-1], 1)) % 10 == 0, each


def test_each_word_for_a_telephone() -> None:
    number = "+49 1512 7043962"
    assert told(f"x = '{number}'") == [False]
    assert [
        each for each in read_data("written.toml")["phone"]["words"].split() if told(f"# {each} {number}") != [True]
    ] == []


# -- postal addresses --------------------------------------------------------------------------------------------------

HOMES = read_data("written.toml")["address"]
STREET = "Lindenweg 17, 79312 Emmendingen"
KEYED = {"religion": "religion", "ethnicity": "ethnicity", "health": "diagnosis", "driving_licence": "drivers_license"}
"""A name of a category, where its own key is no strong one."""


def test_each_word_for_an_address_and_each_key_beside_one() -> None:
    assert told(f"x = '{STREET}'") == []
    assert [each for each in HOMES["words"].split() if not told(f"# {each}: {STREET}")] == []
    keys = {each: KEYED.get(each, f"patient_{each}") for each in HOMES["persons"].split()}
    assert [each for each, key in keys.items() if told(f"x = {{'{key}': y, 'z': '{STREET}'}}") != [True]] == []


def test_each_sign_that_an_address_is_an_offices_or_nobodys() -> None:
    said = "home_address = '{}'{}"
    assert told(said.format(STREET, "")) == [True]
    assert [each for each in HOMES["offices"].split() if told(said.format(STREET, f"  # {each}"))] == []
    assert [
        each for each in HOMES["placeholders"].split() if told(said.format(STREET.replace("Linden", f"{each} "), ""))
    ] == []
