"""Vouching: whether it is known well enough what a callable does, or a function keeps, for a call to count as seen."""

from __future__ import annotations

import sys
from typing import Final

from discreet.catalogue.tables import Catalogue
from discreet.facts.model import Function
from discreet.flow.carrying import Carrying

CONTAINERS: Final = frozenset({
    "append", "appendleft", "add", "extend", "insert", "update", "remove", "discard", "index", "count", "setdefault",
    "startswith", "endswith", "isdisjoint", "issubset", "issuperset",
})  # fmt: skip
"""Methods that containers and texts have: lowering knows what they do."""
MUTATORS: Final = frozenset(
    {"append", "appendleft", "add", "extend", "insert", "update", "setdefault", "put", "put_nowait"}
)
ELSEWHERE: Final = frozenset({"queue", "asyncio", "concurrent", "multiprocessing", "threading", "socket", "subprocess"})
"""What is handed to these is somebody else's to let out, later."""
TEXTS: Final = frozenset([
    *(name for kind in (str, bytes, dict, list, set, int) for name in dir(kind) if name[0] != "_"),
    "match", "fullmatch", "sub", "subn", "findall", "finditer",  # of regular expressions
])  # fmt: skip


def is_known(catalogue: Catalogue, dotted: str) -> bool:
    """Whether the catalogue has a word on a callable that is no function of the program, or everybody knows it."""
    first, last = dotted.partition(".")[0], dotted.rpartition(".")[2]
    if first == "builtins" or first in sys.stdlib_module_names or last in catalogue.methods:
        return True
    if catalogue.transform_of(dotted) is not None or catalogue.sinks_of(dotted) or catalogue.returns[dotted]:
        return True
    return catalogue.classes[dotted] is not None or catalogue.fields[dotted] is not None


def is_harmless(catalogue: Catalogue, dotted: str) -> bool:
    """Whether a library's call needs no second look: what it calls is known, or a method of texts and containers."""
    first, last = dotted.partition(".")[0], dotted.rpartition(".")[2]
    return first not in ELSEWHERE and (
        ("." in dotted and (last in CONTAINERS or last in TEXTS)) or is_known(catalogue, dotted)
    )


def is_bare(function: Function) -> bool:
    """Whether nothing is done at all: in a class this may be a stub, and somebody else has the body."""
    return not (function.calls or function.returns or function.writes or function.yields)


def keeps(function: Function, parameter: int) -> bool:
    """Whether a method stores something of a parameter in its own object."""
    carrying = Carrying(function, parameter)
    return any(carrying.carries(each.value) for each in function.writes)


def keeps_elsewhere(function: Function, parameter: int) -> bool:
    """Whether something of a parameter is stored where more than the function's own object can be."""
    carrying = Carrying(function, parameter)
    if any(carrying.carries(value) for value in function.variables.values()):
        return True  # captured by a function inside
    own = "p0" if function.owner and function.flavour == "" else ""
    if any(carrying.carries(each.value) for each in function.writes if each.target.root != own):
        return True
    return any(
        part.root[0] in "gpv" and part.root != f"p{parameter}" and part.access[-1:] and part.access[-1][1:] in MUTATORS
        for call in function.calls
        if any(carrying.carries(arg.value) for arg in call.args)
        for part in call.callee
    )
