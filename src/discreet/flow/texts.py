"""Texts: which method Python would call to show an object, and what it shows of what was stored there from outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from discreet.facts.model import REPR, STR, VALUE
from discreet.flow import notes
from discreet.flow.context import Context
from discreet.flow.result import MAX_TRACE, OBJECT, PARAM, Place, Result, Results, Step
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

FIELDS: Final = "@fields"
"""Instead of a method: a text that a decorator or a library makes of the fields."""
USERNAME: Final = "@username"
"""The same of the one field that names a user."""


class Texts:
    """Answers what an object's text is made by."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.classes = evaluator.classes

    def of(self, cls: str, form: int) -> str:
        """The method that shows an instance as ``str()`` or ``repr()``, or ``FIELDS`` or ``USERNAME``; nothing where
        no class says anything about it.
        """
        names = ("__str__", "__repr__") if form == STR else ("__repr__",)
        if form == REPR and any(each.startswith("django.") for each in self.classes.ancestors(cls)):
            names = ("__repr__", "__str__")  # Django's Model.__repr__ shows str(self)
            own = [method for name in names if (method := self.classes.method(cls, name))]
            if own:
                return own[0]
        for name in names:
            found = self._called(cls, name)
            if found is not None:
                return found
        return ""

    def _called(self, cls: str, name: str) -> str | None:
        for ancestor in self.classes.ancestors(cls):
            each = self.evaluator.program.cls(ancestor)
            if each is not None:
                method = each.methods.get(name)
                if method is not None:
                    return method
                if name == "__repr__" and self.classes.generated.is_dataclass(each):
                    return "" if "no-repr" in each.flags else FIELDS
                continue
            row = self.evaluator.catalogue.classes[ancestor]
            if row is not None and row.text in ("fields", "@username"):
                return FIELDS if row.text == "fields" else USERNAME
        return None

    def is_shown(self, cls: str, name: str) -> bool:
        """Whether a text that is made of the fields shows a field."""
        declared = self.classes.declared(cls, name)
        return declared is not None and declared[1].shown and (bool(declared[1].type.names) or declared[1].assigned)

    def with_stored(self, context: Context, results: Iterable[Result], form: int) -> Results:
        """Results as a sink shows them in ``form``: what was stored in an attribute of an object beside it
        (``contact.email = email``) is what the text of that object makes of it.
        """
        held = tuple(results)
        if form == VALUE or not any(is_stored(each) for each in held):
            return held
        found: list[Result] = []
        for each in held:
            if not is_stored(each):
                found.append(each)
                continue
            for cls in dict.fromkeys(cls for whole in held for cls in self._classes_of(context, whole, each)):
                found.extend(self._made_of(each, cls, each.form or form))
        return distinct(found)

    def _classes_of(self, context: Context, whole: Result, stored: Result) -> list[str]:
        """The classes of the object that something was stored in, if ``whole`` is that."""
        at = next(number for number, step in enumerate(stored.path) if step[0] == ".")
        if whole.path != stored.path[:at] or whole.tail:
            return []
        own = self.evaluator.parameters.own(context, whole) if whole.kind == PARAM else (whole,)
        return [each.cls for each in own if each.kind == OBJECT and not each.tail]

    def _made_of(self, stored: Result, cls: str, form: int) -> Results:
        while stored.path[0][0] != ".":
            stored = stored._replace(path=stored.path[1:])
            form = REPR
        way = self.of(cls, form)
        if way == FIELDS:
            shown = stored._replace(path=stored.path[1:], form=REPR, shown=True)
            return (shown,) if self.is_shown(cls, stored.path[0][1:]) else ()
        if way in ("", USERNAME):
            return ()
        unit = self.evaluator.program.unit(way)
        place = Place(unit.module.path, unit.function.span)
        given = self.evaluator.calls.returned(Context(unit), {0: (stored._replace(form=VALUE),)}, place)
        return tuple(
            each._replace(trace=shown_by(each.trace, place, way, cls)[-MAX_TRACE:], shown=True) for each in given
        )


def shown_by(story: tuple[Step, ...], place: Place, method: str, cls: str) -> tuple[Step, ...]:
    """The story of what one of an object's methods shows, and that it does: its having returned that is told so."""
    name = method.rpartition(".")[2]
    step = Step(place.path, place.span.line, place.span.column, f"shown by {cls.rpartition('.')[2]}.{name}")
    returned = replace(step, note=notes.returned(name))
    whole = (*story, step)
    return tuple(each for each in whole if each != returned)


def is_stored(result: Result) -> bool:
    """Whether a result lies in an attribute of an object, of which another result tells."""
    return any(step[0] == "." for step in result.path)
