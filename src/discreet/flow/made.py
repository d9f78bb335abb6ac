"""Made objects: what a constructor call puts into an object that leaves the function it was made in.

Inside, whoever reads a field looks into the call. Outside, the arguments mean nothing any more (they speak of the
parameters of a function that is over), so the object brings along what it was handed, lying in its attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.facts.bounds import hit
from discreet.facts.model import Call, Value
from discreet.facts.values import read
from discreet.flow.attributes import MAKERS
from discreet.flow.context import Context
from discreet.flow.result import OBJECT, PARAM, UNKNOWN, Result, Results

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

MAX_FIELDS: Final = 24
"""How many fields of an object are brought along."""
NAMED_TUPLE: Final = "typing.NamedTuple"


class MadeObjects:
    """Answers what objects bring along."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def outlasting(self, result: Result) -> Results:
        """An object that a call made, as it leaves the function."""
        if result.made is None or self.evaluator.frames.is_frame(result.cls):
            return (result,)
        context = Context(self.evaluator.program.unit(result.made.function), result.made.bindings)
        call = context.function.calls[result.made.number]
        handed = [each for arg in call.args for each in self.evaluator.value(context, arg.value)]
        if not any(each.kind == PARAM or each.made for each in handed):
            return (result,)
        bare = result._replace(made=None)
        if result.kind != OBJECT or result.tail or not self.evaluator.program.descend():
            return (bare,)
        try:
            return (bare, *self._held(context, result, call))
        finally:
            self.evaluator.program.ascend()

    def _held(self, context: Context, result: Result, call: Call) -> Iterator[Result]:
        """What lies in the attributes of an object that a call made in a context."""
        names = self._filled(result.cls, call)
        if len(names) > MAX_FIELDS:
            hit("fields of an object")
        is_tuple = NAMED_TUPLE in self.evaluator.classes.ancestors(result.cls)
        for index, name in enumerate(names[:MAX_FIELDS]):
            step = f"={index}/{len(names)}:{name}" if is_tuple else f".{name}"
            stored = self.evaluator.fields.by_constructor(result, name, result.place) or ()
            for each in self.evaluator.outlasting(stored):
                if each.kind != UNKNOWN or each.path or self.evaluator.summaries.judge.sure(context, each):
                    yield each._replace(path=(*result.path, step, *each.path))

    def _filled(self, cls: str, call: Call) -> list[str]:
        """The fields that a constructor gives something."""
        classes = self.evaluator.classes
        method = classes.method(cls, "__init__")
        if not method:
            order = classes.order(cls) if NAMED_TUPLE in classes.ancestors(cls) else []
            return order or [name for name, _ in self.keywords(cls, call)]
        written = classes.writes(self.evaluator.program.unit(method).function.owner)
        return [name for name, writes in written.items() if any(each.function.name == method for each, _ in writes)]

    def keywords(self, cls: str, call: Call) -> Iterator[tuple[str, Value]]:
        """What a call that makes an object hands over for each field, by its name."""
        named = [(arg.name, arg.value) for arg in call.args if arg.name not in ("", "*", "**")]
        yield from named
        if len(named) == len(call.args):
            return
        order, position = self._order(cls, call), 0
        for arg in call.args:
            if arg.name == "":
                yield from ((name, arg.value) for name in order[position : position + 1])
                position += 1
            elif arg.name == "*":
                yield from ((name, read(arg.value, f"#{at}")) for at, name in enumerate(order[position:]))
                position = len(order)
            elif arg.name == "**" and all(part.path for part in arg.value):
                yield from ((name, held) for name in order[position:] if (held := read(arg.value, f"[{name}")))

    def _order(self, cls: str, call: Call) -> list[str]:
        """The fields that a call gives by their places: none if it asks a method of the class to make the object."""
        return [] if call.text.rpartition(".")[2] in MAKERS else self.evaluator.classes.order(cls)
