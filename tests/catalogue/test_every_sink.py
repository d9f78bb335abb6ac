"""Every sink of the catalogue is reached by a program made from its row, and nothing beside it is.

For each way in which a row says that something gets out there is a call that leaks by it, the same call with nothing
of anybody's in it, and calls that hand the data to arguments which no row speaks of. The object that a method is
called on is got as real code gets it: from what `[[returns]]` and the attributes of `[[class]]` say gives one, else by
its constructor. What can't be got so is a row that no program reaches.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import Tables, dotted_names, packed, row_files
from discreet.catalogue.rows import ClassRow, Sink
from discreet.catalogue.tables import Catalogue, catalogue
from discreet.facts.extraction import extract
from discreet.project.config import load
from discreet.rules import Settings, findings
from discreet.rules.registry import rule_for

DATA = "customer.email"
NOBODYS = "weather.forecast"
MADE_OTHERWISE = {
    "dask.dataframe.DataFrame": "made of another frame, or read; fixtures of frames have them",
    "pyspark.sql.DataFrame": "made by a session; fixtures of frames have them",
}
"""Tables that nobody makes of a mapping."""
LOOKED_AT = (".values()", ".items()", ".keys()")
"""What is taken for a mapping's, unless something is called on it at once."""
FURTHEST = 6
"""Positions up to here are tried for one that no row speaks of."""


class Case(NamedTuple):
    """A statement in which ``{}`` stands for what is called on, and the codes of the rules that have to speak of it."""

    name: str
    statement: str
    codes: frozenset[str]


class Got(NamedTuple):
    """How an object is got: the lines before, and the expression."""

    imports: tuple[str, ...]
    expression: str


Tried = tuple[Got, list[Case]]


def written(got: Got, cases: Iterable[Case]) -> tuple[str, dict[int, Case]]:
    """A program with each case in a function of its own, and the line of each."""
    lines = [*got.imports]
    thing = got.expression
    if "(" in thing and not thing.endswith(LOOKED_AT):
        lines.append(f"thing = {thing}")
        thing = "thing"
    places: dict[int, Case] = {}
    for case in cases:
        statement = case.statement.replace("{}", thing).removeprefix(".")
        lines.extend(["", "", "def say(customer, weather):", f"    {statement}"])
        places[len(lines)] = case
    return "\n".join(lines), places


@cache
def rows_of(catalogue: Catalogue) -> Tables:
    """All rows, to go through."""
    return catalogue.everything()


def of_sinks(catalogue: Catalogue, names: Iterable[str]) -> Iterator[Tried]:
    """Sinks, each by all ways that its rows speak of."""
    for name in names:
        rows = catalogue.sinks[name]
        owner = name.rpartition(".")[0]
        yield obtained(catalogue, owner), list(cases_of(name, rows))
        if any("self" in row.args for row in rows) and owner not in MADE_OTHERWISE:
            made = constructed(owner)
            yield Got(made.imports, made.expression.removesuffix("()")), list(made_of(name, rows))


def of_roads(catalogue: Catalogue, data: dict[str, Any]) -> Iterator[Tried]:
    """What a file says of how things are got and what they derive from: each leads to a sink, in one call of it."""
    roads = [(maker, row["type"]) for row in data.get("returns", ()) for maker in dotted_names(row)]
    for maker, given in roads:
        name = next((each for each in rows_of(catalogue).sinks if each.rpartition(".")[0] == given), "")
        if name:
            made = called(catalogue, maker, frozenset({maker}))
            yield Got(made.imports, f"{made.expression}()"), one_case(catalogue, name)
    for row in data.get("class", ()):
        for cls in dotted_names(row):
            known = [*catalogue.bases_of(cls)]
            name = next((each for each in rows_of(catalogue).sinks if each.rpartition(".")[0] in known), "")
            if name:
                yield constructed(cls), one_case(catalogue, name)


def one_case(catalogue: Catalogue, name: str) -> list[Case]:
    """A sink by one of its ways, leaking and clean."""
    return list(cases_of(name, catalogue.sinks[name]))[:2]


# -- what is called ---------------------------------------------------------------------------------------------------


def obtained(catalogue: Catalogue, owner: str, seen: frozenset[str] = frozenset()) -> Got:
    """How an object of a class, or an object of a module, is got; ``seen`` are the ways somebody is already on."""
    if owner in ("", "builtins"):
        return Got((), "")
    for maker, given in rows_of(catalogue).returns.items():
        argument = _argument_for(owner, given)
        if argument is not None and maker not in seen and owner != maker:
            before = called(catalogue, maker, seen | {maker})
            return Got(before.imports, f"{before.expression}({argument})")
    for cls, row in rows_of(catalogue).classes.items():
        for attribute, what in row.attributes.items():
            if what == f"type:{owner}" and cls not in seen:
                before = obtained(catalogue, cls, seen | {cls})
                return Got(before.imports, f"{before.expression}.{attribute}")
    return constructed(owner)


