"""Which expressions do nothing but give a value, so that nobody misses one that is not evaluated any more."""

from __future__ import annotations

from typing import cast

import libcst as cst

FUNCTIONS = frozenset({
    "str", "repr", "ascii", "len", "int", "float", "bool", "list", "tuple", "set", "dict", "sorted", "format", "type",
    "getattr", "vars", "min", "max", "sum", "round", "abs", "hash", "id", "isinstance", "hasattr",
})  # fmt: skip
"""What makes a value of another, and does nothing else."""
_METHODS = frozenset({
    *(name for name in dir(str) if name[0] != "_"), "get", "keys", "values", "items", "copy", "to_dict", "as_dict",
    "dict", "json", "model_dump", "model_dump_json", "isoformat", "strftime", "date", "time", "timestamp", "hex",
    "group", "groups", "decode", "tolist", "getvalue", "total_seconds",
})  # fmt: skip
_LOUD = (cst.Await, cst.Yield, cst.NamedExpr)


def is_quiet(node: cst.CSTNode) -> bool:
    """Whether an expression is made of names, attributes, literals and operators, and of calls that are known to look
    only. Properties are taken for attributes.
    """
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, _LOUD) or (isinstance(each, cst.Call) and not _only_looks(each.func)):
            return False
        if not isinstance(each, cst.Lambda):
            waiting.extend(cast("list[cst.CSTNode]", each.children))
    return True


def _only_looks(func: cst.BaseExpression) -> bool:
    if isinstance(func, cst.Name):
        return func.value in FUNCTIONS
    return isinstance(func, cst.Attribute) and (func.attr.value in _METHODS or func.attr.value.startswith("get_"))
