"""All findings as one JSON array of the objects that ``jsonl`` writes a line each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from discreet.output.escape import json_safe
from discreet.output.item import Item
from discreet.output.record import record


def render(items: Iterable[Item]) -> Iterator[str]:
    """The array, indented for people who look all the same."""
    yield json_safe(json.dumps([record(item) for item in items], ensure_ascii=False, indent=2)) + "\n"
