"""Syntax that this Python may be too old to have nodes for, and that files are lowered with all the same."""

from __future__ import annotations

import ast
from typing import Any


class _TypeAlias(ast.stmt):
    """``ast.TypeAlias`` (PEP 695, Python 3.12), where ``ast`` has none."""

    _fields = ("name", "type_params", "value")


TypeAlias: Any = getattr(ast, "TypeAlias", _TypeAlias)
