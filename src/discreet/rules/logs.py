"""1xx, first half: logs and exception messages, the text that engineers and their log shippers read."""

from __future__ import annotations

from discreet.rules.rule import Rule

_WHY_LOG = """\
A log is copied: to a file, to a shipper, to a search index, to a vendor, to a laptop. Each copy has its own readers and
its own clock, so a person who asks to be forgotten is not, and a breach of the log store is a breach of personal data
(CWE-532, GDPR articles 5(1)(c) and 32). Nobody who debugs needs the address itself: they need to find the record."""

_WHAT_LOG = """\
Reports a call of a logger (standard library `logging` however the logger was obtained, `extra=`, `%`-arguments, bound
and adapted loggers, `warnings.warn`) whose text or fields show personal data: given as itself, put into a string, held
by a dict, or shown by the text of an object, in this function or on the way through others."""

_FIX_LOG = """\
Safe where the project has declared a `redactor` and the value stands in the call by itself: it is wrapped, and \
nothing else changes. Unsafe where the whole message would be wrapped, an object or a collection is handed over as a \
whole, the template is not in sight, a comment stands inside the value, the call is of a function of the program \
that logs, or the import may not be found. Where there is no redactor for it, its placeholder asks for a number, or \
the import would close a circle, the key of the object that the value belongs to is shown instead (`customer.pk`), \
or the value is left out with its placeholder: unsafe, since the reader sees another value, or less. There is no fix \
where arguments are handed over as a whole, where a function of the program does more with the message than show it, \
or where nothing would be left."""

_BAD_LOG = (
    """\
import logging

logger = logging.getLogger(__name__)


def welcome(customer_id: int, email: str) -> None:
    logger.info("Welcome mail for %s sent to %s", customer_id, email)  # expect: PII101 email
""",
    """\
import logging
from dataclasses import dataclass


@dataclass
class Patient:
    id: int
    full_name: str
    date_of_birth: str


def admit(patient: Patient) -> None:
    logging.warning(f"bed is missing for {patient}")  # expect: PII101 name, date_of_birth
""",
    """\
import logging

log = logging.getLogger("billing")


def charge(order):
    contact = {"to": order.customer.phone, "order": order.id}
    log.error("charge failed", extra={"contact": contact})  # expect: PII101 phone
""",
    """\
import warnings


def import_row(row):
    if not row["ssn"].isdigit():
        warnings.warn(f"not a social security number: {row['ssn']}")  # expect: PII101 national_id
""",
)

_GOOD_LOG = (
    """\
import logging

logger = logging.getLogger(__name__)


def welcome(customer_id: int, email: str) -> None:
    send(email)
    logger.info("Welcome mail for customer %s sent", customer_id)
""",
    """\
import logging
from dataclasses import dataclass, field


@dataclass
class Patient:
    id: int
    full_name: str = field(repr=False)
    date_of_birth: str = field(repr=False)


def admit(patient: Patient) -> None:
    logging.warning("bed is missing for %s", patient)
""",
    """\
import logging

logger = logging.getLogger(__name__)


def mask(email: str) -> str:
    return email[0] + "***"


def invite(email: str) -> None:
    logger.info("invitation to %s is on its way", mask(email))
""",
    """\
import logging

logger = logging.getLogger(__name__)


def summary(emails, email_template, is_email_valid) -> None:
    logger.info("%d emails from %s, valid: %s", len(emails), email_template, is_email_valid)
    logger.debug("looking for users without an email address or a phone number")
""",
)

_BAD_LOG_ONLINE = (
    """\
import logging

logger = logging.getLogger(__name__)


def login_failed(username: str) -> None:
    logger.warning("failed login of %s", username)  # expect: PII102 username
""",
    """\
import logging

logger = logging.getLogger(__name__)


def throttle(request):
    client_ip = request.META["REMOTE_ADDR"]
    logger.info("too many requests from " + client_ip)  # expect: PII102 ip_address
""",
)

_GOOD_LOG_ONLINE = (
    """\
import logging

logger = logging.getLogger(__name__)


def login_failed(user_id: int, attempts: int) -> None:
    logger.warning("failed login %d of account %s", attempts, user_id)
""",
    """\
import ipaddress
import logging

logger = logging.getLogger(__name__)


def throttle(client_ip: str) -> None:
    logger.info("too many requests over IPv%d", ipaddress.ip_address(client_ip).version)
""",
    """\
import logging
import os

logger = logging.getLogger(__name__)
BIND_ADDRESS = "0.0.0.0"


def serve(port: int) -> None:
    logger.info("listening on %s:%d as %s", BIND_ADDRESS, port, os.environ["SERVICE_NAME"])
""",
)

_WHY_EXCEPTION = """\
Nobody who writes `raise` knows where the message ends: in a log, an error tracker, a support ticket, a job's result
table, or the body of a 500. The value travels with the exception through every layer that was careful, and the handler
at the top that logs it can't know that it should not (CWE-209)."""

