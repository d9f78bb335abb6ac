"""The functions that the project has declared to make personal data fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from discreet.fixes.refusal import Misdeclared, Refused

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


_TEXTS_ONLY = ("scrubadub.clean",)
_NO_FUNCTIONS = {"presidio_anonymizer": "presidio-anonymizer", "presidio_analyzer": "presidio-anonymizer"}


def doubt_of(redactor: Redactor) -> str:
    """What speaks against a function of a library as a redactor; empty if nothing is known.

    Raises:
        Misdeclared: the library has no function that takes a value and returns a text.
    """
    library = _NO_FUNCTIONS.get(redactor.module.partition(".")[0])
    if library is not None:
        raise Misdeclared(
            f"{library} has no function that takes a value and returns a text; "
            f"`discreet init --using {library}` writes one"
        )
    return f"{redactor.dotted} fails for what is no text, None too" if redactor.dotted in _TEXTS_ONLY else ""


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
