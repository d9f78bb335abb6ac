"""The compiled build: what is compiled can be, and what the tests test is what they were asked to test."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import msgspec
import pathspec
import pytest

from discreet.facts.model import ModuleFacts, Outline
from discreet.flow import evaluate
from discreet.flow.found import Solved

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]


def compiled() -> Iterator[Path]:
    """The files that the build hook compiles, by its own rules."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    wanted, left = (pathspec.GitIgnoreSpec.from_lines(hook[each]) for each in ("include", "exclude"))
    for file in sorted((ROOT / "src").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if wanted.match_file(name) and not left.match_file(name):
            yield file


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in compiled()])
def test_what_is_compiled_keeps_to_what_mypyc_can(file: Path) -> None:
    """CONTRIBUTING.md says why: mypyc compiles all of these without a word, and they mean something else then."""
    tree = ast.parse(file.read_bytes())
    yielding = {
        each.name
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef)
        and any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(each))
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            assert not node.keywords, f"line {node.lineno}: mypyc hands no class keywords on; leave the module out"
            bases = ast.unparse(ast.Tuple(node.bases))
            assert "Struct" not in bases, f"line {node.lineno}: a struct is left out"
            assert "ast." not in bases, f"line {node.lineno}: no native class is a node"
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name != "cached_property", f"line {node.lineno}: it caches nothing in a compiled class"
        if isinstance(node, ast.Compare):
            spread = [each for right in node.comparators for each in ast.iter_child_nodes(right)]
            assert not any(isinstance(each, ast.Starred) for each in spread), f"line {node.lineno}: mypyc fails over it"
            for asked in node.comparators if isinstance(node.ops[-1], ast.In | ast.NotIn) else ():
                called = ast.unparse(asked.func).rpartition(".")[2] if isinstance(asked, ast.Call) else ""
                assert called not in yielding, (
                    f"line {node.lineno}: a compiled generator holds nothing; make a list of it"
                )


def decoded(kind: object, known: dict[type, None]) -> dict[type, None]:
    """The classes that msgspec makes when it reads such a thing back."""
    cls = getattr(kind, "cls", None)
    if cls not in known:
        if isinstance(kind, msgspec.inspect.StructType | msgspec.inspect.NamedTupleType):
            known[kind.cls] = None
        if isinstance(kind, msgspec.inspect.Type | msgspec.inspect.Field):
            kind = [getattr(kind, name) for name in kind.__struct_fields__]
        for each in kind if isinstance(kind, list | tuple) else ():
            decoded(each, known)
    return known


@pytest.mark.parametrize("kept", [ModuleFacts, Outline, Solved])
def test_what_is_read_back_is_not_compiled(kept: type) -> None:
    modules = {each.__module__ for each in decoded(msgspec.inspect.type_info(kept), {})}
    assert modules
    files = {Path(ROOT, "src", *name.split(".")).with_suffix(".py") for name in modules}
    assert not files & set(compiled())


def test_the_build_is_the_one_that_was_asked_for() -> None:
    """``nox -s compiled`` says what it has installed; elsewhere either will do."""
    is_compiled = evaluate.__file__.endswith(tuple(EXTENSION_SUFFIXES))
    assert is_compiled == (os.environ.get("DISCREET_BUILD", "compiled" if is_compiled else "") == "compiled")