_WHAT_EXCEPTION = """\
Reports a `raise` whose exception is given personal data as its message or as an argument. Where such an exception is
caught and logged in code that can be seen, it is still one finding, here, because this is the place worth fixing."""

_FIX_EXCEPTION = """\
Always unsafe: the message may be matched by a handler or shown to the person it is about. What stands in the text \
is wrapped in the project's `redactor`; without one, a key is shown instead or the value is left out, as in log \
messages (PII101). An argument that the exception's class may keep is left alone."""

_BAD_EXCEPTION = (
    """\
def find(customers, email: str):
    for customer in customers:
        if customer.email == email:
            return customer
    raise LookupError(f"no customer with the address {email}")  # expect: PII107 email
""",
    """\
class PaymentError(Exception):
    pass


def charge(card_number: str, amount: int) -> None:
    if amount <= 0:
        raise PaymentError("can't charge card", card_number)  # expect: PII107 card_number
""",
    """\
import logging

logger = logging.getLogger(__name__)


def parse(national_id: str) -> str:
    if len(national_id) != 11:
        raise ValueError("malformed number: %s" % national_id)  # expect: PII107 national_id
    return national_id[-1]


def check(national_id: str) -> None:
    try:
        parse(national_id)
    except ValueError as error:
        logger.error("check failed: %s", error)
""",
)

_GOOD_EXCEPTION = (
    """\
def find(customers, email: str):
    for customer in customers:
        if customer.email == email:
            return customer
    raise LookupError("no customer has this address")
""",
    """\
class PaymentError(Exception):
    def __init__(self, reason: str, payment_id: int) -> None:
        super().__init__(f"payment {payment_id}: {reason}")


def charge(payment_id: int, card_number: str, amount: int) -> None:
    if amount <= 0:
        raise PaymentError("amount is not positive", payment_id)
    send(card_number, amount)
""",
    """\
def parse(national_id: str) -> str:
    if len(national_id) != 11:
        raise ValueError(f"expected 11 digits, got {len(national_id)}")
    return national_id[-1]
""",
)

_BAD_EXCEPTION_ONLINE = (
    """\
def require_admin(username: str, admins: set[str]) -> None:
    if username not in admins:
        raise PermissionError(f"{username} is no administrator")  # expect: PII108 username
""",
    """\
def register(advertising_id: str, known) -> None:
    if advertising_id in known:
        raise RuntimeError("device is registered twice: " + advertising_id)  # expect: PII108 device_id
""",
)

_GOOD_EXCEPTION_ONLINE = (
    """\
def require_admin(username: str, admins: set[str]) -> None:
    if username not in admins:
        raise PermissionError("only an administrator may do this")
""",
    """\
def register(advertising_id: str, known) -> None:
    if advertising_id in known:
        raise RuntimeError(f"device is registered twice ({len(known)} are known)")
""",
    """\
def rename(username: str) -> str:
    if not username.isidentifier():
        raise ValueError("a username is made of letters, digits and underscores")
    return username
""",
)

_LOG = Rule(
    code="PII101",
    name="personal-data-in-log",
    summary="Personal data in a log",
    message="log message shows {what}: {source}",
    what=_WHAT_LOG,
    why=_WHY_LOG,
    bad=_BAD_LOG,
    good=_GOOD_LOG,
    instead="Log an identifier that means something only inside the system. The record is found by it, nobody else "
    "is. Where a human must recognise the value, log a masked form; keep the fields of whole objects out of their "
    "text with `field(repr=False)`.",
    kinds=frozenset({"log"}),
    standing="direct",
    fix_safety=_FIX_LOG,
)

_EXCEPTION = Rule(
    code="PII107",
    name="personal-data-in-exception",
    summary="Personal data in an exception's message",
    message="exception message shows {what}: {source}",
    what=_WHAT_EXCEPTION,
    why=_WHY_EXCEPTION,
    bad=_BAD_EXCEPTION,
    good=_GOOD_EXCEPTION,
    instead="Say what is wrong with the value, not what the value is. Its length, its form and the record's id "
    "are what the reader needs.",
    kinds=frozenset({"exception"}),
    standing="direct",
    fix_safety=_FIX_EXCEPTION,
)

RULES: tuple[Rule, ...] = (
    _LOG,
    _LOG.online(
        bad=_BAD_LOG_ONLINE,
        good=_GOOD_LOG_ONLINE,
        why="An online identifier is personal data too (GDPR recital 30), and a log is copied to many places. There "
        "are logs that need one, an audit trail or an abuse filter: those have a purpose, a short life and few "
        "readers. A team that has decided so drops this rule with `extend-ignore = PII102` and keeps PII101.",
        instead="Log the account's opaque id. For abuse and rate limits log a count or a truncated network, and keep a "
        "real audit trail apart from the application's log.",
    ),
    _EXCEPTION,
    _EXCEPTION.online(
        bad=_BAD_EXCEPTION_ONLINE,
        good=_GOOD_EXCEPTION_ONLINE,
        instead="Say which condition failed. The caller knows for whom it called.",
    ),
)
