"""Cells: what a line of a notebook stands in. Not beside the rest of the vocabulary, which no finding needs."""

from __future__ import annotations

from typing import Final

import msgspec

NOTEBOOK: Final = ".ipynb"
"""How the name of a notebook ends."""


class Cell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A cell of a notebook, or (``output`` from 1) what it has shown: ``lines`` lines of the notebook's page
    (:mod:`discreet.facts.notebook`), before which there are ``above``. Cells are counted from 1, as the file has them.
    """

    number: int
    output: int
    above: int
    lines: int

    def line(self, line: int) -> int:
        """Which line of the cell a line of the page is."""
        return line - self.above

    def __str__(self) -> str:
        return f"cell {self.number}" + (f":output {self.output}" if self.output else "")


def cell_at(cells: tuple[Cell, ...], line: int) -> Cell | None:
    """The cell that a line of a page stands in; ``None`` where there are no cells."""
    return next((each for each in reversed(cells) if each.above < line), None)
