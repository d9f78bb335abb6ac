"""The rewrites and corrections, by the kind of sink they mend: a file each in :mod:`discreet.fixes.rewrites`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

    from discreet.fixes.choices import Choice, File
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

Correction = Callable[["Finding", "File"], "list[Choice]"]
"""Given a finding and its file: the edits that take its reason away. Raises ``Refused`` where there is none."""

_REWRITES: dict[str, Rewrite] = {}
_CUTS: dict[str, Cut] = {}
_CORRECTIONS: dict[str, Correction] = {}


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


def correction(kind: str) -> Callable[[Correction], Correction]:
    """Register a correction for the findings of a kind."""

    def register(function: Correction) -> Correction:
        _CORRECTIONS[kind] = function
        return function

    return register


def rewrites() -> dict[str, Rewrite]:
    """All rewrites, by kind. They import libcst, so ask when there is something to mend."""
    _import_all()
    return _REWRITES


def cuts() -> dict[str, Cut]:
    """All cuts, by kind."""
    _import_all()
    return _CUTS


def corrections() -> dict[str, Correction]:
    """All corrections, by kind."""
    _import_all()
    return _CORRECTIONS


@cache
def _import_all() -> None:
    from discreet.fixes import rewrites as package

    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")
