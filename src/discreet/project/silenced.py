"""A finding that somebody silenced."""

from __future__ import annotations

from typing import NamedTuple

from discreet.rules.finding import Finding


class Silenced(NamedTuple):
    """A finding that a comment silences, and the reason the comment gives (or an empty string)."""

    finding: Finding
    reason: str
