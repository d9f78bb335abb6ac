"""What stands around a name in a tree, as the engine sees it: what is in a row with it, and what it is made of."""

from __future__ import annotations

import ast
from collections.abc import Iterator

Chain = tuple[str, ...]
"""The names that lead to a value, outermost first; empty where nobody can say."""
Chains = tuple[Chain, ...]
LOOK_UPS = ("get", "pop", "setdefault")
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def fields_of(node: ast.ClassDef) -> tuple[str, ...]:
    """The fields that a class declares, and those that its methods store."""
    found: dict[str, None] = {}
    for each in node.body:
        targets = each.targets if isinstance(each, ast.Assign) else [getattr(each, "target", None)]
        found.update((target.id, None) for target in targets if isinstance(target, ast.Name))
    for each in ast.walk(node):
        stored = isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
        if stored and isinstance(each.value, ast.Name) and each.value.id == "self":
            found[each.attr] = None
    return tuple(found)


def read_in(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> dict[Chain, tuple[str, ...]]:
    """The attributes and keys that a function reads of each thing; a module, outside of its functions and classes."""
    found: dict[Chain, dict[str, None]] = {}
    for each in _own(node) if isinstance(node, ast.Module) else ast.walk(node):
        for holder, name in _reads(each):
            found.setdefault(chain(holder), {})[name] = None
    return {whole: tuple(names) for whole, names in found.items() if whole}


def _own(node: ast.AST) -> Iterator[ast.AST]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(inner for inner in ast.iter_child_nodes(each) if not isinstance(inner, _SCOPES))


def _reads(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node, ast.Attribute):
        yield node.value, node.attr
    elif isinstance(node, ast.Subscript):
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            yield node.value, node.slice.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOK_UPS:
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.func.value, first.value


def chain(node: ast.expr) -> Chain:
    """``("a", "b", "c")`` of ``a.b["c"]``; nothing of what doesn't begin with a name."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Name):
            return (node.id, *reversed(names))
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                names.append(node.slice.value)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, (ast.Await, ast.Starred)):
            node = node.value
        else:
            return ()


def made_of(node: ast.expr) -> Chains:
    """What leads to each of the values that an expression is put together of; a literal is put together of none."""
    return tuple(_made_of(node))


def _made_of(node: ast.expr) -> Iterator[Chain]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Constant):
            continue
        if isinstance(each, ast.JoinedStr):
            waiting.extend(part.value for part in each.values if isinstance(part, ast.FormattedValue))
        elif isinstance(each, ast.BinOp):
            waiting.extend((each.left, each.right))
        elif isinstance(each, ast.BoolOp):
            waiting.extend(each.values)
        elif isinstance(each, ast.IfExp):
            waiting.extend((each.body, each.orelse))
        elif isinstance(each, (ast.Tuple, ast.List)):
            waiting.extend(each.elts)
        elif (
            isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in ("join", "format")
        ):
            waiting.extend((*each.args, *(keyword.value for keyword in each.keywords)))
        else:
            yield chain(each)
