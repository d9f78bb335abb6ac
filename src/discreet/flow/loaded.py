"""Loaded: the facts of one module, by the names that others ask for.

Of a module outside the group that is solved, most are asked for two or three functions. So a function stays the bytes
that it is kept as until somebody asks for it, and only then gets the true names of what it refers to
(:mod:`discreet.flow.roots`). Which questions were asked is written down (:attr:`Loaded.asked`): what no function that
has changed says anything to (:func:`speaks_to`) is answered as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from discreet.facts.model import Call, Function, ModuleFacts, Write
from discreet.facts.outline import callee_names
from discreet.facts.relocation import relocated, relocated_function
from discreet.flow.roots import Mover

MANY: Final = 16
"""After so many names that were searched for in its bytes, a module's calls are put into a table."""

ALL: Final = "all"
FUNCTION: Final = "function"
KEPT: Final = "kept"
STORES: Final = "stores"
CALLS: Final = "calls"
"""What a module is asked for: all its functions, the one of a name, and what its functions say of a name."""
QUESTIONS: Final = (ALL, FUNCTION, KEPT, STORES, CALLS)

_decoder = msgspec.msgpack.Decoder(Function)


class Unit(NamedTuple):
    """A function with the module it stands in. The functions of that are those of :class:`Loaded`."""

    function: Function
    module: ModuleFacts


Stored = list[tuple[Unit, Write]]
Called = list[tuple[Unit, Call]]


class Loaded:
    """One module's facts, by name.

    Args:
        facts: all but the functions.
        functions: these, by name, as they are kept, or as objects where they are that anyway.
        mover: what tells the true names of what the module refers to; ``None`` where names mean what they say.

    Attributes:
        asked: what was asked of its functions since somebody began to (:meth:`begin`): names, by question.
    """

    def __init__(
        self, facts: ModuleFacts, functions: Iterable[tuple[str, Function | msgspec.Raw]], mover: Mover | None
    ) -> None:
        self.facts = relocated(facts, mover) if mover is not None else facts
        self.classes = {each.name: each for each in self.facts.classes}
        self.begin()
        self._mover = mover
        self._units: dict[str, Unit] = {}
        self._waiting: dict[str, Function | msgspec.Raw] = {}
        for name, each in functions:
            if mover is None and isinstance(each, Function):
                self._units[name] = Unit(each, self.facts)
            else:
                self._waiting[name] = each
        self._order = tuple(self._waiting or self._units)
        self._methods: dict[str, list[str]] | None = None
        self._kept: dict[str, dict[str, Stored]] = {}
        self._stores: dict[str, Stored] | None = None
        self._calls: dict[str, Called] | None = None
        self._called: dict[str, Called] = {}

    def begin(self) -> None:
        """Forget what was asked."""
        self.asked: dict[str, set[str]] = {question: set() for question in QUESTIONS}
        self._functions = self.asked[FUNCTION]

    def unit(self, name: str) -> Unit | None:
        """A function of the module."""
        if name not in self._functions:
            self._functions.add(name)
        return self._units[name] if name in self._units else self._unit(name)

    def _unit(self, name: str) -> Unit | None:
        known = self._units.get(name)
        if known is None and name in self._waiting:
            known = self._units[name] = Unit(self._taken(self._waiting.pop(name)), self.facts)
        return known

    def _taken(self, waiting: Function | msgspec.Raw) -> Function:
        if isinstance(waiting, Function):
            return relocated_function(waiting, self._mover) if self._mover is not None else waiting
        function = _decoder.decode(waiting)
        if self._mover is not None and self._mover.may_move(bytes(waiting)):
            return relocated_function(function, self._mover)
        return function

    @property
    def top(self) -> Unit | None:
        """The function that the module's top level is."""
        return self.unit(f"{self.facts.module}.<module>")

    def units(self) -> list[Unit]:
        """All functions of the module, in order."""
        self.asked[ALL].add("")
        return self._all()

    def _all(self) -> list[Unit]:
        for name in self._order if self._waiting else ():
            self._unit(name)
        return [self._units[name] for name in self._order]

    def has(self, name: str) -> bool:
        """Whether there is a function of a name."""
        return name in self._units or name in self._waiting

    def kept(self, cls: str) -> dict[str, Stored]:
        """What the methods of a class store in ``self``, by attribute."""
        self.asked[KEPT].add(cls)
        known = self._kept.get(cls)
        if known is None:
            known = self._kept[cls] = {}
            for unit in self._methods_of(cls):
                for write in unit.function.writes:
                    if _is_kept(write):
                        known.setdefault(write.target.access[0][1:], []).append((unit, write))
        return known

    def _methods_of(self, cls: str) -> list[Unit]:
        """The functions that stand in a class: what they are called begins with its name."""
        if self._methods is None:
            self._methods = {}
            for name in self._order:
                self._methods.setdefault(name.rpartition(".")[0], []).append(name)
        found = [self._unit(name) for name in self._methods.get(cls, ())]
        return [unit for unit in found if unit is not None and unit.function.owner == cls]

    def stores(self, root: str) -> Stored:
        """What the module's functions write into a global or a captured variable."""
        self.asked[STORES].add(root)
        if self._stores is None:
            self._stores = {}
            for unit in self._all():
                for write in unit.function.writes:
                    self._stores.setdefault(write.target.root, []).append((unit, write))
        return self._stores.get(root, [])

    def calls(self, name: str) -> Called:
        """The calls, with arguments, of anything whose last name this is; ``cls`` is called ``cls``."""
        self.asked[CALLS].add(name)
        if self._calls is None and (len(self._called) >= MANY or not self._has_bytes()):
            self._calls = _calls_of(self._all())
            self._called.clear()
        if self._calls is not None:
            return self._calls.get(name, [])
        known = self._called.get(name)
        if known is None:
            known = self._called[name] = _calls_of(self._mentioning(name)).get(name, [])
        return known

    def _has_bytes(self) -> bool:
        return any(isinstance(each, msgspec.Raw) for each in self._waiting.values())

    def _mentioning(self, name: str) -> list[Unit]:
        """The functions whose facts may have a name in them. A true name ends as what it is said for."""
        searched = name.encode("utf-8", "surrogatepass")
        found: list[Unit] = []
        for each in self._order:
            waiting = self._waiting.get(each)
            if isinstance(waiting, msgspec.Raw) and searched not in bytes(waiting):
                continue
            unit = self._unit(each)
            if unit is not None:
                found.append(unit)
        return found


def _calls_of(units: Iterable[Unit]) -> dict[str, Called]:
    found: dict[str, Called] = {}
    for unit in units:
        for call in unit.function.calls:
            for last in _called_as(call):
                found.setdefault(last, []).append((unit, call))
    return found


def _called_as(call: Call) -> Iterable[str]:
    return (callee_names(call) or (call.text,)) if call.args else ()


def _is_kept(write: Write) -> bool:
    """Whether a method stores something in ``self``."""
    return write.target.root == "p0" and bool(write.target.access) and write.target.access[0][0] == "."


def speaks_to(function: Function, table: str, name: str) -> bool:
    """Whether a function, with the names that its own text says, may be part of what its module answers to a question.
    A root that is stored into may have another true name.
    """
    if table == FUNCTION:
        return function.name == name
    if table == CALLS:
        return any(name in _called_as(call) for call in function.calls)
    if table == KEPT:
        return function.owner == name and any(_is_kept(write) for write in function.writes)
    if table == STORES:
        return any(write.target.root[0] in "gv" for write in function.writes)
    return True
