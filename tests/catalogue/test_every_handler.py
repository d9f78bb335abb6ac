"""Every row of the catalogue that says what a library hands to functions is reached by a program made from it: the
function logs what it is handed, and it is what the row says. Beside each stands the same with nothing of anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from tests.catalogue.test_every_source import imported, reported

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names, row_files
from discreet.catalogue.tables import catalogue
from discreet.facts.extraction import extract
from discreet.rules import Settings, findings

HEAD = """import logging
from django.contrib import admin
from pydantic import EmailStr
log = logging.getLogger(__name__)

class Customer:
    mail: EmailStr
    size: int
"""
HOLDING = {
    "own": ("mail: EmailStr", "size: int"),
    "field": ("mail: EmailStr", "size: int"),
    "argument": ("class Arguments:", "    mail: EmailStr", "    size: int"),
    "model": ("class Meta:", "    model = Customer"),
}
"""What a class has in its body, by what the row says that its methods are given."""


class Case(NamedTuple):
    """A row's name, a program, and the categories that its last line lets out."""

    name: str
    lines: tuple[str, ...]
    expected: frozenset[str]


def difference(cases: Iterable[Case]) -> list[str]:
    """Where what is said of the last line is not what the rows ask for."""
    tried = list(cases)
    facts = [
        extract(f"shop/part{number}.py", "\n".join(case.lines).encode(), module=f"shop.part{number}", is_package=False)
        for number, case in enumerate(tried)
    ]
    said: dict[tuple[str, int], set[str]] = {}
    for each in findings(facts, Settings()):
        if each.confidence != "low":
            said.setdefault((each.path, each.line), set()).update(each.categories)
    return [
        f"{case.name}: {case.lines[-1].strip()}: {set(case.expected)} wanted, got {got}"
        for each, case in zip(facts, tried, strict=True)
        if (got := said.get((each.path, len(case.lines)), set())) != case.expected
    ]


def cases_of(name: str, row: dict[str, Any]) -> Iterator[Case]:
    """What a function is handed by one row, and what of it is nobody's."""
    parameter, gives = row["parameter"][0], row["gives"]
    thing = "thing" if parameter.isdigit() else "mail" if parameter in ("*", "**") else parameter
    for field, shown, expected in _shown(gives, thing):
        lines = _program(name, row, field if parameter == "*" and field else thing, field)
        yield Case(name, (*lines, f'{_indent(lines)}log.info("it is %s", {shown})'), expected)
        if row.get("checks"):
            yield Case(name, (*lines, f'{_indent(lines)}raise ValueError(f"no {{{shown}}}")'), frozenset())


