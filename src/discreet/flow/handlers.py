"""Handlers: what a library hands to a function of the program that it calls.

Nobody in the program calls a validator, a receiver of a signal, or a method that a framework's class asks for. What
their parameters are, the library says (``[[handler]]`` in the catalogue), in the terms of what stands around them: the
fields of the class they belong to, the model that the decorator names, the form that a view declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from discreet.catalogue.rows import Handler
from discreet.facts.model import Call, Function, Part, Path, Value
from discreet.facts.outline import last_name
from discreet.flow.binding import selected
from discreet.flow.context import Context, Thing
from discreet.flow.loaded import Unit

if TYPE_CHECKING:
    from discreet.flow.things import Things

RECORD: Final = "record"
FIELDS: Final = "fields"
PARAMETERS: Final = "parameters"
SAID: Final = "said"
_CLASSES: Final = ("class", "external")
_NAMED: Final = ("class", "external", "instance", "collection")
_HELD: Final = ("attribute", "element")
_USER_SETTING: Final = "AUTH_USER_MODEL"


class Given(NamedTuple):
    """What a parameter is handed: an ``instance`` or a ``collection`` of the class ``name``, a ``record`` of its
    fields, the values of some ``fields`` of it, the function's other ``parameters``, or what is ``said`` in the
    notation of a class's attributes. It lies at ``path`` of the parameter.
    """

    kind: str
    name: str
    fields: tuple[str, ...] = ()
    path: Path = ()


class _Asked(NamedTuple):
    """A row that speaks of a function, with the call that said so and where that stands."""

    row: Handler
    call: Call | None
    scope: Context | None


class Handlers:
    """Answers what parameters are handed by libraries."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.program = things.program
        self.catalogue = things.catalogue
        self._rows: dict[str, tuple[_Asked, ...]] = self.program.table()
        self._given: dict[tuple[str, int], tuple[Given, ...]] = self.program.table()

    def of(self, unit: Unit, index: int) -> tuple[Given, ...]:
        """What parameter number ``index`` of a function is handed, if a library calls it and says so."""
        key = (unit.function.name, index)
        known = self._given.get(key)
        if known is None:
            if not self.program.descend():
                return ()
            self._given[key] = ()  # what is found by asking for itself
            try:
                found: list[Given] = []
                for each in self._asked(unit):
                    if _is_meant(each, unit.function, index):
                        found.extend(self._gives(unit.function, index, each))
                paired = self.catalogue.conventions.get(_pair(unit.function, index))
                if paired and not found:
                    found.append(Given(SAID, f"type:{paired}"))
            finally:
                self.program.ascend()
            known = self._given[key] = tuple(dict.fromkeys(found)) if found else ()
        return known

    def instances(self, unit: Unit, index: int) -> tuple[Thing, ...]:
        """The objects among what a parameter is handed."""
        found: list[Thing] = []
        for each in self.of(unit, index):
            if each.kind in ("instance", "collection"):
                found.append(Thing(each.kind, each.name))
            elif each.kind == SAID:
                found.extend(self.things.given(each.name))
        return tuple(found)

    def checks(self, unit: Unit) -> bool:
        """Whether a function is asked whether a value will do, and answers whoever sent it."""
        return any(each.row.checks for each in self._asked(unit))

    def named(self, cls: str, said: str) -> tuple[Thing, ...]:
        """``attribute:form_class``, ``element:queryset|model``: an instance of what an attribute of a class names, or
        what it holds; with ``element`` one of them. Of several attributes the first that says anything.
        """
        kind, _, names = said.partition(":")
        for name in names.split("|"):
            held = self.things.attributes.of_field(cls, name)
            found = [
                Thing("instance" if each.kind in _CLASSES or kind == "element" else each.kind, each.name)
                for each in held
                if each.kind in _NAMED
            ]
            if found:
                return tuple(found)
        return ()

    # -- which rows ---------------------------------------------------------------------------------------------------

    def _asked(self, unit: Unit) -> tuple[_Asked, ...]:
        name = unit.function.name
        known = self._rows.get(name)
        if known is None:
            known = self._rows[name] = (*self._decorating(unit), *self._connecting(unit), *self._overriding(unit))
        return known

    def _decorating(self, unit: Unit) -> Iterator[_Asked]:
        """``@receiver(post_save, sender=Guest)``."""
        if not unit.function.decorators:
            return
        scope = self.program.scope_of(unit)
        if scope is None:
            return
        context = Context(scope)
        for part in (part for value in unit.function.decorators for part in value):
            call = context.function.calls[int(part.root[1:])] if part.root[0] == "c" and not part.access else None
            yield from self._rows_of(context, call.callee if call is not None else (part,), call)

    def _rows_of(self, context: Context, callee: Value, call: Call | None) -> Iterator[_Asked]:
        names = self.catalogue.handler_names
        if not any(_last(part) in names for part in callee):
            return
        for thing in self.things.of_value(context, callee):
            for row in self.catalogue.handlers[thing.name]:
                yield _Asked(row, call, context)

    def _connecting(self, unit: Unit) -> Iterator[_Asked]:
        """``post_save.connect(saved, sender=Guest)``, in the same module."""
        function = unit.function
        if self.catalogue.connected.isdisjoint([param.name for param in function.params]):
            return
        for outer, call in self.program.module(unit.module.module).calls("connect"):
            context = Context(outer)
            handed = [arg.value for _, arg in selected(call.args, ("0|receiver",))]
            if any(thing.name == function.name for value in handed for thing in self.things.of_value(context, value)):
                yield from self._rows_of(context, call.callee, call)

    def _overriding(self, unit: Unit) -> Iterator[_Asked]:
        """``def create(self, validated_data)`` of a serializer."""
        owner, last = unit.function.owner, unit.function.name.rpartition(".")[2].partition("@")[0]
        prefix = next((each for each in self.catalogue.handler_prefixes if last.startswith(each) and last != each), "")
        if not owner or not (prefix or last in self.catalogue.handler_names):
            return
        for base in self.things.classes.foreign(owner):
            for name in (last, f"{prefix}*"):
                for row in self.catalogue.handlers[f"{base}.{name}"]:
                    yield _Asked(row, None, None)

    # -- what they give -----------------------------------------------------------------------------------------------

    def _gives(self, function: Function, index: int, asked: _Asked) -> Iterator[Given]:
        said = asked.row.gives
        kind, _, rest = said.partition(":")
        owner = function.owner
        if kind == "own":
            yield Given(RECORD, owner, path=(rest,) if rest else ())
        elif kind == "field":
            names = _after(function, rest) if rest else _texts(asked.call)
            if names:
                yield Given(FIELDS, owner, names)
        elif kind == PARAMETERS:
            yield Given(PARAMETERS, "", path=(rest,))
        elif kind == "one":
            yield from (Given("instance", name) for name in self._classes(asked, rest))
        elif kind == "argument":
            yield from self._argument(f"{owner}.{rest}", function.params[index].name)
        elif kind in ("registered", "model"):
            found = self._registered(owner) if kind == "registered" else [self.things.classes.shape(owner)]
            yield from (Given("collection" if rest == "many" else "instance", name) for name in found if name)
        elif kind in _HELD:
            yield from (Given(thing.kind, thing.name) for thing in self.named(owner, said))
        else:
            yield Given(SAID, said)

    def _argument(self, cls: str, name: str) -> Iterator[Given]:
        """What a class inside the method's own declares under the parameter's name: ``class Arguments``."""
        if self.things.classes.declared(cls, name) is not None:
            yield Given(FIELDS, cls, (name,))
            yield from (Given(each.kind, each.name) for each in self.things.attributes.of_field(cls, name)
                        if each.kind in ("instance", "collection") and self.program.is_class(each.name))  # fmt: skip

    def _classes(self, asked: _Asked, selector: str) -> Iterator[str]:
        """The classes that an argument of the decorator names."""
        if asked.call is None or asked.scope is None:
            return
        for _, arg in selected(asked.call.args, (selector,)):
            if isinstance(arg.constant, str):  # sender="guests.Guest"
                named = self.program.class_called(arg.constant, asked.scope.module.module)
                yield from (named,) if named else ()
            for thing in self.things.of_value(asked.scope, arg.value):
                if thing.name.endswith(_USER_SETTING):
                    yield self.things.classes.user_model()
                elif thing.kind in _CLASSES and arg.name != "**":
                    yield thing.name

    def _registered(self, owner: str) -> Iterator[str]:
        """The models of a class that shows them: ``@admin.register(Guest)``, ``site.register(Guest, GuestAdmin)``."""
        own = self.program.cls(owner)
        scope = self.things.classes.scope(own) if own is not None else None
        if own is None or scope is None:
            return
        for part in (part for value in own.decorators for part in value if part.root[0] == "c"):
            call = scope.function.calls[int(part.root[1:])]
            if call.text.endswith("register"):
                yield from self._classes(_Asked(_ANY, call, scope), "*")
        for outer, call in self.program.module(scope.module.module).calls("register"):
            context = Context(outer)
            if len(call.args) > 1 and any(t.name == owner for t in self.things.of_value(context, call.args[1].value)):
                yield from self._classes(_Asked(_ANY, call, context), "0")


