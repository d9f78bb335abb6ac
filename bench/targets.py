"""What discreet promises about its speed, as something that is met or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bench.table import times


@dataclass(frozen=True)
class Target:
    """One promise, and what was measured of it.

    Attributes:
        words: what is measured.
        value: the figure; ``None`` where it could not be measured.
        bound: what it may be.
        kind: whether the bound is the most or the least.
        unit: what the figure is a figure of.
        why: why it could not be measured.
    """

    words: str
    value: float | None
    bound: float
    kind: Literal["at most", "at least"] = "at most"
    unit: str = ""
    why: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "unknown"
        good = self.value <= self.bound if self.kind == "at most" else self.value >= self.bound
        return "met" if good else "NOT MET"

    def line(self) -> str:
        """The promise in one line: ``met      cold, one process: 3.10 x (at most 4)``."""
        said = f"{times(self.value)}{self.unit}" if self.value is not None else self.why or "not measured"
        return f"  {self.verdict:<8} {self.words}: {said} ({self.kind} {self.bound:g}{self.unit})"


def ratio(part: float | None, whole: float | None) -> float | None:
    """A quotient of two figures, where there are two."""
    return None if part is None or not whole else part / whole
