"""The program: one table of symbols over the facts of all modules.

A dotted name is looked up the way Python would import it: the longest module first, then what the module binds,
through re-exports, star imports and class members. Nothing is ever imported.

A module's facts are loaded when somebody looks inside it, and that is written down (:attr:`Program.looked`), as is
every question about all modules at once, with its answer (:attr:`Program.asked`). What is found out about a group of
modules is true for as long as nothing that was looked at or asked for has changed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from discreet.facts.bounds import hit
from discreet.facts.model import Class, Path, Value, Write
from discreet.flow.library import Library
from discreet.flow.loaded import Loaded, Unit
from discreet.flow.roots import Roots

MAX_ALIASES: Final = 12
"""How many re-exports a name is followed through; a longer chain is a cycle."""
MAX_DEPTH: Final = 100
"""How many questions may be open inside one another, in all rooms together: each takes up to ten of Python's thousand
frames.
"""
MAX_LOADED: Final = 12_000_000
"""How many bytes of encoded facts are held decoded from one group of modules to the next; as objects they take about
ten times that.
"""
MAX_BESIDE: Final = 3_000_000
"""The same where other facts are kept as objects anyway."""


@lru_cache(maxsize=1 << 12)
def shown_name(name: str) -> str:
    """A function's name as its author wrote it."""
    last = name.rpartition(".")[2] if "<lambda" not in name else "a lambda"
    return last.partition("@")[0]


class Symbol(NamedTuple):
    """What a dotted name means. ``kind`` is ``function``, ``class``, ``module``, ``variable`` or ``external``."""

    kind: str
    name: str
    rest: tuple[str, ...] = ()  # attributes below it that the table can't resolve


