"""Every source and transform of the catalogue is reached by a program made from its row: what a library's classes,
calls, types and fields hold, and what its functions make of a value. Beside each stands the same with nothing of
anybody's in it. What can't be got by a program is a row that nobody needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from discreet.catalogue.categories import categories
from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names, row_files
from discreet.catalogue.rows import SILENCING
from discreet.catalogue.tables import catalogue
from discreet.facts.extraction import extract
from discreet.rules import Settings, findings

HEAD = """import logging
from pydantic import EmailStr, SecretStr
log = logging.getLogger(__name__)

class Customer:
    mail: EmailStr
    size: int

class Account:
    password: SecretStr
"""
DATA, NOBODYS = "customer.email", "weather.forecast"


class Case(NamedTuple):
    """A row's name, what stands before the function, the function's parameter and body, and what its log line shows."""

    name: str
    before: tuple[str, ...]
    parameter: str
    body: tuple[str, ...]
    shown: str
    expected: frozenset[str] | None
    """The categories; ``None`` for any at all."""


def written(cases: Iterable[Case]) -> tuple[str, dict[int, Case]]:
    """A program with a function for each case, and the line of its log call. What is sent is about people where one
    joins something.
    """
    lines = HEAD.splitlines()
    places = {}
    for number, case in enumerate(cases):
        name = f"join_{number}" if case.expected == {"person"} else f"say{number}"
        lines += ["", *case.before, f"def {name}({case.parameter}):", *(f"    {each}" for each in case.body)]
        lines.append(f'    log.info("it is %s", {case.shown})')
        places[len(lines)] = case
    return "\n".join(lines), places


def difference(programs: Iterable[list[Case]]) -> list[str]:
    """Where what is said is not what the rows ask for."""
    found = []
    texts = [written(cases) for cases in programs if cases]
    facts = [
        extract(f"shop/part{number}.py", text.encode(), module=f"shop.part{number}", is_package=False)
        for number, (text, _) in enumerate(texts)
    ]
    said: dict[tuple[str, int], set[str]] = {}
    for finding in findings(facts, Settings()):
        if finding.confidence != "low":
            said.setdefault((finding.path, finding.line), set()).update(finding.categories)
    for each, (text, places) in zip(facts, texts, strict=True):
        for line, case in places.items():
            told = said.get((each.path, line), set())
            if told != case.expected if case.expected is not None else not told:
                found.append(f"{case.name}: {text.splitlines()[line - 1].strip()}: {case.expected} wanted, got {told}")
    return found


def reported(*names: str) -> frozenset[str]:
    """Those of some categories that are ever reported: what is opaque is not."""
    return frozenset(name for name in names if categories()[name].standing != "opaque")


def imported(dotted: str) -> tuple[tuple[str, ...], str]:
    """How to import what a dotted name leads to, and what it is called then."""
    parts = dotted.split(".")
    cut = next((number for number, part in enumerate(parts) if part.lstrip("_")[:1].isupper()), len(parts) - 1)
    if parts[0] == "builtins":
        return (), ".".join(parts[1:])
    if parts[:2] == ["boto3", "client"]:  # what a service is, boto3 is told by its name
        return ("import boto3",), ".".join((f'boto3.client("{parts[2]}")', *parts[3:]))
    module, name = ".".join(parts[:cut]), parts[cut]
    return ((f"from {module} import {name}",) if module else (f"import {name}",)), ".".join(parts[cut:])


# -- classes and what calls give ---------------------------------------------------------------------------------------


def of_class(name: str, row: dict[str, Any]) -> Iterator[Case]:
    """What an instance holds, whole and piece by piece. An object of a module is imported, another is a parameter."""
    before, local = imported(name)
    if "(" in local:
        return  # it has no name: only a call gives one
    is_object = not local.rpartition(".")[2][:1].isupper()
    parameter, thing = ("", local) if is_object and "." not in local else (f'thing: "{local}"', "thing")
    attributes = {key: said for key, said in row.get("attributes", {}).items() if key != "*"}
    whole = [said[9:] for said in attributes.values() if said[:9] == "category:"]
    for key, said in attributes.items():
        shown = f'{thing}["{key}"]' if row.get("text") in ("mapping", "keys") else f"{thing}.{key}"
        if said[:9] == "category:":
            yield Case(f"{name}.{key}", before, parameter, (), shown, reported(said[9:]))
        elif said == "clean":
            yield Case(f"{name}.{key}", before, parameter, (), shown, frozenset())
        elif said == "submission":
            yield Case(f"{name}.{key}", before, parameter, (), shown, frozenset({"person"}))
            yield Case(f"{name}.{key}", before, parameter, (), f'{shown}["weather"]', frozenset())
        elif said[:8] == "element:":
            below = (*before, f"class Below({local}):", f"    {said[8:].partition('|')[0]} = Customer")
            yield Case(f"{name}.{key}", below, "thing: Below", (), f"thing.{key}.mail", frozenset({"email"}))
            yield Case(f"{name}.{key}", below, "thing: Below", (), f"thing.{key}.size", frozenset())
        elif said == "user":
            yield Case(f"{name}.{key}", before, parameter, (), f"{shown}.email", frozenset({"email"}))
        elif said[:5] in ("type:", "many:"):
            yield from _below(name, before, parameter, shown if said[0] == "t" else f"{shown}[0]", said[5:])
    if row.get("text") in ("fields", "mapping") and whole and not is_object:
        yield Case(name, before, parameter, (), thing, None if reported(*whole) else frozenset())
    if attributes.get("*") != "clean" and row.get("text") != "clean":
        yield Case(name, before, parameter, (), f"{thing}.weather", frozenset())


def _below(name: str, before: tuple[str, ...], parameter: str, shown: str, cls: str) -> Iterator[Case]:
    row = catalogue().classes[cls]
    for key, said in row.attributes.items() if row is not None else ():
        if said[:9] == "category:":
            step = f'["{key}"]' if row is not None and row.text in ("mapping", "keys") else f".{key}"
            yield Case(f"{name} to {cls}", before, parameter, (), shown + step, reported(said[9:]))
            return


def of_returns(maker: str, row: dict[str, Any]) -> Iterator[Case]:
    """What a call gives, by its name, and where only the method's name is known."""
    before, local = imported(maker)
    owner, _, method = local.rpartition(".")
    cls, _, road = owner.partition(".")
    is_method = cls[:1].isupper() or owner.rpartition(".")[2][:1].isupper()
    if is_method and road and "(" not in owner:  # what lies below an object of the class: ``Client().messages.list()``
        owner, method = (cls, f"{road}.{method}") if cls[:1].isupper() else (owner, method)
    kind, _, names = row["type"].partition(":")
    if kind in ("own", "attribute", "element"):  # what the class below it is made of
        made = "mail: EmailStr" if kind == "own" else f"{names.partition('|')[0]} = Customer"
        below = (*before, f"class Below({owner}):", f"    {made}", "    size: int")
        got, nobodys = ("got", 'got["size"]') if kind == "own" else ("got.mail", "got.size")
        yield Case(maker, below, "thing: Below", (f"got = thing.{method}()",), got, frozenset({"email"}))
        yield Case(maker, below, "thing: Below", (f"got = thing.{method}()",), nobodys, frozenset())
        return
    parameter, call = (f'thing: "{owner}"', f"thing.{method}()") if is_method else ("", f"{local}()")
    yield from _given(maker, before, parameter, call, row["type"])
    for each in row.get("methods", ()):
        yield from _given(f"?.{each}", (), "unknown", f"unknown.something.{each}()", row["type"])


