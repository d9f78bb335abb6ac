"""What a function of the program does with a message beside showing it: then the message is not mended."""

from __future__ import annotations

from typing import Any

import pytest

HEAD = "import logging\nimport smtplib\n\nlog = logging.getLogger(__name__)\n\n\n"
CALL = '\n\ndef sign_up(customer):\n    note(f"welcome {customer.email}")\n'

SHOWS = {
    "a call": "def note(text):\n    log.info(text)\n",
    "one of two": (
        "def note(text, loud=False):\n    if text and loud:\n        log.error(text)\n"
        "    else:\n        log.info(text)\n"
    ),
    "put together first": 'def note(text, *more):\n    text = "> " + text.strip()\n    log.info(text)\n',
    "through another": "def inner(text):\n    log.info(text)\n\n\ndef note(text):\n    inner(text)\n",
    "shown on the console too": "def note(text):\n    print(text)\n    log.info(text)\n",
    "with a logger made on the spot": "def note(text):\n    logging.getLogger(__name__).info(text)\n",
    "one of two texts": "def note(text):\n    log.info(text if isinstance(text, str) else str(text))\n",
    "put into a template": 'FORM = "> {}"\n\n\ndef note(text):\n    text = FORM.format(text)\n    log.info(text)\n',
    "beside what somebody else knows": "def note(text, clock=None):\n    clock.tick()\n    log.info(text)\n",
}
DELIVER = 'def deliver(text):\n    smtplib.SMTP().sendmail("us", "them", text)\n    return text\n\n\n'
DOES_MORE = {
    "sends it": 'def note(text):\n    log.info(text)\n    smtplib.SMTP().sendmail("us", "them", text)\n',
    "in a line of many letters": "def note(text):\n    'żółć'; log.info(text)\n    return text\n",
    "gives it back": "def note(text):\n    log.info(text)\n    return text\n",
    "keeps it": "def note(text, kept=[]):\n    log.info(text)\n    kept.append(text)\n",
    "keeps a part": "def note(text, kept=[]):\n    other = text\n    kept.append(other)\n    log.info(text)\n",
    "registers it": (
        "def note(text):\n    text = register(text)\n    log.info(text)\n\n\ndef register(text):\n    return text\n"
    ),
    "sends it to find out": DELIVER + "def note(text):\n    if deliver(text):\n        log.info(text)\n",
    "sends it while it shows it": DELIVER + "def note(text):\n    log.info(text, deliver(text))\n",
    "shows what it was answered": DELIVER + "def note(text):\n    answer = deliver(text)\n    log.info(answer)\n",
    "sends it beside a lambda": (
        DELIVER + "def note(text):\n    log.info(text, extra=dict(key=(lambda: 0)()))\n    deliver(text)\n"
    ),
    "gives it another name in a condition": (
        "def note(text, kept=[]):\n    if (other := text):\n        kept.append(other)\n    log.info(text)\n"
    ),
    "keeps it for everybody": "last = ''\n\n\ndef note(text):\n    global last\n    last = text\n    log.info(last)\n",
    "hands it to whoever waits": "def note(text):\n    log.info(text)\n    answer = yield text\n    log.info(answer)\n",
    "looks it up": "def note(text, people=None):\n    row = people.find(text)\n    log.info(text, row)\n",
    "on the way": "def inner(text):\n    log.info(text)\n\n\ndef note(text):\n    inner(text)\n    return text\n",
}


def mended(function: str, shop: Any, discreet: Any) -> tuple[str, str, str]:
    """What becomes of the file with everything allowed, beside what it was, and what is said."""
    before = HEAD + function + CALL
    case = shop({"case.py": before}) / "shop" / "case.py"
    result = discreet("fix", "--unsafe-fixes", "--select", "PII101")
    return before, case.read_text(), result.err


@pytest.mark.parametrize("case", SHOWS)
def test_what_is_only_shown_is_mended(case: str, shop: Any, discreet: Any) -> None:
    _, after, err = mended(SHOWS[case], shop, discreet)
    assert "redact(" in after, err


@pytest.mark.parametrize("case", DOES_MORE)
def test_what_is_used_again_is_left(case: str, shop: Any, discreet: Any) -> None:
    _, after, _ = mended(DOES_MORE[case], shop, discreet)
    assert 'note(f"welcome {customer.email}")' in after


def test_the_place_is_found_in_any_encoding(shop: Any, discreet: Any) -> None:
    """A letter is one byte in this file, and two in what ``ast`` counts."""
    text = f"# -*- coding: latin-1 -*-\n{HEAD}def note(text):\n    'éé'; log.info(text)\n    return text\n{CALL}"
    before = text.encode("latin-1")
    case = shop({"case.py": before}) / "shop" / "case.py"
    discreet("fix", "--unsafe-fixes", "--select", "PII101")
    assert case.read_bytes() == before


def test_it_says_why(shop: Any, discreet: Any) -> None:
    before, after, err = mended(DOES_MORE["sends it"], shop, discreet)
    assert before == after
    assert "1: what is called may do more with the value than show it" in err


def test_a_method_that_keeps_it(shop: Any, discreet: Any) -> None:
    kept = (
        "class Notes:\n    def __init__(self, text):\n        self.text = text\n        log.info(text)\n"
        + CALL.replace("note", "Notes")
    )  # fmt: skip
    case = shop({"case.py": HEAD + kept}) / "shop" / "case.py"
    discreet("fix", "--unsafe-fixes", "--select", "PII101")
    assert 'Notes(f"welcome {customer.email}")' in case.read_text()


def test_without_a_redactor_it_is_not_cut_either(shop: Any, discreet: Any) -> None:
    before = HEAD + DOES_MORE["sends it"] + CALL
    case = shop({"case.py": before}, "[tool.discreet]\n") / "shop" / "case.py"
    discreet("fix", "--unsafe-fixes", "--select", "PII101")
    assert case.read_text() == before
