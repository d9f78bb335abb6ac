"""Named tuples that a call makes: ``Row = namedtuple("Row", "email, number")``. Each is a class like any other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.lower.literals import constant_of
from discreet.facts.model import Class, Field, Part, Type, Value

_MAKERS: Final = frozenset({"namedtuple", "NamedTuple"})
_DOTTED: Final = ("collections.namedtuple", "typing.NamedTuple")
_ANYTHING: Final = Type(("typing.Any",))
BASE: Final[Value] = (Part("g:typing.NamedTuple"),)


def named_tuple(frame: Frame, node: ast.Assign, made: ast.Call) -> Value:
    """The class that an assignment of a call gives a name, or nothing where the call makes none."""
    target = node.targets[0]
    fields = tuple(tuple_fields(frame, made))
    if not fields or not isinstance(target, ast.Name):
        return ()
    prefix = frame.module.module if frame.kind == "module" else frame.name
    name, span = frame.module.unique(f"{prefix}.{target.id}"), frame.span(node)
    around = frame
    while around.kind == "class" and around.parent is not None:
        around = around.parent
    frame.module.classes.append(Class(name, span, around.name, (BASE,), (), fields, {}))
    return (Part(f"g:{name}", span=span),)


def tuple_fields(frame: Frame, node: ast.expr) -> Iterator[Field]:
    """The fields of the named tuple that a call makes, if it makes one."""
    if not frame.module.tuples or not isinstance(node, ast.Call) or len(node.args) < 2:
        return
    maker = node.func
    name = maker.id if isinstance(maker, ast.Name) else maker.attr if isinstance(maker, ast.Attribute) else ""
    if name not in _MAKERS or frame.dotted(maker) not in _DOTTED:
        return
    span = frame.span(node)
    for each in _names(frame, node.args[1]):
        yield Field(each, _ANYTHING, (), span, ())


def _names(frame: Frame, node: ast.expr) -> tuple[str, ...]:
    """``"email number"``, ``["email", "number"]``, ``[("email", str), ("number", int)]``."""
    given = constant_of(node, frame)
    if isinstance(given, str):
        return tuple(given.replace(",", " ").split())
    if isinstance(given, tuple) or not isinstance(node, ast.List | ast.Tuple):
        return given if isinstance(given, tuple) else ()
    firsts = [each.elts[0] for each in node.elts if isinstance(each, ast.Tuple) and each.elts]
    return tuple(each.value for each in firsts if isinstance(each, ast.Constant) and isinstance(each.value, str))
