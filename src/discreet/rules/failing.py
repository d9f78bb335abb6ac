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

RULES = (_TRACKER, _TRACKER_LEFT, _TRACEBACK, _TRACEBACK_LEFT, _MAIL)
