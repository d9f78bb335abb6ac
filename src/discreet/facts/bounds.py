"""Bounds: how often something that could grow without end was cut short, so that it can be said."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_here = threading.local()  # a worker of somebody's cluster may have several threads


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the bounds that are hit inside, by what they bound."""
    outer = getattr(_here, "hits", None)
    hits: Counter[str] = Counter()
    _here.hits = hits
    try:
        yield hits
    finally:
        _here.hits = outer


def hit(what: str) -> None:
    """A bound was hit."""
    hits: Counter[str] | None = getattr(_here, "hits", None)
    if hits is not None:
        hits[what] += 1
