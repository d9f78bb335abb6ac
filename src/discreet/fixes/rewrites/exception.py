"""Exceptions: only their texts. What else an exception is handed it may keep, and somebody may read it."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

import libcst as cst

from discreet.fixes.cutting import Cutter
from discreet.fixes.parsed import Parsed
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import cut, rewrite
from discreet.fixes.slots import Slot, Slots
from discreet.fixes.sparing import EMPTY, KEPT
from discreet.rules.finding import Finding

_KEEPING = (OSError, StopIteration, StopAsyncIteration, SystemExit, UnicodeError)
SHAPE = "whoever catches the exception gets another text"


@rewrite("exception")
def values(finding: Finding, parsed: Parsed, node: cst.CSTNode) -> list[Slot]:
    """Where the text of an exception takes its values. None of them is safe to wrap."""
    return [slot._replace(unsafe=slot.unsafe or SHAPE) for slot in _values(parsed, node)]


def _values(parsed: Parsed, node: cst.CSTNode) -> Iterator[Slot]:
    slots = Slots(parsed)
    if isinstance(node, cst.Assert):
        if node.msg is not None:
            yield from slots.of(node.msg, takes="any")
        return
    call = node.exc if isinstance(node, cst.Raise) else node
    if not isinstance(call, cst.Call):
        raise Refused("the exception is made elsewhere")
    keeps = "" if _is_plain(call.func) else "the exception's class may keep it"
    for arg in call.args:
        if arg.star:
            yield from slots.arguments([arg], None)
        else:
            yield from slots.of(arg.value, refused=keeps, takes="same")


def _is_plain(func: cst.BaseExpression) -> bool:
    """Whether an exception is of a class that does nothing with its arguments but show them. What stops an iteration
    hands a value on, what ends the program a status.
    """
    if not isinstance(func, cst.Name):
        return False
    known = getattr(builtins, func.value, None)
    return isinstance(known, type) and issubclass(known, BaseException) and not issubclass(known, _KEEPING)


@cut("exception")
def without(finding: Finding, cutter: Cutter, node: cst.CSTNode) -> None:
    """Cut values out of the text of an exception. Whole arguments stay: whoever catches it may read them."""
    if isinstance(node, cst.Assert):
        if node.msg is not None and cutter.cut(node.msg):
            raise Refused(EMPTY)
        return
    call = node.exc if isinstance(node, cst.Raise) else node
    assert isinstance(call, cst.Call)
    for arg in call.args:
        if arg.star:
            cutter.keep(arg.value, f"{arg.star}arguments are handed over as a whole")
        elif cutter.cut(arg.value):
            raise Refused(EMPTY if len(call.args) == 1 else KEPT)