class Program:
    """All modules of one run, as one group of them sees it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.index = library.index
        self._roots = Roots(library.outlines)
        self.looked: set[str] = set()
        self.asked: dict[tuple[str, str], tuple[str, ...]] = {}
        self._loaded: dict[str, Loaded] = {}
        self._names: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._homes: dict[str, str] = {}
        self._found: dict[str, Symbol] = {}
        self._units: dict[str, Unit | None] = {}
        self._classes: dict[str, Class | None] = {}
        self._called: dict[str, bool] = {}
        self._assigned: dict[str, tuple[tuple[Path, Unit, Write], ...]] = {}
        self._tables: list[dict[Any, Any]] = []
        self._depth = 0

    def begin(self) -> None:
        """Forget who was looked at and what was found out: another group of modules is next."""
        self.let_go()
        self.looked, self.asked = set(), {}
        self._found, self._units, self._classes, self._called, self._assigned = {}, {}, {}, {}, {}
        self._depth = 0
        size = sum(map(self.library.size, self._loaded))
        while size > (MAX_BESIDE if self.library.keeps_objects else MAX_LOADED):
            module = next(iter(self._loaded))
            size -= self.library.size(module)
            del self._loaded[module]
        for loaded in self._loaded.values():
            loaded.begin()

    def table(self) -> dict[Any, Any]:
        """A new table for what is found out about one group of modules, until the next one's :meth:`begin`.

        The rooms of the engine know each other, and with the garbage collector off, as it is while many groups are
        solved, all they remember of every group would otherwise be kept to the end.
        """
        table: dict[Any, Any] = {}
        self._tables.append(table)
        return table

    def let_go(self) -> None:
        """Empty all tables: a group is solved."""
        self._roots.let_go()
        for table in self._tables:
            table.clear()
        self._tables.clear()

    def forget(self, module: str) -> None:
        """A module's facts are others now."""
        self._loaded.pop(module, None)

    # -- modules ------------------------------------------------------------------------------------------------------

    def module(self, name: str) -> Loaded:
        """A module, with its facts."""
        if name not in self.looked:
            self.looked.add(name)
        loaded = self._loaded.get(name)
        if loaded is None:
            facts, functions = self.library.apart(name)
            loaded = self._loaded[name] = Loaded(facts, functions, self._roots.mover(self.library.outlines[name]))
        return loaded

    def home(self, dotted: str) -> str:
        """The module that a dotted name lies in: the longest one that begins it; ``""`` if none does."""
        known = self._homes.get(dotted)
        if known is None:
            known = dotted
            while known and known not in self.library.outlines:
                known = known.rpartition(".")[0]
            self._homes[dotted] = known
        return known

    def _has(self, module: str, name: str) -> tuple[bool, bool]:
        """Whether a module has a function, and a class, of a name relative to it."""
        names = self._names.get(module)
        if names is None:
            outline = self.library.outlines[module]
            names = self._names[module] = (frozenset(outline.functions), frozenset(outline.classes))
        if module not in self.looked:
            self.looked.add(module)
        return name in names[0], name in names[1]

    def function(self, name: str) -> Unit | None:
        """A function by its qualified name."""
        if name not in self._units:
            self._units[name] = self._function(name)
        return self._units[name]

    def _function(self, name: str) -> Unit | None:
        module = self._keeper(name, 0)
        return self.module(module).unit(name) if module else None

    def _keeper(self, name: str, which: int) -> str:
        """The module that has a function (0) or a class (1) of a name; ``""`` if none does. It may stand beside a
        submodule that is called as it is, and so begin with the names of two modules.
        """
        module = self.home(name)
        while module and not self._has(module, name[len(module) + 1 :])[which]:
            module = self.home(module.rpartition(".")[0])
        return module

    def unit(self, name: str) -> Unit:
        """A function that is known to be there."""
        found = self._units[name] if name in self._units else self.function(name)
        assert found is not None, name
        return found

    def cls(self, name: str) -> Class | None:
        """A class by its qualified name."""
        if name not in self._classes:
            module = self.class_home(name)
            self._classes[name] = self.module(module).classes.get(name) if module else None
        return self._classes[name]

    def is_class(self, name: str) -> bool:
        """Whether a qualified name is a class's."""
        return (name in self._classes and self._classes[name] is not None) or self.class_home(name) != ""

    def class_home(self, name: str) -> str:
        """The module a class stands in; ``""`` if there is no class of that name."""
        return self._keeper(name, 1)

    def top(self, module: str) -> Unit | None:
        """The function that a module's top level is."""
        return self.module(module).top if module in self.library.outlines else None

    def scope_of(self, unit: Unit) -> Unit | None:
        """The function around a function: there its decorators and its parameters' defaults are evaluated."""
        around = self.module(unit.module.module)
        outer = (unit.function.owner or unit.function.name).rpartition(".")[0]
        while outer and not around.has(outer) and outer != unit.module.module:
            outer = outer.rpartition(".")[0]
        return around.unit(outer) or self.top(unit.module.module)

    def variables(self, module: str) -> dict[str, Value]:
        """What a module binds, by name."""
        unit = self.top(module)
        return unit.function.variables if unit is not None else {}

    def path_of(self, name: str) -> str:
        """The path of the module that a name lies in."""
        return self.library.outlines[self.class_home(name) or self.home(name)].path

    # -- depth --------------------------------------------------------------------------------------------------------

    def descend(self) -> bool:
        """Begin a question that others may be asked for: whether that is not too deep. A room whose questions come
        back to itself, however far around, begins each with this and ends it with :meth:`ascend`.
        """
        if self._depth >= MAX_DEPTH:
            hit("values inside values")
            return False
        self._depth += 1
        return True

    def ascend(self) -> None:
        """The question is answered."""
        self._depth -= 1

    # -- names --------------------------------------------------------------------------------------------------------

    def find(self, dotted: str) -> Symbol:
        """What a dotted name means here."""
        known = self._found.get(dotted)
        if known is None:
            known = self._found[dotted] = self._find(dotted, MAX_ALIASES)
        return known

    def _find(self, dotted: str, fuel: int) -> Symbol:
        above, _, last = dotted.rpartition(".")
        if above in self.library.outlines:
            is_function, is_class = self._has(above, last)
            if is_function or is_class:
                return Symbol("function" if is_function else "class", dotted)
        module = self.home(dotted)
        if module == dotted:
            return Symbol("module", dotted)
        if fuel == 0:
            hit("re-exports of a name")
            return Symbol("external", dotted)
        if module:
            if above == module and self._keeper(dotted, 0):
                return Symbol("function", dotted)  # inside a function or class that is called like a module beside it
            return self._inside(module, dotted[len(module) + 1 :].split("."), fuel)
        parts = dotted.split(".")
        for size in range(len(parts), 0, -1):
            suffix = self.index.suffixes.get(".".join(parts[:size]))
            if suffix is not None and parts[0] not in self.index.packages:
                there = ".".join((suffix, *parts[size:]))
                found = self._find(there, fuel - 1)
                if found != Symbol("external", there) or suffix == there:
                    return found  # else it has no such name: a library is called like a package further inside
        return Symbol("module" if dotted in self.index.packages else "external", dotted)

    def _inside(self, module: str, parts: list[str], fuel: int) -> Symbol:
        for size in range(len(parts), 0, -1):
            name = ".".join(parts[:size])
            is_function, is_class = self._has(module, name)
            if is_function and size == len(parts):
                return Symbol("function", f"{module}.{name}")
            if is_class:
                return Symbol("class", f"{module}.{name}", tuple(parts[size:]))
        return self._member(module, parts[0], tuple(parts[1:]), fuel)

    def _member(self, module: str, name: str, rest: tuple[str, ...], fuel: int) -> Symbol:
        value = self.variables(module).get(name)
        if value is None:
            for star in self.module(module).facts.stars:
                if star in self.library.outlines and star != module:
                    found = self._member(star, name, rest, fuel - 1) if fuel > 1 else None
                    if found is not None and found != Symbol("external", ".".join((star, name, *rest))):
                        return found  # defined there, or imported there from a library
                elif star not in self.library.outlines and star.partition(".")[0] != module.partition(".")[0]:
                    return Symbol("external", ".".join((star, name, *rest)))
            return Symbol("external", ".".join((module, name, *rest)))
        if len(value) == 1 and value[0].root[:2] == "g:" and not value[0].path:
            steps = tuple(step[1:] for step in value[0].access if step[0] == ".")
            target = ".".join((value[0].root[2:], *steps))
            if target != f"{module}.{name}":
                return self._find(".".join((target, *rest)), fuel - 1)
        return Symbol("variable", f"{module}.{name}", rest)

    # -- questions about all modules ----------------------------------------------------------------------------------

    def stores(self, root: str) -> list[tuple[Unit, Write]]:
        """What functions anywhere write into a global (``g:``), a captured variable (``v:``), or an object that a
        global names.
        """
        return [each for module in self._ask("stores", root) for each in self.module(module).stores(root)]

    def patched(self, dotted: str) -> list[tuple[Unit, Write]]:
        """What the program assigns to an attribute of something it imports: ``logging.Logger.d =
        logging.Logger.debug``.
        """
        owner, _, last = dotted.rpartition(".")
        return [(unit, write) for below, unit, write in self._assigned_below(owner) if below == (f".{last}",)]

    def given_to(self, dotted: str) -> Iterator[str]:
        """The names of all attributes that the program assigns to something it imports."""
        for below, _, _ in self._assigned_below(dotted):
            if len(below) == 1 and below[0][0] == ".":
                yield below[0][1:]

    def _assigned_below(self, dotted: str) -> tuple[tuple[Path, Unit, Write], ...]:
        """What the program assigns below something it imports, whichever part of its name the import names: the steps
        from there, and who does it.
        """
        known = self._assigned.get(dotted)
        if known is None:
            known = self._assigned[dotted] = tuple(self._find_assigned(dotted.split(".") if dotted else []))
        return known

    def _find_assigned(self, parts: list[str]) -> Iterator[tuple[Path, Unit, Write]]:
        for size in range(1, len(parts) + 1):
            above = tuple(f".{each}" for each in parts[size:])
            for unit, write in self.stores("g:" + ".".join(parts[:size])):
                access = write.target.access
                if access[: len(above)] == above:
                    yield access[len(above) :], unit, write

    def class_called(self, name: str, near: str = "") -> str:
        """The class that a short name or ``app.Model`` means: the only one, or the one nearest to a module."""
        names = self._ask("classes", name.rpartition(".")[2])
        if len(names) <= 1 or not near:
            return names[0] if len(names) == 1 else ""
        shared = [_shared_parts(self.home(each), near) for each in names]
        best = max(shared)
        return names[shared.index(best)] if best and shared.count(best) == 1 else ""

    def classes_on(self, base: str) -> tuple[str, ...]:
        """The classes with a base of this last name."""
        return self._ask("bases", base)

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The columns of a table that the program creates."""
        return tuple(dict.fromkeys(self._ask("tables", table.lower())))

    def relating(self, name: str) -> tuple[str, ...]:
        """The classes with a field that calls the way back to them this."""
        return self._ask("relations", name)

    def is_name(self, name: str) -> bool:
        """Whether a function, a method or a class anywhere is called this."""
        known = self._called.get(name)
        if known is None:
            known = self._called[name] = bool(self._ask("names", name))
        return known

    def modules_naming(self, name: str) -> tuple[str, ...]:
        """The modules in which a function, a method or a class is called this."""
        return self._ask("names", name)

    def is_ours(self, dotted: str) -> bool:
        """Whether a dotted name begins like a module of the program, from wherever it may be imported."""
        first = dotted.partition(".")[0]
        return first in self.index.packages or first in self.index.first_parts

    def modules_calling(self, name: str) -> tuple[str, ...]:
        """The modules that call something of this last name."""
        return self._ask("calls", name)

    def _ask(self, table: str, name: str) -> tuple[str, ...]:
        known = self.asked.get((table, name))
        if known is None:
            known = self.asked[table, name] = self.index.answer(table, name)
        return known

    def inside(self, modules: Container[str]) -> dict[str, dict[str, tuple[str, ...]]]:
        """What was asked of the functions of all modules that were looked into, but for some: names, by question."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for module in sorted(self.looked):
            if module not in modules:
                loaded = self._loaded.get(module)
                asked = loaded.asked.items() if loaded is not None else ()
                found[module] = {question: tuple(sorted(names)) for question, names in asked if names}
        return found

    def units_of(self, module: str) -> list[Unit]:
        """All functions of a module."""
        return self.module(module).units()


def _shared_parts(one: str, other: str) -> int:
    """How many leading parts two dotted names share."""
    count = 0
    for mine, yours in zip(one.split("."), other.split("."), strict=False):
        if mine != yours:
            break
        count += 1
    return count
