"""Spelling: how a value is written in its file.

Facts forget what is nobody's data: of ``len(email)`` nothing is left in them. What was left out, and why, is told from
the text; nothing that facts know is judged here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

from discreet.facts.lower.builtin import REDUCERS
from discreet.facts.marks import NONE, Marks
from discreet.facts.model import Span
from discreet.facts.reading import Positions, UnreadableSource, parse
from discreet.flow import notes
from discreet.flow.result import Place, Step
from discreet.flow.whynot.answer import NO_REASON, PLACE, Stop, Trail

WIDEST = 72
MAX_DEPTH = 6
CONSTANT = Stop("constant", "it is a constant")
_KEEPING = (ast.Add, ast.Mod, ast.Mult, ast.Div, ast.BitOr, ast.BitAnd)
_RENDERING = (
    "str", "repr", "format", "ascii", "int", "float", "round", "abs", "bytes", "list", "tuple", "set", "sorted",
)  # fmt: skip
_BINDING = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef | ast.Module
TextOf = Callable[[str], str]


class Spellings:
    """The files of a program, each parsed when it is first asked about."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._known: dict[str, Spelling] = {}

    def of(self, path: str) -> Spelling:
        """One file."""
        if path not in self._known:
            self._known[path] = Spelling(path, self._text_of(path))
        return self._known[path]


