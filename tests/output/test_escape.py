"""Nothing from the analysed code reaches a terminal as anything but text."""

from __future__ import annotations

import json
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from discreet.output.escape import json_safe, visible

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad"}


def dangerous(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in BIDI
        or character in MARKS
    )


def test_every_character_that_acts_is_written_out() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if dangerous(character):
            assert visible(character).isascii(), hex(number)
            assert visible(character).startswith("\\"), hex(number)
            if character != "\n":
                assert json_safe(character).isascii(), hex(number)


def test_words_stay_words() -> None:
    text = "Grüße, 张三! نام ชื่อ имя 👋 | \\ \"'"
    assert visible(text) == text
    assert json_safe(text) == text


def test_how_they_are_written() -> None:
    assert visible("a\nb\tc\x1b[31m\x9b\u202e\U000e0041") == r"a\nb\tc\x1b[31m\x9b\u202e\U000e0041"
    assert visible("\udcff.py") == r"\udcff.py"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=50))
def test_json_says_the_same(text: str) -> None:
    document = json_safe(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(document) == {"a": text}
    assert not any(dangerous(character) for character in document)
