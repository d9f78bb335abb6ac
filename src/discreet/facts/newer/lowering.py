"""From syntax that ``ast`` does not know to syntax that it does, with every position kept.

What is new is cut out of the text and a *placeholder*, a name, is left in its stead, as wide in bytes and as high in
lines. ``ast`` parses the rest; what was cut out is built by itself and grafted in where the placeholder stood.

| new | since | lowered to |
|---|---|---|
| ``except* A:`` (PEP 654) | 3.11 | ``except A:``, before 3.11 |
| ``a[*b]``, ``*args: *Ts`` (PEP 646) | 3.11 | a ``Starred``, before 3.11 |
| ``def f[T](x)``, ``class C[T = int]`` (PEP 695, 696) | 3.12, 3.13 | the same without type parameters |
| ``type X = int`` (PEP 695) | 3.12 | :class:`TypeAlias` |
| f-strings (PEP 701) | 3.12 | ``JoinedStr`` |
| t-strings (PEP 750) | 3.14 | ``JoinedStr``: whoever is handed a template is handed what is in it |
| ``except A, B:`` (PEP 758) | 3.14 | ``except (A, B):`` |
| ``[*x for x in xs]`` (PEP 798) | 3.15 | ``[y for x in xs for y in x]`` |
| ``lazy import x`` (PEP 810) | 3.15 | ``import x`` |
"""

from __future__ import annotations

import keyword
import sys
from typing import NamedTuple

from discreet.facts.newer.places import blank
from discreet.facts.newer.tokens import NAME, NEWLINE, NUMBER, OPERATOR, STRING, TEMPLATE, Refused, Token

TEXT, TUPLE, ALIAS, IMPORT = "text", "tuple", "alias", "import"
STARRED, DOUBLE_STARRED, TYPE_PARAMETERS = "starred", "double starred", "type parameters"
STARS_ARE_NEW = sys.version_info < (3, 11)

_KEYWORDS = frozenset(keyword.kwlist) - {"None", "True", "False"}
_CLOSING = (")", "]", "}")


class Cut(NamedTuple):
    """What is cut out: ``kind`` says what it is, ``tokens`` what it consists of. If nothing is grafted in its stead,
    ``left`` is what is left of it in the text.
    """

    kind: str
    start: int
    end: int
    tokens: list[Token]
    left: str = ""


class Bracket:
    """An open bracket, and what is known of the element that is being read in it."""

    def __init__(self, opening: str, subscript: bool) -> None:
        self.opening = opening
        self.subscript = subscript
        self.star = -1  # the token that stars the element
        self.annotation = False


def cuts_of(text: str, tokens: list[Token]) -> list[Cut]:
    """All that is new in a stretch of tokens, in order; what is new inside of a cut is the cut's own affair.

    Raises:
        Refused: it can't be told what the text means.
    """
    return _Cutter(text, tokens).all()


