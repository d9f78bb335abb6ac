"""Onward: whether a function of the program that shows what it is handed does anything else with it.

``log_and_send(f"to {email}")`` must not be mended: the letter would be another one, too. It is told from the text of
the functions that the story leads through; what can't be told counts as more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Set

from discreet.fixes.cycles import tree_in
from discreet.fixes.program import Program
from discreet.fixes.quiet import FUNCTIONS
from discreet.fixes.source import Source
from discreet.rules.finding import Finding, TraceStep

_OF_TEXT = frozenset(name for name in dir(str) if name[0] != "_")
_OF_TEMPLATE = frozenset({"format", "format_map", "join"})
"""Methods that only a text has. ``people.find(email)`` and ``queue.index(email)`` may be anybody's."""
_SHOWING = frozenset({
    "debug", "info", "warning", "warn", "error", "critical", "exception", "log", "success", "trace", "print", "echo",
})  # fmt: skip
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Shows = ast.Call | ast.Raise | ast.Assert
_Place = tuple[int, int]
"""Line and offset, as ``ast`` counts them: in bytes of UTF-8."""


def does_more(finding: Finding, program: Program) -> bool:
    """Whether what is called at a finding's place, or on the way from there to the sink, does more than show the value.

    Args:
        finding: One at a call of a function of the program.
        program: Where that stands.

    Raises:
        Refused: a file that the story leads through can't be read.
    """
    for step in _inside(finding):
        tree = tree_in(program, program.at(step.path))
        if tree is None or _goes_on(tree, _place(program, step)):
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


def _place(program: Program, step: TraceStep) -> _Place:
    source = Source(step.path, program.content(step.path))
    before = source.text[source.offset(step.line, 0) : source.offset(step.line, step.column - 1)]
    return step.line, len(before.encode("utf-8"))


def _goes_on(tree: ast.Module, place: _Place) -> bool:
    """Whether the function around a step uses anywhere else what it hands over there."""
    function = _around(tree, place)
    nodes = [each for each in ast.walk(function) if _begins(each) == place] if function is not None else []
    if function is None or not nodes:
        return True
    node = next((each for each in nodes if isinstance(each, _Shows)), None)
    if node is None:
        return False  # a name that holds it, or a branch: no use by itself
    own = _bound(function) - {"self", "cls"}
    names = own.intersection(_loads(_shown(node)))
    values: list[ast.expr] = []
    grown = -1
    while grown != len(names):
        grown = len(names)
        values = list(_values(function, names))
        names |= own.intersection(_loads(values))
    if not names or not names.isdisjoint(_shared(function)):
        return True
    allowed = [*_shown(node), *_heads(function), *values]
    if any(_hands_on(each, names) for each in allowed):
        return True
    inside = {id(each) for part in allowed for each in ast.walk(part)}
    return any(_is_load(each) and each.id in names and id(each) not in inside for each in _names(function))


def _around(tree: ast.Module, place: _Place) -> _Function | None:
    """The innermost function round a place."""
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, _Function)
        and (each.lineno, each.col_offset) <= place < (each.end_lineno or 0, each.end_col_offset or 0)
    ]
    return max(found, key=lambda each: (each.lineno, each.col_offset), default=None)


def _begins(node: ast.AST) -> _Place | None:
    return (node.lineno, node.col_offset) if isinstance(node, (ast.expr, ast.stmt, ast.arg)) else None


def _shown(node: ast.AST) -> list[ast.AST]:
    """What a call, an exception or an assertion is handed to show it."""
    if isinstance(node, ast.Call):
        return [*node.args, *node.keywords]
    if isinstance(node, ast.Raise) and node.exc is not None:
        return _shown(node.exc) if isinstance(node.exc, ast.Call) else [node.exc]
    return [each for each in (node.test, node.msg) if each is not None] if isinstance(node, ast.Assert) else []


def _values(function: _Function, names: Set[str]) -> Iterator[ast.expr]:
    """What some variables are made of."""
    for each in ast.walk(function):
        if not isinstance(each, (ast.Assign, ast.AnnAssign, ast.AugAssign)) or each.value is None:
            continue
        targets = each.targets if isinstance(each, ast.Assign) else [each.target]
        if all(isinstance(target, ast.Name) and target.id in names for target in targets):
            yield each.value


def _heads(function: _Function) -> Iterator[ast.AST]:
    """Where a value may stand without being handed on: conditions, and other calls that show it."""
    for each in ast.walk(function):
        if isinstance(each, (ast.If, ast.While, ast.IfExp)):
            yield each.test
        elif isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and _called(each.value) in _SHOWING:
            yield from _shown(each.value)


def _hands_on(part: ast.AST, names: Set[str]) -> bool:
    """Whether more becomes of some variables in an expression than another value: a call gets them, or a new name."""
    for each in ast.walk(part):
        is_loud = isinstance(each, (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)) or (
            isinstance(each, ast.Call) and not _looks(each, names)
        )
        if is_loud and not names.isdisjoint(_loads([each])):
            return True
    return False


def _looks(call: ast.Call, names: Set[str]) -> bool:
    """Whether a call only makes another value of some variables."""
    func = call.func
    if isinstance(func, ast.Name):
        return func.id in FUNCTIONS
    if not isinstance(func, ast.Attribute) or func.attr not in _OF_TEXT:
        return False
    if func.attr in _OF_TEMPLATE or isinstance(func.value, (ast.Constant, ast.JoinedStr)):
        return True
    return names.isdisjoint(_loads(_shown(call)))


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _bound(function: _Function) -> set[str]:
    """The parameters and variables of a function."""
    stored = {each.id for each in _names(function) if not _is_load(each)}
    return stored | {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}


def _shared(function: _Function) -> set[str]:
    """The variables of a function that others see."""
    declared = (each for each in ast.walk(function) if isinstance(each, (ast.Global, ast.Nonlocal)))
    return {name for each in declared for name in each.names}


def _names(function: _Function) -> Iterator[ast.Name]:
    return (each for each in ast.walk(function) if isinstance(each, ast.Name))


def _loads(nodes: Iterable[ast.AST]) -> Iterator[str]:
    return (each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name) and _is_load(each))


def _is_load(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)
