"""Forms: the classes that have all methods of a ``typing.Protocol``, from which they need not derive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.facts.bounds import hit
from discreet.facts.model import Class
from discreet.flow.program import Program

if TYPE_CHECKING:
    from discreet.flow.classes import Classes

_PROTOCOLS: Final = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
MAX_FORMED: Final = 8
"""Where more classes have a form, nobody can tell which is meant."""


class Forms:
    """Answers who has the form that a protocol asks for."""

    def __init__(self, program: Program, classes: Classes) -> None:
        self.program = program
        self.classes = classes
        self._formed: dict[str, tuple[str, ...]] = program.table()

    def of(self, name: str) -> tuple[str, ...]:
        """The program's classes that have all methods of a protocol, but for the fakes of its tests; none of a class
        that is no protocol.
        """
        known = self._formed.get(name)
        if known is None:
            own = self.program.cls(name)
            found = list(self._of_form(own.methods)) if own is not None and self._is_protocol(own) else []
            if len(found) > MAX_FORMED:
                hit("classes of a protocol's form")
                found = []
            known = self._formed[name] = tuple(found)
        return known

    def _is_protocol(self, own: Class) -> bool:
        """Whether a class is a protocol, and not only derives from one."""
        named = any(part.root.endswith(".Protocol") for base in own.bases for part in base)
        return named and bool(own.methods) and not _PROTOCOLS.isdisjoint(self.classes.ancestors(own.name))

    def _of_form(self, asked: dict[str, str]) -> Iterator[str]:
        for module in self.program.modules_naming(max(asked, key=len)):
            loaded = self.program.module(module)
            for cls, each in loaded.classes.items() if not loaded.facts.is_test else ():
                theirs = [(method, each.methods.get(name, "")) for name, method in asked.items()]
                if all(self._agree(*both) for both in theirs) and _PROTOCOLS.isdisjoint(self.classes.ancestors(cls)):
                    yield cls

    def _agree(self, asked: str, given: str) -> bool:
        """Whether a method takes as many arguments as a protocol's does."""
        if not given:
            return False
        return len(self.program.unit(asked).function.params) == len(self.program.unit(given).function.params)
