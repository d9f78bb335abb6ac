"""TODO."""

from __future__ import annotations

from discreet.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="PII601",
        name="personal-data-in-repr",
        summary="A type whose generated text shows personal data",
        message="text of the type shows {what}: {source}",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        kinds=frozenset({"repr"}),
        standing="direct",
        default=False,
        interface=False,
    ),
    Rule(
        code="PII602",
        name="online-identifier-in-repr",
        summary="A type whose generated text shows an online identifier",
        message="text of the type shows {what}: {source}",
        what="",
        why="",
        bad=(),
        good=(),
        instead="",
        kinds=frozenset({"repr"}),
        standing="online",
        default=False,
        interface=False,
    ),
)
