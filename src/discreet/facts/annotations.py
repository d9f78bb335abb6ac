"""Annotations read as types: names, arguments and the marks written into ``Annotated``."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from discreet.facts.marks import understood, words_of
from discreet.facts.model import NO_TYPE, Type

MAX_DEPTH: Final = 6

Dotted = Callable[[ast.expr], str]
Complain = Callable[[tuple[str, ...], ast.expr], None]

_TRANSPARENT: Final = {
    "Optional",
    "Final",
    "ClassVar",
    "Required",
    "NotRequired",
    "ReadOnly",
    "InitVar",
    "Mapped",
    "Unpack",
}
_READ: Final = "ninja."
"""Of whom a type with an argument says where a request has it: ``Form[SignUp]``."""
_SEQUENCES: Final = {"Awaitable", "Coroutine", "Type", "type"}


def type_of(node: ast.expr | None, dotted: Dotted, complain: Complain, depth: int = 0) -> Type:
    """What an annotation means.

    Args:
        node: The annotation, or ``None``.
        dotted: Gives the absolute dotted name of a ``Name`` or ``Attribute``, or ``""``.
        complain: Is told the words of a mark that mean no category, and where they stand.
        depth: How deep the annotation is nested already; beyond :data:`MAX_DEPTH` nothing is known.
    """
    if node is None or depth > MAX_DEPTH:
        return NO_TYPE
    if isinstance(node, ast.Constant):
        return _quoted(node, dotted, complain, depth)
    if isinstance(node, ast.Name | ast.Attribute):
        name = dotted(node)
        return Type((name,)) if name else NO_TYPE
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _union(type_of(node.left, dotted, complain, depth + 1), type_of(node.right, dotted, complain, depth + 1))
    if isinstance(node, ast.Subscript):
        return _subscript(node, dotted, complain, depth + 1)
    if isinstance(node, ast.Call) and node.args:  # Indexed(EmailStr, unique=True), conlist(EmailStr)
        return type_of(node.args[0], dotted, complain, depth + 1)
    return NO_TYPE


def _quoted(node: ast.Constant, dotted: Dotted, complain: Complain, depth: int) -> Type:
    if not isinstance(node.value, str) or len(node.value) > 500:
        return NO_TYPE
    try:
        inner = ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NO_TYPE
    return type_of(inner, dotted, complain, depth + 1)


def _union(*types: Type) -> Type:
    names = tuple(dict.fromkeys(name for each in types for name in each.names))
    args = next((each.args for each in types if each.args), ())
    return Type(names, args, tuple(mark for each in types for mark in each.marks))


def _subscript(node: ast.Subscript, dotted: Dotted, complain: Complain, depth: int) -> Type:
    name = dotted(node.value)
    last = name.rpartition(".")[2]
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if last == "Annotated" and inner:
        base = type_of(inner[0], dotted, complain, depth)
        return Type(base.names, base.args, base.marks + _marks(inner[1:], complain))
    if last == "Literal":
        return Type((name,))
    args = tuple(type_of(each, dotted, complain, depth) for each in inner)
    if last == "Union":
        return _union(*args)
    if last in _TRANSPARENT:
        return args[0] if args else NO_TYPE
    if name.startswith(_READ):
        return args[0]
    if last in _SEQUENCES:
        return args[-1] if last == "Coroutine" else args[0]
    return Type((name,) if name else (), args)


def _marks(metadata: list[ast.expr], complain: Complain) -> tuple[str, ...]:
    """The categories that ``Annotated[str, "pii:email"]`` or ``Annotated[str, PII("email")]`` names."""
    found: tuple[str, ...] = ()
    for each in metadata:
        words: tuple[str, ...] = ()
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.lower().startswith("pii:"):
            words = words_of(each.value[4:])
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id.lower() == "pii":
            words = tuple(a.value for a in each.args if isinstance(a, ast.Constant) and isinstance(a.value, str))
        known, unknown = understood(words)
        found += known
        if unknown:
            complain(unknown, each)
    return found
