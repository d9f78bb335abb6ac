"""What is answered: of each call on a line, which value stopped where, and why."""

from __future__ import annotations

from typing import NamedTuple

from discreet.flow.result import Place, Step

PERSONAL = "personal"
UNKNOWN = "unknown"
PLACE = "\0"
"""Stands in a text for the place it speaks of, since what that is called depends on who reads it."""


class Stop(NamedTuple):
    """Why a value is followed no further. ``kind`` is for machines, ``text`` and ``advice`` for people.

    ``kind``: ``constant`` | ``reduced`` | ``sanitized`` | ``pseudonymised`` | ``piece`` | ``declared`` | ``type`` |
    ``clean`` | ``deleted`` | ``object`` | ``unnamed`` | ``unresolved`` | ``no-sink`` | ``raised`` | ``guess`` |
    ``personal`` (it did not stop) | ``unknown``. In the text :data:`PLACE` stands for ``place``.
    """

    kind: str
    text: str
    advice: str = ""
    place: Place | None = None


NO_REASON = Stop(UNKNOWN, "no reason found")


class Trail(NamedTuple):
    """A value, the steps it was followed backwards, and where that ended.

    ``ends`` are the places where a finding about it would stand.
    """

    value: str
    stop: Stop
    steps: tuple[Step, ...] = ()
    ends: tuple[Place, ...] = ()

    def after(self, *steps: Step) -> Trail:
        """The trail as it is when it began with some more steps."""
        return self._replace(steps=(*steps, *self.steps))


class Handed(NamedTuple):
    """An argument of a call: what it is called, and a trail for each value that it may be."""

    name: str
    trails: tuple[Trail, ...]


class Answer(NamedTuple):
    """A call on the line: what it is, why nothing is known to get out there (or ``None``), what it is handed."""

    call: str
    place: Place
    stop: Stop | None
    arguments: tuple[Handed, ...]


def distinct_trails(trails: list[Trail], limit: int = 8) -> tuple[Trail, ...]:
    """The trails without repetition, bounded."""
    seen: dict[tuple[object, ...], Trail] = {}
    for each in trails:
        seen.setdefault((each.value, each.stop.kind, each.stop.text, each.stop.place), each)
    return tuple(seen.values())[:limit]
