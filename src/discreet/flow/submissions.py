"""Submissions: what somebody sent, whole, of which nobody says what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from discreet.catalogue.owners import kind_of
from discreet.catalogue.speaking import may_speak
from discreet.catalogue.vocabulary import vocabulary
from discreet.catalogue.words import split_name
from discreet.flow.context import Context
from discreet.flow.program import Program
from discreet.flow.result import Result

SUBMISSIONS: Final = frozenset({
    "request.form", "request.form()", "request.POST", "self.request.POST", "request.data", "self.request.data"
})  # fmt: skip
"""What a person typed into a form, or a request brought along, whole."""
FORMS: Final = frozenset({"form", "forms", "POST", "post", "arguments", "values", "errors"})
"""What frameworks call the first of these, which somebody typed who is in it; and what was wrong in any request."""
ACTS: Final = frozenset({
    "join", "register", "registration", "signup", "login", "subscribe", "unsubscribe", "enroll", "enrol", "apply",
    "invite", "admission", "appointment", "booking", "reservation", "sms", "whatsapp", "slack", "telegram", "payment",
    "payments", "stripe", "paypal", "razorpay", "checkout", "donation", "donations"
})  # fmt: skip
"""What people do, or what is done for them, by sending who they are."""
_OPEN: Final = frozenset("{<:(")
"""What begins the place of a word in a route, whichever framework's it is."""
SUBMITTED: Final = "submission"
"""What a value ``holds`` that is such a whole, of a request whose class is known."""
OF_SOMEBODY: Final = "submission of somebody"
"""The same, where whoever sends it tells of somebody in any case: an event of Slack."""


def is_submission(result: Result) -> bool:
    """Whether a result is what somebody sent, whole: not the names of its fields, nor one that nobody names."""
    if result.text in SUBMISSIONS:
        return not set(result.tail) - {"@fields", "[", "*"}
    return result.holds in (SUBMITTED, OF_SOMEBODY) and not set(result.tail) - {"@fields"}


def is_about_people(program: Program, context: Context, result: Result) -> bool:
    """Whether what somebody sent is about people: a form is, which one fills in; any other body as far as its name says
    so, or that of the function, of its class, of its route or of a folder or file around (``accounts``,
    ``AlumniView``, ``join``). Elsewhere it is a zone, a setting, or what another service calls back with, as often as
    it is somebody's.
    """
    if result.holds == OF_SOMEBODY or result.text.removesuffix("()").rpartition(".")[2] in FORMS:
        return True
    names = (*context.function.name.split("."), *context.module.path.removesuffix(".py").split("/"), result.text)
    return any(map(_speaks, names)) or any(map(_speaks, _routes(program, context)))


def _routes(program: Program, context: Context) -> Iterator[str]:
    """The words of the addresses that a function is registered for, as its decorators have them: what stands for a
    word, ``{flow_id}``, is an id of anything.
    """
    scope = program.scope_of(context.unit) if context.function.decorators else None
    if scope is None:
        return
    for part in (part for value in context.function.decorators for part in value if part.root[0] == "c"):
        for arg in scope.function.calls[int(part.root[1:])].args[:1]:
            if isinstance(arg.constant, str):
                yield from (word for word in arg.constant.split("/") if not _OPEN.intersection(word))


@lru_cache(maxsize=1 << 12)
def _speaks(name: str) -> bool:
    """Whether a name has a word for a person, for whoever may be one (``guest``), for what is somebody's, or for what
    one does to be known.
    """
    known, words = vocabulary(), split_name(name)
    people = (word for word in words if word not in known.role)  # a receiver of calls is a part of the program
    return may_speak(name) or not ACTS.isdisjoint(words) or any(kind_of(word, known) == "maybe" for word in people)
