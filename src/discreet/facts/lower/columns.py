"""Columns: how a frame of pandas, or of one like it, is read. What the syntax tells is settled here."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.model import Argument, Part, Value
from discreet.facts.reading import keepable
from discreet.facts.values import read, without

LOCATORS: Final = frozenset({"loc", "iloc", "at", "iat"})
READERS: Final = frozenset({"csv.reader", "reader"})
"""Calls that give the rows of a file, of which the first mostly names the columns."""


def names_in(node: ast.expr) -> tuple[str, ...]:
    """The names that a list is, written out."""
    if not isinstance(node, ast.List | ast.Tuple):
        return ()
    words = [
        keepable(each.value) for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    return tuple(words) if len(words) == len(node.elts) else ()


def is_filter(key: ast.expr) -> bool:
    """Whether a key is a condition: ``df[df["age"] > 3]`` has the same columns as ``df``."""
    if isinstance(key, ast.UnaryOp):
        return isinstance(key.op, ast.Invert)
    if isinstance(key, ast.BinOp):
        return isinstance(key.op, ast.BitAnd | ast.BitOr)
    return isinstance(key, ast.Compare)


def chosen(frame: Frame, node: ast.expr, value: Value, names: tuple[str, ...], text: str) -> Value:
    """``df[["id", "email"]]``: a frame of some columns."""
    span = frame.span(node)
    for name in names:
        frame.remember(read(value, f"[{name}", span))
    held = tuple(part for part in value if part.path)
    callee = read(value, ".__getitem__", span) or (Part("x:", (".__getitem__",), span=span),)
    return frame.call(callee, f"{text}.__getitem__", (Argument("", (), span, names),), node, held=held)


def located(frame: Frame, node: ast.Subscript, value: Value, text: str) -> Value:
    """``df.loc[rows, columns]``: of some rows a column, some columns, or all."""
    key = node.slice
    column = key.elts[1] if isinstance(key, ast.Tuple) and len(key.elts) == 2 else None
    if isinstance(column, ast.Constant) and isinstance(column.value, str):
        found = read(value, f"[{keepable(column.value)}", frame.span(node))
        frame.remember(found)
        return found
    names = names_in(column) if column is not None else ()
    return chosen(frame, node, value, names, text) if names else value


def dropped(frame: Frame, base: ast.expr, args: tuple[Argument, ...]) -> None:
    """``df.drop(columns=["email"], inplace=True)``."""
    inplace = any(arg.name == "inplace" and arg.constant is True for arg in args)
    if not inplace or not isinstance(base, ast.Name) or frame.env is None:
        return
    value = frame.lookup(base.id, None)
    for arg in args:
        words = (arg.constant,) if isinstance(arg.constant, str) else arg.constant
        if arg.name in ("", "columns", "labels") and isinstance(words, tuple):
            for word in words:
                value = without(value, (f"[{word}",))
    frame.env[base.id] = value


def but_tables(frame: Frame, value: Value) -> Value:
    """A value without the rows of a file, where one of them is taken out of turn: the first, which names columns."""
    return tuple([part for part in value if not _is_read(frame, part)])


def _is_read(frame: Frame, part: Part) -> bool:
    made = frame.made(part)
    return made is not None and made.text in READERS
