"""Heirs: the classes below a class. What they define in its place, what they alone have, and who has a protocol's form
without deriving from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.facts.bounds import hit
from discreet.flow.program import Program

if TYPE_CHECKING:
    from discreet.flow.classes import Classes

MAX_OVERRIDES: Final = 8
_PROTOCOLS: Final = frozenset({"typing.Protocol", "typing_extensions.Protocol"})


class Heirs:
    """Answers who stands below a class."""

    def __init__(self, program: Program, classes: Classes) -> None:
        self.program = program
        self.classes = classes
        self._below: dict[str, tuple[str, ...]] = program.table()
        self._formed: dict[str, tuple[str, ...]] = program.table()

    def below(self, name: str) -> tuple[str, ...]:
        """The program's classes that derive from a class, however far down."""
        known = self._below.get(name)
        if known is None:
            found: dict[str, None] = {}
            waiting = [name]
            while waiting:
                for each in self.program.classes_on(waiting.pop().rpartition(".")[2]):
                    if each not in found and each != name and name in self.classes.ancestors(each):
                        found[each] = None
                        waiting.append(each)
            known = self._below[name] = tuple(found)
        return known

    def overrides(self, name: str, method: str) -> list[str]:
        """The methods that classes below ``name`` define in its place, and those that have the form it asks for."""
        found = []
        for below in (*self.below(name), *self.formed(name)):
            each = self.program.cls(below)
            own = each.methods.get(method) if each is not None else None
            if own is not None:
                found.append(own)
        if len(found) > MAX_OVERRIDES:
            hit("overrides of a method")
        return found[:MAX_OVERRIDES]

    def formed(self, name: str) -> tuple[str, ...]:
        """The classes that have all methods of a ``Protocol``, from which they need not derive."""
        known = self._formed.get(name)
        if known is None:
            own = self.program.cls(name)
            bases = self.classes.ancestors(name) if own is not None and own.methods else ()
            is_protocol = any(base in _PROTOCOLS for base in bases)
            known = self._formed[name] = tuple(self._of_form(own.methods)) if own is not None and is_protocol else ()
        return known

    def _of_form(self, methods: dict[str, str]) -> Iterator[str]:
        asked = list(methods)
        for module in self.program.modules_naming(max(asked, key=len)):
            for cls, each in self.program.module(module).classes.items():
                has_all = all(method in each.methods for method in asked)
                if has_all and _PROTOCOLS.isdisjoint(self.classes.ancestors(cls)):
                    yield cls

    def defining(self, name: str, attribute: str) -> list[str]:
        """The classes below a class that have an attribute which itself has not: what a mixin takes for granted."""
        found = []
        for below in self.below(name):
            each = self.program.cls(below)
            if each is not None and (
                attribute in each.methods
                or attribute in self.classes.writes(below)
                or any(field.name == attribute for field in each.fields)
            ):
                found.append(below)
        if len(found) > MAX_OVERRIDES:
            hit("overrides of a method")
        return found[:MAX_OVERRIDES]
