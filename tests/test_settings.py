"""Settings that leak: from each row of the table a leak and its clean twins are made, and all must come out right."""

from __future__ import annotations

import argparse
import ast
import asyncio.base_events
import http.server
import inspect
import json
import pdb
import re
import unittest.main
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import jsonschema
import pytest

from discreet.catalogue.settings import Plain, Setting, settings
from discreet.facts.extraction import extract
from discreet.facts.guards import guards
from discreet.output.schemas import schema_text
from discreet.rules import Settings, findings
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES
from discreet.rules.rule import SinkKind

CALLS = [row for rows in settings().calls.values() for row in rows]
KEYS = [row for rows in settings().keys.values() for row in rows]
BELOW = [row for rows in settings().bases.values() for row in rows]
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def configured(text: str, path: str = "shop/start.py") -> list[Finding]:
    """What is said of the settings in a module."""
    module = path.removesuffix(".py").replace("/", ".")
    found = findings([extract(path, text.encode(), module=module)], Settings())
    return [each for each in found if each.sink is not None and each.sink.kind == "config"]


def codes(text: str, path: str = "shop/start.py") -> list[str]:
    return [each.code for each in configured(text, path)]


def name_of(row: Setting) -> str:
    return f"{row.name}-{row.keyword or 'call'}-{'-'.join(row.of[:1])}"


# -- programs from rows ------------------------------------------------------------------------------------------------


def written(value: Plain) -> str:
    """A value as a program spells it: ``logging.DEBUG`` is a name."""
    return value if isinstance(value, str) and re.match(r"(logging|structlog)\.", value) else repr(value)


def leak(row: Setting) -> str:
    """How a program spells the argument so that it leaks; nothing where leaving it out does."""
    return written(row.unsafe[0]) if row.unsafe else ""


def callee(row: Setting, logger: str = "") -> tuple[str, str]:
    """An import, and an expression for what the row calls."""
    if row.of:
        return "import logging", f"logging.getLogger({logger or row.of[0]!r}).setLevel"
    parts = row.name.split(".")
    if row.name == "loguru.Logger.add":
        return "from loguru import logger", "logger.add"
    classes = [index for index, part in enumerate(parts[:-1]) if part[0].isupper()]
    if not classes:
        return f"from {'.'.join(parts[:-1])} import {parts[-1]} as called", "called"
    at = classes[0]
    made = "" if parts[-1] in ("from_exception", "extract") else "()"
    return f"from {'.'.join(parts[:at])} import {parts[at]}", f"{parts[at]}{made}.{'.'.join(parts[at + 1 :])}"


def call(row: Setting, given: str, logger: str = "") -> str:
    """A program that calls it with an argument, spelt as its position or its keyword allows."""
    imported, called = callee(row, logger)
    argument = given if not given or row.argument.partition("|")[0].isdigit() else f"{row.keyword}={given}"
    kept = "made = " if any(each.kept for each in settings().calls[row.name]) else ""
    return f"import logging, os, structlog\n{imported}\n\n\n{kept}{called}({argument})\n"


def store(row: Setting, value: str) -> str:
    """A program that stores a value under the row's key."""
    if row.within == "os.environ":
        return f"import os\n\nos.environ[{row.key!r}] = {value}\n"
    if row.within:
        module = row.within.rpartition(".")[0] if row.within.rpartition(".")[2][0].isupper() else row.within
        return f"import os\nimport {module}\n\n{row.within}.{row.key} = {value}\n"
    beside = "".join(f"{key!r}: {other!r}, " for key, other in row.beside.items())
    if beside:
        return f"import os\n\nHANDLER = {{{beside}{row.key!r}: {value}}}\n"
    return f"import os\n\napp.config[{row.key!r}] = {value}\n"


