"""Bound: what a logger adds to every record, as it was handed when the logger was made: ``log.bind(to=email)``,
``LoggerAdapter(log, {"to": email})``. It lies in the logger at a step of its own, and gets out with all that is logged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.facts.model import Call
from discreet.flow.binding import receiver_of, selected
from discreet.flow.context import Context
from discreet.flow.result import OBJECT, Place, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

BOUND: Final = "@bound"
"""The step to it."""
ADAPTER: Final = "logging.LoggerAdapter"
OWN_WAY: Final = ("__init__", "process")
"""Methods by which a class that derives from an adapter says for itself what it takes, and what it adds."""


def binds(dotted: str) -> bool:
    """Whether a call gives a logger that adds what it is handed to every record."""
    return dotted in (ADAPTER, "structlog.wrap_logger") or (
        dotted.endswith((".bind", ".new")) and dotted.startswith(("structlog.", "loguru."))
    )


def logger(evaluator: Evaluator, context: Context, call: Call, place: Place) -> Results:
    """The logger that a call of a library gives, with what it and the one before it were handed."""
    made = evaluator.things.of_call(context, call, -1)
    found = [Result(OBJECT, (call.text,), f"{call.text}()", place, cls=each.name) for each in made]
    found.extend(each for each in evaluator.value(context, receiver_of(call)) if each.path[:1] == (BOUND,))
    return distinct([*found, *_handed(evaluator, context, call)])


def adapter(evaluator: Evaluator, context: Context, call: Call, cls: str) -> Results:
    """What is bound to an instance of a class of the program that derives from an adapter and changes nothing of it."""
    classes = evaluator.classes
    if ADAPTER not in classes.foreign(cls) or any(classes.method(cls, name) for name in OWN_WAY):
        return ()
    return _handed(evaluator, context, call)


def _handed(evaluator: Evaluator, context: Context, call: Call) -> Results:
    return tuple(
        each._replace(path=(BOUND, *each.path))
        for _, arg in selected(call.args, ("1+", "**"))
        for each in evaluator.value(context, arg.value)
    )
