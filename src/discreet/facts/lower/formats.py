"""Formats: what the methods of a literal text make of their arguments."""

from __future__ import annotations

import re
from typing import Final

from discreet.facts.model import REPR, STR, Argument, Value
from discreet.facts.reading import keepable
from discreet.facts.values import elements, join, read, rendered

_FORMAT_FIELD: Final = re.compile(r"\{(?P<name>[A-Za-z_]\w*|\d*)(?P<rest>[^{}!:]*)(?P<conversion>![rsa])?[^{}]*\}")


def text_of(name: str, template: str, receiver: Value, args: tuple[Argument, ...]) -> Value:
    """``"...".format(...)`` and ``"...".join(...)``."""
    if name == "join":
        return join(*(rendered(elements(arg.value)) for arg in args), rendered(receiver))
    shown = [rendered(receiver)]
    position = 0
    for found in _FORMAT_FIELD.finditer(
        template.replace("{{", "").replace("}}", "}") if "{{" in template else template
    ):
        field = found["name"]
        if not field:
            field, position = str(position), position + 1
        value = _format_argument(field, args)
        for step in re.findall(r"\.(\w+)|\[(\w+)\]", found["rest"]):
            value = read(value, f".{keepable(step[0])}" if step[0] else f"[{keepable(step[1])}")
        shown.append(rendered(value, REPR if found["conversion"] in ("!r", "!a") else STR))
    return join(*shown)


def _format_argument(field: str, args: tuple[Argument, ...]) -> Value:
    positional = [arg for arg in args if arg.name in ("", "*")]
    if field.isdigit():
        if int(field) < len(positional) and positional[int(field)].name == "":
            return positional[int(field)].value
        return join(*(elements(arg.value) for arg in args if arg.name == "*"))
    named = [arg.value for arg in args if arg.name == field]
    step = f"[{keepable(field)}"
    spread = [read(arg.value, step) for arg in args if arg.name == "**"]
    mapped = [read(arg.value, step) for arg in positional]
    return join(*(named or (*spread, *mapped)))
