"""Types that are given a name of the program's own, which annotations then use."""

from __future__ import annotations

import ast
from typing import Final

from msgspec.structs import replace

from discreet.facts.lower.expressions import evaluate
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.tuples import named_tuple
from discreet.facts.model import Argument, Value

ADAPTER: Final = "TypeAdapter"


def meant(frame: Frame, node: ast.Assign) -> Value:
    """The class that an assignment gives a name of the program's own, or nothing where it does not."""
    if isinstance(node.value, ast.Subscript):
        return _annotated(frame, node.value)
    return named_tuple(frame, node.targets[0], node.value) if isinstance(node.value, ast.Call) else ()


def _annotated(frame: Frame, node: ast.Subscript) -> Value:
    """``Annotated[User, Depends(current_user)]`` that is given a name is the class by another name."""
    first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else None
    if isinstance(first, ast.Name | ast.Attribute) and frame.dotted(node.value).endswith(".Annotated"):
        return evaluate(frame, first)
    return ()


def marks_of_alias(frame: Frame, node: ast.expr) -> tuple[str, ...]:
    """The marks of a type that is given a name: ``Annotated[str, "pii:email"]``, ``NewType("Email", ...)``."""
    if isinstance(node, ast.Subscript) and frame.dotted(node.value).endswith(".Annotated"):
        return frame.type(node).marks
    if isinstance(node, ast.Call) and len(node.args) == 2 and frame.dotted(node.func).endswith(".NewType"):
        return frame.type(node.args[1]).marks
    return ()


def adapted(frame: Frame, node: ast.Call, args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of pydantic's ``TypeAdapter(list[User])``: for the type stands a value of it."""
    function = node.func
    if type(function) is ast.Attribute:
        name = function.attr
    else:
        name = function.id if type(function) is ast.Name else ""
    if name != ADAPTER or not node.args:
        return args
    type_ = frame.type(node.args[0])
    return (replace(args[0], value=frame.typed(type_, node.args[0])), *args[1:]) if type_.names else args
