"""Every row of the catalogue that says "this calls what it is handed" is reached by a program made from it: the
function that is handed over logs what it is given, or gives back what it is given. Beside each stand the same call with
nothing of anybody's, and calls that hand the data to arguments which the row does not pass on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from tests.catalogue.test_every_sink import DATA, NOBODYS, Got, called

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names, row_files
from discreet.catalogue.tables import catalogue
from discreet.facts.extraction import extract
from discreet.rules import Settings, findings

TASK = "celery.Task"
"""What the catalogue calls every function that was made a task."""
AT_ONCE = frozenset({"contextvars.Context.run"})
"""What gives the answer itself; ``submit`` gives a future, and the others are awaited."""
CALLEES = ("func", "fn", "callback", "target", "function", "dependency")
HEAD = ("import celery", "import functools", "import logging", "log = logging.getLogger(__name__)")


class Case(NamedTuple):
    """A callable's name, the lines of a program, and whether what its log line shows is somebody's e-mail address."""

    name: str
    lines: tuple[str, ...]
    leaks: bool

    @property
    def place(self) -> int:
        """The line of its only log call, or the last."""
        return next((number for number, line in enumerate(self.lines, 1) if "log.info" in line), len(self.lines))


REPORTED = {"email", "username"}


def difference(cases: Iterable[Case]) -> list[str]:
    """Where what is said of the log line is not what the rows ask for."""
    tried = list(cases)
    facts = [
        extract(f"shop/part{number}.py", "\n".join(case.lines).encode(), module=f"shop.part{number}", is_package=False)
        for number, case in enumerate(tried)
    ]
    said = {(each.path, each.line) for each in findings(facts, Settings()) if REPORTED & {*each.categories}}
    return [
        f"{case.name}: {'silent' if case.leaks else 'false'}: {case.lines[-1].strip()}"
        for each, case in zip(facts, tried, strict=True)
        if ((each.path, case.place) in said) != case.leaks
    ]


# -- what is handed over ----------------------------------------------------------------------------------------------


def calls_of(row: dict[str, Any], function: str) -> Iterator[tuple[str, bool]]:
    """The arguments of calls by all ways of a row, ``{}`` for the data, and whether the data are passed on."""
    places = {key: [_way(each) for each in row.get(key, ())] for key in ("rest", "spread", "named", "each")}
    for callee in _way(row["callee"]):
        for key, written in (("rest", "{}"), ("spread", "({},)"), ("named", '{{"value": {}}}'), ("each", "[{}]")):
            for ways in places[key]:
                for way in ways:
                    where = "value" if way == "**" else way
                    arguments = _arguments({callee: function, where: written})
                    if arguments:
                        yield arguments, True
        if not any(places.values()):  # it hands nothing on: the function has it already
            yield _arguments({callee: f"functools.partial({function}, {{}})"}), True
        passed = {way for ways in places.values() for each in ways for way in each}
        silent = [number for number in range(int(callee) if callee.isdigit() else 0) if str(number) not in passed]
        for place in [*map(str, silent), *(["elsewhere"] if "**" not in passed else [])]:
            yield _arguments({callee: function, place: "{}"}), False


def _way(selector: str) -> list[str]:
    """The ways of a selector: a position, a keyword, ``**``, or none for what a method is called on."""
    if selector == "self":
        return [""]
    return [each.rstrip("+") for each in selector.split("|")]


def _arguments(given: dict[str, str]) -> str:
    """Arguments as they are written: positions nobody gives are filled up. Nothing if none can be written so."""
    numbers = [int(each) for each in given if each.isdigit()]
    if not numbers:
        return ", ".join(f"{key}={value}" for key, value in given.items() if key)
    positions = [given.get(str(number), "None") for number in range(max(numbers) + 1)]
    named = [key for key in given if key and not key.isdigit()]
    if named and named[0] in CALLEES:  # positions before a callee that is given by its keyword would be taken for it
        return ""
    return ", ".join([*positions, *(f"{key}={given[key]}" for key in named)])


# -- the programs -----------------------------------------------------------------------------------------------------


def of_row(row: dict[str, Any]) -> Iterator[Case]:
    """The programs of a row: for each callable of its, and each method of something nobody knows."""
    for name in dotted_names(row) if "target" in row else ():
        if name.rpartition(".")[0] == TASK:
            yield from told(name, Got((), f"told.{name.rpartition('.')[2]}"), row)
            continue
        got = called(catalogue(), name, frozenset({name}))
        yield from told(name, got, row)
        if row.get("gives"):
            yield from given_back(name, got, row)
    for name in row.get("methods", ()):
        yield from told(f"?.{name}", Got((), f"unknown.something.{name}"), row)


def told(name: str, got: Got, row: dict[str, Any]) -> Iterator[Case]:
    """A function that logs what it is given is handed over with the data, and with nobody's."""
    task = ("@celery.shared_task",) if row["callee"] == "self" else ()
    before = (*HEAD, *got.imports, *task, "def told(value):", '    log.info("it is %s", value)')
    for arguments, passes in calls_of(row, "told"):
        for data in (DATA, NOBODYS) if passes else (DATA,):
            line = f"    {got.expression}({arguments.format(data)})"
            yield Case(name, (*before, "def start(customer, weather, unknown):", line), passes and data == DATA)


