"""Keeping Python's cyclic garbage collector out of the way while one file is lowered."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Leave the collector off for a while, and afterwards as it was found.

    A syntax tree is hundreds of thousands of objects in no cycle, and facts are none in any: whatever the collector
    would look for is not there, and the looking takes as long again as the parsing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
