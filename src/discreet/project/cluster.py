"""Work on other machines: a cluster of dask's ``distributed``, an extra (``discreet[distributed]``).

The same findings are promised wherever facts are computed, so workers with another discreet or another Python are
refused: at the start by asking them all, and with each task again, since workers come and go. Whatever a cluster
can't do (a worker is lost, the scheduler goes away) is done in this process.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, TypeVar

import discreet
from discreet.project.edition import edition, python
from discreet.project.executors import CrewError

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

SCHEMES = ("tcp://", "tls://")
_LOOPBACK = "127.0.0.1:0"
"""Where a cluster of our own serves HTTP. Left to themselves, some versions do on all interfaces, dashboard or not."""

_CONNECT_SECONDS = 10
_WORKERS_SECONDS = 30
_GLANCE_SECONDS = 2.0
"""How often it is looked whether there is still anybody to wait for."""


class Identity(NamedTuple):
    """What must be the same everywhere, and how to tell a person what is not."""

    edition: bytes
    version: str
    python: str


def identity() -> Identity:
    """What this process runs. Asked of every worker, too."""
    return Identity(edition(), discreet.__version__, python())


class _Refused(Exception):
    """A worker that is not of our edition was given a task."""


class Answer(NamedTuple):
    """What came of one item: its result, or what the function raised. All else that goes wrong is the cluster's."""

    result: Any = None
    error: Exception | None = None


def answer(order: bytes, shared: Any) -> Answer:
    """Do one item, on a worker. It comes as bytes, since dask looks into what it is given, and runs what it finds."""
    function, wanted, item = pickle.loads(order)
    if edition() != wanted:
        raise _Refused
    try:
        return Answer(function(shared, item))
    except Exception as error:
        return Answer(error=error)


@contextmanager
def dask_crew(jobs: int, address: str | None) -> Iterator[Dask]:
    """The workers of the cluster at ``address``; without an address, ``jobs`` of a cluster of our own.

    Raises:
        CrewError: ``distributed`` is not installed, nobody answers, or somebody has another discreet.
    """
    if address is not None and not address.startswith(SCHEMES):
        raise CrewError(
            f"--executor dask: {address!r} is no address of a scheduler, which begins with tcp:// or tls://"
        )
    try:
        import distributed
    except ImportError as error:
        raise CrewError(
            f"--executor dask needs dask's distributed: pip install 'discreet[distributed]' ({error})"
        ) from None
    with _quiet(), _client(distributed, jobs, address) as client:
        where = address or "its own cluster"
        _check_workers(client, where)
        yield Dask(client)


class Dask:
    """The workers of a cluster."""

    def __init__(self, client: Any) -> None:
        self.problems: list[str] = []
        self._client = client

    def map(self, function: Callable[[S, T], R], shared: S, items: Sequence[T]) -> Iterator[R]:
        """As :meth:`discreet.project.executors.Crew.map` says."""
        waiting = self._sent(function, shared, items)
        try:
            for item in items:
                yield self._result(waiting.popleft() if waiting else None, function, shared, item)
        finally:
            if waiting:
                with suppress(Exception):
                    self._client.cancel(list(waiting), force=True)

    def _sent(self, function: Callable[[S, T], R], shared: S, items: Sequence[T]) -> deque[Any]:
        if not items:
            return deque()
        try:
            orders = [pickle.dumps((function, edition(), item)) for item in items]
            (delivered,) = self._client.scatter([shared], broadcast=True, hash=False)
            return deque(self._client.map(answer, orders, shared=delivered, pure=False))
        except Exception as error:
            self._say(error)
            return deque()

    def _result(self, future: Any, function: Callable[[S, T], R], shared: S, item: T) -> R:
        if future is not None:
            try:
                found = self._awaited(future)
            except Exception as error:
                self._say(error)
            else:
                if found.error is not None:
                    raise found.error
                result: R = found.result
                return result
        return function(shared, item)

    def _awaited(self, future: Any) -> Answer:
        """The answer, as long as there is a worker left that may give it."""
        while True:
            try:
                found: Answer = future.result(timeout=_GLANCE_SECONDS)
                return found
            except (TimeoutError, asyncio.TimeoutError):  # two until 3.11
                if not self._client.scheduler_info()["workers"]:
                    raise ConnectionError("no workers are left") from None

    def _say(self, error: Exception) -> None:
        line = f"the cluster did not do all of the work, some was done in this process: {_words(error)}"
        if not self.problems:
            self.problems.append(line)


@contextmanager
def _client(distributed: Any, jobs: int, address: str | None) -> Iterator[Any]:
    cluster = None
    try:
        if address is None:
            cluster = distributed.LocalCluster(
                n_workers=jobs,
                processes=True,
                threads_per_worker=1,
                dashboard_address=None,
                worker_dashboard_address=_LOOPBACK,
                scheduler_kwargs={"dashboard_address": _LOOPBACK},
                silence_logs=logging.CRITICAL,
            )
        client = _connected(distributed.Client, cluster or address)
    except Exception as error:
        if cluster is not None:
            cluster.close()
        raise CrewError(f"--executor dask: {address or 'a cluster of its own'}: {_words(error)}") from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close()
        if cluster is not None:
            with suppress(Exception):
                cluster.close()


def _connected(kind: Any, where: Any) -> Any:
    """A client, in time.

    ``distributed`` waits for ever for somebody who takes the call and says nothing, so it does so in a thread. And a
    client that fails must be told that it is closed: left to itself, it waits to say goodbye to nobody.
    """
    client = kind.__new__(kind)
    failures: list[BaseException] = []

    def call() -> None:
        try:
            client.__init__(where, timeout=_CONNECT_SECONDS, set_as_default=False)
        except BaseException as error:
            failures.append(error)

    calling = threading.Thread(target=call, daemon=True)
    try:
        with warnings.catch_warnings():  # other versions of libraries that no result depends on
            warnings.filterwarnings("ignore", message=r"\s*Mismatched versions found")
            calling.start()
            calling.join(_CONNECT_SECONDS + 1)
        if calling.is_alive():
            raise TimeoutError(f"no scheduler answered within {_CONNECT_SECONDS} s")
        if failures:
            raise failures[0]
    except BaseException:
        client.status = "closed"
        with suppress(Exception):
            client._loop_runner.stop()
        raise
    return client


def _check_workers(client: Any, where: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        found: dict[str, Identity] = client.run(identity)
    except (TimeoutError, asyncio.TimeoutError):  # two until 3.11
        raise CrewError(f"--executor dask: {where} has no workers") from None
    except Exception as error:
        raise CrewError(
            f"--executor dask: a worker of {where} has no discreet that can be used: {_words(error)}"
        ) from None
    own = identity()
    for name in sorted(found):
        if found[name] != own:
            raise CrewError(f"--executor dask: worker {name} {_difference(found[name], own)}")


def _difference(theirs: Identity, own: Identity) -> str:
    if theirs.python != own.python:
        return f"runs {theirs.python}, this is {own.python}: findings could differ"
    if theirs.version != own.version:
        return f"has discreet {theirs.version}, this is {own.version}: findings could differ"
    return f"has another discreet {theirs.version} than this one (its files differ): findings could differ"


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what ``distributed`` logs of its own accord: what matters of it is told in our words."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _words(error: Exception) -> str:
    told = str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
    return " ".join(told.split())[:300]
