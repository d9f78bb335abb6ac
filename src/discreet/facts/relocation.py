"""Relocation: facts in which absolute imports mean other modules than their names say.

Which ``config`` an ``import config`` means depends on where the program is started. Where several files of a
repository could be meant, linking decides (:mod:`discreet.flow.roots`) and the importing module's facts are rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import msgspec

from discreet.facts.model import Function, ModuleFacts, Part, Type, Value

Renaming = Callable[[str], str]

_STILL: Final = frozenset({"Span", "Hop", "Note", "Written", "Cell", "Constant", "Path"})
"""What holds no name of a module, among what a field of facts may be annotated with."""
_DECIDED: Final = frozenset("?+-")
"""How a step begins that may hold a name."""


def relocated(facts: ModuleFacts, mover: Renaming) -> ModuleFacts:
    """The facts with the true name, which ``mover`` tells, for every name of a module or of something in one."""
    moved: ModuleFacts = _moved(facts, mover)
    return msgspec.structs.replace(moved, stars=tuple(mover(star) for star in facts.stars))


def relocated_function(function: Function, mover: Renaming) -> Function:
    """The same of a single function."""
    moved: Function = _moved(function, mover)
    return moved


def _moved(value: Any, mover: Renaming) -> Any:
    """A struct with true names; itself, where there is none in it that is another."""
    kind = type(value)
    fields = _known.get(kind)
    if fields is None:
        fields = _known[kind] = _fields(kind)
    changes = {}
    for field, move in fields:
        before = getattr(value, field)
        if before:
            after = move(before, mover)
            if after is not before:
                changes[field] = after
    return msgspec.structs.replace(value, **changes) if changes else value


def _moved_all(values: tuple[Any, ...], mover: Renaming, move: Callable[[Any, Renaming], Any]) -> tuple[Any, ...]:
    """A tuple with true names; itself, where there is none in it that is another."""
    changed: list[Any] | None = None
    for index, before in enumerate(values):
        after = move(before, mover)
        if after is not before:
            if changed is None:
                changed = list(values)
            changed[index] = after
    return values if changed is None else tuple(changed)


def _moved_structs(values: tuple[Any, ...], mover: Renaming) -> tuple[Any, ...]:
    return _moved_all(values, mover, _moved)


def _moved_value(value: Value, mover: Renaming) -> Value:
    return _moved_all(value, mover, _moved_part)


def _moved_values(values: tuple[Value, ...], mover: Renaming) -> tuple[Value, ...]:
    return _moved_all(values, mover, _moved_value)


def _moved_types(types: tuple[Type, ...], mover: Renaming) -> tuple[Type, ...]:
    return _moved_all(types, mover, _moved_type)


def _moved_table(table: dict[str, Value], mover: Renaming) -> dict[str, Value]:
    return {key: _moved_value(each, mover) for key, each in table.items()}


def _moved_type(kind: Type, mover: Renaming) -> Type:
    if not kind.names and not kind.args:
        return kind
    names = tuple([mover(name) for name in kind.names])
    args = _moved_types(kind.args, mover)
    return kind if names == kind.names and args is kind.args else Type(names, args, kind.marks)


def _moved_part(part: Part, mover: Renaming) -> Part:
    root, access = part.root, part.access
    if root[1:2] == ":" and root[0] in "gis":
        root = f"{root[:2]}{mover(root[2:])}"
    for step in access:
        if step[0] in _DECIDED:
            access = tuple([_moved_step(each, mover) if each[0] in _DECIDED else each for each in access])
            break
    if root == part.root and access == part.access:
        return part
    return msgspec.structs.replace(part, root=root, access=access)


_MOVES: Final[dict[str, Callable[[Any, Renaming], Any]]] = {
    "Part": _moved_part, "Value": _moved_value, "tuple[Value, ...]": _moved_values, "dict[str, Value]": _moved_table,
    "Type": _moved_type, "tuple[Type, ...]": _moved_types,
}  # fmt: skip
"""How what a field is annotated with gets its true names; what isn't here is a tuple of structs."""
_known: Final[dict[type[msgspec.Struct], tuple[tuple[str, Callable[[Any, Renaming], Any]], ...]]] = {}


def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, Callable[[Any, Renaming], Any]], ...]:
    """The fields of a kind of facts in which there may be a name of a module, those that may hold further facts, and
    how they get true ones.
    """
    annotations = kind.__annotations__.items()
    return tuple(
        (name, _MOVES.get(each, _moved_structs))
        for name, each in annotations
        if not _STILL.issuperset(re.findall(r"\b[A-Z]\w*", each))
    )


def _moved_step(step: str, mover: Renaming) -> str:
    """A step that a global decides about (:mod:`discreet.facts.keys`), or that names classes
    (:mod:`discreet.facts.narrowing`).
    """
    if step[0] in "+-":
        return step if step[1:2] in ("", ".") else step[0] + "|".join(map(mover, step[1:].split("|")))
    if step[2:4] != "g:":
        return step
    dotted, divider, rest = step[4:].partition("|")
    return f"{step[:4]}{mover(dotted)}{divider}{rest}"
