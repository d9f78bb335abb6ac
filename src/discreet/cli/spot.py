"""The place that is asked about, as somebody types it: ``FILE:LINE``, or in a notebook ``FILE:cell 3:LINE``."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import NamedTuple

import click

from discreet.project.files import bytes_of
from discreet.project.silencing import decoded, notebook_of

_SPOT = re.compile(r"(?P<file>.+?)(?::cell (?P<cell>\d{1,9}))?:(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?", re.DOTALL)
HINT = "FILE:LINE"


class Asked(NamedTuple):
    """A file, a line of it (of a notebook, of its page), and a column."""

    file: Path
    line: int
    column: int | None


def asked_for(text: str) -> Asked:
    """The place that a text means.

    Raises:
        click.BadParameter: it means none, or there is no such line.
        click.ClickException: the file can't be read.
    """
    found = _SPOT.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not FILE:LINE or FILE:LINE:COLUMN", param_hint=HINT)
    asked = Asked(Path(found["file"]), int(found["line"]), int(found["column"]) if found["column"] else None)
    longer = Path(f"{found['file']}:{found['line']}")
    if asked.column is not None and not asked.file.exists() and longer.exists():  # a file called a:1
        asked = Asked(longer, asked.column, None)
    try:
        data = bytes_of(str(asked.file))
    except OSError as error:
        raise click.ClickException(f"{asked.file}: {error.strerror or error}") from None
    book = notebook_of(str(asked.file), data)
    if book is None and found["cell"] is None:
        return _checked(asked, io.StringIO(decoded(data), newline=None).read().split("\n"), str(asked.file))
    if book is None:
        raise click.BadParameter(f"{asked.file} is no notebook, and has no cells", param_hint=HINT)
    if found["cell"] is None:
        raise click.BadParameter(
            f"a line of a notebook stands in a cell: {asked.file}:cell 1:{asked.line}", param_hint=HINT
        )
    for cell in book.cells:
        if (cell.number, cell.output) == (int(found["cell"]), 0):
            lines = book.page.split("\n")[cell.above : cell.above + cell.lines]
            return _checked(asked, lines, f"cell {cell.number} of {asked.file}")._replace(line=cell.above + asked.line)
    raise click.BadParameter(f"{asked.file} has no cell {found['cell']}", param_hint=HINT)


def _checked(asked: Asked, lines: list[str], where: str) -> Asked:
    if lines[-1] == "":
        lines.pop()
    if not 1 <= asked.line <= len(lines):
        size = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        raise click.BadParameter(f"{where} has {size}, and no line {asked.line}", param_hint=HINT)
    if asked.column is not None and not 1 <= asked.column <= len(lines[asked.line - 1]) + 1:
        raise click.BadParameter(f"line {asked.line} of {where} has no column {asked.column}", param_hint=HINT)
    return asked
