"""``# noqa``, understood exactly as flake8 understands it, so that both tools are silent about the same lines.

That means: the comment is searched in the *text* of all physical lines of a logical line (a string that holds
``# noqa`` counts, as it does for flake8), the first one found decides, codes are prefixes, and a comment that
names no code silences every one. What stands after `` -- `` is kept as the reason.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple

NOQA = re.compile(r"# noqa(?::[\s]?(?P<codes>([A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
NOQA_FILE = re.compile(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)
CODE = re.compile(r"[^,\s]+")
REASON = re.compile(r"[^\S\n]*--[^\S\n]+(?P<reason>[^\n]*?\S)(?=[^\S\n]*(?:#\s*pii\s*:|\n|\Z))", re.IGNORECASE)
OWN = "PII"


class Code(NamedTuple):
    """One code of a comment, and where it stands (1-based)."""

    text: str
    line: int
    column: int


class Suppression(NamedTuple):
    """One ``# noqa``: the lines it speaks for, its codes (none: all), its reason, and whether it is a real comment."""

    first: int
    last: int
    codes: tuple[Code, ...]
    reason: str
    is_comment: bool

    def silences(self, code: str) -> bool:
        """Whether a finding with this code is silenced."""
        return not self.codes or code.startswith(tuple(each.text for each in self.codes))


class Suppressions:
    """The suppressions of one file, looked up by line."""

    def __init__(self, text: str) -> None:
        self._by_line: dict[int, Suppression] = {}
        self._whole_file = False
        if "noqa" not in text.lower():
            return
        lines = list(io.StringIO(text, newline=None))
        self._whole_file = any(NOQA_FILE.match(line) for line in lines)
        for suppression in _suppressions(lines):
            for line in range(suppression.first, suppression.last + 1):
                self._by_line.setdefault(line, suppression)

    def silencing(self, code: str, line: int) -> Suppression | None:
        """The suppression that silences a finding with this code on this line, if there is one."""
        if self._whole_file:
            return Suppression(1, line, (), "the whole file is left out by `# flake8: noqa`", False)
        found = self._by_line.get(line)
        return found if found is not None and found.silences(code) else None

    def idle(self, findings: Iterable[tuple[str, int]]) -> Iterator[Code]:
        """The codes of ours in real comments that silence none of ``findings`` (code and line), top to bottom."""
        if self._whole_file:
            return
        hits: dict[Suppression, set[str]] = {each: set() for each in self._by_line.values() if each.is_comment}
        for found, line in findings:
            suppression = self._by_line.get(line)
            if suppression is not None and suppression.is_comment:
                hits[suppression].add(found)
        for suppression, silenced in hits.items():
            for code in suppression.codes:
                if code.text.upper().startswith(OWN) and not any(each.startswith(code.text) for each in silenced):
                    yield code


def _suppressions(lines: list[str]) -> Iterator[Suppression]:
    """Every suppression of a file. Where a file can't be cut into logical lines, each line is taken for itself."""
    try:
        tokens = list(tokenize.generate_tokens(iter(lines).__next__))
    except (tokenize.TokenError, SyntaxError):
        tokens = []
    comments = {token.start for token in tokens if token.type == tokenize.COMMENT}
    alone = set(range(1, len(lines) + 1))
    for first, last in _logical_ranges(tokens):
        alone.difference_update(range(first, last + 1))
        yield from _in_range(lines, first, last, comments)
    for number in sorted(alone):
        yield from _in_range(lines, number, number, comments)


def _logical_ranges(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[tuple[int, int]]:
    """First and last physical line of every logical line, the way flake8 cuts them.

    flake8 ends a range at every newline token, also the one inside brackets, so a call over several lines has
    one range a line, and only a token that spans lines (a long string) joins them.
    """
    first, last = 0, 0
    for token in tokens:
        if token.type in (tokenize.ENDMARKER, tokenize.DEDENT):
            continue
        first = min(first or token.start[0], token.start[0])
        last = max(last, token.end[0])
        if token.type in (tokenize.NL, tokenize.NEWLINE):
            yield first, last
            first, last = 0, 0


def _in_range(lines: list[str], first: int, last: int, comments: set[tuple[int, int]]) -> Iterator[Suppression]:
    """The first suppression in the text of some lines: the one flake8 takes."""
    text = "".join(lines[first - 1 : last])
    found = NOQA.search(text)
    if found is None:
        return
    line, column = _place(text, found.start(), first)
    codes = []
    if found["codes"] is not None:
        for match in CODE.finditer(found["codes"]):
            code_line, code_column = _place(text, found.start("codes") + match.start(), first)
            codes.append(Code(match[0], code_line, code_column + 1))
    reason = REASON.match(text, found.end("codes") if codes else found.end())
    if reason is None and codes:  # the codes' own pattern has eaten the white space before the dashes
        reason = REASON.match(text, found.start("codes") + len(found["codes"].rstrip()))
    yield Suppression(
        first, last, tuple(codes), reason["reason"] if reason else "", _inside_comment(line, column, comments)
    )


def _inside_comment(line: int, column: int, comments: set[tuple[int, int]]) -> bool:
    return any(row == line and start <= column for row, start in comments)


def _place(text: str, offset: int, first: int) -> tuple[int, int]:
    """Line number and 0-based column of an offset in the text of some lines."""
    line_start = text.rfind("\n", 0, offset) + 1
    return first + text.count("\n", 0, offset), offset - line_start
