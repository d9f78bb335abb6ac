"""Summaries: what each function returns, computed once and reused at every call; who calls it; what wraps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.catalogue.tables import Catalogue
from discreet.facts.bounds import hit
from discreet.facts.model import Call
from discreet.flow.context import CALLABLE, Bindings, Context, Thing
from discreet.flow.evaluate import Evaluator
from discreet.flow.fixpoint import Fixpoint
from discreet.flow.leaks import Judge
from discreet.flow.loaded import Unit
from discreet.flow.program import Program
from discreet.flow.result import Results
from discreet.flow.results import essential
from discreet.flow.things import Things

MAX_CALLERS: Final = 8
MAX_MODULES: Final = 40
"""How many modules are looked through for the calls of one function."""


class Summaries:
    """The summaries of a program's functions."""

    def __init__(self, program: Program, catalogue: Catalogue, sources: dict[str, tuple[str, ...]]) -> None:
        self.program = program
        self.things = Things(program, catalogue)
        self.things.supplied.callers = self.callers
        self.evaluator = Evaluator(self.things, catalogue, self, sources)
        self.judge = Judge(self.evaluator)
        memos = (*self.evaluator.memos, self.judge.objects.texts, self.judge.parameters)
        self._returns: Fixpoint[Results] = Fixpoint(program, self._returned, (), memos)
        self._callers: dict[str, list[tuple[Context, Call, Thing]]] = program.table()
        self._wrapped: dict[str, tuple[Unit, Bindings]] = program.table()
        self._bound: dict[str, bool] = program.table()

    def returns(self, context: Context) -> Results:
        """What a function returns and yields, in terms of its parameters and its own sources."""
        return self._returns.of(context)

    def callers(self, function: str) -> list[tuple[Context, Call, Thing]]:
        """The calls anywhere of a function, or none where they are too many to tell apart."""
        known = self._callers.get(function)
        if known is None:
            found = [each for name, module in self._may_call(function) for each in self._calls(function, name, module)]
            found.sort(key=lambda each: each[0].module.is_test)  # tests speak last
            known = self._callers[function] = found if len(found) <= MAX_CALLERS else []
            if len(found) > MAX_CALLERS:
                hit("callers of a function")
        return known

    def _may_call(self, function: str) -> dict[tuple[str, str], None]:
        """Where to look for calls of a function: a name it may be called by, in a module that calls such a name."""
        owner, _, last = function.rpartition(".")
        if last != "__init__" or not self.program.is_class(owner):
            return self._named(last.partition("@")[0])
        found: dict[tuple[str, str], None] = {}
        for cls in (owner, *self.things.classes.below(owner)):  # who makes one of those calls this, unless it overrides
            found.update(self._named(cls.rpartition(".")[2]))
            home = self.program.class_home(cls)
            found.update({("__init__", home): None, ("cls", home): None})
        return found

    def _named(self, name: str) -> dict[tuple[str, str], None]:
        modules = self.program.modules_calling(name)
        if len(modules) > MAX_MODULES:
            hit("modules that call something of one name")
            return {}
        return {(name, module): None for module in modules}

    def _calls(self, function: str, name: str, module: str) -> Iterator[tuple[Context, Call, Thing]]:
        for unit, call in self.program.module(module).calls(name):
            context = Context(unit)
            for thing in self.things.of_callee(context, call):
                called = thing.name if thing.kind in CALLABLE else ""
                if thing.kind == "class":
                    called = self.things.classes.method(thing.name, "__init__")
                if called == function:
                    yield context, call, thing

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

    def takes_itself(self, unit: Unit) -> bool:
        """Whether a decorator hands the function, once it is called, itself first: ``@shared_task(bind=True)``."""
        name = unit.function.name
        if name not in self._bound:
            scope = self.program.scope_of(unit)
            parts = [part for value in unit.function.decorators for part in value if part.root[0] == "c"]
            made = [scope.function.calls[int(part.root[1:])] for part in parts] if scope is not None else []
            self._bound[name] = any(arg.name == "bind" and arg.constant is True for call in made for arg in call.args)
        return self._bound[name]

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
        function = self.program.unit(decorator).function
        for part in function.returns:
            inner = self.program.function(part.root[2:]) if part.root[:2] == "g:" and not part.access else None
            if inner is None or not inner.function.name.startswith(f"{decorator}."):
                continue
            if not function.params:
                return None
            return inner, ((f"v:{decorator}:{function.params[0].name}", Thing("raw", unit.function.name)),)
        return None

    # -- one function -----------------------------------------------------------------------------------------------

    def _returned(self, context: Context, _: int) -> Results:
        function = context.function
        if not function.returns and not function.yields:
            return ()
        found = list(self.evaluator.value(context, function.returns))
        for each in self.evaluator.value(context, function.yields):
            found.append(each._replace(path=("*", *each.path)[:5]))
        return essential(self.evaluator.brought.leaving(found))
