"""Facts: one module's bytes lowered to what linking needs, without a look at any other file."""

from __future__ import annotations

import ast
import re

from discreet.facts.interface import interface_functions
from discreet.facts.lower.definitions import finish, guarded
from discreet.facts.lower.frame import Frame, Module
from discreet.facts.model import ModuleFacts, Span, Type
from discreet.facts.reading import UnreadableSource, decode, parse

__all__ = ["ModuleFacts", "UnreadableSource", "extract"]

_TEST_FILE = re.compile(r"(^|/)(tests?|testing|conftest\.py|test_[^/]*\.py|[^/]*_tests?\.py|tests?\.py)(/|$)")


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
    from discreet.catalogue.names import judge

    text = decode(path, data)
    if tree is None:
        tree = parse(path, text)
    lowering = Module(path, module, is_package, text, lambda name: judge(name) is not None)
    top = Frame(lowering, f"{module}.<module>", None, "module")
    span = Span(1, 1, 1, 1)
    try:
        guarded(top, tree.body, span)
        for body in lowering.queue:  # grows while it is walked: bodies queue the bodies inside them
            body()
    except RecursionError:
        raise UnreadableSource(path, 1, 1, "nested too deeply to be analysed") from None
    finish(top, (), span, "", "", (), Type(), ())
    interface = interface_functions(lowering.functions, lowering.classes, module, lowering.main_calls)
    return lowering.facts(interface, _TEST_FILE.search((below or path).replace("\\", "/")) is not None)
