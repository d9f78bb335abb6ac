"""Inquiries: what things are, with an oracle to ask where the program and the catalogue know nothing."""

from __future__ import annotations

from discreet.catalogue.tables import Catalogue
from discreet.facts.model import Call
from discreet.flow.asking import Oracle, split
from discreet.flow.attributes import Attributes
from discreet.flow.context import Context, Thing
from discreet.flow.program import Program
from discreet.flow.things import Things


class AskingThings(Things):
    """As :class:`Things`, but it asks. Its answers are slow and its own: nobody else's memory holds them."""

    def __init__(self, program: Program, catalogue: Catalogue, oracle: Oracle) -> None:
        super().__init__(program, catalogue)
        self.oracle = oracle
        self.attributes = AskingAttributes(self)

    def of_external(self, dotted: str) -> tuple[Thing, ...]:
        """What a library's dotted name denotes."""
        found = super().of_external(dotted)
        if len(found) != 1 or found[0] != Thing("external", dotted):
            return found
        return self.named(self.oracle.denotes(dotted)) or found

    def _of_external_call(self, context: Context, call: Call, index: int, name: str) -> list[Thing]:
        known = super()._of_external_call(context, call, index, name)
        if known and not (len(known) == 1 and known[0] == Thing("instance", name)):
            return known
        return list(self.named(self.oracle.returned(name))) or known

    def named(self, answers: tuple[str, ...]) -> tuple[Thing, ...]:
        """Answers as things; a library's class and function are both ``external``."""
        found = []
        for kind, name in map(split, answers):
            if kind == "instance":
                found.append(Thing("instance", self._known_name(name)))
            elif kind in ("class", "function"):
                found.append(Thing("external", self._known_name(name) if kind == "class" else name))
        return tuple(dict.fromkeys(found))

    def _known_name(self, cls: str) -> str:
        """Of all names of a class and of its bases the nearest that the catalogue has a row for, else its own."""
        for name in self.oracle.bases(cls):
            if self.catalogue.classes.exact[name] is not None or self.catalogue.lets_out(name):
                return name
        return cls


class AskingAttributes(Attributes):
    """As :class:`Attributes`, but it asks, too."""

    def __init__(self, things: AskingThings) -> None:
        super().__init__(things)
        self.asking = things

    def of_instance(self, thing: Thing, name: str) -> tuple[Thing, ...]:
        """What an attribute of an instance denotes."""
        found = super().of_instance(thing, name)
        if any(each.kind != "external" for each in found):
            return found
        foreign = self.classes.foreign(thing.name)
        for base in (alias for each in foreign[:2] for alias in self.asking.oracle.bases(each)):
            if self.catalogue.sinks_of(f"{base}.{name}") or self.catalogue.transform_of(f"{base}.{name}"):
                return (Thing("external", f"{base}.{name}"),)
        for cls in foreign[:1]:
            held = self.asking.named(self.asking.oracle.attribute(cls, name))
            if held:
                return held
        return found
