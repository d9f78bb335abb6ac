"""Builtin functions, and what is as good as one: what they give, which the language alone decides."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from discreet.facts.lower.columns import but_tables
from discreet.facts.lower.filled import fill_one
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.keys import read_key
from discreet.facts.lower.queries import zipped_row
from discreet.facts.model import REPR, STR, Argument, Part, Value
from discreet.facts.values import elements, join, read, rendered, transposed, under

Builtin = Callable[[Frame, ast.Call, tuple[Argument, ...]], Value]
BUILTINS: dict[str, Builtin] = {}
REDUCERS: Final = frozenset({
    "len", "bool", "isinstance", "issubclass", "callable", "hasattr", "id", "type", "any", "all", "hash", "range",
    "dir", "ord", "divmod"
})  # fmt: skip
KNOWN: Final = frozenset({"zip_longest", "product", "fromkeys"})
"""The last names of what is as good as a builtin function: by its full name a handler is registered for it."""
FIRST: Final = frozenset({"int", "float", "round", "abs", "bytes", "bytearray", "memoryview"})
SEQUENCES: Final = frozenset({"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter"})
MAX_NAMES: Final = 13  # in the text of a callee


def builtin(*names: str) -> Callable[[Builtin], Builtin]:
    """Register what a builtin function gives."""

    def register(handler: Builtin) -> Builtin:
        for name in names:
            BUILTINS[name] = handler
        return handler

    return register


def builtin_of(callee: Value) -> str:
    """The name of the builtin function that is called, or ``""``."""
    if len(callee) != 1 or callee[0].access:
        return ""
    root = callee[0].root
    if root.startswith("g:builtins."):
        return root[len("g:builtins.") :]
    return root[2:] if root[2:] in BUILTINS and "." in root else ""


def callee_text(node: ast.expr) -> str:
    """A short text for what is called: ``self.log.info``, ``get_logger().info``."""
    if type(node) is ast.Name:
        return node.id
    text = ""
    for _ in range(MAX_NAMES):
        if type(node) is ast.Attribute:
            text = f".{node.attr}{text}"
            node = node.value
        elif type(node) is ast.Name:
            break
        elif type(node) is ast.Call:
            text = f"(){text}"
            node = node.func
        elif type(node) is ast.Subscript:
            text = f"[]{text}"
            node = node.value
        else:
            break
    return f"{node.id if type(node) is ast.Name else '...'}{text}"


def _first(args: tuple[Argument, ...]) -> Value:
    return args[0].value if args else ()


@builtin("str", "format", "ascii", "repr")
def _to_text(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    name = node.func.id if isinstance(node.func, ast.Name) else "str"
    return rendered(_first(args), REPR if name in ("repr", "ascii") else STR)


@builtin("getattr")
def _getattr(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    if len(args) < 2:
        return ()
    name = args[1].constant
    default = args[2].value if len(args) > 2 else ()
    value = args[0].value
    if isinstance(name, str):
        return join(read(value, f".{name}", frame.span(node)), default)
    return join(read_key(frame, value, node.args[1], args[1].value, ".", frame.span(node)), default)


@builtin("setattr")
def _setattr(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    if len(args) == 3 and isinstance(args[1].constant, str):
        frame.store(node.args[0], (f".{args[1].constant}",), args[2].value, node)
    elif len(args) == 3:
        fill_one(frame, node.args[0], args[1].value, args[2].value, node)
    return ()


@builtin("delattr")
def _delattr(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    if len(args) == 2 and isinstance(args[1].constant, str):
        frame.store(node.args[0], (f".{args[1].constant}",), (), node)
    return ()


@builtin("vars")
def _vars(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return read(args[0].value, "@fields", frame.span(node)) if args else _locals(frame, node, args)


@builtin("locals")
def _locals(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return join(*(under(frame.lookup(name, None), f"[{name}") for name in list(frame.env or {})))


@builtin("dict")
def _dict(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    row = zipped_row(node, _first(args))
    if row:
        return row
    return join(*(under(arg.value, f"[{arg.name}") if arg.name not in ("", "*", "**") else arg.value for arg in args))


@builtin("zip", "itertools.zip_longest", "itertools.product")
def _zip(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    if len(args) == 1 and args[0].name == "*":  # columns of rows
        return transposed(elements(args[0].value))
    return join(*(under(elements(arg.value), "*", f"#{index}") for index, arg in enumerate(args) if not arg.name))


@builtin("builtins.dict.fromkeys")
def _fromkeys(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    """``list(dict.fromkeys(emails))``, which drops what is there twice."""
    return join(under(elements(_first(args)), "!"), *(under(arg.value, "[") for arg in args[1:]))


@builtin("enumerate")
def _enumerate(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return under(elements(_first(args)), "*", "#1")


@builtin("next")
def _next(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return join(elements(but_tables(frame, _first(args))), *(arg.value for arg in args[1:]))


@builtin("filter")
def _filter(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return under(elements(args[1].value), "*") if args[1:] else ()


@builtin("map")
def _map(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    if len(args) < 2:
        return ()
    callee = args[0].value
    name = builtin_of(callee)
    if name in REDUCERS:
        return ()
    if name in ("str", "repr") or name in FIRST:
        return under(rendered(elements(args[1].value)), "*")
    mapped = tuple(Argument("", elements(arg.value), arg.span) for arg in args[1:])
    return under(frame.call(callee, callee_text(node.args[0]), mapped, node), "*")


@builtin("max", "min")
def _extreme(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    values = [arg.value for arg in args if not arg.name]
    return elements(values[0]) if len(values) == 1 else join(*values)


@builtin("super")
def _super(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return (Part(f"s:{frame.owner}", span=frame.span(node)),) if frame.owner else ()


@builtin(*FIRST)
def _kept(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    return _first(args)


@builtin(*SEQUENCES)
def _sequence(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> Value:
    value = _first(args)
    if any(part.path and part.path[0][0] == "#" for part in value):
        return value
    return under(elements(value), "*")
