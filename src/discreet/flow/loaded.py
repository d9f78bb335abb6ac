"""Loaded: the facts of one module, by the names that others ask for."""

from __future__ import annotations

from typing import NamedTuple

from discreet.facts.model import Call, Function, ModuleFacts, Write
from discreet.facts.outline import callee_names


class Unit(NamedTuple):
    """A function with the module it stands in."""

    function: Function
    module: ModuleFacts


class Loaded:
    """One module's facts, by name."""

    def __init__(self, facts: ModuleFacts) -> None:
        self.facts = facts
        self.units = {function.name: Unit(function, facts) for function in facts.functions}
        self.top = self.units.get(f"{facts.module}.<module>")
        self.classes = {each.name: each for each in facts.classes}
        self._kept: dict[str, dict[str, list[tuple[Unit, Write]]]] | None = None
        self._stores: dict[str, list[tuple[Unit, Write]]] | None = None
        self._calls: dict[str, list[tuple[Unit, Call]]] | None = None

    def kept(self, cls: str) -> dict[str, list[tuple[Unit, Write]]]:
        """What the methods of a class store in ``self``, by attribute."""
        if self._kept is None:
            self._kept = {}
            for unit in self.units.values():
                for write in unit.function.writes if unit.function.owner else ():
                    if write.target.root == "p0" and write.target.access and write.target.access[0][0] == ".":
                        attributes = self._kept.setdefault(unit.function.owner, {})
                        attributes.setdefault(write.target.access[0][1:], []).append((unit, write))
        return self._kept.get(cls, {})

    def stores(self, root: str) -> list[tuple[Unit, Write]]:
        """What the module's functions write into a global or a captured variable."""
        if self._stores is None:
            self._stores = {}
            for unit in self.units.values():
                for write in unit.function.writes:
                    self._stores.setdefault(write.target.root, []).append((unit, write))
        return self._stores.get(root, [])

    def calls(self, name: str) -> list[tuple[Unit, Call]]:
        """The calls, with arguments, of anything whose last name this is; ``cls`` is called ``cls``."""
        if self._calls is None:
            self._calls = {}
            for unit in self.units.values():
                for call in unit.function.calls:
                    for last in (callee_names(call) or (call.text,)) if call.args else ():
                        self._calls.setdefault(last, []).append((unit, call))
        return self._calls.get(name, [])