def _given(name: str, before: tuple[str, ...], parameter: str, call: str, said: str) -> Iterator[Case]:
    if said[:9] == "category:":
        yield Case(name, before, parameter, (f"got = {call}",), "got", reported(said[9:]))
    elif said == "user":
        yield Case(name, before, parameter, (f"got = {call}",), "got.email", frozenset({"email"}))
    elif said == "submission":
        yield Case(name, before, parameter, (f"got = {call}",), "got", frozenset({"person"}))
        yield Case(name, before, parameter, (f"got = {call}",), 'got["weather"]', frozenset())
    else:
        for case in _below(name, before, parameter, "got", said):
            yield case._replace(body=(f"got = {call}",))
            yield case._replace(body=(f"got = {call}",), shown="got.weather", expected=frozenset())


# -- types and fields --------------------------------------------------------------------------------------------------

SILENT = {"flag": "email", "id": "email", "number": "email", "date": "email", "text": "age", "object": "email"}
"""A name that means what a value of this kind can't be."""
SPEAKING = {"number": ("salary", "salary"), "date": ("date_of_birth", "date_of_birth"), "text": ("email", "email"),
            "object": ("last_location", "location")}  # fmt: skip


def of_type(name: str, row: dict[str, Any]) -> Iterator[Case]:
    """What an annotation says of a parameter."""
    before, local = imported(name)
    if row.get("categories"):
        yield Case(name, before, f"value: {local}", (), "value", reported(*row["categories"]))
        yield Case(name, before, f"value: {local}", (), "len(value)", frozenset())
    elif row.get("protects"):
        yield Case(name, before, f"password: {local}", (), "password", frozenset())
        yield Case(name, before, f"password: {local}", (), "password.get_secret_value()", frozenset({"password"}))
    elif row["holds"] in ("flag", "id", "number"):
        yield Case(name, before, f"email: {local}", (), "email", frozenset())


