"""Generated: constructors and texts that nobody wrote, as a decorator or a base class makes them of the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.facts.model import Class, Field
from discreet.flow.context import Context

if TYPE_CHECKING:
    from discreet.flow.classes import Classes

DATACLASSES: Final = (
    "dataclasses.dataclass", "pydantic.dataclasses.dataclass", "attr.s", "attr.attrs", "attr.dataclass", "attr.define",
    "attr.mutable", "attr.frozen", "attrs.define", "attrs.mutable", "attrs.frozen", "strawberry.type",
    "strawberry.input", "strawberry.interface",
)  # fmt: skip


class Generated:
    """Answers what is made of the fields that a class declares."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes

    def is_made(self, name: str) -> bool:
        """Whether a decorator or a base class makes a class's constructor and its text of the fields it declares."""
        own = self.classes.program.cls(name)
        if own is None:
            return False
        if self.is_dataclass(own):
            return True
        is_made = any(row.text == "fields" for row in self.classes.rows(name))
        return is_made and not any(each.endswith("TypedDict") for each in self.classes.ancestors(name))

    def is_dataclass(self, each: Class) -> bool:
        """Whether one of the class's decorators makes its constructor and its text."""
        context = self.classes.scope(each)
        if context is None:
            return False
        for value in each.decorators:
            for part in value:
                call = context.function.calls[int(part.root[1:])] if part.root[0] == "c" and not part.access else None
                for inner in call.callee if call is not None else (part,):
                    if any(thing.name in DATACLASSES for thing in self.classes.things.of_part(context, inner)):
                        return True
        return False

    def order(self, name: str) -> list[str]:
        """The fields that a constructor takes by their places, where a decorator or a base class made it of them."""
        found: dict[str, None] = {}
        for ancestor in reversed(self.classes.ancestors(name) if self.is_made(name) else ()):
            own = self.classes.program.cls(ancestor)
            scope = self.classes.scope(own) if own is not None else None
            if own is not None and scope is not None:
                found.update({field.name: None for field in own.fields if _is_taken(field, scope)})
        return list(found)


def _is_taken(field: Field, scope: Context) -> bool:
    """Whether a constructor takes a field by its place: none that belongs to the class, or is told otherwise."""
    made = [part.root for part in field.value if part.root[0] == "c" and not part.access]
    named = {arg.name for root in made for arg in scope.function.calls[int(root[1:])].args}
    return bool(field.type.names) and not field.shared and named.isdisjoint(("init", "kw_only"))
