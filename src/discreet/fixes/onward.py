"""Onward: whether a function of the program that shows what it is handed does anything else with it.

``log_and_send(f"to {email}")`` must not be mended: the letter would be another one, too. It is told from the text of
the functions that the story leads through; what can't be told counts as more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from discreet.fixes.cycles import tree_in
from discreet.fixes.program import Program
from discreet.rules.finding import Finding, TraceStep

_LOOKING = frozenset({*(name for name in dir(str) if name[0] != "_"), "str", "repr", "len", "int", "format"})
"""What makes a value of another, and does nothing else."""
_SHOWING = frozenset({
    "debug", "info", "warning", "warn", "error", "critical", "exception", "log", "success", "trace", "print", "echo",
})  # fmt: skip
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def does_more(finding: Finding, program: Program) -> bool:
    """Whether what is called at a finding's place, or on the way from there to the sink, does more than show the value.

    Args:
        finding: One at a call of a function of the program.
        program: Where that stands.
    """
    for step in _inside(finding):
        tree = tree_in(program, program.at(step.path))
        if tree is None or _goes_on(tree, step.line, _offset(program, step)):
            return True
    return False


def _inside(finding: Finding) -> Iterator[TraceStep]:
    """The steps of a finding's story that lie in what is called."""
    own = (finding.path, finding.line, finding.column)
    entered = False
    for step in finding.trace:
        is_own = (step.path, step.line, step.column) == own
        if entered and not is_own:
            yield step
        entered = entered or is_own


def _offset(program: Program, step: TraceStep) -> int:
    """How many bytes stand before a step in its line, as ``ast`` counts."""
    line = program.content(step.path).splitlines()[step.line - 1].decode("utf-8", "replace")
    return len(line[: step.column - 1].encode("utf-8", "replace"))


def _goes_on(tree: ast.Module, line: int, offset: int) -> bool:
    """Whether the function around a step uses anywhere else what it hands over there."""
    function = _around(tree, line)
    if function is None:
        return True
    node = _at(function, line, offset)
    if node is None:
        return False  # a name that holds it, or a branch: no use by itself
    parts: list[ast.AST] = [*node.args, *node.keywords] if isinstance(node, ast.Call) else [node]
    names = set(_loads(parts)) & _bound(function) - {"self", "cls"}
    if not names:
        return True
    allowed: list[ast.AST] = [node, *_heads(function)]
    grown = -1
    while grown != len(names):
        grown = len(names)
        for value in _makes(function, names):
            names |= set(_loads([value])) & _bound(function) - {"self", "cls"}
            allowed.append(value)
    inside = {id(each) for part in allowed for each in ast.walk(part)}
    return any(_is_load(each) and each.id in names and id(each) not in inside for each in _names(function))


def _around(tree: ast.Module, line: int) -> _Function | None:
    """The innermost function round a line."""
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        and each.lineno <= line <= (each.end_lineno or 0)
    ]
    return max(found, key=lambda each: each.lineno, default=None)


def _at(function: _Function, line: int, offset: int) -> ast.Call | ast.Raise | ast.Assert | None:
    """What stands at a step and hands something over."""
    for each in ast.walk(function):
        if isinstance(each, (ast.Call, ast.Raise, ast.Assert)) and (each.lineno, each.col_offset) == (line, offset):
            return each
    return None


def _makes(function: _Function, names: Iterable[str]) -> Iterator[ast.expr]:
    """What some variables are made of, where nothing happens on the way."""
    for each in ast.walk(function):
        if not isinstance(each, (ast.Assign, ast.AnnAssign, ast.AugAssign)) or each.value is None:
            continue
        targets = each.targets if isinstance(each, ast.Assign) else [each.target]
        is_named = all(isinstance(target, ast.Name) and target.id in names for target in targets)
        if is_named and all(map(_looks, (call for call in ast.walk(each.value) if isinstance(call, ast.Call)))):
            yield each.value


def _heads(function: _Function) -> Iterator[ast.AST]:
    """Where a value may stand without being handed on: conditions, and other calls that show it."""
    for each in ast.walk(function):
        if isinstance(each, (ast.If, ast.While, ast.IfExp)):
            yield each.test
        elif isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and _called(each.value) in _SHOWING:
            yield each.value


def _looks(call: ast.Call) -> bool:
    return _called(call) in _LOOKING


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _bound(function: _Function) -> set[str]:
    """The parameters and variables of a function."""
    stored = {each.id for each in _names(function) if not _is_load(each)}
    return stored | {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}


def _names(function: _Function) -> Iterator[ast.Name]:
    return (each for each in ast.walk(function) if isinstance(each, ast.Name))


def _loads(nodes: Iterable[ast.AST]) -> Iterator[str]:
    return (each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name) and _is_load(each))


def _is_load(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)
