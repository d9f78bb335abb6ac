"""The whole story of a finding as an indented tree, and why there is none, each as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from discreet.facts.cells import Cell
from discreet.flow.result import Step
from discreet.flow.whynot.answer import PLACE, Answer, Stop, Trail
from discreet.output.escape import json_safe, visible
from discreet.output.excerpt import WIDEST
from discreet.output.item import Item, Lines
from discreet.output.mask import masked
from discreet.output.record import place as record_of
from discreet.output.record import record
from discreet.output.text import Paint, clean, headline, place
from discreet.rules.finding import Finding, TraceStep

INDENT = "  "


class Spot(NamedTuple):
    """A place as somebody in the current directory would type it."""

    path: str
    line: int
    column: int | None = None
    cell: Cell | None = None


Shown = Callable[[str, int], Spot]
"""From a path below the project's root and a line to what is printed."""


class Branch(NamedTuple):
    """A finding, why ``check`` does not show it, and the function that each step of its story stands in."""

    finding: Finding
    hidden: tuple[Stop, ...]
    scopes: tuple[str, ...]


class Node(NamedTuple):
    """A step of a story: how deep it stands, whether it is the first of its function, and its line."""

    step: TraceStep
    scope: str
    depth: int
    opens: bool
    excerpt: str


def nodes(branch: Branch, lines: Lines) -> Iterator[Node]:
    """The steps of a story. A file or function that is new stands one level deeper; one that is known brings back."""
    stack: list[tuple[str, str]] = []
    for step, scope in zip(branch.finding.trace, branch.scopes, strict=True):
        here = (step.path, scope)
        opens = not stack or stack[-1] != here
        if here in stack:
            del stack[stack.index(here) + 1 :]
        else:
            stack.append(here)
        yield Node(step, scope, len(stack), opens, _line(lines(step.path), step.line))


def render(branches: Iterable[Branch], paint: Paint, lines: Lines, shown: Shown) -> Iterator[str]:
    """Every finding with its tree, an empty line after each."""
    for branch in branches:
        yield headline(branch.finding, paint) + "\n"
        for stop in branch.hidden:
            yield f"{INDENT}{paint('help', 'not shown by check:')} {_words(stop, shown)}\n"
        yield from _tree(branch, paint, lines)
        yield "\n"


def _tree(branch: Branch, paint: Paint, lines: Lines) -> Iterator[str]:
    last: tuple[str, int] | None = None
    for node in nodes(branch, lines):
        step, indent = node.step, INDENT * node.depth
        if node.opens:
            where = f"{clean(node.scope)} in {visible(step.path)}" if node.scope else visible(step.path)
            yield f"{indent}{paint('path', where)}\n"
            last = None
        if last != (step.path, step.line):
            where = paint("gutter", place(step.path, step.cell, step.line))
            yield f"{indent}{INDENT}{where}  {node.excerpt}".rstrip() + "\n"
        last = (step.path, step.line)
        yield f"{indent}{INDENT}{INDENT}{paint('quiet', '-')} {clean(step.note)}\n"


def _line(lines: Sequence[str], number: int) -> str:
    """One line of a file, masked before it is cut."""
    if not 1 <= number <= len(lines):
        return ""
    text = masked(lines[number - 1]).strip()
    return visible((text if len(text) <= WIDEST else text[:WIDEST] + "...").replace("\t", "    "))


# -- why not -----------------------------------------------------------------------------------------------------------


class Silent(NamedTuple):
    """Why nothing is shown at a place."""

    spot: Spot
    reasons: tuple[Stop, ...]
    answers: tuple[Answer, ...]


def render_why_not(silent: Silent, paint: Paint, lines: Lines, shown: Shown) -> Iterator[str]:
    """The line, what holds for all of it, and of each call on it which value stopped where."""
    path, line, _, cell = silent.spot
    where = paint("path", visible(path)) + place(path, cell, line)[len(visible(path)) :]
    yield f"{where}  {_line(lines(path), line)}".rstrip() + "\n"
    for stop in silent.reasons:
        yield from _because(stop, INDENT, paint, shown)
    for answer in silent.answers:
        yield f"{INDENT}{clean(answer.call)}()\n"
        if answer.stop is not None:
            yield from _because(answer.stop, INDENT * 2, paint, shown)
        for handed in answer.arguments:
            for trail in handed.trails:
                yield from _trail(handed.name, trail, paint, shown)


