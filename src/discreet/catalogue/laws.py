"""How the laws see each kind of personal data, and the sentence that says so: engineering guidance, not legal advice.

The data stand in ``data/laws.toml`` and ``data/regimes.toml``. They are read when somebody asks about a law, which the
analysis itself never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from discreet.catalogue.categories import categories, listed
from discreet.catalogue.ready import kept_data

Regime = Literal["gdpr", "pipl", "ccpa", "hipaa"]
Gdpr = Literal["article 9", "article 10", "context", "ordinary"]
Sensitivity = Literal["sensitive", "context", "ordinary"]
Identifier = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R"]
Regard = Literal["sensitive", "context", "listed", "ordinary", "none"]

REGIMES: tuple[Regime, ...] = ("gdpr", "pipl", "ccpa", "hipaa")
REGARDS: tuple[Regard, ...] = ("sensitive", "context", "listed", "ordinary", "none")
"""How a law can regard a category, the most careful first: it singles the data out; it does so in some circumstances;
it lists them as an identifier (HIPAA); it protects them as it protects all personal data; it does not speak of them.
"""


class Legal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What four laws and two standards say of one category, in the words that the head of ``data/laws.toml`` explains.

    ``why`` tells why it matters, as it goes on after "because".
    """

    why: str
    gdpr: Gdpr = "ordinary"
    pipl: Sensitivity = "ordinary"
    gbt35273: Sensitivity = "ordinary"
    gbt45574: Sensitivity = "ordinary"
    ccpa: Sensitivity = "ordinary"
    hipaa: Identifier | Literal["health"] | None = None

    def regard(self, regime: Regime) -> Regard:
        """How a law regards the category."""
        if regime == "hipaa":
            return "none" if self.hipaa is None else "sensitive" if self.hipaa == "health" else "listed"
        if regime == "gdpr":
            return "context" if self.gdpr == "context" else "ordinary" if self.gdpr == "ordinary" else "sensitive"
        return self.pipl if regime == "pipl" else self.ccpa


class Law(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law: what it is called, the provision that singles data out, and what ``--regime`` does by it."""

    name: str
    title: str
    sensitive: str
    limit: str
    identifiers: dict[str, str] = {}


@lru_cache(maxsize=1)
def laws() -> dict[Regime, Law]:
    """The laws that ``--regime`` knows."""
    return msgspec.convert(kept_data("regimes.toml"), dict[Regime, Law])


@lru_cache(maxsize=1)
def legal() -> dict[str, Legal]:
    """What the laws say of each category, by its key."""
    return msgspec.convert(kept_data("laws.toml"), dict[str, Legal])


def regard_of(keys: Iterable[str], regimes: Iterable[Regime]) -> Regard:
    """The most careful way in which any of the laws regards any of the categories; ``none`` if none speaks of any."""
    known = legal()
    found = [known[key].regard(regime) for key in keys if key in known for regime in regimes]
    return min(found, key=REGARDS.index, default="none")


def standing(key: str) -> str:
    """Which law cares about a category, and how: ``personal data under GDPR, PIPL and CCPA; HIPAA identifier F``."""
    said = legal()[key]
    parts = []
    ordinary = [laws()[regime].name for regime in REGIMES if said.regard(regime) == "ordinary"]
    if said.gdpr == "article 9":
        parts.append("special category under GDPR Art. 9")
    elif said.gdpr == "article 10":
        parts.append("criminal conviction under GDPR Art. 10")
    for regard, words in (("sensitive", "sensitive under"), ("context", "at times sensitive under")):
        found = [laws()[each].sensitive for each in REGIMES if said.regard(each) == regard and _is_told(each, said)]
        if found:
            parts.append(f"{words} {listed(found)}")
    if ordinary:
        parts.append(f"personal data under {listed(ordinary)}")
    if said.hipaa is not None:
        parts.append("health information under HIPAA" if said.hipaa == "health" else f"HIPAA identifier {said.hipaa}")
    return ", ".join(parts)


def sentence(key: str) -> str:
    """Which law cares about a category and why, in one sentence."""
    label = categories()[key].label
    return f"{label[:1].upper()}{label[1:]}: {standing(key)}, because {legal()[key].why}."


def _is_told(regime: Regime, said: Legal) -> bool:
    """Whether a law is told with the others, rather than in words of its own."""
    return regime in ("pipl", "ccpa") or (regime == "gdpr" and said.gdpr == "context")
