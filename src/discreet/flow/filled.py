"""Filled objects: what lies in the fields of an object that takes them from a mapping, as ``facts/lower/filled.py``
notes it.

Such a class declares nothing. What its objects hold is what the mapping holds that was handed to the constructor, where
that is in sight; else what the methods of the class read of themselves by name; and where nothing tells, but the class
is called after a person, a record of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.catalogue.names import is_person, surely
from discreet.facts.model import Write
from discreet.flow import notes
from discreet.flow.binding import bind_arguments
from discreet.flow.brought import is_told
from discreet.flow.context import Context, Made
from discreet.flow.keys import Handed
from discreet.flow.loaded import Unit
from discreet.flow.reads import reads
from discreet.flow.result import PARAM, Place, Result, Results

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

FIELDS: Final = "@fields"


class Filled:
    """Answers what objects hold that are filled from mappings."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._writes: dict[str, list[tuple[Context, Write]]] = evaluator.program.table()

    def is_filled(self, cls: str) -> bool:
        """Whether a class takes all its fields from mappings, and declares none."""
        return bool(self._all(cls)) and not self._declares(cls)

    def by_constructor(self, cls: str, method: str, name: str) -> Results | None:
        """What the mapping holds under a name that a constructor fills the object from, in the terms of its parameters;
        ``None`` where it does not, or something else may.
        """
        writes = [write for context, write in self._all(cls) if context.function.name == method]
        if not writes or len(writes) < len(self._all(cls)) or self._declares(cls):
            return None
        inner = Context(self.evaluator.program.unit(method))
        found: list[Result] = []
        for write in writes:
            place = Place(inner.module.path, write.span)
            held = self.evaluator.steps(self.evaluator.value(inner, write.value), (f"[{name}",), place)
            found.extend(self.evaluator.brought.outlasting(each.told(place, notes.kept(name)) for each in held))
        return tuple(found)

    def mappings(self, result: Result) -> Iterator[tuple[Context, Result]]:
        """The mappings that an object was filled from, each with the function that knows it."""
        for inner, write in self._all(result.cls):
            held = self.evaluator.value(inner, write.value)
            if not is_told(result.made) or inner.function.name != self.evaluator.classes.method(result.cls, "__init__"):
                yield from ((inner, own) for each in held for own in self._own(inner, each))
                continue
            context, given, handed = self._handed(result.made, inner)
            for each in self.evaluator.calls.substituted(held, given, inner, handed):
                yield context, each.told(Place(inner.module.path, write.span), notes.FILLED)

    def read_names(self, cls: str) -> list[str]:
        """The fields that the methods of a class read of their own object, if they tell something by themselves."""
        found: dict[str, None] = {}
        for unit in self._methods(cls):
            for root, access, _ in reads(unit.function, "."):
                named = access[1] if access[:1] == (FIELDS,) and len(access) > 1 else access[0]
                if root == "p0" and named[0] in ".[" and surely(named[1:]) is not None:
                    found[named[1:]] = None
        return list(found)

    def is_somebody(self, cls: str) -> bool:
        """Whether a class is called after a person."""
        return is_person(cls.rpartition(".")[2])

    def _own(self, context: Context, result: Result) -> Results:
        return self.evaluator.parameters.own(context, result) if result.kind == PARAM else (result,)

    def _handed(self, made: Made, inner: Context) -> tuple[Context, dict[int, Results], Handed]:
        context = Context(self.evaluator.program.unit(made.function), made.bindings)
        call = context.function.calls[made.number]
        bound = bind_arguments(inner.function, call.args, ())
        given = {index: self.evaluator.brought.handed(made, context, value) for index, value in bound.items()}
        return context, given, Handed(context, call.args, ())

    def _declares(self, cls: str) -> bool:
        """Whether a class, or a base of it, says itself which fields it has. A constant beside its methods is none."""
        classes = self.evaluator.classes
        owns = map(self.evaluator.program.cls, classes.ancestors(cls))
        fields = [field for own in owns if own is not None for field in own.fields]
        return bool(classes.shape(cls)) or any(field.type.names or field.value or field.marks for field in fields)

    def _methods(self, cls: str) -> Iterator[Unit]:
        """The methods of a class and its bases that are called on an object."""
        for ancestor in self.evaluator.classes.ancestors(cls):
            own = self.evaluator.program.cls(ancestor)
            for method in own.methods.values() if own is not None else ():
                unit = self.evaluator.program.unit(method)
                if unit.function.flavour not in ("static", "class"):
                    yield unit

    def _all(self, cls: str) -> list[tuple[Context, Write]]:
        """What the methods of a class write into all fields of their object."""
        known = self._writes.get(cls)
        if known is None:
            known = self._writes[cls] = [
                (Context(unit), write)
                for unit in self._methods(cls)
                for write in unit.function.writes
                if write.target.root == "p0" and write.target.access == (FIELDS,)
            ]
        return known
