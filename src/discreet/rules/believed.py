"""How far a guess is believed.

A name says what a value is where it stands. The further the value is carried from there, the more had to be understood
rightly on the way; and if the name meant something else than it seems to (an account on a server, the title of a
column), nothing on the way will tell. So a guess that rests on one name is believed across two boundaries, and is one
of low confidence beyond. What that is worth stands in ``docs/evaluation/precision.md``.

It keeps its confidence if anything else speaks for it:

- a type or a mark, or a whole record, instead of a name;
- company: a value of another category gets out with it. What signs somebody in is no company, as programs sign in, too;
- a word for a person, where it is read or in a name that it has on its way (``customer.phone``, ``patient_phone``);
- a name on its way that says the same: the boundaries before it don't count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from discreet.catalogue.categories import credentials
from discreet.catalogue.names import could_say
from discreet.catalogue.speaking import mentions_person
from discreet.flow.found import Flow, Leak
from discreet.flow.notes import crosses, given_name

BELIEVED: Final = 2
"""Boundaries across which one name is believed."""
FURTHER: Final = {"email": 3}
"""Of names that hardly ever mean anything else: of those that say e-mail address 97 in 100 were right, of all 85."""
RECORD: Final = "person"


def weighed(flows: Iterable[Flow]) -> Iterator[Flow]:
    """The flows of one sink call, in which a name that was carried too far is a guess of low confidence."""
    flows = tuple(flows)
    if _has_company(flows):
        yield from flows
    else:
        yield from (flow._replace(leaks=tuple(map(_weighed, flow.leaks))) for flow in flows)


def _has_company(flows: Iterable[Flow]) -> bool:
    said = {key for flow in flows for leak in flow.leaks if leak.confidence != "low" for key in leak.categories}
    return RECORD in said or len(said - credentials()) > 1


def _weighed(leak: Leak) -> Leak:
    if leak.known_by != "name" or leak.confidence != "medium" or _distance(leak) <= _believed(leak):
        return leak
    names = [leak.expression, leak.field, *filter(None, (given_name(step.note) for step in leak.trace))]
    return leak if any(map(mentions_person, names)) else leak._replace(confidence="low")


def _believed(leak: Leak) -> int:
    return max((FURTHER.get(key, BELIEVED) for key in leak.categories), default=BELIEVED)


def _distance(leak: Leak) -> int:
    """How many boundaries a value was carried across since a name said last what it is."""
    crossed, before = 0, ""
    for step in leak.trace:
        crossed += crosses(step.note, before)
        if could_say(given_name(step.note), leak.categories):
            crossed = 0
        before = step.note
    return crossed
