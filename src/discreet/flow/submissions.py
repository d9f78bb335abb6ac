"""Submissions: what somebody sent, whole, of which nobody says what is in it."""

from __future__ import annotations

from typing import Final

from discreet.catalogue.names import is_configuration
from discreet.catalogue.owners import kind_of
from discreet.catalogue.speaking import may_speak
from discreet.catalogue.vocabulary import vocabulary
from discreet.catalogue.words import split_name
from discreet.flow.context import Context
from discreet.flow.result import Result

SUBMISSIONS: Final = frozenset({
    "request.form", "request.form()", "request.POST", "self.request.POST", "request.data", "self.request.data"
})  # fmt: skip
"""What a person typed into a form, or a request brought along, whole."""
SUBMITTED: Final = "submission"
"""What a value ``holds`` that is such a whole, of a request whose class is known."""


def is_submission(result: Result) -> bool:
    """Whether a result is what somebody sent, whole: not the names of its fields, nor one that nobody names."""
    if result.text in SUBMISSIONS:
        return not set(result.tail) - {"@fields", "[", "*"}
    return result.holds == SUBMITTED and not set(result.tail) - {"@fields"}


def is_about_people(context: Context, result: Result) -> bool:
    """Whether what somebody sent is about people. A request is theirs who made it, and so is ``payload: dict``. But a
    body that a framework hands over under a name of its own (``agenda_data``) is what the name says, unless that or
    the function, its class or its module speaks of people; and what is handed to ``update_config`` is a setting.
    """
    if not result.text.isidentifier():
        return True
    inside = context.function.name.removeprefix(context.module.module).split(".")
    if is_configuration(inside[-1]):
        return False
    words = split_name(result.text)
    if len(words) == 1 or vocabulary().container.issuperset(words):
        return True
    return any(map(_speaks, (result.text, context.module.module.rpartition(".")[2], *inside)))


def _speaks(name: str) -> bool:
    """Whether a name has a word for a person, for whoever may be one (``guest``), or for what is somebody's."""
    return may_speak(name) or any(kind_of(word, vocabulary()) == "maybe" for word in split_name(name))
