"""Why a finding is not mended."""

from __future__ import annotations


class Refused(Exception):
    """A fix that can't be made or can't be proved. The message is a reason that goes on after "not mended:"."""

    @property
    def reason(self) -> str:
        """The reason, as a person reads it."""
        return str(self)
