"""Mending a program: round after round, until nothing is left that can be mended. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from discreet.fixes.identity import Identity, identity
from discreet.fixes.mending import PASSING, Answer, mend
from discreet.fixes.redactors import Redactors
from discreet.project.again import ROUNDS, Again, again
from discreet.project.config import Config
from discreet.project.result import Means, Progress
from discreet.rules.finding import Finding, Fix

_Key = TypeVar("_Key")

_Standing = tuple[Identity, bytes]
"""What a finding says, and the lines it says it of."""


class Mending(NamedTuple):
    """What came of mending.

    Attributes:
        contents: the files that change: their content as it was and as it is to be, by path below the root.
        answers: one for each finding there is a rewrite for, as the findings stood before.
        locations: where the files are.
    """

    contents: dict[str, tuple[bytes, bytes]]
    answers: tuple[Answer, ...]
    locations: dict[str, str]


def mending(
    paths: Sequence[Path], config: Config, means: Means, *, unsafe: bool, progress: Progress | None = None
) -> Mending:
    """Mend what can be mended, in memory.

    Args:
        paths: what was checked.
        config: the settings of the run.
        means: with what to work.
        unsafe: unsafe fixes as well.
        progress: told how far the looks are, of those that have begun.

    Raises:
        CrewError: the workers that were asked for are not to be had.
    """
    with again(paths, config, means, progress) as program:
        return _mending(program, config, unsafe=unsafe)


def _mending(program: Again, config: Config, *, unsafe: bool) -> Mending:
    redactors = Redactors(config.redactor, config.redactors)
    waiting = program.findings({}, whole=False)
    answers: list[Answer] = []
    known: Counter[_Standing] = Counter()
    for number in range(ROUNDS):
        done = mend(waiting, program, redactors, unsafe=unsafe)
        goes_on = bool(done.contents) and number < ROUNDS - 1
        final = [each for each in done.answers if not (goes_on and each.refused in PASSING)]
        answers.extend(_without_places(each, number) for each in final)
        if not goes_on:
            break
        known.update(_standing(each.finding, program) for each in final if not each.applied)
        program.keep(done.contents)
        waiting = _unanswered(program.findings({}, whole=False), known, program)
    program.keep(done.contents)
    return Mending(program.changed, tuple(answers), program.locations)


def _standing(finding: Finding, program: Again) -> _Standing:
    """What a finding says, and the lines that it stands on: what was not mended stands there as before."""
    lines = program.content(finding.path).split(b"\n")
    return identity(finding), b"\n".join(lines[finding.line - 1 : finding.end_line])


def _unanswered(findings: Sequence[Finding], answered: Counter[_Standing], program: Again) -> list[Finding]:
    """The findings that have no answer yet: those to be looked at again, and those that have come to light.

    Of several that say the same, those that have an answer are the ones whose lines are as they were. Where the lines
    have changed, by the fix of another finding, what it says has to do.
    """
    known = Counter(answered)
    changed = [each for each in findings if not _take(known, _standing(each, program))]
    said: Counter[Identity] = Counter()
    for (what, _), count in known.items():
        said[what] += count
    return [each for each in changed if not _take(said, identity(each))]


def _take(counts: Counter[_Key], key: _Key) -> bool:
    """Take one of what is counted, if there is one left."""
    is_left = counts[key] > 0
    counts[key] -= is_left
    return is_left


def _without_places(answer: Answer, number: int) -> Answer:
    """An answer of a later round without its edits, whose places are those of a text that nobody has seen."""
    return answer._replace(fix=Fix(answer.fix.applicability, answer.fix.description)) if number else answer