def constructed(owner: str) -> Got:
    """An object made by the class that its name speaks of, and what lies below it; else something of a module."""
    parts = owner.split(".")
    cut = next((number for number, part in enumerate(parts) if _is_class(part)), None)
    if cut is None:
        return _imported(owner)
    made = _imported(".".join(parts[: cut + 1]))
    return Got(made.imports, ".".join((f"{made.expression}()", *parts[cut + 1 :])))


def called(catalogue: Catalogue, name: str, seen: frozenset[str]) -> Got:
    """How a callable is got that makes something: a function, a class, or a method of something else."""
    owner, _, last = name.rpartition(".")
    is_given = any(_argument_for(owner, given) is not None for given in rows_of(catalogue).returns.values())
    if not is_given and not any(map(_is_class, owner.split("."))):
        return _imported(name)
    before = obtained(catalogue, owner, seen)
    return Got(before.imports, f"{before.expression}.{last}")


def _is_class(part: str) -> bool:
    return part.lstrip("_")[:1].isupper()


def _argument_for(owner: str, given: str) -> str | None:
    """The argument with which something that gives ``boto3.client.{0}`` gives ``owner``; ``""`` if it needs none."""
    before, _, selector = given.partition("{")
    if not selector:
        return "" if given == owner else None
    rest = owner.removeprefix(before)
    return f'"{rest}"' if owner.startswith(before) and rest and "." not in rest else None


def _imported(dotted: str) -> Got:
    module, _, name = dotted.rpartition(".")
    if module == "builtins":
        return Got((), name)
    return Got((f"from {module} import {name}",), name) if module else Got((f"import {name}",), name)


# -- with what --------------------------------------------------------------------------------------------------------


def made_of(name: str, rows: list[Sink]) -> Iterator[Case]:
    """Of what a method is called on: a table that is made of the data, or of nobody's."""
    method = name.rpartition(".")[2]
    for row in rows:
        for data, codes in ((DATA, {code_of(row)}), (NOBODYS, set())):
            made = f'{{}}({{"email": [{data}]}})'
            yield Case(name, f'{made}.{method}("one")', frozenset(codes))
            if row.given:
                yield Case(name, f"{made}.{method}()", frozenset())


def cases_of(name: str, rows: list[Sink]) -> Iterator[Case]:
    """The ways in which a row says that something gets out, and those of which it doesn't speak."""
    method = name.rpartition(".")[2]
    stores = name.endswith((".__setitem__", ".__setattr__"))
    for row in rows:
        ways = [()] if stores else [way for selector in row.args for way in _ways(selector)]
        for way in ways:
            codes = frozenset(code_of(each) for each in rows if stores or any(_means(s, way) for s in each.args))
            given = () if stores or not row.given else _ways(row.given[0])[-1]
            yield Case(name, _statement(method, way, given, DATA), codes)
            yield Case(name, _statement(method, way, given, '"one"' if row.categories else NOBODYS), frozenset())
            if given:
                yield Case(name, _statement(method, way, (), DATA), frozenset())
    if not stores:
        yield from (Case(name, _statement(method, way, (), DATA), frozenset()) for way in _elsewhere(rows))


def code_of(row: Sink) -> str:
    """The rule that speaks of a sink."""
    return rule_for(row.kind, "direct", interface=row.interface).code


Way = tuple[int | str, ...]
"""Where the data stands: ``(2,)`` the third position, ``("extra",)`` a keyword, ``()`` a stored item or attribute."""


def _ways(selector: str) -> list[Way]:
    number, _, keyword = selector.partition("|")
    if number in ("*", "**", "self"):
        return {"*": [(0,), (1,)], "**": [("anything",)], "self": []}[number]
    found: list[Way] = [(int(number.rstrip("+")),)] if number.rstrip("+").isdigit() else [(number,)]
    return [*found, (keyword,)] if keyword else found


def _means(selector: str, way: Way) -> bool:
    number, _, keyword = selector.partition("|")
    (where,) = way
    if isinstance(where, str):
        return number == "**" or where in (number, keyword)
    return number == "*" or number == str(where) or (number.endswith("+") and where >= int(number[:-1]))


def _elsewhere(rows: list[Sink]) -> Iterator[Way]:
    """A position and a keyword that no row speaks of."""
    selectors = [selector for row in rows for selector in row.args]
    free: list[Way] = [*((n,) for n in range(FURTHEST)), ("elsewhere",)]
    silent = [way for way in free if not any(_means(selector, way) for selector in selectors)]
    yield from [way for way in silent if isinstance(way[0], int)][:1]
    yield from [way for way in silent if isinstance(way[0], str)]


