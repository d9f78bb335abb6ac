"""Submissions: what somebody sent, whole, of which nobody says what is in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

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
FORMS: Final = frozenset({"form", "forms", "POST", "post", "arguments", "values", "errors"})
"""What frameworks call the first of these, which somebody typed who is in it; and what was wrong in any request."""
ACTS: Final = frozenset({
    "join", "register", "registration", "signup", "login", "subscribe", "unsubscribe", "enroll", "enrol", "apply",
    "invite"
})  # fmt: skip
"""What people do by sending who they are."""
SUBMITTED: Final = "submission"
"""What a value ``holds`` that is such a whole, of a request whose class is known."""


def is_submission(result: Result) -> bool:
    """Whether a result is what somebody sent, whole: not the names of its fields, nor one that nobody names."""
    if result.text in SUBMISSIONS:
        return not set(result.tail) - {"@fields", "[", "*"}
    return result.holds == SUBMITTED and not set(result.tail) - {"@fields"}


def is_about_people(context: Context, result: Result) -> bool:
    """Whether what somebody sent is about people: a form is, which one fills in; any other body as far as its name says
    so, or that of the function, of its class or of a folder or file around (``accounts``, ``AlumniView``, ``join``).
    Elsewhere it is a zone, a setting, or what another service calls back with, as often as it is somebody's.
    """
    if result.text.removesuffix("()").rpartition(".")[2] in FORMS:
        return True
    names = (*context.function.name.split("."), *context.module.path.removesuffix(".py").split("/"), result.text)
    return any(map(_speaks, names))


@lru_cache(maxsize=1 << 12)
def _speaks(name: str) -> bool:
    """Whether a name has a word for a person, for whoever may be one (``guest``), for what is somebody's, or for what
    one does to be known.
    """
    known, words = vocabulary(), split_name(name)
    return may_speak(name) or not ACTS.isdisjoint(words) or any(kind_of(word, known) == "maybe" for word in words)
