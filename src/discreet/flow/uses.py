"""Uses: what a value is, told by what the same function does with it: ``User(email=to)``, ``validate_phone(text)``.

Who takes a value apart, hands it on or checks it seldom gives it a name of its own, and the log line right beside shows
it by a name that says nothing. But the column it is stored in, the keyword it is handed over by, the key it is sent
under, the check that it has to pass and the name of one of many all say what the function takes it for, as a look-up
does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from discreet.catalogue.names import is_person
from discreet.catalogue.words import split_name
from discreet.facts.model import VALUE, Argument, Call, Function, Part, Value
from discreet.facts.values import literal_keys, sole

CHECKS: Final = frozenset({
    "validate", "is", "normalize", "normalise", "clean", "format", "sanitize", "sanitise",
})  # fmt: skip
"""First words of functions that take what the words behind them name; who verifies an email takes a token."""
PLAIN: Final = frozenset({"valid", "the", "a", "format", "string", "str"})
"""Words behind them that say nothing of it: ``is_valid_email``, ``validate_email_format``."""
MATCHES: Final = frozenset({"match", "fullmatch"})
"""Methods that ask whether a text has a form from its beginning on; what is searched for only lies in the text."""
FORMS: Final = frozenset({"re", "regex", "regexp", "pattern", "rx", "format"})
"""Last words of what such a form is called: ``EMAIL_RE``."""

Name = Callable[[str, str], str]
"""The name that says strongly what a key is, which somebody or something (the second) has; ``""`` if none does."""


class Use(NamedTuple):
    """A value that is used as something: what it is called there, and the call that says so by a keyword of its own."""

    part: Part
    name: str
    call: Call | None = None


def uses(function: Function, name: Name) -> Iterator[Use]:
    """What a function uses its values as."""
    in_check = _checked(function.name.rpartition(".")[2]) != ""  # what a validator rejects is nobody's
    for call in function.calls:
        for arg in call.args:
            whole = sole(arg.value) if arg.name not in ("", "*", "**") else None
            told = name(arg.name, _made(call)) if whole is not None else ""
            if whole is not None and told:
                yield Use(whole, told, call)
            if arg.value:
                yield from _under_keys(arg.value, name)
                yield from _of_many(arg.value, name)
        if not in_check:
            yield from _in_checks(function, call, name)
    for write in function.writes:
        if write.value:
            yield from _of_many(write.value, name)
        whole, steps = sole(write.value), write.target.access
        if whole is not None and steps and steps[-1][0] == ".":
            told = name(steps[-1][1:], _owner(function, write.target))
            if told:
                yield Use(whole, told)


def _made(call: Call) -> str:
    """What a call makes an instance of, by its name."""
    last = call.text.rpartition(".")[2]
    return last if last[:1].isupper() else ""


def _under_keys(value: Value, name: Name) -> Iterator[Use]:
    """What lies in a mapping, by the keys that it is put under."""
    for part in value:
        keys = literal_keys(part.path) if part.path else ()
        told = name(keys[-1], "") if keys and part.path[-1] == f"[{keys[-1]}" else ""
        if told:
            yield Use(part, told)


def _of_many(value: Value, name: Name) -> Iterator[Use]:
    """What all hold that one by one go by a name: ``for email in to`` says what is in ``to``."""
    for part in value:
        if part.hint and part.access and part.access[-1] == "*" and part.form == VALUE:
            told = name(part.hint, "")
            if told:
                yield Use(Part(part.root, part.access[:-1]), told)


def _in_checks(function: Function, call: Call, name: Name) -> Iterator[Use]:
    """What a call checks, normalizes or compares with a form, by what it takes it for: not whose name it formats."""
    method = call.text.rpartition(".")[2]
    key = _checked(method)
    if not key and method not in MATCHES:
        return
    placed = [arg.value for arg in call.args if arg.name == ""]
    form = _form(call) if placed and method in MATCHES else ""
    whole = sole(placed[-1] if form else placed[0]) if placed else None
    told = name(form or key, "") if whole is not None and (form or key) else ""
    if whole is not None and told and not is_person(_called(function, whole)):
        yield Use(whole, told)


def _called(function: Function, part: Part) -> str:
    """What a value is called where it is read."""
    step = part.access[-1] if part.access else ""
    if step[:1] in (".", "["):
        return step[1:]
    return part.hint or (function.params[int(part.root[1:])].name if part.root[0] == "p" else "")


@lru_cache(maxsize=1 << 14)
def _checked(method: str) -> str:
    """What a function takes by its name: ``email`` of ``is_valid_email``."""
    words = split_name(method)
    return "_".join(word for word in words[1:] if word not in PLAIN) if words and words[0] in CHECKS else ""


def _form(call: Call) -> str:
    """What a form is the form of: ``email`` of ``EMAIL_RE.match(text)`` and of ``re.match(EMAIL_RE, text)``."""
    before = call.text.split(".")[-2:-1]
    if not before:
        return ""
    called = before[0] if before != ["re"] else _root(call.args[0])
    words = split_name(called)
    if not words or words[-1] not in FORMS:
        return ""
    while words and words[-1] in FORMS:
        words.pop()
    return "_".join(words)


def _root(arg: Argument) -> str:
    """The last name of a global that is handed over."""
    return arg.value[0].root.rpartition(".")[2] if len(arg.value) == 1 and arg.value[0].root[:2] == "g:" else ""


def _owner(function: Function, target: Part) -> str:
    """Whose attribute something is stored in, by the last name on the way there."""
    steps = [step[1:] for step in target.access[:-1] if step[0] in ".[" and len(step) > 1]
    if steps:
        return steps[-1]
    return function.params[int(target.root[1:])].name if target.root[0] == "p" else target.hint
