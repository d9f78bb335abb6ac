"""One line a finding, in flake8's form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discreet.output.item import Item
from discreet.output.text import Paint, headline, suppressed_note


def render(items: Iterable[Item], paint: Paint) -> Iterator[str]:
    """A line for every finding."""
    for item in items:
        yield headline(item.finding, paint, suppressed_note(item.suppressed, item.reason)) + "\n"
