"""What an analysis could not see, as work to do: for people, for machines, and in short below the statistics."""

from __future__ import annotations

import json as json_format
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from discreet.catalogue.categories import categories
from discreet.output.escape import json_safe, visible
from discreet.output.mask import masked
from discreet.output.record import place as record_of
from discreet.output.text import Paint, clean, count, place
from discreet.rules.gap import Gap

FEW = 5
"""So many of a kind are named below the statistics."""


class Task(NamedTuple):
    """A callable that personal data enters and nobody resolved, and what to do about it."""

    gap: Gap
    advice: str


class Unseen(NamedTuple):
    """Everything an analysis could not see; tasks in the order in which they are worth doing.

    Attributes:
        tasks: what nobody resolved.
        unread: paths of files that were not read.
        frameworks: what is imported and not modelled, and how many modules import it.
        bounds: each bound that was hit, how often, and what it means.
        settled: how many calls only the oracle could resolve, or ``None`` if nobody was asked.
        vendored: folders with libraries of others, and how many findings stand in each. They are nobody's work here.
        files: how many files there were.
    """

    tasks: tuple[Task, ...]
    unread: tuple[str, ...]
    frameworks: tuple[tuple[str, int], ...]
    bounds: tuple[tuple[str, int, str], ...]
    settled: int | None
    vendored: tuple[tuple[str, int], ...]
    files: int

    @property
    def number(self) -> int:
        """How many things there are to do."""
        return len(self.tasks) + len(self.unread) + len(self.frameworks) + len(self.bounds)


def text(unseen: Unseen, paint: Paint) -> Iterator[str]:
    """The list for a person."""
    if unseen.tasks:
        yield f"{calls_of(unseen)}, the most valuable to mend first:\n\n"
        for task in unseen.tasks:
            yield from _task(task, paint)
        yield "\n"
    if unseen.unread:
        yield f"{files_of(unseen)}; `discreet check` says why:\n\n"
        yield from (f"  {paint('path', visible(path))}\n" for path in unseen.unread)
        yield "\n"
    if unseen.frameworks:
        yield f"{frameworks_of(unseen)}: of what they take and let out, nothing is known but names:\n\n"
        for name, modules in unseen.frameworks:
            yield f"  {paint('code', clean(name))}  imported in {count(modules, 'module')}\n"
        yield f"  {paint('help', 'do:')} look at these modules yourself; report that the catalogue lacks them\n\n"
    if unseen.bounds:
        yield f"{bounds_of(unseen)}:\n\n"
        for bound, times, meaning in unseen.bounds:
            yield f"  {paint('code', visible(bound))}  {count(times, 'time')}: {visible(meaning)}\n"
        yield "\n"
    if not unseen.number:
        yield "nothing to do: every file was read, and every call that personal data entered was resolved\n"
    if unseen.settled is not None:
        yield f"{settled_by(unseen.settled)}\n"
    if unseen.vendored:
        yield f"{vendored_in(unseen.vendored)}\n"


def _task(task: Task, paint: Paint) -> Iterator[str]:
    gap = task.gap
    labels = ", ".join(categories()[key].label if key in categories() else clean(key) for key in gap.categories)
    yield f"  {paint('code', clean(gap.callable))}  {count(gap.calls, 'call')}: {labels}\n"
    where = place(gap.path, gap.cell, gap.line, gap.column)
    yield f"    {'first ' if gap.calls > 1 else ''}at {paint('path', where)}\n"
    yield f"    {paint('help', 'do:')} {clean(task.advice)}\n"


def json(unseen: Unseen) -> Iterator[str]:
    """The same as one JSON object, that of ``schema/coverage.schema.json``."""
    said: dict[str, Any] = {
        "files": unseen.files,
        "full": not unseen.number,
        "gaps": [_gap(task) for task in unseen.tasks],
        "unread": list(unseen.unread),
        "frameworks": [{"name": masked(name), "modules": modules} for name, modules in unseen.frameworks],
        "bounds": [{"bound": bound, "times": times, "meaning": meaning} for bound, times, meaning in unseen.bounds],
        "settled": unseen.settled,
        "vendored": [{"folder": visible(folder), "findings": number} for folder, number in unseen.vendored],
    }
    yield json_safe(json_format.dumps(said, ensure_ascii=False, indent=2)) + "\n"


def _gap(task: Task) -> dict[str, Any]:
    gap = task.gap
    return {
        "library": masked(gap.library) or None,
        "callable": masked(gap.callable),
        "calls": gap.calls,
        "categories": list(gap.categories),
        **record_of(gap),
        "advice": masked(task.advice),
    }


# -- in short ----------------------------------------------------------------------------------------------------------


def in_short(unseen: Unseen) -> Iterator[str]:
    """How much could not be seen, for the end of the statistics."""
    if not unseen.number:
        yield "coverage: every file was read, and every call that personal data entered was resolved\n"
    else:
        yield "coverage: `discreet coverage` lists as work to do what could not be seen:\n"
    if unseen.tasks:
        by_library: Counter[str] = Counter()
        for task in unseen.tasks:
            by_library[task.gap.library] += task.gap.calls
        ranked = sorted(by_library.items(), key=lambda item: (not item[0], -item[1], item[0]))
        yield f"  {calls_of(unseen)}\n"
        for library, calls in ranked:
            yield f"    {calls:>5}  {clean(library) or '(of objects that nobody knows)'}\n"
    if unseen.unread:
        yield f"  {files_of(unseen)}: {_named([visible(path) for path in unseen.unread])}\n"
    if unseen.frameworks:
        yield f"  {frameworks_of(unseen)}: {_named([clean(name) for name, _ in unseen.frameworks])}\n"
    if unseen.bounds:
        named = [f"{visible(bound)} ({count(times, 'time')})" for bound, times, _ in unseen.bounds]
        yield f"  {bounds_of(unseen)}: {', '.join(named)}\n"
    if unseen.settled is not None:
        yield f"  {settled_by(unseen.settled)}\n"
    if unseen.vendored:
        yield f"  {vendored_in(unseen.vendored)}\n"


def in_a_line(unseen: Unseen) -> str:
    """What could not be seen, in half a sentence."""
    kinds = (
        (unseen.tasks, calls_of),
        (unseen.unread, files_of),
        (unseen.frameworks, frameworks_of),
        (unseen.bounds, bounds_of),
    )
    return ", ".join(words(unseen) for there, words in kinds if there)


def calls_of(unseen: Unseen) -> str:
    """Of the calls that lead nowhere."""
    calls = sum(task.gap.calls for task in unseen.tasks)
    return f"{count(calls, 'call')} that personal data entered and nothing resolved"


def files_of(unseen: Unseen) -> str:
    """Of the files that were not read."""
    return f"{count(len(unseen.unread), 'file')} not read"


def frameworks_of(unseen: Unseen) -> str:
    """Of the frameworks nobody knows."""
    return f"{count(len(unseen.frameworks), 'framework')} present and not modelled"


def bounds_of(unseen: Unseen) -> str:
    """Of the bounds."""
    return f"{count(len(unseen.bounds), 'bound')} hit"


def settled_by(calls: int) -> str:
    """What the oracle was good for."""
    return f"the oracle settled {count(calls, 'call')} that nothing else resolved"


def vendored_in(folders: Sequence[tuple[str, int]]) -> str:
    """What is held back for standing in libraries that the program carries along."""
    number = sum(findings for _, findings in folders)
    return (
        f"{count(number, 'finding')} held back in libraries of others: {_named([visible(each) for each, _ in folders])}"
    )


def _named(names: list[str]) -> str:
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + more
