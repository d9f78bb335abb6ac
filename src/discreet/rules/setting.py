"""What the rules of the 4xx family share. The settings that they speak of are rows of ``settings.toml``.

An odd number speaks of a setting that is written down, the even number after it of one that is left at the default of
its library. What nobody wrote is harder to blame on a line, so these are off by default.
"""

from __future__ import annotations

import msgspec

from discreet.rules.rule import Rule

MESSAGE = "{source} {what}"
FIX = (
    "Unsafe: the safe value is written in the place of the other one, or as a further argument where nothing is "
    "said. The library then shows, records or sends less, and somebody may count on what it did. No automatic fix "
    "where the value is a variable's, and where there is more than one right answer: the finding says what to write "
    "instead."
)
JUDGED = (
    " Only constants are judged: what is read from the environment or from another setting is passed over, and so is "
    "what stands in a branch, a function, a class or a module that says it is for development (`if settings.DEBUG:`), "
    "or "
    'under `if __name__ == "__main__":`.'
)


def left(rule: Rule, *, bad: tuple[str, ...], good: tuple[str, ...], **others: str) -> Rule:
    """The rule for the same settings where nobody set them: the next number.

    ``others`` are fields that say something of their own (``summary``, ``what``, ``why``, ``instead``).
    """
    twin = msgspec.structs.replace(
        rule,
        code=f"PII{int(rule.code[3:]) + 1}",
        name=f"{rule.name}-by-default",
        bad=bad,
        good=good,
        default=False,
    )
    return msgspec.structs.replace(twin, **others)
