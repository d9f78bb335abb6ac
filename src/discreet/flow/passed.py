"""Passed: what a function puts into a container or an object that it is handed.

``load(ctx, request)`` and then ``ctx["email"]``: what lies there, nobody here has written. The function has, or one
that it hands the same thing on to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.facts.model import RECEIVER, Argument, Call, Part, Value
from discreet.facts.values import MAX_PATH
from discreet.flow.carrying import call_of
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.result import Place, Result, Results
from discreet.flow.results import distinct, essential

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

_MARKED: Final[Value] = (Part("x:handed"),)
"""Stands for the argument whose parameter is looked for."""


class Passed:
    """Answers what calls leave in their arguments."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._memo: dict[object, Results] = evaluator.program.table()

    def of(self, context: Context, root: str, place: Place) -> Results:
        """What ``w3:0`` is: what call 3 has put into its first argument; ``w3:-1``: into what it was called on."""
        number, index = call_of(root), int(root.partition(":")[2])
        if number >= len(context.function.calls) or index >= len(context.function.calls[number].args):
            return ()  # of a round of a loop that is walked once more
        call = context.function.calls[number]
        found: list[Result] = []
        for thing in self.evaluator.things.of_callee(context, call):
            if thing.kind in CALLABLE:
                found.extend(self._put(context, call, index, thing, place))
        return distinct(found)

    def _put(self, context: Context, call: Call, index: int, thing: Thing, place: Place) -> Results:
        calls = self.evaluator.calls
        target, arguments, handed = calls.enter(context, call, thing)
        parameter = self._parameter(context, call, index, thing)
        stored = self._stored(target, parameter) if parameter >= 0 else ()
        if not stored:
            return ()
        given = {number: self.evaluator.value(context, value) for number, value in arguments.items()}
        return calls.substituted(stored, given, target, handed)

    def _parameter(self, context: Context, call: Call, index: int, thing: Thing) -> int:
        """The number of the parameter that takes an argument, or -1."""
        if index == RECEIVER:
            return 0 if thing.kind == "method" else -1
        args = tuple(
            Argument(arg.name, _MARKED if number == index else (), arg.span) for number, arg in enumerate(call.args)
        )
        marked = Call(call.callee, call.text, args, call.span, call.kind)
        bound = self.evaluator.calls.enter(context, marked, thing)[1]
        return next((number for number, value in bound.items() if value == _MARKED), -1)

    def _stored(self, target: Context, parameter: int) -> Results:
        """What a function stores in what it is handed, in terms of its parameters."""
        key = (target.key, parameter)
        known = self._memo.get(key)
        if known is None:
            if not self.evaluator.program.descend():
                return ()
            self._memo[key] = ()  # a function that hands it to itself puts nothing else there
            try:
                known = essential(self.evaluator.outlasting(self._written(target, f"p{parameter}")))
            finally:
                self.evaluator.program.ascend()
            self._memo[key] = known
        return known

    def _written(self, target: Context, root: str) -> list[Result]:
        found: list[Result] = []
        function = target.function
        for write in function.writes:
            if write.target.root == root:
                place, access = Place(target.module.path, write.span), write.target.access
                name = access[-1][1:] if access else ""
                for each in self.evaluator.value(target, write.value):
                    told = each.told(place, f"kept in '{name or function.params[int(root[1:])].name}'")
                    found.append(told._replace(path=(*access, *each.path)[:MAX_PATH]))
        for number, call in enumerate(function.calls):
            whole = [index for index, arg in enumerate(call.args) if any(_is_bare(part, root, 0) for part in arg.value)]
            if any(_is_bare(part, root, 1) for part in call.callee):
                whole.append(RECEIVER)
            for index in whole:
                found.extend(self.of(target, f"w{number}:{index}", Place(target.module.path, call.span)))
        return found


def _is_bare(part: Part, root: str, steps: int) -> bool:
    """Whether a part is a parameter itself, or a method of it."""
    return part.root == root and not part.path and len(part.access) == steps and all(s[0] == "." for s in part.access)
