"""Relations: the class at the other end of a field, and the way back from there, if the field has a name for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.catalogue.tables import Catalogue
from discreet.facts.model import Call, Value
from discreet.facts.outline import constructors, way_back
from discreet.flow.context import Context, Thing
from discreet.flow.program import Program

if TYPE_CHECKING:
    from discreet.flow.things import Things

SINGLE: Final = "OneToOneField"
"""The one relation that is as single on the way back."""


class Relations:
    """Answers where fields lead to that are keys of other tables."""

    def __init__(self, program: Program, catalogue: Catalogue, things: Things) -> None:
        self.program = program
        self.catalogue = catalogue
        self.things = things

    def ahead(self, scope: Context, value: Value, owner: str) -> list[Thing]:
        """What a field holds that a ``ForeignKey`` makes: instances of the class that it names."""
        found = []
        for call in constructors(scope.function, value):
            rows = map(self.catalogue.fields.get, self.things.callee_names(scope, call))
            row = next((row for row in rows if row is not None), None)
            target = self._target(scope, call, owner) if row is not None and row.relation and call.args else ""
            if row is not None and target:
                found.append(Thing("instance" if row.relation == "one" else "collection", target))
        return found

    def back(self, cls: str, name: str) -> tuple[Thing, ...]:
        """What refers to an object by fields that say that the way back is called this: its ``orders``, by
        ``Order.customer``, whose ``related_name`` they are.
        """
        found = []
        for other in self.program.relating(name):
            own = self.program.cls(other)
            scope = self.things.classes.scope(own) if own is not None else None
            if own is None or scope is None:
                continue
            for field in own.fields:
                calls = [call for call in constructors(scope.function, field.value) if way_back(call) == name]
                ahead = self.ahead(scope, field.value, other) if calls else []
                if any(each.name in self.things.classes.ancestors(cls) for each in ahead):
                    single = calls[0].text.rpartition(".")[2] == SINGLE
                    found.append(Thing("instance" if single else "collection", other))
        return tuple(dict.fromkeys(found))

    def _target(self, scope: Context, call: Call, owner: str) -> str:
        arg = next((each for each in call.args if each.name in ("", "to", "to_field", "argument")), call.args[0])
        if isinstance(arg.constant, str):
            if arg.constant == "self":
                return owner
            return self.program.class_called(arg.constant, scope.module.module)
        for part in arg.value:
            if part.root == "g:django.conf.settings" and part.access == (".AUTH_USER_MODEL",):
                return self.things.classes.user_model()
        return next((each.name for each in self.things.of_value(scope, arg.value) if each.kind == "class"), "")
