"""4xx, the first half: settings by which the report of an error takes personal data along."""

from __future__ import annotations

from discreet.rules.rule import Rule
from discreet.rules.setting import FIX, JUDGED, MESSAGE, left

_TRACKER = Rule(
    code="PII401",
    name="error-tracker-sends-personal-data",
    summary="An error tracker is told to send personal data",
    message=MESSAGE,
    what="Reports settings of Sentry, Rollbar, Bugsnag, Honeybadger and Elastic APM with which the report of an error "
    "takes the user, the request's body or the values of variables along." + JUDGED,
    why="Whatever the request held is at another company then, and nobody chose it: the next form that somebody adds "
    "is sent as well. A report is read by more people than the database is, and kept for longer.",
    bad=(
        """\
import sentry_sdk

sentry_sdk.init(
    dsn="https://key@sentry.example.com/1",
    send_default_pii=True,  # expect: PII401
    max_request_body_size="always",  # expect: PII401
)
""",
        """\
import rollbar

rollbar.init("token", "production", include_request_body=True)  # expect: PII401
""",
    ),
    good=(
        """\
import os

import sentry_sdk

sentry_sdk.init(
    dsn="https://key@sentry.example.com/1",
    send_default_pii=bool(os.environ.get("SENTRY_PII")),
    max_request_body_size="never",
)
""",
        """\
import sentry_sdk
from django.conf import settings

if settings.DEBUG:
    sentry_sdk.init(send_default_pii=True)
""",
        """\
import sentry_sdk
from shop.privacy import scrub_event

sentry_sdk.init(send_default_pii=True, before_send=scrub_event)
""",
    ),
    instead="Leave the setting at its safe value, and add an opaque id of the user by yourself. A function that "
    "`before_send` names is believed to clean if it is called so (`scrub_event`).",
    fix_safety=FIX,
)

_TRACKER_LEFT = left(
    _TRACKER,
    summary="An error tracker sends personal data unless it is told not to",
    what="Reports `sentry_sdk.init` without `include_local_variables`: the values of all local variables go with "
    "every error." + JUDGED,
    why="A local variable of a view is a form, a user, a row. Sentry's own scrubber knows the names of secrets, and "
    "few that are about people.",
    bad=(
        """\
import sentry_sdk

sentry_sdk.init("https://key@sentry.example.com/1")  # expect: PII402
""",
        """\
from sentry_sdk import init as start_sentry

start_sentry(dsn="https://key@sentry.example.com/1", traces_sample_rate=0.1)  # expect: PII402
""",
    ),
    good=(
        """\
import sentry_sdk

sentry_sdk.init("https://key@sentry.example.com/1", include_local_variables=False)
""",
        """\
import sentry_sdk


def start(**options):
    sentry_sdk.init("https://key@sentry.example.com/1", **options)
""",
        """\
import sentry_sdk

sentry_sdk.init("https://key@sentry.example.com/1", data_collection={"user_info": False, "http_bodies": []})
""",
    ),
    instead="Write `include_local_variables=False`.",
)

_TRACEBACK = Rule(
    code="PII403",
    name="traceback-shows-variables",
    summary="Tracebacks show the values of variables",
    message=MESSAGE,
    what="Reports settings of loguru, rich, typer, structlog, `traceback` and `cgitb` with which a traceback shows "
    "what the variables of each frame hold." + JUDGED,
    why="An exception may be raised anywhere, so any record may get into the log: a password that was being checked, a "
    "patient that was being saved.",
    bad=(
        """\
from loguru import logger

logger.add("service.log", diagnose=True)  # expect: PII403
""",
        """\
from rich.traceback import install

install(show_locals=True)  # expect: PII403
""",
    ),
    good=(
        """\
from loguru import logger

logger.add("service.log", diagnose=False)
""",
        """\
from rich.traceback import install

install()
""",
        """\
from rich.traceback import install


def install_for_development():
    install(show_locals=True)
""",
    ),
    instead="Log tracebacks without variables, and log the opaque ids that are needed by themselves.",
    fix_safety=FIX,
)

_TRACEBACK_LEFT = left(
    _TRACEBACK,
    summary="Tracebacks show the values of variables unless the library is told not to",
    what="Reports what shows variables by default: `logger.add` of loguru without `diagnose`, and structlog's "
    "`ExceptionDictTransformer` and `RichTracebackFormatter` without `show_locals`." + JUDGED,
    bad=(
        """\
from loguru import logger

logger.add("service.log")  # expect: PII404
""",
        """\
from structlog.tracebacks import ExceptionDictTransformer

transform = ExceptionDictTransformer()  # expect: PII404
""",
    ),
    good=(
        """\
from loguru import logger

logger.add("service.log", diagnose=False)
""",
        """\
from loguru import logger
from shop.config import settings

logger.add("service.log", diagnose=settings.debug)
""",
        """\
from structlog.tracebacks import ExceptionDictTransformer

transform = ExceptionDictTransformer(show_locals=False)
""",
    ),
)

