"""4xx: settings that make a library log, record or send personal data. The settings are rows of ``settings.toml``.

An odd number speaks of a setting that is written down, the even number after it of one that is left at the default of
its library. What nobody wrote is harder to blame on a line, so these are off by default.
"""

from __future__ import annotations

import msgspec

from discreet.rules.rule import Rule

_FIX = "No automatic fix yet: the finding says what to write instead."
_MESSAGE = "{source} {what}"
_JUDGED = (
    " Only constants are judged: a setting that is read from the environment or from another setting is passed over, "
    "and so is what stands in a branch, a function or a module that says it is for development (`if settings.DEBUG:`)."
)


def _left(rule: Rule, *, bad: str, good: str, **others: str) -> Rule:
    """The rule for the same setting where nobody set it: the next number."""
    twin = msgspec.structs.replace(
        rule,
        code=f"PII{int(rule.code[3:]) + 1}",
        name=f"{rule.name}-by-default",
        bad=(bad,),
        good=(good,),
        default=False,
    )
    return msgspec.structs.replace(twin, **others)


_TRACKER = Rule(
    code="PII401",
    name="error-tracker-sends-personal-data",
    summary="An error tracker is told to send personal data",
    message=_MESSAGE,
    what="Reports settings of Sentry, Rollbar, Bugsnag, Honeybadger and Elastic APM with which an error's report takes "
    "the user, the request's body or the values of variables along." + _JUDGED,
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
    ),
    instead="Leave the setting at its safe value, and add what is needed to find the case: an opaque id of the user, "
    "the name of the view.",
    fix_safety=_FIX,
)

_TRACKER_LEFT = _left(
    _TRACKER,
    summary="An error tracker sends personal data unless it is told not to",
    what="Reports `sentry_sdk.init` without `include_local_variables`: the values of all local variables go with every "
    "error." + _JUDGED,
    why="A local variable of a view is a form, a user, a row. Sentry's scrubber knows names of secrets, and few of "
    "people.",
    bad="""\
import sentry_sdk

sentry_sdk.init("https://key@sentry.example.com/1")  # expect: PII402
""",
    good="""\
import sentry_sdk

sentry_sdk.init("https://key@sentry.example.com/1", include_local_variables=False)
""",
)

_TRACEBACK = Rule(
    code="PII403",
    name="traceback-shows-variables",
    summary="Tracebacks show the values of variables",
    message=_MESSAGE,
    what="Reports settings of loguru, rich, typer, structlog, `traceback` and `cgitb` with which a traceback shows "
    "what the variables of each frame hold." + _JUDGED,
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
    fix_safety=_FIX,
)

_TRACEBACK_LEFT = _left(
    _TRACEBACK,
    summary="Tracebacks show the values of variables unless the library is told not to",
    what="Reports what shows variables by default: `logger.add` of loguru without `diagnose`, and structlog's "
    "`ExceptionDictTransformer` and `RichTracebackFormatter` without `show_locals`." + _JUDGED,
    bad="""\
from loguru import logger

logger.add("service.log")  # expect: PII404
""",
    good="""\
from loguru import logger

logger.add("service.log", diagnose=False)
""",
)

_STATEMENT = Rule(
    code="PII405",
    name="sql-parameters-in-log",
    summary="The parameters of SQL statements are written into the log",
    message=_MESSAGE,
    what="Reports `echo=True` of SQLAlchemy and SQLModel, `SQLALCHEMY_ECHO`, and a level of `sqlalchemy.engine` that "
    "logs statements." + _JUDGED,
    why="The parameters of a statement are the row: whoever reads the log reads every person that is saved or looked "
    "for.",
    bad=(
        """\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", echo=True)  # expect: PII405
""",
        """\
import logging

logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)  # expect: PII405
""",
    ),
    good=(
        """\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", echo=True, hide_parameters=True)
""",
        """\
from sqlalchemy import create_engine
from shop.config import settings

engine = create_engine("postgresql://localhost/shop", echo=settings.debug)
""",
    ),
    instead="Leave `echo` at `False`, or hide the parameters. A developer's own settings may turn it on.",
    fix_safety=_FIX,
)