def left(row: Setting) -> list[str]:
    """What is said where the argument is not given."""
    return [row.code_left] if row.absent else []


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in CALLS])
def test_a_call_and_its_clean_twins(row: Setting) -> None:
    """Beside the row there may be others of the same callable, whose arguments are not given."""
    around = [
        code for other in CALLS if other.name == row.name and other is not row and not row.of for code in left(other)
    ]
    for value in row.unsafe:
        found = configured(call(row, written(value)))
        assert row.code in [each.code for each in found], value
        told = next(each for each in found if each.code == row.code)
        assert (told.line, told.sink and told.sink.callable) == (5, row.name)
        assert row.says in told.message
    if not row.argument:
        assert codes(call(row, "")) == [row.code, *around]
        return
    safe = [not value for value in row.unsafe if isinstance(value, bool)][:1] or ["quiet"]
    for clean in (*map(repr, safe), 'os.environ["LEVEL"]', "chosen"):
        assert codes(call(row, clean)) == around, clean
    unknown = call(row, "**options")
    if not row.argument.partition("|")[0].isdigit():
        assert codes(unknown.replace(f"{row.keyword}=**", "**")) == []
    assert sorted(codes(call(row, ""))) == sorted([*left(row), *around])


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in CALLS])
def test_a_namesake_of_ours_is_none(row: Setting) -> None:
    last = row.name.rpartition(".")[2]
    given = f"{row.keyword}={leak(row)}" if row.unsafe else ""
    assert codes(f"import logging, structlog\nfrom shop.tools import {last}\n\n{last}({given})\n") == []
    assert (
        codes(f"import logging, structlog\n\n\ndef {last}(**options):\n    return options\n\n\n{last}({given})\n") == []
    )


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in CALLS if row.of])
def test_only_the_named_loggers(row: Setting) -> None:
    value = written(row.unsafe[0])
    for logger in row.of:
        assert codes(call(row, value, logger)) == [row.code]
    assert codes(call(row, value, "shop.orders")) == []
    assert codes(f"import logging\n\nlogging.getLogger().setLevel({value})\n") == []
    held = f"import logging\n\nlog = logging.getLogger({row.of[0]!r})\nlog.setLevel({value})\n"
    assert codes(held) == [row.code]


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in CALLS if row.of])
def test_the_levels_of_a_dictionary(row: Setting) -> None:
    """As ``logging.config.dictConfig`` takes them, and Django's ``LOGGING`` has them."""
    for logger in row.of:
        for value in row.unsafe:
            said = written(value)
            text = "import logging\n\n\nLOGGING = {'loggers': {%r: {'handlers': [], 'level': %s}}}\n"
            (found,) = configured(text % (logger, said))
            assert (found.code, found.line) == (row.code, 4)
            assert row.says in found.message
            assert codes(text.replace("LOGGING = ", "logging.config.dictConfig(") % (logger, said) + ")") == [row.code]
            entry = f"import logging\n\nLOGGING['loggers'][{logger!r}]['level'] = {said}\n"
            assert codes(entry) == ([row.code] if not said.startswith("logging.") else [])
            assert codes(text % (f"shop.{logger}", said)) == codes(text % (logger, "chosen")) == []
            assert codes((text % (logger, said)).replace("loggers", "handlers")) == []
        assert codes(text % (logger, "'CRITICAL'")) == codes(text % (logger, "chosen()")) == []
        assert codes(text % (logger, "'CRITICAL' if quiet else 'DEBUG'")) == []


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in CALLS if row.unless])
def test_what_prevents_it(row: Setting) -> None:
    (notation, values), *_ = row.unless.items()
    keyword = notation.rpartition("|")[2]
    safe = written(values[0]) if values else "{}"
    text = call(row, leak(row)).replace("()\n", "(x=1)\n")
    assert codes(text.replace(")\n", f", {keyword}={safe})\n")) == []
    assert codes(text.replace(")\n", f", {keyword}=chosen)\n")) == []


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in CALLS if row.off])
def test_what_switches_the_library_off(row: Setting) -> None:
    (notation, (value, *_)), *_ = row.off.items()
    keyword = notation.rpartition("|")[2]
    text = call(row, written(row.unsafe[0]))
    assert codes(text.replace(")\n", f", {keyword}={value!r})\n")) == []
    assert row.code in codes(text.replace(")\n", f", {keyword}=chosen)\n"))


