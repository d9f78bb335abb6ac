"""Guards: the lines of a module that run in development only, as far as the text says so.

A branch whose test names debugging or development (``if settings.DEBUG:``, the ``else`` of ``if ENV == "prod":``); what
follows an early ``return`` of the other kind; functions, classes and modules that are called after it
(``DevelopmentConfig``); and ``if __name__ == "__main__":``, which is for whoever starts the file by hand. What is set
up there is set up for the developer, on purpose.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from discreet.catalogue.words import split_name

DEVELOPMENT: Final = frozenset({
    "debug", "debugging", "debugger", "dev", "devel", "develop", "developer", "development", "local", "localhost",
    "locally", "localdev", "test", "tests", "testing", "unittest", "pytest", "sandbox", "verbose", "verbosity",
    "isatty", "tty", "interactive", "demo", "mock", "fake",
})  # fmt: skip
PRODUCTION: Final = frozenset({"prod", "production", "live", "release"})
NEGATIONS: Final = (ast.NotEq, ast.IsNot, ast.NotIn)
BLOCKS: Final = ("body", "handlers", "orelse", "finalbody", "cases")
"""Where statements stand in statements: to look into anything else takes several times as long."""
SIMPLE: Final = (ast.Expr, ast.Assign, ast.Return, ast.AugAssign, ast.AnnAssign, ast.Raise, ast.Pass, ast.Import)
"""The most of the statements that have none."""
LEAVING: Final = (ast.Return, ast.Raise, ast.Continue)

Guarded = tuple[bool, bool]
"""Whether the body of a branch, and its ``else``, run in development only."""

Lines = tuple[int, int]


def guards(
    tree: ast.Module, module: str, is_test: bool = False, places: Sequence[Lines] | None = None
) -> Iterator[Lines]:
    """The first and the last line of each such place, both inclusive; a test is left to those who hold back tests.

    Args:
        tree: The module's syntax tree.
        module: Its dotted name.
        is_test: Whether it is a test.
        places: Lines that it is asked of; what holds of no line of any of these may be left out.
    """
    if _is_development(module.rpartition(".")[2]) and not is_test:
        yield 1, tree.body[-1].end_lineno or 1
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        for field in BLOCKS:
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield from _in_block(block, places)
                waiting.extend(each for each in block if each.__class__ not in SIMPLE and _is_asked(each, places))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and _is_development(node.name):
            yield node.lineno, node.end_lineno or node.lineno


def _is_asked(node: ast.AST, places: Sequence[Lines] | None) -> bool:
    return isinstance(node, ast.match_case) or _holds(_lines([node]), places)  # type: ignore[list-item]


def _holds(lines: Lines, places: Sequence[Lines] | None) -> bool:
    """Whether any of the places reaches into some lines."""
    return places is None or any(first <= lines[1] and last >= lines[0] for first, last in places)


def _in_block(block: Sequence[ast.stmt], places: Sequence[Lines] | None) -> Iterator[Lines]:
    for index, node in enumerate(block):
        if not isinstance(node, ast.If):
            continue
        leaves = not node.orelse and isinstance(node.body[-1], LEAVING)
        rest = block[index + 1 :] if leaves else ()
        if not _holds(_lines([node, *rest]), places):
            continue
        body, orelse = _guarded(node.test)
        if body:
            yield _lines(node.body)
        if orelse and node.orelse:
            yield _lines(node.orelse)
        if orelse and rest:
            yield _lines(rest)


def _lines(block: Sequence[ast.stmt]) -> Lines:
    return block[0].lineno, block[-1].end_lineno or block[-1].lineno


def _guarded(test: ast.expr) -> Guarded:
    """What a test says of its branches. Of ``a and b`` both hold, or nobody knows which doesn't."""
    turned = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, turned = test.operand, not turned
    if isinstance(test, ast.BoolOp):
        parts = [_simple(each) for each in test.values]
        if isinstance(test.op, ast.And):
            said = (any(part[0] for part in parts), all(part[1] for part in parts))
        else:
            said = (all(part[0] for part in parts), any(part[1] for part in parts))
    else:
        said = _simple(test)
    return (said[1], said[0]) if turned else said


def _simple(test: ast.expr) -> Guarded:
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__":
        return True, False
    turned = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, turned = test.operand, not turned
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        negated = isinstance(test.ops[0], NEGATIONS) != _is_false(test.comparators[0])
        turned = turned != negated
    development = production = False
    for word in _words(test):
        speaks = _speaks(word)
        development, production = development or speaks[0], production or speaks[1]
    said = (development and not production, production and not development)
    return (said[1], said[0]) if turned else said


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in (False, 0, "0", "False", "false")


def _words(test: ast.expr) -> Iterator[str]:
    """All names and texts in a test; what most tests are made of is looked into by its own fields."""
    waiting: list[ast.AST] = [test]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
            waiting.append(node.value)
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node.value
        elif isinstance(node, ast.Compare):
            waiting.append(node.left)
            waiting.extend(node.comparators)
        else:
            waiting.extend(ast.iter_child_nodes(node))


@lru_cache(maxsize=1 << 13)
def _speaks(word: str) -> tuple[bool, bool]:
    """Whether a name or a text speaks of development, and of production."""
    words = split_name(word)
    return not DEVELOPMENT.isdisjoint(words), not PRODUCTION.isdisjoint(words)


def _is_development(name: str) -> bool:
    return _speaks(name)[0]
