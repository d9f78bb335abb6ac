"""4xx, the second half: settings by which a log or a trace records what a library is handed."""

from __future__ import annotations

from discreet.rules.rule import Rule
from discreet.rules.setting import FIX, JUDGED, MESSAGE, left

_STATEMENT = Rule(
    code="PII405",
    name="sql-parameters-in-log",
    summary="The parameters of SQL statements are written into the log",
    message=MESSAGE,
    what="Reports `echo=True` of SQLAlchemy and SQLModel, `SQLALCHEMY_ECHO`, and a level of `sqlalchemy.engine` that "
    "logs statements, be it set by `setLevel` or in the dictionary of `logging.config.dictConfig`, which Django calls "
    "`LOGGING`. A file that `fileConfig` reads is not looked at." + JUDGED,
    why="The parameters of a statement are the row: whoever reads the log reads of every person that is saved or "
    "looked for.",
    bad=(
        """\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", echo=True)  # expect: PII405
""",
        """\
import logging

logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)  # expect: PII405
""",
        """\
class Config:
    SQLALCHEMY_ECHO = True  # expect: PII405
""",
    ),
    good=(
        """\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", echo=True, hide_parameters=True)
""",
        """\
from shop.config import settings
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", echo=settings.debug)
""",
        """\
class DevelopmentConfig:
    SQLALCHEMY_ECHO = True
""",
    ),
    instead="Leave `echo` at `False`, or hide the parameters. A developer's own settings may turn it on.",
    fix_safety=FIX,
)

_STATEMENT_LEFT = left(
    _STATEMENT,
    summary="A statement that fails shows its parameters",
    what="Reports `create_engine` without `hide_parameters=True`: the text of an exception then has the parameters of "
    "the statement that failed." + JUDGED,
    why="A statement fails because of the row that it has, of an address that is there already for example, and the "
    "exception is logged.",
    bad=(
        """\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop")  # expect: PII406
""",
        """\
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop", pool_size=5)  # expect: PII406
""",
    ),
    good=(
        """\
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", hide_parameters=True)
""",
        """\
from shop.config import ENGINE_OPTIONS
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", **ENGINE_OPTIONS)
""",
        """\
from shop.config import settings
from sqlalchemy import create_engine

engine = create_engine("postgresql://localhost/shop", hide_parameters=not settings.debug)
""",
    ),
    instead="Write `hide_parameters=True`.",
)

_TRAFFIC = Rule(
    code="PII407",
    name="traffic-in-log",
    summary="A client writes what it sends and receives into the log",
    message=MESSAGE,
    what="Reports debug levels of HTTP, mail, cloud and model clients (`http.client`, `httplib2`, `smtplib`, boto3, "
    "Stripe, OpenAI, LiteLLM, LangChain) at which heads, bodies, prompts or answers are printed or logged; of "
    "loggers as well in the dictionary of `logging.config.dictConfig`, which Django calls `LOGGING`." + JUDGED,
    why="What is sent to another service is most often about a person, and with it go the keys that open that service. "
    "In the log, both are read by more people than have to.",
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

import boto3

boto3.set_stream_logger("", logging.WARNING)
""",
        """\
import logging

logging.getLogger("botocore").setLevel(logging.WARNING)
logging.getLogger("shop").setLevel(logging.DEBUG)
""",
    ),
    instead="Leave the client's own level alone, and log of a request its method, its route and its status.",
    fix_safety=FIX,
)

_TRACE = Rule(
    code="PII413",
    name="contents-in-traces",
    summary="Traces record prompts, bodies or parameters",
    message=MESSAGE,
    what="Reports settings of OpenTelemetry, OpenLLMetry, LangSmith, Logfire and Langfuse with which a trace holds "
    "prompts and answers, the bodies and heads of requests, or the parameters of statements." + JUDGED,
    why="A trace is kept to see how long things took. With contents in it, it is a second database of everything that "
    "users said, at another company, which no request for deletion reaches.",
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
        """\
import os

os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = os.environ.get("RECORD_CONTENTS", "")
""",
    ),
    instead="Record sizes, durations and counts, and keep contents out of traces.",
    fix_safety=FIX,
)

_TRACE_LEFT = left(
    _TRACE,
    summary="Traces record the arguments of calls unless the library is told not to",
    what="Reports Langfuse's `observe` without `capture_input`: the arguments of the function are recorded." + JUDGED,
    bad=(
        """\
from langfuse import observe


@observe(name="answer")  # expect: PII414
def answer(question):
    return len(question)
""",
        """\
from langfuse.decorators import observe


@observe(as_type="generation")  # expect: PII414
def summary(text):
    return text[:10]
""",
    ),
    good=(
        """\
from langfuse import observe


@observe(name="answer", capture_input=False)
def answer(question):
    return len(question)
""",
        """\
from langfuse import observe
from shop.config import settings


@observe(capture_input=settings.record_questions)
def answer(question):
    return len(question)
""",
        """\
from shop.events import observe


@observe(name="answer")
def answer(question):
    return len(question)
""",
    ),
)

RULES = (_STATEMENT, _STATEMENT_LEFT, _TRAFFIC, _TRACE, _TRACE_LEFT)