def test_a_variable_is_a_setting_where_settings_are_read() -> None:
    text = "SQLALCHEMY_ECHO = True\n"
    assert codes(text, "shop/config.py") == codes(text, "shop/default_settings.py") == ["PII405"]
    assert codes(text, "shop/database.py") == codes(f"def f():\n    {text}", "shop/config.py") == []
    for method in ("update", "from_mapping"):
        assert codes(f"app.config.{method}(SQLALCHEMY_ECHO=True)\n") == ["PII405"]
        assert codes(f"app.config.{method}(SQLALCHEMY_ECHO=chosen)\n") == []
        assert codes(f"cart.{method}(SQLALCHEMY_ECHO=True)\nupdate(SQLALCHEMY_ECHO=True)\n") == []
    assert codes("config.update(SQLALCHEMY_ECHO=False)\napp.config.get(SQLALCHEMY_ECHO=True)\n") == []
    assert codes("config.update(SQLALCHEMY_ECHO=True)\n") == ["PII405"]
    assert codes(f"class Base:\n    {text}") == codes(f"app.config[{text[:15]!r}] = True\n") == ["PII405"]


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in KEYS])
def test_a_key_and_its_clean_twins(row: Setting) -> None:
    for value in row.unsafe:
        assert codes(store(row, repr(value))) == [row.code], value
    for clean in ("0", "False", "None", "'off'", 'os.environ["LEVEL"]', "chosen"):
        assert codes(store(row, clean)) == [], clean
    if row.within:
        assert codes(f"{row.key} = {row.unsafe[0]!r}\n") == []
        assert codes(f"def f(thing):\n    thing.{row.key} = {row.unsafe[0]!r}\n") == []
    if row.within == "os.environ":
        default = f"import os\n\nos.environ.setdefault({row.key!r}, {row.unsafe[0]!r})\n"
        assert codes(default) == [row.code]
    if row.beside:
        assert codes(f"HANDLER = {{{row.key!r}: {row.unsafe[0]!r}}}\n") == []


def test_a_handler_of_mail_is_known_by_its_class_or_by_djangos_name_for_it() -> None:
    assert codes("LOGGING['handlers']['mail_admins']['include_html'] = True\n") == ["PII409"]
    assert codes("LOGGING = get()\nLOGGING['handlers']['mail_admins']['include_html'] = chosen\n") == []
    assert codes("LOGGING['handlers']['page']['include_html'] = True\n") == []
    assert codes("settings.SQLALCHEMY_ECHO = True\n") == ["PII405"]
    assert codes("import ddtrace\nddtrace.config.django['include_user_email'] = True\n") == ["PII413"]
    assert codes("from ddtrace import config\nconfig.requests.trace_query_string = True\n") == ["PII413"]


ENGINE = "from sqlalchemy import create_engine, text\n\n\ndef f(url, name):\n    engine = create_engine(url)\n"


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("    with engine.connect() as conn:\n        return conn.execute(text('SELECT version()')).scalar()\n", False),
        ("    engine.raw_connection()\n", False),
        ("    conn = engine.connect()\n    heads = MigrationContext.configure(conn).get_current_heads()\n", False),
        ("    with engine.begin() as conn:\n        conn.execute(text('...'), {'name': name})\n", True),
        ("    return engine\n", True),
        ("    Session.configure(bind=engine)\n", True),
        ("    db.engine = engine\n", True),
        ("    def g():\n        return engine.connect()\n    return g\n", True),
    ],
)
def test_an_engine_that_is_gone_shows_nobodys_data(rest: str, found: bool) -> None:
    assert codes(ENGINE + rest) == ["PII406"] * found


