"""Who does the work: this process, several of it, or other machines.

Wherever it is done, the answers are the same and come in the same order: a function of the module level is applied
to each item, with something that all items share and that is delivered once to each worker. A worker that dies costs
time and one line, and no item: what it leaves undone is done here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

EXECUTORS = ("processes", "dask")


class CrewError(Exception):
    """The workers that were asked for are not to be had. The message is one line."""


class Crew(Protocol):
    """Workers.

    Attributes:
        problems: what went wrong with them, one line each. No result is missing or different for it.
    """

    problems: list[str]

    def map(self, function: Callable[[S, T], R], shared: S, items: Sequence[T]) -> Iterator[R]:
        """``function(shared, item)`` of each item, in order, as they come.

        ``function`` stands at the level of a module, and ``shared``, items and results can be pickled. What
        ``function`` raises, the iterator raises. One that is left early stops the work.
        """
        ...


@contextmanager
def crew(jobs: int, executor: str = "processes", address: str | None = None) -> Iterator[Crew]:
    """Workers for as long as the context lasts.

    Args:
        jobs: how many at once, on this machine. One means that this process does it all.
        executor: one of :data:`EXECUTORS`.
        address: for ``dask``, the scheduler of a cluster that is running; without one, a cluster is made here.

    Raises:
        CrewError: there is no such executor, or what it needs is missing or does not answer.
    """
    if executor == "dask":
        from discreet.project.cluster import dask_crew

        with dask_crew(jobs, address) as workers:
            yield workers
        return
    if executor != "processes":
        raise CrewError(f"there is no executor {executor!r}; there are {', '.join(EXECUTORS)}")
    if address is not None:
        raise CrewError("only the executor dask takes an address")
    if jobs < 2:
        yield Here()
        return
    from discreet.project.processes import Processes

    yield Processes(jobs)


def default_jobs() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Here:
    """This process."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def map(self, function: Callable[[S, T], R], shared: S, items: Sequence[T]) -> Iterator[R]:
        """As :meth:`Crew.map` says."""
        for item in items:
            yield function(shared, item)
