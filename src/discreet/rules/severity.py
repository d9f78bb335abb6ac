"""How severe a finding is: a table in ``data/severity.toml``, by category, kind of sink, and how the data is known.

Under a regime, a category counts as at least so harmful as the law takes it to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

from discreet.catalogue.categories import HARMS, Harm, categories
from discreet.catalogue.ready import ready
from discreet.rules.finding import Confidence, KnownBy, Severity

if TYPE_CHECKING:
    from discreet.catalogue.laws import Regime

Reach = Literal["abroad", "shared", "near"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
INTERFACE = "interface"
"""What stands for the kind of a sink that is the interface of a command-line program."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table: its fields are those of the file, which says what they mean."""

    reach: dict[Reach, tuple[str, ...]]
    about: dict[Reach, str]
    severity: dict[Reach, dict[Harm, Severity]]
    setting: Harm
    known: dict[KnownBy | Literal["guess"], int]
    regime: dict[str, Harm]

    def reach_of(self, kind: str) -> Reach:
        """How far a kind of sink carries a value."""
        return next(reach for reach, kinds in self.reach.items() if kind in kinds)


@lru_cache(maxsize=1)
def table() -> Table:
    """The table as it is shipped."""
    return ready("severity", Table, ["severity.toml"], lambda said: msgspec.convert(said[0], Table))


def severity(
    keys: Iterable[str], kind: str, known_by: KnownBy, confidence: Confidence, regimes: Iterable[Regime] = ()
) -> Severity:
    """How severe it is that data of some categories gets out.

    Args:
        keys: the categories.
        kind: the kind of sink, or ``interface``.
        known_by: how the data is known to be personal.
        confidence: how sure that is.
        regimes: the laws by which findings are ranked.
    """
    rules = table()
    step = SEVERITIES.index(rules.severity[rules.reach_of(kind)][harm_of(keys, regimes)])
    step += rules.known["guess" if known_by in ("name", "value") and confidence == "low" else known_by]
    return SEVERITIES[min(step, len(SEVERITIES) - 1)]


def severity_of_setting(kind: str) -> Severity:
    """How severe a setting is by which data get to a kind of sink: nobody knows which, so one harm stands for all."""
    rules = table()
    return rules.severity[rules.reach_of(kind)][rules.setting]


def harm_of(keys: Iterable[str], regimes: Iterable[Regime] = ()) -> Harm:
    """The harm of the worst of some categories, as the laws see it if any are named."""
    regimes = tuple(regimes)
    return min((_harm(key, regimes) for key in keys), key=HARMS.index)


def _harm(key: str, regimes: tuple[Regime, ...]) -> Harm:
    own = categories()[key].harm
    if not regimes:
        return own
    from discreet.catalogue.laws import regard_of

    return min(own, table().regime.get(regard_of((key,), regimes), own), key=HARMS.index)
