"""A glance: whether anything at or below a value can be personal, told quickly and never wrongly denied.

What nobody could take for personal data need not be followed into the functions it is handed to.
"""

from __future__ import annotations

from functools import lru_cache

from discreet.catalogue import speaking
from discreet.catalogue.names import may_be_placed, surely
from discreet.catalogue.quotes import is_said
from discreet.catalogue.vocabulary import vocabulary
from discreet.facts.narrowing import plain
from discreet.facts.selection import columns_of
from discreet.flow.binding import is_own_object
from discreet.flow.context import Context
from discreet.flow.evaluate import Evaluator
from discreet.flow.result import OBJECT, PARAM, QUERY, TAINT, Result
from discreet.flow.submissions import is_submission
from discreet.flow.suspicions import Suspicions
from discreet.flow.takers import tells


class Glance:
    """Looks at names and declared types."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.suspicions = Suspicions(evaluator.program)
        self._names: dict[tuple[str, str], bool] = evaluator.program.table()

    def may_be_personal(self, context: Context, result: Result) -> bool:
        """Whether a value may be personal, or hold anything that is."""
        if result.kind == TAINT or result.contents or is_submission(result):
            return True
        for name in (*result.names, result.hint):
            if self.tells(context, name):
                return True
        if any(map(speaks, result.path)):
            return True
        if is_placed(result):
            return True
        if result.kind == OBJECT:
            return self.of_class(result.cls)
        if result.kind == QUERY:
            return query_speaks(result.cls)
        return self._parameter(context, result) if result.kind == PARAM else self._is_surely(context, result)

    def _is_surely(self, context: Context, result: Result) -> bool:
        """Whether the names of a value say together what none of them says alone: here nobody knows better than who
        judges it where it arrives.
        """
        return bool(self.evaluator.summaries.judge.sure(context, result))

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
        itself = is_own_object(function, result.parameter)
        if itself and not access:
            return False  # the object itself: its methods know as much of it
        if param.marks or param.type.marks or any(map(speaks, access)) or speaks(function.name.rpartition(".")[2]):
            return True
        if not access and tells(function, result.parameter):
            return True
        whole = result if itself else result._replace(access=(), path=())
        owns = self.evaluator.parameters.own
        return any(self._is_known(own) for own in owns(context, whole)) or any(
            self._is_surely(context, own) for own in owns(context, result)
        )

    def _is_known(self, own: Result) -> bool:
        """Whether a function knows of its own parameter, or of an attribute of its own object, that it holds anything
        personal.
        """
        if own.kind == TAINT or own.contents or is_submission(own):
            return True
        return own.kind == OBJECT and self.of_class(own.cls)

    def of_class(self, name: str) -> bool:
        """Whether an instance may hold personal data."""
        return self.suspicions.asked(("object", name), lambda: self._any_field(name))

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
        if self.evaluator.filled.is_filled(name):
            return True
        fields, owner = classes.field_names(name), name.rpartition(".")[2]
        if any(told((owner, field)) for field in fields) or self._is_shown(name):
            return True
        return any(self.of_field(name, field) for field in fields)

    def _is_shown(self, name: str) -> bool:
        """Whether a text that a class gives its objects shows what is called as something personal is, however deep it
        lies: ``return self.owner.contact.email``.
        """
        methods = (self.evaluator.classes.method(name, each) for each in ("__str__", "__repr__"))
        shown = (part for each in methods if each for part in self.evaluator.program.unit(each).function.returns)
        return any(speaks(step[1:]) for part in shown for step in part.access if step[0] in ".[")

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
def told(names: tuple[str, ...]) -> bool:
    """Whether the last of some names speaks, be it only for those before it: the ``country`` of a ``customer``, the
    ``from`` of a ``message``, the ``DOB`` of a ``row``.
    """
    *around, name = names
    return speaks(name) or (may_be_told(name) and surely(name, tuple(filter(None, around))) is not None)


def may_be_told(name: str) -> bool:
    """A quick look: whether a name may speak for the names before it."""
    return name != "" and (speaking.may_speak(name) or may_be_placed(name))


@lru_cache(maxsize=1 << 16)
def speaks(word: str) -> bool:
    """Whether a name speaks of a person, or surely of a person's data. What may be anything (``name``, ``number``)
    speaks only beside such a name; by itself it is a guess of low confidence, and those are not followed further.
    """
    name = word.removeprefix("def:").lstrip(".[")
    return bool(name) and (speaking.speaks(name) or is_said(name))


def query_speaks(root: str) -> bool:
    """Whether any column of a query may be personal."""
    return any(
        speaks(column.name) or any(name == "*" or speaks(name) or speaks(table) for table, name in column.sources)
        for column in columns_of(root)
    )
