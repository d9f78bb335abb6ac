"""Personal data in the text of a file: where it is seen, what it is, what looks like it, and who may see it.

The values are those of the rule pages: published ones for silence, and invented ones that can be nobody's (see
``rules/written.py``) for findings. Telephone numbers that are in use are made from the examples of ``phonenumbers``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import holding
from tests.holding import kept, run

from discreet.facts.marks import Marks
from discreet.facts.model import Written
from discreet.facts.written import MOST, written
from discreet.project.result import Means
from discreet.project.run import check

CHINESE, POLISH = "110101190003070002", "63812905273"
CARD, ACCOUNT = "2720 9948 1736 2055", "DE55 9010 2030 4157 2683 91"
DEVICE, MAIL = "001017482639518", "agata_wrobel.kossakowska@gmail.com"
OTHERS = (CHINESE, POLISH, CARD, ACCOUNT, DEVICE, MAIL)


def mobile(region: str) -> str:
    """A mobile number in use: beside the one that the library publishes."""
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    for _ in range(5000):
        example.national_number += 4517
        text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(example) and found(f"phone = '{text}'"):
            return text
    raise AssertionError(region)


def found(text: str) -> list[Written]:
    return list(written(text, Marks(text, text.lower()).by_line))


def told(text: str) -> list[tuple[str, str, bool]]:
    return holding.told(text, found(text))


@pytest.mark.parametrize(
    "text",
    [
        "id_card = '{}'",
        "id_card = b'{}'",
        "x = dict(id_card=f'{} and more')",
        "x = {{'name': 'x', 'id_card': '{}'}}",
        "x['id_card'] = '{}'",
        "get('https://x.org/people?id_card={}')",
        "if x.id_card == '{}': pass",
        "# reset by hand for 身份证 {}",
        "def f():\n    '''Fails.\n\n    With id card {}, that is.\n    '''",
        "身份证号 = '{}'",
        "id_card = [\n    'x',\n    '{}',\n]",
        "id_card = ('a'\n    '{}')",
        "\tx = 'é中𝒳'; id_card = '{}'",
        "s = 'id_card\\n{}'",
    ],
)
def test_it_is_seen_wherever_it_stands(text: str) -> None:
    assert told(text.format(CHINESE)) == [("national_id", CHINESE, True)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_python_counts_them(end: str) -> None:
    text = f"x = 1{end}{end}pesel = '{POLISH}'{end}"
    assert [(each.span.line, each.span.column, each.span.end_column) for each in found(text)] == [(3, 10, 21)]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (f"pesel = '{POLISH}'", "national_id"),
        (f"pesel = {POLISH}", "national_id"),
        (f"x = '{CARD}'", "card_number"),
        (f"card_number = '{CARD.replace(' ', '')}'", "card_number"),
        (f"x = '{ACCOUNT}'", "bank_account"),
        (f"x = '{ACCOUNT.replace(' ', '')}'", "bank_account"),
        (f"imei = '{DEVICE}'", "device_id"),
        (f"to = '{MAIL}'", "email"),
    ],
)
def test_each_kind(text: str, category: str) -> None:
    assert [each[0] for each in told(text)] == [category]


def test_telephones() -> None:
    german, chinese, french = mobile("DE"), mobile("CN")[3:], mobile("FR")
    assert told(f"phone = '{german}'") == [("phone", german, True)]
    assert told(f"# call me: mobile {french}") == [("phone", french, True)]
    assert told(f"shouji = '{chinese}'") == [("phone", chinese, True)]
    assert told(f"x = '{german}'") == [("phone", german, False)]
    assert told(f"x = '{chinese}'") == []
    assert told(f"support_phone = '{german}'") == [("phone", german, False)]
    assert told(f"DEFAULT_ISSUER_PHONE = '{german}'") == [("phone", german, False)]


NOBODYS = [
    "cpf = '853.334.271-351'",  # a worker's tax number in Finland, if its groups were not those of a mistyped CPF
    f"x = '{POLISH}'",
    f"x = {CHINESE[:-1]}9",
    f"id_card = '{CHINESE[:-1]}9'",
    f"x = '{CARD.replace(' ', '')}'",
    f"x = 'a{CHINESE}'",
    f"x = 'https://x.org/{POLISH}'",
    "x = 'https://www.tickets.com/myevent?eid=592040731896'",  # of an event, as long as a Belgian card's
    f"fake_pesel = '{POLISH}'",
    f"VALID_PESELS = [\n    '{POLISH}',\n]",
    f"# an invalid pesel such as {POLISH}",
    "id_card = '11010519491231002X'",
    "ssn = '078-05-1120'",
    "ssn = '219-09-9999'",
    "ssn = '123-45-6789'",
    "card = '4242 4242 4242 4242'",
    "iban = 'GB29 NWBK 6016 1331 9268 19'",
    "iban = 'DE89370400440532013000'",
    "nhs_number = '943 476 5919'",
    "nhs_number = '999 054 8609'",
    "nhs_number = '973 292 8395'",
    "cpf = '529.982.247-25'",
    "iban = 'HR76 2402 0064 5834 6758 9'",
    f"SCHOOL_EMAIL = '{MAIL}'",
    f"# give it as you would write it (ex: {MAIL})",
    f"# any mailbox, e.g. {MAIL}",
    "to = 'pipipipi@gmail.com'",
    "to = 'support@mail.ru'",
    "tfn = '123 456 782'",
    "cpf = '111.111.111-11'",
    "iban = 'FR47 1212 2323 3434 4545 5656 676'",  # typed, with the right check digits
    "hetu = '010101+1234'",
    "hetu = '020201-1234'",
    "data_documento = '2022-03-10'",
    "dni = '2022-03-10'",
    "national_id = '10/03/2022'",
    "nhs = '404-555-1212'",
    "phone = '+1 212 555 0123'",
    "phone = '(212) 555-0123'",
    "phone = '215-867-5309'",
    "phone = '+44 20 7946 0123'",
    "phone = '+44 7700 900123'",
    "phone = '+33 1 99 00 12 34'",
    "phone = '+33 6 39 98 12 34'",
    "phone = '+49 171 3920012'",
    "phone = '+61 2 5550 1234'",
    "phone = '13800138000'",
    "phone = '+1 800 275 2273'",
    f"SIMULATED_PHONE = '{mobile('DE')}'",
    f"{{'help': {{'type': 'phone', 'link': 'tel:{mobile('DE')}'}}}}",
    f"phone = 'https://wa.me/{mobile('DE')}'",
    f"{{'provider_name': 'Hand in Hand', 'website': 'https://handinhand.care', 'phone': '{mobile('US')}'}}",
    "x = Decimal('+35236450.6')",
    "x = 'agata.wrobel@example.org'",
    "x = 'agata.wrobel@firma.test'",
    "x = 'support@discreet.dev'",
    "x = 'noreply@gmail.com'",
    "x = 'your-email@gmail.com'",
    "x = 'seuemail@gmail.com'",
    "x = 'john.doe@gmail.com'",
    "x = 'outlook@outlook.com'",
    "x = 'gmail+news@gmail.com'",
    "x = 'test_employee_reminder@gmail.com'",
    "x = 'git@github.com:someone/something.git'",
    "x = 'postgres://agata:secret@gmail.com/x'",
    "x = 'pip@23.1.2'",
    f"{{'help': {{'type': 'email', 'link': 'mailto:{MAIL}'}}}}",
    f"__author__ = '{MAIL}'",
    f"# Copyright 2020 Agata Wrobel <{MAIL}>",
    f"# Agata Wrobel <{MAIL}>",
    f"'''Reads forms.\n\nAuthor: Agata Wrobel\nEmail: {MAIL}\n'''",
    f"# Signed-off-by: {MAIL}",
    f"setup(author_email='{MAIL}')",
    f"setup(author_email='mail@agata.example, {MAIL}')",
    f"{{'maintainer_emails': ['mail@agata.example', '{MAIL}']}}",
    "@decorator.something\ndef f(): ...",
    "x = a @ b.c",
    "cpr_number = '001122334'",  # an Australian number, if its name were not that of a Danish one
    "identity_number = '853334271351'",  # twelve digits: a Finnish number by its length alone
    "national_id = '246801379'",
    "cpr = '0906340000'",  # nobody is the nothingth of a day
    "cpr = '0706991234'",
    "personnummer = '20020202-5678'",
    "personnummer = '189001019802'",  # of the tax agency's list for tests
    "rut = '96874030-K'",  # a company's; what stands before the hyphen would be a person's
    "codice_fiscale = 'XXXXXX46D11F383M'",
    "rfc = 'GODE561231GR7'",
    "ssn = '489-36-8350'",
    "card = '5031433215406351'",
    "x = 'yourappemail@gmail.com'",
    f"x = ('{POLISH}', 'pesel: {POLISH}', True)  # of the test data",
    f"# (e.g. name = Agata Wrobel with the email {MAIL})",
    f"# (e.g. `[{{'name': 'Agata Wrobel', 'email': '{MAIL}'}}]`)",
    f"valid_pesel = '{POLISH}'",
    f"assert is_valid_pesel('{POLISH}')",
    f"self.assertTrue(cards.validar('{CARD}'))",
    f"    >>> format_card('{CARD}')",
    f"# 如：'{CARD}'",
    f"# 号码前缀，例如：`{CARD}`，用于删除前缀",
    "identity_number = '189001019802'",
    "bank_account_number = '1236 5498 7999 1999'",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_what_looks_like_it(text: str) -> None:
    assert [each for each in told(text) if each[2]] == []


@pytest.mark.parametrize(
    ("beside", "told_of"),
    [
        ("sales@wrobelspa.pl", 1),
        ("sales@agata-spa.pl", 1),
        ("sales@wrobel.pl", 1),
        ("sales@agata.pl", 0),
        ("Sales@mail.AGATA.pl", 0),
        ("sales@agat.pl", 1),
    ],
)
def test_a_mailbox_that_is_called_after_a_firm_is_the_firms(beside: str, told_of: int) -> None:
    text = f"TO = '{beside},{MAIL}'\n"
    assert len(found(text)) == told_of


@pytest.mark.parametrize(("tags", "told_of"), [("news shop", 2), ("news shop bank", 0), ("news News NEWS", 1)])
def test_a_mailbox_under_many_names_is_a_testers(tags: str, told_of: int) -> None:
    local, _, host = MAIL.partition("@")
    text = "".join(f"x = '{local}+{tag}@{host}'\n" for tag in tags.split())
    assert len([each for each in told(text) if each[2]]) == told_of
    assert len(told(f"{text}y = 'bogna.{MAIL}'\nz = '{MAIL}'\n")) == len(told(text)) + 2


def test_a_guess_of_low_confidence() -> None:
    assert told("x = 'agata.wrobel@kancelaria-wrobel.pl'") == [("email", "agata.wrobel@kancelaria-wrobel.pl", False)]


def test_a_value_is_told_once_with_its_other_places() -> None:
    text = f"pesel = '{POLISH}'\npesel = '{POLISH}'\n# the PESEL {POLISH}\n"
    (one,) = found(text)
    assert (one.span.line, one.again) == (1, ((2, 10), (3, 13)))


def test_a_mark_clears_it_everywhere_and_is_no_idle_one(tmp_path: Path) -> None:
    text = f"pesel = '{POLISH}'\nx = {{'pesel': '{POLISH}'}}\npesel = '{POLISH}'  # pii: none -- invented\n"
    assert run(tmp_path, {"app.py": text}, select=("PII5", "PII9")).findings == ()


@pytest.mark.parametrize("said", ["fake_pesel", "valid_pesel", "validate_pesel"])
def test_what_is_said_to_be_nobodys_once_is_so_in_the_whole_file(said: str) -> None:
    assert told(f"x = f(pesel='{POLISH}')\n{said}('{POLISH}')\n# the PESEL {POLISH}\nimei = '{DEVICE}'\n") == [
        ("device_id", DEVICE, True)
    ]


def test_noqa_on_its_line_and_round_a_long_string(tmp_path: Path) -> None:
    text = f'x = """\n\nPESEL {POLISH}\n"""  # noqa: PII501\nimei = "{DEVICE}"  # noqa: PII502 -- of the laboratory\n'
    report = run(tmp_path, {"app.py": text})
    assert report.findings == ()
    assert [each.finding.code for each in report.suppressed] == ["PII501", "PII502"]


def test_in_tests_numbers_and_addresses_are_held_back(tmp_path: Path) -> None:
    files = {"tests/test_x.py": f"pesel = '{POLISH}'\nx = '{MAIL}'\n"}
    assert run(tmp_path, files).findings == ()
    assert [each.code for each in run(tmp_path, files, include_tests=True).findings] == ["PII501", "PII503"]


@pytest.mark.parametrize("path", ["examples/order.py", "app/ejemplos/x.py", "sdk-examples/x.py", "a/Demo/b/x.py"])
def test_in_a_directory_of_examples_nothing_is_sure(path: str, tmp_path: Path) -> None:
    files = {path: f"pesel = '{POLISH}'\nx = '{MAIL}'\n"}
    assert run(tmp_path, files).findings == ()
    assert [each.code for each in run(tmp_path, files, min_confidence="low").findings] == ["PII501", "PII503"]


def test_what_the_directory_is_called_that_the_project_lies_in_says_nothing(tmp_path: Path) -> None:
    root = tmp_path / "examples" / "shop"
    root.mkdir(parents=True)
    assert [each.code for each in run(root, {"app.py": f"pesel = '{POLISH}'\n"}).findings] == ["PII501"]


@pytest.mark.parametrize("path", ["example.py", "app/demo_data.py", "examplesque/x.py", "democracy/x.py"])
def test_a_name_that_only_begins_like_one_says_nothing(path: str, tmp_path: Path) -> None:
    assert [each.code for each in run(tmp_path, {path: f"pesel = '{POLISH}'\n"}).findings] == ["PII501"]


def test_a_comment_that_speaks_of_something_else_clears_nothing() -> None:
    assert [each[0] for each in told(f"pesel = '{POLISH}'  # see the ticket")] == ["national_id"]
    assert [each[0] for each in told(f"pesel = '{POLISH}'\n# test data\n")] == ["national_id"]


HOLDING = "".join(f"# PESEL IMEI 身份证 {value}\n" for value in OTHERS) + "codice_fiscale = {'MRORSS63A41H501X': 1}\n"


@pytest.mark.parametrize("output", ["full", "concise", "json", "jsonl"])
def test_no_output_shows_a_value(output: str, tmp_path: Path, tree: Any, discreet: Any) -> None:
    tree({"app.py": HOLDING})
    said = discreet("check", "app.py", "--output-format", output, "--min-confidence", "low").out
    assert said.count("PII50") >= len(OTHERS)
    for value in (*OTHERS, "MRORSS63A41H501X"):
        assert value not in said
        assert value.partition("@")[0] not in said


def test_no_cache_keeps_a_value(tmp_path: Path) -> None:
    assert run(tmp_path, {"app.py": HOLDING}).findings
    cache = kept(tmp_path / ".discreet_cache")
    for value in (*OTHERS, "MRORSS63A41H501X"):
        assert value.encode() not in cache


def test_an_unchanged_file_is_told_the_same_from_the_cache(tmp_path: Path) -> None:
    first = run(tmp_path, {"app.py": HOLDING})
    assert check([tmp_path], first.config, None, Means(jobs=1, cache="")).findings == first.findings


# -- odd and large -----------------------------------------------------------------------------------------------------

LARGE = 1_000_000
PATTERNS = [
    "1",
    "1 ",
    "(1) ",
    "a@a.b",
    "a@",
    "a.",
    "a.b@c.de ",
    "ssn ",
    "A1",
    "DE55 ",
    "+/1a",
    "\r",
    "x = [\n",
    "\n",
    "_1",
    '"',
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_large_literal_takes_no_more_than_its_size(pattern: str) -> None:
    """A million characters of what an expression may try again and again: if one did, this test would not end."""
    text = pattern * (LARGE // len(pattern))
    assert found(text) == []
    assert len(found(f"pesel = '{POLISH}'\n{text}")) == 1


def test_a_table_of_numbers_is_looked_at_up_to_a_bound() -> None:
    table = "\n".join(str(10_000_000_019 + 7919 * number) for number in range(MOST + 100))
    assert len(found(f"pesel = '{POLISH}'\n{table}\nimei = '{DEVICE}'\n")) == 1


PIECES = st.lists(
    st.one_of(
        st.sampled_from([*OTHERS, "phone = '+49", "ssn: ", "\u202e", "\ud800", "\r", "\n", "'"]), st.text(max_size=12)
    )
)


@given(PIECES)
def test_whatever_stands_there_places_are_places_and_shapes_are_shapes(pieces: list[str]) -> None:
    text = "".join(pieces)
    everything = written(text, {})
    assert all(len(value) > 6 for value in holding.values(text, everything))
    assert not any(character.isalnum() for each in everything for character in each.shown)


def test_where_nothing_is_written_down_no_judge_is_imported() -> None:
    """Their patterns take longer to compile than such a file takes."""
    program = (
        "import sys\n"
        "from discreet.facts.extraction import extract\n"
        "for text in ('total = 12\\n', 'card = \"2720 9948 1736 2055\"\\n'):\n"
        "    facts = extract('a.py', text.encode(), module='a', is_package=False)\n"
        "    print(len(facts.written), 'discreet.catalogue.beside' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False", "1", "True"]
