"""Supplied: what an object is given to work with, where only those who make one say it.

``self.store = store`` in a constructor without annotations says nothing of what ``self.store.save(user)`` calls. Where
all that make such an object hand over a thing of one kind, it is that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from discreet.facts.model import Call, Write
from discreet.flow.binding import bind_arguments
from discreet.flow.context import CALLABLE, Context, Thing

if TYPE_CHECKING:
    from discreet.flow.things import Things

_WORKING: Final = ("instance", "class", "external", *CALLABLE)
"""What an object can be given to work with."""


class Supplied:
    """Answers what constructors are handed."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.callers: Callable[[str], list[tuple[Context, Call, Thing]]] = _nobody
        self._asked: set[str] = set()

    def to_constructor(self, context: Context, write: Write) -> tuple[Thing, ...]:
        """What a constructor keeps of what it is handed, if all who call it agree."""
        function, value = context.function, write.value
        if len(value) != 1 or value[0].root[0] != "p" or value[0].access or value[0].path or value[0].form:
            return ()
        if not function.name.endswith(".__init__") or len(write.target.access) != 1:
            return ()
        number = int(value[0].root[1:])
        param = function.params[number]
        if param.kind not in ("", "kw") or param.type.names:
            return ()
        if function.name in self._asked or not self.things.program.descend():
            self.things.cut_short += 1
            return ()
        self._asked.add(function.name)
        try:
            return self._agreed(context, number)
        finally:
            self._asked.discard(function.name)
            self.things.program.ascend()

    def _agreed(self, context: Context, number: int) -> tuple[Thing, ...]:
        calls = self.callers(context.function.name)
        found: dict[Thing, None] = {}
        for outer, call, _ in [each for each in calls if not each[0].module.is_test] or calls:
            value = bind_arguments(context.function, call.args, ()).get(number, ())
            handed = self.things.of_value(outer, value)
            if len(handed) != 1 or handed[0].kind not in _WORKING:
                return ()
            found[handed[0]._replace(made=None)] = None
        return tuple(found) if len(found) == 1 else ()


def _nobody(function: str) -> list[tuple[Context, Call, Thing]]:
    return []
