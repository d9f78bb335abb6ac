"""The program: the facts of all modules, joined into one table of symbols.

A dotted name is looked up the way Python would import it: the longest module first, then what the module binds,
through re-exports, star imports and class members. Nothing is ever imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from discreet.facts.model import Class, Function, ModuleFacts, Value, Write

MAX_ALIASES = 12
"""How many re-exports a name is followed through; a longer chain is a cycle."""


def shown_name(name: str) -> str:
    """A function's name as its author wrote it."""
    last = name.rpartition(".")[2] if "<lambda" not in name else "a lambda"
    return last.partition("@")[0]


class Unit(NamedTuple):
    """A function with the module it stands in."""

    function: Function
    module: ModuleFacts


class Symbol(NamedTuple):
    """What a dotted name means. ``kind`` is ``function``, ``class``, ``module``, ``variable`` or ``external``."""

    kind: str
    name: str
    rest: tuple[str, ...] = ()  # attributes below it that the table can't resolve


class Program:
    """All modules of one run."""

    def __init__(self, modules: Sequence[ModuleFacts]) -> None:
        self.modules = {facts.module: facts for facts in modules}
        self.functions: dict[str, Unit] = {}
        self.classes: dict[str, Class] = {}
        self.class_modules: dict[str, ModuleFacts] = {}
        self.classes_called: dict[str, list[str]] = {}
        self.packages: set[str] = set()
        for facts in modules:
            self._enter(facts)
        self.suffixes = self._suffixes()
        self.stores = self._stores()
        self._found: dict[str, Symbol] = {}

    def _stores(self) -> dict[str, list[tuple[Unit, Write]]]:
        """What functions write into globals (``g:``), captured variables (``v:``) and objects that globals name, by
        root.
        """
        found: dict[str, list[tuple[Unit, Write]]] = {}
        for unit in self.functions.values():
            for write in unit.function.writes:
                if write.target.root[0] in "gv":
                    found.setdefault(write.target.root, []).append((unit, write))
        return found

    def patched(self, dotted: str) -> list[tuple[Unit, Write]]:
        """What the program assigns to an attribute of something it imports: ``logging.Logger.d =
        logging.Logger.debug``.
        """
        parts = dotted.split(".")
        found = []
        for size in range(1, len(parts)):
            access = tuple(f".{each}" for each in parts[size:])
            for unit, write in self.stores.get("g:" + ".".join(parts[:size]), ()):
                if write.target.access == access:
                    found.append((unit, write))
        return found

    def _suffixes(self) -> dict[str, str]:
        """Modules by what they are called from a directory that may be on ``sys.path``: one that is no regular
        package.
        """
        found: dict[str, str] = {}
        for module in sorted(self.modules, key=lambda name: (name.count("."), name)):
            parts = module.split(".")
            for start in range(1, len(parts)):
                above = self.modules.get(".".join(parts[:start]))
                if above is None or not above.is_package:
                    suffix = ".".join(parts[start:])
                    if suffix.partition(".")[0] not in sys.stdlib_module_names:
                        found.setdefault(suffix, module)
        return found

    def _enter(self, facts: ModuleFacts) -> None:
        for function in facts.functions:
            self.functions[function.name] = Unit(function, facts)
        for each in facts.classes:
            self.classes[each.name] = each
            self.class_modules[each.name] = facts
            self.classes_called.setdefault(each.name.rpartition(".")[2], []).append(each.name)
        parts = facts.module.split(".")
        self.packages.update(".".join(parts[:size]) for size in range(1, len(parts) + 1))

    def top(self, module: str) -> Unit | None:
        """The function that a module's top level is."""
        return self.functions.get(f"{module}.<module>")

    def scope_of(self, unit: Unit) -> Unit | None:
        """The function around a function: there its decorators and its parameters' defaults are evaluated."""
        outer = (unit.function.owner or unit.function.name).rpartition(".")[0]
        while outer and outer not in self.functions and outer != unit.module.module:
            outer = outer.rpartition(".")[0]
        return self.functions.get(outer) or self.top(unit.module.module)

    def variables(self, module: str) -> dict[str, Value]:
        """What a module binds, by name."""
        unit = self.top(module)
        return unit.function.variables if unit is not None else {}

    def find(self, dotted: str) -> Symbol:
        """What a dotted name means here."""
        known = self._found.get(dotted)
        if known is None:
            known = self._found[dotted] = self._find(dotted, MAX_ALIASES)
        return known

    def _find(self, dotted: str, fuel: int) -> Symbol:
        if dotted in self.functions:
            return Symbol("function", dotted)
        if dotted in self.classes:
            return Symbol("class", dotted)
        if dotted in self.modules:
            return Symbol("module", dotted)
        if fuel == 0:
            return Symbol("external", dotted)
        parts = dotted.split(".")
        for size in range(len(parts) - 1, 0, -1):
            prefix = ".".join(parts[:size])
            if prefix in self.classes:
                return Symbol("class", prefix, tuple(parts[size:]))
            if prefix in self.modules:
                return self._member(prefix, parts[size], tuple(parts[size + 1 :]), fuel)
        for size in range(len(parts), 0, -1):
            module = self.suffixes.get(".".join(parts[:size]))
            if module is not None and parts[0] not in self.packages:
                return self._find(".".join((module, *parts[size:])), fuel - 1)
        return Symbol("module" if dotted in self.packages else "external", dotted)

    def _member(self, module: str, name: str, rest: tuple[str, ...], fuel: int) -> Symbol:
        value = self.variables(module).get(name)
        if value is None:
            for star in self.modules[module].stars:
                if star in self.modules and star != module:
                    found = self._member(star, name, rest, fuel - 1) if fuel > 1 else None
                    if found is not None and found.kind != "external":
                        return found
                elif star not in self.modules and star.partition(".")[0] != module.partition(".")[0]:
                    return Symbol("external", ".".join((star, name, *rest)))
            return Symbol("external", ".".join((module, name, *rest)))
        if len(value) == 1 and value[0].root[:2] == "g:" and not value[0].path:
            steps = tuple(step[1:] for step in value[0].access if step[0] == ".")
            target = ".".join((value[0].root[2:], *steps))
            if target != f"{module}.{name}":
                return self._find(".".join((target, *rest)), fuel - 1)
        return Symbol("variable", f"{module}.{name}", rest)

    def class_called(self, name: str, near: str = "") -> str:
        """The class that a short name or ``app.Model`` means: the only one, or the one nearest to a module."""
        names = self.classes_called.get(name.rpartition(".")[2], [])
        if len(names) <= 1 or not near:
            return names[0] if len(names) == 1 else ""
        shared = [_shared_parts(self.class_modules[each].module, near) for each in names]
        best = max(shared)
        return names[shared.index(best)] if best and shared.count(best) == 1 else ""

    def units(self) -> Iterator[Unit]:
        """All functions, callees before their callers as far as direct names tell."""
        seen: set[str] = set()
        for name in self.functions:
            if name in seen:
                continue
            stack: list[tuple[str, Iterator[str]]] = [(name, self._callees(name))]
            seen.add(name)
            while stack:
                current, callees = stack[-1]
                following = next((each for each in callees if each not in seen), None)
                if following is None:
                    stack.pop()
                    yield self.functions[current]
                else:
                    seen.add(following)
                    stack.append((following, self._callees(following)))

    def _callees(self, name: str) -> Iterator[str]:
        unit = self.functions[name]
        for call in unit.function.calls:
            for part in call.callee:
                if part.root[:2] == "g:":
                    steps = (step[1:] for step in part.access if step[0] == ".")
                    symbol = self.find(".".join((part.root[2:], *steps)))
                    if symbol.kind == "function":
                        yield symbol.name
                elif part.root == "p0" and unit.function.owner and len(part.access) == 1:
                    method = f"{unit.function.owner}{part.access[0]}"
                    if method in self.functions:
                        yield method


def _shared_parts(one: str, other: str) -> int:
    """How many leading parts two dotted names share."""
    count = 0
    for mine, yours in zip(one.split("."), other.split("."), strict=False):
        if mine != yours:
            break
        count += 1
    return count
