"""Whether the placeholders of a log call fit its values."""

from __future__ import annotations

import pytest

from discreet.fixes.filled import is_filled


@pytest.mark.parametrize(
    ("fits", "call"),
    [
        (True, 'log.info("to %s, %d", a, b)'),
        (True, 'log.info("100%% of %s", a, exc_info=True)'),
        (True, 'log.info("100%")'),
        (True, 'log.info("%(a)s", {"a": a, "b": b})'),
        (False, 'log.info("to %s, %s", a)'),
        (False, 'log.info("to %s", a, b)'),
        (False, 'log.info("to", a)'),
        (False, 'log.info("%(a)s %(b)s", {"a": a})'),
        (None, "log.info(message, a)"),
        (None, 'log.info(f"to {a} %s", b)'),
        (None, 'log.info("to %s", *a)'),
        (None, 'log.info("to %(a)s", a)'),
        (None, 'log.info("to %*d", 3, a)'),
    ],
)
def test_percent(fits: bool | None, call: str) -> None:
    assert is_filled(call, first=0, in_braces=False) is fits
    assert is_filled(call.replace("(", "(10, ", 1), first=1, in_braces=False) is fits


@pytest.mark.parametrize(
    ("fits", "call"),
    [
        (True, 'log.info("{} {a}", b, a=a)'),
        (True, 'log.info("{1} {0}", a, b)'),
        (True, 'log.info("sent", to=a)'),
        (True, 'log.info("{")'),
        (False, 'log.info("{} {}", a)'),
        (False, 'log.info("{} {a}", b)'),
        (None, 'log.info("{a}", **b)'),
    ],
)
def test_braces(fits: bool | None, call: str) -> None:
    assert is_filled(call, first=0, in_braces=True) is fits
