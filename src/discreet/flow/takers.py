"""What a function says of the value it takes, where its parameter says nothing: ``email`` of ``set_email(value)``.

A setter is called after what is set, a validator of pydantic is told the field in its decorator, and a function called
``add_phone_number`` means by ``number`` the one it adds. Only what is called as little as ``value`` is told so.
"""

from __future__ import annotations

from typing import Final

from discreet.catalogue.names import judge, speaks
from discreet.catalogue.owners import DEF
from discreet.catalogue.words import split_name
from discreet.facts.model import Call
from discreet.flow.context import Context
from discreet.flow.program import Program

VERBS: Final = frozenset({
    "set", "add", "update", "change", "validate", "clean", "normalize", "normalise", "check", "verify"
})  # fmt: skip
BLANK: Final = frozenset({"value", "v", "val", "raw", "new_value", "raw_value"})
"""What a parameter is called by whoever leaves it to the function's name to say what it is."""
VALIDATORS: Final = ("validator", "field_validator", "validates")
"""Decorators that are told the field whose value the function takes (pydantic, SQLAlchemy, marshmallow)."""


def taken(program: Program, context: Context, index: int) -> str:
    """The name of what a function takes for a parameter, as far as anything but the parameter says it, or ``""``."""
    function = context.function
    first = 1 if function.owner and function.flavour != "static" else 0
    called = function.name.rpartition(".")[2].partition("@")[0]
    if function.flavour == "setter":
        return called if index == first else ""
    if index == first and function.decorators:
        field = _field(program, context)
        if field:
            return field
    return _subject(called, function.params[index].name)


def tells(program: Program, context: Context, index: int) -> bool:
    """Whether a function and its parameter say together what neither says alone: ``send_sms(to)``."""
    name = context.function.params[index].name
    guess = judge(name, (DEF + context.function.name.rpartition(".")[2],))
    return (guess is not None and guess.strength == "strong") or speaks(taken(program, context, index))


def _subject(called: str, parameter: str) -> str:
    """``phone_number`` of ``_add_phone_number(number)``: all that stands behind the verb."""
    words = split_name(called)
    if len(words) < 2 or words[0] not in VERBS:
        return ""
    noun = words[1:]
    ends = len(noun) > 1 and noun[-1] == parameter
    return "_".join(noun) if ends or parameter in BLANK else ""


def _field(program: Program, context: Context) -> str:
    """The one field that a validator is told to look at."""
    scope = program.scope_of(context.unit)
    if scope is None:
        return ""
    calls = scope.function.calls
    made = [part for decorator in context.function.decorators for part in decorator if part.root[0] == "c"]
    return next((field for part in made if (field := _told(calls[int(part.root[1:])]))), "")


def _told(decorator: Call) -> str:
    if decorator.text.rpartition(".")[2] not in VALIDATORS:
        return ""
    fields = [arg.constant for arg in decorator.args if arg.name == "" and isinstance(arg.constant, str)]
    return fields[0] if len(fields) == 1 else ""
