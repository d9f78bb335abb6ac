"""Prospects deny nothing that is so.

What :class:`Prospects` say *no* to is never evaluated, so what they know less of than the evaluator is a leak that is
missed, and only behind a wrapper: at a sink nobody asks them. Two tests hold them to it. Below, a value is handed to a
function of another module that forwards it to a log; and over all fixtures, every value that is handed to any function
is asked about, and evaluated all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.holding import run
from tests.test_fixtures import FIXTURES
from tests.test_programs import programs

from discreet.catalogue.tables import catalogue
from discreet.facts.model import STR, VALUE, Call, Value
from discreet.flow.blind import Blind
from discreet.flow.context import Context
from discreet.flow.examine import Examiner
from discreet.flow.reach import Entry
from discreet.flow.result import PARAM, Result
from discreet.flow.rooms import rooms_over
from discreet.flow.solver import Solver
from discreet.project.config import Config
from discreet.project.discovery import discover
from discreet.project.executors import Here
from discreet.project.gathering import gather

NOTES = "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef note(text):\n    log.info(text)\n"

HANDED = {
    "a header of an imported request": (
        "session_token",
        'from flask import request\n\ndef join():\n    note(request.headers.get("Authorization"))',
    ),
    "a document of a collection of people": (
        "person",
        'def seen(db, number):\n    note(db["patients"].find_one({"_id": number}))',
    ),
    "an entry of a directory": (
        "username",
        (
            "from ldap3 import Connection\n\n"
            "def listed(server):\n    found = Connection(server)\n"
            "    for each in found.entries:\n        note(each.entry_dn)"
        ),
    ),
    "what an adapter makes of it": (
        "email",
        (
            "from pydantic import BaseModel, EmailStr, TypeAdapter\n\n"
            "class SignUp(BaseModel):\n    address: EmailStr\n    size: int\n\n"
            "adapter = TypeAdapter(list[SignUp])\n\n"
            "def adapted(payload):\n    for row in adapter.validate_python(payload):\n        note(row)"
        ),
    ),
    "a type that is given a name": (
        "phone",
        (
            "from typing import Annotated, NewType\n\n"
            'Line = NewType("Line", Annotated[str, "pii:phone"])\n\ndef dialled(row):\n    note(Line(row[2]))'
        ),
    ),
    "a column in capitals": ("date_of_birth", 'def loaded(row):\n    note(row["DOB"])'),
    "the same, looked up": ("first_name", 'def loaded(row):\n    note(row.get("FIRST_NAME"))'),
    "from whom a message is": ("messenger_id", 'def answered(message):\n    note(message.get("from"))'),
    "a name beside a day of birth": (
        "name",
        'def registered(form):\n    save(form.get("date_of_birth"), form.get("gender"))\n    note(form.get("name"))',
    ),
    "what a proxy gives": (
        "email",
        (
            "from werkzeug.local import LocalProxy\n\n"
            "def made():\n    customer = load()\n    return customer.email\n\n"
            "def shown():\n    note(LocalProxy(made))"
        ),
    ),
    "what is kept in an object that is kept in another": (
        "phone",
        (
            "class Session:\n    def connect(self, caller):\n        self.number = caller.phone_number\n\n"
            "class Monitor:\n    def __init__(self, session: Session):\n        self.session = session\n\n"
            "    def lost(self):\n        note(self.session.number)"
        ),
    ),
    "an object that is filled from a mapping": (
        "email",
        (
            "class Profile:\n    def __init__(self, payload):\n        self.__dict__.update(payload)\n\n"
            "    def as_dict(self):\n        return self.__dict__\n\n"
            "    def mails(self):\n        return self.email\n\n"
            "def kept(payload):\n    note(Profile(payload).as_dict())"
        ),
    ),
    "an object whose text reads deeper": (
        "email",
        (
            "class Guest:\n    def __init__(self, at):\n        self.at = at\n\n"
            '    def __str__(self):\n        return f"seat of {self.at.email}"\n\n'
            "def arrived(guest: Guest):\n    note(guest)"
        ),
    ),
    "what a validator is handed": (
        "date_of_birth",
        (
            "from pydantic import BaseModel, field_validator\n\n"
            "class Form(BaseModel):\n    date_of_birth: str\n\n"
            '    @field_validator("date_of_birth")\n    def check(cls, v):\n        note(v)\n        return v'
        ),
    ),
    "what was read of an answer, in capitals": (
        "email",
        'def mailed(source):\n    answer = source.get("record")\n    note(answer.get("EMAIL_ADDRESS"))',
    ),
}


@pytest.mark.parametrize("name", HANDED)
def test_what_is_handed_to_a_wrapper_is_found(name: str, tmp_path: Path) -> None:
    category, code = HANDED[name]
    report = run(tmp_path, {"app/notes.py": NOTES, "app/main.py": f"from app.notes import note\n\n{code}\n"})
    line = next(at for at, each in enumerate(code.split("\n"), 3) if "note(" in each)
    found = {(each.path, each.line): each.categories for each in report.findings}
    assert category in found.get(("app/main.py", line), ()), found


# -- everything that is handed over anywhere in the fixtures -----------------------------------------------------------


def handed(examiner: Examiner, context: Context) -> Iterator[tuple[Call, Entry, Value]]:
    """Every value that a function hands to another, but for an object that hands itself over: of that, its methods know
    as much as it.
    """
    for index, call in enumerate(context.function.calls):
        for entry in examiner.reach.of(context, index).entries:
            for value in entry.arguments.values():
                if not any(part.root == "p0" and not part.access and context.function.owner for part in value):
                    yield call, entry, value


def said(examiner: Examiner, context: Context, result: Result) -> set[str]:
    """What is personal in a result wherever it may get out, as the evaluator and the judge have it."""
    leaks = [leak for form in (STR, VALUE) for leak in examiner.judge.leaks(context, result, form)]
    return {category for leak in leaks if leak.confidence != "low" for category in leak.categories}


def told(examiner: Examiner, context: Context) -> Iterator[tuple[str, str]]:
    """The personal values that a function hands over, each with the room that denies it, or with none."""
    for call, _, value in handed(examiner, context):
        asked = examiner.prospects.handed(context, value)
        for result in examiner.evaluator.value(context, value):
            if result.kind == PARAM and result.parameter == 0 and not result.access and context.function.owner:
                continue
            categories = said(examiner, context, result)
            if categories:
                followed = asked and examiner.is_worth_following(context, result)
                value_at = f"{context.module.path}:{call.span.line}: {result.text} is {', '.join(sorted(categories))}"
                yield value_at, "" if followed else "Glance" if asked else "Prospects"


def compared(root: Path) -> Iterator[tuple[str, str]]:
    """All of them in a program."""
    config = Config(root=root)
    files = discover([root], config).files
    library = gather(files, [b""] * len(files), Here(), None, None).library
    program = Solver(library, {}).program
    program.begin()
    summaries, reach, effects = rooms_over(program, catalogue(None), {})
    examiner = Examiner(summaries, reach, effects, Blind(summaries, reach.sinks, None), lambda *_: None)
    for module in library.outlines:
        waiting = [Context(unit) for unit in program.units_of(module)]
        waiting.extend(Context(*summaries.wrapped(each.unit)) for each in tuple(waiting))
        seen: set[object] = set()
        while waiting:
            context = waiting.pop()
            if context.key not in seen:
                seen.add(context.key)
                waiting.extend(entry.target for _, entry, _ in handed(examiner, context) if entry.target.bindings)
                yield from told(examiner, context)


@pytest.mark.parametrize("root", [FIXTURES, *programs()], ids=lambda root: root.name)
def test_nothing_is_denied_that_evaluating_finds(root: Path) -> None:
    values = dict(compared(root))
    denied = [f"{value}; {room} deny it" for value, room in values.items() if room]
    assert not denied, "\n".join(denied)


def test_much_is_compared() -> None:
    assert len(dict(compared(FIXTURES))) > 200
