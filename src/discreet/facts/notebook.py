"""Notebooks: cells of code and of prose, and what the code has shown, as one text with lines that know their cell.

Everything that reads a file reads lines. So a notebook becomes a text, its *page*: the lines of all cells in their
order, those of a cell's outputs after the cell's own. Beside it stands the *program*, the same lines with only the code
left: what IPython reads and Python does not (``%matplotlib inline``, ``!pip install``, ``frame?``) has made room for
Python of the same width, and prose and outputs are blank. So a place in the program is a place on the page, and
:class:`discreet.facts.cells.Cell` makes of it what a person calls it: cell 3, line 2.

No output is interpreted. Of those that are text the text is read, of images and applications nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from discreet.facts.cells import Cell
from discreet.facts.magics import without_magics
from discreet.facts.reading import UnreadableSource

PYTHON: Final = ("python", "ipython", "sage")
"""How the language begins whose code is followed. Where nothing is said, it is Python."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_ESCAPE: Final = re.compile(r"\x1b\[[\d;]*[A-Za-z]")
"""Colours, as tracebacks have them: on the screen they are no text."""


class Notebook(NamedTuple):
    """A notebook as a text: the lines of ``page`` and of ``program`` are as many, and lie in ``cells``."""

    page: str
    program: str
    cells: tuple[Cell, ...]

    @property
    def commented(self) -> str:
        """The program, in which what is blank on the page is not: lines of prose with ``noqa`` in them are comments."""
        pairs = zip(self.page.split("\n"), self.program.split("\n"), strict=True)
        return "\n".join(f"# {line}" if not code.strip() and "noqa" in line.lower() else code for line, code in pairs)


def notebook(path: str, data: bytes) -> Notebook:
    """Read a notebook.

    Args:
        path: What the file is called.
        data: Its content.

    Raises:
        UnreadableSource: it is no notebook. The place is one of the file itself, not of a cell.
    """
    book = _document(path, data)
    cells = book.get("cells")
    if cells is None:  # before version 4 they lay on worksheets
        sheets = book.get("worksheets")
        cells = [cell for sheet in _dicts(sheets) for cell in _dicts(sheet.get("cells"))] if sheets else None
    if not isinstance(cells, list):
        raise UnreadableSource(path, 1, 1, "is not a notebook: it has no list of cells")
    return _joined(cells, is_python=_language(book).startswith(PYTHON))


def _document(path: str, data: bytes) -> dict[str, Any]:
    try:
        book = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UnreadableSource(path, error.lineno, error.colno, f"is not a notebook: {error.msg}") from None
    except UnicodeDecodeError:
        raise UnreadableSource(path, 1, 1, "is not a notebook: it is not UTF-8", decoded=False) from None
    except (RecursionError, ValueError):  # the latter: an integer of more digits than Python reads
        raise UnreadableSource(path, 1, 1, "is not a notebook: nested too deeply, or too large a number") from None
    if not isinstance(book, dict):
        raise UnreadableSource(path, 1, 1, "is not a notebook: it is not a JSON object")
    return book


def _language(book: dict[str, Any]) -> str:
    metadata = _dict(book.get("metadata"))
    for name, key in (("kernelspec", "language"), ("language_info", "name")):
        language = _dict(metadata.get(name)).get(key)
        if isinstance(language, str):
            return language.lower()
    return PYTHON[0]


def _joined(cells: list[Any], *, is_python: bool) -> Notebook:
    page: list[str] = []
    program: list[str] = []
    found: list[Cell] = []
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            continue
        for output, text in _texts(cell):
            lines = text.split("\n")
            found.append(Cell(number, output, len(page), len(lines)))
            page.extend(lines)
            is_code = is_python and not output and cell.get("cell_type") == "code"
            program.extend(without_magics(text).split("\n") if is_code else [""] * len(lines))
    return Notebook("\n".join(page), "\n".join(program), tuple(found))


def _texts(cell: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """What stands in a cell (0), and in each of its outputs (from 1)."""
    yield 0, _text(cell.get("source", cell.get("input")))
    for number, output in enumerate(_dicts(cell.get("outputs")), start=1):
        shown = [output.get("text"), *(text for kind, text in _dict(output.get("data")).items() if kind[:5] == "text/")]
        shown.append(output.get("traceback"))
        for text in map(_text, shown):
            if text:
                yield number, _ESCAPE.sub("", text)


def _text(value: Any) -> str:
    """A text, which a notebook keeps whole or in pieces; what no encoding can write is replaced."""
    if isinstance(value, list):
        value = "".join(each for each in value if isinstance(each, str))
    if not isinstance(value, str):
        return ""
    if not value.isascii():
        value = value.encode("utf-8", "replace").decode("utf-8")
    return _LINE_END.sub("\n", value)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
