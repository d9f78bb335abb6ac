"""Suspicions: answers of yes and no to questions that come back to themselves, each asked for once."""

from __future__ import annotations

from collections.abc import Callable

from discreet.flow.program import Program


class Suspicions:
    """What may be personal, as far as it has been asked.

    What is made of itself is nothing more by that; but a *no* that was told while something else was still open is sure
    only if that came to a *no* as well.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[object, bool] = program.table()
        self._open: dict[object, None] = {}
        self._denied: list[object] = []
        self._in_cycle = False

    def asked(self, key: object, ask: Callable[[], bool]) -> bool:
        """The answer to a question, asked where it isn't known; *yes* where nobody can know."""
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._open:
            self._in_cycle = True
            return False
        if not self._program.descend():
            return True
        outermost = not self._open
        self._open[key] = None
        try:
            found = self._known[key] = ask()
        finally:
            del self._open[key]
            self._program.ascend()
        if not found:
            self._denied.append(key)
        if outermost:
            if found and self._in_cycle:
                for each in self._denied:
                    self._known.pop(each, None)
            self._denied.clear()
            self._in_cycle = False
        return found
