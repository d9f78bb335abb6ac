"""Tokens of any Python up to 3.15, whichever Python reads them: what ``tokenize`` knows depends on the interpreter.

No more is told apart than lowering needs. The point of it all are f-strings and t-strings, which nest since PEP 701:
a replacement field has tokens of its own. Time and depth are bounded, whatever the text is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from discreet.facts.newer.places import Place, Places

MAX_NESTING = 60
"""f-strings inside f-strings; CPython takes 150, and nobody writes four."""
MAX_BRACKETS = 200
"""Open brackets, as in CPython."""

NAME, NUMBER, STRING, TEMPLATE, OPERATOR, NEWLINE = range(6)


class Refused(ValueError):
    """The text is no Python, or more than anybody writes."""


class Piece(NamedTuple):
    """Literal text inside an f-string, between its fields."""

    start: int
    end: int


class Field(NamedTuple):
    """A replacement field: its extent with braces, and what stands between them.

    ``echo`` is the end of the text that ``{x=}`` repeats, 0 if there is no ``=``.
    """

    start: int
    end: int
    tokens: list[Token]
    conversion: str
    echo: int
    spec: list[Piece | Field] | None


class Token(NamedTuple):
    """A token: ``word`` is the text of a name or an operator and the prefix of a string."""

    kind: int
    start: int
    end: int
    word: str
    quote: str = ""
    parts: tuple[Piece | Field, ...] = ()


_TOKEN = re.compile(
    r"""(?P<blank>(?:[ \t\f\ufeff]|\\(?:\r\n|\r|\n)|\#[^\r\n]*)+)
    |(?P<newline>\r\n|\r|\n)
    |(?P<prefix>(?i:[rbuft]|br|rb|fr|rf|tr|rt)?)(?P<quote>\"{3}|'{3}|"|')
    |(?P<name>[^\W\d]\w*)
    |(?P<number>0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)
    |(?P<operator>\*\*|:=|->|[=!<>]=|//|<<|>>|\.\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)
_REST = {  # what stands between the quotes of a string without fields, and the closing quotes
    "'": re.compile(r"[^\\\r\n']*(?:\\(?:\r\n|.)[^\\\r\n']*)*'", re.DOTALL),
    '"': re.compile(r'[^\\\r\n"]*(?:\\(?:\r\n|.)[^\\\r\n"]*)*"', re.DOTALL),
    "'''": re.compile(r"[^\\']*(?:(?:\\.|'(?!''))[^\\']*)*'''", re.DOTALL),
    '"""': re.compile(r'[^\\"]*(?:(?:\\.|"(?!""))[^\\"]*)*"""', re.DOTALL),
}
_LITERAL = re.compile(r"[^\\{}'\"\r\n]+")
_ESCAPE = re.compile(r"\\(?:N\{[^{}\r\n'\"]*\}|\r\n|[^{}])?", re.DOTALL)
_RAW_ESCAPE = re.compile(r"\\(?:\r\n|[^{}])?", re.DOTALL)
_COMMENT = re.compile(r"#[^\r\n]*")
_SPACE = re.compile(r"(?:[ \t\f]|\\?(?:\r\n|\r|\n)|#[^\r\n]*)*")
_OPEN = {"(": ")", "[": "]", "{": "}"}


def tokens_of(text: str) -> list[Token]:
    """All tokens of a module; lines end where no bracket is open.

    Raises:
        Refused: a string or a bracket is not closed, or something is nested too deeply.
    """
    scanner = _Scanner(text)
    tokens, end = scanner.tokens(0, 0)
    if end < len(text):
        raise Refused
    return tokens


def comments_of(text: str) -> list[tuple[Place, str]]:
    """The comments of a module, each with its line and its column in code points: for where ``tokenize`` gives up.

    Raises:
        Refused: as with :func:`tokens_of`.
    """
    scanner = _Scanner(text)
    scanner.tokens(0, 0)
    places = Places(text)
    return [(places.in_letters(offset), words) for offset, words in sorted(scanner.comments)]


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[tuple[int, str]] = []

    def tokens(self, at: int, nesting: int) -> tuple[list[Token], int]:
        """The tokens from ``at`` on, and where they end: at the end of the text or, in a field, of its expression."""
        found: list[Token] = []
        closing: list[str] = []  # of the brackets that are open
        text, size, match = self.text, len(self.text), _TOKEN.match
        while at < size:
            token = match(text, at)
            assert token is not None  # the last alternative is any character
            kind, start, at = token.lastgroup, at, token.end()
            if kind == "name":
                found.append(Token(NAME, start, at, token[0]))
            elif kind == "operator":
                if nesting and not closing and token[0] in ("}", "!", ":", "=", ":="):
                    return found, start
                _balance(token[0], closing)
                found.append(Token(OPERATOR, start, at, token[0]))
            elif kind == "newline":
                if not closing and not nesting:
                    found.append(Token(NEWLINE, start, at, ""))
            elif kind == "quote":
                found.append(self._string(start, at, token["prefix"].lower(), token["quote"], nesting))
                at = found[-1].end
            elif kind == "number":
                found.append(Token(NUMBER, start, at, ""))
            elif "#" in token[0]:
                self.comments += [(start + each.start(), each[0]) for each in _COMMENT.finditer(token[0])]
        if closing or nesting:
            raise Refused
        return found, at

    def _string(self, start: int, at: int, prefix: str, quote: str, nesting: int) -> Token:
        if "f" in prefix or "t" in prefix:
            parts, end = self._parts(at, quote, "r" in prefix, nesting + 1, in_spec=False)
            return Token(TEMPLATE, start, end + len(quote), prefix, quote, tuple(parts))
        rest = _REST[quote].match(self.text, at)
        if rest is None:
            raise Refused
        return Token(STRING, start, rest.end(), prefix, quote)

    def _parts(self, at: int, quote: str, raw: bool, nesting: int, *, in_spec: bool) -> tuple[list[Piece | Field], int]:
        """The parts of an f-string, or of a format specification, up to its closing quotes or brace."""
        if nesting > MAX_NESTING:
            raise Refused
        parts: list[Piece | Field] = []
        text, begin = self.text, at
        while at < len(text):
            character = text[at]
            if (character == "}" and in_spec) or (not in_spec and text.startswith(quote, at)):
                parts.append(Piece(begin, at))
                return parts, at
            if text.startswith(quote, at):
                break  # the string ends before its field does
            if character in "{}" and (in_spec or text[at + 1 : at + 2] != character):
                if character == "}":
                    raise Refused
                parts.append(Piece(begin, at))
                parts.append(self._field(at, quote, raw, nesting))
                at = begin = parts[-1].end
            else:
                at = self._literal(at, quote, raw)
        raise Refused

    def _literal(self, at: int, quote: str, raw: bool) -> int:
        """The end of a stretch of literal text, or of the one character or escape that stands there."""
        stretch = _LITERAL.match(self.text, at)
        if stretch is not None:
            return stretch.end()
        character = self.text[at]
        if character == "\\":
            escape = (_RAW_ESCAPE if raw else _ESCAPE).match(self.text, at)
            assert escape is not None
            return escape.end()
        if character in "{}":
            return at + 2
        if character in "\r\n" and len(quote) == 1:
            raise Refused
        return at + 1

    def _field(self, start: int, quote: str, raw: bool, nesting: int) -> Field:
        text = self.text
        tokens, at = self.tokens(start + 1, nesting)
        if not tokens:
            raise Refused
        echo, conversion, spec = 0, "", None
        if text.startswith("=", at):
            echo = at = self._space(at + 1)
        if text.startswith("!", at):
            conversion = text[at + 1 : at + 2]
            if conversion not in ("r", "s", "a"):
                raise Refused
            at = self._space(at + 2)
        if text.startswith(":", at):
            spec, at = self._parts(at + 1, quote, raw, nesting + 1, in_spec=True)
        if not text.startswith("}", at):
            raise Refused
        return Field(start, at + 1, tokens, conversion, echo, spec)

    def _space(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        assert space is not None
        return space.end()


def _balance(operator: str, closing: list[str]) -> None:
    if operator in _OPEN:
        closing.append(_OPEN[operator])
        if len(closing) > MAX_BRACKETS:
            raise Refused
    elif operator in (")", "]", "}") and (not closing or closing.pop() != operator):
        raise Refused