class Spelling:
    """One file as it is written."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        try:
            self._tree = parse(path, text)
        except UnreadableSource:
            self._tree = ast.Module([], [])
        self._positions = Positions(text)
        self._marks = Marks(text, text.lower())
        self._by_span: dict[Span, ast.expr] = {}
        self._above: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(self._tree):
            for child in ast.iter_child_nodes(node):
                self._above[child] = node
            if isinstance(node, ast.expr):
                self._by_span.setdefault(self._positions.span(node), node)

    def text(self, span: Span) -> str:
        """The expression at a span, on one line; ``""`` if there is none."""
        node = self._by_span.get(span)
        if node is None:
            return ""
        lines = self._lines[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        words = " ".join(" ".join(lines).split())
        return words if len(words) <= WIDEST else words[: WIDEST - 3] + "..."

    def whole(self, span: Span) -> tuple[Trail, ...]:
        """Why nothing at all is left of the expression at a span."""
        node = self._by_span.get(span)
        if node is None:
            return ()
        found = self.lost(span)
        return found or (Trail(self.text(span), CONSTANT if self._is_literal(node) else NO_REASON),)

    def lost(self, span: Span) -> tuple[Trail, ...]:
        """What the text alone says of an expression: of which pieces nothing is left, and why."""
        node = self._by_span.get(span)
        return tuple(self._lost(node, 0)) if node is not None else ()

    def held(self, name: str, function: Span | None = None) -> tuple[Trail, ...]:
        """Why a variable of the module, or of the function at a span, holds nothing."""
        return tuple(self._bound(name, self._function(function) if function is not None else self._tree, 0, 0))

    def assigned(self, span: Span) -> tuple[Trail, ...]:
        """Why nothing is left of what a statement, or its target, at a span assigns."""
        for node in ast.walk(self._tree):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if span in [self._positions.span(each) for each in (node, *targets)]:
                return self.whole(self._positions.span(node.value))
        return ()

    def returned(self, function: Span) -> tuple[Trail, ...]:
        """Why nothing is left of what the function at a span returns."""
        scope = self._function(function)
        values = [node.value for node in _inside(scope) if isinstance(node, ast.Return) and node.value is not None]
        if isinstance(scope, ast.Lambda):
            values = [scope.body]
        return tuple(trail for each in values for trail in self.whole(self._positions.span(each)))

    def _function(self, span: Span) -> Scope:
        for node in ast.walk(self._tree):
            if isinstance(node, Scope) and not isinstance(node, ast.Module) and self._positions.span(node) == span:
                return node
        return self._tree

    def _lost(self, node: ast.expr, depth: int) -> Iterator[Trail]:
        if depth > MAX_DEPTH:
            return
        stop = self._dropped(node)
        if stop is not None:
            yield Trail(self.text(self._positions.span(node)), stop)
        elif isinstance(node, ast.Name):
            nearest = self._nearest(node)
            if nearest is not None:
                yield from self._after(node.id, nearest, depth)
            else:
                yield from self._bound(node.id, self._scope(node), node.lineno, depth)
        else:
            for child in _pieces(node):
                yield from self._lost(child, depth + 1)

    def _dropped(self, node: ast.expr) -> Stop | None:
        """What an operation of the language leaves nothing of."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REDUCERS:
            if self._is_rebound(node.func.id) or all(map(self._is_literal, node.args)):
                return None
            return Stop("reduced", f"reduced: {node.func.id}() keeps nothing personal")
        if isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            return Stop("reduced", "reduced: a comparison keeps nothing personal, it says yes or no")
        if isinstance(node, ast.BinOp) and not isinstance(node.op, _KEEPING):
            return Stop("reduced", "reduced: arithmetic keeps nothing personal")
        return None

    def _bound(self, name: str, scope: Scope, line: int, depth: int) -> Iterator[Trail]:
        """What a variable was given, if nothing is left of any of it."""
        found: list[Trail] = []
        for statement in self._bindings(name, scope):
            trails = self._given(name, statement, depth)
            if not trails:
                return
            if line == 0 or statement.lineno <= line:
                found.extend(self._after(name, statement, depth))
        yield from found

    def _after(self, name: str, statement: ast.stmt, depth: int) -> Iterator[Trail]:
        """What a statement gave a variable, with the statement as a step."""
        span = self._positions.span(statement)
        step = Step(self.path, span.line, span.column, notes.held(name))
        for each in self._given(name, statement, depth):
            yield each.after(step)

    def _nearest(self, node: ast.Name) -> ast.stmt | None:
        """The assignment before, in the same block, that alone decides what a variable holds here."""
        statement: ast.AST = node
        while not isinstance(statement, ast.stmt):
            statement = self._above[statement]
        around = self._above[statement]
        blocks = [getattr(around, field, None) for field in ("body", "orelse", "finalbody")]
        block = next((each for each in blocks if isinstance(each, list) and statement in each), [])
        for before in reversed(block[: block.index(statement)] if block else []):
            if any(isinstance(each, ast.Name) and each.id == node.id and not isinstance(each.ctx, ast.Load)
                   for each in ast.walk(before)):  # fmt: skip
                is_plain = isinstance(before, ast.Assign | ast.AnnAssign)
                return before if is_plain and node.id in _plain_targets(before) else None
        return None

    def _given(self, name: str, statement: ast.stmt, depth: int) -> tuple[Trail, ...]:
        """Why a statement leaves nothing in a variable; nothing if it may leave something."""
        marked = self._declared(name, statement)
        if marked is not None:
            return (marked,)
        if isinstance(statement, ast.For | ast.AsyncFor):
            value: ast.expr | None = statement.iter
        else:
            value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign) else None
        if value is None:
            return ()
        if self._is_literal(value):
            return (Trail(self.text(self._positions.span(value)), CONSTANT),)
        trails = tuple(self._lost(value, depth + 1))
        return trails if self._dropped(value) is not None or isinstance(value, ast.Name) else ()

    def _declared(self, name: str, statement: ast.stmt) -> Trail | None:
        for line in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
            mark = self._marks.by_line.get(line)
            if mark is not None:
                return Trail(name, self.declared(line)) if NONE in mark.categories else None
        return None

    def declared(self, line: int) -> Stop:
        """What a mark says that declares something clean."""
        place = Place(self.path, Span(line, 1, line, 1))
        mark = self._marks.by_line.get(line)
        if mark is not None:
            return Stop("declared", f"declared clean: `# pii: none` at {PLACE}", place=place)
        return Stop("declared", f"declared clean at {PLACE}", place=place)

    def _bindings(self, name: str, scope: Scope) -> list[ast.stmt]:
        """The statements that bind a variable of a scope; none where they are not plain assignments."""
        if any(arg.arg == name for arg in _parameters(scope)):
            return []
        found: list[ast.stmt] = []
        for node in _inside(scope):
            if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
                return []
            if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
                statement = self._above[node]
                if not isinstance(statement, _BINDING):
                    return []
                found.append(statement)
        return found

    def _scope(self, node: ast.AST) -> Scope:
        while node in self._above:
            node = self._above[node]
            if isinstance(node, Scope):
                return node
        return self._tree

    def _is_rebound(self, name: str) -> bool:
        return any((isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load))
                   or (isinstance(node, ast.FunctionDef) and node.name == name)
                   for node in ast.walk(self._tree))  # fmt: skip

    def _is_literal(self, node: ast.expr) -> bool:
        if isinstance(node, ast.IfExp):
            return self._is_literal(node.body) and self._is_literal(node.orelse)
        if isinstance(node, ast.Subscript):
            return self._is_literal(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
            return not self._is_rebound("range")
        return not any(isinstance(each, ast.Name | ast.Call | ast.Yield | ast.YieldFrom) for each in ast.walk(node))


def _plain_targets(statement: ast.stmt) -> list[str]:
    """The names that an assignment binds as they are."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [each.id for each in targets if isinstance(each, ast.Name)]


def _pieces(node: ast.expr) -> Iterable[ast.expr]:
    """The expressions that an expression is put together of, where it shows all of them."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BoolOp):
        return node.values if isinstance(node.op, ast.Or) else node.values[-1:]
    if isinstance(node, ast.FormattedValue | ast.Starred | ast.Await):
        return (node.value,)
    if isinstance(node, ast.BinOp):
        return (node.left, node.right)
    if isinstance(node, ast.IfExp):
        return (node.body, node.orelse)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Call) and _renders(node.func):
        return (*node.args, *(each.value for each in node.keywords))
    return ()


def _renders(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in _RENDERING
    is_template = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Constant)
    return is_template and isinstance(function, ast.Attribute) and function.attr in ("format", "join")


def _parameters(scope: Scope) -> list[ast.arg]:
    if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    each = scope.args
    extra = [arg for arg in (each.vararg, each.kwarg) if arg is not None]
    return [*each.posonlyargs, *each.args, *each.kwonlyargs, *extra]


def _inside(scope: Scope) -> Iterator[ast.AST]:
    """The nodes of a scope, without those of the scopes inside it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))
