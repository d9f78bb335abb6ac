"""What a function says of the value it takes, where its parameter says nothing: ``email`` of ``set_email(value)``.

A setter is called after what is set, and a function called ``add_phone_number`` means by ``number`` the one it adds.
Only what is called as little as ``value`` is told so. What a validator rejects is nobody's, and so it tells nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from discreet.catalogue.names import may_be_placed, surely
from discreet.catalogue.owners import DEF
from discreet.catalogue.speaking import speaks
from discreet.catalogue.words import split_name
from discreet.facts.model import Function
from discreet.flow.binding import is_own_object

VERBS: Final = frozenset({"set", "add", "update", "change", "normalize", "normalise"})
BLANK: Final = frozenset({"value", "v", "val", "raw", "new_value", "raw_value"})
"""What a parameter is called by whoever leaves it to the function's name to say what it is."""


def taken(function: Function, index: int) -> str:
    """The name of what a function takes for a parameter, as far as anything but the parameter says it, or ``""``."""
    first = int(is_own_object(function, 0))
    called = function.name.rpartition(".")[2].partition("@")[0]
    if function.flavour == "setter":
        return called if index == first else ""
    return _subject(called, function.params[index].name)


def tells(function: Function, index: int) -> bool:
    """Whether a function and its parameter say together what neither says alone: ``send_sms(to)``."""
    name = function.params[index].name
    placed = may_be_placed(name) and surely(name, (DEF + function.name.rpartition(".")[2],)) is not None
    return placed or speaks(taken(function, index))


def _subject(called: str, parameter: str) -> str:
    """``phone_number`` of ``_add_phone_number(number)``: all that stands behind the verb."""
    noun = _noun(called)
    ends = len(noun) > 1 and noun[-1] == parameter
    return "_".join(noun) if ends or parameter in BLANK else ""


@lru_cache(maxsize=1 << 12)
def _noun(called: str) -> tuple[str, ...]:
    """The words behind the verb of a function that takes what they name; none of any other."""
    words = split_name(called)
    return tuple(words[1:]) if words and words[0] in VERBS else ()
