"""Blind spots: calls that personal data enters and nobody resolves. They are written down, and, where there is an
oracle, it is asked what they call.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

from discreet.facts.model import STR, Call, Part
from discreet.flow.asking import Oracle
from discreet.flow.context import Context
from discreet.flow.glance import speaks
from discreet.flow.inquiry import AskingThings
from discreet.flow.reach import Exit
from discreet.flow.sinks import Sinks
from discreet.flow.summary import Summaries

CONTAINERS = frozenset({
    "append", "appendleft", "add", "extend", "insert", "update", "remove", "discard", "index", "count", "setdefault",
    "startswith", "endswith", "isdisjoint", "issubset", "issuperset",
})  # fmt: skip
"""Methods that containers and texts have: lowering knows what they do."""


class Unresolved(NamedTuple):
    """A call that personal data enters, in ``function``; no ``library`` where nobody knows whose the callable is."""

    library: str
    callable: str
    path: str
    line: int
    column: int
    function: str
    categories: tuple[str, ...]


class Blind:
    """Looks at calls that lead nowhere as far as is known.

    Attributes:
        spots: those that personal data enters.
        settled: how many of them the oracle resolved.
    """

    def __init__(self, summaries: Summaries, sinks: Sinks, oracle: Oracle | None) -> None:
        self.evaluator = summaries.evaluator
        self.judge = summaries.judge
        self.things = summaries.things
        self.catalogue = sinks.catalogue
        self.spots: dict[Unresolved, None] = {}
        self.settled = 0
        self._asking = AskingThings(self.things.program, sinks.catalogue, oracle) if oracle is not None else None
        self._asked = Sinks(self._asking, sinks.catalogue) if self._asking is not None else None

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
        if self._asking is not None and self._asked is not None:
            callees = self._asking.of_callee(context, call)
            exits = tuple(Exit(call, each) for each in self._asked.of(context, call, index, callees))
            if exits or any(thing.kind == "external" and self._is_known(thing.name) for thing in callees):
                self.settled += 1
                return exits
        library, name = unknown
        span = call.span
        spot = Unresolved(library, name, context.module.path, span.line, span.column, context.function.name, categories)
        self.spots[spot] = None
        return ()

    def _is_worth_a_look(self, context: Context, call: Call) -> bool:
        """Whether any argument bears a name that speaks: evaluating all arguments of all calls would cost too much."""
        return any(self._speaks(context, part) for arg in call.args for part in arg.value)

    def _speaks(self, context: Context, part: Part) -> bool:
        if part.root[0] == "m" or speaks(part.hint):
            return True
        if part.root[0] == "p" and speaks(context.function.params[int(part.root[1:])].name):
            return True
        return any(step[0] in ".[" and speaks(step[1:]) for step in part.access)

    def _unknown(self, context: Context, call: Call) -> tuple[str, str] | None:
        """The library and the name of what a call calls, or ``None`` where that is known well enough."""
        callees = self.things.of_callee(context, call)
        if any(thing.kind != "external" for thing in callees):
            return None
        for thing in callees:
            return None if self._is_known(thing.name) else (thing.name.partition(".")[0], thing.name)
        last = call.text.rpartition(".")[2]
        if not last.isidentifier() or last in self.catalogue.methods or last in CONTAINERS:
            return None
        return "", call.text

    def _is_known(self, dotted: str) -> bool:
        """Whether the catalogue has a word on a library's callable. The standard library is known: what of it lets
        data out, the catalogue lists.
        """
        first, last = dotted.partition(".")[0], dotted.rpartition(".")[2]
        if first in ("builtins", *sys.stdlib_module_names) or last in self.catalogue.methods:
            return True
        tables = self.catalogue
        if tables.transform_of(dotted) is not None or tables.sinks_of(dotted) or dotted in tables.returns:
            return True
        return tables.classes.get(dotted) is not None or tables.fields.get(dotted) is not None

    def _entering(self, context: Context, call: Call) -> tuple[str, ...]:
        found: set[str] = set()
        for arg in call.args:
            for result in self.evaluator.value(context, arg.value):
                for leak in self.judge.leaks(context, result, STR):
                    if leak.confidence != "low":
                        found.update(leak.categories)
        return tuple(sorted(found))