def given_back(name: str, got: Got, row: dict[str, Any]) -> Iterator[Case]:
    """A function that gives what it is given, or what it has itself, and what is logged is what the call gives."""
    callee = _way(row["callee"])[0]
    way = _way(row["rest"][0])[0] if row.get("rest") else ""
    for data in (DATA, NOBODYS):
        body = f"    customer, weather = load()\n    return {data}" if not way else "    return value"
        arguments = _arguments({callee: "made", **({way: data} if way else {})})
        call = f"{got.expression}({arguments})"
        answer = f"{call}.result()" if name.endswith("submit") else f"await {call}"
        answer = call if name in AT_ONCE or not way else answer
        lines = (f"def made({'value' if way else ''}):", *body.split("\n"), "async def start(customer, weather):")
        shown = (f"    answer = {answer}", '    log.info("it is %s", answer)')
        yield Case(name, (*HEAD, *got.imports, *lines, *shown), data == DATA)


@pytest.mark.parametrize("topic", [name for name in row_files() if read_data(name).get("caller")])
def test_every_caller_is_reached_and_nothing_beside_it(topic: str) -> None:
    different = difference(case for row in read_data(topic)["caller"] for case in of_row(row))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])


# -- conventions ------------------------------------------------------------------------------------------------------

CONVENTIONS = {
    "request": ("request.user.email", "request.scheme"),
    "faker": ("customer.email()", "faker.email()"),
    "fake": ("customer.email()", "fake.email()"),
    "update, context": ("update.effective_user", "update.update_id"),
}
"""By the name of a parameter: what leaks by the row or but for it, and what does not."""
TAKERS = {"span": ('span.set_attribute("mail", customer.email)', "span.is_recording(customer.email)")}
"""By the name of a parameter: the call that lets something out by the row, and one that does not."""


def test_every_conventional_name_means_what_it_says() -> None:
    said = {name for topic in row_files() for name in read_data(topic).get("convention", {})}
    assert said == {*CONVENTIONS, *TAKERS}
    logged = {name: tuple(f'log.info("it is %s", {shown})' for shown in pair) for name, pair in CONVENTIONS.items()}
    cases = [
        Case(name, (*HEAD, f"def say({name}):" if "," in name else f"def say({name}, customer):", f"    {line}"), leaks)
        for name, pair in {**logged, **TAKERS}.items()
        for line, leaks in zip(pair, (True, False), strict=True)
    ]
    assert not difference(cases)
