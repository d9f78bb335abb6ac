"""Named tuples that a call makes: ``Row = namedtuple("Row", "email, number")``. Each is a class like any other."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.lower.literals import constant_of, is_field_name
from discreet.facts.model import Class, Field, Part, Type, Value

_MAKERS: Final = ("collections.namedtuple", "typing.NamedTuple")
_ANYTHING: Final = Type(("typing.Any",))
NAMED_TUPLE: Final[Value] = (Part("g:typing.NamedTuple"),)
"""What such a class derives from."""


def named_tuple(frame: Frame, target: ast.expr, made: ast.expr) -> Value:
    """The class that gets the name ``target``, or nothing where what is ``made`` is none."""
    fields = tuple_fields(frame, made)
    if not fields or not isinstance(target, ast.Name):
        return ()
    prefix = frame.module.module if frame.kind == "module" else frame.name
    name, span = frame.module.unique(f"{prefix}.{target.id}"), frame.span(made)
    around = frame
    while around.kind == "class" and around.parent is not None:
        around = around.parent
    frame.module.classes.append(Class(name, span, around.name, (NAMED_TUPLE,), (), fields, {}))
    return (Part(f"g:{name}", span=span),)


def tuple_fields(frame: Frame, node: ast.expr) -> tuple[Field, ...]:
    """The fields of the named tuple that a call makes; none if it makes no such thing, or they aren't written there."""
    if not isinstance(node, ast.Call) or len(node.args) < 2 or frame.dotted(node.func) not in _MAKERS:
        return ()
    span, given = frame.span(node), node.args[1]
    if isinstance(given, (ast.List, ast.Tuple)) and any(isinstance(each, ast.Tuple) for each in given.elts):
        pairs = [each.elts for each in given.elts if isinstance(each, ast.Tuple) and len(each.elts) == 2]
        typed = [(first.value, frame.type(second)) for first, second in pairs if isinstance(first, ast.Constant)]
        return tuple(Field(name, held, (), span, held.marks) for name, held in typed if is_field_name(name))
    names = constant_of(given, frame)
    if isinstance(names, str):
        names = tuple(names.replace(",", " ").split())
    listed = names if isinstance(names, tuple) else ()
    return tuple(Field(name, _ANYTHING, (), span) for name in listed if is_field_name(name))
