"""Operators: what Python's own syntax gives of an object whose class says so by a method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.flow.context import Context
from discreet.flow.result import Place, Result, Results

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

_METHODS: Final = {"*": "__iter__", "[": "__getitem__"}
"""The method that a step is a call of, where a class has it."""


class Operators:
    """Answers what lies at a step that is no attribute."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def step(self, result: Result, step: str, place: Place) -> Results | None:
        """``for x in book`` by ``__iter__``, ``book[x]`` by ``__getitem__``, ``pair[0]`` of a named tuple.

        ``None`` where none of them is meant.
        """
        if result.tail:
            return None
        if step in _METHODS:
            return self._called(result, step, place)
        classes = self.evaluator.classes
        if step[0] == "#" and step[1:].isdigit() and "typing.NamedTuple" in classes.ancestors(result.cls):
            fields, number = classes.generated.order(result.cls), int(step[1:])
            return self.evaluator.fields.attribute(result, fields[number], place) if number < len(fields) else ()
        return None

    def _called(self, result: Result, step: str, place: Place) -> Results | None:
        """What a method gives that Python calls; ``None`` where the class has none."""
        evaluator, program = self.evaluator, self.evaluator.program
        method, key = evaluator.classes.method(result.cls, _METHODS[step]), ("operator", result.cls, step)
        if not method or key in evaluator.open or not program.descend():
            return None
        evaluator.open.add(key)  # an iterator is its own __iter__
        try:
            target = Context(program.unit(method))
            given = evaluator.calls.returned(target, {0: (result,)}, place)
            if step == "*":
                return evaluator.steps(given, ("*",), place)
            return given or evaluator.parameters.of_type(target.function.result, target, ("",), result.text, place)
        finally:
            evaluator.open.discard(key)
            program.ascend()
