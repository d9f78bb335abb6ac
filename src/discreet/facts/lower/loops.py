"""Loops: what a walk through a loop's body has read of what the walk before it left, and so whether to walk again.

Nearly every loop assigns variables, so what is known at its head grows by the first walk. But mostly the body reads
none of them before it has assigned them anew, and then another walk would only see the same again.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from discreet.facts.guards import BLOCKS
from discreet.facts.lower.known import Known
from discreet.facts.model import Value
from discreet.facts.values import join

Environment = dict[str, Value]
Variables = dict[str, list[Value]]
"""All that each variable holds at one time or another."""


def all_of(held: list[Value]) -> Value:
    """What a variable may hold at any time. It is joined when somebody asks: of most variables nobody does."""
    if len(held) > 1:
        value = held[0]
        for each in held[1:]:
            value = join(value, each)
        held[:] = [value]
    return held[0]


class Loop:
    """One loop while its body is walked.

    Attributes:
        breaks: The environments at its ``break`` statements.
        continues: The same for ``continue``.
    """

    def __init__(self) -> None:
        self.breaks: list[Environment] = []
        self.continues: list[Environment] = []
        self._head: Environment = {}
        self._read: set[str] = set()
        self._added_to: set[str] = set()
        self._partly: set[str] = set()
        self._asked: dict[str, tuple[bool, Known | None]] = {}

    def begin(self, head: Environment) -> None:
        """Another walk begins, with what is known then."""
        self._head = head
        self._read.clear()
        self._added_to.clear()
        self._partly.clear()
        self._asked.clear()

    def reads(self, name: str, value: Value | None, adding: bool) -> None:
        """A variable is read where it is ``value``, or unbound; ``adding`` says that something is put into what it
        holds, for which it is all one what lies in there.
        """
        known = self._added_to if adding else self._read
        if name not in known and (self._head.get(name) is value or name in self._partly):
            known.add(name)

    def joins(self, name: str, one: Value | None, other: Value | None) -> None:
        """Branches meet that left a variable as ``one`` and ``other``: one of them may have left it alone."""
        before = self._head.get(name)
        if before is one or before is other:
            self._partly.add(name)

    def asks(self, name: str, constants: dict[str, Known | None]) -> None:
        """Somebody asks which texts a variable stands for."""
        if name not in self._asked:
            self._asked[name] = (name in constants, constants.get(name))

    def is_settled(self, env: Environment, constants: dict[str, Known | None]) -> bool:
        """Whether another walk, which begins with ``env``, would see nothing that this one didn't."""
        for name in self._read:
            before, now = self._head.get(name), env.get(name)
            if before is not now and before != now:
                return False
        for name in self._added_to:
            before, now = self._head.get(name), env.get(name)
            if before is not now and _without_content(before) != _without_content(now):
                return False
        return all((name in constants, constants.get(name)) == before for name, before in self._asked.items())


def _without_content(value: Value | None) -> Value | None:
    if value is None:
        return None
    return tuple([part for part in value if part.root[0] != "w" and (not part.path or part.path[0][0] == ".")])


def breaks(body: Sequence[ast.AST]) -> bool:
    """Whether there is a ``break`` in a loop's body; that of a loop inside counts as well."""
    waiting: list[Sequence[ast.AST]] = [body]
    while waiting:
        for each in waiting.pop():
            if isinstance(each, ast.Break):
                return True
            waiting.extend(block for name in BLOCKS if isinstance(block := getattr(each, name, None), list))
    return False
