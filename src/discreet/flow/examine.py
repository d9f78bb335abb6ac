"""Examination: each function is looked at once for what it lets out itself, or hands to another that lets it out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from discreet.facts.model import REPR, VALUE, Write
from discreet.facts.narrowing import plain
from discreet.flow.blind import Blind
from discreet.flow.context import Context
from discreet.flow.effects import Effects, hands_up, moved
from discreet.flow.found import Leak, SinkCall
from discreet.flow.glance import Glance
from discreet.flow.leaks import Judge
from discreet.flow.loaded import Unit
from discreet.flow.masks import Masks
from discreet.flow.prospect import Prospects
from discreet.flow.reach import Entry, Reach
from discreet.flow.result import MAX_TRACE, OBJECT, PARAM, Place, Result, Results
from discreet.flow.summary import Summaries
from discreet.flow.texts import is_stored

Report = Callable[[Context, SinkCall, list[Leak]], None]


class Examiner:
    """Finds what functions let out, and reports it."""

    def __init__(self, summaries: Summaries, reach: Reach, effects: Effects, blind: Blind, report: Report) -> None:
        self.summaries = summaries
        self.evaluator = summaries.evaluator
        self.judge: Judge = summaries.judge
        self.reach = reach
        self.effects = effects
        self.blind = blind
        self.report = report
        self.glance = Glance(summaries.evaluator)
        self.prospects = Prospects(summaries.evaluator, self.glance)
        self.masks = Masks(summaries.program, summaries.evaluator.classes, summaries.things)
        self._seen: dict[object, None] = summaries.program.table()
        self._waiting: deque[Context] = deque()  # functions that were handed others, to be looked at as such

    def examine(self, unit: Unit) -> None:
        """Look at a function as everybody sees it, and at the wrapper that its decorators put around it."""
        self._waiting.append(Context(unit))
        outer, bindings = self.summaries.wrapped(unit)
        if bindings:
            self._waiting.append(Context(outer, bindings))
        while self._waiting:
            self._examine(self._waiting.popleft())

    def _examine(self, context: Context) -> None:
        if context.key in self._seen:
            return
        self._seen[context.key] = None
        for index in range(len(context.function.calls)):
            self._call(context, index)
        for write in context.function.writes:
            self._write(context, write)

    def _write(self, context: Context, write: Write) -> None:
        stored = self.reach.sinks.of_write(context, write)
        if stored is None or not self.prospects.of(context, write.value):
            return
        held = self.evaluator.value(context, write.value)
        leaks = [leak for each in held for leak in self.judge.leaks(context, each, VALUE)]
        if leaks:
            self.report(context, stored.sink, leaks)

    def _call(self, context: Context, index: int) -> None:
        reached = self.reach.of(context, index)
        by_sink: dict[SinkCall, list[Leak]] = {}
        exits = reached.exits or (() if reached.entries else self.blind.look(context, index))
        for each in exits:
            if each.argument.deferred:
                continue
            for result in self.effects.exposed(context, each.argument):
                leaks = self.judge.leaks(context, result, each.argument.form, kind=each.argument.sink.kind)
                by_sink.setdefault(each.argument.sink, []).extend(leaks)
            by_sink.setdefault(each.argument.sink, []).extend(self.effects.expected.leaks(context, each.argument))
        for entry in reached.entries:
            if entry.target.bindings:
                self._waiting.append(entry.target)
            self._enter(context, entry, by_sink)
        for sink, leaks in by_sink.items():
            left = self.masks.left(sink, leaks)
            if left:
                self.report(context, sink, left)

    def _enter(self, context: Context, entry: Entry, by_sink: dict[SinkCall, list[Leak]]) -> None:
        """What the caller hands to parameters that reach sinks inside."""
        given: dict[int, Results] = {}
        for number, value in entry.arguments.items():
            if not self.effects.may_exist(entry.target, number) or not self.prospects.handed(context, value):
                continue
            whole = self.evaluator.value(context, value)
            handed = tuple(each for each in whole if self.is_worth_following(context, each))
            if handed:
                given[number] = whole if any(map(is_stored, handed)) else handed
        if not given:
            return
        here = Place(context.module.path, entry.call.span)
        for result, group in self.effects.carried(context, entry, given):
            found: dict[str, list[Leak]] = {}
            for effect in group:
                kind = effect.sink.kind
                leaks = found.get(kind)
                if leaks is None:
                    leaks = found[kind] = self.judge.leaks(context, result, effect.form, kind=kind)
                if leaks and not effect.own and not hands_up(entry, effect):
                    told = [leak._replace(trace=(*leak.trace, *effect.trace)[:MAX_TRACE]) for leak in leaks]
                    by_sink.setdefault(moved(effect.sink, here if effect.forwards else effect.sink.place), []).extend(
                        told
                    )

    def is_worth_following(self, context: Context, result: Result) -> bool:
        """Whether a result may be personal by its own names and types, now that it is known where it comes from."""
        function = context.function
        if result.made is not None and (result.made.given or self.prospects.of_made(result.made)):
            return True
        if result.kind == PARAM and result.parameter == 0 and function.owner and plain(result.access):
            step = plain(result.access)[0]
            if step[0] == "." and self.prospects.of_field(function.owner, step[1:]):
                return True
        return self.glance.may_be_personal(context, result)

    def shown_types(self, module: str) -> Iterator[tuple[SinkCall, list[Leak]]]:
        """The classes of a module whose generated text shows personal data, with what it shows."""
        for name, each in self.evaluator.program.module(module).classes.items():
            scope = self.evaluator.classes.scope(each)
            if scope is None or "__repr__" in each.methods or "__str__" in each.methods:
                continue
            if not self.judge.objects.has_generated_text(name):
                continue
            last = name.rpartition(".")[2]
            place = Place(scope.module.path, each.span)
            result = Result(OBJECT, (last,), last, place, cls=name)
            leaks = [leak for leak in self.judge.leaks(scope, result, REPR) if leak.confidence != "low"]
            if leaks:
                yield SinkCall("repr", name, "__repr__", place), leaks
