"""Queries: texts that select columns of a database, and what a cursor holds once one was executed."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.model import VALUE, Argument, Part, Path, Value
from discreet.facts.selection import HOLE, SHORTEST, root_of, tables_in
from discreet.facts.values import ROWS, under

FETCHERS: Final = frozenset({"fetchall", "fetchone", "fetchmany", "fetchval", "fetch_all", "fetch_one"})
"""Methods of a cursor that give what it was asked for before."""
_COLUMNS: Final = (
    "columns",
    "column_names",
    "col_names",
    "colnames",
    "cols",
    "headers",
    "header",
    "field_names",
    "fieldnames",
)


def query(frame: Frame, node: ast.expr) -> Value:
    """The value of a text that is a query: what it is made of says what its rows hold."""
    text = _text(frame, node)
    if len(text) < SHORTEST:  # as most are
        return ()
    frame.module.tables.update(tables_in(text))
    root = root_of(text)
    return (Part(root, span=frame.span(node)),) if root else ()


def _text(frame: Frame, node: ast.expr) -> str:
    """A text as far as it is known, with :data:`HOLE` for the rest."""
    while type(node) is ast.BinOp and type(node.op) is ast.Mod:
        node = node.left
    if type(node) is ast.Constant:
        return node.value if isinstance(node.value, str) else HOLE
    if type(node) is ast.Name:
        known = frame.constant(node.id)
        return known if isinstance(known, str) else HOLE
    if type(node) is ast.JoinedStr:
        return "".join([_text(frame, each) for each in node.values])
    if type(node) is ast.FormattedValue:
        return _text(frame, node.value) if type(node.value) is ast.Name else HOLE
    if type(node) is ast.BinOp and type(node.op) is ast.Add:
        return _sum(frame, node)
    return HOLE


def _sum(frame: Frame, node: ast.BinOp) -> str:
    pieces: list[str] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
        pieces.append(HOLE if isinstance(left.right, ast.BinOp) else _text(frame, left.right))
        left = left.left
    return _text(frame, left) + "".join(reversed(pieces))


def executed(frame: Frame, base: ast.expr, args: tuple[Argument, ...], rows: Value) -> None:
    """A cursor holds the rows of the last query that it was handed."""
    steps: Path = ()
    while isinstance(base, ast.Attribute) and len(steps) < 3:
        steps = (f".{base.attr}", *steps)
        base = base.value
    if not isinstance(base, ast.Name) or frame.env is None:
        return
    old = frame.lookup(base.id, None)
    place = (*steps, ROWS)
    kept = tuple(part for part in old if part.path[: len(place)] != place)
    if any(arg.value for arg in args[:2]):
        frame.env[base.id] = kept + under(rows, *place)
    elif len(kept) != len(old):
        frame.env[base.id] = kept


def fetched(receiver: Value) -> Value:
    """What a cursor was asked for, if it was asked here; else the cursor."""
    rows = tuple([part for part in receiver if part.path[:1] == (ROWS,)])
    return _inside(rows) if rows else receiver


def _inside(rows: Value) -> Value:
    return tuple(
        Part(part.root, part.access, part.path[1:], part.minus, part.form, part.hint, part.span, part.via)
        for part in rows
    )


def zipped_row(node: ast.Call, pairs: Value) -> Value:
    """``dict(zip(columns, row))``: the row, with the names that its columns have anyway; nothing where it is something
    else. ``pairs`` is what ``zip`` gives.
    """
    inner = node.args[0] if len(node.args) == 1 and not node.keywords else None
    if not isinstance(inner, ast.Call) or not isinstance(inner.func, ast.Name) or inner.func.id != "zip":
        return ()
    if len(inner.args) != 2 or not _names_columns(inner.args[0]):
        return ()
    rows = [part for part in pairs if part.path[:2] == ("*", "#1")]
    if not all(len(part.path) == 2 and part.access[-1:] == ("*",) and part.form == VALUE for part in rows):
        return ()
    return tuple([Part(part.root, part.access[:-1], (), part.minus, VALUE, "", part.span, part.via) for part in rows])


def _names_columns(node: ast.expr) -> bool:
    """Whether something is called as the names of a row's columns are."""
    for each in ast.walk(node):
        name = each.id if isinstance(each, ast.Name) else each.attr if isinstance(each, ast.Attribute) else ""
        if name == "description" or name.lower().endswith(_COLUMNS):
            return True
    return False
