"""What is found: flows, and what could not be resolved. It is kept in caches and sent from process to process.

These are read back by their annotations, so they stand where nothing is compiled.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from discreet.flow.result import Place, Step


class SinkCall(NamedTuple):
    """A sink, as it is called somewhere."""

    kind: str
    callable: str
    argument: str
    place: Place
    interface: bool = False
    origin: Place | None = None  # where the sink itself stands, if the finding stands at a call of its wrapper


class Leak(NamedTuple):
    """Personal data that gets out, with its story up to the sink.

    ``whole`` is what gets out with it: an ``object`` whose text or fields show it, a ``container`` it lies in, or
    nothing. ``field`` is the dotted name of the program's field it was read from, if it was.
    """

    categories: tuple[str, ...]
    known_by: str
    confidence: str
    place: Place
    expression: str
    trace: tuple[Step, ...]
    whole: str = ""
    field: str = ""


class Unresolved(NamedTuple):
    """A call that personal data enters, in ``function``; no ``library`` where nobody knows whose the callable is."""

    library: str
    callable: str
    path: str
    line: int
    column: int
    function: str
    categories: tuple[str, ...]


class Flow(NamedTuple):
    """Personal data that reaches a sink: every leak of one sink call, found in one function.

    ``interface`` says that the function is a command-line program's user interface, ``is_test`` that the sink stands in
    a test.
    """

    sink: SinkCall
    leaks: tuple[Leak, ...]
    function: str
    interface: bool
    is_test: bool


class Solved(msgspec.Struct, frozen=True):
    """What was found in a group of modules, and what that depends on.

    Attributes:
        flows: In no particular order; several may speak of one sink call.
        unresolved: Calls that personal data entered and nobody resolved.
        bounds: How often which bound was hit.
        looked: The modules whose facts were looked into.
        asked: The questions that were asked about all modules at once: a table of the index, and a name.
        inside: What was asked of the functions of modules that are none of the group: names, by question
            (:mod:`discreet.flow.loaded`).
    """

    flows: tuple[Flow, ...]
    unresolved: tuple[Unresolved, ...]
    bounds: dict[str, int]
    looked: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]
    inside: dict[str, dict[str, tuple[str, ...]]]
