"""Sorts the findings of a run into those that speak and those that a ``# noqa`` silences.

Only files with a finding are looked at for comments, unless suppressions that silence nothing are asked for:
most files have neither, and tokenizing all of them would cost more than all the rest.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from discreet.facts.cells import NOTEBOOK
from discreet.facts.reading import UnreadableSource, keepable
from discreet.project.fingerprints import file_fingerprint
from discreet.project.silenced import Silenced
from discreet.project.suppress import Suppressions
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES

if TYPE_CHECKING:
    from discreet.facts.notebook import Notebook

IDLE = "PII903"


class Silencer:
    """Knows the suppressions of every file of a run, reading a file when it is first asked about."""

    def __init__(self, content: Callable[[str], bytes]) -> None:
        self._content = content
        self._known: dict[str, Suppressions] = {}

    def sort(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Silenced]]:
        """The findings that are kept, and those that are silenced; a comment can't silence what is said about it."""
        kept, silenced = [], []
        for finding in findings:
            by = self._of(finding.path).silencing(finding.code, finding.line) if finding.code != IDLE else None
            if by is None:
                kept.append(finding)
            else:
                silenced.append(Silenced(finding, keepable(by.reason)))
        return kept, silenced

    def idle(self, paths: Iterable[str], findings: Iterable[Finding]) -> Iterator[Finding]:
        """One finding for every code in a comment that silences none of ``findings``, selected or not."""
        by_path: dict[str, list[tuple[str, int]]] = {}
        for finding in findings:
            by_path.setdefault(finding.path, []).append((finding.code, finding.line))
        for path in paths:
            yield from idle_findings(path, self._of(path), by_path.get(path, ()))

    def _of(self, path: str) -> Suppressions:
        if path not in self._known:
            self._known[path] = Suppressions(self._text(path))
        return self._known[path]

    def _text(self, path: str) -> str:
        try:
            data = self._content(path)
        except OSError:
            return ""
        if not may_silence(data):
            return ""
        book = notebook_of(path, data)
        return book.commented if book is not None else decoded(data)


def idle_findings(path: str, suppressions: Suppressions, found: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    """A finding for every code of one file's comments that silences nothing of what was ``found`` there."""
    for code in suppressions.idle(found):
        yield Finding(
            path=path,
            line=code.line,
            column=code.column,
            end_line=code.line,
            end_column=code.column + len(code.text),
            code=IDLE,
            message=RULES[IDLE].say(source=f"noqa: {keepable(code.text)}", what=""),
            severity="low",
            confidence="high",
            fingerprint=file_fingerprint(IDLE, path, code.text),
        )


def may_silence(data: bytes) -> bool:
    """Whether there may be a ``# noqa`` in a file."""
    return b"noqa" in data.lower()


def text_of(path: str, data: bytes) -> str:
    """The text whose lines findings count: of a notebook its page, of a broken one what the file holds."""
    book = notebook_of(path, data)
    return book.page if book is not None else decoded(data)


def notebook_of(path: str, data: bytes) -> Notebook | None:
    """The notebook in a file, if it is one and not broken."""
    if not path.endswith(NOTEBOOK):
        return None
    from discreet.facts.notebook import notebook

    try:
        return notebook(path, data)
    except UnreadableSource:
        return None


def decoded(data: bytes) -> str:
    """The text of a source file; where its encoding is wrong, as near as can be had."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, LookupError, UnicodeDecodeError):
        return data.decode("latin-1").removeprefix("\xef\xbb\xbf")
