"""Settings: what makes a library log, record or send personal data, where the program sets it up.

No data has to flow for this: a setting is a call with a constant argument, a constant that is stored under a known
name, or how a class with personal data is configured. It is told as a flow to a sink of kind ``config`` that has one
leak, whose ``known_by`` is the code of the rule that speaks of it, and whose expression spells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from discreet.catalogue.names import cleans
from discreet.catalogue.settings import Plain, Setting, Settings, receiver
from discreet.facts.lower.settings import LEVEL
from discreet.facts.model import Argument, Call, Constant, Function, Value
from discreet.facts.model import Setting as Stored
from discreet.facts.outline import callee_names, last_name
from discreet.flow.binding import receiver_of, selected
from discreet.flow.context import Context
from discreet.flow.found import Leak, SinkCall
from discreet.flow.leaks import Judge
from discreet.flow.loaded import Unit
from discreet.flow.models import Models
from discreet.flow.result import Place
from discreet.flow.things import Things

KIND: Final = "config"
STATEMENTS: Final = frozenset({"execute", "executemany", "exec_driver_sql", "scalar", "scalars", "stream"})
ENVIRONMENT: Final = "os.environ"

Found = tuple[str, SinkCall, Leak]
"""A setting, with the function it stands in."""


class Configured:
    """Finds the settings of a module that leak."""

    def __init__(self, judge: Judge, table: Settings) -> None:
        self.models = Models(judge, table)
        self.things: Things = judge.classes.things
        self.table = table

    def of(self, module: str) -> Iterator[Found]:
        """Every setting of a module that leaks, but for those that hold in development only."""
        loaded = self.things.program.module(module)
        facts = loaded.facts
        for row, leak in self.models.of(module):
            yield f"{module}.<module>", SinkCall(KIND, row.name, row.keyword, leak.place), leak
        if not facts.configures and not facts.settings:
            return
        found = [(f"{module}.<module>", sink, leak) for sink, leak in self._stored(facts.path, facts.settings)]
        for unit in loaded.units() if facts.configures else ():
            for call in unit.function.calls:
                found.extend((unit.function.name, sink, leak) for sink, leak in self._called(unit, call))
        for each in found:
            line = each[1].place.span.line
            if not any(first <= line <= last for first, last in facts.guards):
                yield each

    # -- calls --------------------------------------------------------------------------------------------------------

    def _called(self, unit: Unit, call: Call) -> Iterator[tuple[SinkCall, Leak]]:
        if call.kind != "call" or self.table.callables.isdisjoint(callee_names(call)):
            return
        for name in dict.fromkeys(thing.name for thing in self.things.of_callee(Context(unit), call)):
            if name == f"{ENVIRONMENT}.setdefault":
                yield from self._environment(unit.module.path, call)
            for row in self.table.calls.get(name, ()):
                if row.kept and not _is_kept(unit.function, call):
                    continue
                made = self._made_of(unit.function, call) if row.of else None
                if (not row.of or made in row.of) and not self._is_unless(row, call.args):
                    yield from self._argument(unit.module.path, row, call, receiver(str(made)) if row.of else "")

    def _argument(self, path: str, row: Setting, call: Call, of: str) -> Iterator[tuple[SinkCall, Leak]]:
        """What a call does by one argument, by its absence, or (a row without one) by itself."""
        if not row.argument:
            yield _told(row, row.code, f"{row.name}()", Place(path, call.span))
            return
        given = [arg for _, arg in selected(call.args, (row.argument,)) if arg.name not in ("*", "**")]
        for arg in given:
            for said in self._all_said(arg):
                if _is_one_of(said, row.unsafe):
                    shown = _shown(said) if not arg.name else f"{row.keyword}={_shown(said)}"
                    yield _told(row, row.code, f"{row.name}({shown}){of}", Place(path, arg.span))
        if row.absent and not given and not any(arg.name in ("*", "**") for arg in call.args):
            yield _told(row, row.code_left, f"{row.name}() without {row.keyword}", Place(path, call.span))

    def _is_unless(self, row: Setting, args: tuple[Argument, ...]) -> bool:
        """Whether another argument prevents it, or may: what is no constant is somebody's decision."""
        for notation, values in row.unless.items():
            for _, arg in selected(args, (notation,)):
                said = self._said(arg)
                if arg.name not in ("*", "**") and (said is None or not values or _is_one_of(said, values)):
                    return True
        for notation, values in row.off.items():
            if any(_is_one_of(arg.constant, values) for _, arg in selected(args, (notation,))):
                return True
        return any(arg.name in row.cleaned_by and self._cleans(arg) for arg in args)

    def _cleans(self, arg: Argument) -> bool:
        """Whether a function that is handed over takes personal data out, going by its name."""
        return any(cleans(last_name(part)) for part in arg.value)

    def _said(self, arg: Argument) -> Constant:
        """The constant that an argument is; of an object of a library its dotted name."""
        if arg.constant is not None:
            return arg.constant
        return self._dotted(arg.value) or None

    def _all_said(self, arg: Argument) -> list[Constant]:
        """What an argument says; of a sequence what each of its elements is called."""
        inside = [self._dotted((replace(part, path=()),)) for part in arg.value if part.path]
        return [self._said(arg), *filter(None, dict.fromkeys(inside))]

    def _dotted(self, value: Value) -> str:
        """The dotted name of an object of a library; ``""`` for everything else."""
        if len(value) != 1 or value[0].root[:2] != "g:" or value[0].path:
            return ""
        if not all(step[0] == "." for step in value[0].access):
            return ""
        symbol = self.things.program.find(value[0].root[2:] + "".join(value[0].access))
        is_theirs = symbol.kind == "external" and not self.things.program.home(symbol.name)
        return ".".join((symbol.name, *symbol.rest)) if is_theirs else ""

    def _made_of(self, function: Function, call: Call) -> Constant:
        """The first argument of the call that made a method's receiver: the name of a logger; ``""`` if it has none."""
        for part in receiver_of(call):
            if part.root[0] == "c" and not part.access and not part.path:
                made = function.calls[int(part.root[1:])]
                return made.args[0].constant if made.args else ""
        return None

    # -- constants ----------------------------------------------------------------------------------------------------

    def _stored(self, path: str, stored: tuple[Stored, ...]) -> Iterator[tuple[SinkCall, Leak]]:
        for each in stored:
            for row in self.table.loggers.get(each.under, ()) if each.key == LEVEL else ():
                if _is_one_of(each.value, row.unsafe):
                    said = f"{LEVEL} = {_shown(each.value)}{receiver(each.under)}"
                    yield _told(row, row.code, said, Place(path, each.span))
            for row in self.table.keys.get(each.key, ()):
                within = not row.within or self._dotted(each.target) == row.within
                if within and _is_one_of(each.value, row.unsafe) and _stands_beside(row, each):
                    yield _told(row, row.code, f"{row.name} = {_shown(each.value)}", Place(path, each.span))

    def _environment(self, path: str, call: Call) -> Iterator[tuple[SinkCall, Leak]]:
        """``os.environ.setdefault("NAME", "true")``."""
        if len(call.args) == 2:
            key, value = call.args
            for row in self.table.keys.get(key.constant, ()) if isinstance(key.constant, str) else ():
                if row.within == ENVIRONMENT and _is_one_of(value.constant, row.unsafe):
                    yield _told(row, row.code, f"{row.name} = {_shown(value.constant)}", Place(path, value.span))


