"""Explanation: a value is followed backwards along the answers of the rooms that know, to where it stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discreet.facts.marks import NONE
from discreet.facts.model import VALUE, Argument, Call, Part, Value
from discreet.flow import notes
from discreet.flow.binding import receiver_of
from discreet.flow.context import Context, Thing
from discreet.flow.program import shown_name
from discreet.flow.result import PARAM, Place, Result, Step
from discreet.flow.summary import Summaries
from discreet.flow.whynot.answer import NO_REASON, Stop, Trail, distinct_trails
from discreet.flow.whynot.lost import Lost
from discreet.flow.whynot.spelling import CONSTANT, Spellings
from discreet.flow.whynot.values import Words, personal

MAX_DEPTH = 5
MAX_LOOK = 120
"""How many values are looked at for one argument; what would come after them is not told."""


class Explainer:
    """Answers where a value was stopped, and why."""

    def __init__(self, summaries: Summaries, spellings: Spellings) -> None:
        self.summaries = summaries
        self.evaluator = summaries.evaluator
        self.judge = summaries.judge
        self.spellings = spellings
        self.words = Words(summaries.judge)
        self.lost = Lost(self)
        self._left = MAX_LOOK
        self._open: set[object] = set()

    def begin(self) -> None:
        """Another argument is next: as many values as are looked at for one."""
        self._left = MAX_LOOK

    def argument(self, context: Context, argument: Argument, form: int, depth: int = 0) -> tuple[Trail, ...]:
        """Every value that an argument may be, and, from the text, what facts have forgotten of it."""
        if depth == 0:
            self.begin()
        spelling = self.spellings.of(context.module.path)
        if not argument.value:
            return spelling.whole(argument.span) or (Trail(shown_constant(argument), CONSTANT),)
        found = self.trails(context, argument.value, form, depth)
        return distinct_trails([*found, *spelling.lost(argument.span)])

    def trails(self, context: Context, value: Value, form: int, depth: int = 0) -> list[Trail]:
        """Every value that a value of facts may be."""
        if depth > MAX_DEPTH:
            return []
        found: list[Trail] = []
        for part in value:
            self._left -= 1
            if self._left < 0:
                break
            found.extend(self._part(context, part, form, depth))
        return found

    def text(self, context: Context, part: Part) -> str:
        """How a part is written."""
        return self.spellings.of(context.module.path).text(part.span)

    def _part(self, context: Context, part: Part, form: int, depth: int) -> Iterator[Trail]:
        results = self.evaluator.part(context, part)
        if not results:
            words = self.text(context, part)
            hops = tuple(Step(context.module.path, h.line, h.column, notes.held(h.note)) for h in reversed(part.via))
            for each in self.lost.part(context, part, depth):
                yield (each if each.value else each._replace(value=words)).after(*hops)
            return
        for result in results:
            nothing = self._emptied(context, part, result, depth)
            if nothing:
                yield from nothing
            else:
                yield from self.judged(context, result, form, self._words(context, part, result), depth)

    def _words(self, context: Context, part: Part, result: Result) -> str:
        """How a value is written where it gets its last name: the expression inside the function that returned it."""
        here = Place(context.module.path, part.span)
        if part.root[0] in "cgv" and not part.access and result.place != here:
            return self.spellings.of(result.place.path).text(result.place.span) or result.text
        return self.text(context, part) or result.text

    def _emptied(self, context: Context, part: Part, result: Result, depth: int) -> list[Trail]:
        """A method of something that was cleaned already: ``sha256(email).hexdigest()``."""
        if not result.called or part.root[0] != "c" or part.access:
            return []
        receiver = receiver_of(context.function.calls[int(part.root[1:])])
        if not receiver or self.evaluator.value(context, receiver):
            return []
        return self.trails(context, receiver, VALUE, depth + 1)

    def judged(self, context: Context, result: Result, form: int, words: str, depth: int) -> Iterator[Trail]:
        """What the judge says of a result that arrived."""
        self._left -= 1
        if self._left < 0:
            return
        steps = tuple(reversed(result.trace))
        leaks = self.judge.leaks(context, result, form)
        if leaks:
            yield Trail(words, personal(leaks), steps)
        elif result.kind == PARAM:
            yield from (each.after(*steps) for each in self._parameter(context, result, form, words, depth))
        else:
            yield Trail(words, self.words.of(context, result, form, words), steps)

    # -- parameters ---------------------------------------------------------------------------------------------------

    def _parameter(self, context: Context, result: Result, form: int, words: str, depth: int) -> Iterator[Trail]:
        """What callers hand to a parameter of which the function itself knows nothing; else what it does know."""
        stop = self.words.typed(context, result, form) or self._declared(context, result)
        if stop is not None:
            yield Trail(words, stop)
            return
        own = self.evaluator.parameters.own(context, result)
        if not own:
            handed = self._lost(context, result, words, depth)
        else:
            handed = [] if is_receiver(context, result.parameter) else list(self._handed(context, result, form, depth))
        yield from handed
        for each in own if not handed else ():
            yield Trail(words, self.words.of(context, each, form, words))
        if not own and not handed:
            yield Trail(words, NO_REASON)

    def _lost(self, context: Context, result: Result, words: str, depth: int) -> list[Trail]:
        """Where the function itself loses what lies below a parameter."""
        bare = self.evaluator.parameters.own(context, result._replace(access=(), path=()))
        return self.lost.below(bare, result.access, result.place, words, depth)

    def _declared(self, context: Context, result: Result) -> Stop | None:
        param = context.function.params[result.parameter]
        if NONE in param.marks or NONE in param.type.marks:
            return self.spellings.of(context.module.path).declared(param.span.line)
        return None

    def _handed(self, context: Context, result: Result, form: int, depth: int) -> Iterator[Trail]:
        key = (context.key, result.parameter, result.access)
        if depth >= MAX_DEPTH or self._left <= 0 or key in self._open:
            return
        self._open.add(key)
        try:
            yield from self._from_callers(context, result, form, depth)
        finally:
            self._open.discard(key)

    def _from_callers(self, context: Context, result: Result, form: int, depth: int) -> Iterator[Trail]:
        name = shown_name(context.function.name)
        for outer, call, thing in self.summaries.callers(context.function.name):
            if self._left < 0:
                return
            place = Place(outer.module.path, call.span)
            step = Step(place.path, call.span.line, call.span.column, notes.handed(name))
            for trail in self._given(outer, call, thing, result, form, depth):
                yield trail.after(step)._replace(ends=(*trail.ends, place))

    def _given(
        self, outer: Context, call: Call, thing: Thing, result: Result, form: int, depth: int
    ) -> Iterable[Trail]:
        """What a caller hands over, as far as the callee lets it out."""
        if thing.kind == "class":  # its constructor
            thing, call = self._constructor(thing), Call((), call.text, call.args, call.span, call.kind)
        _, arguments, _ = self.evaluator.calls.enter(outer, call, thing)
        value = arguments.get(result.parameter, ())
        if not value:
            argument = self.bound_to(outer, call, thing, result.parameter)
            return self.argument(outer, argument, form, depth + 1) if argument is not None else ()
        if not result.access:
            return self.trails(outer, value, form, depth + 1)
        found = self.evaluator.steps(self.evaluator.value(outer, value), result.access, result.place)
        return [trail for each in found for trail in self.judged(outer, each, form, each.text, depth + 1)]

    def _constructor(self, thing: Thing) -> Thing:
        return Thing("method", self.evaluator.classes.method(thing.name, "__init__"))

    def bound_to(self, context: Context, call: Call, thing: Thing, parameter: int) -> Argument | None:
        """The argument that a parameter takes, told by handing over numbers instead."""
        numbers = tuple(
            Argument(arg.name, (Part(f"x:{number}"),), arg.span) if arg.name not in ("*", "**") else arg
            for number, arg in enumerate(call.args)
        )
        _, bound, _ = self.evaluator.calls.enter(context, Call(call.callee, call.text, numbers, call.span), thing)
        found = [part.root[2:] for part in bound.get(parameter, ()) if part.root[:2] == "x:" and not part.access]
        return call.args[int(found[0])] if len(found) == 1 and found[0].isdigit() else None


def is_receiver(context: Context, parameter: int) -> bool:
    """Whether a parameter is the object that a method is called on, of which the method knows as much as a caller."""
    function = context.function
    return parameter == 0 and function.owner != "" and function.flavour != "static"


def shown_constant(argument: Argument) -> str:
    """A literal, as short as it can be said."""
    return repr(argument.constant) if argument.constant is not None else argument.name
