"""Targets: what an assignment, a loop, a ``with`` or a pattern binds."""

from __future__ import annotations

import ast

from discreet.facts.lower.calls import put_under
from discreet.facts.lower.expressions import evaluate, run
from discreet.facts.lower.filled import dictionary_of, fill, fill_one
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.groups import as_keys
from discreet.facts.model import Value
from discreet.facts.values import elements, read, under


def bind(frame: Frame, target: ast.expr, value: Value, node: ast.AST) -> None:
    """Give ``value`` to a target of whatever form."""
    if type(target) is ast.Name:
        frame.assign(target.id, value, target)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(frame, target, value, node)
    elif type(target) is ast.Starred:
        bind(frame, target.value, under(elements(value), "*"), node)
    elif type(target) is ast.Attribute:
        run(frame, target.value)
        if target.attr == "__dict__":
            fill(frame, target.value, value, target)
        else:
            put_under(frame, target.value, target)
            frame.store(target.value, (f".{target.attr}",), value, target)
    elif type(target) is ast.Subscript:
        _put(frame, target, value)


def _put(frame: Frame, target: ast.Subscript, value: Value) -> None:
    """Store a value under a key, or in the attribute that the key names, where all of an object's are meant."""
    if type(target.value) is ast.Call:
        run(frame, target.value)
    step = frame.step_of(target)
    filled = dictionary_of(target.value)
    if filled is not None and step[0] == "[" and len(step) > 1:
        frame.store(filled, (f".{step[1:]}",), value, target)
        return
    key = evaluate(frame, target.slice) if filled is not None or step in ("[", "*:") else ()
    if filled is not None:
        fill_one(frame, filled, key, value, target)
        return
    if step in ("[", "*:"):
        frame.store(target.value, ("!",), as_keys(target.slice, key), target)
        step = "["
    put_under(frame, target.value, target)
    frame.store(target.value, (step,), value, target)


def _unpack(frame: Frame, target: ast.Tuple | ast.List, value: Value, node: ast.AST) -> None:
    if not frame.descend():
        return
    starred = next((i for i, each in enumerate(target.elts) if isinstance(each, ast.Starred)), None)
    for index, each in enumerate(target.elts):
        if starred is None or index < starred:
            bind(frame, each, read(value, f"#{index}"), node)
        elif index == starred:
            bind(frame, each, value, node)
        else:
            bind(frame, each, read(value, f"#{index - len(target.elts)}"), node)
    frame.ascend()


def target_names(target: ast.expr) -> list[str]:
    """The variables that a target binds."""
    if type(target) is ast.Name:
        return [target.id]
    return [node.id for node in ast.walk(target) if type(node) is ast.Name and type(node.ctx) is ast.Store]
