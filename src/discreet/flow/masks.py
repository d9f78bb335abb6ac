"""Masks: what a program's own filter takes out of every record that its handlers write.

``handler.addFilter(EmailFilter())`` is how a program hides data in its log without touching its log calls. A filter
is believed as far as it can be seen to mask: it has to write another ``msg`` or other ``args`` into the record, and its
class, what it looks for, or the pattern it looks for must say what that is. A filter of a logger sees only what is said
to this very logger, and none of the loggers below, so it counts only where a handler has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from discreet.catalogue.names import judge
from discreet.catalogue.words import split_name
from discreet.facts.model import Call, Function
from discreet.flow.classes import Classes
from discreet.flow.context import Context
from discreet.flow.found import Leak, SinkCall
from discreet.flow.loaded import Unit
from discreet.flow.program import Program
from discreet.flow.things import Things

_ADDS: Final = "addFilter"
_HANDLERS: Final = ("handler", "handlers")
_WRITTEN: Final = (".msg", ".args", ".message")
"""What of a record becomes its text."""
_KINDS: Final = frozenset(
    {"filter", "masker", "mask", "redactor", "masking", "redacting", "redaction", "log", "logging"}
)
"""Words of a filter's class that don't say what it masks."""
_STANDARD: Final = "logging."


class Masks:
    """Answers what is left of leaks where they go through the handlers of a program's own log."""

    def __init__(self, program: Program, classes: Classes, things: Things) -> None:
        self._program = program
        self._classes = classes
        self._things = things
        self._known: dict[str, frozenset[str]] = program.table()

    def left(self, sink: SinkCall, leaks: list[Leak]) -> list[Leak]:
        """The leaks, without what a filter masks."""
        if not leaks or sink.kind != "log" or not sink.callable.startswith(_STANDARD):
            return leaks
        masked = self._masked()
        if not masked:
            return leaks
        kept = [
            leak._replace(categories=tuple(each for each in leak.categories if each not in masked)) for leak in leaks
        ]
        return [leak for leak in kept if leak.categories]

    def _masked(self) -> frozenset[str]:
        """The categories that filters of handlers mask."""
        known = self._known.get("")
        if known is None:
            self._known[""] = frozenset()  # a filter that logs is no filter of that
            filters = [each for module in self._program.modules_calling(_ADDS) for each in self._added(module)]
            known = self._known[""] = frozenset(each for cls in filters for each in self._masked_by(cls))
        return known

    def _added(self, module: str) -> Iterator[str]:
        """The classes of the program whose instances a module adds to handlers."""
        for unit in self._program.units_of(module):
            if unit.module.is_test:
                continue
            for call in unit.function.calls:
                if _is_added_to_a_handler(call):
                    things = self._things.of_value(Context(unit), call.args[0].value)
                    yield from (thing.name for thing in things if thing.kind == "instance")

    def _masked_by(self, cls: str) -> Iterator[str]:
        method = self._classes.method(cls, "filter")
        unit = self._program.unit(method) if method else None
        if unit is None or not _rewrites(unit.function):
            return
        for name in (*_about(cls), *self._looked_for(cls, unit)):
            guess = judge(name)
            if guess is not None:
                yield guess.category
        if any("@" in pattern for pattern in self._patterns(cls, unit)):
            yield "email"

    def _looked_for(self, cls: str, unit: Unit) -> Iterator[str]:
        """What the filter calls that which it replaces, itself or in a method that it hands it to."""
        for call in unit.function.calls:
            for arg in call.args:
                yield from (hop.note for part in arg.value for hop in part.via if hop.note)
                yield from (part.hint for part in arg.value if part.hint)
            own = self._classes.method(cls, call.text.partition(".")[2]) if call.text.startswith("self.") else ""
            if own:
                yield from (param.name for param in self._program.unit(own).function.params)

    def _patterns(self, cls: str, unit: Unit) -> Iterator[str]:
        """The texts that the filter's calls are handed, and those in its class."""
        yield from _texts(unit.function.calls)
        each = self._program.cls(cls)
        scope = self._classes.scope(each) if each is not None else None
        if each is not None and scope is not None:
            first, last = each.span.line, each.span.end_line
            yield from _texts(call for call in scope.function.calls if first <= call.span.line <= last)


def _is_added_to_a_handler(call: Call) -> bool:
    receiver, _, name = call.text.rpartition(".")
    words = split_name(receiver.rpartition(".")[2])
    return name == _ADDS and bool(call.args) and bool(words) and words[-1] in _HANDLERS


def _rewrites(function: Function) -> bool:
    """Whether a filter puts something else into the record than lay there."""
    if len(function.params) < 2:
        return False
    for write in function.writes:
        if write.target.root == "p1" and write.target.access[-1:] and write.target.access[-1] in _WRITTEN:
            return True
    return False


def _about(cls: str) -> Iterator[str]:
    """What a class is called after, without the words that only say that it is a filter."""
    words = split_name(cls.rpartition(".")[2])
    left = [word for word in words if word not in _KINDS]
    if left:
        yield "_".join(left)


def _texts(calls: Iterable[Call]) -> Iterator[str]:
    for call in calls:
        for arg in call.args:
            if isinstance(arg.constant, str):
                yield arg.constant
