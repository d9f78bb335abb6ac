"""How far the word of a test goes.

A test calls what the program calls, and what it hands over is made up. Where nobody else hands anything to a function,
a test's call still tells what the function is for: the finding stands in the program, and is told by the test. But it
tells that of no function beyond: what *that* calls, and what it gets back, is called by others as well, with other
things.
"""

from __future__ import annotations

from collections.abc import Set

from discreet.flow.found import Leak
from discreet.flow.notes import crosses, is_handed


def without_tests(leaks: list[Leak], tests: Set[str]) -> list[Leak]:
    """The leaks, the program's own first. What a test hands to a function counts if nobody else hands it anything."""
    tested = [leak for leak in leaks if _is_told_by_one(leak, tests)]
    own = [leak for leak in leaks if leak not in tested]
    if not own or not tested:
        return leaks
    entered = {step.note for leak in own for step in leak.trace if is_handed(step.note)}
    return [*own, *(leak for leak in tested if not any(step.note in entered for step in leak.trace))]


def is_of_a_test(leak: Leak, tests: Set[str]) -> bool:
    """Whether a leak is a test's doing: it goes on beyond the function that the test hands it to."""
    if not _is_told_by_one(leak, tests):
        return False
    last = max((at for at, step in enumerate(leak.trace) if step.path in tests), default=-1)
    return any(crosses(step.note, "") for step in leak.trace[last + 1 :])


def _is_told_by_one(leak: Leak, tests: Set[str]) -> bool:
    """Whether any of a leak's story stands in a test."""
    return leak.place.path in tests or any(step.path in tests for step in leak.trace)
