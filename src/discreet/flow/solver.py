"""Flow: the facts of all modules, linked, give flows: a source, the steps, a sink.

Modules are solved in groups. What is found in a group is a function of its modules' facts, of whatever else was looked
at on the way, and of nothing else: not of the order of the groups, nor of the process that solves them. So groups can
be solved in parallel, and kept.
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Container, Iterator, Sequence

from discreet.catalogue.libraries import Tables
from discreet.catalogue.settings import settings
from discreet.catalogue.tables import catalogue
from discreet.facts.bounds import counting
from discreet.facts.model import Span
from discreet.flow.asking import Oracle
from discreet.flow.blind import Blind
from discreet.flow.context import Context
from discreet.flow.examine import Examiner
from discreet.flow.found import Flow, Leak, SinkCall, Solved, Unresolved
from discreet.flow.library import Library
from discreet.flow.program import Program
from discreet.flow.pseudonyms import Pseudonyms
from discreet.flow.rooms import rooms_over
from discreet.flow.settings import Configured

__all__ = ["Flow", "Leak", "Library", "SinkCall", "Solved", "Solver", "Unresolved", "groups"]

GROUP = 96
"""How many modules are solved together at most. A run after a change solves whole groups. With fewer modules in each,
all of them together take longer, since what they share is looked at in each.
"""
FULL = 64
"""How many there are before a group may end. A changed file is more often in a large group than in a small one, so
groups as large as one another take the least time together for what a run after a change takes.
"""
BOUNDARY = 16
"""One module in so many ends its group, once that is full."""

Sources = dict[str, tuple[str, ...]]


class Solver:
    """Follows personal data through a program.

    Args:
        library: The facts of every module of the program.
        sources: Dotted paths that the configuration declares personal, with their categories.
        rows: What the configuration adds to the built-in catalogue.
    """

    def __init__(self, library: Library, sources: Sources, rows: Tables | None = None) -> None:
        self._library = library
        self._sources = sources
        self._rows = rows
        self._catalogue = catalogue(rows)
        self.program = Program(library)

    def __reduce__(self) -> tuple[type[Solver], tuple[Library, Sources, Tables | None]]:
        """Another process makes its own, from the same facts, the catalogue it has, and the rows added to it."""
        return Solver, (self._library, self._sources, self._rows)

    def path_of(self, module: str) -> str:
        """Where a module's file lies."""
        return self._library.outlines[module].path

    def solve(self, modules: Sequence[str], oracle: Oracle | None = None, only: Container[str] | None = None) -> Solved:
        """Everything that the functions of some modules let out.

        Args:
            modules: Which modules.
            oracle: Who is asked about calls that personal data enters and nobody resolves.
            only: Functions to look at; all of them by default.
        """
        self.program.begin()
        with counting() as hits:
            flows, blind = self._examined(modules, oracle, only)
        self._rest()
        looked, asked = tuple(sorted(self.program.looked)), tuple(sorted(self.program.asked))
        return Solved(flows, tuple(blind), dict(hits), looked, asked, self.program.inside(frozenset(modules)))

    def _rest(self) -> None:
        """Let go of what was found out, unless nobody looks for garbage: a run that is nearly over need not take it
        apart, object by object, and else the next group's beginning does.
        """
        if gc.isenabled():
            self.program.let_go()

    def named(self, module: str, function: str) -> list[tuple[Span, str, bool]]:
        """What the objects that are handed to a function are named by (:meth:`Pseudonyms.asked`).

        Args:
            module: Where it is called.
            function: The function's name. It need not exist.
        """
        self.program.begin()
        judge = rooms_over(self.program, self._catalogue, self._sources).summaries.judge
        found = list(Pseudonyms(judge).asked(module, function))
        self._rest()
        return found

    def _examined(
        self, modules: Sequence[str], oracle: Oracle | None, only: Container[str] | None
    ) -> tuple[tuple[Flow, ...], tuple[Unresolved, ...]]:
        flows: dict[Flow, None] = {}
        summaries, reach, effects = rooms_over(self.program, self._catalogue, self._sources)

        def report(context: Context, sink: SinkCall, leaks: Sequence[Leak]) -> None:
            flows[self._flow(context, sink, leaks)] = None

        blind = Blind(summaries, reach.sinks, oracle)
        configured = Configured(summaries.judge, settings())
        examiner = Examiner(summaries, reach, effects, blind, report)
        for module in modules:
            for unit in self.program.units_of(module):
                if only is None or unit.function.name in only:
                    examiner.examine(unit)
            for sink, leaks in examiner.shown_types(module):
                flows[Flow(sink, tuple(leaks), sink.callable, False, self._is_test(sink.place.path))] = None
            for function, sink, leak in configured.of(module) if only is None else ():
                flows[Flow(sink, (leak,), function, False, self._is_test(sink.place.path))] = None
        return tuple(flows), tuple(blind.spots)

    def _flow(self, context: Context, sink: SinkCall, leaks: Sequence[Leak]) -> Flow:
        module = context.module
        interface = (
            sink.place.path == module.path
            and context.function.name in module.interface
            and sink.place.span not in module.unasked
        )
        return Flow(sink, tuple(leaks), context.function.name, interface, self._is_test(sink.place.path))

    def _is_test(self, path: str) -> bool:
        return self.program.library.at(path).is_test


def groups(library: Library) -> Iterator[tuple[str, ...]]:
    """The modules in groups of neighbours, so that modules which use each other are mostly solved together.

    A full group ends where a module's path says so: a file that comes or goes changes its own group, and of those after
    it seldom more than one.
    """
    group: list[str] = []
    for module, outline in library.outlines.items():
        group.append(module)
        ends = zlib.crc32(outline.path.encode("utf-8", "surrogatepass")) % BOUNDARY == 0
        if (ends and len(group) >= FULL) or len(group) >= GROUP:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