def model(row: Setting, body: str, keywords: str = "", base: str = "Base") -> str:
    """A program with a class below the row's."""
    module, _, name = row.name.rpartition(".")
    lines = "".join(f"    {line}\n" for line in body.split("; "))
    return f"from {module} import {name} as Base\n\n\nclass Model({base}{keywords}):\n{lines}"


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in BELOW])
def test_a_class_and_its_clean_twins(row: Setting) -> None:
    holds, unsafe = "email: str; number: int", repr(row.unsafe[0])
    said = f"{row.argument}={unsafe}"
    for loud in (
        model(row, holds, f", {said}"),
        model(row, f"model_config = ConfigDict({said}); {holds}"),
        model(row, f"model_config = dict(extra='allow', {said}); {holds}"),
        model(row, f"model_config = {{{row.argument!r}: {unsafe}}}; {holds}"),
        model(row, f"model_config: ConfigDict = ConfigDict({said}); {holds}"),
    ):
        (found,) = configured(loud)
        assert (found.code, found.line, found.categories, found.confidence) == (row.code, 4, ("email",), "medium")
        assert said in found.message
        assert row.says in found.message
        assert codes(loud.replace(f"={unsafe}", "=True").replace(f": {unsafe}", ": True")) == [], loud
        assert codes(loud.replace(f"={unsafe}", "=chosen").replace(f": {unsafe}", ": chosen")) == [], loud
        assert codes(loud.replace("email", "sku")) == []
        assert codes(loud.replace("import", "import thing  #")) == []
    (found,) = configured(model(row, holds))
    assert (found.code, found.line, found.categories, found.severity) == (row.code_left, 4, ("email",), "medium")
    assert codes(model(row, "model_config = ConfigDict(extra='forbid'); email: str")) == [row.code_left]
    for clean in ("chosen", "ConfigDict(**chosen)", "Base.model_config | ConfigDict()", "{**chosen}", "merged(a, b)"):
        assert codes(model(row, f"model_config = {clean}; email: str")) == [], clean
    for keyword, values in row.unless.items():
        assert codes(model(row, holds, f", {keyword}={values[0]!r}")) == []
    assert codes(model(row, holds, ", **chosen")) == []
    assert codes(model(row, "number: int")) == codes(model(row, holds, base="object")) == []


def test_a_base_tells_its_own_fields_and_keeps_its_own_counsel() -> None:
    first = "from pydantic import BaseModel\n\n\nclass A(BaseModel{}):\n    email: str\n\n\n"
    rest = "class B(A{}):\n    phone: str\n\n\nclass C(B):\n    phone: str\n"

    def told(above: str = "", below: str = "") -> list[tuple[str, tuple[str, ...]]]:
        return [
            (each.code, tuple(sorted(each.categories))) for each in configured(first.format(above) + rest.format(below))
        ]

    hidden, shown = ", hide_input_in_errors=True", ", hide_input_in_errors=False"
    assert told() == [("PII412", ("email",)), ("PII412", ("phone",))]
    assert told(hidden) == []
    assert told("", hidden) == [("PII412", ("email",))]
    assert told(hidden, shown) == [("PII411", ("email", "phone")), ("PII411", ("email", "phone"))]


def test_the_fixture_of_models_by_both_rules() -> None:
    text = (FIXTURES / "settings" / "models.py").read_text(encoding="utf-8")
    asked = re.compile(r"^(.*?)  # (?:asked for|expect): (PII\d+) ([\w, ]+)$")
    found = [asked.match(line) for line in text.splitlines()]
    wanted = [(n, each[2], set(each[3].split(", "))) for n, each in enumerate(found, 1) if each]
    plain = "\n".join(each[1] if each else line for each, line in zip(found, text.splitlines(), strict=True))
    assert [(each.line, each.code, set(each.categories)) for each in configured(plain)] == wanted
    assert len(wanted) == 6


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in [*CALLS, *KEYS]])
def test_what_is_set_for_development_is_set_on_purpose(row: Setting) -> None:
    if row.key:
        text = store(row, repr(row.unsafe[0]))
    else:
        text = call(row, leak(row))
    *imports, last = text.rstrip("\n").splitlines()
    head = "\n".join(imports)
    assert codes(f"{head}\nif settings.DEBUG:\n    {last}\n") == []
    assert codes(text, "shop/settings/local.py") == []
    assert codes(f"{head}\nif settings.ENABLED:\n    {last}\n")


# -- rows --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [pytest.param(row, id=name_of(row)) for row in [*CALLS, *KEYS, *BELOW]])
def test_a_row_is_whole(row: Setting) -> None:
    assert re.fullmatch(r"PII4\d[13579]", row.code)
    assert row.code in RULES
    assert not row.absent or row.code_left in RULES
    assert row.to in get_args(SinkKind)
    assert re.fullmatch(r"[a-z][^.]*[^. ]", row.says)
    assert re.match(r"[A-Z]\w+ .*[^.]$", row.safe)
    assert re.search(r"\d\.\d", row.seen), "in which version"
    assert bool(row.unsafe) == bool(row.argument or row.key) or (row.argument and row.absent)
    assert not (row.key and (row.argument or row.absent or row.of))


