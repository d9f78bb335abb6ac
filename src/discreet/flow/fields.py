"""Fields: what an attribute of an object of a known class is, by its declaration and by what is stored in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from discreet.catalogue.rows import FieldRow
from discreet.catalogue.speaking import speaks
from discreet.facts.keys import fits
from discreet.facts.marks import NONE
from discreet.facts.model import Call, Class, Field
from discreet.facts.outline import constructors
from discreet.flow import notes
from discreet.flow.attributes import MAKERS
from discreet.flow.binding import bind_arguments, bind_fields
from discreet.flow.brought import is_brought, is_told
from discreet.flow.context import Context, Made
from discreet.flow.keys import Handed
from discreet.flow.operators import Operators
from discreet.flow.result import OBJECT, PARAM, TAINT, UNKNOWN, Place, Result, Results
from discreet.flow.results import distinct
from discreet.flow.stored import Stored

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator


class Fields:
    """Answers what lies in an object."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.operators = Operators(evaluator)
        self.stored = Stored(evaluator)

    def step(self, result: Result, step: str, place: Place) -> Results:
        if step[:3] == "?[~":
            return self._fitting(result, step, place)
        if step[0] == "." or (step[0] == "[" and len(step) > 1 and self._is_mapping(result)):
            if (step,) in result.minus:
                return ()
            return self.attribute(result, step[1:], place)
        if step[0] == "[" and "*" not in result.tail and len(step) > 1:
            return self.attribute(result, step[1:], place)
        if step == "@fields" and not self.evaluator.external.has_fields(result.cls):
            what = Result(UNKNOWN, ("",), result.text, place)  # request.json(): not its attributes, but what was sent
            return (what,)
        keys = self._is_mapping(result) and (not result.tail or result.tail[-1] == "@fields")
        if step == "!" or (step == "*" and keys):
            return ()  # iterating a mapping gives its keys: names of fields
        special = self.operators.step(result, step, place)
        if special is not None:
            return special
        if (step in ("*", "[") or step[0] == "#") and not result.tail and self.evaluator.external.is_opaque(result.cls):
            return (Result(UNKNOWN, ("",), result.text, place),)  # a line of a file: what the loop calls it
        return (result._replace(tail=(*result.tail, step)[-4:]),)

    def _fitting(self, result: Result, step: str, place: Place) -> Results:
        """What an attribute or a key is of whose name a part is known: ``getattr(self, f"primary_ip{family}")``."""
        if not self.evaluator.program.is_class(result.cls):
            return self.step(result, "[", place)
        mark, names = "[" if self._is_mapping(result) else ".", self.evaluator.classes.field_names(result.cls)
        return distinct([each for name in names if fits(name, step) for each in self.step(result, mark + name, place)])

    def _is_mapping(self, result: Result) -> bool:
        return "@fields" in result.tail or self.evaluator.external.is_mapping(result.cls)

    def attribute(self, result: Result, name: str, place: Place) -> Results:
        """What an attribute of an object of a known class is."""
        key = ("attribute", result.cls, name, result.made)
        if key in self.evaluator.open:  # a property or a field that is made of itself
            return ()
        if self.evaluator.classes.are_settings(result.cls):
            return ()
        if not self.evaluator.program.descend():
            return ()
        self.evaluator.open.add(key)
        try:
            return self._attribute(result, name, place)
        finally:
            self.evaluator.open.discard(key)
            self.evaluator.program.ascend()

    def _attribute(self, result: Result, name: str, place: Place) -> Results:
        names = (*result.names, name)[-5:]
        text = f"{result.text}.{name}"
        minus = frozenset(gone[1:] for gone in result.minus if len(gone) > 1 and gone[0] == f".{name}")
        made = self._made(result, name, place)
        brought = is_brought(result.made) and (not made or any(map(is_open, made)))
        if made is not None and not brought:
            return made
        found = self._known_as(result.cls, name, text, self._member(result, name, names, text, place))
        if made and brought:  # of what nobody has said yet what it is, the class may know more
            found = distinct([*made, *found])
        for each in found:
            if each.kind == OBJECT:
                if self._is_written_out(result.cls):
                    found = tuple(self._in_a_record(one) for one in found)
                break
        return tuple(each._replace(minus=each.minus | minus) for each in found) if minus else found

    def _in_a_record(self, result: Result) -> Result:
        """A serializer in a serializer: where the outer one is a mapping, so is the inner one."""
        inner = result.kind == OBJECT and not result.tail and self._is_written_out(result.cls)
        return result._replace(tail=("@fields",)) if inner else result

    def _is_written_out(self, cls: str) -> bool:
        """Whether the instances of a class give all their fields as a mapping by an attribute called ``data``."""
        return any(row.attributes.get("data") == "fields" for row in self.evaluator.classes.rows(cls))

    def _known_as(self, cls: str, name: str, text: str, found: Results) -> Results:
        """What a field gives: what only its own name speaks of, with the field that gave it that name."""
        mine = [each for each in found if each.text == text and each.kind in (UNKNOWN, TAINT) and not each.field]
        if not mine or not self.evaluator.program.is_class(cls):
            return found
        classes = self.evaluator.classes
        declared = classes.declared(cls, name)
        if declared is not None:
            owner = declared[0].name
        else:
            owner = next((each for each in classes.ancestors(cls) if name in classes.writes(each)), cls)
        field = f"{owner}.{name}"
        return tuple([replace(each, field=field) if each in mine else each for each in found])

    def _member(self, result: Result, name: str, names: tuple[str, ...], text: str, place: Place) -> Results:
        cls = result.cls
        for ancestor in self.evaluator.classes.ancestors(cls):
            categories = self.evaluator.sources.get(f"{ancestor}.{name}")
            if categories:
                return (Result(TAINT, names, text, place, categories=categories, known_by="mark", confidence="high"),)
        method = self.evaluator.classes.method(cls, name)
        if method:
            return self._property(result, method, names, text, place)
        if self._declared_clean(cls):
            return ()
        declared = self.evaluator.classes.declared(cls, name)
        owner = declared[0].name if declared is not None else cls  # the class that gave the field its name
        known = self.evaluator.program.is_class(owner)
        context_names = (*result.names, owner.rpartition(".")[2], name)[-5:] if known else names
        if declared is not None:
            found = self._declared(declared[1], declared[0].name, context_names, text, place)
            if found is not None:
                return found
        written = self.stored.attribute(cls, name, context_names, text, place)
        if written is not None and self.stored.is_whole(cls, name):
            return written
        rest = self._unwritten(result, name, context_names, text, place, declared)
        return distinct([*written, *rest]) if written else rest

    def _unwritten(
        self, result: Result, name: str, context_names: tuple[str, ...], text: str, place: Place,
        declared: tuple[Class, Field] | None,
    ) -> Results:  # fmt: skip
        """What an attribute is that no method of the class gives a value, as far as its bases and its name tell."""
        cls = result.cls
        foreign = self.evaluator.external.attribute(result, name, context_names, text, place)
        if foreign is not None:
            return foreign
        shape = self.evaluator.classes.shape(cls)
        if shape:
            return self.attribute(result._replace(cls=shape), name, place)
        back = [each for each in self.evaluator.things.relations.back(cls, name) if each.kind == "instance"]
        if back:
            return tuple(Result(OBJECT, context_names, text, place, cls=each.name) for each in back)
        holds = self._holds(declared) if declared is not None else ""
        return (Result(UNKNOWN, context_names, text, place, holds=holds),)

    def _declared_clean(self, cls: str) -> bool:
        """Whether a class says in OEP-30's notation that it holds nothing personal."""
        own = self.evaluator.program.cls(cls)
        return own is not None and NONE in own.marks

    def _holds(self, declared: tuple[object, Field]) -> str:
        field = declared[1]
        for name in field.type.names:
            row = self.evaluator.classes.type_row(name)
            if row is not None and row.holds:
                return row.holds
        return ""

    def _property(self, result: Result, method: str, names: tuple[str, ...], text: str, place: Place) -> Results:
        """What a property gives: an object is called as it is, not as the class that made it."""
        unit = self.evaluator.program.unit(method)
        if unit.function.flavour != "property":
            return ()
        given = self.evaluator.calls.returned(Context(unit), {0: (result,)}, place)
        return tuple(
            each._replace(names=names, text=text)
            if each.kind == OBJECT and (each.made is None or is_brought(each.made)) and not each.path
            else each
            for each in given
        )  # fmt: skip

    def _made(self, result: Result, name: str, place: Place) -> Results | None:
        """What the constructor call gave the attribute of an object that was made here, or ``None`` if it gave
        nothing.
        """
        if not is_told(result.made):
            return None
        context = Context(self.evaluator.program.unit(result.made.function), result.made.bindings)
        call = context.function.calls[result.made.number]
        method = self.evaluator.classes.method(result.cls, "__init__")
        if method:
            stored = self._kept(result.cls, method, result.made, context, call, name)
            return None if stored is None else self._called_after(name, stored)
        by_place = any(arg.name in ("", "*") for arg in call.args) and call.text.rpartition(".")[2] not in MAKERS
        order = self.evaluator.classes.generated.order(result.cls) if by_place else ()
        for field, value in bind_fields(order, call.args):
            if field != name:
                continue
            foreign = self.evaluator.external.attribute(result, name, result.names, "", place)
            if foreign is None or (foreign and not value and all(each.kind == TAINT for each in foreign)):
                # a sample: User(email="jane@domain.com")
                found = self.evaluator.brought.handed(result.made, context, value)
                return self._typed_over(result.cls, name, self._called_after(name, found))
        return () if self._is_left_out(result.cls, name, call) else None

    def _kept(self, cls: str, method: str, made: Made, context: Context, call: Call, name: str) -> Results | None:
        """What a constructor keeps in an attribute of what a call hands it, or that of a base which it calls; ``None``
        where neither does, or others store something else there.
        """
        unit = self.evaluator.program.unit(method)
        owner, inner = unit.function.owner, Context(unit)
        written = self.evaluator.classes.writes(owner).get(name, ())
        writes = [write for each, write in written if each.key == inner.key]
        if len(written) > len(writes):
            return None
        stored: Results | None = None
        if writes:
            stored = self.evaluator.brought.outlasting(
                each.told(Place(unit.module.path, write.span), notes.kept(name))
                for write in writes
                for each in self.evaluator.value(inner, write.value)
            )
        else:
            above = self.evaluator.classes.method(cls, "__init__", after=owner)
            asked = next((each for each in unit.function.calls if each.text.endswith("__init__")), None)
            if above and asked is not None and above != method:
                stored = self._kept(cls, above, Made(*inner.key, 0), inner, asked, name)
            else:
                stored = self.evaluator.filled.by_constructor(cls, method, name)
        if stored is None:
            return None
        here, given = Place(context.module.path, call.span), {}
        for index, value in bind_arguments(unit.function, call.args, ()).items():
            held = self.evaluator.brought.handed(made, context, value)
            given[index] = tuple(each.told(here, notes.CONSTRUCTED) for each in held)
        return self.evaluator.calls.substituted(stored, given, inner, Handed(context, call.args, ()))

    def _is_left_out(self, cls: str, name: str, call: Call) -> bool:
        """Whether a constructor was handed other fields than this one, which then is the class's default; by an alias
        that nobody knows it may have been handed it.
        """
        classes = self.evaluator.classes
        if not call.args or classes.method(cls, name) or not classes.generated.is_made(cls):
            return False
        known = all(classes.declared(cls, each) for each in (name, *(arg.name for arg in call.args)))
        return known and not classes.writes(cls).get(name)

    def _called_after(self, name: str, found: Results) -> Results:
        """Values given to a field: where nothing better is known, the field's name speaks, if it says anything."""
        return tuple(
            each._replace(hint=name)
            if is_open(each) and not each.path and (speaks(name) or not speaks(each.hint))
            else each
            for each in found
        )

    def _typed_over(self, cls: str, name: str, found: Results) -> Results | None:
        """A value given to a field: unknown ones are what the field's declaration says."""
        return None if any(each.kind == UNKNOWN for each in found) else found

    def _declared(self, field: Field, cls: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """What a field's declaration says, or ``None`` where it says nothing."""
        if field.marks:
            if NONE in field.marks:
                return ()
            return (Result(TAINT, names, text, place, categories=field.marks, known_by="mark", confidence="high"),)
        owner = self.evaluator.program.cls(cls)
        scope = self.evaluator.classes.scope(owner) if owner is not None else None
        if scope is None:
            return None
        row = self.row_of(scope, field)
        if row is not None and row.categories:
            return (Result(TAINT, names, text, place, categories=row.categories, known_by="type", confidence="high"),)
        if row is not None and not row.relation and not field.type.names:
            return self._of_row(row, names, text, place)
        things = self.evaluator.things.attributes.of_field(cls, field.name)
        objects = [
            Result(OBJECT, names, text, place, cls=thing.name, path=("*",) if thing.kind == "collection" else ())
            for thing in things
            if thing.kind in ("instance", "collection") and self.evaluator.external.is_object(thing.name)
        ]
        if objects:
            return tuple(objects)
        if row is not None:
            return self._of_row(row, names, text, place)
        if field.type.names:
            return self.evaluator.parameters.of_type(field.type, scope, names, text, place)
        if field.assigned and not field.value:
            return None if self.evaluator.classes.writes(cls).get(field.name) else ()
        return None

    def _of_row(self, row: FieldRow, names: tuple[str, ...], text: str, place: Place) -> Results:
        """What a field holds of which the catalogue knows the kind, and no category."""
        return () if row.holds in ("flag", "id") else (Result(UNKNOWN, names, text, place, holds=row.holds),)

    def row_of(self, scope: Context, field: Field) -> FieldRow | None:
        """The catalogue's row of the constructor that made a field, or of the column type it was given."""
        for call in constructors(scope.function, field.value):
            for callee in self.evaluator.things.callee_names(scope, call):
                row = self.evaluator.classes.field_row(callee)
                if row is not None:
                    return row
            for arg in call.args:  # Column(EmailType), mapped_column(EmailType())
                for thing in self.evaluator.things.of_value(scope, arg.value):
                    row = self.evaluator.classes.field_row(thing.name)
                    if row is not None and not row.relation:
                        return row
        return None


def is_open(result: Result) -> bool:
    """Whether others may know more of a result."""
    return result.kind in (UNKNOWN, PARAM)
