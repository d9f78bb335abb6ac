"""Reach: where a call takes its arguments: out by a sink, or into a function of the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from discreet.facts.model import Call, Part, Value
from discreet.facts.outline import last_name
from discreet.flow.binding import as_method, handed_on, lacking
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.evaluate import Evaluator
from discreet.flow.keys import Handed
from discreet.flow.sinks import SinkArgument, Sinks


class Exit(NamedTuple):
    """An argument that gets out at a sink; ``call`` is the call as the sink sees it."""

    call: Call
    argument: SinkArgument


class Entry(NamedTuple):
    """A function of the program that a call enters, with what its parameters are handed there.

    ``constructs`` says that the call makes an object: what its constructor would say in an exception's text gets out
    only where that exception is raised, and not even there if its class makes a text of its own.
    """

    call: Call
    target: Context
    arguments: dict[int, Value]
    handed: Handed
    constructs: bool = False


class Reached(NamedTuple):
    """All that a call reaches."""

    callees: tuple[Thing, ...]
    exits: tuple[Exit, ...]
    entries: tuple[Entry, ...]


NOWHERE: Final = Reached((), (), ())


class Reach:
    """Answers where calls lead."""

    def __init__(self, evaluator: Evaluator, sinks: Sinks) -> None:
        self.evaluator = evaluator
        self.things = evaluator.things
        self.sinks = sinks
        self.remote = self.things.catalogue.remote
        self._memo: dict[object, Reached] = evaluator.program.table()

    def of(self, context: Context, index: int) -> Reached:
        """What call number ``index`` of a function reaches."""
        key = (context.key, index)
        known = self._memo.get(key)
        if known is None:
            call = context.function.calls[index]
            if not self._may_lead_anywhere(context, call):
                self._memo[key] = NOWHERE
                return NOWHERE
            callees = self.things.of_callee(context, call)
            exits, entries = [], []
            for each in self._all(context, call, index, callees):
                if isinstance(each, Exit):
                    exits.append(each)
                else:
                    entries.append(each)
            known = self._memo[key] = Reached(callees, tuple(exits), tuple(entries))
        return known

    def _may_lead_anywhere(self, context: Context, call: Call) -> bool:
        """A quick look that spares most calls a slow one: whether there is anything to hand over (what a call gave may
        have some in it already), and whether the callee's last name is one that a sink, or a function or class of the
        program, goes by.
        """
        if not _hands_over(call):
            return False
        if call.kind != "call" or not call.callee or self.sinks.may_be_sink(call.text.rpartition(".")[2]):
            return True
        for part in call.callee:
            if self._may_be_ours(context, part):
                return True
        return not self.remote.isdisjoint(self.things.program.library.outlines[context.module.module].imports)

    def _may_be_ours(self, context: Context, part: Part) -> bool:
        name = last_name(part)
        if part.access and part.access[-1][:2] == "?.":  # which of its methods, only who calls it knows
            return True
        if not name or self.sinks.may_be_sink(name) or self.things.program.is_name(name):
            return True
        if name in self.things.catalogue.caller_names:
            return True
        if part.root[:2] == "g:":
            return self.things.program.is_ours(part.root[2:])
        if part.root == "p0" and len(part.access) == 1 and context.function.owner:  # a callable kept in a field
            return name in self.things.classes.field_names(context.function.owner)
        return context.bindings != ()

    def _all(self, context: Context, call: Call, index: int, callees: tuple[Thing, ...]) -> Iterator[Exit | Entry]:
        for argument in self.sinks.of(context, call, index, callees):
            yield Exit(call, argument)
        for thing in callees:
            if thing.kind in CALLABLE:
                entry = Entry(call, *self.evaluator.calls.enter(context, call, thing))
                if not _fails(entry) or call is not context.function.calls[index]:
                    yield entry
            elif thing.kind == "class":
                yield from self._constructor(context, call, thing)
            elif thing.kind == "partial":
                yield from self._partial(context, call, thing)
            elif thing.kind == "instance":
                yield from self._object(context, call, thing)
            elif thing.kind == "external":
                yield from self._handed_on(context, call, index, self.things.handed_on(call, thing.name))
        if not callees:
            row = self.things.catalogue.calling_methods.get(call.text.rpartition(".")[2])
            if row is not None:
                yield from self._handed_on(context, call, index, handed_on(call, row))

    def _object(self, context: Context, call: Call, thing: Thing) -> Iterator[Entry]:
        """A call of an object enters its ``__call__``."""
        method = self.things.classes.method(thing.name, "__call__")
        if method:
            called = as_method(call)
            yield Entry(called, *self.evaluator.calls.enter(context, called, Thing("method", method)))

    def _handed_on(self, context: Context, call: Call, index: int, inner: Call | None) -> Iterator[Exit | Entry]:
        """What a call reaches by calling one of its arguments with others: ``executor.submit(send, user.email)``."""
        if inner is not None and self.things.program.descend():
            try:
                yield from self._all(context, inner, index, self.things.of_callee(context, inner))
            finally:
                self.things.program.ascend()

    def _constructor(self, context: Context, call: Call, thing: Thing) -> Iterator[Entry]:
        method = self.things.classes.method(thing.name, "__init__")
        if method:
            made = Call((), call.text, call.args, call.span, call.kind)  # the receiver is the new object
            entered = self.evaluator.calls.enter(context, made, Thing("method", method))
            silent = call.kind != "raise" or not self.things.classes.shows_arguments(thing.name)
            yield Entry(call, *entered, constructs=silent)

    def _partial(self, context: Context, call: Call, thing: Thing) -> Iterator[Exit | Entry]:
        assert thing.made is not None
        outer = Context(self.things.program.unit(thing.made.function), thing.made.bindings)
        index = thing.made.number
        made = outer.function.calls[index]
        if outer.key != context.key and any(part.root[0] != "g" for arg in made.args[1:] for part in arg.value):
            return  # arguments that only the function which made the partial can read
        joined = Call(made.args[0].value, call.text, (*made.args[1:], *call.args), call.span, call.kind)
        callees = self.things.of_value(outer, joined.callee)
        for argument in self.sinks.of(context, joined, index, callees):
            yield Exit(joined, argument)
        for inner in callees:
            if inner.kind in CALLABLE:
                yield Entry(joined, *self.evaluator.calls.enter(context, joined, inner))


def _hands_over(call: Call) -> bool:
    """Whether a call has anything to hand over, be it what it is called on, or what a call gave that may have some."""
    for arg in call.args:
        if arg.value:
            return True
    for part in call.callee:
        if part.access or part.root[0] == "c":
            return True
    return False


def _fails(entry: Entry) -> bool:
    """Whether Python would refuse the call, since the function needs more than it is handed: then it isn't what is
    called, or nothing is.
    """
    function, taken = entry.target.function, 0 if entry.handed.receiver is None else 1
    return not function.decorators and lacking(function, entry.handed.args, taken) > 0
