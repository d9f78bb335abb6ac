"""Attributes: what an attribute, an element or a key of a thing denotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.flow.context import Context, Thing

if TYPE_CHECKING:
    from discreet.flow.things import Things

TASK_CALLS: Final = frozenset({"delay", "s", "si", "send", "remote", "fn", "__wrapped__"})
"""Attributes of a task that are called with the task's own arguments."""
TASK: Final = "celery.Task"
"""The class that a decorated function is taken for, where something is called on it."""
MANAGERS: Final = ("objects", "_default_manager")
"""What Django calls that which asks for a model's rows."""
SPEAKING: Final = ("info", "post")
"""The methods that speak for all others of a logger, and of a client of HTTP."""
_KEPT: Final = ("instance", "external")
"""What has something under its keys, and is no collection."""
MAKERS: Final = frozenset({
    "model_validate", "model_validate_json", "parse_obj", "parse_raw", "model_construct", "from_orm", "construct"
})  # fmt: skip


class Attributes:
    """Answers what a step from a thing leads to."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.program = things.program
        self.catalogue = things.catalogue
        self.classes = things.classes
        self._fields: dict[tuple[str, str], tuple[Thing, ...]] = things.program.table()

    def step(self, thing: Thing, step: str) -> tuple[Thing, ...]:
        """What ``thing<step>`` denotes."""
        if step[0] in "+-":
            return (thing,) if thing.kind != "instance" or self.things.narrowing.may_be(thing.name, step) else ()
        if step == "@enter":
            if thing.kind == "collection":  # `-> Iterator[Session]` of a context manager's function
                return (Thing("instance", thing.name),)
            method = self._entered(thing)
            return self.things.of_returned(Context(self.program.unit(method))) if method else (thing,)
        if step[:2] == "?." and step[2] != "~" and thing.kind in ("instance", "external"):
            return self._chosen(thing)
        if thing.kind == "pair":
            return (Thing("instance", thing.name),) if step == "#0" else ()
        if step[0] != "." and self._is_frame(thing):
            return (thing,) if step in ("[", "~") or step[0] == "?" else ()
        if step[0] != "." and thing.kind in _KEPT:
            return self._kept_under(thing)
        if step[0] != ".":
            return (
                (Thing("instance", thing.name),)
                if thing.kind == "collection" and step[0] in "*#"
                else ((thing,) if thing.kind == "collection" else ())
            )
        name = step[1:]
        if thing.kind == "instance":
            return self.of_instance(thing, name)
        if thing.kind == "class":
            return self.of_class(thing, name)
        if thing.kind == "super":
            method = self.classes.method(thing.name, name, after=thing.name)
            if method:
                return (Thing("method", method),)
            return tuple(Thing("external", f"{each}.{name}") for each in self.classes.foreign(thing.name)[:1])
        if thing.kind == "collection":
            return (Thing("collector", thing.name, name),)
        if thing.kind == "function" and name in TASK_CALLS:
            return (thing,)
        if thing.kind == "function" and self.catalogue.callers[f"{TASK}.{name}"] is not None:
            return (Thing("external", f"{TASK}.{name}"),)
        if thing.kind in ("module", "external"):
            return self.things.of_symbol(self.program.find(f"{thing.name}.{name}"))
        return ()

    def _chosen(self, thing: Thing) -> tuple[Thing, ...]:
        """A method of a library's object of which only who calls it knows which: ``getattr(logger, level)(message)``,
        ``getattr(requests, method)(url, json=row)``. Of those that let data out one speaks for all.
        """
        for owner in (thing.name, *(self.classes.foreign(thing.name)[:3] if thing.kind == "instance" else ())):
            for name in SPEAKING:
                if self.catalogue.sinks_of(f"{owner}.{name}"):
                    return (Thing("external", f"{owner}.{name}"),)
        return ()

    def _kept_under(self, thing: Thing) -> tuple[Thing, ...]:
        """What lies under a key of a library's object, if the catalogue says so: ``client.collections["people"]``."""
        row = self.catalogue.classes.exact[thing.name]
        kind, _, target = (row.attributes.get("__getitem__", "") if row is not None else "").partition(":")
        return (Thing("instance", target),) if kind == "type" else ()

    def _is_frame(self, thing: Thing) -> bool:
        """Whether something is a table of columns, of which a condition or a slice gives another."""
        row = self.catalogue.classes.exact[thing.name] if thing.kind == "instance" else None
        return row is not None and row.text == "frame"

    def _entered(self, thing: Thing) -> str:
        """The method that gives what a ``with`` statement binds, where the object has one of the program's own."""
        if thing.kind != "instance":
            return ""
        return self.classes.method(thing.name, "__enter__") or self.classes.method(thing.name, "__aenter__")

    def of_instance(self, thing: Thing, name: str) -> tuple[Thing, ...]:
        """What an attribute of an instance denotes: a method, or what is declared, stored, or known of it."""
        method = self.classes.method(thing.name, name)
        if method:
            unit = self.program.unit(method)
            if unit.function.flavour == "property":
                return self.things.of_returned(Context(unit))
            overrides = self.classes.overrides(thing.name, name)
            return tuple(Thing("method", each) for each in dict.fromkeys((method, *overrides)))
        found = self.of_field(thing.name, name)
        if found:
            return found
        for row in self.classes.rows(thing.name):
            said = row.attributes.get(name, "")
            kind, _, target = said.partition(":")
            if kind in ("attribute", "element"):
                return self.things.handlers.named(thing.name, said)
            if kind in ("type", "many"):
                return (Thing("instance" if kind == "type" else "collection", target),)
            if kind == "user":
                return (Thing("instance", self.classes.user_model()),)
            if kind in ("model", "makes"):
                shape = self.classes.shape(thing.name)
                made = Thing("instance", shape) if kind == "model" else Thing("collector", shape, "create")
                return (made,) if shape else ()
        if name in MANAGERS:
            return (Thing("collection", thing.name),)
        if name.endswith("_set"):
            related = self.program.class_called(_camel(name[:-4]))
            if related:
                return (Thing("collection", related),)
        back = self.things.relations.back(thing.name, name)
        if back:
            return back
        return tuple(
            found
            for each in self.classes.foreign(thing.name)[:3]
            for found in self.things.of_external(f"{each}.{name}")
        )

    def of_field(self, cls: str, name: str) -> tuple[Thing, ...]:
        """All that an attribute of a class's instances can denote, by its declaration and by what is stored in it; what
        is stored in what lies there already (``self.data["day"] = date``) says nothing of the attribute itself.
        """
        known = self._fields.get((cls, name))
        if known is None:
            before = self.things.cut_short
            known = self._of_field(cls, name)
            if self.things.cut_short == before:
                self._fields[cls, name] = known
        return known

    def _of_field(self, cls: str, name: str) -> tuple[Thing, ...]:
        declared = self.classes.declared(cls, name)
        found: list[Thing] = []
        if declared is not None:
            owner, field = declared
            scope = self.classes.scope(owner)
            found.extend(self.things.of_type(field.type, scope))
            if scope is not None and field.value:
                found.extend(
                    self.things.relations.ahead(scope, field.value, owner.name)
                    or self.things.of_value(scope, field.value)
                )
        writes = [each for each in self.classes.stores(cls, name) if len(each[1].target.access) == 1]
        for context, write in writes:
            found.extend(self.things.of_value(context, write.value))
        if not found and len(writes) == 1:
            found.extend(self.things.supplied.to_constructor(*writes[0]))
        return tuple(dict.fromkeys(found))

    def of_class(self, thing: Thing, name: str) -> tuple[Thing, ...]:
        """What an attribute of a class denotes."""
        method = self.classes.method(thing.name, name)
        if method:
            flavour = self.program.unit(method).function.flavour
            return (Thing("method", method, thing.name) if flavour == "class" else Thing("function", method),)
        if name in MANAGERS or name == "query" or (name.endswith("objects") and self.classes.is_model(thing.name)):
            declared = self.classes.declared(thing.name, name)
            managed = self._manager_method(thing.name, name) if declared is not None else ()
            return (Thing("collection", thing.name), *managed)
        nested = f"{thing.name}.{name}"
        if self.program.is_class(nested):
            return (Thing("class", nested),)
        if self.classes.is_enumeration(thing.name) and self.classes.declared(thing.name, name) is not None:
            return (Thing("instance", thing.name),)
        found = self.of_field(thing.name, name)
        if found:
            return found
        if name in MAKERS:
            return (thing,)
        if self.classes.is_model(thing.name):
            return (Thing("collector", thing.name, name),)
        return tuple(Thing("external", f"{each}.{name}") for each in self.classes.foreign(thing.name)[:3])

    def _manager_method(self, cls: str, name: str) -> tuple[Thing, ...]:
        return tuple(
            each for each in self.of_field(cls, name) if each.kind == "instance" and self.program.is_class(each.name)
        )


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
