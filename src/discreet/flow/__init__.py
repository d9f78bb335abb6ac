"""Flow: the facts of all modules, linked, give flows: a source, the steps, a sink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from discreet.catalogue.tables import Catalogue, catalogue
from discreet.facts.model import ModuleFacts
from discreet.flow.bounds import Bounds
from discreet.flow.context import Context, SinkCall
from discreet.flow.effects import Effects
from discreet.flow.examine import Examiner
from discreet.flow.leaks import Leak
from discreet.flow.program import Program
from discreet.flow.reach import Reach
from discreet.flow.sinks import Sinks
from discreet.flow.summary import Summaries

__all__ = ["Flow", "Leak", "SinkCall", "follow"]


class Flow(NamedTuple):
    """Personal data that reaches a sink: every leak of one sink call, found in one function."""

    sink: SinkCall
    leaks: tuple[Leak, ...]
    module: ModuleFacts
    function: str


def follow(
    modules: Sequence[ModuleFacts], sources: dict[str, tuple[str, ...]], known: Catalogue | None = None
) -> list[Flow]:
    """Link the facts of all modules and follow personal data through them.

    Args:
        modules: The facts of every module of the program, in any order.
        sources: Dotted paths that the configuration declares personal, with their categories.
        known: The catalogue; the built-in one by default.

    Returns:
        Every flow, in no particular order; several may speak of one sink call.
    """
    ordered = sorted(modules, key=lambda facts: facts.path)
    flows: list[Flow] = []
    program = Program(ordered)
    homes = {facts.path: facts for facts in ordered}

    def report(context: Context, sink: SinkCall, leaks: list[Leak]) -> None:
        home = homes.get(sink.place.path, context.module)
        flows.append(Flow(sink, tuple(leaks), home, context.function.name))

    bounds, tables = Bounds(), known or catalogue()
    summaries = Summaries(program, tables, sources, bounds)
    reach = Reach(summaries.evaluator, Sinks(summaries.things, tables))
    effects = Effects(summaries.evaluator, summaries.judge, reach, bounds)
    examiner = Examiner(summaries, reach, effects, report)
    for unit in program.units():
        examiner.examine(unit)
    for context, sink, leaks in examiner.shown_types():
        flows.append(Flow(sink, tuple(leaks), context.module, sink.callable))
    return flows
