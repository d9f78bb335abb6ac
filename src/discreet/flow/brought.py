"""What an object was made with, once it has left the function that made it.

A constructor call speaks of the parameters of the function that it stands in, which mean nothing to anybody else. So an
object that a function gives back remembers what those parameters were given at the call that gave it; nothing is looked
up before somebody reads an attribute of it. In a summary, where nobody has called yet, they are *untold*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeGuard

from discreet.catalogue.speaking import speaks
from discreet.facts.bounds import hit
from discreet.facts.model import Value
from discreet.flow.context import Context, Given, Made
from discreet.flow.keys import Handed
from discreet.flow.result import PARAM, TAINT, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

MAX_INSIDE: Final = 3
"""So deep objects are remembered that objects were made with."""
MAX_WEIGHT: Final = 48
"""So many results altogether."""
_ALL: Final = frozenset({-1})
UNTOLD: Final[Given] = ((-1, ()),)


class Brought:
    """Answers what objects bring along."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._asked: dict[tuple[str, int], frozenset[int]] = evaluator.program.table()

    def leaving(self, results: Iterable[Result]) -> Results:
        """Results as a summary has them: whoever calls the function will know what its objects were made with."""
        return distinct([self._untold(each) if self._is_bare(each) else each for each in results])

    def outlasting(self, results: Iterable[Result]) -> Results:
        """Results as they leave their function where nobody says who called it: their objects forget what they were
        made with, where only that function can tell.
        """
        return distinct([each._replace(made=None) if self._is_local(each) else each for each in results])

    def called(self, result: Result, given: dict[int, Results], target: Context, handed: Handed | None) -> Result:
        """An object of a summary of ``target``, where its parameters are ``given``."""
        made = result.made
        if made is None or made.given is None:
            return result
        if made.given == UNTOLD:
            told = tuple(self._worth_telling(made, given))
        else:
            told = tuple(
                (number, self.evaluator.calls.substituted(held, given, target, handed)) for number, held in made.given
            )
        if not told or _weight(told) > MAX_WEIGHT:
            if told:
                hit("what an object was made with")
            return result._replace(made=None)
        return result._replace(made=made._replace(given=told))

    def _worth_telling(self, made: Made, given: dict[int, Results]) -> Iterator[tuple[int, Results]]:
        """What parameters were given of which a constructor call speaks, but for what nobody could take for somebody's
        data.
        """
        key = (made.function, made.number)
        asked = self._asked.get(key)
        if asked is None:
            call = self.evaluator.program.unit(made.function).function.calls[made.number]
            roots = {part.root for arg in call.args for part in arg.value}
            direct = frozenset([int(root[1:]) for root in roots if root[0] == "p"])
            asked = self._asked[key] = _ALL if any(root[0] in "cw" for root in roots) else direct
        for number, held in given.items():
            if asked is _ALL or number in asked:
                worth = tuple([each for each in held if _may_matter(each)])
                if worth:
                    yield number, worth

    def handed(self, made: Made, context: Context, value: Value) -> Results:
        """What the constructor call of an object hands over, in the terms of whoever holds the object."""
        found = self.evaluator.value(context, value)
        if made.given is None:
            return found
        inside = dict(made.given)
        found = tuple([self._untold(each) if self._is_bare(each) else each for each in found])
        return self.evaluator.calls.substituted(found, inside, context, None)

    def _untold(self, result: Result) -> Result:
        assert result.made is not None
        return result._replace(made=result.made._replace(given=UNTOLD))

    def _is_local(self, result: Result) -> bool:
        if result.made is None:
            return False
        if result.made.given is None:
            return self._is_bare(result)
        if result.made.given == UNTOLD:
            return True
        return any(each.kind == PARAM or self._is_local(each) for _, held in result.made.given for each in held)

    def _is_bare(self, result: Result) -> bool:
        """Whether only the function that an object was made in can tell what it was made with."""
        made = result.made
        if made is None or made.given is not None or self.evaluator.frames.is_frame(result.cls):
            return False
        context = Context(self.evaluator.program.unit(made.function), made.bindings)
        call = context.function.calls[made.number]
        return any(
            each.kind == PARAM or each.made for arg in call.args for each in self.evaluator.value(context, arg.value)
        )


def is_told(made: Made | None) -> TypeGuard[Made]:
    """Whether it is known what an object was made with."""
    return made is not None and made.given != UNTOLD


def is_brought(made: Made | None) -> bool:
    """Whether an object was made in another function."""
    return made is not None and made.given is not None


def _may_matter(result: Result) -> bool:
    """Whether what is handed over may be somebody's data, as far as its names tell. What a caller further out might
    know of a parameter is not waited for: nearly all objects are made of nothing that anybody minds, and to follow
    them through everything cost a quarter of solving.
    """
    if result.kind == TAINT or (result.made is not None and result.made.given):
        return True
    return speaks(result.hint) or any(map(speaks, result.names)) or any(map(_speaks, result.path))


def _speaks(step: str) -> bool:
    return speaks(step[1:])


def _weight(given: Given, depth: int = 0) -> int:
    """How much an object brings along: all results that it and those inside it were made with. What lies too deep
    weighs too much.
    """
    if depth > MAX_INSIDE:
        return MAX_WEIGHT + 1
    weight = 0
    for _, held in given:
        weight += len(held)
        for each in held:
            if each.made is not None and each.made.given:
                weight += _weight(each.made.given, depth + 1)
    return weight
