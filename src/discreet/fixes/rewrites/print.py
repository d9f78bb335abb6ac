"""``print`` and its relatives: every argument is a value."""

from __future__ import annotations

import libcst as cst

from discreet.fixes.parsed import Parsed
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import rewrite
from discreet.fixes.slots import Slot, Slots
from discreet.rules.finding import Finding


@rewrite("print")
def values(finding: Finding, parsed: Parsed, node: cst.CSTNode) -> list[Slot]:
    """Where a call that prints takes its values."""
    if not isinstance(node, cst.Call):
        raise Refused("it is no call")
    return list(Slots(parsed).arguments([arg for arg in node.args if arg.keyword is None], None))
