"""Made objects: what a constructor call puts into an object that leaves the function it was made in.

Inside, whoever reads a field looks into the call. Outside, the arguments mean nothing any more (they speak of the
parameters of a function that is over), so the object brings along what it was handed, lying in its attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.facts.bounds import hit
from discreet.facts.model import Argument, Call, Value
from discreet.facts.values import read
from discreet.flow.attributes import MAKERS
from discreet.flow.context import Context
from discreet.flow.result import OBJECT, PARAM, UNKNOWN, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

MAX_FIELDS: Final = 24
"""How many fields of an object are brought along."""
_MAPPINGS: Final = ("**", "update")
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

    def changed(self, context: Context, call: Call, whole: Results) -> Results:
        """An object again with some fields given anew: ``replace(job, to=email)``, ``job.model_copy(update={...})``."""
        named = [arg for arg in call.args if arg.name not in ("", "*")]
        given = [each for arg in named for each in attributes(arg, self.evaluator.value(context, arg.value))]
        names = {arg.name for arg in named if arg.name not in _MAPPINGS}
        names.update(_field_of(each) for each in given)
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
    return step[1:] if step[:1] == "." else step.partition(":")[2] if step[:1] == "=" else ""
