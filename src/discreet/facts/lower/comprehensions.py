"""Comprehensions: loops that are expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable

from discreet.facts.keys import FOREIGN
from discreet.facts.lower.expressions import evaluate, expression, run
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.groups import as_keys
from discreet.facts.lower.keys import remember_looped
from discreet.facts.lower.literals import constant_of
from discreet.facts.lower.targets import bind, target_names
from discreet.facts.model import Value
from discreet.facts.values import elements, join, read, under, without


@expression(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def _comprehension(frame: Frame, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
    return in_comprehension(frame, node.generators, lambda: under(evaluate(frame, node.elt), "*"))


@expression(ast.DictComp)
def _dict_comprehension(frame: Frame, node: ast.DictComp) -> Value:
    def pair() -> Value:
        keys = as_keys(node.key, evaluate(frame, node.key))
        return join(under(keys, "!"), under(evaluate(frame, node.value), FOREIGN))

    chosen = _chosen_keys(frame, node)
    if chosen is not None:
        return chosen
    source = _copied(node)
    if source is not None:
        return in_comprehension(frame, node.generators, lambda: _of_names(frame, source, node.generators[0].iter))
    return in_comprehension(frame, node.generators, pair)


def _copied(node: ast.DictComp) -> ast.expr | None:
    """``row`` of ``{name: row[name] for name in names}``: what lies below a name lay there in ``row``. Numbers of
    ``range()`` are no names: there ``row`` is a sequence.
    """
    first, value = node.generators[0], node.value
    if isinstance(first.iter, ast.Call) and isinstance(first.iter.func, ast.Name) and first.iter.func.id == "range":
        return None
    if len(node.generators) != 1 or not isinstance(first.target, ast.Name) or not isinstance(value, ast.Subscript):
        return None
    name = first.target.id
    if any(not isinstance(each, ast.Name) or each.id != name for each in (node.key, value.slice)):
        return None
    inner = {each.id for each in ast.walk(value.value) if isinstance(each, ast.Name)}
    return None if name in inner else value.value


def _of_names(frame: Frame, source: ast.expr, names: ast.expr) -> Value:
    """A mapping with some of its keys: with those that are written there, or with any where nobody knows which."""
    row, keys = evaluate(frame, source), constant_of(names, frame)
    return join(*(under(read(row, f"[{key}"), f"[{key}") for key in keys)) if isinstance(keys, tuple) else row


def _chosen_keys(frame: Frame, node: ast.DictComp) -> Value | None:
    """``{k: v for k, v in row.items() if k in ("id", "state")}``: a mapping with some of its keys, or without them."""
    first = node.generators[0]
    source, target = first.iter, first.target
    if len(node.generators) != 1 or len(first.ifs) != 1 or not isinstance(source, ast.Call):
        return None
    names = [each.id for each in target.elts if isinstance(each, ast.Name)] if isinstance(target, ast.Tuple) else []
    same = [each.id for each in (node.key, node.value) if isinstance(each, ast.Name)]
    test = first.ifs[0]
    if len(names) != 2 or names != same or not isinstance(source.func, ast.Attribute) or source.func.attr != "items":
        return None
    if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Name) or test.left.id != names[0]:
        return None
    keys = constant_of(test.comparators[0], frame)
    row = evaluate(frame, source.func.value)
    if isinstance(test.ops[0], (ast.NotIn, ast.NotEq)) and keys is not None:
        for key in (keys,) if isinstance(keys, str) else keys if isinstance(keys, tuple) else ():
            row = without(row, (f"[{key}",))
        return row
    if isinstance(test.ops[0], ast.In) and isinstance(keys, tuple):
        return join(*(under(read(row, f"[{key}"), f"[{key}") for key in keys))
    return None


def in_comprehension(frame: Frame, generators: list[ast.comprehension], result: Callable[[], Value]) -> Value:
    """Bind the targets of a comprehension, take its result, and forget the targets again."""
    if frame.env is None:
        return ()
    names = {name for each in generators for name in target_names(each.target)}
    hidden = {name: frame.env[name] for name in names if name in frame.env}
    known = {name: frame.constants[name] for name in names if name in frame.constants}
    for each in generators:
        bind(frame, each.target, elements(evaluate(frame, each.iter)), each.target)
        remember_looped(frame, each.target, each.iter)
        for test in each.ifs:
            run(frame, test)
    value = result()
    for name in names:
        frame.env.pop(name, None)
        frame.constants.pop(name, None)
    frame.env.update(hidden)
    frame.constants.update(known)
    return value
