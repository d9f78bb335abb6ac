"""Pseudonyms: the attribute by which an object can be named without saying who it is (``pk``, ``id``, ``uuid``).

A fix may show it in place of the personal data that lies beside it, so it has to be there for certain: only of a class
that is known is anything said, by what its framework gives every record, its primary key, or a field of its own. What a
variable is called says nothing here, nor does a class that was guessed after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.facts.model import STR, Part, Span, Value
from discreet.facts.outline import constructors
from discreet.flow.context import Context, Thing
from discreet.flow.leaks import Judge
from discreet.flow.result import OBJECT, Place, Result

CUSTOMARY: Final = ("pk", "id", "uuid")
"""What a class of the program calls such a field, if it has one."""
PRIMARY: Final = ("primary_key", "pk")
"""How the constructor of a column is told that it is the primary key."""

PLAIN: Final = ("builtins.", "abc.", "typing.")
"""Where bases come from that make nothing of what a class declares."""
_MAKING: Final = (".__init__", ".__new__", ".__post_init__", ".__attrs_post_init__")


class Pseudonyms:
    """Finds out what objects are named by.

    Args:
        judge: Who tells what is personal: a primary key may be an address.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.evaluator = judge.evaluator
        self.things = judge.evaluator.things
        self.classes = judge.classes
        self.program = judge.classes.program
        self._known: dict[str, str] = self.program.table()

    def asked(self, module: str, function: str) -> Iterator[tuple[Span, str, bool]]:
        """What is handed to a function of some name, wherever a module calls it.

        Args:
            module: The module.
            function: The name.

        Returns:
            For each call its place, the attribute that names the object in its only argument (empty if none does), and
            whether the argument surely is such an object and never ``None``.
        """
        for unit in self.program.units_of(module):
            context = Context(unit)
            for call in unit.function.calls:
                if call.text == function and len(call.args) == 1:
                    value = call.args[0].value
                    yield call.span, self.of_value(context, value), self._is_there(context, value)

    def of_value(self, context: Context, value: Value) -> str:
        """The attribute that names whatever a value may be; empty if there is none that all of it has."""
        things = [self._things(context, part) for part in value]
        if not all(things):
            return ""
        found = {self._of_thing(context, thing) for each in things for thing in each}
        return found.pop() if len(found) == 1 else ""

    def _things(self, context: Context, part: Part) -> tuple[Thing, ...]:
        """What a part is, unless that was told by its name, or it is only just being made."""
        if part.root == "p0" and context.function.name.endswith(_MAKING):
            return ()
        return () if self._is_convention(context, part) else self.things.of_part(context, part)

    def _is_convention(self, context: Context, part: Part) -> bool:
        """Whether a part comes of a parameter that nothing is known of but what it is called."""
        conventions = self.evaluator.catalogue.conventions
        if part.root[0] == "v":
            return part.root.rpartition(":")[2] in conventions
        if part.root[0] != "p":
            return False
        param = context.function.params[int(part.root[1:])]
        return param.name in conventions and not (param.type.names or param.default)

    def _of_thing(self, context: Context, thing: Thing) -> str:
        if thing.kind != "instance":
            return ""
        is_new = thing.made is not None and thing.made.function == context.function.name
        if is_new and (self._given(thing.name) or self._primary(thing.name)):
            return ""  # the database gives it one, later
        return self.of_class(thing.name)

    def of_class(self, cls: str) -> str:
        """The attribute that names instances of a class; empty if it has none."""
        known = self._known.get(cls)
        if known is None:
            known = self._known[cls] = self._of_class(cls)
        return known

    def _of_class(self, cls: str) -> str:
        if any(each.endswith("TypedDict") for each in self.classes.ancestors(cls)):  # it has keys, and no attributes
            return ""
        primary = self._primary(cls)
        if len(primary) > 1 or any(self._is_personal(cls, name) for name in primary):
            return ""
        given = self._given(cls)
        if given == "pk":  # whatever the primary key is
            return given
        names = primary or [given] if primary or given else self._customary(cls)
        return next((each for each in names if self._is_plain(cls, each) and not self._is_personal(cls, each)), "")

    def _customary(self, cls: str) -> list[str]:
        if not all(map(self._is_record, self.classes.ancestors(cls))):
            return []
        return [each for each in CUSTOMARY if self._is_field(cls, each) and not self.classes.method(cls, each)]

    def _is_record(self, ancestor: str) -> bool:
        """Whether what a class declares, its instances have. Those of a form or a schema make something else of it."""
        if self.program.is_class(ancestor) or ancestor.startswith(PLAIN):
            return True
        row = self.evaluator.catalogue.classes[ancestor]
        return row is not None and (row.model or row.text == "fields")

    def _is_field(self, cls: str, name: str) -> bool:
        """Whether every instance has an attribute: it is declared, or the constructor stores something in it."""
        ancestors = self.classes.ancestors(cls)
        declared = self.classes.declared(cls, name)
        return (declared is not None and declared[0].name in ancestors) or any(
            context.function.name.endswith(".__init__") for context, _ in self.classes.stores(cls, name)
        )

    def _primary(self, cls: str) -> list[str]:
        """The fields that a class declares to be its primary key."""
        found: dict[str, None] = {}
        for ancestor in self.classes.ancestors(cls):
            each = self.program.cls(ancestor)
            scope = self.classes.scope(each) if each is not None else None
            if each is None or scope is None:
                continue
            for field in each.fields:
                for call in constructors(scope.function, field.value):
                    if any(arg.name in PRIMARY and arg.constant is True for arg in call.args):
                        found[field.name] = None
        return list(found)

    def _given(self, cls: str) -> str:
        """What the class's framework names every record by."""
        return next((row.key for row in self.classes.rows(cls) if row.key), "")

    def _is_plain(self, cls: str, name: str) -> bool:
        """Whether an attribute is a value, and leads to no other object."""
        things = self.things.attributes.of_field(cls, name)
        return not any(each.kind == "collection" or self.program.is_class(each.name) for each in things)

    def _is_personal(self, cls: str, name: str) -> bool:
        """Whether an attribute says something of a person: a primary key may be an address, an ``id`` a passport's."""
        unit = self.program.top(self.program.class_home(cls))
        if unit is None:
            return False
        last = cls.rpartition(".")[2]
        place = Place(unit.module.path, unit.function.span)
        held = self.evaluator.fields.attribute(Result(OBJECT, (last,), last, place, cls=cls), name, place)
        return any(self.judge.leaks(Context(unit), each, STR) for each in held)

    def _is_there(self, context: Context, value: Value) -> bool:
        """Whether a value is surely an object: an instance's own ``self``, an element of a collection, a constructor's
        result. What a query gives may be ``None``.
        """
        return bool(value) and all(self._part_is_there(context, part) for part in value)

    def _part_is_there(self, context: Context, part: Part) -> bool:
        if part.access:
            return part.access[-1] == "*"
        if part.root == "p0":
            return bool(context.function.owner) and context.function.flavour == ""
        if part.root[0] == "c":
            call = context.function.calls[int(part.root[1:])]
            callees = self.things.of_callee(context, call)
            return bool(callees) and all(thing.kind == "class" for thing in callees)
        return False
