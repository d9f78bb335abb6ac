"""Containers and objects that are made here and filled by others: by a function they are handed to, or by one inside
this one that sees them.

What call 3 puts into its argument number 0 has a root of its own, ``w3:0``, and what functions inside put into a
variable ``rows`` has ``wv:a.f:rows``: what it is, is known when all are linked (``flow/passed.py``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from discreet.facts.bounds import hit
from discreet.facts.lower.frame import Frame
from discreet.facts.model import Part
from discreet.facts.values import join

MAKING: Final = frozenset({ast.Dict, ast.List, ast.Set, ast.Call})
"""Expressions that may make something."""
_MAKERS: Final = frozenset({"dict", "list", "set", "defaultdict", "OrderedDict", "deque"})
ADDERS: Final = frozenset({"append", "add", "appendleft", "insert", "push", "put", "put_nowait"})
FILLING: Final = ADDERS | {"extend", "update", "setdefault"}
"""Methods that put something into what they are called on; the adders one thing."""
_STORING: Final = frozenset({ast.Subscript, ast.Attribute})
_RESOLVED: Final = frozenset("cgps")
"""The roots of callees that may be a function of the program."""
MAX_FILLERS: Final = 8
"""Of so many calls that are handed one thing it is asked what they put into it."""


def remember_made(frame: Frame, target: ast.expr, value: ast.expr | None) -> None:
    """Whether a variable holds from now on what was made here: ``{}``, ``Order()``."""
    if type(target) is not ast.Name or frame.kind != "function":
        return
    kind = type(value)
    if kind in MAKING and (kind is not ast.Call or _makes(value.func)):  # type: ignore[union-attr]
        frame.fresh[target.id] = 0
    elif target.id in frame.fresh:
        del frame.fresh[target.id]


def _makes(maker: ast.expr) -> bool:
    name = maker.id if type(maker) is ast.Name else maker.attr if type(maker) is ast.Attribute else ""
    return name in _MAKERS or "A" <= name[:1] <= "Z"


def hand_over(frame: Frame, node: ast.expr) -> None:
    """What was made here and is handed to a call, of which nobody takes what it gives, holds afterwards what the call
    put into it. Who takes what a call gives has it done something else.
    """
    node = node.value if type(node) is ast.Await else node
    if type(node) is not ast.Call or not frame.calls or frame.env is None:
        return
    number = len(frame.calls) - 1
    call = frame.calls[number]
    for index, each in enumerate((*node.args, *[given.value for given in node.keywords])):
        if type(each) is ast.Name and each.id in frame.fresh:
            if frame.fresh[each.id] == MAX_FILLERS:
                hit("calls that fill one variable")
                continue
            if call.span != frame.span(node) or not any(part.root[0] in _RESOLVED for part in call.callee):
                return
            frame.fresh[each.id] += 1
            filled = Part(f"w{number}:{index}", span=call.span)
            frame.hold(each.id, join(frame.lookup(each.id, None, adding=True), (filled,)))


def share_filled(frame: Frame, body: list[ast.stmt]) -> None:
    """What a function inside puts into something that was made here lies in it for whoever reads it."""
    for name in _filled(body):
        if name in frame.fresh:
            filled = Part(f"w{frame.module.capture(frame.name, name)}")
            frame.hold(name, join(frame.lookup(name, None, adding=True), (filled,)))


def _filled(body: list[ast.stmt]) -> Iterator[str]:
    """The names of what the statements put something into."""
    for node in (each for statement in body for each in ast.walk(statement)):
        kind, target = type(node), None
        if kind is ast.Call and type(node.func) is ast.Attribute and node.func.attr in FILLING:  # type: ignore[attr-defined]
            target = node.func.value  # type: ignore[attr-defined]
        elif kind in _STORING and type(node.ctx) is ast.Store:  # type: ignore[attr-defined]
            target = node.value  # type: ignore[attr-defined]
        if type(target) is ast.Name:
            yield target.id
