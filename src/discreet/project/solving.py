"""Solving groups of modules: what a group looked at may be as it was, then the cache knows; else here or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from discreet.facts.collector import collector_resting
from discreet.flow.solver import Library, Solved, Solver, groups
from discreet.project.cache import Cache, key_of, understood
from discreet.project.executors import Crew, Here
from discreet.project.gathering import Gathered
from discreet.project.keeping import Groups
from discreet.project.result import Progress
from discreet.project.rows import rows_digest
from discreet.rules.telling import Settings

if TYPE_CHECKING:
    from discreet.oracle import LibraryOracle

FEW = 96
"""So many modules are solved in this process, without fetching all facts."""


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """What came of one group, or of all. ``failures`` are of discreet itself: such a group is never kept. ``settled``
    is how many calls the oracle resolved, and ``lasts`` whether it would say the same tomorrow.
    """

    solved: tuple[Solved, ...]
    failures: tuple[str, ...] = ()
    settled: int = 0
    lasts: bool = True


def solve(gathered: Gathered, settings: Settings, crew: Crew, cache: Cache | None) -> Outcome:
    """Follow personal data through all modules.

    Args:
        gathered: the facts.
        settings: what the configuration says.
        crew: who solves the groups that are not known.
        cache: where they may be known, and are kept.
    """
    library = gathered.library
    parts = list(groups(library))
    kept = _groups(parts, gathered, settings, cache) if cache is not None else None
    before = {entry.outline.module: entry for entry in gathered.before if entry.outline is not None}
    known = kept.known(before, library.outlines) if kept is not None else {}
    unknown = [number for number in range(len(parts)) if number not in known]
    rest = [parts[number] for number in unknown]
    if not are_few(rest):
        gathered.content.fetch(list(library.outlines))
    solver = Solver(library, settings.sources, settings.rows)
    outcomes = dict(zip(unknown, solve_groups(rest, solver, library, crew), strict=True))
    if kept is not None:
        kept.keep({number: each.solved[0] for number, each in outcomes.items() if not each.failures})
    solved: list[Solved] = []
    failures: list[str] = []
    for number in range(len(parts)):
        solved.extend(outcomes[number].solved if number in outcomes else (known[number],))
        failures.extend(outcomes[number].failures if number in outcomes else ())
    return Outcome(tuple(solved), tuple(failures))


def ask(
    gathered: Gathered, outcome: Outcome, settings: Settings, python: Path, cache: Cache | None
) -> tuple[Outcome, list[str]]:
    """Ask the oracle about the calls that nobody resolved, and look once more at the functions they stand in.

    Args:
        gathered: the facts.
        outcome: what is known without it.
        settings: what the configuration says.
        python: the environment of the analysed project.
        cache: where the oracle's answers are kept.

    Returns:
        What is known with it, and what it has to say about itself.

    Raises:
        NoEnvironment: there is none at that path.
    """
    from discreet.oracle import open_oracle

    library = gathered.library
    solver = Solver(library, settings.sources, settings.rows)
    solved: list[Solved] = []
    with open_oracle(python) as oracle:
        name = key_of("oracle", oracle.digest)
        _load(oracle, cache, name)
        for each in outcome.solved:
            functions = {spot.function for spot in each.unresolved}
            modules = sorted({library.at(spot.path).module for spot in each.unresolved})
            again = solver.solve(modules, oracle, functions) if modules else None
            solved.append(each if again is None else _together(each, again))
        if cache is not None:
            cache.put("oracle", {name: _encoder.encode(oracle.dump())})
        said, lasts = oracle.said(), oracle.lasts
    before = sum(len(each.unresolved) for each in outcome.solved)
    after = sum(len(each.unresolved) for each in solved)
    return Outcome(tuple(solved), outcome.failures, before - after, lasts), said


def _load(oracle: LibraryOracle, cache: Cache | None, name: bytes) -> None:
    answers = understood(cache.get("oracle", [name]).get(name), _answered) if cache is not None else None
    if answers is not None:
        oracle.load(answers)


def _together(without: Solved, asked: Solved) -> Solved:
    flows = tuple(dict.fromkeys((*without.flows, *asked.flows)))
    return msgspec.structs.replace(without, flows=flows, unresolved=asked.unresolved)


def settings_digest(settings: Settings) -> bytes:
    """What of the configuration findings depend on, before any selection."""
    sources = repr(sorted((path, tuple(kinds)) for path, kinds in settings.sources.items()))
    return key_of(sources, rows_digest(settings.rows))


def _groups(parts: Sequence[tuple[str, ...]], gathered: Gathered, settings: Settings, cache: Cache) -> Groups:
    keys = {entry.outline.module: entry.key for entry in gathered.entries if entry.outline is not None}
    about = (settings_digest(settings), _layout(gathered.library))
    return Groups(cache, about, parts, keys, gathered.library.index)


def _layout(library: Library) -> bytes:
    """Which modules there are: a name is looked up among all of them."""
    return key_of("layout", *(f"{each.path}\0{each.module}\0{each.is_package}" for each in library.outlines.values()))


def are_few(parts: Sequence[tuple[str, ...]]) -> bool:
    """Whether so few modules are to be solved that others would take longer to begin."""
    return sum(map(len, parts)) <= FEW


def solve_groups(
    parts: Sequence[tuple[str, ...]], solver: Solver, library: Library, crew: Crew, progress: Progress | None = None
) -> list[Outcome]:
    """What comes of some groups, in their order, whoever solves them.

    Args:
        parts: the groups.
        solver: what solves them.
        library: the facts. If the groups are not few, all of them must be here.
        crew: who does the work.
        progress: told how many modules are done.
    """
    workers: Crew = Here() if are_few(parts) else crew
    order = list(range(len(parts)))
    if not isinstance(workers, Here):  # the largest first: nobody shall wait for one that was begun last
        order.sort(key=lambda number: -sum(len(library.outlines[each].functions) for each in parts[number]))
    outcomes: dict[int, Outcome] = {}
    done, total = 0, sum(map(len, parts))
    for number, outcome in zip(order, workers.map(solve_group, solver, [parts[each] for each in order]), strict=True):
        outcomes[number] = outcome
        done += len(parts[number])
        if progress is not None:
            progress(done, total)
    return [outcomes[number] for number in range(len(parts))]


def solve_group(solver: Solver, modules: tuple[str, ...]) -> Outcome:
    """Solve one group; where discreet fails over it, each of its modules by itself, and that is said. Any process can
    do this.
    """
    with collector_resting():
        try:
            return Outcome((solver.solve(modules),))
        except Exception:
            return _one_by_one(solver, modules)


def _one_by_one(solver: Solver, modules: tuple[str, ...]) -> Outcome:
    solved, failures = [], []
    for module in modules:
        try:
            solved.append(solver.solve((module,)))
        except Exception as error:
            path = solver.path_of(module)
            failures.append(f"{path}: discreet failed over this file: {type(error).__name__}: {error}")
    return Outcome(tuple(solved), tuple(failures))


_encoder = msgspec.msgpack.Encoder()
_answered = msgspec.msgpack.Decoder(dict[str, list[str]])
