"""Types whose generated text shows personal data: the fields are kept out of it, one by one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst

from discreet.catalogue.categories import credentials
from discreet.fixes.arguments import in_place_of, keyword_of, one_more
from discreet.fixes.choices import Choice, File
from discreet.fixes.edits import Change, Piece, replaced
from discreet.fixes.imports import Called
from discreet.fixes.kinds import Kind, dotted, imported, kind_of
from discreet.fixes.parsed import Parsed
from discreet.fixes.proof import tree_of
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import correction
from discreet.rules.finding import Finding

SHOWN = "its text becomes another, and so do messages and tests that show it"
HELD = "whoever reads the field has to ask for its secret"
HIDDEN = "repr=False"
_NO_FIELDS = ("ClassVar", "InitVar")
_SECRETS = ("SecretStr", "pydantic.SecretStr")


class Field(NamedTuple):
    """A field as its class's body has it."""

    name: str
    statement: cst.AnnAssign | cst.Assign
    annotation: cst.BaseExpression | None
    value: cst.BaseExpression | None


@correction("repr")
def hidden_fields(finding: Finding, file: File) -> list[Choice]:
    """For each field of a class the edit that keeps it out of the class's text."""
    assert finding.sink is not None
    node = file.parsed.class_at(finding.line, finding.sink.callable.rpartition(".")[2])
    if node is None:
        raise Refused("the class does not stand at its place")
    tree = tree_of(file.parsed.source.text)
    own = _as_ast(tree, node, file.parsed)
    kind = kind_of(file.program, finding.path, own)
    start = file.parsed.range(node).start
    hider = _Hider(file.parsed, kind, imported(tree, file.program.at(finding.path)))
    fields = list(_fields(node))
    secret = next((each.annotation for each in fields if _is_secret(each, file.parsed)), None)
    called = file.naming.of(kind.function, start, dotted=True)
    choices = [hider.held(each, secret) for each in fields if secret is not None and hider.can_be_held(each)]
    return [*choices, *(hider.hidden(each, called) for each in fields)]


def _as_ast(tree: ast.Module, node: cst.ClassDef, parsed: Parsed) -> ast.ClassDef:
    line, _ = parsed.lines(node.name)
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef) and (each.lineno, each.name) == (line, node.name.value):
            return each
    raise Refused("the class does not stand at its place")


def _fields(node: cst.ClassDef) -> Iterator[Field]:
    """The annotated fields of a class, and those that a call makes."""
    for line in node.body.body:
        for each in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(each, cst.AnnAssign) and isinstance(each.target, cst.Name):
                yield Field(each.target.value, each, each.annotation.annotation, each.value)
            elif isinstance(each, cst.Assign) and len(each.targets) == 1:
                target = each.targets[0].target
                if isinstance(target, cst.Name) and isinstance(each.value, cst.Call):
                    yield Field(target.value, each, None, each.value)


def _is_secret(field: Field, parsed: Parsed) -> bool:
    return field.annotation is not None and parsed.text(field.annotation) in _SECRETS


class _Hider:
    """Keeps fields out of the text of one class."""

    def __init__(self, parsed: Parsed, kind: Kind, names: dict[str, str]) -> None:
        self._parsed = parsed
        self._kind = kind
        self._names = names

    def hidden(self, field: Field, called: Called) -> Choice:
        """A field with ``repr=False``."""
        choice = Choice((), f"Keep {{}} out of the text with {called.name}({HIDDEN})", SHOWN, of=field.name)
        try:
            if isinstance(field.value, cst.Call):
                return choice._replace(pieces=(self._of_made(field.value),))
            if self._kind.only_made or self._is_no_field(field):
                raise Refused("it is no field")
        except Refused as error:
            return choice._replace(refused=error.reason)
        return choice._replace(pieces=(self._made(field, called.name),), called=(called,))

    def can_be_held(self, field: Field) -> bool:
        """Whether a field is a text that nothing is said of but that."""
        is_text = isinstance(field.annotation, cst.Name) and field.annotation.value == "str"
        return is_text and field.value is None and self._kind.function.name == "Field"

    def held(self, field: Field, secret: cst.BaseExpression) -> Choice:
        """A credential in the type that the class holds its other credentials in."""
        assert field.annotation is not None
        name = self._parsed.text(secret)
        piece = replaced(*self._parsed.range(field.annotation), name)
        return Choice((piece,), f"Hold {{}} in {name}", HELD, of=field.name, only=credentials())

    def _of_made(self, call: cst.Call) -> Piece:
        """A call that makes a field, told not to show it."""
        if dotted(_as_expression(self._parsed, call), self._names) not in self._kind.names:
            raise Refused("its default is made by a call")
        if any(arg.star for arg in call.args):
            raise Refused("what it is made with is not in sight")
        shown = keyword_of(call, "repr")
        if shown is None:
            return one_more(self._parsed, call, HIDDEN)
        return in_place_of(self._parsed, shown.value, "False")

    def _made(self, field: Field, name: str) -> Piece:
        """A field without a call, made by one."""
        if field.value is None:
            start, end = self._parsed.range(field.statement)
            return Piece(start, end, "statement", (Change(end, end, f" = {name}({HIDDEN})"),))
        start, end = self._parsed.range(field.value)
        before, after = Change(start, start, f"{name}(default="), Change(end, end, f", {HIDDEN})")
        return Piece(start, end, "value", (before, after))

    def _is_no_field(self, field: Field) -> bool:
        """Whether an attribute is the class's, only an argument, or a model's private one."""
        if field.name.startswith("_") and self._kind.function.name == "Field":
            return True
        said = self._parsed.text(field.annotation).partition("[")[0] if field.annotation is not None else ""
        return said.rpartition(".")[2] in _NO_FIELDS


def _as_expression(parsed: Parsed, call: cst.Call) -> ast.expr:
    return ast.parse(parsed.text(call.func), mode="eval").body
