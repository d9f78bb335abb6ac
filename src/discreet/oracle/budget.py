"""How much work a question may cause, counted in things that are the same on every machine and in every order.

The modules of a question are counted with all that their building needed, whether they are built already or not: a
question must not be answered because somebody else has paid for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Exhausted(BaseException):
    """The work is more than a question may cause. Not an ``Exception``: astroid swallows those."""


class Budget:
    """Counts the work of a question, and of each module that is built on the way."""

    def __init__(self, steps: int, modules: int, source_bytes: int) -> None:
        self.limits = (steps, modules, source_bytes)
        self._steps = 0
        self._touched: dict[str, int] = {}
        self._needs: dict[str, set[str]] = {}
        self._sizes: dict[str, int] = {}
        self._building: list[str] = []

    @property
    def touched(self) -> list[str]:
        """The modules that the question at hand needed, in the order it came to them."""
        return list(self._touched)

    def begin(self) -> None:
        """A new question."""
        self._steps = 0
        self._touched.clear()
        self._building.clear()

    def forget(self) -> None:
        """No module is built any more."""
        self._needs.clear()
        self._sizes.clear()

    def step(self) -> None:
        """One inference."""
        self._steps += 1
        if self._steps > self.limits[0]:
            raise Exhausted("steps")

    def touch(self, module: str) -> None:
        """A module is looked into that is built already."""
        if self._building:
            self._needs[self._building[-1]].add(module)
        self._count(module)

    def _count(self, module: str) -> None:
        waiting = [module]
        while waiting:
            each = waiting.pop()
            if each not in self._touched:
                self._touched[each] = self._sizes.get(each, 0)
                waiting.extend(self._needs.get(each, ()))
        if len(self._touched) > self.limits[1]:
            raise Exhausted("modules")
        if sum(self._touched.values()) > self.limits[2]:
            raise Exhausted("source")

    @contextmanager
    def building(self, module: str, size: int) -> Iterator[None]:
        """A module is built; what that costs in steps is its own affair, so that it costs everybody the same."""
        if self._building:
            self._needs[self._building[-1]].add(module)
        self._sizes[module] = size
        self._needs[module] = set()
        self._count(module)
        before, self._steps = self._steps, 0
        self._building.append(module)
        try:
            yield
        finally:
            self._building.pop()
            self._steps = before
