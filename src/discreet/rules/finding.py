"""What a rule says about a flow: the one thing every output prints.

A finding is free of syntax trees and of the analysed text (but for the short
expressions that name a source and a sink, which outputs escape). Lines and columns are 1-based
and columns count code points. Lines of a notebook are those of its page (:mod:`discreet.facts.notebook`), beside which
the cell is said: outputs print lines of the cell.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from discreet.facts.cells import Cell

Severity = Literal["high", "medium", "low"]
Confidence = Literal["high", "medium", "low"]
KnownBy = Literal["mark", "type", "name", "value"]

CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")
VENDORED = "library in"
"""What a finding is held back for that stands in somebody else's code; the folder follows."""


class SinkUse(msgspec.Struct, frozen=True):
    """Where the value goes: the kind of sink, the callable's dotted name, and the argument (a keyword or a 0-based
    position). ``handed_over`` says that what is called at the finding's place is a function of the program, which
    hands it on to the sink.
    """

    kind: str
    callable: str
    argument: str
    handed_over: bool = False


class SourceUse(msgspec.Struct, frozen=True):
    """Where the value was born, and how it is known to be personal. ``whole`` is what gets out with it: an
    ``object`` whose text shows it, a ``container`` it lies in, or nothing.
    """

    path: str
    line: int
    column: int
    expression: str
    known_by: KnownBy
    whole: str = ""
    cell: Cell | None = None


class TraceStep(msgspec.Struct, frozen=True):
    """One step of the story, from the source (first) to the sink (last)."""

    path: str
    line: int
    column: int
    note: str
    cell: Cell | None = None


class Edit(msgspec.Struct, frozen=True):
    """A text to put in the place of a stretch of the file: of nothing, before what stands there, where it ends where it
    begins. The end is the column behind its last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(msgspec.Struct, frozen=True):
    """What can mend the finding. ``manual`` means: a person should, and there are no edits."""

    applicability: Literal["safe", "unsafe", "manual"]
    description: str
    edits: tuple[Edit, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """One leak, or one complaint about a mark, a suppression or a file.

    ``sink`` and ``source`` are ``None`` for the 9xx family, which speaks of marks and files. A setting (4xx) has a
    ``sink`` of kind ``config`` and no ``source``: nothing flows.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    message: str
    severity: Severity
    confidence: Confidence
    categories: tuple[str, ...] = ()
    sink: SinkUse | None = None
    source: SourceUse | None = None
    trace: tuple[TraceStep, ...] = ()
    fingerprint: str = ""
    fix: Fix | None = None
    held_back: str = ""  # why it is not in the default selection ("test file", "test data", "library in lib"), or ""
    cell: Cell | None = None
