"""Facts: one module's bytes lowered to what linking needs, without a look at any other file."""

from __future__ import annotations

import ast
import re
from typing import Final

import msgspec

from discreet.facts.bounds import counting
from discreet.facts.collector import collector_resting
from discreet.facts.interface import interface_functions
from discreet.facts.lower import calls, classes, comprehensions  # noqa: F401  (they register what they lower)
from discreet.facts.lower.definitions import finish, guarded
from discreet.facts.lower.frame import Frame, Module
from discreet.facts.marks import marks_in
from discreet.facts.model import NO_TYPE, NOWHERE, ModuleFacts
from discreet.facts.reading import UnreadableSource, decode, parse
from discreet.facts.written import written

NOTEBOOK: Final = ".ipynb"
CELL: Final = '"cell_type":'
"""Each cell of a notebook has one; nbformat writes it first."""

__all__ = ["ModuleFacts", "UnreadableSource", "extract"]

_TEST_FILE: Final = re.compile(r"(^|/)(tests?|testing|conftest\.py|test_[^/]*\.py|[^/]*_tests?\.py|tests?\.py)(/|$)")


def extract(
    path: str, data: bytes, *, module: str, is_package: bool = False, tree: ast.Module | None = None, below: str = ""
) -> ModuleFacts:
    """Lower one file to facts.

    Args:
        path: The file's path as it will be printed, relative to the project.
        data: The file's bytes.
        module: Its dotted module name.
        is_package: Whether it is an ``__init__.py``.
        below: Its path below what the user named, which says whether it is a test; ``path`` if empty.
        tree: Its syntax tree, where the caller (flake8) has it already.

    Raises:
        UnreadableSource: the bytes can't be decoded or parsed.
    """
    is_test = _TEST_FILE.search((below or path).replace("\\", "/")) is not None
    if path.endswith(NOTEBOOK):
        return _notebook(path, data, module, is_test)
    text = decode(path, data)
    with collector_resting():
        with counting() as hits:
            facts = _lowered(path, text, module, is_package, is_test, tree)
        return msgspec.structs.replace(facts, bounds=dict(hits)) if hits else facts


def _notebook(path: str, data: bytes, module: str, is_test: bool) -> ModuleFacts:
    """The facts of a notebook: what is written into it and into its outputs. What its code does is not followed.

    It is searched as the text that it is on the disk. So places are those of that text, and a broken notebook is as
    good as another, as is one in another language than Python.
    """
    text = data.decode("utf-8", "replace")
    with counting() as hits:
        found = written(text, marks_in(text), CELL)
    facts = _lowered(path, "", module, False, is_test, None)
    return msgspec.structs.replace(facts, written=found, bounds=dict(hits))


def _lowered(
    path: str, text: str, module: str, is_package: bool, is_test: bool, tree: ast.Module | None
) -> ModuleFacts:
    """The facts of a text. A tree that is made here dies here, by its reference count: nothing below keeps a cycle."""
    from discreet.catalogue.names import judge

    if tree is None:
        tree = parse(path, text)
    lowering = Module(path, module, is_package, text, lambda name: judge(name) is not None)
    top = Frame(lowering, f"{module}.<module>", None, "module")
    try:
        guarded(top, tree.body, NOWHERE)
        while lowering.queue:  # it grows meanwhile: bodies queue the bodies inside them
            lowering.queue.popleft()()
    except RecursionError:
        raise UnreadableSource(path, 1, 1, "nested too deeply to be analysed") from None
    finish(top, (), NOWHERE, "", "", (), NO_TYPE, ())
    interface = interface_functions(lowering.functions, lowering.classes, module, lowering.main_calls)
    return lowering.facts(interface, is_test, top.constants)