def of_field(name: str, row: dict[str, Any]) -> Iterator[Case]:
    """What a constructor says of the field it makes."""
    before, local = imported(name)
    if row.get("relation"):
        cls = (*before, "class Thing:", f"    other = {local}(Customer)")
        end = "thing.other[0].mail" if row["relation"] == "many" else "thing.other.mail"
        yield Case(name, cls, "thing: Thing", (), end, frozenset({"email"}))
        return
    if row.get("categories"):
        cls = (*before, "class Thing:", f"    first = {local}()")
        yield Case(name, cls, "thing: Thing", (), "thing.first", reported(*row["categories"]))
        yield Case(name, cls, "thing: Thing", (), "thing.second", frozenset())
        return
    holds = row["holds"]
    if holds != "text":
        cls = (*before, "class Thing:", f"    {SILENT[holds]} = {local}()")
        yield Case(name, cls, "thing: Thing", (), f"thing.{SILENT[holds]}", frozenset())
    if holds in SPEAKING:
        spoken, category = SPEAKING[holds]
        cls = (*before, "class Thing:", f"    {spoken} = {local}()")
        yield Case(name, cls, "thing: Thing", (), f"thing.{spoken}", frozenset({category}))


CHECKED = {"email_validator.validate_email": frozenset({"email"})}
"""What is handed to these is what they check, whatever it is called."""

# -- transforms --------------------------------------------------------------------------------------------------------


