"""Log calls: a template with its values, keywords that go into the record, ``extra``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from discreet.fixes import placeholders
from discreet.fixes.cutting import Cutter
from discreet.fixes.parsed import Parsed
from discreet.fixes.placeholders import BRACES, Asked
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import cut, rewrite
from discreet.fixes.slots import MAPPING, OUT_OF_SIGHT, Slot, Slots, Takes, names_it, text_of
from discreet.fixes.sparing import EMPTY, check_removable, takes_of
from discreet.fixes.wording import Style
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
    in_braces = name.startswith(BRACES)
    asked = _asked(positional[0].value, in_braces) if positional else None
    slots = Slots(parsed)
    return [
        *slots.arguments(positional[:1], None, MESSAGE, takes_of(finding)),
        *_values(slots, positional[1:], asked, in_braces, takes_of(finding)),
        *_keywords(slots, node.args, asked if in_braces else None, takes_of(finding)),
    ]


def _asked(message: cst.BaseExpression, in_braces: bool) -> Asked | None:
    """What the message's template asks for; ``None`` where the template is not in sight."""
    template = text_of(message)
    if template is None:
        return None
    return placeholders.braces(template) if in_braces else placeholders.percent(template)


def _values(
    slots: Slots, args: Sequence[cst.Arg], asked: Asked | None, in_braces: bool, takes: Takes
) -> Iterator[Slot]:
    """The values that follow the message. A mapping alone is what ``%(name)s`` takes them from."""
    only = args[0].value if len(args) == 1 else None
    if isinstance(only, cst.Dict) and not (asked is not None and asked.ordered):
        yield from slots.of_dict(only, asked)
        return
    is_mapping = asked is not None and bool(asked.named) and not in_braces
    for slot in slots.arguments(args, asked, "" if asked is not None else OUT_OF_SIGHT, takes):
        yield slot._replace(refused=MAPPING) if is_mapping else slot


def _keywords(slots: Slots, args: Sequence[cst.Arg], asked: Asked | None, takes: Takes) -> Iterator[Slot]:
    for arg in args:
        if arg.keyword is None or arg.keyword.value in PLAIN:
            continue
        key = arg.keyword.value
        refused = (asked.of(key) or "") if asked is not None else ""
        if key == "extra" and not isinstance(arg.value, cst.Dict):
            refused = MAPPING
        yield from slots.of(arg.value, MESSAGE if key in TEMPLATES else "", refused, "same" if names_it(key) else takes)


@cut("log")
def without(finding: Finding, cutter: Cutter, node: cst.CSTNode) -> None:
    """Cut values out of a log message: arguments with their placeholders, keywords, entries of ``extra``."""
    assert isinstance(node, cst.Call)
    name = finding.sink.callable if finding.sink is not None else ""
    positional = [arg for arg in node.args if arg.keyword is None]
    first = 1 if name.endswith(".log") else 0  # the level comes first
    message, values = positional[first : first + 1], positional[first + 1 :]
    in_braces = name.startswith(BRACES)
    keywords = [arg for arg in node.args if arg.keyword is not None and arg.keyword.value not in PLAIN]
    gone, going = _cut_values(cutter, message, values, in_braces)
    for arg in keywords:
        if arg.keyword is not None and arg.keyword.value == "extra" and not isinstance(arg.value, cst.Dict):
            cutter.keep(arg.value, MAPPING)
        if cutter.cut(arg.value):
            going.append(arg)
            gone += [arg.keyword.value] if in_braces and arg.keyword is not None else []
    always = name.startswith("twisted.")  # there is always something to put in
    formats = always or any(arg not in going for arg in (*values, *(keywords if in_braces else ())))
    for arg in message:
        style: Style = "braces" if in_braces else "percent"
        if cutter.fill(arg.value, style, gone, formats=formats) if gone else cutter.cut(arg.value):
            raise Refused(EMPTY)
    for arg in going:
        check_removable(finding, arg)
    if cutter.take_out(node.args, [arg in going for arg in node.args]):
        raise Refused(EMPTY)


def _cut_values(
    cutter: Cutter, message: Sequence[cst.Arg], values: Sequence[cst.Arg], in_braces: bool
) -> tuple[list[int | str], list[cst.Arg]]:
    """Cut the values that follow the message: what of the template is gone, and which arguments."""
    only = values[0].value if len(values) == 1 else None
    asked = _asked(message[0].value, in_braces) if message else None
    if isinstance(only, cst.Dict) and not in_braces and asked is not None and asked.named:
        gone, left = cutter.cut_entries(only)
        return gone, [] if left else list(values)
    gone, flags = cutter.cut_values(values)
    return gone, [arg for arg, is_gone in zip(values, flags, strict=True) if is_gone]
