"""What a dotted name stands for in the libraries, by reading them the way Python would look it up."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reality.modules import Module, Node, Shelf, bound_by

DEEPEST = 24
_PROPERTIES = ("property", "cached_property", "classproperty", "hybrid_property", "lazyproperty", "reify")


class Found(NamedTuple):
    """Something that is there. ``owner`` is the class that a function was found in; ``instance`` tells an object of a
    class from the class.
    """

    kind: str  # "module", "class", "function", "value"
    module: Module
    nodes: tuple[Node, ...] = ()
    owner: ast.ClassDef | None = None
    instance: bool = False


class Missing(NamedTuple):
    """Nothing of that name is there."""

    why: str


class Unknown(NamedTuple):
    """Reading does not tell."""

    why: str


Answer = Found | Missing | Unknown


class Names:
    """Looks names up.

    Args:
        shelf: where the modules lie.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._known: dict[str, Answer] = {}
        self._deep = 0

    def find(self, dotted: str) -> Answer:
        """What a dotted name stands for."""
        if dotted not in self._known:
            self._known[dotted] = Unknown("a circle of imports")
            self._known[dotted] = self._find(dotted)
        return self._known[dotted]

    def find_loosely(self, dotted: str) -> Answer:
        """The same; a name that a library has moved is found by its first part and its last."""
        exact = self.find(dotted)
        if not isinstance(exact, Missing):
            return exact
        first, last = dotted.partition(".")[0], dotted.rpartition(".")[2]
        return self._defined_below(first, last) or exact

    def attribute(self, thing: Answer, name: str) -> Answer:
        """What an attribute of something is."""
        if not isinstance(thing, Found):
            return thing
        if self._deep > DEEPEST:
            return Unknown("too deep")
        self._deep += 1
        try:
            if thing.kind == "module":
                return self._of_module(thing.module, name)
            if thing.kind == "class":
                return self._of_class(thing, name)
            return self.attribute(self.value_of(thing), name)
        finally:
            self._deep -= 1

    def value_of(self, thing: Found) -> Answer:
        """The class whose instance a value, or what a function gives, is."""
        why: Answer = Unknown("what it holds is known only when it runs")
        for node in reversed(thing.nodes):
            given = self._value(thing.module, node)
            if isinstance(given, Found):
                return given
        return why

    def ancestors(self, cls: Found) -> Iterator[Answer]:
        """The bases of a class."""
        for node in cls.nodes:
            for base in node.bases if isinstance(node, ast.ClassDef) else ():
                yield self.expression(cls.module, base.value if isinstance(base, ast.Subscript) else base)

    # -- names --------------------------------------------------------------------------------------------------------

    def _find(self, dotted: str) -> Answer:
        """Attribute by attribute; what that doesn't tell, as a module of that name may."""
        parts = dotted.split(".")
        first = self.shelf.module(parts[0])
        if first is None:
            binary = self.shelf.is_binary(parts[0])
            return Unknown("machine code without stubs") if binary else Missing("no such library here")
        answer = self._walk(Found("module", first), parts[1:], parts[0])
        for length in range(len(parts), 1, -1) if not isinstance(answer, Found) else ():
            module = self.shelf.module(".".join(parts[:length]))
            if module is not None:
                found = self._walk(Found("module", module), parts[length:], module.name)
                return found if not isinstance(found, Missing) else answer
        return answer

    def _walk(self, thing: Answer, steps: Sequence[str], name: str) -> Answer:
        for step in steps:
            name = f"{name}.{step}"
            found = self.attribute(thing, step)
            if isinstance(found, Missing) and self.shelf.is_binary(name):
                return Unknown("machine code without stubs")
            thing = found
        return thing

    def _of_module(self, module: Module, name: str) -> Answer:
        nodes = module.bound.get(name, ())
        if nodes:
            last = getattr(nodes[-1], "lineno", 0)
            for star in (each for each in module.stars if each.lineno > last):  # generated clients are patched so
                found = self.find(f"{module.absolute(star.level, star.module)}.{name}")
                if isinstance(found, Found):
                    return found
            found = self._of_nodes(module, nodes, name)
            if not isinstance(found, Missing):
                return found
        below = self.shelf.module(f"{module.name}.{name}")
        if below is not None:
            return Found("module", below)
        for star in module.stars:
            found = self.find(f"{module.absolute(star.level, star.module)}.{name}")
            if isinstance(found, Found) and not name.startswith("_"):
                return found
        if name in module.words and "__getattr__" in module.bound:
            return self._lazily(module, name)
        if module.is_dynamic and module.says(name):
            return Unknown(f"{module.name} makes names when it runs")
        return Missing(f"{module.name} has no {name}")

    def _lazily(self, module: Module, name: str) -> Answer:
        """A name that a module's ``__getattr__`` imports from a module below."""
        return self._defined_below(module.name, name) or Found("value", module)

    def _defined_below(self, package: str, name: str) -> Answer | None:
        """The first definition of a name in a package."""
        for module in self.shelf.below(package):
            nodes = module.bound.get(name, ()) if module.says(name) else ()  # most files need not be parsed
            defined = [each for each in nodes if isinstance(each, _DEFINITIONS)]
            if defined:
                return self._of_nodes(module, defined, name)
        return None

    def _of_nodes(self, module: Module, nodes: Sequence[Node], name: str | None) -> Answer:
        """What the nodes that bind one name make of it; the last word is the likeliest."""
        answer: Answer = Missing("nothing binds it")
        for node in reversed(nodes):
            if isinstance(node, ast.ClassDef):
                return Found("class", module, (node,))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                same = tuple(each for each in nodes if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
                return Found("function", module, same)
            if isinstance(node, ast.Import | ast.ImportFrom):
                found = self._imported(module, node, name or "")
            else:
                found = self._aliased(module, node) or Found("value", module, tuple(nodes))
            if isinstance(found, Found):
                return found
            answer = found
        return answer

    def _imported(self, module: Module, node: ast.Import | ast.ImportFrom, name: str) -> Answer:
        for each in node.names:
            if isinstance(node, ast.ImportFrom) and name == (each.asname or each.name):
                return self.find(f"{module.absolute(node.level, node.module)}.{each.name}")
            if isinstance(node, ast.Import) and name == (each.asname or each.name.partition(".")[0]):
                return self.find(each.name if each.asname else name)
        return Missing("not imported")

    def _aliased(self, module: Module, node: Node) -> Found | None:
        """``info = root.info``: a name for something that has another."""
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Name | ast.Attribute):
            found = self.expression(module, node.value)
            return found if isinstance(found, Found) else None
        return None

    # -- classes ------------------------------------------------------------------------------------------------------

    def _of_class(self, cls: Found, name: str) -> Answer:
        unknown: Unknown | None = None
        for node in cls.nodes:
            if not isinstance(node, ast.ClassDef):
                continue
            nodes = bound_by(node.body).get(name)
            stored = [] if nodes else _stored(node, name)
            if stored:
                return Found("value", cls.module, tuple(stored))
            nodes = nodes or cls.module.put_into(node.name, name)  # either way, a function is handed the object first
            if nodes:
                found = self._of_nodes(cls.module, nodes, name)
                return found._replace(owner=node) if isinstance(found, Found) and found.owner is None else found
            if "__getattr__" in bound_by(node.body):
                unknown = Unknown(f"{node.name} has a __getattr__")
        for base in self.ancestors(cls):
            found = self.attribute(base, name)
            if isinstance(found, Found):
                return found
            if isinstance(base, Unknown) or (isinstance(found, Unknown) and unknown is None):
                unknown = unknown or Unknown(_base(found.why))
            elif isinstance(base, Missing):
                unknown = unknown or Unknown(f"a base class is not here: {base.why}")
        named = cls.nodes[0].name if cls.nodes and isinstance(cls.nodes[0], ast.ClassDef) else "class"
        return unknown or Missing(f"{named} has no {name}")

    # -- values -------------------------------------------------------------------------------------------------------

    def _value(self, module: Module, node: Node) -> Answer:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return self.annotated(module, node.returns)
        if isinstance(node, ast.AnnAssign):
            return self.annotated(module, node.annotation)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made = self.expression(module, node.value.func)
            if isinstance(made, Found):
                return made._replace(instance=True) if made.kind == "class" else self.value_of(made)
            return made
        if isinstance(node, ast.Assign):
            return self.expression(module, node.value)
        return Unknown("what it holds is known only when it runs")

    def annotated(self, module: Module, annotation: ast.expr | None) -> Answer:
        """The class that an annotation means: the first of a union."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return Unknown("an annotation that is no expression")
        if isinstance(annotation, ast.Subscript):
            head = ast.unparse(annotation.value).rpartition(".")[2]
            inner = annotation.slice.elts[0] if isinstance(annotation.slice, ast.Tuple) else annotation.slice
            transparent = head in ("Optional", "Union", "ClassVar", "Final", "Annotated", "type", "Type", "Awaitable")
            return self.annotated(module, inner if transparent else annotation.value)
        if isinstance(annotation, ast.BinOp):
            left = self.annotated(module, annotation.left)
            return left if isinstance(left, Found) else self.annotated(module, annotation.right)
        if annotation is None:
            return Unknown("it is not annotated")
        found = self.expression(module, annotation)
        return found._replace(instance=True) if isinstance(found, Found) else found

    def expression(self, module: Module, node: ast.expr) -> Answer:
        """What a name or an attribute in a module stands for."""
        if isinstance(node, ast.Attribute):
            return self.attribute(self.expression(module, node.value), node.attr)
        if isinstance(node, ast.Subscript):
            return self.expression(module, node.value)
        if isinstance(node, ast.Call):
            made = self.expression(module, node.func)
            return self.value_of(made) if isinstance(made, Found) and made.kind == "function" else made
        if not isinstance(node, ast.Name):
            return Unknown("an expression")
        if node.id in module.bound or module.stars:
            found = self.find(f"{module.name}.{node.id}")
            if not isinstance(found, Missing):
                return found
        return self.find(f"builtins.{node.id}") if module.name != "builtins" else Missing(f"no {node.id}")


_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _base(why: str) -> str:
    """Why a class can't be read whose base can't be."""
    before = "a base class can't be read: "
    return why if why.startswith(before) else before + why


def is_property(function: Node) -> bool:
    """Whether a method is read like an attribute."""
    marks = getattr(function, "decorator_list", ())
    return any(ast.unparse(each).partition("(")[0].rpartition(".")[2] in _PROPERTIES for each in marks)


def _stored(cls: ast.ClassDef, name: str) -> list[Node]:
    """Where the methods of a class store an attribute, and the slots that name it."""
    found: list[Node] = []
    for node in ast.walk(cls):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for each in targets for part in ast.walk(each)]
            if any(isinstance(each, ast.Attribute) and each.attr == name for each in parts):
                found.append(node)
    return found
