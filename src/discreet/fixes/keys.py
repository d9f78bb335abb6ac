"""Keys: for the values of messages, what names the object they belong to, and can be shown in their place.

``customer.email`` becomes ``customer.pk``. What ``customer`` is, the analysis is asked: it looks at a file in which the
value is ``ask(customer)``, at just the place of the value, and so knows of it all that is known there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import libcst as cst

from discreet.fixes.draft import contents, drafts
from discreet.fixes.edits import Piece, replaced
from discreet.fixes.presence import is_there
from discreet.fixes.probing import Personal
from discreet.fixes.program import Program
from discreet.fixes.proof import tree_of
from discreet.fixes.quiet import is_quiet
from discreet.fixes.refusal import Refused
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


class Key(NamedTuple):
    """What names an object (``customer.pk``), and how it is written where the value stood (``str(customer.pk)``)."""

    name: str
    shown: str

    @property
    def attribute(self) -> str:
        """Which attribute of the object it is."""
        return self.name.rpartition(".")[2]


Keys = Mapping[tuple[str, Slot], Key]
"""What can be shown in the place of the value of a slot, by the slot's file."""


def keys_of(
    values: Iterable[tuple[str, Personal]], program: Program, sources: Mapping[str, Source]
) -> dict[tuple[str, Slot], Key]:
    """What can be shown in the place of some values.

    Args:
        values: Which ones, with the paths of their files.
        program: The analysis.
        sources: The files.
    """
    owners: dict[tuple[str, Slot], Owner] = {}
    pieces: dict[str, list[Piece]] = {}
    for path, personal in values:
        slot = personal.slot
        if slot.takes == "same" or slot.refused:
            continue
        owner = owner_of(sources[path].text[slot.start : slot.end], is_object=_is_object(personal))
        if owner is not None:
            owners[path, slot] = owner
            pieces.setdefault(path, []).append(replaced(slot.start, slot.end, f"{ASK}({owner.text})"))
    if not owners:
        return {}
    made = drafts(sources, pieces)
    known = program.named(contents(made), ASK)
    trees: dict[str, ast.Module] = {}
    found = {}
    for (path, slot), owner in owners.items():
        named = known.get((path, *made[path].place(slot.start)))
        if named is None or not named.key:
            continue
        if owner.whole and not named.is_there and not _is_there(sources[path], slot, owner, trees):
            continue
        name = f"{owner.text}.{named.key}"
        found[path, slot] = Key(name, f"str({name})" if slot.takes == "text" or owner.as_text else name)
    return found


def _is_object(personal: Personal) -> bool:
    """Whether a value is an object, and not one that belongs to an object."""
    return personal.whole == "object" or "person" in personal.categories


def _is_there(source: Source, slot: Slot, owner: Owner, trees: dict[str, ast.Module]) -> bool:
    """Whether the function around says that there is such an object. Trees that were made for others are used again."""
    try:
        if source.path not in trees:
            trees[source.path] = tree_of(source.text)
        line, _ = place_in(source.text, slot.start)
        return owner.text.isidentifier() and is_there(trees[source.path], line, owner.text)
    except (Refused, RecursionError):
        return False


def owner_of(text: str, *, is_object: bool) -> Owner | None:
    """The object that the value of an expression belongs to, or is; ``None`` where none is written there.

    ``str(customer.email)``, ``customer.email.lower()`` and ``customer.get_name()`` are the customer's.
    """
    try:
        node = cst.parse_expression(text)
    except cst.ParserSyntaxError:
        return None
    if "#" in text or "\n" in text or "\r" in text or not is_quiet(node):
        return None
    as_text = False
    while isinstance(node, cst.Call):
        if _renders(node):
            node, as_text = node.args[0].value, True
        elif not is_object and isinstance(node.func, cst.Attribute):
            of_text = node.func.attr.value in _METHODS and isinstance(node.func.value, (cst.Attribute, cst.Call))
            if not of_text and node.args:
                return None
            node = node.func.value if of_text else node.func
        else:
            return None
    if not _is_chain(node):
        return None
    if is_object:
        return Owner(_code(node), True, as_text)
    return Owner(_code(node.value), False, as_text) if isinstance(node, cst.Attribute) else None


def _renders(node: cst.Call) -> bool:
    return isinstance(node.func, cst.Name) and node.func.value in _RENDERING and len(node.args) == 1


def _is_chain(node: cst.BaseExpression) -> bool:
    while isinstance(node, cst.Attribute):
        node = node.value
    return isinstance(node, cst.Name)


def _code(node: cst.BaseExpression) -> str:
    return cst.Module(()).code_for_node(node)