def test_every_rule_has_its_rows() -> None:
    spoken_of = {row.code for row in [*CALLS, *KEYS, *BELOW]} | {
        row.code_left for row in [*CALLS, *BELOW] if row.absent
    }
    assert spoken_of == {code for code in RULES if code.startswith("PII4")}


def test_a_row_is_told_by_what_it_is_of() -> None:
    known = [(row.name, row.keyword, row.code, of) for row in [*CALLS, *KEYS, *BELOW] for of in row.of or [""]]
    assert len(known) == len(set(known))
    for row in [*CALLS, *KEYS, *BELOW]:
        for of in row.of or ("",):
            assert settings().row(row.name, row.keyword, row.code, f"setLevel(10) for {of!r}") is row
    with pytest.raises(KeyError):
        settings().row("sentry_sdk.init", "dsn", "PII401")


# -- guards ------------------------------------------------------------------------------------------------------------


def guarded(text: str, module: str = "shop.start") -> list[int]:
    """The lines that run in development only."""
    return sorted({line for first, last in guards(ast.parse(text), module) for line in range(first, last + 1)})


@pytest.mark.parametrize(
    "test",
    [
        "DEBUG",
        "settings.DEBUG",
        "settings.debug is True",
        "not PRODUCTION",
        "not settings.is_production",
        "ENV == 'development'",
        "ENV != 'production'",
        "os.environ['ENV'] in ('dev', 'local')",
        "os.getenv('APP_DEBUG')",
        "app.config['DEBUG'] and loud",
        "loud and settings.DEBUG",
        "DEBUG or TESTING",
        "args.verbose",
        "PRODUCTION is False",
        "sys.stderr.isatty()",
        "__debug__",
        "__name__ == '__main__'",
    ],
)
def test_a_test_that_speaks_of_development(test: str) -> None:
    assert guarded(f"if {test}:\n    one()\nelse:\n    two()\n") == [2]
    assert guarded(f"if {test}:\n    one()\nelif other:\n    two()\n") == [2]
    assert guarded(f"def f():\n    if {test}:\n        one()\n        two()\n    three()\n") == [3, 4]


@pytest.mark.parametrize(
    "test",
    [
        "not DEBUG",
        "DEBUG is False",
        "ENV == 'production'",
        "settings.PRODUCTION",
        "ENV != 'dev'",
        "not (not PRODUCTION)",
    ],
)
def test_a_test_that_speaks_of_production(test: str) -> None:
    assert guarded(f"if {test}:\n    one()\nelse:\n    two()\n") == [4]
    assert guarded(f"def f():\n    if {test}:\n        return\n    two()\n    three()\n") == [4, 5]
    assert guarded(f"def f():\n    if {test}:\n        one()\n    two()\n") == []


@pytest.mark.parametrize(
    "test",
    [
        "SENTRY_DSN",
        "settings.USE_SENTRY",
        "DEBUG or SENTRY_DSN",
        "ENV",
        "device",
        "contested",
        "ENV in ('prod', 'dev')",
        "'DSN' in os.environ",
    ],
)
def test_a_test_that_speaks_of_neither(test: str) -> None:
    assert guarded(f"if {test}:\n    one()\nelse:\n    two()\n") == []