def _is_kept(function: Function, call: Call) -> bool:
    """Whether what a call gives leaves the function, or gets a statement with parameters in it."""
    root = f"c{next(number for number, each in enumerate(function.calls) if each is call)}"
    leaving = [function.returns, function.yields, *(write.value for write in function.writes)]
    leaving += function.variables.values()
    leaving += (argument.value for each in function.calls for argument in each.args)
    if any(part.root == root and not part.access for value in leaving for part in value):
        return True
    return any(len(each.args) > 1 and not STATEMENTS.isdisjoint(callee_names(each)) for each in function.calls)


def _told(row: Setting, code: str, expression: str, place: Place) -> tuple[SinkCall, Leak]:
    return SinkCall(KIND, row.name, row.keyword, place), Leak((), code, "high", place, expression, ())


def _is_one_of(said: Constant, values: tuple[Plain, ...]) -> bool:
    """Whether a constant is one of some values: ``1`` is ``True``, as in Python."""
    return said is not None and said in values


def _shown(said: Constant) -> str:
    """A constant as it is written; the dotted name of an object as it is."""
    return said if isinstance(said, str) and "." in said else repr(said)


def _stands_beside(row: Setting, stored: Stored) -> bool:
    """Whether a mapping's other entries are those that the row asks for, and none that it excepts."""
    entries = {each.name: each.constant for each in stored.beside}
    if stored.under not in row.under and any(entries.get(name) != value for name, value in row.beside.items()):
        return False
    return not any(_has(entries.get(name), value) for name, values in row.unless.items() for value in values)


def _has(said: Constant, value: Plain) -> bool:
    return value in said if isinstance(said, tuple) else said == value
