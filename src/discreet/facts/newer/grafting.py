"""What was cut out is built, piece by piece, and put where its placeholder stands."""

from __future__ import annotations

import ast
import keyword
import re
from typing import Any, TypeVar
from unicodedata import normalize

from discreet.facts.newer.lowering import (
    ALIAS,
    DOUBLE_STARRED,
    IMPORT,
    STARRED,
    TEXT,
    TUPLE,
    TYPE_PARAMETERS,
    Cut,
    cuts_of,
)
from discreet.facts.newer.places import Place, Places, blank, move, put
from discreet.facts.newer.tokens import NAME, STRING, Field, Piece, Refused, Token
from discreet.facts.nodes import TypeAlias

Node = TypeVar("Node", bound=ast.AST)

_INNER = re.compile(r"[^\r\n]")
_NEW_LINE = re.compile(r"\r\n?")


class _DoubleStarred(ast.Starred):
    """``**x`` as an element of a comprehension: never left in a tree."""


Planted = dict[Place, ast.AST]
"""What has to be grafted, by the place of the placeholder's name."""


class Grafter:
    """Builds the tree of a text whose tokens are known."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = Places(text)

    def lowered(self, tokens: list[Token], start: int, end: int) -> tuple[str, Planted] | None:
        """A stretch of the text with placeholders in it, and what they stand for; ``None`` if nothing is new in it.

        Raises:
            Refused: something in it has no meaning.
            SyntaxError: something in it is no Python.
        """
        cuts = cuts_of(self.text, tokens)
        if not cuts:
            return None
        planted: Planted = {}
        pieces = []
        for cut in cuts:
            pieces.append(self.text[start : cut.start])
            if cut.kind == TYPE_PARAMETERS:
                self._check(cut.tokens)
            pieces.append(cut.left or self._placeholder(cut, planted))
            start = cut.end
        pieces.append(self.text[start:end])
        return "".join(pieces), planted

    def _placeholder(self, cut: Cut, planted: Planted) -> str:
        """Leave a name, in brackets where there is room: so what is around it keeps its extent, and lines may end."""
        whole = self.text[cut.start : cut.end]
        if len(whole) <= 2:
            name, left = cut.start, "_" * len(whole)
        else:
            inner = _INNER.search(self.text, cut.start + 1, cut.end - 1)
            if inner is None:
                raise Refused
            name, to = inner.start(), inner.end()
            left = (
                f"({blank(self.text[cut.start + 1 : name])}_{blank(inner[0])[1:]}{blank(self.text[to : cut.end - 1])})"
            )
        planted[self.places.of(name)] = self._built(cut)
        return left

    def _built(self, cut: Cut) -> ast.AST:
        if cut.kind == TEXT:
            return self._text(cut)
        if cut.kind == TUPLE:
            return self.expression(cut.tokens)
        if cut.kind == ALIAS:
            return self._alias(cut)
        if cut.kind == IMPORT:
            return self._import(cut)
        assert cut.kind in (STARRED, DOUBLE_STARRED)
        star = ast.Starred if cut.kind == STARRED else _DoubleStarred
        return self._put(star(self.expression(cut.tokens[1:]), ast.Load()), cut)

    def _put(self, node: Node, extent: Cut | Field | Token | Piece) -> Node:
        put(node, self.places.of(extent.start), self.places.of(extent.end))
        return node

    # -- expressions and statements ---------------------------------------------------------------------------

    def expression(self, tokens: list[Token]) -> ast.expr:
        """The tree of an expression.

        Raises:
            Refused, SyntaxError: it is none.
        """
        if not tokens:
            raise Refused
        start, end = tokens[0].start, tokens[-1].end
        if len(tokens) == 1 and _is_free(tokens[0]):
            return self._name(tokens[0], ast.Load())  # what most fields hold
        text, planted = self.lowered(tokens, start, end) or (self.text[start:end], {})
        tree: ast.expr = ast.parse(f"({text})", mode="eval").body
        at_bracket = (tree.lineno, tree.col_offset) == (1, 0)
        line, column = self.places.of(start)
        move(tree, (line, column - 1))
        holder = ast.Expr(tree)
        graft(holder, planted)
        if at_bracket:  # a tuple stands where its brackets do, and these are ours
            self._put(tree, Piece(start, end))
        return holder.value

    def _name(self, token: Token, context: ast.expr_context) -> ast.Name:
        return self._put(ast.Name(normalize("NFKC", token.word), context), token)

    def _check(self, parameters: list[Token]) -> None:
        """See that type parameters are some: nothing of them gets into the tree, but nonsense is no Python."""
        elements = split(parameters, ",")
        for element in elements if elements[-1] or len(elements) == 1 else elements[:-1]:
            starred = bool(element) and element[0].word in ("*", "**")
            name, *default = split(element[starred:], "=")
            name, *bound = split(name, ":")
            if len(name) != 1 or not _is_free(name[0]) or len(default) > 1 or len(bound) > 1:
                raise Refused
            for each in (*bound, *default):
                self.expression(each[1:] if starred and each and each[0].word == "*" else each)

    def _alias(self, cut: Cut) -> ast.AST:
        head, *values = split(cut.tokens, "=")
        if len(values) != 1 or not _is_free(head[1]):
            raise Refused
        if len(head) > 2:
            if (head[2].word, head[-1].word) != ("[", "]"):
                raise Refused
            self._check(head[3:-1])
        name = self._name(head[1], ast.Store())
        alias: ast.AST = TypeAlias(name=name, type_params=[], value=self.expression(values[0]))
        return self._put(alias, cut)

    def _import(self, cut: Cut) -> ast.AST:
        start = cut.tokens[1].start
        (tree,) = ast.parse(self.text[start : cut.end]).body
        move(tree, self.places.of(start))
        return self._put(tree, cut)

    # -- texts ------------------------------------------------------------------------------------------------

    def _text(self, cut: Cut) -> ast.JoinedStr:
        values: list[ast.expr] = []
        for token in cut.tokens:
            if token.kind == STRING:
                literal = ast.literal_eval(self.text[token.start : token.end])
                if not isinstance(literal, str):
                    raise Refused
                self._add(values, literal, token)
            else:
                self._parts(values, token.parts, token)
        return self._put(ast.JoinedStr(values), cut)

    def _parts(self, values: list[ast.expr], parts: Any, token: Token) -> None:
        for part in parts:
            if isinstance(part, Piece):
                self._add(values, self._literal(part, token), part)
                continue
            if part.echo:
                echo = Piece(part.start + 1, part.echo)
                self._add(values, self.text[echo.start : echo.end], echo)
            spec: Any = None
            if part.spec is not None:
                held: list[ast.expr] = []
                self._parts(held, part.spec, token)
                spec = self._put(ast.JoinedStr(held), Piece(part.spec[0].start - 1, part.end - 1))
            conversion = ord(part.conversion or ("r" if part.echo and spec is None else "\0")) or -1
            values.append(self._put(ast.FormattedValue(self.expression(part.tokens), conversion, spec), part))

    def _add(self, values: list[ast.expr], literal: str, extent: Token | Piece) -> None:
        """Add literal text; what is side by side is one constant."""
        if values and isinstance(values[-1], ast.Constant):
            values[-1].value += literal  # type: ignore[operator]
            values[-1].end_lineno, values[-1].end_col_offset = self.places.of(extent.end)
        elif literal:
            values.append(self._put(ast.Constant(literal), extent))

    def _literal(self, piece: Piece, token: Token) -> str:
        text = _NEW_LINE.sub("\n", self.text[piece.start : piece.end])
        text = text.replace("{{", "{").replace("}}", "}")
        if "\\" not in text or "r" in token.word:
            return text
        try:
            return str(ast.literal_eval(token.quote + text + token.quote))
        except (
            SyntaxError
        ):  # as after '"""' follows '"': what the text says is of less importance than that it is there
            return text


