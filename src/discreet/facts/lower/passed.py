"""Containers and objects that are made here and filled by others: by a function they are handed to, or by one inside
this one that sees them.

What a call puts into its argument number ``n`` has a root of its own, ``w<call>:<n>``: which function that is, and what
it stores, is known when all are linked (``flow/passed.py``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.model import Part
from discreet.facts.values import join

_LITERALS: Final = frozenset({ast.Dict, ast.List, ast.Set})
MAKING: Final = _LITERALS | {ast.Call}
"""Expressions that may make something."""
_MAKERS: Final = frozenset({"dict", "list", "set", "defaultdict", "deque"})
_FILLING: Final = frozenset({"append", "add", "appendleft", "insert", "extend", "update", "setdefault", "put"})


def remember_made(frame: Frame, target: ast.expr, value: ast.expr | None) -> None:
    """Whether a variable holds from now on what was made here: ``{}``, ``Order()``."""
    if not isinstance(target, ast.Name) or frame.kind != "function":
        return
    if _is_made(value):
        frame.fresh.add(target.id)
    else:
        frame.fresh.discard(target.id)


def _is_made(value: ast.expr | None) -> bool:
    if not isinstance(value, ast.Call):
        return type(value) in _LITERALS
    maker = value.func
    name = maker.id if isinstance(maker, ast.Name) else maker.attr if isinstance(maker, ast.Attribute) else ""
    return name in _MAKERS or name[:1].isupper()


def hand_over(frame: Frame, node: ast.Call) -> None:
    """What was made here and is handed to a call holds afterwards what that put into it."""
    number = len(frame.calls) - 1
    if frame.env is None or number < 0:
        return
    call = frame.calls[number]
    if call.span != frame.span(node) or not any(part.root[0] in "gps" for part in call.callee):
        return
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    for index, each in enumerate(given[: len(call.args)]):
        if isinstance(each, ast.Name) and each.id in frame.fresh and each.id in frame.env:
            held = frame.lookup(each.id, None, adding=True)
            filled = join(held, (Part(f"w{number}:{index}", span=call.span),))
            frame.env[each.id] = filled
            frame.variables[each.id] = join(frame.variables.get(each.id, ()), filled)


def share_filled(frame: Frame, body: list[ast.stmt]) -> None:
    """What a function inside fills is read here as it is after that, too."""
    for name in _filled(body) if frame.fresh else ():
        if name in frame.fresh:
            frame.shared.add(name)


def _filled(body: list[ast.stmt]) -> Iterator[str]:
    """The names of what the statements put something into."""
    for node in (each for statement in body for each in ast.walk(statement)):
        target: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLING:
            target = node.func.value
        elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store):
            target = node.value
        if isinstance(target, ast.Name):
            yield target.id
