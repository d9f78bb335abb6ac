"""The rooms of the engine over one program: what every solution begins with."""

from __future__ import annotations

from typing import NamedTuple

from discreet.catalogue.tables import Catalogue
from discreet.flow.effects import Effects
from discreet.flow.program import Program
from discreet.flow.reach import Reach
from discreet.flow.sinks import Sinks
from discreet.flow.summary import Summaries


class Rooms(NamedTuple):
    """What functions give, where their calls lead, and what they let out."""

    summaries: Summaries
    reach: Reach
    effects: Effects


def rooms_over(program: Program, catalogue: Catalogue, sources: dict[str, tuple[str, ...]]) -> Rooms:
    """New rooms, which remember nothing yet."""
    summaries = Summaries(program, catalogue, sources)
    reach = Reach(summaries.evaluator, Sinks(summaries.things, catalogue))
    return Rooms(summaries, reach, Effects(summaries.evaluator, summaries.judge, reach))
