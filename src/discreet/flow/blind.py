"""Blind spots: calls that personal data enters and nobody resolves. They are written down, and, where there is an
oracle, it is asked what they call.
"""

from __future__ import annotations

from discreet.facts.model import STR, VALUE, Argument, Call, Part, Value
from discreet.facts.values import read
from discreet.flow.asking import Oracle, split
from discreet.flow.bodies import Bodies, Body
from discreet.flow.context import Context, Effect, Thing
from discreet.flow.found import Unresolved
from discreet.flow.glance import speaks
from discreet.flow.inquiry import AskingThings
from discreet.flow.reach import Exit
from discreet.flow.result import Place
from discreet.flow.sinks import SinkArgument, Sinks
from discreet.flow.summary import Summaries
from discreet.flow.vouching import CONTAINERS, is_known


class Blind:
    """Looks at calls that lead nowhere as far as is known.

    Attributes:
        spots: those that personal data enters.
    """

    def __init__(self, summaries: Summaries, sinks: Sinks, oracle: Oracle | None) -> None:
        self.evaluator = summaries.evaluator
        self.judge = summaries.judge
        self.things = summaries.things
        self.catalogue = sinks.catalogue
        self.spots: dict[Unresolved, None] = {}
        self._asking = AskingThings(self.things.program, sinks.catalogue, oracle) if oracle is not None else None
        self._asked = Sinks(self._asking, sinks.catalogue) if self._asking is not None else None
        self._bodies = Bodies(oracle, sinks.catalogue) if oracle is not None else None

    def look(self, context: Context, index: int) -> tuple[Exit, ...]:
        """Write a call down if it is a blind spot; tell which of its arguments get out as far as the oracle knows."""
        call = context.function.calls[index]
        if call.kind != "call" or not self._is_worth_a_look(context, call):
            return ()
        unknown = self._unknown(context, call)
        if unknown is None:
            return ()
        categories = self._entering(context, call)
        if not categories:
            return ()
        answer = self._answer(context, call, index)
        if answer is not None:
            return answer
        library, name = unknown
        span = call.span
        spot = Unresolved(library, name, context.module.path, span.line, span.column, context.function.name, categories)
        self.spots[spot] = None
        return ()

    def _answer(self, context: Context, call: Call, index: int) -> tuple[Exit, ...] | None:
        """Which arguments get out as far as the oracle knows, or ``None`` where it doesn't."""
        if self._asking is None or self._asked is None:
            return None
        callees = self._asking.of_callee(context, call)
        exits = tuple(Exit(call, each) for each in self._asked.of(context, call, index, callees))
        if exits or any(thing.kind == "external" and is_known(self.catalogue, thing.name) for thing in callees):
            return exits
        found = (self._inside(context, call, name) for thing in callees for name in self._bodies_of(thing))
        try:
            return next((each for each in found if each is not None), None)
        except RecursionError:  # the library's code is nested deeper than this process may go
            return None

    def _bodies_of(self, thing: Thing) -> list[str]:
        """The names under which the source has what is called."""
        if thing.kind == "instance":
            return [f"{thing.name}.__call__"]
        assert self._asking is not None
        named = self._asking.oracle.denotes(thing.name) if thing.kind == "external" else ()
        return [name for kind, name in map(split, named) if kind in ("function", "class")]

    def _inside(self, context: Context, call: Call, name: str) -> tuple[Exit, ...] | None:
        """What the body of a library's callable lets out, or ``None`` where not all of it is understood."""
        assert self._bodies is not None
        body = self._bodies.entered(name, call)
        if body is None:
            return None
        given = {number: value for number, value in body.values.items() if self._personal(context, value)}
        exits = [
            self._exit(context, call, body, value, effect)
            for number, value in given.items()
            for effect in self._bodies.effects(name, body, number)
        ]
        understood = given and all(self._bodies.vouches(name, body, number) for number in given)
        return tuple(exits) if exits or understood else None

    def _exit(self, context: Context, call: Call, body: Body, value: Value, effect: Effect) -> Exit:
        for step in effect.access:
            value = read(value, step)
        parameter = body.context.function.params[effect.parameter]
        sink = effect.sink._replace(
            callable=f"{body.context.function.name}, which calls {effect.sink.callable}",
            place=Place(context.module.path, call.span),
            origin=None,
        )
        argument = Argument(parameter.name, value, call.span)
        return Exit(call, SinkArgument(sink, argument, effect.form or VALUE, message=False))

    def _is_worth_a_look(self, context: Context, call: Call) -> bool:
        """Whether any argument bears a name that speaks: evaluating all arguments of all calls would cost too much."""
        for arg in call.args:
            for part in arg.value:
                if self._speaks(context, part):
                    return True
        return False

    def _speaks(self, context: Context, part: Part) -> bool:
        if part.root[0] == "m" or speaks(part.hint):
            return True
        if part.root[0] == "p" and speaks(context.function.params[int(part.root[1:])].name):
            return True
        for step in part.access:
            if step[0] in ".[" and speaks(step[1:]):
                return True
        return False

    def _unknown(self, context: Context, call: Call) -> tuple[str, str] | None:
        """The library and the name of what a call calls, or ``None`` where that is known well enough."""
        callees = self.things.of_callee(context, call)
        if any(thing.kind != "external" for thing in callees):
            return None
        for thing in callees:
            return None if is_known(self.catalogue, thing.name) else (thing.name.partition(".")[0], thing.name)
        last = call.text.rpartition(".")[2]
        if not last.isidentifier() or last in self.catalogue.methods or last in CONTAINERS:
            return None
        return "", call.text

    def _entering(self, context: Context, call: Call) -> tuple[str, ...]:
        return tuple(sorted({each for arg in call.args for each in self._personal(context, arg.value)}))

    def _personal(self, context: Context, value: Value) -> set[str]:
        found: set[str] = set()
        for result in self.evaluator.value(context, value):
            for leak in self.judge.leaks(context, result, STR):
                if leak.confidence != "low":
                    found.update(leak.categories)
        return found
