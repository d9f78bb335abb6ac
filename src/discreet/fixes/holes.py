"""A file with holes where its edits are: one syntax tree, which is filled in one way before and in another after.

That is what it means for a tree to be unchanged elsewhere, and it can be asked without knowing where any node of the
tree stands, which Python does not say rightly of what is inside an f-string.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

from discreet.fixes.edits import Change, Piece, applied

BLANK = " \t\f\r\n\\"


class Filling(NamedTuple):
    """What fills a hole before or after: expressions and keywords, or statements."""

    nodes: tuple[ast.AST, ...] = ()
    keywords: tuple[ast.keyword, ...] = ()


class Hole(NamedTuple):
    """A piece of the text, without the blanks (and commas) round it, and its name: what stands in its place."""

    name: str
    piece: Piece
    lead: str
    tail: str
    old: Filling
    new: Filling

    @property
    def text(self) -> str:
        """What stands in the place of the piece."""
        fillings = [each for each in (self.old, self.new) if each.nodes or each.keywords]
        is_keyword = bool(fillings) and not any(each.nodes for each in fillings)
        return f"{self.lead}{self.name}{'=0' if is_keyword else ''}{self.tail}"


def is_same_outside(old: str, new: str, pieces: Sequence[Piece]) -> bool:
    """Whether two texts have the same syntax tree but for what some pieces, each by its form, may make of theirs.

    Args:
        old: The text as it was.
        new: The text with the changes of the pieces.
        pieces: Apart from each other, and in order.

    Raises:
        SyntaxError: something can't be parsed, so it is not the same.
        RecursionError: it is nested too deeply to tell.
    """
    prefix = "_hole_"
    while prefix in old or prefix in new:
        prefix += "_"
    holes = [_hole(f"{prefix}{number}", old, each) for number, each in enumerate(pieces) if each.form != "comment"]
    if not all(_is_as_meant(hole) for hole in holes):
        return False
    in_place = [Change(hole.piece.start, hole.piece.end, hole.text) for hole in holes]
    comments = [change for piece in pieces if piece.form == "comment" for change in piece.changes]
    with_holes = ast.parse(applied(old, in_place))
    if comments and ast.dump(with_holes) != ast.dump(ast.parse(applied(old, sorted([*in_place, *comments])))):
        return False
    return all(
        ast.dump(_Filler(fillings).visit(deepcopy(with_holes))) == ast.dump(ast.parse(text))
        for text, fillings in (
            (old, {hole.name: hole.old for hole in holes}),
            (new, {hole.name: hole.new for hole in holes}),
        )
    )


def _hole(name: str, text: str, piece: Piece) -> Hole:
    old = text[piece.start : piece.end]
    new = applied(old, [Change(one.start - piece.start, one.end - piece.start, one.text) for one in piece.changes])
    blank = f"{BLANK}," if piece.form == "arguments" else BLANK
    shell = old if old.strip(blank) else new
    lead = shell[: len(shell) - len(shell.lstrip(blank))]
    tail = shell[len(shell.rstrip(blank)) :] if shell.strip(blank) else ""
    return Hole(name, piece, lead, tail, _filling(old.strip(blank), piece.form), _filling(new.strip(blank), piece.form))


def _filling(text: str, form: str) -> Filling:
    if not text:
        return Filling()
    if form in ("statement", "import"):
        return Filling(tuple(ast.parse(text).body))
    if form != "arguments":
        return Filling((ast.parse(f"(\n{text}\n)", mode="eval").body,))
    call = ast.parse(f"_(\n{text}\n)", mode="eval").body
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        raise SyntaxError("no arguments")
    return Filling(tuple(call.args), tuple(call.keywords))


def _is_as_meant(hole: Hole) -> bool:
    """Whether what fills a hole is what the form of its piece promises."""
    old, new, form = hole.old.nodes, hole.new.nodes, hole.piece.form
    if form == "import":
        return not old and all(isinstance(each, (ast.Import, ast.ImportFrom)) for each in new)
    if form == "arguments":
        return True
    if form == "statement" and not old:
        return len(new) == 1
    if len(old) != 1 or len(new) != 1:
        return False
    (after,) = new
    if form == "wrapped":
        is_call = isinstance(after, ast.Call) and isinstance(after.func, ast.Name) and not after.keywords
        return is_call and list(map(ast.dump, after.args)) == [ast.dump(old[0])]  # type: ignore[attr-defined]
    return True


class _Filler(ast.NodeTransformer):
    """Puts what fills them in the place of holes."""

    def __init__(self, fillings: dict[str, Filling]) -> None:
        self._fillings = fillings

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.AST]:
        filling = self._of(node.value)
        if filling is None or any(isinstance(each, ast.expr) for each in filling.nodes):
            return self.generic_visit(node)
        return list(filling.nodes)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        filling = self._of(node)
        return filling.nodes[0] if filling is not None and filling.nodes else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.args, node.keywords = self._spliced(node.args, node.keywords)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.bases, node.keywords = self._spliced(node.bases, node.keywords)
        return self.generic_visit(node)

    def _spliced(self, args: list[ast.expr], keywords: list[ast.keyword]) -> tuple[list[ast.expr], list[ast.keyword]]:
        """Arguments with those in the place of holes that may be several, or none, or by name."""
        filled: list[ast.expr] = []
        named: list[ast.keyword] = []
        for arg in args:
            filling = self._of(arg)
            filled.extend([arg] if filling is None else filling.nodes)  # type: ignore[arg-type]
            named.extend(() if filling is None else filling.keywords)
        for each in keywords:
            by_name = self._fillings.get(each.arg or "")
            named.extend([each] if by_name is None else by_name.keywords)
        return filled, named

    def _of(self, node: ast.AST) -> Filling | None:
        return self._fillings.get(node.id) if isinstance(node, ast.Name) else None
