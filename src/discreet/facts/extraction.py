"""Facts: one module's bytes lowered to what linking needs, without a look at any other file."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import msgspec

from discreet.catalogue.settings import settings
from discreet.facts.bounds import counting
from discreet.facts.cells import NOTEBOOK
from discreet.facts.collector import collector_resting
from discreet.facts.guards import guards
from discreet.facts.interface import interface_of
from discreet.facts.lower import (  # noqa: F401  (they register what they lower)
    calls,
    classes,
    comprehensions,
    imports,
)
from discreet.facts.lower.definitions import finish, guarded
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.module import Module
from discreet.facts.model import NO_TYPE, NOWHERE, ModuleFacts, Note, Span
from discreet.facts.reading import UnreadableSource, decode, parse

if TYPE_CHECKING:
    from discreet.facts.notebook import Notebook

__all__ = ["ModuleFacts", "UnreadableSource", "extract"]

_TEST_FILE: Final = re.compile(
    r"(^|/)(tests?|testing|load_?tests?|features/steps|locustfile[^/]*\.py|conftest\.py|tests?_[^/]*\.py"
    r"|[^/]*_tests?\.py|tests?\.py|[^/]*features/[^/]*_steps\.py"
    r"|((create|make|generate|load|populate|seed|insert|add|fake|sample)_)?test_?data(_[^/]*)?\.py)(/|$)"
)


def extract(
    path: str, data: bytes, *, module: str, is_package: bool = False, tree: ast.Module | None = None, below: str = ""
) -> ModuleFacts:
    """Lower one file to facts.

    Args:
        path: The file's path as it will be printed, relative to the project.
        data: The file's bytes.
        module: Its dotted module name.
        is_package: Whether it is an ``__init__.py``.
        below: Its path below what the user named, which says whether it is a test or an example; ``path`` if empty.
        tree: Its syntax tree, where the caller (flake8) has it already.

    Raises:
        UnreadableSource: the bytes can't be decoded or parsed.
    """
    shown = (below or path).replace("\\", "/")
    is_test = _TEST_FILE.search(shown) is not None
    with collector_resting():
        with counting() as hits:
            if path.endswith(NOTEBOOK):
                facts = _notebook(path, data, module, is_test)
            else:
                facts = _lowered(path, decode(path, data), module, is_package, is_test, tree)
        if facts.written:
            facts = _of_examples(facts, shown)
        return msgspec.structs.replace(facts, bounds=dict(hits)) if hits else facts


def _of_examples(facts: ModuleFacts, shown: str) -> ModuleFacts:
    """The facts; in a directory of examples what is written down is nobody's as often as not."""
    from discreet.catalogue.beside import is_of_examples

    if not is_of_examples(shown):
        return facts
    unsure = tuple(msgspec.structs.replace(each, sure=False) for each in facts.written)
    return msgspec.structs.replace(facts, written=unsure)


def _notebook(path: str, data: bytes, module: str, is_test: bool) -> ModuleFacts:
    """The facts of a notebook: its code, and what is written into it, into its prose and its outputs.

    One cell that can't be parsed is left out, and said: many a notebook has one, and the others are none the worse.

    Raises:
        UnreadableSource: it is no notebook.
    """
    from discreet.facts.notebook import notebook

    book = notebook(path, data)
    program, tree, notes = _parsable(path, book)
    facts = _lowered(path, program, module, False, is_test, tree, page=book.page)
    return msgspec.structs.replace(facts, notes=(*facts.notes, *notes), cells=book.cells)


def _parsable(path: str, book: Notebook) -> tuple[str, ast.Module | None, list[Note]]:
    """The program without the cells that can't be parsed, its tree if it has been parsed, and a note on each cell."""
    try:
        return book.program, parse(path, book.program), []
    except UnreadableSource:
        pass  # below, where it is known in which cell
    lines, notes = book.program.split("\n"), []
    for cell in book.cells:
        here = slice(cell.above, cell.above + cell.lines)
        try:
            parse(path, "\n".join(lines[here]))
        except UnreadableSource as error:
            lines[here] = [""] * cell.lines
            at = Span(cell.above + error.line, error.column, cell.above + error.line, error.column)
            notes.append(Note("PII904", at, f"this cell {error.reason}"))
    return "\n".join(lines), None, notes


def _lowered(
    path: str, text: str, module: str, is_package: bool, is_test: bool, tree: ast.Module | None, page: str = ""
) -> ModuleFacts:
    """The facts of a text. A tree that is made here dies here, by its reference count: nothing below keeps a cycle."""
    from discreet.catalogue.names import judge

    if tree is None:
        tree = parse(path, text)
    lowering = Module(path, module, is_package, text, lambda name: judge(name) is not None, settings(), page)
    top = Frame(lowering, f"{module}.<module>", None, "module")
    try:
        guarded(top, tree.body, NOWHERE)
        while lowering.queue:  # it grows meanwhile: bodies queue the bodies inside them
            lowering.queue.popleft()()
    except RecursionError:
        raise UnreadableSource(path, 1, 1, "nested too deeply to be analysed") from None
    finish(top, (), NOWHERE, "", "", (), NO_TYPE, ())
    interface = interface_of(lowering.functions, lowering.classes, module, lowering.main_calls)
    sets = [*lowering.configures, *((each.span.line, each.span.end_line) for each in lowering.settings)]
    held = tuple(guards(tree, module, is_test, tuple(dict.fromkeys(sets)))) if sets else ()
    return lowering.facts(interface, is_test, top.constants, held)
