"""Passed: what a function puts into a container or an object that it is handed.

``load(ctx, request)`` and then ``ctx["email"]``: what lies there, nobody here has written. The function has, or one
that it hands the same thing on to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from discreet.catalogue.names import cleans
from discreet.facts.model import Call, Function, Part, Value
from discreet.facts.values import MAX_PATH
from discreet.flow import notes
from discreet.flow.carrying import call_of
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.result import PARAM, Place, Result, Results
from discreet.flow.results import distinct, essential

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

_MARK: Final = Part("x:handed")
"""Lies in the argument whose parameter is looked for."""


class Passed:
    """Answers what calls leave in their arguments."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._memo: dict[object, Results] = evaluator.program.table()

    def of(self, context: Context, root: str, place: Place) -> Results:
        """What ``w3:0`` is: what call 3 has put into its first argument; ``wv:a.f:rows``: functions inside, into a
        variable.
        """
        if root[1] == "v":
            return distinct(self.evaluator.stored_in(root[1:]))
        found: list[Result] = []
        for call, thing, index in self.fillers(context, root):
            target, arguments, handed = self.evaluator.calls.enter(context, _marked(call, index), thing)
            parameter = next((number for number, value in arguments.items() if _MARK in value), -1)
            stored = self._stored(target, parameter) if parameter >= 0 else ()
            taken = {each.parameter for each in stored if each.kind == PARAM}
            given = {n: self.evaluator.value(context, _unmarked(each)) for n, each in arguments.items() if n in taken}
            found.extend(self.evaluator.calls.substituted(stored, given, target, handed))
        return distinct(found)

    def fillers(self, context: Context, root: str) -> Iterator[tuple[Call, Thing, int]]:
        """The functions that a call may enter with something they may put something into: the call, and as which of its
        arguments they take it.
        """
        number, index = call_of(root), int(root.partition(":")[2])
        if number >= len(context.function.calls) or index >= len(context.function.calls[number].args):
            return  # of a round of a loop that is walked once more
        call = context.function.calls[number]
        for thing in self.evaluator.things.of_callee(context, call):
            if thing.kind in CALLABLE and may_fill(self.evaluator.program.unit(thing.name).function):
                yield call, thing, index

    def _stored(self, target: Context, parameter: int) -> Results:
        """What a function stores in what it is handed, in terms of its parameters."""
        key = (target.key, parameter)
        known = self._memo.get(key)
        if known is None:
            if cleans(target.function.name.rpartition(".")[2]) or not self.evaluator.program.descend():
                return ()
            self._memo[key] = ()  # a function that hands it to itself puts nothing else there
            try:
                known = essential(self.evaluator.brought.outlasting(self._written(target, f"p{parameter}")))
            finally:
                self.evaluator.program.ascend()
            self._memo[key] = known
        return known

    def _written(self, target: Context, root: str) -> Iterator[Result]:
        function = target.function
        for write in function.writes:
            if write.target.root == root:
                place, access = Place(target.module.path, write.span), write.target.access
                name = access[-1][1:] if access else ""
                for each in self.evaluator.value(target, write.value):
                    told = each.told(place, notes.kept(name.strip("*") or function.params[int(root[1:])].name))
                    yield told._replace(path=(*access, *each.path)[:MAX_PATH])
        for number, call in enumerate(function.calls):
            for index, arg in enumerate(call.args):
                if any(is_itself(part) and part.root == root for part in arg.value):
                    yield from self.of(target, f"w{number}:{index}", Place(target.module.path, call.span))


def _marked(call: Call, index: int) -> Call:
    """The same call, with a mark in one of its arguments."""
    args = list(call.args)
    args[index] = msgspec.structs.replace(args[index], value=(*args[index].value, _MARK))
    return msgspec.structs.replace(call, args=tuple(args))


def _unmarked(value: Value) -> Value:
    return tuple([part for part in value if part is not _MARK])


def may_fill(function: Function) -> bool:
    """Whether a function may put anything into what it is handed, or hands that on."""
    return any(write.target.root[0] == "p" for write in function.writes) or hands_on(function)


def hands_on(function: Function) -> bool:
    """Whether a function hands anything that it is handed on as it is, to whoever may put something into it."""
    handed = (part for call in function.calls for arg in call.args for part in arg.value)
    return any(part.root[0] == "p" and is_itself(part) for part in handed)


def is_itself(part: Part) -> bool:
    """Whether a part is all that its root gives, itself."""
    return not part.access and not part.path and not part.form
