"""One JSON object a finding, one a line: the stable form for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from discreet.output.escape import json_safe
from discreet.output.item import Item
from discreet.output.record import record


def render(items: Iterable[Item]) -> Iterator[str]:
    """A line for every finding."""
    for item in items:
        yield json_safe(json.dumps(record(item), ensure_ascii=False)) + "\n"
