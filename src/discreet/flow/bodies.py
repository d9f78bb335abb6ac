"""Bodies: what a library's function does with its arguments, read from its source as the program's own functions are.

That a callee's name is known says nothing if the catalogue has no row for it; what its body does says all. So the
module it stands in, and those of the same package that this one speaks of, are read as a small program, and a call of
it is looked at like a call of a function of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from discreet.catalogue.tables import Catalogue
from discreet.facts.extraction import extract
from discreet.facts.model import Call, ModuleFacts, Part, Value
from discreet.flow.asking import Oracle
from discreet.flow.binding import bind_arguments, is_own_object
from discreet.flow.carrying import Carrying
from discreet.flow.context import Context, Effect
from discreet.flow.library import Library
from discreet.flow.program import Program
from discreet.flow.result import PARAM
from discreet.flow.rooms import rooms_over
from discreet.flow.vouching import is_bare, is_harmless, keeps, keeps_elsewhere

MAX_MODULES: Final = 24
MAX_FUNCTIONS: Final = 60
TOLD: Final = frozenset({"http", "log", "file", "print", "telemetry", "analytics", "message", "llm", "queue", "url"})
"""The kinds of sinks that are told of: what a library raises or answers with is its caller's to show."""


class Body(NamedTuple):
    """A function of a library, with what it gets; ``value`` by parameter."""

    context: Context
    values: dict[int, Value]


class Bodies:
    """Reads libraries, each callable's surroundings once."""

    def __init__(self, oracle: Oracle, catalogue: Catalogue) -> None:
        self.oracle = oracle
        self.catalogue = catalogue
        self._read: dict[str, ModuleFacts | None] = {}
        self._rooms: dict[str, _Room | None] = {}

    def entered(self, dotted: str, call: Call) -> Body | None:
        """The body of a library's function, method or constructor, as a call enters it."""
        room = self._room(dotted)
        unit = room.program.function(dotted) if room is not None else None
        receiver: Value | None = None
        if room is not None and unit is None and room.program.is_class(dotted):
            method = room.summaries.things.classes.method(dotted, "__init__")
            unit, receiver = (room.program.function(method) if method else None), ()
        if room is None or unit is None or unit.function.flavour == "property":
            return None
        if is_own_object(unit.function, 0):
            receiver = ()
        outer, bindings = room.summaries.wrapped(unit)
        if outer.function.name != unit.function.name:
            return None
        return Body(Context(unit, bindings), bind_arguments(unit.function, call.args, receiver))

    def effects(self, dotted: str, body: Body, parameter: int) -> tuple[Effect, ...]:
        """Where what is handed to a parameter gets out."""
        room = self._room(dotted)
        found = room.effects.of(body.context, parameter) if room is not None else ()
        return tuple(each for each in found if each.sink.kind in TOLD)

    def vouches(self, dotted: str, body: Body, parameter: int) -> bool:
        """Whether all is known that happens to what is handed to a parameter."""
        room = self._room(dotted)
        return room is not None and room.follows(body.context, parameter, {})

    def _room(self, dotted: str) -> _Room | None:
        module = self._module_of(dotted)
        if module not in self._rooms:
            self._rooms[module] = _Room(self._near(module), self.catalogue) if module else None
        return self._rooms[module]

    def _module_of(self, dotted: str) -> str:
        parts = dotted.split(".")
        names = (".".join(parts[:size]) for size in range(len(parts) - 1, 0, -1))
        return next((name for name in names if self._facts(name) is not None), "")

    def _near(self, module: str) -> list[ModuleFacts]:
        """A module and those of its package that it speaks of, the nearest first."""
        found: dict[str, ModuleFacts] = {}
        waiting = [module]
        while waiting and len(found) < MAX_MODULES:
            name = waiting.pop(0)
            facts = self._facts(name) if name not in found else None
            if facts is not None:
                found[name] = facts
                waiting.extend(each for each in self._spoken_of(facts) if each not in found)
        return list(found.values())

    def _spoken_of(self, facts: ModuleFacts) -> Iterator[str]:
        top = facts.module.partition(".")[0] + "."
        named = {part.root[2:] for part in _parts(facts) if part.root[:2] == "g:"}
        for dotted in sorted({*named, *facts.stars}):
            if dotted.startswith(top) and not dotted.startswith(f"{facts.module}."):
                yield from filter(None, (self._module_of(f"{dotted}.x"),))

    def _facts(self, module: str) -> ModuleFacts | None:
        if module not in self._read:
            self._read[module] = self._extracted(module)
        return self._read[module]

    def _extracted(self, module: str) -> ModuleFacts | None:
        source = self.oracle.source(module)
        if source is None:
            return None
        path, data, is_package = source
        try:
            return extract(path, data, module=module, is_package=is_package)
        except Exception:  # whatever libraries hold: unknown
            return None


