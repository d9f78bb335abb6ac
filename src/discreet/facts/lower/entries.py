"""Entries: what a mapping gives when it is asked for one. Whatever is put into it lies in the mapping from then on:
``session = sessions.get(key)`` and then ``session["phone"] = text``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from discreet.facts.model import Call, Part

_ASKING: Final = frozenset({"get", "setdefault"})


def asks_for_entry(node: ast.Call) -> bool:
    """Whether a call asks a mapping for an entry that it has, or has then."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "setdefault" and bool(node.args)


def entries_of(part: Part, made: Call | None) -> Iterator[Part]:
    """The entry of a mapping that came from elsewhere which a call gave, as a place in that mapping."""
    if made is None or part.path or not made.args or made.text.rpartition(".")[2] not in _ASKING:
        return
    for each in made.callee:
        if each.root[0] in "gpv" and not each.path and each.access:
            yield Part(each.root, (*each.access[:-1], "["), (), frozenset(), each.form, "", part.span)