_STATEMENT_LEFT = _left(
    _STATEMENT,
    summary="A statement that fails shows its parameters",
    what="Reports `create_engine` without `hide_parameters=True`: the text of an exception then has the parameters of "
    "the statement that failed." + _JUDGED,
    why="A statement fails because of the row that it has, a duplicate address for example, and the exception is "
    "logged.",
    bad="""\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop")  # expect: PII406
""",
    good="""\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", hide_parameters=True)
""",
    instead="Write `hide_parameters=True`.",
)

_WIRE = Rule(
    code="PII407",
    name="traffic-in-log",
    summary="A client writes what it sends and receives into the log",
    message=_MESSAGE,
    what="Reports debug levels of HTTP, mail, cloud and model clients (`http.client`, `httplib2`, `smtplib`, boto3, "
    "Stripe, OpenAI, LiteLLM, LangChain) at which heads, bodies, prompts or answers are printed or logged." + _JUDGED,
    why="What is sent to another service is most often about a person, and with it go the keys that open that "
    "service. In the log, both are read by more people than have to.",
    bad=(
        """\
import http.client

http.client.HTTPConnection.debuglevel = 1  # expect: PII407
""",
        """\
import boto3

boto3.set_stream_logger("")  # expect: PII407
""",
        """\
import logging

logging.getLogger("botocore").setLevel(logging.DEBUG)  # expect: PII407
""",
    ),
    good=(
        """\
import http.client

http.client.HTTPConnection.debuglevel = 0
""",
        """\
import logging

logging.getLogger("botocore").setLevel(logging.WARNING)
logging.getLogger("shop").setLevel(logging.DEBUG)
""",
    ),
    instead="Leave the client's own level alone, and log of a request its method, its route and its status.",
    fix_safety=_FIX,
)

_MAIL = Rule(
    code="PII409",
    name="error-mail-with-request",
    summary="Mail about errors holds the whole request",
    message=_MESSAGE,
    what="Reports Django's `AdminEmailHandler` with `include_html`, in a call or in `LOGGING`." + _JUDGED,
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
    ),
    instead="Leave `include_html` at `False`. An error tracker of one's own, with a scrubber, tells more and keeps it "
    "closer.",
    fix_safety=_FIX,
)

_TRACE = Rule(
    code="PII413",
    name="contents-in-traces",
    summary="Traces record prompts, bodies or parameters",
    message=_MESSAGE,
    what="Reports settings of OpenTelemetry, OpenLLMetry, Logfire and Langfuse with which a trace holds prompts and "
    "answers, the bodies and heads of requests, or the parameters of statements." + _JUDGED,
    why="A trace is kept to see how long things took. With their contents in it, it is a second database of "
    "everything that users said, at another company, which no request for deletion reaches.",
    bad=(
        """\
import os

os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true"  # expect: PII413
""",
        """\
import logfire

logfire.instrument_httpx(capture_all=True)  # expect: PII413
""",
    ),
    good=(
        """\
import os

os.environ["TRACELOOP_TRACE_CONTENT"] = "false"
""",
        """\
import logfire

logfire.instrument_httpx()
""",
    ),
    instead="Record sizes, durations and counts, and keep contents out of traces.",
    fix_safety=_FIX,
)

_TRACE_LEFT = _left(
    _TRACE,
    summary="Traces record the arguments of calls unless the library is told not to",
    what="Reports Langfuse's `observe` without `capture_input`: the arguments of the function are recorded." + _JUDGED,
    bad="""\
from langfuse import observe


@observe(name="answer")  # expect: PII414
def answer(question):
    return len(question)
""",
    good="""\
from langfuse import observe


@observe(name="answer", capture_input=False)
def answer(question):
    return len(question)
""",
)

RULES = (
    _TRACKER, _TRACKER_LEFT, _TRACEBACK, _TRACEBACK_LEFT, _STATEMENT, _STATEMENT_LEFT, _WIRE, _MAIL,
    _TRACE, _TRACE_LEFT,
)  # fmt: skip
