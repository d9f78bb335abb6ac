"""Work in several processes of this machine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from discreet.project.executors import Here

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

_MOST = 61 if sys.platform == "win32" else 10_000  # Windows waits for no more handles at once


class Processes:
    """Processes of this machine: new ones for each ``map``, so that forked ones inherit what they share."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.problems: list[str] = []

    def map(self, function: Callable[[S, T], R], shared: S, items: Sequence[T]) -> Iterator[R]:
        """As :meth:`Crew.map` says."""
        if self.jobs < 2 or len(items) < 2:
            yield from Here().map(function, shared, items)
            return
        pool = _Pool(min(self.jobs, len(items), _MOST), function, shared, items)
        try:
            for item, future in zip(items, pool.start(), strict=True):
                yield self._result(future, function, shared, item)
            pool.finish()
        except _NoPool as error:
            self._say(f"no worker process can be started ({error})")
            yield from Here().map(function, shared, items)
        finally:
            pool.stop()

    def _result(self, future: Future[R], function: Callable[[S, T], R], shared: S, item: T) -> R:
        try:
            return future.result()
        except BrokenExecutor:  # all that wait are told so at once, what is done stays done
            self._say("a worker process died (killed, or out of memory)")
        return function(shared, item)

    def _say(self, words: str) -> None:
        line = f"{words}: the rest was done in one process"
        if line not in self.problems:
            self.problems.append(line)


class _NoPool(Exception):
    """The system gives us no processes, or nothing to talk to them with."""


class _Pool:
    """The processes of one ``map``."""

    def __init__(self, workers: int, function: Callable[[S, T], R], shared: S, items: Sequence[T]) -> None:
        self._forks = _may_fork()
        self._workers = workers
        self._items = items
        # what is forked inherits the items too: then only their numbers go through the pipe, which cannot fill up
        self._luggage = (function, shared, items if self._forks else None)
        self._pool: ProcessPoolExecutor | None = None
        self._children: set[BaseProcess] = set()

    def start(self) -> Iterator[Future[Any]]:
        """Have all items worked at.

        Raises:
            _NoPool: there are no processes to be had.
        """
        before = set(multiprocessing.active_children())
        try:
            with _interrupts_held_back(), _frozen():
                self._pool = ProcessPoolExecutor(
                    self._workers, multiprocessing.get_context(self._method()), _receive, self._luggage
                )
                orders = range(len(self._items)) if self._forks else self._items
                waiting = deque(_handed_over(self._pool, order) for order in orders)
                self._children = set(multiprocessing.active_children()) - before
        except (OSError, ImportError, NotImplementedError) as error:
            self._children = set(multiprocessing.active_children()) - before
            raise _NoPool(str(error) or type(error).__name__) from None
        return _taken_from(waiting)

    def finish(self) -> None:
        """Let the processes go, when all is done."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def stop(self) -> None:
        """Put an end to what is still going on: nobody waits for it any more."""
        if self._pool is None:
            return
        for child in self._children:
            child.kill()
        self.finish()

    def _method(self) -> str:
        if self._forks:
            return "fork"
        return "forkserver" if sys.platform.startswith("linux") else "spawn"


def _handed_over(pool: ProcessPoolExecutor, order: Any) -> Future[Any]:
    """An item, handed to the workers. One of them may die before the last item is handed over: then the rest is theirs
    no more, as if they had died afterwards.
    """
    try:
        return pool.submit(_work, order)
    except BrokenExecutor as error:
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


def _taken_from(waiting: deque[Future[R]]) -> Iterator[Future[R]]:
    """Each future once: a result that has been handed out is kept by nobody here."""
    while waiting:
        yield waiting.popleft()


def _may_fork() -> bool:
    """Whether a fork is safe: a lock that another thread holds would stay locked in the child for ever."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return threading.active_count() == 1


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start children that Ctrl-C does not reach: they would each print a traceback. It is ours to stop them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _frozen() -> Iterator[None]:
    """Spare the children a look at our garbage: collecting it would copy every page they inherit."""
    ours = gc.get_freeze_count() == 0
    if ours:
        gc.freeze()
    try:
        yield
    finally:
        if ours:
            gc.unfreeze()


_luggage: tuple[Callable[[Any, Any], Any], Any, Sequence[Any] | None]
"""In a worker process: the function, what all items share, and the items, if they were inherited."""


def _receive(function: Callable[[S, T], R], shared: S, items: Sequence[T] | None) -> None:
    global _luggage
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # nothing that is done here leaves cycles worth the looking
    _luggage = function, shared, items


def _work(order: Any) -> Any:
    function, shared, items = _luggage
    return function(shared, order if items is None else items[order])
