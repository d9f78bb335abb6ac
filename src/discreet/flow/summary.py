"""Summaries: what each function returns and what it lets out, computed once and reused at every call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from discreet.catalogue.tables import Catalogue
from discreet.facts.model import REPR, STR, VALUE, Call, ModuleFacts, Path, Value, Write
from discreet.flow.bounds import Bounds
from discreet.flow.context import CALLABLE, Bindings, Context, Effect, SinkCall, Thing
from discreet.flow.evaluate import Evaluator
from discreet.flow.fixpoint import Fixpoint
from discreet.flow.leaks import Judge, Leak
from discreet.flow.program import Program, Unit, shown_name
from discreet.flow.results import MAX_TRACE, PARAM, TAINT, Place, Result, Results, Step
from discreet.flow.sinks import SinkArgument, Sinks
from discreet.flow.things import Things

MAX_EFFECTS = 32
MAX_CALLERS = 8

Report = Callable[[Context, SinkCall, list[Leak]], None]


class Summaries:
    """The summaries of a program's functions."""

    def __init__(
        self, program: Program, catalogue: Catalogue, sources: dict[str, tuple[str, ...]], report: Report
    ) -> None:
        self.program = program
        self.report = report
        self.bounds = Bounds()
        self.things = Things(program, catalogue)
        self.evaluator = Evaluator(self.things, catalogue, self, sources)
        self.judge = Judge(self.evaluator)
        self.sinks = Sinks(self.things, catalogue)
        memos = (*self.evaluator.memos, self.judge.texts, self.judge.parameters)
        self._returns: Fixpoint[Results] = Fixpoint(self._returned, (), memos, self.bounds)
        self._effects: Fixpoint[tuple[Effect, ...]] = Fixpoint(self._let_out, (), (), self.bounds)
        self._callers: dict[str, list[tuple[Context, Call, Thing]]] | None = None
        self._wrapped: dict[str, tuple[Unit, Bindings]] = {}

    def returns(self, context: Context) -> Results:
        """What a function returns and yields, in terms of its parameters and its own sources."""
        return self._returns.of(context)

    def effects(self, context: Context) -> tuple[Effect, ...]:
        """What a function lets out of its parameters; what it lets out of its own is reported on the way."""
        return self._effects.of(context)

    def callers(self, function: str) -> list[tuple[Context, Call, Thing]]:
        """The calls anywhere of a function, or none where they are too many to tell apart."""
        if self._callers is None:
            self._callers = {}
            for unit in self.program.functions.values():
                context = Context(unit)
                for call in unit.function.calls:
                    if call.args:
                        for thing in self.things.of_callee(context, call):
                            self._called(context, call, thing)
        found = self._callers.get(function, [])
        return found if len(found) <= MAX_CALLERS else []

    def _called(self, context: Context, call: Call, thing: Thing) -> None:
        assert self._callers is not None
        name = thing.name if thing.kind in CALLABLE else ""
        if thing.kind == "class":
            name = self.things.classes.method(thing.name, "__init__")
        if name:
            self._callers.setdefault(name, []).append((context, call, thing))

    def shown_types(self) -> Iterator[tuple[SinkCall, ModuleFacts, list[Leak]]]:
        """The classes whose generated text shows personal data, with what it shows."""
        for name, each in self.program.classes.items():
            scope = self.things.classes.scope(each)
            if scope is None or "__repr__" in each.methods or "__str__" in each.methods:
                continue
            place = Place(scope.module.path, each.span)
            result = Result("object", (name.rpartition(".")[2],), name.rpartition(".")[2], place, cls=name)
            if self.judge.has_generated_text(name):
                leaks = [leak for leak in self.judge.leaks(scope, result, REPR) if leak.confidence != "low"]
                if leaks:
                    yield SinkCall("repr", name, "__repr__", place), scope.module, leaks

    # -- decorators -----------------------------------------------------------------------------------------------

    def wrapped(self, unit: Unit) -> tuple[Unit, Bindings]:
        """The function that a call of a decorated function enters: the wrapper of its outermost decorator that is
        ours.
        """
        name = unit.function.name
        if name not in self._wrapped:
            self._wrapped[name] = (unit, ())
            self._wrapped[name] = self._wrapper(unit)
        return self._wrapped[name]

    def _wrapper(self, unit: Unit) -> tuple[Unit, Bindings]:
        scope = self.program.scope_of(unit)
        if scope is None:
            return unit, ()
        for decorator in unit.function.decorators:
            for thing in self.things.of_value(Context(scope), decorator):
                if thing.kind != "function":
                    continue
                found = self._closure(thing.name, unit)
                if found is not None:
                    return found
        return unit, ()

    def _closure(self, decorator: str, unit: Unit) -> tuple[Unit, Bindings] | None:
        function = self.program.functions[decorator].function
        for part in function.returns:
            inner = self.program.functions.get(part.root[2:]) if part.root[:2] == "g:" and not part.access else None
            if inner is None or not inner.function.name.startswith(f"{decorator}."):
                continue
            if not function.params:
                return None
            return inner, ((f"v:{decorator}:{function.params[0].name}", Thing("raw", unit.function.name)),)
        return None

    # -- one function -----------------------------------------------------------------------------------------------

    def _returned(self, context: Context) -> Results:
        function = context.function
        if not function.returns and not function.yields:
            return ()
        found = list(self.evaluator.value(context, function.returns))
        for each in self.evaluator.value(context, function.yields):
            found.append(each._replace(path=("*", *each.path)[:5]))
        return self.evaluator.outlasting(found)

    def _let_out(self, context: Context) -> tuple[Effect, ...]:
        function = context.function
        effects: dict[tuple[object, ...], Effect] = {}
        for index, call in enumerate(function.calls):
            self._call(context, call, index, effects)
        for write in function.writes:
            self._write(context, write)
        return tuple(effects.values())[:MAX_EFFECTS]

    def _write(self, context: Context, write: Write) -> None:
        stored = self.sinks.of_write(context, write)
        if stored is None:
            return
        held = self.evaluator.value(context, write.value)
        leaks = [leak for each in held for leak in self.judge.leaks(context, each, VALUE)]
        if leaks:
            self.report(context, stored.sink, leaks)

    def _call(self, context: Context, call: Call, index: int, effects: dict[tuple[object, ...], Effect]) -> None:
        callees = self.things.of_callee(context, call)
        arguments = self.sinks.of(context, call, index, callees)
        by_sink: dict[SinkCall, list[Leak]] = {}
        for each in arguments:
            self._argument(context, call, each, by_sink, effects)
        for thing in callees:
            if thing.kind in CALLABLE:
                self._apply(context, call, thing, by_sink, effects)
            elif thing.kind == "class":
                self._construct(context, call, thing, by_sink, effects)
            elif thing.kind == "partial":
                self._apply_partial(context, call, thing, by_sink, effects)
        for sink, leaks in by_sink.items():
            if leaks:
                self.report(context, sink, leaks)

    def _argument(
        self, context: Context, call: Call, each: SinkArgument, by_sink: dict[SinkCall, list[Leak]],
        effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        for result in self.evaluator.value(context, each.argument.value):
            if each.bound_only:
                if result.path[:1] != ("@bound",):
                    continue
                result = result._replace(path=result.path[1:])
            leaks = self.judge.leaks(context, result, each.form)
            if not each.deferred:
                by_sink.setdefault(each.sink, []).extend(leaks)
            if result.kind == PARAM:
                self._effect(context, call, each, result, bool(leaks), effects)

    def _effect(
        self, context: Context, call: Call, each: SinkArgument, result: Result, own: bool,
        effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        raw = result.form == VALUE and not result.path and (not result.access or result.access == ("*",))
        variadic = context.function.params[result.parameter].kind in ("*", "**") and result.form == VALUE
        literal = any(arg.constant is not None and arg.name == "" for arg in call.args) and each.form != VALUE
        forwards = each.deferred or ((variadic or (raw and each.message)) and not literal)
        own = own and not each.deferred and self._believes(context, result)
        form = result.form or (each.form if not result.path else max(each.form, 2) if each.form else 0)
        step = Step(each.sink.place.path, each.sink.place.span.line, each.sink.place.span.column, _reaches(each.sink))
        effect = Effect(
            result.parameter, result.access, result.minus, form, each.sink, forwards, own,
            (*result.trace, step)[-MAX_TRACE:],
        )  # fmt: skip
        effects.setdefault((effect.parameter, effect.access, effect.sink, effect.form), effect)

    def _believes(self, context: Context, result: Result) -> bool:
        """Whether the function itself knows the parameter to be personal well enough to be reported for it."""
        return any(leak.confidence != "low" for leak in self.judge.leaks(context, result, STR))

    # -- calls of the program's own functions -------------------------------------------------------------------------

    def _apply(
        self, context: Context, call: Call, thing: Thing, by_sink: dict[SinkCall, list[Leak]],
        effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        target, arguments = self.evaluator.calls.enter(context, call, thing)
        self._carry(context, call, target, arguments, self.effects(target), by_sink, effects)

    def _apply_partial(
        self, context: Context, call: Call, thing: Thing, by_sink: dict[SinkCall, list[Leak]],
        effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        assert thing.made is not None
        outer = Context(self.program.functions[thing.made.function], thing.made.bindings)
        index = thing.made.number
        made = outer.function.calls[thing.made.number]
        if outer.key != context.key and any(part.root[0] != "g" for arg in made.args[1:] for part in arg.value):
            return  # arguments that only the function which made the partial can read
        args = (*made.args[1:], *call.args)
        joined = Call(made.args[0].value, call.text, args, call.span, call.kind)
        callees = self.things.of_value(outer, made.args[0].value)
        for each in self.sinks.of(context, joined, index, callees):
            self._argument(context, joined, each, by_sink, effects)
        for inner in callees:
            if inner.kind in CALLABLE:
                self._apply(context, joined, inner, by_sink, effects)

    def _construct(
        self, context: Context, call: Call, thing: Thing, by_sink: dict[SinkCall, list[Leak]],
        effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        method = self.things.classes.method(thing.name, "__init__")
        if not method:
            return
        unit = self.program.functions[method]
        target, arguments = self.evaluator.calls.enter(
            context, _constructor_call(call), Thing("method", unit.function.name)
        )
        raised = call.kind == "raise"
        kept = [e for e in self.effects(target) if raised or e.sink.kind != "exception" or e.parameter == 0]
        self._carry(context, call, target, arguments, kept, by_sink, effects)

    def _carry(
        self, context: Context, call: Call, target: Context, arguments: dict[int, Value], carried: Iterable[Effect],
        by_sink: dict[SinkCall, list[Leak]], effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        """What the caller hands to parameters that reach sinks inside; sinks that see the same part of it are told
        together.
        """
        here = Place(context.module.path, call.span)
        name = shown_name(target.function.name)
        alike: dict[tuple[int, Path, frozenset[Path], int], list[Effect]] = {}
        for effect in carried:
            if arguments.get(effect.parameter):
                alike.setdefault((effect.parameter, effect.access, effect.minus, effect.form), []).append(effect)
        given_to = {index: self.evaluator.value(context, arguments[index]) for index in {key[0] for key in alike}}
        for group in alike.values():
            first = group[0]
            for given in given_to[first.parameter]:
                for result in self.evaluator.steps((given,), first.access, here):
                    if first.minus and result.kind != TAINT:
                        result = result._replace(minus=result.minus | first.minus)
                    self._hand_over(context, here, result.told(here, f"handed to {name}()"), group, by_sink, effects)

    def _hand_over(
        self, context: Context, here: Place, result: Result, group: list[Effect],
        by_sink: dict[SinkCall, list[Leak]], effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        leaks = self.judge.leaks(context, result, group[0].form)
        believed = result.kind == PARAM and self._believes(context, result)
        for effect in group:
            place = here if effect.forwards else effect.sink.place
            if leaks and not effect.own:
                told = [leak._replace(trace=(*leak.trace, *effect.trace)[:MAX_TRACE]) for leak in leaks]
                by_sink.setdefault(_moved(effect.sink, place), []).extend(told)
            if result.kind == PARAM:
                self._propagate(context, effect, result, place, believed, effects)

    def _propagate(
        self, context: Context, effect: Effect, result: Result, place: Place, believed: bool,
        effects: dict[tuple[object, ...], Effect],
    ) -> None:  # fmt: skip
        own = effect.own or believed
        variadic = context.function.params[result.parameter].kind in ("*", "**")
        forwards = effect.forwards and (result.form == VALUE or variadic)
        sink = _moved(effect.sink, place)
        step = Step(place.path, place.span.line, place.span.column, f"through {shown_name(context.function.name)}()")
        carried = Effect(
            result.parameter, result.access, result.minus | effect.minus, result.form or effect.form, sink, forwards,
            own, (step, *effect.trace)[:MAX_TRACE],
        )  # fmt: skip
        if len(effects) < MAX_EFFECTS:
            effects.setdefault((carried.parameter, carried.access, carried.sink, carried.form), carried)


def _constructor_call(call: Call) -> Call:
    """A constructor call seen as a call of ``__init__``: its receiver is the new object."""
    return Call((), call.text, call.args, call.span, call.kind)


def _moved(sink: SinkCall, place: Place) -> SinkCall:
    """The sink as a call of its wrapper: it stands elsewhere and remembers where it stood."""
    if place == sink.place:
        return sink._replace(argument="")
    return sink._replace(place=place, argument="", origin=sink.origin or sink.place)


def _reaches(sink: SinkCall) -> str:
    return f"reaches {sink.callable} ({sink.kind})"
