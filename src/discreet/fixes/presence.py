"""Presence: whether a variable surely holds an object at some place, and not ``None``, by what its function says.

A message shows ``None`` as well as a customer; ``customer.pk`` is an error where there is none. So something has to
speak for there being one: it is asked for an attribute anyway, on every way to the place; a condition says so; or the
annotation of the parameter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_SIMPLE = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Raise, ast.Delete)


class _Level(NamedTuple):
    """A statement on the way to a place: its block, where it stands there, and the block of its own that leads on."""

    block: Sequence[ast.stmt]
    number: int
    inner: Sequence[ast.stmt]

    @property
    def statement(self) -> ast.stmt:
        """The statement."""
        return self.block[self.number]


def is_there(tree: ast.Module, line: int, name: str) -> bool:
    """Whether a variable surely holds an object in the statement on a line.

    Args:
        tree: The file.
        line: A line of the statement.
        name: The variable.
    """
    levels = _way(tree.body, line)
    functions = [
        number for number, each in enumerate(levels) if isinstance(each.statement, (*_FUNCTIONS, ast.ClassDef))
    ]
    inside = levels[functions[-1] + 1 :] if functions else levels
    for number, level in enumerate(reversed(inside)):
        said = _said_by(level, name, is_own=number == 0)
        if said is not None:
            return said
    around = levels[functions[-1]].statement if functions else None
    return isinstance(around, _FUNCTIONS) and bool(inside) and _declares(around.args, name)


def _way(block: Sequence[ast.stmt], line: int) -> list[_Level]:
    """The statements around a line, the outermost first."""
    found: list[_Level] = []
    while True:
        number = next((n for n, each in enumerate(block) if _first(each) <= line <= (each.end_lineno or 0)), None)
        if number is None:
            return found
        inner = next(
            (each for each in _blocks(block[number]) if _first(each[0]) <= line <= (each[-1].end_lineno or 0)), ()
        )
        found.append(_Level(block, number, inner))
        if not inner:
            return found
        block = inner


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _blocks(statement: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, None)
        if block:
            yield block
    for each in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield each.body


def _said_by(level: _Level, name: str, *, is_own: bool) -> bool | None:
    """What a statement on the way, and those before it, say; ``None`` if nothing."""
    here = level.statement
    if is_own and (_binds(here, name) or any(_asks(each, name) for each in _evaluated(here))):
        return not _binds(here, name)
    if isinstance(here, (ast.If, ast.While)) and level.inner:
        if level.inner is here.body and _holds(here.test, name):
            return True
        if level.inner is here.orelse and _fails(here.test, name):
            return True
    if level.inner:
        branches = isinstance(here, (ast.If, ast.With, ast.AsyncWith))  # else: in a loop, or on the way to a handler
        if any(_binds(each, name) for each in (_heads(here) if branches else (here,))):
            return False
        if any(_asks(each, name) for each in _evaluated(here)):
            return True
    for statement in reversed(level.block[: level.number]):
        if _binds(statement, name):
            return False
        if any(_asks(each, name) for each in _evaluated(statement)) or _guards(statement, name):
            return True
    return None


def _guards(statement: ast.stmt, name: str) -> bool:
    """``if not customer: return``, ``assert customer``."""
    if isinstance(statement, ast.Assert):
        return _holds(statement.test, name)
    return isinstance(statement, ast.If) and isinstance(statement.body[-1], _JUMPS) and _fails(statement.test, name)


def _holds(test: ast.expr, name: str) -> bool:
    """Whether a condition that is true says that there is an object."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_holds(each, name) for each in test.values)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _fails(test.operand, name)
    return _is(test, name) or _compares(test, name, (ast.IsNot, ast.NotEq))


def _fails(test: ast.expr, name: str) -> bool:
    """Whether a condition that is false says that there is an object."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return any(_fails(each, name) for each in test.values)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _holds(test.operand, name)
    return _compares(test, name, (ast.Is, ast.Eq))


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _compares(test: ast.expr, name: str, operators: tuple[type[ast.cmpop], ...]) -> bool:
    """Whether a condition compares a variable with ``None``."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], operators):
        return False
    other = test.comparators[0]
    return _is(test.left, name) and isinstance(other, ast.Constant) and other.value is None


def _evaluated(statement: ast.stmt) -> Iterator[ast.AST]:
    """What is evaluated first of a statement, and always."""
    if isinstance(statement, _SIMPLE):
        yield statement
    elif isinstance(statement, (ast.If, ast.While)):
        yield statement.test
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        yield statement.iter
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        yield from (each.context_expr for each in statement.items)


def _heads(statement: ast.stmt) -> Iterator[ast.AST]:
    """What stands at the head of a statement with blocks, names that it binds included."""
    yield from statement.items if isinstance(statement, (ast.With, ast.AsyncWith)) else _evaluated(statement)


def _asks(node: ast.AST, name: str) -> bool:
    """Whether evaluating something asks a variable for an attribute, whatever its conditions are."""
    waiting: list[ast.AST] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Attribute) and _is(each.value, name):
            return True
        if isinstance(each, ast.BoolOp):
            waiting.append(each.values[0])
        elif isinstance(each, ast.IfExp):
            waiting.append(each.test)
        elif isinstance(each, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            waiting.append(each.generators[0].iter)
        elif not isinstance(each, ast.Lambda):
            waiting.extend(ast.iter_child_nodes(each))
    return False


def _binds(node: ast.AST, name: str) -> bool:
    """Whether a statement, or anything in it, may make a variable something else."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id == name and not isinstance(each.ctx, ast.Load):
            return True
        bound = [getattr(each, attribute, None) for attribute in ("name", "asname", "rest")]
        if not isinstance(each, ast.Attribute) and (name in bound or name in getattr(each, "names", ())):
            return True
    return False


def _declares(args: ast.arguments, name: str) -> bool:
    """Whether a parameter is annotated with something that ``None`` is none of, and has no such default."""
    ordered = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(ordered) - len(args.defaults)) + list(args.defaults)
    for each, default in zip((*ordered, *args.kwonlyargs), (*defaults, *args.kw_defaults), strict=True):
        if each.arg == name and each.annotation is not None:
            is_none = isinstance(default, ast.Constant) and default.value is None
            words = ast.unparse(each.annotation)
            return not is_none and not any(word in words for word in ("None", "Optional", "Any", "object"))
    return False