class _Cutter:
    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.cuts: list[Cut] = []
        self.brackets: list[Bracket] = []

    def all(self) -> list[Cut]:
        """See :func:`cuts_of`."""
        at, starts, size = 0, True, len(self.tokens)
        while at < size:
            token = self.tokens[at]
            if token.kind in (STRING, TEMPLATE):
                at = self._texts(at)
            elif token.kind == OPERATOR:
                self._operator(at)
                at += 1
            elif starts and token.word in ("type", "lazy", "except"):
                at = self._statement(at)
            elif token.word in ("def", "class") and self._word(at + 2) == "[" and self._word(at + 1).isidentifier():
                at = self._parameters(at + 2)
            else:
                if token.word in ("for", "async") and self.brackets and self.brackets[-1].star >= 0:
                    self._starred(at)
                at += 1
            last = self.tokens[at - 1]
            starts = not self.brackets and (last.kind == NEWLINE or last.word in (";", ":"))
        return self.cuts

    def _word(self, at: int) -> str:
        return self.tokens[at].word if at < len(self.tokens) and self.tokens[at].kind in (NAME, OPERATOR) else ""

    def _cut(self, kind: str, first: int, end: int) -> None:
        """Cut out the tokens from ``first`` to before ``end``, and forget the cuts inside."""
        if first >= end:
            raise Refused
        start = self.tokens[first].start
        while self.cuts and self.cuts[-1].start >= start:
            self.cuts.pop()
        self.cuts.append(Cut(kind, start, self.tokens[end - 1].end, self.tokens[first:end]))

    # -- texts ------------------------------------------------------------------------------------------------

    def _texts(self, first: int) -> int:
        """Strings side by side are one text: a new one among them makes all of it new."""
        end = first
        while end < len(self.tokens) and self.tokens[end].kind in (STRING, TEMPLATE):
            end += 1
        if any(each.kind == TEMPLATE for each in self.tokens[first:end]):
            if first and not self._may_precede(self.tokens[first - 1]):
                raise Refused  # 'print f"x"': with a placeholder in brackets it would look like a call
            self._cut(TEXT, first, end)
        return end

    @staticmethod
    def _may_precede(token: Token) -> bool:
        if token.kind == NAME:
            return token.word in _KEYWORDS or token.word == "match"
        return token.kind != NUMBER and token.word not in _CLOSING

    # -- brackets ---------------------------------------------------------------------------------------------

    def _operator(self, at: int) -> None:
        word = self.tokens[at].word
        if word in ("(", "[", "{"):
            self.brackets.append(Bracket(word, word == "[" and at > 0 and self._is_operand(self.tokens[at - 1])))
        elif not self.brackets:
            return
        elif word in _CLOSING:
            self._ends(at)
            self.brackets.pop()
        elif word == ",":
            self._ends(at)
        elif word in ("*", "**"):
            before = self._word(at - 1)
            if before in ("(", "[", "{", ","):
                self.brackets[-1].star = at
            elif word == "*" and before == ":" and self._word(at - 3) == "*" and self.brackets[-1].opening == "(":
                self.brackets[-1].star, self.brackets[-1].annotation = at, True

    @staticmethod
    def _is_operand(token: Token) -> bool:
        if token.kind == NAME:
            return token.word not in _KEYWORDS and token.word not in ("match", "case")  # 'case [first, *rest]:'
        return token.kind in (STRING, TEMPLATE, NUMBER) or token.word in _CLOSING

    def _ends(self, at: int) -> None:
        """An element ends: a star before it is new in a subscript and in an annotation."""
        inner = self.brackets[-1]
        is_new = STARS_ARE_NEW and (inner.subscript or inner.annotation)
        if is_new and inner.star >= 0 and self._word(inner.star) == "*":
            self._cut(STARRED, inner.star, at)
        inner.star, inner.annotation = -1, False

    def _starred(self, at: int) -> None:
        """``*x for ...``"""
        star = self.brackets[-1].star
        self.brackets[-1].star = -1
        self._cut(STARRED if self._word(star) == "*" else DOUBLE_STARRED, star, at)

    def _matching(self, at: int) -> int:
        """The bracket that closes the one at ``at``."""
        depth = 0
        for index in range(at, len(self.tokens)):
            word = self._word(index)
            depth += (word in ("(", "[", "{")) - (word in _CLOSING)
            if not depth:
                return index
        raise Refused

    def _parameters(self, at: int) -> int:
        """Type parameters: their bracket becomes that of the parameters or bases, so that line ends stay inside one."""
        close = self._matching(at)
        has_more = self._word(close + 1) == "("
        start, end = self.tokens[at].start, self.tokens[close + has_more].end
        left = "(" + blank(self.text[start + 1 : end if has_more else end - 1]) + ("" if has_more else ")")
        self.cuts.append(Cut(TYPE_PARAMETERS, start, end, self.tokens[at + 1 : close], left))
        if has_more:
            self.brackets.append(Bracket("(", subscript=False))
        return close + 1 + has_more

    # -- statements -------------------------------------------------------------------------------------------

    def _statement(self, at: int) -> int:
        word, following = self.tokens[at].word, self._word(at + 1)
        if word == "except":
            return self._except(at)
        if word == "lazy" and following in ("import", "from"):
            return self._whole(IMPORT, at)
        if word == "type" and following.isidentifier() and self._word(at + 2) in ("=", "["):
            return self._whole(ALIAS, at)
        return at + 1

    def _whole(self, kind: str, first: int) -> int:
        """Cut out a whole simple statement."""
        end = self._next(first, (";",))
        self._cut(kind, first, end)
        return end

    def _next(self, at: int, words: tuple[str, ...]) -> int:
        """The first of some words outside of brackets, or the end of the line."""
        depth = 0
        while at < len(self.tokens) and self.tokens[at].kind != NEWLINE:
            word = self._word(at)
            if not depth and word in words:
                break
            depth += (word in ("(", "[", "{")) - (word in _CLOSING)
            at += 1
        return at

    def _except(self, at: int) -> int:
        first = at + 1
        if self._word(first) == "*":
            if STARS_ARE_NEW:
                self.cuts.append(Cut("", self.tokens[first].start, self.tokens[first].end, [], left=" "))
            first += 1
        end = self._next(first, (":", "as", ","))
        if self._word(end) != ",":
            return first
        end = self._next(end, (":", "as"))
        if self._word(end) != ":":
            raise Refused
        self._cut(TUPLE, first, end)
        return end
