"""Postal addresses: what they look like in nine countries, whose they are, and who may see them.

Streets are invented: herons live in them. Whether a postcode is the town's, a form does not ask.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.holding import kept, run, told, values

from discreet.catalogue.plain import digits_alike
from discreet.catalogue.postal import blotted, postal_addresses
from discreet.facts.reading import keepable
from discreet.facts.written import written
from discreet.output.mask import masked

AMERICAN = "4827 Quiet Heron Lane, Dayton, OH 00947"
ADDRESSES = [
    AMERICAN,
    "77 North Heron Street, Apt 4, Dayton, OH 00947-8841",
    "4827 Quiet Heron Ln\\nDayton OH 00947",
    "Flat 3, 47 Heron Road, Clifton, Bristol, BS8 2QX",
    "48 Hawthorn Close, Stroud GL5 3QX",
    "Reiherstillgasse 47, 00958 Bremen",
    "Stille-Reiher-Straße 7b, D-00958 Bremen",
    "Stille Straße 47, 00958 Bremen",
    "Reigersgracht 418, 1016 GD Amsterdam",
    "Jan van Reigerstraat 47-3, 1051KM Amsterdam",
    "47 bis, rue des Hérons, 69003 Lyon",
    "41 avenue Jean Héron 69007 Lyon",
    "Via degli Aironi 47, 20121 Milano",
    "Calle de la Garza, 47, 3º B, 28009 Madrid",
    "C/ Garza 47, 28001 Madrid",
    "浙江省杭州市西湖区苍鹭路47号3栋502室",
    "北京市海淀区苍鹭大街47号",
    "〒150-0041 東京都渋谷区青鷺1丁目47番3号",
    "神奈川県横浜市中区青鷺町473番地",
]


def found(text: str) -> list[tuple[str, str, bool]]:
    return told(text, written(text, {}))


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_form_is_known_whole(address: str) -> None:
    text = f'x = "{address}", 1'
    assert [text[start:end] for start, end in postal_addresses(text, digits_alike(text), 9)] == [address]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_key_says_whose_it_is(address: str) -> None:
    assert found(f'home_address = "{address}"') == [("postal_address", address, True)]


@pytest.mark.parametrize(
    "text",
    [
        "{{'first_name': 'Agata', 'lives': '{}'}}",
        "{{'lives': '{}', 'date_of_birth': x}}",
        "Patient(last_name='x',\n    lives='{}',\n)",
        "# shipping_address={}",
        "'住址:{}'",
    ],
)
def test_what_stands_beside_it_says_whose_it_is(text: str) -> None:
    assert found(text.format(AMERICAN)) == [("postal_address", AMERICAN, True)]


def test_a_word_alone_makes_a_guess() -> None:
    assert found(f"address = '{AMERICAN}'") == [("postal_address", AMERICAN, False)]


NOBODYS = [
    f"x = '{AMERICAN}'",
    f"OFFICE = '{AMERICAN}'",
    f"geocode('{AMERICAN}')",
    f"home_address = '{AMERICAN}'  # our office",
    f"fake_address = '{AMERICAN}'",
    f"shipping_address = ('Heron Ltd', '{AMERICAN}')",
    "home_address = '123 Main Street, Dayton, OH 00947'",
    "home_address = '221B Baker Street, London, NW1 6XE'",
    "home_address = '1600 Pennsylvania Avenue NW, Washington, DC 20500'",
    "home_address = '1 Infinite Loop, Cupertino, CA 95014'",
    "home_address = '1600 Amphitheatre Parkway, Mountain View, CA 94043'",
    "home_address = '742 Evergreen Terrace, Springfield, IL 62704'",
    "home_address = '4827 Quiet Heron Lane, Dayton, OH 12345'",
    "home_address = '4827 Heron Lane Suite 512, Dayton, OH 00947'",
    "home_address = '4827 Quiet Heron Lane, North Michaelton, OH 00947'",
    "home_address = 'Musterstraße 47, 00958 Bremen'",
    "home_address = 'Reiherweg 47, 12345 Musterstadt'",
    "home_address = '47 Heron Road, Bristol, AB1 1AA'",
    "# write to the Free Software Foundation, Inc., 51 Franklin Street, Boston, MA 02110-1301 USA",
    "home_address = 'release 10 Way AB 12345'",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_what_looks_like_one_and_is_nobodys(text: str) -> None:
    assert found(text) == []


def test_the_rule_is_off_until_it_is_asked_for(tmp_path: Path) -> None:
    files = {"app.py": f"home_address = '{AMERICAN}'\n"}
    assert run(tmp_path, files).findings == ()
    (one,) = run(tmp_path, files, extend_select=("PII505",)).findings
    assert (one.code, one.line, one.column) == ("PII505", 1, 17)


# -- who may see it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_output_and_no_cache_holds_one(address: str, tmp_path: Path, tree: Any, discreet: Any) -> None:
    street = address[:12]
    text = f"home_address = '{address}'\nTEMPLATE = 'to {address}: {{}}'\nLOOKUP = {{'{address}': 1}}\n"
    tree({"app.py": text})
    said = discreet("check", "app.py", "--extend-select", "PII505", "--cache-dir", str(tmp_path / "kept"))
    assert "PII505" in said.out
    assert street not in said.out
    assert street.encode() not in kept(tmp_path / "kept")


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_blotted_out_where_it_stood(address: str) -> None:
    shape = "".join("*" if each.isalnum() else each for each in address)
    assert masked(f"a = '{address}'  # b") == f"a = '{shape}'  # b"
    assert keepable("x" * 1990 + " " + address)[1990:].strip("* ,.\\-/〒") == ""


# -- disguises ---------------------------------------------------------------------------------------------------------

CHINESE, MAIL, HIDING = "110101190003070002", "agata_wrobel.kossakowska@gmail.com", "agata_\u2060wrobel@gmail.com"
WIDE = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"id_card = '{CHINESE.translate(WIDE)}'", CHINESE.translate(WIDE)),
        (f"id_card = '{CHINESE[:6]}\u200b{CHINESE[6:]}'", f"{CHINESE[:6]}\u200b{CHINESE[6:]}"),
        (f"id_card = '{CHINESE[:6]}\u202e{CHINESE[6:]}'", f"{CHINESE[:6]}\u202e{CHINESE[6:]}"),
        (f"id_card = '{CHINESE[:10]}' '{CHINESE[10:]}'", f"{CHINESE[:10]}' '{CHINESE[10:]}"),
        (f'id_card = "{CHINESE[:10]}" "{CHINESE[10:]}"', f'{CHINESE[:10]}" "{CHINESE[10:]}'),
        (f"to = '{MAIL.replace('@', '＠')}'", MAIL.replace("@", "＠")),
        (f"to = '{HIDING}'", HIDING),
        (f"é\u200b\nid_card = '\ufeff{CHINESE}'", CHINESE),
    ],
)
def test_a_disguise_hides_nothing(text: str, value: str) -> None:
    assert [each[1] for each in found(text)] == [value]
    shown = masked(text)
    assert len(shown) == len(text)
    assert not set(value) & set("0123456789") & set(shown)
    assert value[:5] not in shown
    assert value[:5] not in keepable(text.partition("= ")[2][1:-1].replace("' '", "").replace('" "', ""))


@pytest.mark.parametrize("text", ["x = '１' '２'", "a\u200bb", "' '.join(x)", "'1' '2'", "é", "ａ＠ｂ"])
def test_what_is_no_disguise_is_kept(text: str) -> None:
    assert masked(text) == text
    assert keepable(text) == text


# -- odd and large -----------------------------------------------------------------------------------------------------

LARGE = 300_000


@pytest.mark.parametrize(
    "pattern",
    [
        "1 Aa ",
        "Aa ",
        "OH 00947 ",
        "00947 B",
        "1 A1 St, ",
        "1 rue a ",
        "A1 1XQ ",
        "Via a ",
        "省市区路1号",
        "〒",
        "1\u200b",
        "'1' '1",
        "东市区",
        "1丁目",
    ],
)
def test_a_large_text_takes_no_more_than_its_size(pattern: str) -> None:
    """Three hundred thousand characters of what a form may try again and again: if one did, this test would not end."""
    text = pattern * (LARGE // len(pattern))
    written(text, {})
    assert len(blotted(text)) == len(text)


PIECES = st.lists(
    st.one_of(
        st.sampled_from([*ADDRESSES, "home_address: ", "OH 00947", "\u202e", "\u200b", "１", "' '", "\r", "\n", "47 "]),
        st.text(max_size=8),
    )
)


@given(PIECES)
def test_whatever_stands_there_places_are_places(pieces: list[str]) -> None:
    text = "".join(pieces)
    values(text, written(text, {}))
    shown = masked(text)
    assert len(shown) == len(text)