def of_transform(name: str, row: dict[str, Any]) -> Iterator[Case]:
    """What a callable makes of an argument that holds data, and of one that doesn't."""
    effect, of = row["effect"], row.get("of", ["0"])
    before, local = imported(name.replace("*", "anything"))
    for given, wanted in ((DATA, frozenset({"email"})), (NOBODYS, CHECKED.get(name, frozenset[str]()))):
        expected = frozenset[str]() if effect in SILENCING else wanted
        argument = f"[{given}]" if effect == "element" else given
        if effect == "fields":
            argument, expected = "customer", frozenset({"email"})
        if effect == "object":
            got = f"got = {local}(shape={given})"
            yield Case(name, before, "customer, weather", (got,), "got.shape", wanted)
            continue
        if of == ["self"]:
            base, _, method = local.rpartition(".")
            if (
                catalogue().transforms[name.rpartition(".")[0]] is not None
            ):  # it is made of what it gives: a page of a sequence
                got = f"got = {base}({given}).{method}(weather)"
                yield Case(name, before, "customer, weather", (got,), "got", wanted)
                continue
            own, shape = ("Own", "mail: EmailStr") if given == DATA else ("Bare", "size: int")
            cls = (*before, f"class {own}({base}):", f"    {shape}")
            expected = frozenset[str]() if effect == "clean" else wanted
            got = f"got = {own}().{method}(weather)"
            yield Case(name, cls, "weather", (got,), "got", expected)
            continue
        owner, _, method = local.rpartition(".")
        is_method = owner and owner.split(".")[-1][:1].isupper()
        parameters = "customer: Customer, weather" if effect == "fields" else "customer, weather"
        parameters += f', thing: "{owner}"' if is_method else ""
        call = f"thing.{method}" if is_method else local
        yield Case(name, before, parameters, (f"got = {call}({placed(of[0], argument)})",), "got", expected)


def placed(selector: str, argument: str) -> str:
    """What a call is written with that hands over an argument where a selector says."""
    number, _, keyword = selector.partition("|")
    if number == "**":
        return f"anything={argument}"
    if number.rstrip("+").isdecimal() and int(number.rstrip("+")):
        return f"{keyword}={argument}" if keyword else "weather, " * int(number.rstrip("+")) + argument
    return argument


NEEDED = {"find": '"@"'}
"""Arguments without which a method is not the one that is meant: MongoDB's ``find`` takes none."""


def of_method(name: str, row: dict[str, Any]) -> Iterator[Case]:
    """What a method of something unknown makes of it, or of its arguments."""
    effect = row["effect"]
    if effect == "item":
        yield Case(name, (), "customer", (f'got = customer.{name}("email")',), "got", frozenset({"email"}))
        yield Case(name, (), "customer", (f'got = customer.{name}("shape")',), "got", frozenset())
    elif effect == "reveal":
        yield Case(name, (), "account: Account", (), f"account.password.{name}()", frozenset({"password"}))
        yield Case(name, (), "account: Account", (), "account.password", frozenset())
    elif effect == "fields":
        yield Case(name, (), "customer: Customer", (f"got = customer.{name}()",), "got", frozenset({"email"}))
    else:
        kept = effect in ("keep", "change", "text", "element", "container")
        leaks = frozenset({"email"}) if kept else frozenset[str]()
        for selector in row.get("of", ["self"]):
            on_itself = f"{{}}.{name}({NEEDED.get(name, '')})"
            call = on_itself if selector == "self" else f"unknown.{name}({placed(selector, '{}')})"
            yield Case(name, (), "customer, weather, unknown", (f"got = {call.format(DATA)}",), "got", leaks)
            yield Case(name, (), "weather, unknown", (f"got = {call.format(NOBODYS)}",), "got", frozenset())


MAKERS = {
    "class": of_class, "returns": of_returns, "type": of_type, "field": of_field, "transform": of_transform,
}  # fmt: skip


def cases_of(data: dict[str, Any]) -> Iterator[list[Case]]:
    """The cases of a file's rows, a program for each name."""
    for table, make in MAKERS.items():
        for row in data.get(table, ()):
            for name in dotted_names(row):
                yield list(make(name, row))
    for row in data.get("method", ()):
        for name in row["members"]:
            yield list(of_method(name, row))


def topics() -> list[str]:
    found = {*MAKERS, "method"}
    return [name for name in row_files() if not name.startswith("sinks/") and found.intersection(read_data(name))]


@pytest.mark.parametrize("topic", topics())
def test_every_source_and_transform_is_reached_and_nothing_beside_it(topic: str) -> None:
    different = difference(cases_of(read_data(topic)))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])
