"""Every row of ``identifiers.toml`` is held against the library that checks it, and against what it must not take.

No number of a person stands here: the generator makes valid ones from those that are printed in documentation, by
changing digits until the checksum is right again.
"""

from __future__ import annotations

import pkgutil
import random
import re
from importlib import import_module

import pytest
import stdnum

from discreet.catalogue.beside import Beside, beside
from discreet.catalogue.categories import categories
from discreet.catalogue.data import read_data
from discreet.catalogue.numbers import SEPARATORS, Number, is_made_up, number, numbers

NOTHING = Beside("", "")
PUBLISHED = [(row, value) for row in numbers() for value in sorted(row.published)]


STARTS = {
    "cl.rut": "125319092", "hr.oib": "33392005961", "kr.rrn": "9710139019902", "mu.nid": "D2511690213221",
    "pt.nif": "201964843", "us.atin": "936453219", "meid": "A0000071823495", "cz.bankaccount": "34278-0727558021/0100",
}  # fmt: skip
"""Of the form of a number of which none is printed in the catalogue."""


def checks(row: Number, value: str) -> bool:
    options = {row.option: True} if row.option else {}
    try:
        return bool(import_module(f"stdnum.{row.module}").is_valid(value, **options))
    except Exception:
        return False


def neighbours(row: Number) -> list[str]:
    """Some valid numbers that are not printed anywhere, from those that are."""
    dice, found = random.Random(row.module), list[str]()
    for value in sorted(row.published) or [STARTS[row.module]]:
        for _ in range(4000):
            digits = [at for at, character in enumerate(value) if character.isdigit()]
            changed = list(value)
            for at in dice.sample(digits, min(dice.choice((4, 8, 12)), len(digits))):
                changed[at] = str(dice.randrange(10))
            text = "".join(changed)
            compact = SEPARATORS.sub("", text)
            fits = row.form.fullmatch(compact) is not None and checks(row, text)
            fits = fits and (row.kept is None or row.kept.fullmatch(compact) is None)
            if fits and text not in row.published and not is_made_up(text, run=4):
                found.append(text)
            if len(found) == 3:
                return found
    return found


def test_every_module_is_about_persons_or_listed_as_about_something_else() -> None:
    packages = stdnum.__path__
    there = {each.name[7:] for each in pkgutil.walk_packages(packages, "stdnum.") if not each.ispkg}
    there = {name for name in there if not name.startswith("iso7064.")}
    listed = {row.module for row in numbers()} | set(read_data("identifiers.toml")["others"]["modules"])
    assert there - listed == set(), "new in python-stdnum: about one person, or not?"
    assert listed - there == set(), "not in this version of python-stdnum"


@pytest.mark.parametrize("row", numbers(), ids=lambda row: row.module)
def test_a_row_is_whole(row: Number) -> None:
    assert row.category in categories()
    assert row.words
    assert all(word == word.lower() and "_" not in word for word in row.words)
    assert all(re.fullmatch(r"[0-9A-ZÑ-]+", value) for value in row.published)
    assert callable(import_module(f"stdnum.{row.module}").is_valid)


@pytest.mark.parametrize(("row", "value"), PUBLISHED, ids=lambda each: getattr(each, "module", each))
def test_what_is_printed_is_nobodys(row: Number, value: str) -> None:
    for word in sorted(row.words):
        assert number(value, Beside(word, "")) is None


@pytest.mark.parametrize("row", numbers(), ids=lambda row: row.module)
def test_a_number_counts_beside_its_word(row: Number) -> None:
    made = neighbours(row)
    assert made, "no valid number was found"
    for value in made:
        for word in sorted(row.words):
            known = number(value, Beside(word, ""))
            assert known is not None, (row.module, word)
        alone = number(value, NOTHING)
        assert alone is None or row.written is not None or known.category != row.category


@pytest.mark.parametrize("row", [each for each in numbers() if each.checked], ids=lambda row: row.module)
def test_of_a_number_that_is_checked_a_digit_follows_from_the_others(row: Number) -> None:
    value = neighbours(row)[0]
    digits = [at for at, character in enumerate(value) if character.isdigit()]
    changed = [f"{value[:at]}{digit}{value[at + 1 :]}" for at in digits for digit in "0123456789" if digit != value[at]]
    assert sum(checks(row, each) for each in changed) < len(changed) / 4


@pytest.mark.parametrize("row", numbers(), ids=lambda row: row.module)
def test_a_wrong_checksum_is_no_number(row: Number) -> None:
    value = neighbours(row)[0]
    wrong = [value[:-1] + last for last in "0123456789" if not checks(row, value[:-1] + last)]
    others = [each for each in numbers() if each is not row and each.words & row.words]
    for each in wrong:
        if not any(checks(other, each) for other in others):
            assert number(each, Beside(min(row.words), "")) is None


def test_a_number_that_only_a_category_names_is_not_made_by_chance() -> None:
    """Seventy states give out numbers of nine to thirteen digits: one of them finds the check digit of any right."""
    dice = random.Random(5)
    made = ["".join(dice.choices("0123456789", k=length)) for length in range(8, 14) for _ in range(500)]
    for name in ("national_id", "tax_id"):
        taken = [value for value in made if number(value, Beside(name, "")) is not None]
        assert len(taken) < len(made) * 0.03, name


@pytest.mark.parametrize(
    ("before", "name", "said"),
    [
        ("ssn = '", "ssn", ""),
        ('    "ssn": "', "ssn", ""),
        ("Person(name='x', ssn='", "ssn", ""),
        ("row['ssn'] = b'", "ssn", ""),
        ("if person.ssn == '", "ssn", ""),
        ("# the SSN is ", "is", "# the SSN is "),
        ("    ssn: str = '", "ssn", ""),
        ("    ssn: typing.Optional[str] = Field(b'", "ssn", ""),
        ("validate_ssn('", "validate_ssn", ""),
        ("d = {'zip': '12345', 'other': '", "other", ""),
        ("", "", ""),
    ],
)
def test_what_stands_beside(before: str, name: str, said: str) -> None:
    assert beside(before)[:2] == (name, said)
