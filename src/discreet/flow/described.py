"""What a program tells those who use its interface that they search by: ``Query(None, description="Search by name")``.

A parameter that is searched for is called ``search`` or ``q``, whatever people type into it. But an interface is
described for those who have to type, and the description says what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from discreet.catalogue.words import singulars, split_name
from discreet.facts.model import Call

DESCRIBING: Final = ("description", "help", "help_text")
_SEARCHED_BY: Final = re.compile(
    r"\b(?:search|filter|find|look|lookup|query)\b(?P<whose>[^.;:()\n]{0,60}?)\bby (?P<what>[^.;:()\n]{1,80})",
    re.IGNORECASE,
)
_PARTED: Final = re.compile(r"\s*(?:,|/|&|\bor\b|\band\b)\s*")
Called = Callable[[str, str], str]
"""The name that says strongly what a column of an owner is, or an empty one."""


def searched_by(call: Call, function: str, called: Called) -> str:
    """The name of what the call, a parameter's default, says that is searched by; ``""`` if it says nothing.

    Args:
        call: What the default is made by.
        function: Whose parameter it is: ``list_students`` tells whose a bare ``name`` is.
        called: Judges a column and its owner.
    """
    for text in _texts(call):
        if (found := _SEARCHED_BY.search(text)) is not None:
            return _named(found["whose"], found["what"], function, called)
    return ""


def _texts(call: Call) -> Iterator[str]:
    for arg in call.args:
        if arg.name in DESCRIBING and isinstance(arg.constant, str):
            yield arg.constant


def _named(whose: str, what: str, function: str, called: Called) -> str:
    """What stands first decides: who looks for a school by its name, or its head's, looks for a school."""
    owner = _one_of(whose) or _one_of(function)
    columns = ["_".join(split_name(each)) for each in _PARTED.split(what.strip()) if each.strip()]
    if not columns:
        return ""
    whole = f"{columns[0]}_{columns[-1].rpartition('_')[2]}"  # parent first or last name
    last_two = "_".join(whole.split("_")[-2:])
    return called(columns[0], owner) or called(whole, "") or called(last_two, "")


@lru_cache(maxsize=1 << 10)
def _one_of(phrase: str) -> str:
    """The last word of a phrase, for one of them: ``patient`` of ``to filter patients``."""
    words = split_name(phrase.strip())
    return next(iter(singulars(words[-1])), words[-1]) if words else ""
