"""What is said of a step in a value's story, and what a step says.

A note is written where a value takes a step, and read where a whole story is weighed (:mod:`discreet.rules.believed`).
Both are here, so that no other room knows how a note begins.
"""

from __future__ import annotations

import re
from typing import Final

_HANDED: Final = "handed to "
_RETURNED: Final = "returned by "
_THROUGH: Final = "through "
_KEPT: Final = "kept in "
_CROSSINGS: Final = (_HANDED, _RETURNED, _THROUGH, _KEPT)
_NAMED: Final = re.compile(r"(?:held by|kept in) '(.+)'")

CONSTRUCTED: Final = f"{_HANDED}__init__()"
FILLED: Final = f"{_KEPT}its fields"


def handed(function: str) -> str:
    """A call hands it over."""
    return f"{_HANDED}{function}()"


def returned(function: str) -> str:
    """A call gives it back."""
    return f"{_RETURNED}{function}()"


def through(function: str) -> str:
    """It reaches the sink inside a function that was called."""
    return f"{_THROUGH}{function}()"


def kept(name: str) -> str:
    """It is stored where other functions may read it."""
    return f"{_KEPT}'{name}'"


def held(name: str) -> str:
    """A variable of the same function has it."""
    return f"held by '{name}'"


def is_handed(note: str) -> bool:
    """Whether a call hands it over."""
    return note.startswith(_HANDED)


def is_returned(note: str) -> bool:
    """Whether a call gives it back."""
    return note.startswith(_RETURNED)


def crosses(note: str, before: str) -> bool:
    """Whether a step leads out of one function or object into another.

    What a constructor keeps has crossed one boundary, into an object, though its story tells of two steps: ``before``
    is the note of the step before.
    """
    return note.startswith(_CROSSINGS) and not (before == CONSTRUCTED and note.startswith(_KEPT))


def given_name(note: str) -> str:
    """The name that a value has since a step, if that gave it one."""
    found = _NAMED.match(note)
    return found[1] if found else ""
