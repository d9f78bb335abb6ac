"""Changed objects: the same again with some fields given anew, as ``replace(job, to=email)`` makes them and
``job.model_copy(update={...})``.

What was given anew lies in the object's attributes; what lay there before is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.facts.model import Argument, Call
from discreet.flow.context import Context
from discreet.flow.result import Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

_MAPPINGS: Final = ("**", "update")
"""Arguments that are mappings of fields: what is spread, and that of pydantic's ``model_copy``."""


def changed(evaluator: Evaluator, context: Context, call: Call, whole: Results) -> Results:
    """What an object holds, once a call has given some of its fields anew."""
    given = [
        each
        for arg in call.args
        if arg.name not in ("", "*")
        for each in attributes(arg, evaluator.value(context, arg.value))
    ]
    names = {arg.name for arg in call.args if arg.name not in ("", "*") and arg.name not in _MAPPINGS}
    names.update(map(_field_of, given))
    minus = frozenset((f".{name}",) for name in names)
    kept = [each._replace(minus=each.minus | minus) for each in whole if _field_of(each) not in names]
    return distinct([*kept, *given])


def attributes(arg: Argument, given: Results) -> Results:
    """What an argument gives to attributes: a keyword to one, a mapping to those that its keys name."""
    if arg.name not in _MAPPINGS:
        return tuple(each._replace(path=(f".{arg.name}", *each.path)) for each in given)
    named = [each for each in given if each.path and each.path[0][0] == "[" and len(each.path[0]) > 1]
    return tuple(each._replace(path=(f".{each.path[0][1:]}", *each.path[1:])) for each in named)


def _field_of(result: Result) -> str:
    """The field of an object in which a result lies; ``""`` if it lies in none."""
    step = result.path[0] if result.path else ""
    return step[1:] if step[:1] == "." else ""
