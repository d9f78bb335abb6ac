"""What a whole is made into says what lies in it: ``Guest(**payload)``, ``Guest.model_validate(body)``.

Nobody reads ``payload["email"]`` where a class takes the whole, or where a function of the program is handed it and
reads it there. Only names that tell by themselves count, as in a reading, and no class of settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.catalogue.names import is_configuration, surely
from discreet.facts.model import Call, Part
from discreet.facts.values import sole
from discreet.flow.binding import receiver_of
from discreet.flow.context import CALLABLE, Context
from discreet.flow.things import Things

VALIDATORS: Final = frozenset({"model_validate", "model_validate_json", "parse_obj", "parse_raw"})
"""Class methods of pydantic that make an instance of a mapping, or of a text that holds one."""
MAX_NESTED: Final = 2
"""Classes whose fields are classes: how deep they are looked into."""
MAX_KEYS: Final = 12

Keys = tuple[str, ...]
"""The keys that lead to something personal, outermost first."""
Naming = tuple[Part, Keys, int]
"""A whole, the keys in it that lead to something personal, and the line that says so."""


class Parsed:
    """Answers what classes and functions say of the wholes that they are made of."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._keys: dict[str, tuple[Keys, ...]] = things.program.table()

    def of(self, context: Context) -> Iterator[Naming]:
        """All that a function makes into something whose fields are known."""
        for number, call in enumerate(context.function.calls):
            validates = call.text.rpartition(".")[2] in VALIDATORS
            for at, arg in enumerate(call.args):
                spread = arg.name == "**"
                whole = sole(arg.value) if spread or (validates and at == 0) else None
                if whole is not None:
                    told = self._spread(context, number, call) if spread else self._validated(context, call)
                    for keys in told:
                        yield whole, keys, call.span.line

    def _validated(self, context: Context, call: Call) -> tuple[Keys, ...]:
        made = self._things.of_value(context, receiver_of(call))
        return self._first([each.name for each in made if each.kind == "class"])

    def _spread(self, context: Context, number: int, call: Call) -> tuple[Keys, ...]:
        for thing in self._things.of_callee(context, call):
            if thing.kind in CALLABLE:
                function = self._things.program.unit(thing.name).function
                names = (param.name for param in function.params if param.kind in ("", "kw"))
                return tuple((name,) for name in names if surely(name))
        made = self._things.of_call(context, call, number)
        return self._first([each.name for each in made if each.kind == "instance"])

    def _first(self, classes: list[str]) -> tuple[Keys, ...]:
        if len(classes) != 1:
            return ()
        known = self._keys.get(classes[0])
        if known is None:
            known = self._keys[classes[0]] = tuple(self._fields(classes[0], 0))[:MAX_KEYS]
        return known

    def _fields(self, cls: str, depth: int) -> Iterator[Keys]:
        """The keys of a mapping that an instance of a class of the program can be made of, if they tell anything."""
        classes = self._things.classes
        if depth > MAX_NESTED or not self._things.program.is_class(cls):
            return
        if classes.are_settings(cls) or is_configuration(_last(cls)):
            return
        for name in classes.field_names(cls):
            if surely(name):
                yield (name,)
                continue
            if classes.is_row(cls):
                continue  # a row is made of its own columns, not of what it refers to
            for thing in self._things.attributes.of_field(cls, name):
                for keys in self._fields(thing.name, depth + 1):
                    yield (name, *keys)


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
