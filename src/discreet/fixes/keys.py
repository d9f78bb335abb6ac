"""Keys: for the values of messages, what names the object they belong to, and can be shown in their place.

``customer.email`` becomes ``customer.pk``. What ``customer`` is, the analysis is asked: it looks at a file in which the
value is ``ask(customer)``, at just the place of the value, and so knows of it all that is known there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import libcst as cst

from discreet.fixes.edits import Piece, applied, changes_of, moved, replaced
from discreet.fixes.program import Program
from discreet.fixes.slots import Slot
from discreet.fixes.source import Source, place_in

ASK = "__discreet_named__"
"""A function that exists nowhere."""
_RENDERING = ("str", "repr", "ascii")
_METHODS = frozenset(name for name in dir(str) if name[0] != "_")


class Owner(NamedTuple):
    """The object that a value belongs to, as an expression, or is (``whole``); ``as_text`` says that a text was made of
    the value.
    """

    text: str
    whole: bool
    as_text: bool = False


Keys = Mapping[tuple[str, Slot], str]
"""What can be shown in the place of the value of a slot, by the slot's file."""


def keys_of(
    slots: Iterable[tuple[str, Slot]], program: Program, sources: Mapping[str, Source]
) -> dict[tuple[str, Slot], str]:
    """What can be shown in the place of some values.

    Args:
        slots: Where they stand, with their files.
        program: The analysis.
        sources: The files.
    """
    owners: dict[tuple[str, Slot], Owner] = {}
    pieces: dict[str, list[Piece]] = {}
    for path, slot in slots:
        owner = owner_of(sources[path].text[slot.start : slot.end]) if _takes_key(slot) else None
        if owner is not None:
            owners[path, slot] = owner
            pieces.setdefault(path, []).append(replaced(slot.start, slot.end, f"{ASK}({owner.text})"))
    if not owners:
        return {}
    changes = {path: changes_of(each) for path, each in pieces.items()}
    texts = {path: applied(sources[path].text, each) for path, each in changes.items()}
    known = program.named({path: sources[path].encoded(text) for path, text in texts.items()}, ASK)
    found = {}
    for (path, slot), owner in owners.items():
        named = known.get((path, *place_in(texts[path], moved(slot.start, changes[path]))))
        if named is not None and named.key and (named.is_there or not owner.whole):
            shown = f"{owner.text}.{named.key}"
            found[path, slot] = f"str({shown})" if slot.takes == "text" or owner.as_text else shown
    return found


def _takes_key(slot: Slot) -> bool:
    return slot.takes != "same" and not slot.refused


def owner_of(text: str) -> Owner | None:
    """The object that the value of an expression belongs to; ``None`` where none is written there.

    ``str(customer.email)``, ``customer.email.lower()`` and ``customer.full_name()`` are the customer's.
    """
    try:
        node = cst.parse_expression(text)
    except cst.ParserSyntaxError:
        return None
    if "#" in text or "\n" in text or "\r" in text:
        return None
    as_text = False
    while True:
        if isinstance(node, cst.Call) and _renders(node):
            node, as_text = node.args[0].value, True
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
            if node.func.attr.value in _METHODS and isinstance(node.func.value, (cst.Attribute, cst.Call)):
                node = node.func.value
            elif not node.args:
                node = node.func
            else:
                return None
        else:
            break
    if isinstance(node, cst.Attribute):
        return Owner(_code(node.value), False, as_text) if _is_chain(node.value) else None
    return Owner(_code(node), True, as_text) if isinstance(node, cst.Name) else None


def _renders(node: cst.Call) -> bool:
    return isinstance(node.func, cst.Name) and node.func.value in _RENDERING and len(node.args) == 1


def _is_chain(node: cst.BaseExpression) -> bool:
    while isinstance(node, cst.Attribute):
        node = node.value
    return isinstance(node, cst.Name)


def _code(node: cst.BaseExpression) -> str:
    return cst.Module(()).code_for_node(node)
