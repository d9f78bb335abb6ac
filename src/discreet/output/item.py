"""What every format is given: findings, and of those that a comment silenced, the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from discreet.rules.finding import Finding

Lines = Callable[[str], Sequence[str]]
"""The lines of a file by the path a finding names, without their ends; none if it can't be read."""


class Item(NamedTuple):
    """A finding to show. ``suppressed`` ones are shown only when asked for."""

    finding: Finding
    suppressed: bool = False
    reason: str = ""