def _is_free(token: Token) -> bool:
    """Whether a token is a name that anything may have."""
    return token.kind == NAME and not keyword.iskeyword(token.word)


def split(tokens: list[Token], separator: str) -> list[list[Token]]:
    """Tokens between separators that stand in no bracket."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.word in ("(", "[", "{")) - (token.word in (")", "]", "}"))
        if token.word == separator and not depth:
            found.append([])
        else:
            found[-1].append(token)
    return found


def graft(tree: ast.AST, planted: Planted) -> None:
    """Put what is planted in the places of the placeholders, as deep as the tree may be.

    Raises:
        Refused: a placeholder is not where it should be.
    """
    missing = dict(planted)
    todo = [tree] if planted else []
    while todo:
        node = todo.pop()
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                value[:] = [_grafted(each, missing, todo) for each in value]
            elif isinstance(value, ast.AST):
                setattr(node, name, _grafted(value, missing, todo))
        _adapt(node)
    if missing:
        raise Refused


def _grafted(child: Any, missing: Planted, todo: list[ast.AST]) -> Any:
    """What stands in a child's place: itself, if it is no placeholder (and nothing can be assigned to one)."""
    held = child.value if isinstance(child, ast.Expr) else child
    new = missing.get(_place(held))
    if new is not None and (held is child or isinstance(new, ast.stmt)):
        del missing[_place(held)]
        return new
    if isinstance(child, ast.SetComp) and isinstance(missing.get(_place(child.elt)), _DoubleStarred):
        child = _merged(child, missing.pop(_place(child.elt)))
    if isinstance(child, ast.AST):
        todo.append(child)
    return child


def _place(node: Any) -> Place:
    """Where a name stands that may be a placeholder."""
    named = isinstance(node, ast.Name) and not node.id.strip("_") and isinstance(node.ctx, ast.Load)
    return (node.lineno, node.col_offset) if named else (0, 0)


def _adapt(node: ast.AST) -> None:
    """Make of a node with a star in a new place what it means."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Starred):
        node.slice = ast.copy_location(ast.Tuple([node.slice], ast.Load()), node.slice)
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp) and isinstance(node.elt, ast.Starred):
        if isinstance(node.elt, _DoubleStarred):
            raise Refused
        node.generators.append(ast.comprehension(_named("_", node.elt, ast.Store()), node.elt.value, [], 0))
        node.elt = _named("_", node.elt, ast.Load())


def _merged(node: ast.SetComp, star: Any) -> ast.DictComp:
    """``{**row for row in rows}`` as ``{_: __ for row in rows for _, __ in row.items()}``."""
    key, value, row = "_", "__", star.value
    both = ast.Tuple([_named(key, star, ast.Store()), _named(value, star, ast.Store())], ast.Store())
    items = ast.Call(ast.copy_location(ast.Attribute(row, "items", ast.Load()), row), [], [])
    inner = ast.comprehension(ast.copy_location(both, star), ast.copy_location(items, row), [], 0)
    merged = ast.DictComp(_named(key, star, ast.Load()), _named(value, star, ast.Load()), [*node.generators, inner])
    return ast.copy_location(merged, node)


def _named(name: str, star: ast.AST, context: ast.expr_context) -> ast.Name:
    return ast.copy_location(ast.Name(name, context), star)
