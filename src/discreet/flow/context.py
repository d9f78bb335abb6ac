"""Contexts: a function, seen with what is known of its function-valued parameters and captured variables.

Most functions are summarised once, without any knowledge of their callers. A function that is handed another function
(a callback, the function a decorator wraps) is summarised again for that one: its *bindings* say which root means
which callable.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from discreet.facts.model import Function, ModuleFacts
from discreet.flow.found import SinkCall
from discreet.flow.loaded import Unit
from discreet.flow.result import Result, Step

Given = tuple[tuple[int, tuple[Result, ...]], ...]
"""What the parameters of a function were given, by their numbers."""


class Made(NamedTuple):
    """A call that made an object: the function it stands in, that function's bindings, and the call's number; once the
    object has left that function, what its parameters were given (:mod:`discreet.flow.brought`).
    """

    function: str
    bindings: tuple[tuple[str, Thing], ...]
    number: int
    given: Given | None = None


CALLABLE: Final = ("function", "method", "raw")
"""The kinds of things that are functions of the program."""


class Thing(NamedTuple):
    """What an object is, as far as calling it or reading its attributes goes.

    ``kind``: ``function`` | ``method`` (bound) | ``raw`` (the function inside its decorators) | ``class`` | ``module``
    | ``external`` | ``instance`` | ``collection`` | ``collector`` (a method of a collection) | ``pair`` (an instance
    and a flag) | ``partial`` | ``super``.
    """

    kind: str
    name: str
    member: str = ""
    made: Made | None = None


Bindings = tuple[tuple[str, Thing], ...]


class Context:
    """A function with bindings. ``key`` is what a summary is remembered under."""

    __slots__ = ("bindings", "function", "key", "module", "unit")

    def __init__(self, unit: Unit, bindings: Bindings = ()) -> None:
        self.unit = unit
        self.bindings = bindings
        self.function: Function = unit.function
        self.module: ModuleFacts = unit.module
        self.key: tuple[str, Bindings] = (self.function.name, bindings)

    def bound(self, root: str) -> Thing | None:
        """The callable that a root is known to mean."""
        for name, thing in self.bindings:
            if name == root:
                return thing
        return None


class Effect(NamedTuple):
    """A function's parameter reaches a sink inside: what a caller hands over there gets out.

    ``own`` says that the function itself already knows the value to be personal, so callers need not be told.
    ``forwards`` says that the function is a mere wrapper: the finding stands at the call that hands over the data.
    """

    parameter: int
    access: tuple[str, ...]
    minus: frozenset[tuple[str, ...]]
    form: int
    sink: SinkCall
    forwards: bool
    own: bool
    trace: tuple[Step, ...]


def class_binding(thing: Thing) -> Bindings:
    """What ``cls`` is in a class method that is called on a subclass."""
    return (("p0", Thing("class", thing.member)),) if thing.kind == "method" and thing.member else ()
