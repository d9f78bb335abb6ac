"""How often each rule spoke, and how much could not be seen: a clean result never claims more than was analysed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from discreet.output.coverage import Unseen, in_short
from discreet.output.item import Item
from discreet.output.text import Paint
from discreet.rules.registry import RULES


def render(items: Iterable[Item], paint: Paint, unseen: Unseen | None = None) -> Iterator[str]:
    """A line for every rule that spoke, the commonest first, then coverage. What is suppressed does not count."""
    counts = Counter(item.finding.code for item in items if not item.suppressed)
    width = len(str(max(counts.values(), default=0)))
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        summary = RULES[code].summary if code in RULES else ""
        yield f"{count:>{width}}  {paint('code', code)}  {summary}".rstrip() + "\n"
    if unseen is not None:
        yield from in_short(unseen)
