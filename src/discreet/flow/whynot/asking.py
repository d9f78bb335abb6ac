"""Asking: the calls on a line, where each of their arguments may get out, and what the explainer says of it."""

from __future__ import annotations

from collections.abc import Iterator

from discreet.facts.model import STR, VALUE, Argument, Call, Span, Value
from discreet.flow.context import CALLABLE, Context, Effect, Thing
from discreet.flow.effects import Effects
from discreet.flow.glance import Glance
from discreet.flow.masks import Masks
from discreet.flow.program import shown_name
from discreet.flow.reach import Entry, Reach
from discreet.flow.result import Place
from discreet.flow.sinks import SinkArgument
from discreet.flow.whynot.answer import PERSONAL, PLACE, Answer, Handed, Stop, Trail, distinct_trails
from discreet.flow.whynot.explain import Explainer, is_receiver

RAISED = Stop("raised", "it stands in the text of an exception, and gets out where that is raised")
MASKED = Stop("sanitized", "a filter that the program adds to a handler of its log masks it")
NOT_FOLLOWED = "a guess of low confidence, and what is only guessed at is not followed into functions"


class Asker:
    """Asks about every call on a line."""

    def __init__(self, explainer: Explainer, reach: Reach, effects: Effects) -> None:
        self.explainer = explainer
        self.evaluator = explainer.evaluator
        self.reach = reach
        self.effects = effects
        self.masks = Masks(self.evaluator.program, self.evaluator.classes, self.evaluator.things)
        self.glance = Glance(explainer.evaluator)

    @staticmethod
    def is_sink(answer: Answer) -> bool:
        """Whether something is known to get out at a call."""
        return answer.stop is None

    @staticmethod
    def is_unresolved(answer: Answer) -> bool:
        """Whether nothing is known of a call."""
        return answer.stop is not None and answer.stop.kind == "unresolved"

    def answers(self, module: str, line: int, column: int | None) -> Iterator[Answer]:
        """An answer for each call, and each assignment to a session, on a line of a module."""
        for unit in self.evaluator.program.units_of(module):
            context = Context(unit)
            for index, call in enumerate(unit.function.calls):
                if covers(call.span, line, column):
                    yield self._call(context, index)
            for write in unit.function.writes:
                stored = self.reach.sinks.of_write(context, write) if covers(write.span, line, column) else None
                if stored is not None:
                    yield Answer(stored.sink.callable, stored.sink.place, None, (self._exit(context, stored),))

    def _call(self, context: Context, index: int) -> Answer:
        call = context.function.calls[index]
        callees = self.evaluator.things.of_callee(context, call)
        exits = self.reach.sinks.of(context, call, index, callees)
        handed = [self._exit(context, each) for each in exits if not each.bound_only or self._is_bound(context, each)]
        entered = [each for thing in callees if thing.kind in CALLABLE for each in self._thing(context, call, thing)]
        if not entered:
            entries = self.reach.of(context, index).entries
            entered = [each for entry in entries for each in self._entry(context, entry)]
        place = Place(context.module.path, call.span)
        if exits or entered:
            return Answer(call.text, place, None, without_templates([*handed, *entered]))
        entries = self.reach.of(context, index).entries
        stop = self._nothing_in(entries[0].target.function.name) if entries else self._nowhere(context, call, callees)
        return Answer(call.text, place, stop, tuple(self._idle(context, call)))

    # -- sinks --------------------------------------------------------------------------------------------------------

    def _is_bound(self, context: Context, each: SinkArgument) -> bool:
        return bool(self.effects.exposed(context, each))

    def _exit(self, context: Context, each: SinkArgument) -> Handed:
        self.explainer.begin()
        ends = (each.sink.place,)
        if each.bound_only:
            results = self.effects.exposed(context, each)
            trails = [t for r in results for t in self.explainer.judged(context, r, each.form, r.text, 0)]
        else:
            trails = list(self.explainer.argument(context, each.argument, each.form))
        told = [trail._replace(ends=(*ends, *trail.ends)) for trail in trails]
        if each.deferred:
            told = [_instead(RAISED, trail) for trail in told]
        elif self._is_masked(context, each):
            told = [_instead(MASKED, trail) for trail in told]
        return Handed(each.sink.argument, distinct_trails(told))

    def _is_masked(self, context: Context, each: SinkArgument) -> bool:
        """Whether all that gets out there is taken out of the log again."""
        judge = self.explainer.judge
        leaks = [leak for r in self.effects.exposed(context, each) for leak in judge.leaks(context, r, each.form)]
        return bool(leaks) and not self.masks.left(each.sink, leaks)

    # -- functions of the program -------------------------------------------------------------------------------------

    def _thing(self, context: Context, call: Call, thing: Thing) -> list[Handed]:
        target, arguments, handed = self.evaluator.calls.enter(context, call, thing)
        return self._entry(context, Entry(call, target, arguments, handed), thing)

    def _entry(self, context: Context, entry: Entry, thing: Thing | None = None) -> list[Handed]:
        """What a call hands to those parameters of a function that reach a sink inside."""
        effects: dict[int, list[Effect]] = {}
        for effect in [each for number in entry.arguments for each in self.effects.of(entry.target, number)]:
            if not (entry.constructs and effect.sink.kind == "exception" and effect.parameter != 0):
                effects.setdefault(effect.parameter, []).append(effect)
        found = []
        for number, group in effects.items():
            trails = self._entered(context, entry, thing, number, group)
            if is_receiver(entry.target, number):  # what the method tells of it is told there
                trails = [each for each in trails if each.stop.kind in (PERSONAL, "guess")]
            name = entry.target.function.params[number].name
            found.append(Handed(name, distinct_trails(trails)))
        return found

    def _entered(
        self, context: Context, entry: Entry, thing: Thing | None, number: int, group: list[Effect]
    ) -> list[Trail]:
        value = entry.arguments.get(number, ())
        self.explainer.begin()
        here = Place(context.module.path, entry.call.span)
        if not value:
            argument = self.explainer.bound_to(context, entry.call, thing, number) if thing is not None else None
            return list(self.explainer.argument(context, argument, STR)) if argument is not None else []
        found: list[Trail] = []
        for effect in group:
            ends = (here, effect.sink.place) if effect.forwards else (effect.sink.place,)
            if effect.sink.origin is not None:
                ends = (*ends, effect.sink.origin)
            trails = self._let_out(context, value, effect, here)
            found.extend(trail._replace(ends=(*ends, *trail.ends)) for trail in trails)
        results = self.evaluator.value(context, value)
        if results and not any(self.glance.may_be_personal(context, each) for each in results):
            return [_not_followed(each) for each in found]
        return found

    def _let_out(self, context: Context, value: Value, effect: Effect, here: Place) -> list[Trail]:
        """What a function lets out of a value that it is handed."""
        if not effect.access:
            return self.explainer.trails(context, value, effect.form)
        inside = self.evaluator.steps(self.evaluator.value(context, value), effect.access, here)
        return [t for each in inside for t in self.explainer.judged(context, each, effect.form, each.text, 0)]

    # -- what lets nothing out ----------------------------------------------------------------------------------------

    def _nowhere(self, context: Context, call: Call, callees: tuple[Thing, ...]) -> Stop:
        """Why nothing is known to get out at a call."""
        ours = next((each for each in callees if each.kind in (*CALLABLE, "class")), None)
        if ours is not None:
            return self._nothing_in(ours.name)
        made = next((each for each in callees if each.kind == "instance"), None)
        if made is not None and self.evaluator.classes.method(made.name, "__call__"):
            cls = made.name.rpartition(".")[2]
            text = f"`{call.text}` is an object of `{cls}`: its call is not followed into {cls}.__call__()"
            return Stop("unresolved", text)
        if self._is_known(context, call, callees):
            return Stop("no-sink", f"no sink: `{call.text}()` is not known to let data out")
        return Stop("unresolved", f"the call `{call.text}()` could not be resolved: nothing is known of what it does")

    def _nothing_in(self, name: str) -> Stop:
        """Why nothing is known to get out in a function or a class of the program."""
        unit = self.evaluator.program.function(name)
        if unit is None:
            cls = name.rpartition(".")[2]
            return Stop("no-sink", f"no sink: an object of `{cls}` is made, and that lets nothing out that is known")
        place = Place(unit.module.path, unit.function.span)
        text = f"no sink: nothing in {shown_name(name)}() at {PLACE} is known to let data out"
        return Stop("no-sink", text, place=place)

    def _is_known(self, context: Context, call: Call, callees: tuple[Thing, ...]) -> bool:
        known = self.evaluator.catalogue
        for thing in callees:
            if thing.kind in ("collector", "partial", "collection"):
                return True
            if thing.kind == "external" and (thing.name.startswith("builtins.") or known.transform_of(thing.name)
                                             or known.sinks_of(thing.name) or known.returns[thing.name]):  # fmt: skip
                return True
        if any(part.root.startswith("g:builtins.") for part in call.callee):
            return True
        return call.kind != "call" or call.text.rpartition(".")[2] in known.methods

    def _idle(self, context: Context, call: Call) -> Iterator[Handed]:
        """What a call is handed that is not known to let it out."""
        for number, arg in enumerate(call.args):
            if not arg.value:
                continue
            trails = [trail._replace(ends=()) for trail in self.explainer.argument(context, arg, VALUE)]
            yield Handed(name_of(arg, number), distinct_trails(trails))


def _instead(stop: Stop, trail: Trail) -> Trail:
    """A trail that ends with another answer than that what was followed is personal."""
    return trail._replace(stop=stop) if trail.stop.kind == PERSONAL else trail


def _not_followed(trail: Trail) -> Trail:
    return trail._replace(stop=Stop("guess", NOT_FOLLOWED)) if trail.stop.kind == "guess" else trail


def without_templates(handed: list[Handed]) -> tuple[Handed, ...]:
    """Arguments that have something to tell: a literal that stands in the call itself has, if there is nothing else."""
    full = [each for each in handed if each.trails]
    telling = [each for each in full if any(t.stop.kind != "constant" or t.steps for t in each.trails)]
    return tuple(telling or full)


def name_of(argument: Argument, number: int) -> str:
    """What an argument is called: its keyword, or its place."""
    return argument.name if argument.name not in ("", "*", "**") else str(number)


def covers(span: Span, line: int, column: int | None) -> bool:
    """Whether a span covers a line, or a place."""
    if not span.line <= line <= span.end_line:
        return False
    if column is None:
        return True
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
