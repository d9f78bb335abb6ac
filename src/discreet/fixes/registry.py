"""The rewrites, by the kind of sink they mend: a file each in :mod:`discreet.fixes.rewrites`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

    from discreet.fixes.cutting import Cutter
    from discreet.fixes.parsed import Parsed
    from discreet.fixes.slots import Slot
    from discreet.rules.finding import Finding

Rewrite = Callable[["Finding", "Parsed", "cst.CSTNode"], "list[Slot]"]
"""Given a finding, its file and the node at the finding's place: where the message takes its values.

Raises :class:`~discreet.fixes.refusal.Refused` where the node is of a form that it does not know.
"""

Cut = Callable[["Finding", "Cutter", "cst.CSTNode"], None]
"""Given a finding, a cutter and the node at the finding's place: cuts what is doomed out of its message.

Raises :class:`~discreet.fixes.refusal.Refused` where nothing would be left, or something else would break.
"""

_REWRITES: dict[str, Rewrite] = {}
_CUTS: dict[str, Cut] = {}


def rewrite(kind: str) -> Callable[[Rewrite], Rewrite]:
    """Register a rewrite for the sinks of a kind."""

    def register(function: Rewrite) -> Rewrite:
        _REWRITES[kind] = function
        return function

    return register


def cut(kind: str) -> Callable[[Cut], Cut]:
    """Register how values are cut out of the sinks of a kind."""

    def register(function: Cut) -> Cut:
        _CUTS[kind] = function
        return function

    return register


def cuts() -> dict[str, Cut]:
    """All cuts, by kind."""
    rewrites()
    return _CUTS


@cache
def rewrites() -> dict[str, Rewrite]:
    """All rewrites, by kind. They import libcst, so ask when there is something to mend."""
    from discreet.fixes import rewrites as package

    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")
    return _REWRITES
