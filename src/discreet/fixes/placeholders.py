"""What a message's placeholders ask of the values they show. A redactor gives a text; ``%d`` takes none.

Everything here is about constant templates. ``None`` as an answer means: it can't be told.
"""

from __future__ import annotations

import re
import string
from typing import NamedTuple

PERCENT = re.compile(
    r"%(?:\((?P<name>[^)]*)\))?[-#0 +]*(?P<width>\d+|\*)?(?:\.(?P<precision>\d+|\*))?[hlL]?(?P<kind>.)", re.DOTALL
)
_TEXT_SPEC = re.compile(r"(?:.?[<>^])?(?:[1-9]\d*)?(?:\.\d+)?s?", re.DOTALL)

BRACES = ("loguru.", "logbook.", "twisted.logger.")
"""The loggers whose templates have ``{}``, by how their names begin."""
NUMBER = "its placeholder asks for something other than a text"


class Asked(NamedTuple):
    """What a template asks for: of its values in order, and of those it names. A value is an empty text, or why a text
    will not do there.
    """

    ordered: tuple[str, ...]
    named: dict[str, str]

    def of(self, key: int | str) -> str | None:
        """What is asked of one value; ``None`` where the template does not show it."""
        if isinstance(key, str):
            return self.named.get(key)
        return self.ordered[key] if key < len(self.ordered) else None


def percent(template: str) -> Asked | None:
    """What a ``%`` template asks for; ``None`` where it takes its widths from the values, or is broken."""
    ordered: list[str] = []
    named: dict[str, str] = {}
    for found in PERCENT.finditer(template):
        if "*" in (found["width"], found["precision"]):
            return None
        if found["kind"] == "%" and found["name"] is None:
            continue
        answer = "" if found["kind"] in "sra" else NUMBER
        if found["name"] is None:
            ordered.append(answer)
        else:
            named[found["name"]] = named.get(found["name"]) or answer
    return None if ordered and named else Asked(tuple(ordered), named)


def braces(template: str) -> Asked | None:
    """What a ``str.format`` template asks for; ``None`` where it is broken, or takes its formats from the values."""
    ordered: list[str] = []
    named: dict[str, str] = {}
    automatic = 0
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError:
        return None
    for _, name, spec, conversion in fields:
        if name is None:
            continue
        if "{" in (spec or ""):
            return None
        first = re.split(r"[.\[]", name, maxsplit=1)[0]
        answer = "the template takes a part of it" if first != name else fits(spec or "", bool(conversion))
        if not first:
            first, automatic = str(automatic), automatic + 1
        if first.isdecimal():
            number = int(first)
            if number > len(template):
                return None
            ordered.extend("" for _ in range(number + 1 - len(ordered)))
            ordered[number] = ordered[number] or answer
        else:
            named[first] = named.get(first) or answer
    return Asked(tuple(ordered), named)


def fits(spec: str, is_converted: bool) -> str:
    """Why a text will not do for a format specification; empty if it does, or if a conversion makes a text anyway."""
    return "" if is_converted or _TEXT_SPEC.fullmatch(spec) else NUMBER
