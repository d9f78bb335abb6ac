"""Marks: what the author says about the data, in comments and docstrings.

Two notations are read: ``# pii: email, phone`` (or ``none``) at the end of a line, and Open edX's OEP-30
(``.. pii:``, ``.. pii_types: email_address, name``, ``.. no_pii:``) in the docstring of, or a comment above, a class.
See https://docs.openedx.org/projects/openedx-proposals/en/latest/best-practices/oep-0030-arch-pii-markup-and-auditing.html.
"""

from __future__ import annotations

import io
import re
import tokenize
from contextlib import suppress
from typing import Final

import msgspec

from discreet.catalogue.categories import nearest, resolve
from discreet.facts.model import Note, Part, Span, Value
from discreet.facts.reading import keepable

NONE: Final = "none"
MAX_WORDS: Final = 40
"""More words than this in one mark are not a mark."""

_COMMENT: Final = re.compile(r"#\s*pii\s*:\s*(?P<words>[^#]*)", re.IGNORECASE)
_OEP30_TYPES = re.compile(r"\.\.\s*pii_types?\s*::?\s*(?P<words>[\w ,]+)", re.IGNORECASE)
_OEP30_CLEAN = re.compile(r"\.\.\s*no_pii\b", re.IGNORECASE)


def marked_value(categories: tuple[str, ...], span: Span) -> Value:
    """The value of something the author marked; ``none`` makes it nobody's."""
    if NONE in categories:
        return ()
    return (Part(f"m:{','.join(categories)}", span=span),)


class Mark(msgspec.Struct):
    """A ``# pii:`` comment: its categories, whether anything on its line took it, and whether it clears a value that is
    written there: says that it is nobody's.
    """

    categories: tuple[str, ...]
    span: Span
    taken: bool = False
    clears: bool = False


def words_of(text: str) -> tuple[str, ...]:
    """The words of a mark; a reason after ``--`` is the author's own."""
    return tuple(word for word in re.split(r"[,\s]+", text.split("--")[0].strip()) if word)[:MAX_WORDS]


def understood(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a mark's words into the keys of the categories they mean and the words that mean none."""
    good, bad = [], []
    for word in words:
        category = resolve(word)
        if word.lower() in (NONE, "no"):
            good.append(NONE)
        elif category is not None:
            good.append(category.key)
        else:
            bad.append(word)
    return tuple(dict.fromkeys(good)), tuple(bad)


class Marks:
    """The marks of one file, by line.

    Args:
        text: The file's text.
        small: The same in small letters.
    """

    def __init__(self, text: str, small: str) -> None:
        self.notes: list[Note] = []
        self.by_line: dict[int, Mark] = {}
        self.comments: dict[int, str] = {}
        if "pii" in small:
            self._read(text)

    def _read(self, text: str) -> None:
        try:
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT:
                    self._comment(token)
        except (tokenize.TokenError, SyntaxError):  # what ast accepts and tokenize does not
            self._read_newer(text)

    def _read_newer(self, text: str) -> None:
        """Read the comments among syntax that this interpreter's ``tokenize`` does not know."""
        from discreet.facts.newer.tokens import Refused, comments_of

        with suppress(Refused):
            for (line, column), words in comments_of(text):
                if line not in self.comments:
                    end = (line, column + len(words))
                    self._comment(tokenize.TokenInfo(tokenize.COMMENT, words, (line, column), end, ""))

    def _comment(self, token: tokenize.TokenInfo) -> None:
        line = token.start[0]
        self.comments[line] = token.string
        found = _COMMENT.search(token.string)
        if found is None or token.string.lstrip("# ").startswith(".."):
            return
        span = Span(line, token.start[1] + found.start() + 1, line, token.end[1] + 1)
        categories, unknown = understood(words_of(found["words"]))
        self.complain(unknown, span)
        if categories:
            self.by_line[line] = Mark(categories, span)

    def complain(self, unknown: tuple[str, ...], span: Span) -> None:
        """Note the words of a mark that mean no category."""
        for word in unknown:
            hint = nearest(word)
            advice = f"; did you mean '{hint}'?" if hint else "; docs/categories.md lists the categories"
            self.notes.append(Note("PII901", span, f"unknown category '{keepable(word)}' in a mark{advice}"))

    def take(self, first: int, last: int | None = None) -> tuple[str, ...]:
        """The categories marked on the lines ``first`` to ``last``; the mark is then taken."""
        if not self.by_line:
            return ()
        for line in range(first, (last or first) + 1):
            mark = self.by_line.get(line)
            if mark is not None:
                mark.taken = True
                return mark.categories
        return ()

    def leftover(self) -> list[Note]:
        """A note for every mark that stands on a line which holds nothing."""
        return [
            Note("PII902", mark.span, "this mark stands on a line that holds no variable, field, parameter or def")
            for mark in self.by_line.values()
            if not mark.taken
        ]

    def oep30(self, docstring: str | None, above: int) -> tuple[str, ...]:
        """The categories an OEP-30 annotation gives a class, from its docstring or the comments above line
        ``above``.
        """
        if not self.comments and not (docstring and "pii" in docstring):
            return ()
        text = docstring or ""
        line = above - 1
        while line in self.comments:
            text += "\n" + self.comments[line].lstrip("# ")
            line -= 1
        found = _OEP30_TYPES.search(text)
        if found is not None:
            return understood(words_of(found["words"]))[0]
        return (NONE,) if _OEP30_CLEAN.search(text) else ()
