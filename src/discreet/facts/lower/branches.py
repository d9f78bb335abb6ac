"""Branches: what a test says of the variables in it, where it holds and where it doesn't."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.lower.loops import Environment
from discreet.facts.narrowing import FALSE, narrowed
from discreet.facts.reading import keepable

MAX_TYPES: Final = 8


def narrow(frame: Frame, test: ast.expr) -> tuple[Environment, Environment]:
    """The variables that a test speaks of, with their values where it holds and where it doesn't."""
    yes: dict[str, str] = {}
    no: dict[str, str] = {}
    _steps(frame, test, yes, no)
    return (_applied(frame, yes), _applied(frame, no)) if yes or no else ({}, {})


def _applied(frame: Frame, steps: dict[str, str]) -> Environment:
    env = frame.env or {}
    return {name: narrowed(env[name], step) for name, step in steps.items() if env.get(name)}


def _steps(frame: Frame, test: ast.expr, yes: dict[str, str], no: dict[str, str]) -> None:
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, yes, no = test.operand, no, yes
    if not frame.descend():
        return
    _told(frame, test, yes, no)
    frame.ascend()


def _told(frame: Frame, test: ast.expr, yes: dict[str, str], no: dict[str, str]) -> None:
    name = test.target if isinstance(test, ast.NamedExpr) else test
    if isinstance(name, ast.Name):
        no[name.id] = FALSE
    elif isinstance(test, ast.BoolOp):
        for each in test.values:  # of `a and b` both hold, or nobody knows which doesn't
            _steps(frame, each, *((yes, {}) if isinstance(test.op, ast.And) else ({}, no)))
    elif isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.comparators[0], ast.Constant):
        said, same = test.comparators[0].value, isinstance(test.ops[0], (ast.Is, ast.Eq))
        if isinstance(said, bool) and same and not isinstance(test.left, ast.Name):
            _steps(frame, test.left, *((yes, no) if said else (no, yes)))
        elif not said and isinstance(test.left, ast.Name) and (same or isinstance(test.ops[0], (ast.IsNot, ast.NotEq))):
            (yes if same else no)[test.left.id] = FALSE
    elif isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and len(test.args) == 2:
        subject, said_of = test.args
        if isinstance(subject, ast.Name) and test.func.id == "isinstance":
            types = _types(frame, said_of)
            if types:
                yes[subject.id], no[subject.id] = f"+{types}", f"-{types}"
        elif isinstance(subject, ast.Name) and test.func.id == "hasattr" and isinstance(said_of, ast.Constant):
            no[subject.id] = f"-.{keepable(str(said_of.value))}"


def _types(frame: Frame, node: ast.expr) -> str:
    """The names of the classes that ``isinstance`` is asked about; none where all are the language's own."""
    each = node.elts if isinstance(node, ast.Tuple) else [node]
    names = [frame.dotted(one) for one in each]
    if not all(names) or len(names) > MAX_TYPES or all(name.startswith("builtins.") for name in names):
        return ""
    return "|".join(names)
