"""The functions that the project has declared to make personal data fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from discreet.fixes.refusal import Refused

_FORM = re.compile(r"(?P<module>[^\W\d]\w*(?:\.[^\W\d]\w*)*):(?P<name>[^\W\d]\w*)")


class Redactor(NamedTuple):
    """A function, by its module and its name there."""

    module: str
    name: str

    @classmethod
    def of(cls, text: str) -> Redactor | None:
        """Read ``module:function``; ``None`` if it is of another form."""
        found = _FORM.fullmatch(text)
        return cls(found["module"], found["name"]) if found else None

    @property
    def dotted(self) -> str:
        """The function's dotted name."""
        return f"{self.module}.{self.name}"


class Redactors:
    """Which redactor is for what.

    Args:
        general: the one for everything, if there is one.
        special: those for single categories.
    """

    def __init__(self, general: str | None, special: Mapping[str, str]) -> None:
        self._general = Redactor.of(general) if general is not None else None
        self._special = {key: made for key, text in special.items() if (made := Redactor.of(text))}

    def __bool__(self) -> bool:
        return self._general is not None or bool(self._special)

    def of(self, categories: Sequence[str]) -> Redactor:
        """The redactor for a value that is of some categories.

        Raises:
            Refused: none is declared for all of them.
        """
        if not self:
            raise Refused("no redactor is declared in [tool.discreet]")
        chosen = {self._special.get(key, self._general) for key in categories}
        only = chosen.pop() if len(chosen) == 1 else self._general
        if only is None:
            raise Refused(f"no redactor is declared for {' and '.join(categories)} in [tool.discreet]")
        return only
