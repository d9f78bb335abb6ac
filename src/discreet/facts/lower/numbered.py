"""Numbered: what a template shows as a number, with ``%d``. Whatever that is called after, it is no object, and so it
shows nothing of what an object would: ``log.info("free after %d", submission)`` is told an id.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from discreet.facts.model import Argument, Value
from discreet.facts.narrowing import narrowed
from discreet.facts.values import join, read, under

_PLACE: Final = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?(?P<how>[a-zA-Z%])")
_NUMBERS: Final = frozenset("diouxXeEfFgG")
_NUMBER: Final = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgG]")
NUMBER: Final = "+builtins.int|builtins.float"


def numbered(args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of ``log.info("after %d: %s", submission, name)``."""
    template = args[0].constant
    if not isinstance(template, str) or "%" not in template:  # as most are: asked first
        return args
    places = _places(template)
    if not places or any(each.name in ("*", "**") for each in args):
        return args
    pairs = zip(args[1:], places, strict=False)
    taken = [_as_number(each) if place and not each.name else each for each, place in pairs]
    return (args[0], *taken, *args[1 + len(taken) :])


def counted(template: str, value: Value, node: ast.expr) -> Value:
    """What stands behind the ``%`` of ``"after %d: %s" % (submission, name)``."""
    places = _places(template)
    if not places:
        return value
    if not isinstance(node, ast.Tuple):
        return narrowed(value, NUMBER) if len(places) == 1 else value
    if len(places) != len(node.elts):
        return value
    shown = [read(value, f"#{at}") for at in range(len(places))]
    return join(*(
        under(narrowed(each, NUMBER) if place else each, f"#{at}")
        for at, (each, place) in enumerate(zip(shown, places, strict=True))
    ))  # fmt: skip


def _as_number(argument: Argument) -> Argument:
    return Argument(argument.name, narrowed(argument.value, NUMBER), argument.span, argument.constant)


def _places(template: str) -> list[bool]:
    """Of each value that a template takes by its place whether it is shown as a number; none where no value is."""
    if not _NUMBER.search(template) or "*" in template:
        return []
    return [each["how"] in _NUMBERS for each in _PLACE.finditer(template) if each["how"] != "%"]
