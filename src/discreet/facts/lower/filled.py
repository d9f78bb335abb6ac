"""Objects that are filled from a mapping: what it holds under a name becomes the attribute of that name.

``self.__dict__.update(data)``, ``vars(self).update(data)``, ``self.__dict__ = data``, and a loop over a mapping that
stores each of its values under its own key. Names that are written out are attributes like any other. A mapping that
came from somewhere is written into all of the object's fields (the step ``@fields``): ``flow/filled.py`` looks there
for an attribute that nothing else stores.
"""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.model import VALUE, Part, Value, Write
from discreet.facts.values import read, with_path

FIELDS: Final = "@fields"
_LOOKING: Final = frozenset({"get", "pop"})


def dictionary_of(node: ast.expr) -> ast.expr | None:
    """The object whose attributes an expression gives as a mapping: ``x`` of ``x.__dict__`` and ``vars(x)``."""
    if isinstance(node, ast.Attribute):
        return node.value if node.attr == "__dict__" else None
    is_vars = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "vars"
    return node.args[0] if is_vars and isinstance(node, ast.Call) and len(node.args) == 1 else None


def fill(frame: Frame, base: ast.expr, mapping: Value, node: ast.AST) -> None:
    """Write all that a mapping holds into the attributes of the object that ``base`` names."""
    for part in mapping:
        if part.form != VALUE:
            continue
        if not part.path:
            _fill_whole(frame, base, part, node)
        elif part.path[0][0] == "[" and len(part.path[0]) > 1:
            inside = (with_path(part, part.path[1:]),)
            frame.store(base, (f".{part.path[0][1:]}",), inside, node)


def fill_one(frame: Frame, base: ast.expr, key: Value, value: Value, node: ast.AST) -> None:
    """Write a value into the attribute that a key names which isn't written out: of a mapping that is gone through,
    this comes to all of it.
    """
    for part in value:
        whole = _whole_of(frame, key, part)
        if whole is not None:
            _fill_whole(frame, base, whole, node)


def _fill_whole(frame: Frame, base: ast.expr, mapping: Part, node: ast.AST) -> None:
    if frame.env is None or not frame.owner or not isinstance(base, ast.Name):
        return
    span = frame.span(node)
    for each in frame.lookup(base.id, None):
        if each.root == "p0" and not each.path and not each.access:
            frame.writes.append(Write(read((each,), FIELDS)[0], (mapping,), span))


def _whole_of(frame: Frame, key: Value, part: Part) -> Part | None:
    """The mapping that a value comes from if it lies there under the key."""
    held = part
    call = frame.made(part)
    if call is not None:
        looks_up = call.text.rpartition(".")[2] in _LOOKING and bool(call.args) and call.args[0].value == key
        if not looks_up or len(call.callee) != 1:
            return None
        held = call.callee[0]
    if held.path or held.form != VALUE or not held.access:
        return None
    root, before = held.root, held.access[:-1]
    for each in key:
        if not each.path and each.root == root and each.access[:-1] == before and each.access[-1:] in (("!",), ("*",)):
            return Part(root, before, (), held.minus, VALUE, "", held.span)
    return None
