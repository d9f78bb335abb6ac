"""Functions and lambdas. Bodies are postponed until the scope around them is finished, as Python's own names are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from discreet.facts.lower.expressions import evaluate, expression
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.passed import share_filled
from discreet.facts.lower.statements import statement, walk
from discreet.facts.marks import NONE
from discreet.facts.model import NO_TYPE, Function, Note, Parameter, Part, Span, Type, Value
from discreet.facts.narrowing import PLAIN
from discreet.facts.values import join

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

_FLAVOURS: Final = {
    "staticmethod": "static",
    "classmethod": "class",
    "property": "property",
    "cached_property": "property",
    "functools.cached_property": "property",
    "hybrid_property": "property",
    "computed_field": "property",
}


@statement(ast.FunctionDef, ast.AsyncFunctionDef)
def _function(frame: Frame, node: FunctionNode) -> None:
    define_function(frame, node)


def define_function(frame: Frame, node: FunctionNode, owner: str = "") -> str:
    """Bind the name of a ``def`` and queue its body; the qualified name is returned."""
    decorators = tuple([evaluate(frame, each) for each in node.decorator_list])
    name = frame.module.unique(f"{qualifier(frame)}.{node.name}")
    if frame.kind == "function" and frame.module.rebinds:
        rebound = (each for each in own_statements(node.body) if isinstance(each, ast.Nonlocal))
        frame.shared.update(variable for each in rebound for variable in each.names)
    if frame.fresh:
        share_filled(frame, node.body)
    params = parameters(frame, node.args, node.lineno)
    marks = _marks_of(frame, node) if frame.module.marks.by_line else ()
    result = frame.type(node.returns)
    flavour = _flavour(node.decorator_list) if decorators else ""
    span = frame.span(node)

    def lower_body() -> None:
        inner = Frame(frame.module, name, frame)
        inner.owner = owner or frame.owner
        enter(inner, params)
        guarded(inner, node.body, span)
        finish(inner, params, span, owner, flavour, decorators, result, marks or result.marks)

    frame.module.queue.append(lower_body)
    value: Value = (Part(f"g:{name}", span=span),)
    if flavour != "setter":
        frame.hold(node.name, value)
    return name


def _marks_of(frame: Frame, node: FunctionNode) -> tuple[str, ...]:
    """The marks of what a function returns: those from its ``def`` to its body that speak of no parameter."""
    theirs = _own_lines([arg for arg, _, _ in _every(node.args)], node.lineno)
    for line in range(node.lineno, max(node.lineno + 1, node.body[0].lineno)):
        marks = frame.module.marks.take(line) if line not in theirs else ()
        if marks:
            return marks
    return ()


def qualifier(frame: Frame) -> str:
    """The prefix of what is defined in a frame."""
    return frame.module.module if frame.kind == "module" else frame.name


def _flavour(decorators: list[ast.expr]) -> str:
    """What its decorators make of a function."""
    names = [_decorator_name(each) for each in decorators]
    if any(name.endswith((".setter", ".deleter")) for name in names):
        return "setter"
    return next((_FLAVOURS[name] for name in names if name in _FLAVOURS), "")


def _decorator_name(node: ast.expr) -> str:
    names: list[str] = []
    while isinstance(node, (ast.Call, ast.Attribute)):
        if isinstance(node, ast.Call):
            node = node.func
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            if node.attr == "cached_property":
                return ".".join(reversed(names))
            node = node.value
    return ".".join((node.id if isinstance(node, ast.Name) else "", *reversed(names)))


@expression(ast.Lambda)
def _lambda(frame: Frame, node: ast.Lambda) -> Value:
    """A lambda is a function whose body is one expression; it sees the variables as they are now."""
    span = frame.span(node)
    if frame.env is None:
        return ()
    name = frame.module.unique(f"{qualifier(frame)}.<lambda:{span.line}:{span.column}>")
    params = parameters(frame, node.args, node.lineno)

    def lower_body() -> None:
        inner = Frame(frame.module, name, frame)
        inner.owner = frame.owner
        enter(inner, params)
        inner.returns.append(evaluate(inner, node.body))
        finish(inner, params, span, "", "", (), NO_TYPE, ())

    frame.module.queue.append(lower_body)
    return (Part(f"g:{name}", span=span),)


def guarded(frame: Frame, body: list[ast.stmt], span: Span) -> None:
    """Walk a body; one that is nested too deeply for this interpreter loses itself and nothing else."""
    try:
        walk(frame, body)
    except RecursionError:
        frame.module.notes.append(Note("PII904", span, "nested too deeply to be analysed: this function was left out"))


def parameters(frame: Frame, args: ast.arguments, line: int) -> tuple[Parameter, ...]:
    """The parameters of a function that begins on a line, evaluated where it is defined."""
    found = []
    every = _every(args)
    lines = _own_lines([arg for arg, _, _ in every], line) if frame.module.marks.by_line else ()
    for arg, kind, default in every:
        type_ = _type_of_default(default) if arg.annotation is None else frame.type(arg.annotation)
        marks = frame.module.marks.take(arg.lineno) if lines and arg.lineno in lines else ()
        value = () if default is None else evaluate(frame, default)
        found.append(Parameter(arg.arg, kind, type_, frame.span(arg), marks or type_.marks, value, default is not None))
    return tuple(found)


def _type_of_default(default: ast.expr | None) -> Type:
    """What a default says as an annotation would: ``user="ubuntu"`` is a text, ``email=False`` a flag. A number may be
    anything's, and ``None`` says nothing.
    """
    if isinstance(default, ast.Constant) and isinstance(default.value, (str, bool)):
        return Type((f"builtins.{type(default.value).__name__}",))
    return NO_TYPE


def _every(args: ast.arguments) -> list[tuple[ast.arg, str, ast.expr | None]]:
    """All parameters in order, each with its kind and its default."""
    plain = args.posonlyargs + args.args if args.posonlyargs else args.args
    bare = len(plain) - len(args.defaults)
    every: list[tuple[ast.arg, str, ast.expr | None]] = [(arg, "", None) for arg in plain[:bare]]
    every += [(arg, "", default) for arg, default in zip(plain[bare:], args.defaults, strict=True)]
    if args.vararg is not None:
        every.append((args.vararg, "*", None))
    for index, arg in enumerate(args.kwonlyargs):
        every.append((arg, "kw", args.kw_defaults[index]))
    if args.kwarg is not None:
        every.append((args.kwarg, "**", None))
    return every


def _own_lines(every: list[ast.arg], first: int) -> set[int]:
    """The lines on which one parameter stands alone, below the ``def`` or with others below: a comment there speaks of
    it.
    """
    lines = [arg.lineno for arg in every]
    return {line for line in lines if lines.count(line) == 1 and (line != first or lines[-1] != first)}


def enter(frame: Frame, params: tuple[Parameter, ...]) -> None:
    """Give a frame its parameters."""
    for index, param in enumerate(params):
        frame.hold(param.name, () if NONE in param.marks else (Part(f"p{index}", span=param.span),))
        plain = PLAIN.intersection(param.type.names) if len(param.type.names) > 1 else frozenset[str]()
        if plain and len(plain) < len(param.type.names):
            frame.unions[param.name] = plain


def finish(
    frame: Frame,
    params: tuple[Parameter, ...],
    span: Span,
    owner: str,
    flavour: str,
    decorators: tuple[Value, ...],
    result: Type,
    marks: tuple[str, ...],
) -> None:
    """Turn a frame that was walked into the facts of its function."""
    frame.module.scopes[frame.name] = frame.variables
    frame.module.functions.append(
        Function(
            frame.name,
            span,
            params,
            owner,
            flavour,
            tuple(frame.calls),
            join(*frame.returns) if frame.returns else (),
            join(*frame.yields) if frame.yields else (),
            tuple(frame.writes),
            decorators,
            result,
            marks,
            tuple(frame.types),
            {},
            tuple(frame.keys.values()),
        )
    )


def own_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, its blocks included."""
    waiting = body[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend([inner for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.stmt)][::-1])
