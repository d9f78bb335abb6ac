"""What looks like personal data is blotted out, what looks like code is not, and columns stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.output.mask import masked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('send("bob.smith+x@example.co.uk")', 'send("***.*****+*@*******.**.**")'),
        ("<张三@例子.中国>", "<**@**.**>"),
        ('phone = "+49 151 23456789"', 'phone = "+** *** ********"'),
        ('phone = "(555) 123-4567"', 'phone = "(***) ***-****"'),
        ("call 13800138000 now", "call *********** now"),
        ('"11010519491231002X"', '"******************"'),
        ('"4111 1111 1111 1111"', '"**** **** **** ****"'),
        ('"4111-1111-1111-1111"', '"****-****-****-****"'),
        ('"DE89 3704 0044 0532 0130 00"', '"**** **** **** **** **** **"'),
        ('"DE89370400440532013000"', '"**********************"'),
        ('born="1980-05-17"', 'born="****-**-**"'),
        ('ssn = "078-05-1120"', 'ssn = "***-**-****"'),
    ],
)
def test_blotted_out(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "@app.route('/x')",
        "user@",
        "x = a @ b",
        "timeout = 30000",
        "range(1, 1000, 2000)",
        "x = 1.5 - 20.25",
        "127.0.0.1:8080",
        "version 1.26.0",
        "item_20240101 = table_1234567",
        "0xdeadbeef, 1_000_000",
        "logger.info('%s %s', email, phone)",
        "pi = 3.14159265358979",
    ],
)
def test_left_alone(text: str) -> None:
    assert masked(text) == text


@given(st.text(alphabet="ab1@.- +(中9", max_size=60))
def test_columns_stay(text: str) -> None:
    left = masked(text)
    assert len(left) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, left, strict=True))
    assert masked(left) == left