def _trail(name: str, trail: Trail, paint: Paint, shown: Shown) -> Iterator[str]:
    yield f"{INDENT * 2}{paint('quiet', f'argument {clean(name)}:')} {clean(trail.value)}\n"
    for step in trail.steps:
        where = paint("gutter", _place(shown(step.path, step.line)))
        yield f"{INDENT * 3}{where}  {clean(step.note)}\n"
    yield from _because(trail.stop, INDENT * 3, paint, shown)


def _because(stop: Stop, indent: str, paint: Paint, shown: Shown) -> Iterator[str]:
    yield f"{indent}{paint('mark', '=>')} {_words(stop, shown)}\n"
    if stop.advice:
        yield f"{indent}   {paint('help', 'help:')} {clean(stop.advice)}\n"


def _words(stop: Stop, shown: Shown) -> str:
    return _where(stop, shown).join(clean(part) for part in stop.text.split(PLACE))


def _where(stop: Stop, shown: Shown) -> str:
    return _place(shown(stop.place.path, stop.place.span.line)) if stop.place is not None else ""


def _place(spot: Spot) -> str:
    return place(spot.path, spot.cell, spot.line)


# -- JSON --------------------------------------------------------------------------------------------------------------


def render_json(spot: Spot, branches: Iterable[Branch], lines: Lines, shown: Shown) -> str:
    """The findings and their trees as one object."""
    told = [
        {
            "finding": record(Item(branch.finding)),
            "hidden": [_reason(stop, shown) for stop in branch.hidden],
            "tree": [_node(node) for node in nodes(branch, lines)],
        }
        for branch in branches
    ]
    return _document({**record_of(spot), "findings": told})


def render_why_not_json(silent: Silent, shown: Shown) -> str:
    """The same reasons as one object."""
    said = {
        **record_of(silent.spot),
        "reasons": [_reason(stop, shown) for stop in silent.reasons],
        "calls": [_answer(answer, shown) for answer in silent.answers],
    }
    return _document(said)


def _document(said: dict[str, Any]) -> str:
    return json_safe(json.dumps(said, ensure_ascii=False, indent=2)) + "\n"


def _node(node: Node) -> dict[str, Any]:
    step = node.step
    return {
        **record_of(step),
        "note": masked(step.note),
        "function": masked(node.scope) or None,
        "depth": node.depth,
        "excerpt": node.excerpt,
    }


def _answer(answer: Answer, shown: Shown) -> dict[str, Any]:
    return {
        "call": masked(answer.call),
        **_within(answer, shown),
        "reason": _reason(answer.stop, shown) if answer.stop is not None else None,
        "arguments": [
            {"name": masked(handed.name), "values": [_value(trail, shown) for trail in handed.trails]}
            for handed in answer.arguments
        ],
    }


def _within(answer: Answer, shown: Shown) -> dict[str, Any]:
    """Where in the file that was asked about a call stands."""
    said = record_of(shown(answer.place.path, answer.place.span.line)._replace(column=answer.place.span.column))
    del said["path"]
    return said


def _value(trail: Trail, shown: Shown) -> dict[str, Any]:
    return {
        "value": masked(trail.value),
        "steps": [_step(step, shown) for step in trail.steps],
        "reason": _reason(trail.stop, shown),
    }


def _step(step: Step, shown: Shown) -> dict[str, Any]:
    spot = shown(step.path, step.line)._replace(column=step.column)
    return {**record_of(spot), "note": masked(step.note)}


def _reason(stop: Stop, shown: Shown) -> dict[str, Any]:
    text = _where(stop, shown).join(masked(part) for part in stop.text.split(PLACE))
    return {"kind": stop.kind, "text": text, "advice": masked(stop.advice) or None}
