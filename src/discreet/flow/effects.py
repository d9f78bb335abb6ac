"""Effects: which of a function's parameters reach which sinks, however deep inside.

They are asked for only where a caller hands over something that may be personal, so a function that no personal data
reaches costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from discreet.facts.bounds import hit
from discreet.facts.model import STR, VALUE, Call, Path, Value
from discreet.facts.narrowing import plain
from discreet.flow import notes
from discreet.flow.bound import BOUND
from discreet.flow.carrying import Carrying
from discreet.flow.context import Context, Effect
from discreet.flow.evaluate import Evaluator
from discreet.flow.expected import Expected
from discreet.flow.fixpoint import Fixpoint
from discreet.flow.found import SinkCall
from discreet.flow.leaks import Judge
from discreet.flow.program import shown_name
from discreet.flow.reach import Entry, Exit, Reach
from discreet.flow.result import MAX_TRACE, PARAM, TAINT, Place, Result, Results, Step
from discreet.flow.results import is_taken_out
from discreet.flow.sinks import SinkArgument
from discreet.flow.texts import is_stored

MAX_EFFECTS: Final = 32
MAX_LOOK: Final = 200
"""How many parameters are looked after on the way to a sink before there is taken to be one."""

Found = dict[tuple[object, ...], Effect]


class Effects:
    """Answers what a function lets out of its parameters."""

    def __init__(self, evaluator: Evaluator, judge: Judge, reach: Reach) -> None:
        self.evaluator = evaluator
        self.judge = judge
        self.reach = reach
        self.expected = Expected(evaluator)
        self._exits: dict[object, bool] = evaluator.program.table()
        self._ways: dict[object, tuple[list[Value], list[Entry]]] = evaluator.program.table()
        self._carryings: dict[tuple[str, int], Carrying] = evaluator.program.table()
        self._effects: Fixpoint[tuple[Effect, ...]] = Fixpoint(evaluator.program, self._let_out, (), ())

    def of(self, context: Context, parameter: int) -> tuple[Effect, ...]:
        """Where what is handed to one parameter of a function gets out."""
        return self._effects.of(context, parameter)

    def may_exist(self, context: Context, parameter: int) -> bool:
        """Whether what is handed to one parameter may come to a sink, in the function or in one that it enters however
        deep: told from where calls lead and from the facts alone, with nothing evaluated.
        """
        known = self._exits.get((context.key, parameter))
        if known is None:
            seen: dict[object, None] = {}
            known = self._exit_below(context, parameter, seen)
            if not known:
                for each in seen:
                    self._exits[each] = False
        return known

    def _exit_below(self, context: Context, parameter: int, seen: dict[object, None]) -> bool:
        key = (context.key, parameter)
        known = self._exits.get(key)
        if known is not None or key in seen:
            return bool(known)
        if len(seen) > MAX_LOOK or not self.evaluator.program.descend():
            return True  # nobody knows
        seen[key] = None
        try:
            found = self._exit_in(context, self._carrying(context, parameter), seen)
        finally:
            self.evaluator.program.ascend()
        if found:
            self._exits[key] = True
        return found

    def _exit_in(self, context: Context, carrying: Carrying, seen: dict[object, None]) -> bool:
        known = self._ways.get(context.key)
        if known is None:
            exits: list[Value] = []
            entries: list[Entry] = []
            for index in range(len(context.function.calls)):
                reached = self.reach.of(context, index)
                if reached.exits:
                    handed = [each.argument.argument.value for each in reached.exits]
                    if any(map(carrying.carries, handed)):
                        return True
                    exits.extend(handed)
                if reached.entries:
                    entries.extend(reached.entries)
            known = self._ways[context.key] = exits, entries
        elif any(map(carrying.carries, known[0])):
            return True
        for entry in known[1]:
            for number, value in entry.arguments.items():
                if value and carrying.carries(value) and self._exit_below(entry.target, number, seen):
                    return True
        return False

    def _carrying(self, context: Context, parameter: int) -> Carrying:
        key = (context.function.name, parameter)
        known = self._carryings.get(key)
        if known is None:
            known = self._carryings[key] = Carrying(context.function, parameter)
        return known

    def carried(
        self, context: Context, entry: Entry, given: dict[int, Results]
    ) -> Iterator[tuple[Result, list[Effect]]]:
        """What a call hands to parameters that reach sinks inside: each part of it that does, with all of its effects.

        Args:
            context: The caller.
            entry: The call.
            given: What the caller hands to each parameter.
        """
        calls, here = self.evaluator.calls, Place(context.module.path, entry.call.span)
        note = notes.handed(shown_name(entry.target.function.name))
        alike: dict[tuple[int, Path, frozenset[Path], int], list[Effect]] = {}
        for effect in [each for number in given for each in self.of(entry.target, number)]:
            if entry.constructs and effect.sink.kind == "exception" and effect.parameter != 0:
                continue
            if given.get(effect.parameter):
                alike.setdefault((effect.parameter, effect.access, effect.minus, effect.form), []).append(effect)
        for (parameter, access, minus, form), group in alike.items():
            whole = entry.arguments.get(parameter, ())
            taken = calls.taken(given, parameter, entry.target)
            entered = calls.entered(taken, access, here, entry.target, entry.handed, whole)
            for result in self.judge.text_of.with_stored(context, entered, form):
                if minus and is_taken_out(result, minus):
                    continue
                if minus and result.kind != TAINT:
                    result = result._replace(minus=result.minus | minus)
                yield result.told(here, note), group

    def exposed(self, context: Context, argument: SinkArgument) -> Results:
        """What of an argument a sink sees: of a logger only what it was bound to, of an object what its text shows."""
        results = self.evaluator.value(context, argument.argument.value)
        if argument.bound_only:
            return tuple(each._replace(path=each.path[1:]) for each in results if each.path[:1] == (BOUND,))
        return self.judge.text_of.with_stored(context, results, argument.form)

    def _let_out(self, context: Context, parameter: int) -> tuple[Effect, ...]:
        found: Found = {}
        carrying = self._carrying(context, parameter)
        for index in range(len(context.function.calls)):
            self._call(context, index, carrying, found)
        if len(found) > MAX_EFFECTS:
            hit("effects of a function")
        return tuple(found.values())[:MAX_EFFECTS]

    def _call(self, context: Context, index: int, carrying: Carrying, found: Found) -> None:
        reached = self.reach.of(context, index)
        for each in reached.exits:
            value = each.argument.argument.value
            if not carrying.carries(value):
                continue
            for result in symbolic(self.exposed(context, each.argument), carrying):
                self._exit(context, each, result, found)
        for entry in reached.entries:
            given = {}
            for number, value in entry.arguments.items():
                if not carrying.carries(value) or not self.may_exist(entry.target, number):
                    continue
                handed = self.evaluator.value(context, value)
                own = symbolic(handed, carrying)
                if own:
                    given[number] = handed if any(map(is_stored, own)) else own
            if given:
                self._enter(context, entry, given, carrying, found)

    def _exit(self, context: Context, each: Exit, result: Result, found: Found) -> None:
        sink, form = each.argument.sink, each.argument.form
        keyed = hands_on(each.call) and all(step[0] == "[" for step in result.path)  # extra={"custom": extra}
        raw = result.form == VALUE and (keyed or not result.path) and plain(result.access) in ((), ("*",))
        variadic = context.function.params[result.parameter].kind in ("*", "**") and result.form == VALUE
        literal = any(arg.constant is not None and arg.name == "" for arg in each.call.args) and form != VALUE
        bare = raw and (each.argument.message or hands_on(each.call))
        forwards = each.argument.deferred or ((variadic or bare) and not literal)
        own = not each.argument.deferred and self._believes(context, result, sink.kind)
        own = own and bool(self.judge.leaks(context, result, form, kind=sink.kind))
        own = own or any(self.expected.leaks(context, each.argument))
        shown = result.form or (form if not result.path else max(form, 2) if form else 0)
        step = Step(sink.place.path, sink.place.span.line, sink.place.span.column, reaches(sink))
        trace = (*result.trace, step)[-MAX_TRACE:]
        self._add(Effect(result.parameter, result.access, result.minus, shown, sink, forwards, own, trace), found)

    def _enter(
        self, context: Context, entry: Entry, given: dict[int, Results], carrying: Carrying, found: Found
    ) -> None:
        here = Place(context.module.path, entry.call.span)
        through = notes.through(shown_name(context.function.name))
        for result, group in self.carried(context, entry, given):
            if not symbolic((result,), carrying):
                continue
            variadic = context.function.params[result.parameter].kind in ("*", "**")
            believed: dict[str, bool] = {}
            for effect in group:
                kind, place = effect.sink.kind, here if effect.forwards else effect.sink.place
                upwards = hands_up(entry, effect)
                forwards = effect.forwards and (result.form == VALUE or variadic or upwards)
                forwards = forwards and (variadic or not says(entry, effect))
                if kind not in believed:
                    believed[kind] = self._believes(context, result, kind)
                step = Step(here.path, here.span.line, here.span.column, through)
                trace = (step, *effect.trace)[:MAX_TRACE]
                minus, form = result.minus | effect.minus, result.form or effect.form
                self._add(
                    Effect(
                        result.parameter, result.access, minus, form, moved(effect.sink, place), forwards,
                        effect.own or (believed[kind] and not upwards), trace,
                    ),
                    found,
                )  # fmt: skip

    def _believes(self, context: Context, result: Result, kind: str) -> bool:
        """Whether the function itself knows the parameter to be personal well enough to be reported for it."""
        return any(leak.confidence != "low" for leak in self.judge.leaks(context, result, STR, kind=kind))

    def _add(self, effect: Effect, found: Found) -> None:
        found.setdefault((effect.parameter, effect.access, effect.sink, effect.form), effect)


def hands_up(entry: Entry, effect: Effect) -> bool:
    """Whether a constructor hands what would get out to that of a base, for an exception's text: it does at the
    ``raise``, and only there.
    """
    return effect.sink.kind == "exception" and entry.call.text.endswith("__init__")


def says(entry: Entry, effect: Effect) -> bool:
    """Whether a call has a template of its own for what it hands to a wrapper: ``log.detail("paid %s", v)``."""
    if entry.target.function.params[effect.parameter].kind != "*" or effect.form == VALUE:
        return False
    texts = [arg.constant for arg in entry.call.args if arg.name == "" and isinstance(arg.constant, str)]
    return any("%" in text or "{" in text for text in texts)


def symbolic(results: Iterable[Result], carrying: Carrying) -> Results:
    """Those results that are the parameter in question."""
    return tuple(each for each in results if each.kind == PARAM and each.parameter == carrying.parameter)


def hands_on(call: Call) -> bool:
    """Whether a call takes its message from a parameter as it is, and so has nothing to say of its own."""
    given = [part for arg in call.args if arg.name == "" for part in arg.value]
    bare = any(part.root[0] == "p" and not plain(part.access) and not part.path for part in given)
    return bare and all(part.form == VALUE for part in given)


def moved(sink: SinkCall, place: Place) -> SinkCall:
    """The sink as a call of its wrapper: it stands elsewhere and remembers where it stood."""
    if place == sink.place:
        return sink._replace(argument="")
    return sink._replace(place=place, argument="", origin=sink.origin or sink.place)


def reaches(sink: SinkCall) -> str:
    """The last step of a story."""
    return f"reaches {sink.callable} ({sink.kind})"
