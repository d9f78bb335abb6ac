"""Why a finding is not mended."""

from __future__ import annotations


class Refused(Exception):
    """A fix that can't be made or can't be proved. The message is a reason that goes on after "not mended:"."""

    @property
    def reason(self) -> str:
        """The reason, as a person reads it."""
        return str(self)


class Misdeclared(Refused):
    """The declaration of a redactor is wrong. That is for a person to mend, so nothing else is tried instead."""
