"""Values that are kept for tests: the judges of written data pass over every one, and none looks like another kind."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from discreet.catalogue.beside import Beside
from discreet.catalogue.contacts import mail, phone
from discreet.catalogue.data import read_data
from discreet.catalogue.numbers import number
from discreet.catalogue.reserved import reserved

PLAIN = Beside("", "")

EXPECTED = [
    ("agata_wrobel@gmail.com", "email", "email address", "user@example.com"),
    ("2720 9948 1736 2055", "card_number", "payment card number", "2223 0031 2200 3222"),
    ("4929-1279-3813-6441", "card_number", "payment card number", "4242-4242-4242-4242"),
    ("3714 496353 98432", "card_number", "payment card number", "3782 822463 10005"),
    ("DE55901020304157268391", "bank_account", "IBAN", "DE89370400440532013000"),
    ("GB33 BUKB 2020 1555 5555 56", "bank_account", "IBAN", "GB29 NWBK 6016 1331 9268 19"),
    ("de55901020304157268391", "bank_account", "IBAN", "de89370400440532013000"),
    ("63812905273", "national_id", "Polish PESEL", "44051401359"),
    ("+1 (415) 823-4567", "phone", "phone number", "+1 (212) 555-0123"),
    ("415.823.4567", "phone", "phone number", "212.555.0123"),
    ("+447911345678", "phone", "phone number", "+447700900123"),
    ("+44 (0)20 7123 4567", "phone", "phone number", "+44 (0)20 7946 0123"),
    ("+49 1512 3456789", "phone", "phone number", "+49 1760 4069023"),
    ("+33 6 12 34 56 78", "phone", "phone number", "+33 6 39 98 01 23"),
]
NONE = [
    ("900101-1234568", "national_id", "Korean resident number"),  # none is printed
    ("XX559010203041572683", "bank_account", "IBAN"),  # no such country
    ("63812905273", "national_id", "Croatian OIB"),
    ("4827 Quiet Heron Lane, Dayton, OH 00947", "postal_address", "postal address"),
    ("+353 87 123 4567", "phone", "phone number"),
    ("+48 512 345 678", "phone", "phone number"),
    ("６３８１２９０５２７３", "national_id", "Polish PESEL"),
    ("no number", "phone", "phone number"),
]


@pytest.mark.parametrize(("raw", "category", "said", "wanted"), EXPECTED)
def test_what_takes_the_place_of_a_value(raw: str, category: str, said: str, wanted: str) -> None:
    assert next(reserved(raw, category, said), None) == wanted


@pytest.mark.parametrize(("raw", "category", "said"), NONE)
def test_where_nobody_keeps_any(raw: str, category: str, said: str) -> None:
    assert list(reserved(raw, category, said)) == []


ROWS = {
    module: row for module, row in read_data("identifiers.toml").items() if module != "others" and row.get("published")
}


@pytest.mark.parametrize("module", ROWS)
def test_printed_numbers_are_nobodys_beside_their_own_name(module: str) -> None:
    row = ROWS[module]
    for raw in row["published"]:
        for each in reserved(raw, row["category"], row["label"]):
            for word in row["words"]:
                assert number(each, Beside(word, word)) is None, each
            assert re.sub(r"[^\W_]", "x", each) == re.sub(r"[^\W_]", "x", raw), "written as the other one is"


@pytest.mark.parametrize("code", read_data("written.toml")["phone"]["kept"])
def test_kept_numbers_are_nobodys(code: str) -> None:
    for form in read_data("written.toml")["phone"]["kept"][code]:
        for last in range(23, 100):
            assert phone(f"+{code}{form.replace('##', str(last))}", Beside("phone", "")) is None


def test_addresses_are_nobodys_and_all_different() -> None:
    made = list(islice(reserved("jane@corp.test", "email", ""), 50))
    assert len(set(made)) == 50
    assert all(mail(each, each, "", Beside("email", "")) is None for each in made)
