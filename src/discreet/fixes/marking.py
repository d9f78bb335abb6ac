"""Marks that are written into a file: where a definition's mark is read, and what goes to the end of that line.

Nothing but the ends of lines is touched, so the program stays the same to the letter, comments included: a mark comes
last, behind ``# type: ignore``, which has to be first, and ``# noqa``, which may stand anywhere.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from discreet.facts.reading import spans_of
from discreet.fixes.draft import draft
from discreet.fixes.edits import replaced
from discreet.fixes.proof import prove, tree_of
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source

SHARED = "its line defines something else, too"
CROWD = "the parameter shares its line with others"
UNPACKED = "several names are bound at once"
TAKEN = "a mark stands on its line already"
NO_END = "no comment can stand at the end of its line"

_MARK = re.compile(r"#\s*pii\s*:", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*")


class Target(NamedTuple):
    """Something that is given a name.

    Attributes:
        name: The name.
        line: The line whose end a mark is read at.
        source: The name that what it holds was read by, if nothing was made of it since.
        refused: Why no mark can stand there, or nothing.
    """

    name: str
    line: int
    source: str = ""
    refused: str = ""


class Markable:
    """The places of a file where marks are read.

    Args:
        source: The file.

    Raises:
        Refused: this Python can't parse it.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        if "\r" in source.text.replace("\r\n", ""):
            raise Refused("the file has lone carriage returns")
        tree = tree_of(source.text)
        self._span = spans_of(source.text)
        self._ends: dict[int, tokenize.TokenInfo | None] = {}
        self._crowded: set[int] = set()
        self._read_tokens()
        self._targets: dict[tuple[int, int], Target] = {}
        for node in ast.walk(tree):
            for place, target in self._of(node):
                self._targets.setdefault((self._span(place).line, self._span(place).column), target)

    def at(self, line: int, column: int) -> Target | None:
        """What is given a name at a place (1-based), if anything is."""
        found = self._targets.get((line, column))
        if found is None or found.refused:
            return found
        return found._replace(refused=self._refused(found))

    def marked(self, marks: Iterable[tuple[int, Iterable[str]]]) -> str:
        """The text with marks at the ends of some lines: each line with its categories.

        Raises:
            Refused: the text would not be the same but for these comments.
        """
        comments = [(self._end_of(line), f"  # pii: {', '.join(words)}") for line, words in marks]
        pieces = [replaced(at, at, text, "comment") for at, text in comments]
        new = draft(self.source, pieces).text
        prove(self.source, new, pieces)
        return new

    # -- the ends of lines --------------------------------------------------------------------------------------------

    def _read_tokens(self) -> None:
        """Find which lines end outside of strings and continuations, in which comment, and which hold a semicolon."""
        try:
            for token in tokenize.generate_tokens(io.StringIO(self.source.text).readline):
                if token.type == tokenize.COMMENT:
                    self._ends[token.start[0]] = token
                elif token.type in (tokenize.NEWLINE, tokenize.NL):
                    self._ends.setdefault(token.start[0], None)
                elif token.exact_type == tokenize.SEMI:
                    self._crowded.add(token.start[0])
        except (tokenize.TokenError, SyntaxError):
            raise Refused("this Python can't cut the file into tokens") from None

    def _refused(self, target: Target) -> str:
        if target.line not in self._ends:
            return NO_END
        comment = self._ends[target.line]
        if comment is not None and _MARK.search(comment.string):
            return TAKEN
        if comment is not None and comment.string.lstrip("# ").startswith(".."):
            return NO_END  # of OEP-30: all of it is one annotation
        return SHARED if target.line in self._crowded else ""

    def _end_of(self, line: int) -> int:
        start = self.source.offset(line, 0)
        found = _LINE.match(self.source.text, start)
        assert found is not None
        return start + len(found[0].rstrip())

    # -- definitions --------------------------------------------------------------------------------------------------

    def _of(self, node: ast.AST) -> Iterator[tuple[ast.AST, Target]]:
        if isinstance(node, ast.Assign):
            for each in node.targets:
                yield from self._bound(each, node, node.end_lineno, node.value)
        elif isinstance(node, ast.AnnAssign):
            yield from self._bound(node.target, node, node.end_lineno, node.value)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            yield from self._bound(node.target, node, _header(node.iter, node), node.iter)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if item.optional_vars is not None:
                    header = _header(node.items[-1].context_expr, node)
                    yield from self._bound(item.optional_vars, node, header, item.context_expr)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _parameters(node)

    def _bound(
        self, target: ast.expr, node: ast.stmt, line: int | None, value: ast.expr | None
    ) -> Iterator[tuple[ast.AST, Target]]:
        if isinstance(target, (ast.Tuple, ast.List, ast.Starred)):
            for each in ast.walk(target):
                if isinstance(each, ast.Name):
                    yield each, Target(each.id, node.lineno, refused=UNPACKED)
            return
        before = _LINE.match(self.source.text, self.source.offset(node.lineno, 0))
        assert before is not None
        alone = not before[0][: self._span(node).column - 1].strip()
        refused = NO_END if line is None else "" if alone else SHARED
        yield target, Target(_name_of(target), line or node.lineno, _source_of(value), refused)


def _header(last: ast.expr, node: ast.For | ast.AsyncFor | ast.With | ast.AsyncWith) -> int | None:
    """The line of a ``for`` or ``with``, if all that stands before its body is on one line."""
    only_one = not isinstance(node, (ast.With, ast.AsyncWith)) or len(node.items) == 1
    return node.lineno if only_one and last.end_lineno == node.lineno < node.body[0].lineno else None


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[ast.AST, Target]]:
    """The parameters: a mark is read at the end of a line that holds one of them and not the ``def`` as well."""
    args = node.args
    extra = [each for each in (args.vararg, args.kwarg) if each is not None]
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, *extra]
    lines = [each.lineno for each in every]
    for each in every:
        alone = lines.count(each.lineno) == 1 and each.lineno != node.lineno
        yield each, Target(each.arg, each.lineno, refused="" if alone else CROWD)


def _source_of(value: ast.expr | None) -> str:
    """``email`` of ``row["email"]``, ``user.email``, ``form.get("email")``, and ``emails`` of ``row.emails()``."""
    if isinstance(value, ast.Await):
        value = value.value
    if isinstance(value, ast.Call):
        if isinstance(value.func, ast.Attribute) and value.func.attr == "get" and value.args:
            return _key_of(value.args[0])
        value = value.func
    return "" if value is None else _name_of(value)


def _name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return _key_of(node.slice) if isinstance(node, ast.Subscript) else ""


def _key_of(key: ast.expr) -> str:
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
