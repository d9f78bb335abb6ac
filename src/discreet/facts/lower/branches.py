"""Branches: what a test says of the variables in it, where it holds and where it doesn't."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import MAX_DEPTH, Frame
from discreet.facts.lower.keys import known_of
from discreet.facts.lower.loops import Environment
from discreet.facts.narrowing import FALSE, narrowed
from discreet.facts.reading import keepable

MAX_TYPES: Final = 8
_TELLING: Final = frozenset({ast.Name, ast.NamedExpr, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call})
"""What may say something of a variable."""
_ASKING: Final = frozenset({"isinstance", "hasattr"})
_EQUAL: Final = (ast.Is, ast.Eq, ast.IsNot, ast.NotEq)
_AMONG: Final = frozenset({ast.In, ast.NotIn})
_SAME: Final = {ast.Eq: True, ast.NotEq: False, ast.In: True, ast.NotIn: False}
"""Comparisons, and whether two things are the same, or the one is among the others, where they hold."""


def narrow(frame: Frame, test: ast.expr) -> tuple[Environment, Environment]:
    """The variables that a test speaks of, with their values where it holds and where it doesn't."""
    if type(test) not in _TELLING:
        return {}, {}
    yes: dict[str, str] = {}
    no: dict[str, str] = {}
    _steps(frame, test, yes, no)
    return (_applied(frame, yes), _applied(frame, no)) if yes or no else ({}, {})


def _applied(frame: Frame, steps: dict[str, str]) -> Environment:
    env = frame.env or {}
    return {name: narrowed(env[name], step) for name, step in steps.items() if env.get(name)}


def _steps(frame: Frame, test: ast.expr, yes: dict[str, str], no: dict[str, str]) -> None:
    while type(test) is ast.UnaryOp and type(test.op) is ast.Not:
        test, yes, no = test.operand, no, yes
    if frame.depth >= MAX_DEPTH:
        frame.too_deep()
        return
    if type(test) is ast.Name:
        no[test.id] = FALSE
    elif type(test) is ast.Compare:
        if len(test.ops) == 1:
            if type(test.comparators[0]) is ast.Constant:
                _compared(frame, test, yes, no)
            elif type(test.left) is ast.Name:
                _among(frame, test, yes, no)
    elif type(test) is ast.BoolOp:
        frame.depth += 1
        for each in test.values:  # of `a and b` both hold, or nobody knows which doesn't
            _steps(frame, each, *((yes, {}) if type(test.op) is ast.And else ({}, no)))
        frame.depth -= 1
    elif type(test) is ast.Call:
        if type(test.func) is ast.Name and test.func.id in _ASKING and len(test.args) == 2:
            _asked(frame, test, yes, no)
    elif type(test) is ast.NamedExpr:
        no[test.target.id] = FALSE


def _compared(frame: Frame, test: ast.Compare, yes: dict[str, str], no: dict[str, str]) -> None:
    """``email is None``, ``username == "guest"``, ``valid(email) == True``."""
    how, other = test.ops[0], test.comparators[0]
    said = other.value if type(other) is ast.Constant else None
    same = isinstance(how, (ast.Is, ast.Eq))
    if isinstance(said, bool) and same and type(test.left) is not ast.Name:
        frame.depth += 1
        _steps(frame, test.left, *((yes, no) if said else (no, yes)))
        frame.depth -= 1
    elif (not said or isinstance(said, str)) and type(test.left) is ast.Name and isinstance(how, _EQUAL):
        (yes if same else no)[test.left.id] = FALSE


def _among(frame: Frame, test: ast.Compare, yes: dict[str, str], no: dict[str, str]) -> None:
    """``username in RESERVED``, ``username == GUEST``: what is one of the program's own texts is nobody's."""
    name, how, other = test.left, type(test.ops[0]), test.comparators[0]
    if not isinstance(name, ast.Name) or how not in _SAME or (isinstance(other, ast.Name) and _may_grow(frame, other)):
        return
    known = known_of(frame, other)
    if known is not None and known.many == (how in _AMONG):
        (yes if _SAME[how] else no)[name.id] = FALSE


def _may_grow(frame: Frame, node: ast.Name) -> bool:
    """Whether something else may lie in a sequence than was written there: it isn't a constant by its name, or
    something was put into it here.
    """
    env = frame.env or {}
    return bool(env[node.id]) if node.id in env else not node.id.isupper()


def _asked(frame: Frame, test: ast.Call, yes: dict[str, str], no: dict[str, str]) -> None:
    """``isinstance(user, User)``, ``hasattr(user, "email")``."""
    subject, said_of = test.args
    if not isinstance(subject, ast.Name):
        return
    if isinstance(test.func, ast.Name) and test.func.id == "isinstance":
        types = class_names(frame, said_of)
        if types:
            yes[subject.id], no[subject.id] = f"+{types}", f"-{types}"
        elif subject.id in frame.unions and (one := frame.dotted(said_of)) in frame.unions[subject.id]:
            yes[subject.id] = f"+{one}"  # of what may be an object or its number, it is the number
    elif isinstance(said_of, ast.Constant):
        no[subject.id] = f"-.{keepable(str(said_of.value))}"


def class_names(frame: Frame, node: ast.expr) -> str:
    """The names of the classes that ``isinstance`` is asked about; none where all are the language's own."""
    each = node.elts if isinstance(node, ast.Tuple) else [node]
    names = [frame.dotted(one) for one in each]
    if not all(names) or len(names) > MAX_TYPES or all(name.startswith("builtins.") for name in names):
        return ""
    return "|".join(names)
