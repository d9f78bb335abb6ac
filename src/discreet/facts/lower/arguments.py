"""Arguments of a call, evaluated in the order in which Python does it."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.aliases import adapted
from discreet.facts.lower.expressions import evaluate
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.literals import constant_of, is_field_name
from discreet.facts.model import Argument

COPIES: Final = frozenset({"model_copy", "copy"})
"""Methods of a pydantic model whose ``update={"email": "***"}`` is to each field what a keyword is to ``replace()``."""


def arguments(frame: Frame, node: ast.Call) -> tuple[Argument, ...]:
    """The arguments of a call."""
    found = []
    for each in node.args:
        if type(each) is ast.Starred:
            found.append(Argument("*", evaluate(frame, each.value), frame.span(each)))
        else:
            found.append(Argument("", evaluate(frame, each), frame.span(each), constant_of(each, frame)))
    for keyword in node.keywords:
        given = keyword.value
        if type(given) is ast.Dict and keyword.arg == "update" and _copies(node.func) and _names_all(given):
            for key, entry in zip(given.keys, given.values, strict=True):
                if type(key) is ast.Constant:
                    value = evaluate(frame, entry)
                    found.append(Argument(str(key.value), value, frame.span(entry), constant_of(entry, frame)))
        else:
            value = evaluate(frame, given)
            found.append(Argument(keyword.arg or "**", value, frame.span(given), constant_of(given, frame)))
    return adapted(frame, node, tuple(found))


def _copies(function: ast.expr) -> bool:
    return type(function) is ast.Attribute and function.attr in COPIES


def _names_all(given: ast.Dict) -> bool:
    """Whether each key of a display is the name of a field that is written there."""
    return all(type(key) is ast.Constant and is_field_name(key.value) for key in given.keys)
