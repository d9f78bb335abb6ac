"""Fixpoints: answers about functions, computed once and remembered; a function that is asked about while it is being
answered for, however far around, is answered for again until nothing is added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from discreet.facts.bounds import hit
from discreet.flow.context import Context
from discreet.flow.program import Program

MAX_ROUNDS: Final = 4
MAX_DEPTH: Final = 45

T = TypeVar("T")


class Fixpoint(Generic[T]):
    """One question that can be asked of every function, or of every parameter.

    Args:
        program: Of whose functions it is asked.
        compute: Answers it, and may ask it of other functions on the way.
        empty: What a function is taken to answer before anything is known.
        memos: Where the computation remembers other things. What was entered in them while too little was known is
            dropped before the next round: entries are only ever added, so that is whatever came last.
    """

    def __init__(
        self, program: Program, compute: Callable[[Context, int], T], empty: T, memos: Sequence[dict[Any, Any]]
    ) -> None:
        self._program = program
        self._compute = compute
        self._empty = empty
        self._done: dict[object, T] = program.table()
        self._memos = (self._done, *memos)
        self._open: dict[object, T] = {}
        self._asked_while_open: set[object] = set()

    def of(self, context: Context, parameter: int = -1) -> T:
        """The answer for a function in a context, or for one parameter of it."""
        key = (context.key, parameter)
        known = self._done.get(key)
        if known is not None:
            return known
        if key in self._open:
            self._asked_while_open.add(key)
            return self._open[key]
        if len(self._open) >= MAX_DEPTH:
            hit("functions open at once")
            return self._empty
        if not self._program.descend():
            return self._empty
        self._open[key] = self._empty
        try:
            found = self._stable(context, parameter, key)
        finally:
            del self._open[key]
            self._program.ascend()
        self._done[key] = found
        return found

    def _stable(self, context: Context, parameter: int, key: object) -> T:
        found = self._empty
        marks = [len(memo) for memo in self._memos]
        for _ in range(MAX_ROUNDS):
            self._asked_while_open.discard(key)
            found = self._compute(context, parameter)
            if key not in self._asked_while_open or found == self._open[key]:
                return found
            if any(outer != key and outer in self._asked_while_open for outer in self._open):
                return found  # part of a larger cycle: whoever began that goes round
            self._open[key] = found
            for memo, mark in zip(self._memos, marks, strict=True):
                while len(memo) > mark:
                    memo.popitem()
        hit("rounds of a recursive function")
        return found
