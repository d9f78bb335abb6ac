"""Objects: what an object shows of somebody, as a text or with all of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.facts.bounds import hit
from discreet.facts.marks import NONE
from discreet.facts.model import NOWHERE, REPR, STR, VALUE, Path
from discreet.flow.context import Context
from discreet.flow.found import Leak
from discreet.flow.result import MAX_TRACE, OBJECT, Place, Result, Step
from discreet.flow.texts import FIELDS, USERNAME, shown_by

if TYPE_CHECKING:
    from discreet.flow.leaks import Judge

MAX_DEPTH: Final = 4

_SELF: Final = "\0"
_HERE: Final = Place("", NOWHERE)


class Objects:
    """Asks the judge of all that the text of an object, or a record, shows."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.evaluator = judge.evaluator
        self.texts: dict[tuple[str, int], list[Leak]] = judge.evaluator.program.table()

    def leaks(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        """What an object shows where it is rendered in ``form``; where only its data count, what it has as a record."""
        if self.evaluator.frames.is_frame(result.cls):
            columns = self.evaluator.frames.evidence(context, result) if depth <= MAX_DEPTH else []
            return [leak._replace(trace=(*leak.trace, *result.trace)[:MAX_TRACE])
                    for column in columns for leak in self.judge.leaks(context, column, form, depth + 1)]  # fmt: skip
        record = (
            "@fields" in result.tail
            or self.evaluator.external.is_mapping(result.cls)
            or result.tail[-1:] in (("*",), ("[",))
        )
        if depth > MAX_DEPTH:
            hit("objects inside objects")
            return []
        if form == VALUE and not record:
            return []
        filled = record and self.evaluator.filled.is_filled(result.cls)
        if (filled and "*" in result.tail) or _is_looped(result.tail):
            return []  # what a loop takes out of a field may be a key of what lies there, or of no field that says who
        if (result.made is not None and (filled or depth == 0)) or (depth == 0 and result.minus):
            return self._shown(context, result, form, depth, record)
        key = (result.cls, VALUE if record else form)
        known = self.texts.get(key)
        if known is None:
            self.texts[key] = []  # a class whose text contains its own ends here
            bare = Result(OBJECT, result.names[-1:], _SELF, _HERE, cls=result.cls, tail=("@fields",) if record else ())
            known = self.texts[key] = self._shown(context, bare, form, depth, record)
        return [
            leak._replace(
                place=result.place if leak.place == _HERE else leak.place,
                expression=leak.expression.replace(_SELF, result.text),
                trace=(*leak.trace, *result.trace)[:MAX_TRACE],
            )
            for leak in known
        ]

    def _shown(self, context: Context, result: Result, form: int, depth: int, record: bool) -> list[Leak]:
        """What the text of an object shows, or, of a record, its fields."""
        if record:
            return self._fields(context, result, depth, shown_only=False) or self._filled(context, result, depth)
        marks = self._marked_class(result.cls)
        if marks is not None:
            categories = tuple(each for each in marks if each != NONE)
            return [self.judge.leak(result, categories, "mark", "high")] if categories else []
        way = self.judge.text_of.of(result.cls, form)
        if way == FIELDS:
            return self._fields(context, result, depth, shown_only=True)
        if way == USERNAME:
            field = self.evaluator.classes.constant(result.cls, "USERNAME_FIELD")
            return self._field(context, result, field if isinstance(field, str) else "username", depth)
        return self._method_text(context, result, way, depth) if way else []

    def _marked_class(self, cls: str) -> tuple[str, ...] | None:
        """What an OEP-30 annotation says of a class, or of its nearest annotated ancestor."""
        for ancestor in self.evaluator.classes.ancestors(cls):
            each = self.evaluator.program.cls(ancestor)
            if each is not None and each.marks:
                return each.marks
        return None

    def _method_text(self, context: Context, result: Result, method: str, depth: int) -> list[Leak]:
        unit = self.evaluator.program.unit(method)
        place = Place(unit.module.path, unit.function.span)
        shower = result._replace(path=(), form=VALUE, trace=())  # the object itself, wherever it lies
        shown = self.evaluator.calls.returned(Context(unit), {0: (shower,)}, place)
        found = []
        for each in shown:
            for leak in self.judge.leaks(context, each, STR, depth + 1):
                story = (*shown_by(leak.trace, place, method, result.cls), *result.trace)
                found.append(leak._replace(trace=story[:MAX_TRACE]))
        return found

    def _fields(self, context: Context, result: Result, depth: int, *, shown_only: bool) -> list[Leak]:
        found = []
        bare = result._replace(tail=(), trace=())
        for name in self.evaluator.classes.field_names(result.cls):
            if name.startswith("__") or (shown_only and not self.judge.text_of.is_shown(result.cls, name)):
                continue
            if (f"[{name}",) in result.minus or (f".{name}",) in result.minus:
                continue
            found.extend(self._field(context, bare, name, depth, story=result.trace))
        for row in self.evaluator.classes.rows(result.cls):
            is_told = row.text != "keys" and (row.text == "fields" or not shown_only)
            for name, said in row.attributes.items():
                if is_told and ":" in said:  # not what a form or a request leads to: its model's instance, the user
                    found.extend(self._field(context, bare, name, depth, story=result.trace))
        return found

    def _filled(self, context: Context, result: Result, depth: int) -> list[Leak]:
        """What a record shows of which the class declares no field, but takes all from a mapping."""
        filled = self.evaluator.filled
        if not filled.is_filled(result.cls):
            return []
        found: list[Leak] = []
        for inner, mapping in filled.mappings(result):
            found.extend(leak for leak in self.judge.leaks(inner, mapping, REPR, depth + 1) if leak.confidence != "low")
        bare = result._replace(tail=(), trace=())
        for name in filled.read_names(result.cls) if not found else ():
            found.extend(self._field(context, bare, name, depth, story=result.trace))
        if not found and filled.is_somebody(result.cls):
            found.append(self.judge.leak(result, ("person",), "name", "medium"))
        return found

    def has_generated_text(self, cls: str) -> bool:
        """Whether a class's own text is made from its fields by a decorator or a base class."""
        own = self.evaluator.program.cls(cls)
        assert own is not None
        return "no-repr" not in own.flags and self.evaluator.classes.generated.is_made(cls)

    def _field(
        self, context: Context, result: Result, name: str, depth: int, story: tuple[Step, ...] = ()
    ) -> list[Leak]:
        held = self.evaluator.fields.attribute(result, name, result.place)
        found = []
        for each in held:
            if each.kind == OBJECT and self.evaluator.classes.is_row(result.cls):
                continue  # a row's own columns are shown; what it refers to is not
            for leak in self.judge.leaks(context, each, REPR, depth + 1):
                if leak.confidence != "low":
                    found.append(leak._replace(trace=story))
        return found


def _is_looped(tail: Path) -> bool:
    """Whether it is what a loop takes out of a field of which nobody knows the name: few fields hold many, and so
    hardly any that is personal is meant.
    """
    return "[" in tail and "*" in tail[tail.index("[") :]
