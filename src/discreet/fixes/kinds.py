"""What makes the text of a class: a decorator of it, or a class that it derives from, in whichever file that stands.

Told from the text of the modules, as the circles of imports are: nothing is imported.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from discreet.fixes.cycles import absolute, tree_in
from discreet.fixes.program import Module, Program
from discreet.fixes.redactors import Redactor
from discreet.fixes.refusal import Refused

DEEPEST = 20
"""So many classes and imports are followed one after the other."""


class Kind(NamedTuple):
    """How the fields of a class are kept out of its text: by a function, under the names it goes by, with
    ``repr=False``. ``only_made`` says that without a call of it an attribute is no field.
    """

    function: Redactor
    names: tuple[str, ...]
    only_made: bool = False


_OF_ATTRS = ("attr.ib", "attr.attrib", "attr.field", "attrs.field")
_DATACLASS = Kind(Redactor("dataclasses", "field"), ("dataclasses.field",))
_ATTR = Kind(Redactor("attr", "ib"), _OF_ATTRS)
_ATTRS = Kind(Redactor("attrs", "field"), _OF_ATTRS)
_OLD_ATTRS = Kind(Redactor("attr", "field"), _OF_ATTRS)
_PYDANTIC = Kind(Redactor("pydantic", "Field"), ("pydantic.Field", "pydantic.fields.Field"))
_SQLMODEL = Kind(Redactor("sqlmodel", "Field"), ("sqlmodel.Field", "sqlmodel.main.Field"))

DECORATORS = {
    "dataclasses.dataclass": _DATACLASS,
    "pydantic.dataclasses.dataclass": _DATACLASS,
    "attr.dataclass": _ATTR,
    **dict.fromkeys(("attr.s", "attr.attrs"), _ATTR),
    **dict.fromkeys(("attr.define", "attr.mutable", "attr.frozen"), _OLD_ATTRS),
    **dict.fromkeys(("attrs.define", "attrs.mutable", "attrs.frozen"), _ATTRS),
}
BASES = {
    **dict.fromkeys(
        (
            "pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic.generics.GenericModel", "pydantic.BaseSettings",
            "pydantic_settings.BaseSettings", "beanie.Document", "ninja.Schema", "ninja.ModelSchema",
            "fastapi_users.schemas.BaseUser", "fastapi_users.schemas.BaseUserCreate",
            "fastapi_users.schemas.BaseUserUpdate",
        ),
        _PYDANTIC,
    ),
    "sqlmodel.SQLModel": _SQLMODEL,
}  # fmt: skip
WHOLE = {
    "typing.NamedTuple": "a NamedTuple shows all its fields",
    "collections.namedtuple": "a namedtuple shows all its fields",
    "msgspec.Struct": "a Struct of msgspec shows all its fields",
}


def kind_of(program: Program, path: str, node: ast.ClassDef) -> Kind:
    """What makes the text of a class.

    Args:
        program: What is around it.
        path: The file it stands in.
        node: The class.

    Raises:
        Refused: nobody knows, or it shows everything.
    """
    waiting: list[tuple[Module, str, ast.ClassDef | None]] = [(program.at(path), "", node)]
    for _ in range(DEEPEST):
        if not waiting:
            break
        module, name, each = waiting.pop(0)
        tree = tree_in(program, module)
        if tree is None:
            continue
        names = imported(tree, module)
        each = each or _class(tree, name)
        if each is None:
            waiting.extend(_followed(program, module, names.get(name, "")))
            continue
        for decorator in each.decorator_list:
            known = DECORATORS.get(dotted(decorator, names))
            if known is not None:
                return known._replace(only_made=known is _ATTR and not _is_auto(decorator))
        for base in each.bases:
            said = dotted(base, names)
            if said in WHOLE:
                raise Refused(WHOLE[said])
            if said in BASES:
                return BASES[said]
            waiting.extend(_followed(program, module, said))
    raise Refused("it is not in sight what makes its text")


def imported(tree: ast.Module, module: Module) -> dict[str, str]:
    """What the names that a module imports at its top stand for, dotted."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            found.update({alias.asname or alias.name: f"{absolute(node, module)}.{alias.name}" for alias in node.names})
    return found


def dotted(node: ast.expr, names: dict[str, str]) -> str:
    """What a name, an attribute, a call or a subscript of one stands for; a name of the module itself as it is."""
    parts: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return ""
    return ".".join((names.get(node.id, node.id), *reversed(parts)))


def _followed(program: Program, module: Module, name: str) -> list[tuple[Module, str, ast.ClassDef | None]]:
    """Where a dotted name leads, if that is a module of the program."""
    home, _, last = name.rpartition(".")
    target = program.called(home) if home else module
    return [(target, last, None)] if target is not None and last else []


def _class(tree: ast.Module, name: str) -> ast.ClassDef | None:
    return next((each for each in tree.body if isinstance(each, ast.ClassDef) and each.name == name), None)


def _is_auto(decorator: ast.expr) -> bool:
    """Whether ``attr.s`` makes fields of annotated attributes."""
    said = {each.arg: each.value for each in decorator.keywords} if isinstance(decorator, ast.Call) else {}
    auto = said.get("auto_attribs")
    return isinstance(auto, ast.Constant) and auto.value is True