_ANY: Final = Handler(("0",), "own")


def _is_meant(asked: _Asked, function: Function, index: int) -> bool:
    row, param = asked.row, function.params[index]
    if row.functions and function.name.rpartition(".")[2] not in row.functions:
        return False
    if row.typed and (set(param.type.names).isdisjoint(row.typed) or not all(_fills(asked, p) for p in param.default)):
        return False
    if param.kind in ("*", "**"):  # what takes the rest is no single thing
        return param.kind in row.parameter and param.kind == "**"
    return not {"*", str(index), param.name}.isdisjoint(row.parameter)


def _pair(function: Function, index: int) -> str:
    """What the last two parameters are called, where this is the first of them and nobody says what it is."""
    pair = function.params[-2:]
    last = len(pair) == len(function.params) - index == 2
    return ", ".join(each.name for each in pair) if last and not pair[0].type.names else ""


def _fills(asked: _Asked, part: Part) -> bool:
    """Whether a default is what one of the callables gives that the row names."""
    if part.root[0] != "c" or asked.scope is None:
        return False
    called = asked.scope.function.calls[int(part.root[1:])].text.rpartition(".")[2]
    return any(called == name.rpartition(".")[2] for name in asked.row.filled)


def _last(part: Part) -> str:
    return last_name(part) if part.root[0] != "c" or part.access else ""


def _texts(call: Call | None) -> tuple[str, ...]:
    """The names that a decorator is handed: ``@field_validator("email", "phone")``."""
    return tuple(a.constant for a in call.args if a.name == "" and isinstance(a.constant, str)) if call else ()


def _after(function: Function, prefix: str) -> tuple[str, ...]:
    """The field that a method's name ends in: ``validate_email``."""
    return (function.name.rpartition(".")[2].removeprefix(prefix),)
