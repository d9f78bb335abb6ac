"""A result: one thing that linking knows of a value.

It is concrete (a *taint*: personal data with its story), symbolic (a *parameter* of the function being summarised), an
*object* of a known class, a *query* whose columns are known (``cls`` is its root), or *unknown*: a value of which only
its names are known. Constants have no results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from discreet.facts.bounds import hit
from discreet.facts.model import VALUE, Path, Span

if TYPE_CHECKING:
    from discreet.flow.context import Made

TAINT: Final = "taint"
PARAM: Final = "param"
UNKNOWN: Final = "unknown"
OBJECT: Final = "object"
QUERY: Final = "query"

MAX_TRACE: Final = 14


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A span in a file."""

    path: str
    span: Span


class Step(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One step of a value's story."""

    path: str
    line: int
    column: int
    note: str


class Result(msgspec.Struct, frozen=True, gc=False):
    """One thing a value can be. ``names`` are the names that led to it, outermost first; ``tail`` the unnamed steps
    since the last.

    A run makes millions of these, nearly all of them from another by changing a field or two: msgspec does that several
    times as fast as a named tuple.
    """

    kind: str
    names: tuple[str, ...]
    text: str
    place: Place
    path: Path = ()
    form: int = VALUE
    tail: Path = ()
    hint: str = ""
    trace: tuple[Step, ...] = ()
    categories: tuple[str, ...] = ()
    known_by: str = ""
    confidence: str = ""
    parameter: int = -1
    access: Path = ()
    minus: frozenset[Path] = frozenset()
    cls: str = ""
    made: Made | None = None  # the constructor call
    called: bool = False  # the last name is a callable's: the value is what it returned
    holds: str = ""
    protected: bool = False
    guessed: bool = False
    contents: tuple[tuple[str, ...], ...] = ()  # what is read of it elsewhere: the keys that lead there
    shown: bool = False  # the text of an object shows it, in which it was stored
    field: str = ""  # the program's own field it was read from, if that gave it its last name

    _replace = msgspec.Struct.__replace__  # the result with some fields changed; in C, as it is called all the time

    def told(self, place: Place, note: str) -> Result:
        """The result after one more step of its story."""
        if len(self.trace) >= MAX_TRACE:
            hit("steps of a trace")
            return self
        step = Step(place.path, place.span.line, place.span.column, note)
        if self.trace and self.trace[-1] == step:
            return self
        return replace(self, trace=(*self.trace, step))


Results = tuple[Result, ...]
