"""Flow: the facts of all modules, linked, give flows: a source, the steps, a sink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from discreet.catalogue.tables import Catalogue, catalogue
from discreet.facts.model import ModuleFacts
from discreet.flow.context import Context, SinkCall
from discreet.flow.leaks import Leak
from discreet.flow.program import Program
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

    summaries = Summaries(program, known or catalogue(), sources, report)
    for unit in program.units():
        summaries.effects(Context(unit))
        outer, bindings = summaries.wrapped(unit)
        if bindings:
            summaries.effects(Context(outer, bindings))
    flows.extend(Flow(sink, tuple(leaks), module, sink.callable) for sink, module, leaks in summaries.shown_types())
    return flows
