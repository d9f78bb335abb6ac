"""What can be proved of a new text without asking the analysis: that nothing has changed but what was meant to."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Sequence
from typing import Any

from pyflakes import checker, messages

from discreet.fixes.edits import Insertion
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source


def tree_of(text: str) -> ast.Module:
    """The syntax tree of a text.

    Raises:
        Refused: this Python has none for it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"it could not be proved: {type(error).__name__} while parsing") from None


def prove(source: Source, new: str, changes: Sequence[Insertion], names: Collection[str], wraps: int) -> None:
    """Make sure that a text differs from its source in some insertions, and in what they mean, alone.

    Args:
        source: The file as it is.
        new: Its new text.
        changes: What was put in.
        names: What the redactors are called in it.
        wraps: How many values were wrapped.

    Raises:
        Refused: the new text is not what it should be.
    """
    if _without(new, changes) != source.text or _round_trip(source, new) != new:
        raise Refused("it could not be proved: other bytes would have changed")
    before, after = tree_of(source.text), tree_of(new)
    try:
        undone_before, undone_after = _Unwrapped(names), _Unwrapped(names)
        old = ast.dump(undone_before.visit(tree_of(source.text)))
        kept = _without_imports(undone_after.visit(tree_of(new)), changes)
        if old != ast.dump(kept) or undone_after.count != undone_before.count + wraps:
            raise Refused("it could not be proved: the syntax tree would have changed elsewhere")
        unknown = undefined(after, source.path) - undefined(before, source.path)
    except RecursionError:
        raise Refused("it could not be proved: the file is nested too deeply") from None
    if unknown:
        raise Refused(f"it could not be proved: {min(unknown)} would be undefined")


def _without(new: str, changes: Sequence[Insertion]) -> str:
    """The text without the insertions."""
    pieces, at, grown = [], 0, 0
    for change in changes:
        start = change.offset + grown
        if new[start : start + len(change.text)] != change.text:
            return ""
        pieces.append(new[at:start])
        at = start + len(change.text)
        grown += len(change.text)
    return "".join((*pieces, new[at:]))


def _round_trip(source: Source, new: str) -> str:
    return Source(source.path, source.encoded(new)).text


class _Unwrapped(ast.NodeTransformer):
    """Takes redactors off again, and counts them."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self.count = 0

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        is_redactor = isinstance(node.func, ast.Name) and node.func.id in self._names
        if is_redactor and len(node.args) == 1 and not node.keywords:
            self.count += 1
            return node.args[0]
        return node


def _without_imports(tree: ast.Module, changes: Sequence[Insertion]) -> ast.Module:
    """The tree without the imports that were put in, each once."""
    added = [each for change in changes if "import" in change.text.split() for each in ast.parse(change.text).body]
    for wanted in map(ast.dump, added):
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and ast.dump(node) == wanted:
                tree.body.remove(node)
                break
    return tree


def undefined(tree: ast.Module, path: str) -> set[str]:
    """The names that pyflakes finds undefined, and the imports and definitions that it finds overwritten."""
    found: list[Any] = checker.Checker(tree, filename=path).messages  # type: ignore[no-untyped-call]
    kinds = (messages.UndefinedName, messages.UndefinedLocal, messages.UndefinedExport, messages.RedefinedWhileUnused)
    named: list[tuple[Any, ...]] = [each.message_args for each in found if isinstance(each, kinds)]
    return {str(each[0]) for each in named}
