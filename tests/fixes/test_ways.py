"""Which of the ways to mend a message is taken: the redactor, the key of the object, leaving the value out."""

from __future__ import annotations

from typing import Any

import pytest

NOTHING = '[tool.discreet]\nextend-select = ["PII103"]\n'
PHONES = f'{NOTHING}redactors = {{ phone = "shop.privacy:mask_phone" }}\n'
HEAD = """\
import logging
from django.db import models


class Customer(models.Model):
    email = models.EmailField()
    phone = models.CharField(max_length=20)

    def __str__(self):
        return self.email


def tell(message):
    logging.info(message)


def note(customer: Customer, order, email, phone):
    customer.touch()
    """


@pytest.fixture
def mended(shop: Any, discreet: Any) -> Any:
    """Mend one statement: what ``--fix`` makes of it, and what the unsafe fixes do then; and what was said first."""

    def mend(statement: str, config: str | None = None) -> tuple[str, str, str]:
        files = {"case.py": f"{HEAD}{statement}\n"}
        case = (shop(files, config) if config is not None else shop(files)) / "shop" / "case.py"
        said = discreet("check", "--show-fixes", "--output-format", "full").out
        made = []
        for options in ((), ("--unsafe-fixes",)):
            discreet("check", "--fix", *options)
            made.append(case.read_text().splitlines()[-1].strip())
        return made[0], made[1], said

    return mend


@pytest.mark.parametrize(
    ("statement", "wrapped"),
    [
        ('logging.info("to %s", customer.email)', 'logging.info("to %s", redact(customer.email))'),
        ('logging.info("to %s", email)', 'logging.info("to %s", redact(email))'),
    ],
)
def test_a_declared_redactor_comes_first(statement: str, wrapped: str, mended: Any) -> None:
    assert mended(statement)[:2] == (wrapped, wrapped)


def test_it_comes_first_where_it_is_unsafe_too(mended: Any) -> None:
    statement = 'logging.info("to %s", customer)'
    assert mended(statement)[:2] == (statement, 'logging.info("to %s", redact(customer))')


@pytest.mark.parametrize(
    ("statement", "unsafe"),
    [
        ('logging.info("to %s", customer.email)', 'logging.info("to %s", customer.pk)'),
        ('logging.info("to %s", customer)', 'logging.info("to %s", customer.pk)'),
        ('logging.info("to %s", email)', 'logging.info("to")'),
        ('print("to", customer.email)', 'print("to", customer.pk)'),
        ('raise LookupError(f"no order of {customer.email}")', 'raise LookupError(f"no order of {customer.pk}")'),
        # the key stands there already
        ('logging.info("to %s (%s)", customer.email, customer.pk)', 'logging.info("to (%s)", customer.pk)'),
        ('logging.info("to %s, %s", customer.email, customer.phone)', 'logging.info("to %s", customer.pk)'),
        # one message, two ways
        ('logging.info("to %s, %s", customer.email, email)', 'logging.info("to %s", customer.pk)'),
        # a handler, or a function of the program, goes on with the value
        ("raise LookupError(customer.email)", "raise LookupError(customer.email)"),
        ("tell(customer.email)", "tell(customer.email)"),
        ('tell({"customer": customer.email})', 'tell({"customer": customer.email})'),
        ("raise KeyError([customer.email])", "raise KeyError([customer.email])"),
        ('tell("to " + customer.email)', 'tell("to " + str(customer.pk))'),
        # whose order it is nobody knows
        ('logging.info("to %s", order.email)', 'logging.info("to")'),
    ],
)
def test_without_a_redactor(statement: str, unsafe: str, mended: Any) -> None:
    assert mended(statement, NOTHING)[:2] == (statement, unsafe)


@pytest.mark.parametrize(
    ("statement", "safe", "unsafe"),
    [
        ('logging.info("at %s", phone)', 'logging.info("at %s", mask_phone(phone))', None),
        ('logging.info("to %s", email)', None, 'logging.info("to")'),
        ('logging.info("to %s at %s", email, phone)', None, 'logging.info("to at %s", mask_phone(phone))'),
        (
            'logging.info("to %s at %s", customer.email, customer.phone)',
            None,
            'logging.info("to %s at %s", customer.pk, mask_phone(customer.phone))',
        ),
        ('logging.info("at %d, %s", phone, order)', None, 'logging.info("at, %s", order)'),
    ],
)
def test_with_a_redactor_for_a_category(statement: str, safe: str | None, unsafe: str | None, mended: Any) -> None:
    first, then, _ = mended(statement, PHONES)
    assert (first, then) == (safe or statement, unsafe or safe)


@pytest.mark.parametrize(
    ("statement", "config", "said"),
    [
        (
            'logging.info("to %s", customer.email)',
            NOTHING,
            (
                "Show the object's pk instead, since no redactor is declared in [tool.discreet]"
                " (unsafe: the reader sees another value)"
            ),
        ),
        (
            'logging.info("to %s", email)',
            NOTHING,
            (
                "Leave it out of the message, since no redactor is declared in [tool.discreet]"
                " (unsafe: the message says less)"
            ),
        ),
        (
            'logging.info("to %s at %d", email, phone)',
            None,
            (
                "Wrap it in shop.privacy.redact(), leave the rest out of the message, since its placeholder asks for"
                " something other than a text (unsafe: the message says less)"
            ),
        ),
    ],
)
def test_what_is_said(statement: str, config: str | None, said: str, mended: Any) -> None:
    shown = mended(statement, config)[2]
    assert f"fix (unsafe): {said}\n" in shown


def test_a_circle_of_imports_is_gone_round(shop: Any, discreet: Any) -> None:
    privacy = "from shop import case\n\n\ndef redact(value: object) -> str:\n    return '***'\n"
    case = shop({"case.py": f'{HEAD}logging.info("to %s", email)\n'}, privacy=privacy) / "shop" / "case.py"
    discreet("check", "--fix")
    assert '"to %s", email)' in case.read_text()
    discreet("check", "--fix", "--unsafe-fixes")
    assert case.read_text().endswith('logging.info("to")\n')
