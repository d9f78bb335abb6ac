"""What the tests of values that are written into code share: where one stands, and what a run says of a few files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from discreet.facts.model import Written
from discreet.project.config import Config
from discreet.project.result import Means, Report
from discreet.project.run import check


def values(text: str, found: Iterable[Written]) -> list[str]:
    """What stands at the places that were found. Each must be one of the text's."""
    lines = re.split(r"\r\n|\r|\n", text)
    held = [lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1] for each in found]
    assert [len(value) for value in held] == [len(each.shown) for each in found]
    return held


def told(text: str, found: Iterable[Written]) -> list[tuple[str, str, bool]]:
    """Category, the value that stands at the place, and whether it is as good as sure."""
    found = list(found)
    return [(each.category, value, each.sure) for each, value in zip(found, values(text, found), strict=True)]


def run(root: Path, files: Mapping[str, str], **config: Any) -> Report:
    """The report on some files that are written below a directory, with its cache there."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return check([root], Config(root=root, **config), None, Means(jobs=1, cache=""))


def kept(directory: Path) -> bytes:
    """All that a cache holds. There must be something in it."""
    data = b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())
    assert data
    return data