def _shown(gives: str, thing: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """A field of the class around, an expression, and what it shows."""
    kind, _, rest = gives.partition(":")
    mail, nothing = frozenset({"email"}), frozenset[str]()
    if kind == "own":
        yield from (("", thing + rest, mail), ("", f'{thing}{rest}["size"]', nothing), ("", f"len({thing})", nothing))
    elif kind == "field":
        yield from (("mail", thing, mail), ("size", thing, nothing))
    elif kind == "argument":
        yield from (("mail", "mail", mail), ("size", "size", nothing))
    elif kind == "parameters":
        whole = f"self{rest}"
        yield from (("", f"{whole}.args", mail), ("", f'{whole}.kwargs["mail"]', mail))
        yield from (("", f'{whole}.kwargs["size"]', nothing), ("", f"{whole}.id", nothing))
    elif kind == "category":
        yield from (("", thing, reported(rest)), ("", f"len({thing})", nothing))
    elif kind == "submission":
        yield from (("", thing, frozenset({"person"})), ("", f"len({thing})", nothing))
    elif kind == "user":
        yield from (("", f"{thing}.email", mail), ("", f"{thing}.pk", nothing))
    elif kind == "type":
        row = catalogue().classes[rest]
        assert row is not None, rest
        held = next(((key, said[9:]) for key, said in row.attributes.items() if said[:9] == "category:"), None)
        if held is not None:
            step = f'["{held[0]}"]' if row.text in ("mapping", "keys") else f".{held[0]}"
            yield "", thing + step, reported(held[1])
        yield "", f"{thing}.weather", nothing
    else:
        one = f"{thing}[0]" if rest == "many" else thing
        yield from (("", f"{one}.mail", mail), ("", f"{one}.size", nothing))


def _program(name: str, row: dict[str, Any], thing: str, field: str) -> tuple[str, ...]:
    """A program up to the body of the function that is handed something."""
    parameter, kind = row["parameter"][0], row["gives"].partition(":")[0]
    before, local = imported(name)
    owner, _, last = local.rpartition(".")
    overrides = owner[:1].isupper() and last[:1].islower() and not _decorates(owner, last)
    function = row.get("functions", ["say"])[0]
    if overrides:
        function = last.replace("*", field or "mail") if last[-1:] == "*" else last
    taken = [f"a{each}" for each in range(int(parameter))] if parameter.isdigit() else []
    thing = f"{thing}: {_annotation(row)}" if row.get("typed") else f"**{thing}" if parameter == "**" else thing
    is_method = overrides or kind in ("own", "field", "registered")
    if kind == "parameters":
        params = ["self", "mail: EmailStr", "size: int"]
    else:
        params = [*(["self"] if is_method and not taken else []), *taken, thing]
    header = f"def {function}({', '.join(dict.fromkeys(params))}):"
    connected = name.endswith(".connect")
    call = f"{_called(local)}({_arguments(row['gives'], field)})"
    if connected:
        call = f"{_called(local)}({function}, {_arguments(row['gives'], field)})"
        return (*HEAD.splitlines(), *before, "def setup():", f"    {call}", header)
    decorated = () if overrides else (f"@{call}",)
    if not is_method:
        return (*HEAD.splitlines(), *before, *decorated, header)
    body = [*HOLDING.get(kind, _named(row["gives"])), *decorated, header]
    cls = (
        f"class Own({owner}):"
        if overrides
        else "class Own(admin.ModelAdmin):"
        if kind == "registered"
        else "class Own:"
    )
    around = ("@admin.register(Customer)",) if kind == "registered" else ()
    return (*HEAD.splitlines(), *before, *around, cls, *(f"    {each}" for each in body))


def _annotation(row: dict[str, Any]) -> str:
    """The annotation that a parameter has to have, of those that need no import."""
    return next(name for name in row["typed"] if name.startswith("builtins.")).rpartition(".")[2]


def _named(gives: str) -> tuple[str, ...]:
    """``form_class = Customer``, where a row says that an attribute of the class tells."""
    kind, _, names = gives.partition(":")
    return (f"{names.partition('|')[0]} = Customer",) if kind in ("attribute", "element") else ()


def _decorates(owner: str, last: str) -> bool:
    """Whether a method of a library's object is a decorator rather than one that a class below overrides."""
    named = (
        "task",
        "event",
        "listener",
        "command",
        "middleware",
        "on_message",
        "on_edited_message",
        "on_callback_query",
    )
    return last in named or last.endswith("_handler") or last.startswith("on_")


def _called(local: str) -> str:
    """How a decorator is written that is a method: of an object."""
    owner, _, last = local.rpartition(".")
    return f"{owner}().{last}" if owner[:1].isupper() and "." not in owner else local


def _arguments(gives: str, field: str) -> str:
    kind, _, rest = gives.partition(":")
    if kind == "field":
        return f'"{field}"'
    if kind == "one":
        return 'Customer, "after_insert"' if rest == "0" else f"{rest}=Customer"
    return "bind=True" if kind == "parameters" else ""


def _indent(lines: tuple[str, ...]) -> str:
    last = lines[-1]
    return " " * (len(last) - len(last.lstrip()) + 4)


def files() -> list[str]:
    return [name for name in row_files() if read_data(name).get("handler")]


@pytest.mark.parametrize("topic", files())
def test_every_function_is_handed_what_its_row_says(topic: str) -> None:
    rows = [(name, row) for row in read_data(topic)["handler"] for name in dotted_names(row)]
    different = difference(case for name, row in rows for case in cases_of(name, row))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])