def _statement(method: str, way: Way, given: Way, data: str) -> str:
    if method == "__setitem__":
        return f'{{}}["one"] = {data}'
    if method == "__setattr__":
        return f"{{}}.one = {data}"
    last = max((each for each in (*way, *given) if isinstance(each, int)), default=-1)
    positions = ['"one"'] * (last + 1)
    keywords = []
    for where, value in (*((each, "weather.place") for each in given), (way[0], data)):
        if isinstance(where, int):
            positions[where] = value
        else:
            keywords.append(f"{where}={value}")
    return f"{{}}.{method}({', '.join([*positions, *keywords])})"


# -- what is said -----------------------------------------------------------------------------------------------------


def difference(tried: Iterable[Tried], rows: Tables | None = None) -> list[str]:
    """Where what is said about a program is not what the rows ask for; ``rows`` are a project's own."""
    programs = [written(*each) for each in tried]
    facts = [
        extract(f"shop/part{number}.py", text.encode(), module=f"shop.part{number}", is_package=False)
        for number, (text, _) in enumerate(programs)
    ]
    said: dict[tuple[str, int], set[str]] = {}
    for finding in findings(facts, Settings(rows=rows)):
        said.setdefault((finding.path, finding.line), set()).add(finding.code)
    found = []
    for each, (text, places) in zip(facts, programs, strict=True):
        for line, case in places.items():
            codes = said.get((each.path, line), set())
            if codes != case.codes:
                statement = text.splitlines()[line - 1].strip()
                found.append(f"{case.name}: {statement}: asked for {sorted(case.codes)}, said {sorted(codes)}")
    return found


def topics() -> list[str]:
    return [name for name in row_files() if read_data(name).get("sink")]


@pytest.mark.parametrize("topic", topics())
def test_every_sink_is_reached_and_nothing_beside_it(topic: str) -> None:
    names = dict.fromkeys(name for row in read_data(topic)["sink"] for name in dotted_names(row))
    different = difference(of_sinks(catalogue(), names))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])


@pytest.mark.parametrize("topic", topics())
def test_every_way_to_an_object_leads_to_its_sinks(topic: str) -> None:
    different = difference(of_roads(catalogue(), read_data(topic)))
    assert not different, "\n".join([f"{len(different)} in {topic}", *different])


OURS = """
[[sink]]
target = ["acme.bus", "acme.Bus"]
members = ["send", "broadcast"]
kind = "http"
args = ["1|body", "**"]
form = "data"

[[sink]]
target = "acme.Board.__setitem__"
kind = "log"
args = ["1"]

[[returns]]
target = "acme.connect"
type = "acme.Bus"

[[class]]
target = "acme.Station"
[class.attributes]
board = "type:acme.Board"
"""


def test_rows_of_a_project_are_reached_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS)
    (tmp_path / "pyproject.toml").write_text('[tool.discreet]\ncatalogue = ["ours.toml"]\n')
    rows = load([tmp_path]).rows
    assert rows is not None
    assert len(rows.sinks) == 5
    assert not difference(of_sinks(catalogue(rows), rows.sinks), rows)


def test_the_sinks_are_as_many_as_was_promised() -> None:
    callables = {name for topic in topics() for row in read_data(topic)["sink"] for name in dotted_names(row)}
    assert len(callables) >= 800
    assert len({name.partition(".")[0] for name in callables} - set(sys.stdlib_module_names)) >= 60


@pytest.mark.parametrize("topic", topics())
def test_every_row_says_why(topic: str) -> None:
    silent = [dotted_names(row)[0] for row in read_data(topic)["sink"] if not row.get("why")]
    assert not silent


def test_no_class_is_described_twice() -> None:
    """The later description would take the place of the earlier, wherever it stands."""
    described = [each for file in row_files() for row in read_data(file).get("class", ()) for each in dotted_names(row)]
    assert not [name for name, times in Counter(described).items() if times > 1]


def test_classes_that_derive_from_each_other_end_somewhere() -> None:
    """A library's class is also found by its first and last part, so a row may come upon itself."""
    classes = {
        "a.b.C": ClassRow(bases=("a.C",)),
        "a.D": ClassRow(bases=("a.E",)),
        "a.E": ClassRow(bases=("a.D", "a.F")),
    }
    known = Catalogue(packed(Tables(classes=classes)))
    assert list(known.bases_of("a.b.C")) == ["a.C"]
    assert list(known.bases_of("a.D")) == ["a.E", "a.F"]
