"""Log calls: a template with its values, keywords that go into the record, ``extra``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from discreet.fixes import placeholders
from discreet.fixes.parsed import Parsed
from discreet.fixes.placeholders import Asked
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import rewrite
from discreet.fixes.slots import MAPPING, OUT_OF_SIGHT, Slot, Slots, text_of
from discreet.rules.finding import Finding

MESSAGE = "the message is wrapped as a whole"
PLAIN = ("exc_info", "stack_info", "stacklevel", "level")
TEMPLATES = ("msg", "message", "event")


@rewrite("log")
def values(finding: Finding, parsed: Parsed, node: cst.CSTNode) -> list[Slot]:
    """Where a log call takes its values."""
    if not isinstance(node, cst.Call):
        raise Refused("it is no call")
    name = finding.sink.callable if finding.sink is not None else ""
    positional = [arg for arg in node.args if arg.keyword is None]
    if name.endswith(".log"):
        positional = positional[1:]  # the level comes first
    in_braces = name.startswith("loguru")
    asked = _asked(positional[0].value, in_braces) if positional else None
    slots = Slots(parsed)
    return [
        *slots.arguments(positional[:1], None, MESSAGE),
        *_values(slots, positional[1:], asked, in_braces),
        *_keywords(slots, node.args, asked if in_braces else None),
    ]


def _asked(message: cst.BaseExpression, in_braces: bool) -> Asked | None:
    """What the message's template asks for; ``None`` where the template is not in sight."""
    template = text_of(message)
    if template is None:
        return None
    return placeholders.braces(template) if in_braces else placeholders.percent(template)


def _values(slots: Slots, args: Sequence[cst.Arg], asked: Asked | None, in_braces: bool) -> Iterator[Slot]:
    """The values that follow the message. A mapping alone is what ``%(name)s`` takes them from."""
    only = args[0].value if len(args) == 1 else None
    if isinstance(only, cst.Dict) and not (asked is not None and asked.ordered):
        yield from slots.of_dict(only, asked)
        return
    is_mapping = asked is not None and bool(asked.named) and not in_braces
    for slot in slots.arguments(args, asked, "" if asked is not None else OUT_OF_SIGHT):
        yield slot._replace(refused=MAPPING) if is_mapping else slot


def _keywords(slots: Slots, args: Sequence[cst.Arg], asked: Asked | None) -> Iterator[Slot]:
    for arg in args:
        if arg.keyword is None or arg.keyword.value in PLAIN:
            continue
        key = arg.keyword.value
        refused = (asked.of(key) or "") if asked is not None else ""
        if key == "extra" and not isinstance(arg.value, cst.Dict):
            refused = MAPPING
        yield from slots.of(arg.value, MESSAGE if key in TEMPLATES else "", refused)
