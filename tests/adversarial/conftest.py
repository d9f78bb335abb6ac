"""What every adversarial input must bear: no exception, the same answer twice, bounded work, and nothing executed.

Work is counted, not timed: a profile function counts the calls that the analyser makes, and stops it past a budget, so
an exponential input fails instead of hanging.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from tests.counting import OverBudget, counted

BUDGET = 20_000_000  # calls; the largest input here needs a small part of it
FORBIDDEN = ("exec", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "subprocess.", "socket.")

Sources = Mapping[str, bytes]
_events: list[str] | None = None  # where the audit hook writes, while it should


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _events is None:
        return
    if event.startswith(FORBIDDEN) or (event == "open" and arguments[1] and set(str(arguments[1])) & set("wax+")):
        _events.append(f"{event} {str(arguments)[:200]}")


sys.addaudithook(_audit)


def analyse(sources: Sources) -> tuple[list[Any], list[Any]]:
    """All facts and all findings of a project; a file that can't be parsed has none."""
    from discreet.facts.extraction import UnreadableSource, extract
    from discreet.rules import Settings, findings

    facts = []
    for path, data in sources.items():
        parts = path.removesuffix(".py").split("/")
        is_package = parts[-1] == "__init__"
        try:
            facts.append(
                extract(path, data, module=".".join(parts[: -1 if is_package else None]), is_package=is_package)
            )
        except UnreadableSource:
            continue
    return facts, list(findings(facts, Settings()))


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect what an analyser must never do: run code, start a process, open a connection, write a file."""
    global _events
    _events = []
    try:
        yield _events
    finally:
        _events = None


@pytest.fixture
def survive() -> Callable[[Sources], list[Any]]:
    """Analyse twice under all the conditions above, and give the findings back."""
    from discreet.output.text import clean

    def run(sources: Sources) -> list[Any]:
        try:
            with counted(BUDGET):
                first_facts, first = analyse(sources)
        except OverBudget:
            pytest.fail(f"more than {BUDGET:,} calls", pytrace=False)
        with watched() as events:
            second_facts, second = analyse(sources)
        assert events == []
        assert msgspec.json.encode(first_facts) == msgspec.json.encode(second_facts)
        assert msgspec.json.encode(first) == msgspec.json.encode(second)
        for finding in first:
            assert clean(finding.message).isprintable()
            assert "\n" not in finding.message
            assert finding.line >= 1
            assert finding.column >= 1
        return first

    return run


@pytest.fixture
def cost() -> Callable[[str], tuple[int, int, int]]:
    """The calls made for a text, the size of its facts, and the number of steps told in its findings."""

    def run(text: str) -> tuple[int, int, int]:
        sources = {"grown.py": text.encode()}
        analyse(sources)  # whatever is loaded once is loaded now
        try:
            with counted(BUDGET) as count:
                facts, found = analyse(sources)
        except OverBudget:
            pytest.fail(f"more than {BUDGET:,} calls", pytrace=False)
        return count[0], len(msgspec.json.encode(facts)) if facts else 0, sum(len(f.trace) for f in found)

    return run
