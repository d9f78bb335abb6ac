"""``print`` and its relatives: every argument is a value."""

from __future__ import annotations

import libcst as cst

from discreet.fixes.cutting import Cutter
from discreet.fixes.parsed import Parsed
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import cut, rewrite
from discreet.fixes.slots import Slot, Slots
from discreet.fixes.sparing import EMPTY, check_removable, says_something, takes_of
from discreet.rules.finding import Finding


@rewrite("print")
def values(finding: Finding, parsed: Parsed, node: cst.CSTNode) -> list[Slot]:
    """Where a call that prints takes its values."""
    if not isinstance(node, cst.Call):
        raise Refused("it is no call")
    args = [arg for arg in node.args if arg.keyword is None]
    return list(Slots(parsed).arguments(args, None, takes=takes_of(finding)))


@cut("print")
def without(finding: Finding, cutter: Cutter, node: cst.CSTNode) -> None:
    """Cut values out of what is printed."""
    assert isinstance(node, cst.Call)
    shown = [arg for arg in node.args if arg.keyword is None]
    _, flags = cutter.cut_values(shown)
    left = [arg for arg, is_gone in zip(shown, flags, strict=True) if not is_gone]
    if not any(says_something(arg.value) for arg in left):
        raise Refused(EMPTY)
    for arg in shown:
        if arg not in left:
            check_removable(finding, arg)
    cutter.take_out(node.args, [arg in shown and arg not in left for arg in node.args])
