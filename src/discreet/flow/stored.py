"""Stored: what the methods of a class store in an attribute of their object.

It is found out once a class and attribute, for an object that is called nothing yet, and told of each object that is
read by the name it has there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from discreet.catalogue.neighbours import vague
from discreet.facts.model import NOWHERE, Path
from discreet.facts.narrowing import plain
from discreet.facts.values import literal_keys
from discreet.flow import notes
from discreet.flow.context import Context
from discreet.flow.result import OBJECT, PARAM, TAINT, UNKNOWN, Place, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

_OWN: Final = "\1"
"""Stands for whatever an object is called where a field of its class is read."""
_NO_PLACE: Final = Place("", NOWHERE)


class Stored:
    """Answers what is stored in attributes."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.memo: dict[tuple[str, str], Results | None] = evaluator.program.table()

    def attribute(self, cls: str, name: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """What the methods of a class store in one, or ``None`` where they store nothing."""
        key = (cls, name)
        if key not in self.memo:
            self.memo[key] = ()  # an attribute that is made of itself ends here
            self.memo[key] = self._all(cls, name, (_OWN, name), _OWN, _NO_PLACE)
        stored = self.memo[key]
        if not stored:
            return stored
        return tuple([
            replace(
                each,
                names=(*names, *each.names[2:])[-5:] if each.names[:1] == (_OWN,) else each.names,
                text=each.text.replace(_OWN, text),
                place=place if each.place == _NO_PLACE else each.place,
            )
            for each in stored
        ])  # fmt: skip

    def is_whole(self, cls: str, name: str) -> bool:
        """Whether a method stores something in an attribute itself, and not only in what lies there already."""
        for _, write in self.evaluator.classes.stores(cls, name):
            if len(write.target.access) == 1:
                return True
        return False

    def _all(self, cls: str, name: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        found: list[Result] = []
        writes = self.evaluator.classes.stores(cls, name)
        for context, write in writes:
            inside = write.target.access[1:]
            for each in self.evaluator.value(context, write.value):
                called = (*names, *_told((*inside, *each.path)))[:5]
                for stored in self._stored(context, each, called, text, place):
                    if stored.kind == TAINT:
                        stored = stored.told(Place(context.module.path, write.span), notes.kept(name))
                    found.append(stored._replace(path=(*inside, *stored.path)) if inside else stored)
        return distinct(found) if writes else None

    def _stored(self, context: Context, each: Result, names: tuple[str, ...], text: str, place: Place) -> list[Result]:
        if each.kind == PARAM:
            own = [known for known in self.evaluator.parameters.own(context, each) if known.kind == OBJECT]
            if plain(each.access):  # a bare parameter's name speaks less than the field's own
                own.extend(
                    sure
                    for known in self.evaluator.parameters.own(context, each)
                    for sure in self.evaluator.summaries.judge.sure(context, known)
                )
            else:
                own.extend(known for known in self.evaluator.parameters.own(context, each) if known.kind == TAINT)
            own.extend(self.evaluator.parameters.handed(context, each, 0))
            if own:
                return own
            itself = self.evaluator.parameters.own(context, each)
            if not itself and not plain(each.access):
                return []
            if itself and all(self.evaluator.neighbours.is_configured(known, names[-1]) for known in itself):
                return list(itself)
            holds = next((known.holds for known in itself if known.holds), "")
            protected = any(known.protected for known in itself)
            kept = Result(UNKNOWN, names, text, place, path=each.path, form=each.form, hint=each.hint)
            return [kept._replace(holds=holds, protected=protected)]
        if each.kind == UNKNOWN:
            known = self.evaluator.summaries.judge.sure(context, each)
            if known:
                return known
            if self.evaluator.neighbours.is_configured(each, names[-1]):
                return [each]
            return [each._replace(names=names, text=text, place=place, called=False, hint=each.names[-1])]
        return list(self.evaluator.brought.outlasting([each]))


def _told(path: Path) -> tuple[str, ...]:
    """The keys that what lies there is called after, if the last says something of people: a ``username`` in a record
    that a client keeps is its own, to log in with.
    """
    keys = literal_keys(path)
    return keys if keys and vague(keys[-1]) is not None else ()
