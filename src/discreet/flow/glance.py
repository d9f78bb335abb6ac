"""A glance: whether anything at or below a value can be personal, told quickly and never wrongly denied.

What nobody could take for personal data need not be followed into the functions it is handed to.
"""

from __future__ import annotations

from functools import lru_cache

from discreet.catalogue import speaking
from discreet.catalogue.names import may_be_placed, surely
from discreet.catalogue.vocabulary import vocabulary
from discreet.facts.narrowing import plain
from discreet.facts.selection import columns_of
from discreet.flow.context import Context
from discreet.flow.evaluate import Evaluator
from discreet.flow.result import OBJECT, PARAM, QUERY, TAINT, Result
from discreet.flow.results import is_submission
from discreet.flow.takers import tells


class Glance:
    """Looks at names and declared types."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._classes: dict[str, bool] = evaluator.program.table()
        self._names: dict[tuple[str, str], bool] = evaluator.program.table()

    def may_be_personal(self, context: Context, result: Result) -> bool:
        """Whether a value may be personal, or hold anything that is."""
        if result.kind == TAINT or result.contents or is_submission(result):
            return True
        if any(self.tells(context, name) for name in (*result.names, result.hint)) or any(map(speaks, result.path)):
            return True
        if self.evaluator.neighbours.own(result) is not None or is_placed(result):
            return True
        if result.kind == OBJECT:
            return self.of_class(result.cls)
        if result.kind == QUERY:
            return query_speaks(result.cls)
        return result.kind == PARAM and self._parameter(context, result)

    def tells(self, context: Context, name: str) -> bool:
        """Whether a name speaks, or a value of an unknown type that is called so is taken for an object that may hold
        personal data (:meth:`Parameters.guessed_class`).
        """
        if not name or speaks(name):
            return bool(name)
        module = context.module.module
        known = self._names.get((name, module))
        if known is None:
            cls = self.evaluator.parameters.guessed_class(name, module)
            known = self._names[name, module] = bool(cls) and self.of_class(cls)
        return known

    def _parameter(self, context: Context, result: Result) -> bool:
        function, access = context.function, plain(result.access)
        param = function.params[result.parameter]
        if result.parameter == 0 and not access and function.owner:
            return False  # the object itself: its methods know as much of it
        if param.marks or param.type.marks or any(map(speaks, access)) or speaks(function.name.rpartition(".")[2]):
            return True
        if not access and tells(function, result.parameter):
            return True
        bare = result._replace(access=(), path=())
        return any(
            own.kind == TAINT or (own.kind == OBJECT and self.of_class(own.cls))
            for own in self.evaluator.parameters.own(context, bare)
        )

    def of_class(self, name: str) -> bool:
        """Whether an instance may hold personal data."""
        known = self._classes.get(name)
        if known is None:
            program = self.evaluator.program
            if not program.descend():
                return True  # nobody knows
            self._classes[name] = False  # a class that holds its own kind
            try:
                known = self._classes[name] = self._any_field(name)
            finally:
                program.ascend()
        return known

    def _any_field(self, name: str) -> bool:
        classes = self.evaluator.classes
        if speaks(name.rpartition(".")[2]) or speaks(classes.value_name(name)):
            return True
        for ancestor in classes.ancestors(name):
            own = self.evaluator.program.cls(ancestor)
            if own is None:
                if self.evaluator.catalogue.may_hold(ancestor):
                    return True
            elif own.marks or any(map(speaks, own.methods)):
                return True
        return any(speaks(field) or self.of_field(name, field) for field in classes.field_names(name))

    def of_field(self, cls: str, name: str) -> bool:
        """Whether an attribute of an instance may hold personal data, as it is declared."""
        if self.evaluator.neighbours.may_own_field(cls, name):
            return True
        declared = self.evaluator.classes.declared(cls, name)
        if declared is not None:
            field = declared[1]
            if field.marks or field.type.marks:
                return True
            scope = self.evaluator.classes.scope(declared[0]) if field.value else None
            made = self.evaluator.fields.row_of(scope, field) if scope is not None else None
            if made is not None and made.categories:
                return True
            rows = map(self.evaluator.classes.type_row, field.type.names)
            if any(row is not None and row.categories for row in rows):
                return True
        things = (
            *self.evaluator.things.attributes.of_field(cls, name),
            *self.evaluator.things.relations.back(cls, name),
        )
        return any(self.of_class(thing.name) for thing in things if thing.kind in ("instance", "collection"))


def is_placed(result: Result) -> bool:
    """Whether the name of a value speaks for where it stands: ``message["text"]["body"]``. What places have as well,
    a town and a street, may be anybody's.
    """
    *around, name = result.names
    guess = surely(name, tuple(each for each in around if each)) if may_be_placed(name) else None
    return guess is not None and guess.category not in vocabulary().places_too


@lru_cache(maxsize=1 << 16)
def speaks(word: str) -> bool:
    """Whether a name speaks of a person, or surely of a person's data. What may be anything (``name``, ``number``)
    speaks only beside such a name; by itself it is a guess of low confidence, and those are not followed further.
    """
    name = word.removeprefix("def:").lstrip(".[")
    return bool(name) and speaking.speaks(name)


def query_speaks(root: str) -> bool:
    """Whether any column of a query may be personal."""
    return any(
        speaks(column.name) or any(name == "*" or speaks(name) or speaks(table) for table, name in column.sources)
        for column in columns_of(root)
    )