_MAIL = Rule(
    code="PII409",
    name="error-mail-with-request",
    summary="Mail about errors holds the whole request",
    message=MESSAGE,
    what="Reports Django's `AdminEmailHandler` with `include_html`, in a call or in `LOGGING`." + JUDGED,
    why="The mail has the request's data, the cookies and the local variables of every frame, and lies in the "
    "mailboxes of everybody who was ever an administrator.",
    bad=(
        """\
LOGGING = {
    "version": 1,
    "handlers": {
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "include_html": True,  # expect: PII409
        },
    },
}
""",
        """\
import logging

from django.utils.log import AdminEmailHandler

logging.getLogger("shop").addHandler(AdminEmailHandler(include_html=True))  # expect: PII409
""",
    ),
    good=(
        """\
LOGGING = {
    "version": 1,
    "handlers": {
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "include_html": False,
        },
    },
}
""",
        """\
LOGGING = {
    "version": 1,
    "handlers": {
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "filters": ["require_debug_true"],
            "include_html": True,
        },
    },
}
""",
        """\
REPORT = {"class": "shop.reports.Monthly", "include_html": True}
""",
    ),
    instead="Leave `include_html` at `False`. An error tracker of one's own, with a scrubber, tells more and keeps it "
    "closer.",
    fix_safety=FIX,
)

_INPUT = Rule(
    code="PII411",
    name="validation-error-shows-input",
    summary="The errors of a model with personal data show what was rejected",
    message=MESSAGE,
    what="Reports models of pydantic, and of SQLModel where they are no table, with `hide_input_in_errors=False`, in "
    "`model_config` or as a keyword of the class, if a field is personal data by its mark, its type or its name.",
    why="The text of a `ValidationError` repeats the value that was wrong, and the whole record where a field is "
    "missing. Errors are logged, and what was rejected is mostly what somebody typed about themselves.",
    bad=(
        """\
from pydantic import BaseModel, ConfigDict


class Patient(BaseModel):  # expect: PII411 email
    model_config = ConfigDict(hide_input_in_errors=False)
    email: str
""",
        """\
from pydantic import BaseModel


class Hidden(BaseModel):
    model_config = {"hide_input_in_errors": True}


class Customer(Hidden, hide_input_in_errors=False):  # expect: PII411 phone
    phone: str
""",
    ),
    good=(
        """\
from pydantic import BaseModel, ConfigDict


class Patient(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)
    email: str
""",
        """\
from pydantic import BaseModel, ConfigDict


class Window(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=False)
    width: int
""",
        """\
from pydantic import BaseModel, ConfigDict
from shop.config import settings


class Patient(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=settings.production)
    email: str
""",
    ),
    instead="Write `model_config = ConfigDict(hide_input_in_errors=True)` in one base of all models. It hides the "
    "input in the text of an error only: what `errors()` gives holds it still, unless called with "
    "`include_input=False`.",
    fix_safety=FIX,
)

_INPUT_LEFT = left(
    _INPUT,
    summary="The errors of a model with personal data show what was rejected unless it is told not to",
    what="Reports models of pydantic 2, and of SQLModel where they are no table, without `hide_input_in_errors`, if a "
    "field is personal data by its mark, its type or its name: once a class, and for what its bases don't hold "
    "already. A configuration that isn't written out in the class is passed over, and so is `class Config`: errors of "
    "pydantic 1 show no input.",
    bad=(
        """\
from pydantic import BaseModel


class Patient(BaseModel):  # expect: PII412 email
    email: str
""",
        """\
from pydantic import BaseModel, ConfigDict, EmailStr


class Account(BaseModel):  # expect: PII412 email
    model_config = ConfigDict(extra="forbid")
    login: EmailStr


class Customer(Account):  # expect: PII412 phone
    phone: str
""",
    ),
    good=(
        """\
from pydantic import BaseModel, ConfigDict


class Base(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class Patient(Base):
    email: str
""",
        """\
from pydantic import BaseModel


class Patient(BaseModel, hide_input_in_errors=True):
    email: str
""",
        """\
from pydantic import BaseModel, SecretStr


class Login(BaseModel):
    password: SecretStr
    attempts: int
""",
        """\
from pydantic import BaseModel


class Patient(BaseModel):
    email: str

    class Config:
        orm_mode = True
""",
    ),
)

RULES = (_TRACKER, _TRACKER_LEFT, _TRACEBACK, _TRACEBACK_LEFT, _MAIL, _INPUT, _INPUT_LEFT)