class _Room:
    """The engine over a few modules of a library."""

    def __init__(self, modules: list[ModuleFacts], catalogue: Catalogue) -> None:
        self.program = Program(Library.of(modules))
        self.catalogue = catalogue
        self.summaries, self.reach, self.effects = rooms_over(self.program, catalogue, {})

    def follows(self, context: Context, parameter: int, seen: dict[object, None]) -> bool:
        """Whether each call that a parameter enters is known, however deep, and nothing keeps it."""
        key = (context.key, parameter)
        if key in seen:
            return True
        seen[key] = None
        function = context.function
        if len(seen) > MAX_FUNCTIONS or (function.owner and is_bare(function)) or keeps_elsewhere(function, parameter):
            return False
        if parameter and keeps(function, parameter) and not self._stays_inside(function.owner, seen):
            return False
        carrying = Carrying(function, parameter)
        return all(
            self._is_followed(context, index, carrying, seen)
            for index, call in enumerate(function.calls)
            if carrying.carries(call.callee) or any(carrying.carries(arg.value) for arg in call.args)
        )

    def _stays_inside(self, cls: str, seen: dict[object, None]) -> bool:
        """Whether all is known that the methods of a class do with what the object keeps."""
        known = [self.program.cls(each) for each in self.summaries.things.classes.ancestors(cls)]
        methods = [self.program.function(name) for each in known if each is not None for name in each.methods.values()]
        return None not in known and all(
            is_bare(unit.function) or (self._is_still(Context(unit)) and self.follows(Context(unit), 0, seen))
            for unit in methods
            if unit is not None and unit.function.params and unit.function.flavour != "static"
        )

    def _is_still(self, context: Context) -> bool:
        return not any(effect.sink.kind in TOLD for effect in self.effects.of(context, 0))

    def _is_followed(self, context: Context, index: int, carrying: Carrying, seen: dict[object, None]) -> bool:
        call = context.function.calls[index]
        if call.kind != "call":
            return True
        reached = self.reach.of(context, index)
        entries = [each for each in reached.entries if not is_bare(each.target.function)] or reached.entries
        if entries:
            return all(
                self.follows(entry.target, number, seen)
                for entry in entries
                for number, value in entry.arguments.items()
                if carrying.carries(value) and self._arrives(context, value, carrying)
            )
        if not self._arrives(context, tuple(p for arg in call.args for p in arg.value), carrying):
            receiver = not any(carrying.carries(arg.value) for arg in call.args)
            return not receiver or is_harmless(self.catalogue, call.text)
        callees = self.summaries.things.of_callee(context, call)
        names = [thing.name for thing in callees if thing.kind == "external"] or [call.text]
        return bool(reached.exits) or all(is_harmless(self.catalogue, name) for name in names)

    def _arrives(self, context: Context, value: Value, carrying: Carrying) -> bool:
        results = self.summaries.evaluator.value(context, value)
        return any(each.kind != PARAM or each.parameter == carrying.parameter for each in results)


def _parts(facts: ModuleFacts) -> Iterator[Part]:
    for function in facts.functions:
        for call in function.calls:
            yield from call.callee
        yield from function.returns
        for value in function.variables.values():
            yield from value
    for cls in facts.classes:
        for value in cls.bases:
            yield from value
