"""Summaries: what each function returns, computed once and reused at every call; who calls it; what wraps it."""

from __future__ import annotations

from discreet.catalogue.tables import Catalogue
from discreet.facts.model import Call
from discreet.flow.bounds import Bounds
from discreet.flow.context import CALLABLE, Bindings, Context, Thing
from discreet.flow.evaluate import Evaluator
from discreet.flow.fixpoint import Fixpoint
from discreet.flow.leaks import Judge
from discreet.flow.program import Program, Unit
from discreet.flow.results import Results
from discreet.flow.things import Things

MAX_CALLERS = 8


class Summaries:
    """The summaries of a program's functions."""

    def __init__(
        self, program: Program, catalogue: Catalogue, sources: dict[str, tuple[str, ...]], bounds: Bounds
    ) -> None:
        self.program = program
        self.things = Things(program, catalogue)
        self.evaluator = Evaluator(self.things, catalogue, self, sources)
        self.judge = Judge(self.evaluator)
        memos = (*self.evaluator.memos, self.judge.texts, self.judge.parameters)
        self._returns: Fixpoint[Results] = Fixpoint(self._returned, (), memos, bounds)
        self._callers: dict[str, list[tuple[Context, Call, Thing]]] | None = None
        self._wrapped: dict[str, tuple[Unit, Bindings]] = {}

    def returns(self, context: Context) -> Results:
        """What a function returns and yields, in terms of its parameters and its own sources."""
        return self._returns.of(context)

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