@pytest.mark.parametrize("module", [unittest.main, argparse, pdb, http.server, asyncio.base_events])
def test_what_is_asked_of_some_lines_is_what_is_known_of_all(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    everywhere = list(guards(tree, "shop.start"))
    for line in range(1, tree.body[-1].end_lineno + 1, 7):
        asked = any(first <= line <= last for first, last in guards(tree, "shop.start", places=[(line, line)]))
        assert asked == any(first <= line <= last for first, last in everywhere), line


def test_names_that_speak_of_development() -> None:
    assert guarded("class DevelopmentConfig(Config):\n    x = 1\n\n\nclass Config:\n    x = 1\n") == [1, 2]
    assert guarded("def set_up_debug_logging():\n    one()\n\n\ndef set_up():\n    one()\n") == [1, 2]
    assert guarded("one()\ntwo()\n", "shop.settings.local") == [1, 2]
    assert guarded("one()\ntwo()\n", "shop.settings.prod") == []


# -- a whole program ---------------------------------------------------------------------------------------------------

START = """\
import sentry_sdk

sentry_sdk.init(
    "https://key@sentry.example.com/1",
    send_default_pii=True,
)
"""


def test_a_scrubber_of_ones_own_takes_variables_out() -> None:
    start = "import sentry_sdk\nfrom sentry_sdk.scrubber import EventScrubber\n\n\nsentry_sdk.init('x', {})\n"
    assert codes(start.format("event_scrubber=EventScrubber(denylist=['email'], recursive=True)")) == []
    assert codes(start.format("environment='x'")) == ["PII402"]
    assert codes(start.format("send_default_pii=True, event_scrubber=SCRUBBER")) == ["PII401"]


def test_through_names_of_the_program(tree: Any, discreet: Any) -> None:
    tree({
        "shop/__init__.py": "",
        "shop/errors.py": "import sentry_sdk as tracker\nfrom sentry_sdk import init\n",
        "shop/a.py": "from shop.errors import init as start\n\nstart(send_default_pii=True)\n",
        "shop/b.py": "from shop import errors\n\nerrors.tracker.init(send_default_pii=True)\n",
        "shop/c.py": "import sentry_sdk\n\ninit = sentry_sdk.flush\ninit(send_default_pii=True)\n",
    })  # fmt: skip
    assert discreet("check").codes == ["shop/a.py:3 PII401", "shop/b.py:3 PII401"]


def test_a_processor_among_others() -> None:
    text = """
import structlog
from structlog.processors import JSONRenderer, dict_tracebacks

shared = [structlog.processors.TimeStamper()]
if as_text:
    processors = [*shared, structlog.dev.ConsoleRenderer()]
else:
    processors = [*shared, dict_tracebacks, JSONRenderer()]
structlog.configure(processors=processors)
structlog.configure(processors=[*shared, structlog.processors.format_exc_info])
"""
    assert [(each.line, each.code) for each in configured(text)] == [(10, "PII403")]
    assert codes("import boto3\nimport shop\n\nboto3.set_stream_logger([shop.NAME, shop.name()])\n") == []


def test_a_loop_may_climb_by_a_call_that_could_be_a_setting() -> None:
    climbs = "def nested(keys):\n    level = {}\n    for key in keys:\n        level = level.setdefault(key, {})\n"
    assert codes(climbs) == []


def test_what_silences_a_finding_silences_this(tree: Any, discreet: Any, command: Any) -> None:
    quiet = START.replace("True,", "True,  # noqa: PII401 -- the tracker is our own")
    files = {"a.py": START, "b.py": quiet, "tests/test_c.py": START, "pyproject.toml": "[tool.discreet]\n"}
    tree(files)
    assert discreet("check").codes == ["a.py:5 PII401"]
    assert discreet("check", "--include-tests").codes == ["a.py:5 PII401", "tests/test_c.py:5 PII401"]
    assert discreet("check", "--extend-ignore", "PII4").codes == []
    assert discreet("check", "--regime", "gdpr").codes == ["a.py:5 PII401"]
    assert discreet("check", "--select", "PII4").codes == ["a.py:3 PII402", "a.py:5 PII401", "b.py:3 PII402"]
    assert command("flake8", "--isolated", "--select", "PII", "a.py", "b.py").codes == ["a.py:5 PII401"]
    tree({"pyproject.toml": '[tool.discreet.per-file-ignores]\n"a.py" = ["PII401"]\n'})
    assert discreet("check").codes == []


def test_what_a_machine_reads(tree: Any, discreet: Any) -> None:
    tree({"a.py": START})
    said = json.loads(discreet("check", "--output-format", "jsonl").out.splitlines()[0])
    jsonschema.validate(said, json.loads(schema_text("finding")))
    assert (said["code"], said["severity"], said["confidence"], said["categories"]) == ("PII401", "high", "high", [])
    assert said["sink"] == {"kind": "config", "callable": "sentry_sdk.init", "argument": "send_default_pii"}
    assert said["source"] is None
    assert said["fix"]["applicability"] == "manual"


def test_a_second_run_knows_it_from_the_cache(tree: Any, discreet: Any) -> None:
    tree({"a.py": START})
    assert discreet("check").codes == discreet("check").codes == ["a.py:5 PII401"]
