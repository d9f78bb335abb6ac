"""What the second look at the whole program decides: an analysis that says something unexpected is not argued with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from discreet.fixes.mending import NEW, NOT_GONE, Mended, mend
from discreet.fixes.redactors import Redactors
from discreet.project.again import Again
from discreet.project.config import Config
from discreet.project.result import Means
from discreet.rules.finding import Finding, TraceStep

TEXT = (
    'import logging\n\n\ndef note(email, phone):\n    logging.info("to %s", email)\n    logging.info("at %s", phone)\n'
)


class Told(Again):
    """A program of which the look at everything says something more, or something else."""

    said: list[Finding]

    def findings(self, changed: Mapping[str, bytes], *, whole: bool) -> list[Finding]:
        found = super().findings(changed, whole=whole)
        return [*found, *self.said] if whole else found


@pytest.fixture
def program(tree: Any) -> Told:
    root: Path = tree({"case.py": TEXT, "privacy.py": "def redact(value):\n    return ''\n", "other.py": ""})
    program = Told([root], Config(root=root, redactor="privacy:redact"), Means(jobs=1))
    program.said = []
    return program


def mended(program: Told) -> Mended:
    return mend(program.findings({}, whole=False), program, Redactors("privacy:redact", {}), unsafe=False)


def elsewhere(program: Told, *trace: tuple[int, int]) -> Finding:
    """A finding on the last line of another file, whose story leads through places of ``case.py``."""
    finding = program.findings({}, whole=False)[0]
    steps = tuple(TraceStep("case.py", line, column, "through") for line, column in trace)
    return msgspec.structs.replace(finding, path="other.py", line=1, column=1, trace=steps)


def test_all_is_well(program: Told) -> None:
    done = mended(program)
    assert [each.applied for each in done.answers] == [True, True]
    assert done.contents["case.py"].count(b"redact(") == 2


def test_a_finding_that_stays_is_not_mended_and_the_other_is(program: Told) -> None:
    first = program.findings({}, whole=False)[0]
    program.said = [msgspec.structs.replace(first, line=first.line + 1)]  # below the new import
    done = mended(program)
    assert [(each.applied, each.refused) for each in done.answers] == [(False, NOT_GONE), (True, "")]
    assert done.contents["case.py"].count(b"redact(") == 1


def test_a_finding_whose_story_leads_through_an_edited_call_is_new(program: Told) -> None:
    program.said = [elsewhere(program, (6, 5))]
    done = mended(program)
    assert [(each.applied, each.refused) for each in done.answers] == [(False, NEW), (True, "")]


def test_a_finding_that_has_nothing_to_do_with_an_edit_was_there_before(program: Told) -> None:
    program.said = [elsewhere(program, (4, 1), (40, 1))]
    assert [each.applied for each in mended(program).answers] == [True, True]


def test_a_known_finding_may_tell_another_story_but_not_of_more(program: Told) -> None:
    known = elsewhere(program, (6, 5), (7, 5))
    before = program.findings

    def findings(changed: Mapping[str, bytes], *, whole: bool) -> list[Finding]:
        worse = msgspec.structs.replace(known, categories=(*known.categories, "health"))
        return [*before(changed, whole=whole), worse if whole else known]

    program.findings = findings  # type: ignore[method-assign]
    answers = mend(before({}, whole=False), program, Redactors("privacy:redact", {}), unsafe=False).answers
    assert [(each.applied, each.refused) for each in answers] == [(False, NEW), (False, NEW)]
