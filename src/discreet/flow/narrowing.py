"""Narrowing: whether an object of a class can be where a branch has excluded others."""

from __future__ import annotations

from discreet.facts.model import Path
from discreet.facts.narrowing import FALSE, PLAIN
from discreet.flow.classes import Classes
from discreet.flow.result import OBJECT, Result


class Narrowing:
    """Answers what a branch excludes. Where a class has bases that nobody knows, nothing is excluded by it."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self.program = classes.program
        self._known: dict[tuple[str, str], bool] = self.program.table()

    def admits(self, result: Result, step: str) -> bool:
        """Whether a result may get to where a step of :mod:`discreet.facts.narrowing` leads."""
        if step == FALSE:
            return False
        return result.kind != OBJECT or bool(result.path or result.form or result.tail) or self.may_be(result.cls, step)

    def leaves(self, cls: str, minus: frozenset[Path]) -> bool:
        """Whether what is unknown may be an instance of a class, after all that was excluded of it."""
        return all(self.may_be(cls, gone[0]) for gone in minus if gone[0][0] in "+-")

    def may_be(self, cls: str, step: str) -> bool:
        """The same of an instance of a class."""
        if step == FALSE:
            return False
        known = self._known.get((cls, step))
        if known is None:
            known = self._known[cls, step] = self._may_be(cls, step)
        return known

    def _may_be(self, cls: str, step: str) -> bool:
        if step[:2] == "-.":
            return not (self.classes.method(cls, step[2:]) or self.classes.declared(cls, step[2:]))
        wanted = [self._meant(name) for name in step[1:].split("|")]
        if step[0] == "-":
            return not any(name in self.classes.ancestors(cls) for name in wanted if name)
        return any(not name or self._related(cls, name) for name in wanted)

    def _meant(self, dotted: str) -> str:
        """The class that a name means, or ``""``."""
        symbol = self.program.find(dotted)
        return symbol.name if symbol.kind in ("class", "external") and not symbol.rest else ""

    def _related(self, cls: str, other: str) -> bool:
        """Whether an instance of the one may be one of the other."""
        mine, theirs = self.classes.ancestors(cls), self.classes.ancestors(other)
        if other in mine or cls in theirs:
            return True
        if other in PLAIN and self.classes.catalogue.classes[cls] is not None:
            return False
        if not self.program.is_class(cls) or self._is_open(mine, other):
            return True
        return any(other in self.classes.ancestors(each) for each in self.classes.below(cls))

    def _is_open(self, ancestors: tuple[str, ...], other: str) -> bool:
        """Whether a class of a library is among the bases of another class's, for all that is known here."""
        if self.program.is_class(other):
            return False
        rows = self.classes.catalogue.classes
        return any(
            not self.program.is_class(each) and ((row := rows[each]) is None or not row.model) for each in ancestors
        )
