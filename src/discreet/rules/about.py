"""TODO."""

from __future__ import annotations

from discreet.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="PII901",
        name="unknown-category",
        summary="A mark names a category that does not exist",
        message="'{source}' is no category of personal data; did you mean '{what}'?",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        default=True,
    ),
    Rule(
        code="PII902",
        name="mark-on-nothing",
        summary="A mark stands on a line that holds nothing to mark",
        message="mark '{source}' is on a line that holds nothing to mark",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        default=True,
    ),
    Rule(
        code="PII903",
        name="idle-suppression",
        summary="A suppression silences nothing",
        message="suppression '{source}' silences nothing",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        default=False,
    ),
    Rule(
        code="PII904",
        name="unparsable-file",
        summary="A file can't be parsed, so it was not checked",
        message="file was not checked, it can't be parsed: {what}",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        default=True,
    ),
    Rule(
        code="PII905",
        name="unreadable-file",
        summary="A file can't be read, so it was not checked",
        message="file was not checked, it can't be read: {what}",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        default=True,
    ),
)
