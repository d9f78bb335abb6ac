"""Tables of figures as aligned text, which can be pasted into a page or an issue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTHING = "-"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines: the first column to the left, figures to the right, a last column without a head as it comes."""
    cells = [tuple(head), *map(tuple, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = []
    for row in cells:
        first, *figures = row
        notes = figures.pop() if head[-1] == "" else ""
        aligned = [cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=False)]
        lines.append("  ".join([first.ljust(widths[0]), *aligned, notes]).rstrip())
    return lines


def times(value: float | None) -> str:
    """A ratio, with three digits that mean something."""
    if value is None:
        return NOTHING
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def megabytes(count: float) -> str:
    """Bytes as somebody would say them."""
    return f"{count / 1e6:,.0f}"
