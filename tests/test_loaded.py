"""What stays bytes until somebody asks for it says the same as what is an object anyway, true names included."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.test_programs import programs

from discreet.facts.extraction import extract
from discreet.facts.model import ModuleFacts
from discreet.facts.outline import callee_names, outline_of
from discreet.flow.library import Library, encoded
from discreet.flow.loaded import MANY
from discreet.flow.program import Program
from discreet.flow.solver import Solver, groups
from discreet.project.config import Config
from discreet.project.discovery import discover
from discreet.project.executors import Here
from discreet.project.gathering import gather

ROOTS = ("inner_root", "mixed_root", "two_roots", "unnamed", "hierarchy", "registry")


def facts_of(directory: Path) -> list[ModuleFacts]:
    config = Config(root=directory, include_tests=True)
    files = discover([directory], config).files
    library = gather(files, [b""] * len(files), Here(), None, None).library
    return [library.facts(module) for module in library.outlines]


def both(modules: list[ModuleFacts]) -> tuple[Library, Library]:
    outlines = [outline_of(each) for each in modules]
    return Library.of(modules), Library(outlines, {each.module: encoded(each) for each in modules})


@pytest.fixture(params=[each for each in programs() if each.name in ROOTS], ids=lambda each: each.name)
def modules(request: pytest.FixtureRequest) -> list[ModuleFacts]:
    return facts_of(request.param)


def test_bytes_give_the_same_flows_as_objects(modules: list[ModuleFacts]) -> None:
    one, other = ([Solver(library, {}).solve(group) for group in groups(library)] for library in both(modules))
    assert one == other


@pytest.mark.parametrize("asked_first", [False, True])
def test_a_module_of_bytes_is_asked_as_one_of_objects(modules: list[ModuleFacts], asked_first: bool) -> None:
    objects, encoded_ones = (Program(library) for library in both(modules))
    for each in modules:
        one, other = objects.module(each.module), encoded_ones.module(each.module)
        names = sorted({name for unit in one.units() for call in unit.function.calls for name in callee_names(call)})
        if asked_first:
            assert [name for name in names if one.calls(name) != other.calls(name)] == []
        for cls in one.classes:
            assert one.kept(cls) == other.kept(cls)
        assert one.units() == other.units()
        assert [name for name in names if one.calls(name) != other.calls(name)] == []
        for unit in one.units():
            for write in unit.function.writes:
                assert one.stores(write.target.root) == other.stores(write.target.root)


def test_more_names_than_are_searched_for_one_by_one() -> None:
    text = "import tool\n\n\ndef first(x):\n" + "".join(f"    tool.do_{each}(x)\n" for each in range(MANY + 8))
    program = Program(both([extract("app.py", text.encode(), module="app")])[1])
    found = [len(program.module("app").calls(f"do_{each}")) for each in range(MANY + 8)]
    assert found == [1] * (MANY + 8)
    assert program.module("app").calls("do_nothing") == []
