"""Chosen columns: the rows of ``select(User.email)`` and ``session.query(User.id, User.name)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from discreet.facts.model import Argument, Call, Part, Value
from discreet.facts.values import ROWS
from discreet.flow.binding import receiver_of
from discreet.flow.context import Context, Thing
from discreet.flow.queries import CHOOSING
from discreet.flow.result import OBJECT, Place, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

KEEPING: Final = frozenset({
    "lower", "upper", "trim", "ltrim", "rtrim", "concat", "coalesce", "max", "min", "distinct", "cast", "type_coerce",
    "nullif", "array_agg", "string_agg", "group_concat", "any_value", "collate", "asc", "desc", "label", "ifnull",
    "unaccent"
})  # fmt: skip
"""Functions of a database of whose columns something can be seen in what they give."""
AS_ROWS: Final = frozenset({"tuples", "dicts", "namedtuples"})
"""What turns a query of peewee's into rows."""
OF_FIELDS: Final = frozenset({"scalar", "distinct"})
"""Methods of MongoEngine's query sets that give the values of the fields that they name."""
MAX_INSIDE: Final = 6
MAX_CHAINED: Final = 12


class Chosen(NamedTuple):
    """A column that is asked for: of which class, and what the row calls it."""

    cls: str
    field: str
    name: str


class Columns:
    """Answers which columns a statement of an ORM gives."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def of(self, context: Context, call: Call, place: Place) -> Results:
        """The rows that a call asks for, if it names any column or several classes; one alone gives its instances."""
        if call.text.rpartition(".")[2] not in CHOOSING:
            return ()
        args = [arg for arg in call.args if not arg.name]
        chosen = [tuple(self._chosen(context, arg.value, MAX_INSIDE)) for arg in args]
        if not any(chosen) and not self.evaluator.things.asks_for_several(context, call):
            return ()
        found: list[Result] = []
        for number, (arg, columns) in enumerate(zip(args, chosen, strict=True)):
            where = f"={number}/{len(args)}:"
            for column in columns:
                found.extend(self._column(column, f"{where}{column.name}", place))
            if not columns:
                found.extend(self._whole(context, arg, where, place))
        if self._is_statement(context, call):
            found = [each._replace(path=(ROWS, *each.path)) for each in found]
        return distinct(found)

    def _is_statement(self, context: Context, call: Call) -> bool:
        """``select(User.email)``: its text names columns, and it has rows only where somebody executes it."""
        callees = self.evaluator.things.of_callee(context, call)
        return any(each.kind == "external" and each.name.endswith(".select") for each in callees)

    def collected(self, context: Context, call: Call, thing: Thing, place: Place) -> Results | None:
        """The rows that a method of a query set gives instead of objects; ``None`` where it gives these."""
        if thing.member in ("values", "values_list"):
            return self._named(call, thing, place)
        if thing.member == "with_entities":
            return self.of(context, call, place) or None
        if thing.member in AS_ROWS:
            asked = self._asked(context, call)
            rows = self.of(context, asked, place) if asked is not None else ()
            return rows or self._named(call, thing, place)
        if thing.member in OF_FIELDS and call.args and self._is_document(thing.name):
            return self._named(call, thing, place)
        return None

    def _named(self, call: Call, thing: Thing, place: Place) -> Results:
        """``Model.objects.values("email")`` and ``values_list``: rows that hold what their columns hold."""
        base = Result(OBJECT, (thing.name.rpartition(".")[2],), f"{call.text}()", place, cls=thing.name)
        columns = [arg.constant for arg in call.args if arg.name == "" and isinstance(arg.constant, str)]
        is_flat = any(arg.name == "flat" for arg in call.args) or (thing.member in OF_FIELDS and len(columns) == 1)
        if not columns:
            return (base._replace(path=("*",), tail=("@fields",)),)
        found: list[Result] = []
        for number, column in enumerate(columns):
            steps = tuple(f".{each}" for each in column.split("__"))
            place_in_row = f"={number}/{len(columns)}:{column}"
            key = (f"[{column}",) if thing.member == "values" else () if is_flat else (place_in_row,)
            for each in self.evaluator.steps((base,), steps, place):
                found.append(each._replace(path=("*", *key, *each.path)))
        return distinct(found)

    def _asked(self, context: Context, call: Call) -> Call | None:
        """The ``select`` behind ``Person.select(Person.email).where(...).order_by(...).tuples()``."""
        for _ in range(MAX_CHAINED):
            root = next((part.root for part in receiver_of(call) if part.root[0] == "c" and not part.access), "")
            if not root:
                return None
            call = context.function.calls[int(root[1:])]
            if call.text.rpartition(".")[2] == "select":
                return call
        return None

    def _is_document(self, cls: str) -> bool:
        return any(each.startswith("mongoengine.") for each in self.evaluator.classes.foreign(cls))

    def _column(self, column: Chosen, step: str, place: Place) -> Iterator[Result]:
        short = column.cls.rpartition(".")[2]
        owner = Result(OBJECT, (short,), short, place, cls=column.cls)
        for each in self.evaluator.fields.attribute(owner, column.field, place):
            yield each._replace(path=("*", step, *each.path))

    def _whole(self, context: Context, arg: Argument, where: str, place: Place) -> Iterator[Result]:
        for thing in self.evaluator.things.of_value(context, arg.value):
            if thing.kind == "class":
                short = thing.name.rpartition(".")[2]
                yield Result(OBJECT, (short,), short, place, cls=thing.name, path=("*", f"{where}{short}"))

    def _chosen(self, context: Context, value: Value, inside: int) -> Iterator[Chosen]:
        """The columns whose content an argument shows."""
        for part in value:
            if part.path or part.form:
                continue
            if part.root[0] == "c" and not part.access:
                if inside:
                    yield from self._made_of(context, context.function.calls[int(part.root[1:])], inside - 1)
            elif part.access and part.access[-1][0] == ".":
                yield from self._field(context, part)

    def _field(self, context: Context, part: Part) -> Iterator[Chosen]:
        name = part.access[-1][1:]
        for thing in self.evaluator.things.of_root(context, part.root, part.access[:-1]):
            if thing.kind == "class" and self.evaluator.classes.declared(thing.name, name) is not None:
                yield Chosen(thing.name, name, name)

    def _made_of(self, context: Context, call: Call, inside: int) -> Iterator[Chosen]:
        last = call.text.rpartition(".")[2]
        if last not in KEEPING:
            return
        alias = (
            next((arg.constant for arg in call.args if isinstance(arg.constant, str)), "") if last == "label" else ""
        )
        for value in (receiver_of(call), *(arg.value for arg in call.args)):
            for each in self._chosen(context, value, inside):
                yield each._replace(name=str(alias) or each.name)
