"""What fixes would change, as a unified diff. Personal data that stands in the lines round it is blotted out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from discreet.output.escape import visible
from discreet.output.mask import masked
from discreet.output.text import Paint

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def render(path: str, before: str, after: str, paint: Paint) -> Iterator[str]:
    """The diff of one file; nothing where nothing changes."""
    old, new = _LINES.findall(before), _LINES.findall(after)
    name = visible(path)
    for number, line in enumerate(difflib.unified_diff(old, new, name, name)):
        ends = line.endswith(("\n", "\r"))
        text = line if number < 2 else "".join(map(_shown, re.split(r"(\t)", line.rstrip("\r\n"))))
        yield paint(_role(line, number), text.rstrip("\r\n")) + "\n"
        if not ends:
            yield "\\ No newline at end of file\n"


def _shown(piece: str) -> str:
    return piece if piece == "\t" else visible(masked(piece))


def _role(line: str, number: int) -> str:
    if number < 2:
        return "path"
    return {"+": "help", "-": "mark", "@": "gutter"}.get(line[:1], "plain")
