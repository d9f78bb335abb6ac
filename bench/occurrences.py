"""The names that a program uses, each with what stands around it: what the figures about names are taken from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.surroundings import LOOK_UPS, Chains, chain, fields_of, made_of, read_in

MODEL_BASES = ("Model", "Form", "Serializer", "Schema", "Document", "TypedDict", "DoctypeMixin", "Base", "Table")
LONGEST = 40


@dataclass(frozen=True, order=True)
class Occurrence:
    """One use of a name.

    ``kind`` is what it names: a ``variable``, ``parameter``, ``attribute``, ``field`` (of a class), ``key`` (of a
    subscript or of ``.get``) or ``keyword`` (of a call). ``context`` is the last name to its left: of the object whose
    attribute or key it is, of the call whose keyword it is, else of the function or class around it; ``self`` is the
    class. ``model`` says whether that class declares records, by the end of a base's name; ``called``, whether an
    attribute was a method where it was first seen.

    What no draw has, and the engine sees: ``beside`` are the names that stand in a row with it (the parameters of the
    same function, which a variable has beside it as well, the fields of the same class, what else is read of the same
    thing, the keywords of the same call), and ``made_of`` are the names that led to the value which a variable or a
    keyword is given: none of a literal, ``None`` where nobody can say.
    """

    name: str
    kind: str
    context: str
    model: bool = False
    called: bool = field(default=False, compare=False)
    beside: tuple[str, ...] = field(default=(), compare=False)
    made_of: Chains | None = field(default=None, compare=False)


def occurrences(source: str) -> list[Occurrence]:
    """All names in one file, in the order they stand there; none of a file that can't be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    walk = _Walk()
    try:
        walk.visit(tree)
    except RecursionError:
        return []
    return [each for each in walk.found if 2 <= len(each.name) <= LONGEST and each.name.isprintable()]


class _Walk(ast.NodeVisitor):
    """Goes through a tree and knows which classes and functions it is in."""

    def __init__(self) -> None:
        self.found: list[Occurrence] = []
        self.around: list[str] = []
        self.classes: list[tuple[str, bool]] = []
        self.in_class = False
        self.called: set[ast.expr] = set()
        self.fields: list[tuple[str, ...]] = []
        self.row: tuple[str, ...] = ()
        self.read: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.given: dict[ast.Name, Chains | None] = {}

    def say(self, name: str, kind: str, context: str, beside: Iterable[str] = (), **more: Any) -> None:
        self.found.append(Occurrence(name, kind, context, beside=tuple(beside), **more))

    def visit_Module(self, node: ast.Module) -> None:
        self.read = read_in(node)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        model = any(last_name(base).endswith(MODEL_BASES) for base in node.bases)
        self.classes.append((node.name, model))
        self.fields.append((*fields_of(node), node.name))
        self.around.append(node.name)
        before, self.in_class = self.in_class, True
        self.generic_visit(node)
        self.in_class = before
        self.around.pop()
        self.fields.pop()
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        arguments = node.args
        names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        before = self.in_class, self.row, self.read
        self.row = (*names, *(name for name, _ in self.classes[-1:]))
        for name in names:
            if name not in ("self", "cls"):
                self.say(name, "parameter", node.name, self.row)
        self.around.append(node.name)
        self.in_class, self.read = False, read_in(node)
        self.generic_visit(node)
        self.in_class, self.row, self.read = before
        self.around.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            whole = isinstance(target, ast.Name)
            for each in [target] if whole else getattr(target, "elts", ()):
                if isinstance(each, ast.Name):
                    self.given[each] = made_of(node.value)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            if self.in_class:
                name, model = self.classes[-1]
                self.say(node.id, "field", name, self.fields[-1], model=model)
            else:
                context = self.around[-1] if self.around else ""
                self.say(node.id, "variable", context, self.row, made_of=self.given.get(node))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        left, beside = last_name(node.value), self.beside(node.value)
        if left in ("self", "cls") and self.classes:
            left, beside = self.classes[-1][0], self.fields[-1]
        self.say(node.attr, "attribute", left, beside, called=node in self.called)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.key(node.slice, node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.called.add(node.func)
        if isinstance(node.func, ast.Attribute) and node.func.attr in LOOK_UPS and node.args:
            self.key(node.args[0], node.func.value)
        names = [each.arg for each in node.keywords if each.arg]
        for each in node.keywords:
            if each.arg:
                self.say(each.arg, "keyword", last_name(node.func), names, made_of=made_of(each.value))
        self.generic_visit(node)

    def key(self, key: ast.expr, holder: ast.expr) -> None:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            self.say(key.value, "key", last_name(holder), self.beside(holder))

    def beside(self, holder: ast.expr) -> tuple[str, ...]:
        """What else is read of a thing by the function around."""
        return self.read.get(chain(holder), ())


def last_name(node: ast.expr) -> str:
    """``c`` of ``a.b.c``, ``a.c()`` and ``c[0]``; nothing of an expression without a name at its end."""
    while True:
        if isinstance(node, ast.Attribute):
            return node.attr
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, (ast.Subscript, ast.Await, ast.Starred)):
            node = node.value
        else:
            return ""


def of_files(sources: Iterator[str]) -> list[Occurrence]:
    """The distinct occurrences of many files, sorted."""
    found: set[Occurrence] = set()
    for source in sources:
        found.update(occurrences(source))
    return sorted(found)
