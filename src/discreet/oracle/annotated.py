"""What a library's annotations say. astroid infers from values and leaves annotations alone, but typed libraries say
themselves what a factory gives, and often nothing else tells it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from astroid import nodes  # type: ignore[import-untyped]
from astroid.exceptions import AstroidError  # type: ignore[import-untyped]

from discreet.oracle.building import Library

MAX_DEPTH = 8
ALTERNATIVES = frozenset({"Optional", "Union"})
WRAPPERS = frozenset({"Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly"})
AWAITED = frozenset({"Awaitable", "Coroutine"})
CONTEXTS = frozenset({
    "ContextManager", "AbstractContextManager", "AsyncContextManager", "AbstractAsyncContextManager",
    "_GeneratorContextManager", "_AsyncGeneratorContextManager"
})  # fmt: skip
YIELDED = frozenset({"Iterator", "Iterable", "Generator", "AsyncIterator", "AsyncIterable", "AsyncGenerator"})
BINDERS = ("contextmanager", "asynccontextmanager", "_agnosticcontextmanager")
PROPERTIES = ("property", "cached_property", "cached", "reify", "lazyproperty")


class Annotated:
    """Reads annotations as classes and instances."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def result(self, function: Any, owner: Any) -> Iterator[Any]:
        """What a function is annotated to give, its overloads included."""
        scope = function.parent.frame() if function.parent is not None else None
        same = scope.locals.get(function.name, ()) if isinstance(scope, (nodes.Module, nodes.ClassDef)) else ()
        overloads = [
            e for e in same if isinstance(e, nodes.FunctionDef) and e is not function and _decorated(e, "overload")
        ]
        for each in (function, *overloads):
            if each.returns is not None:
                yield from self._result_of(each, owner)

    def _result_of(self, function: Any, owner: Any) -> Iterator[Any]:
        said = _expression(function.returns)
        arguments = function.args.posonlyargs + (function.args.args or [])
        own = function.args.annotations[0] if arguments and function.args.annotations else None
        if own is not None and owner is not None and ast.dump(_expression(own)) == ast.dump(said):
            yield owner.instantiate_class()  # def bind(self: T) -> T
            return
        yields = any(_decorated(function, name) for name in BINDERS)
        yield from self._read(said, function.root(), owner, yields=yields)

    def declared(self, scope: Any, name: str, depth: int = 0) -> Iterator[Any]:
        """What an annotated name of a module or a class body is declared to be, there or where it is imported from."""
        for node in scope.locals.get(name, ()):
            if isinstance(node, nodes.ImportFrom) and depth < MAX_DEPTH:
                try:
                    yield from self.declared(node.do_import_module(), node.real_name(name), depth + 1)
                except AstroidError:
                    continue
            statement = node.parent
            if isinstance(statement, nodes.AnnAssign) and statement.target is node:
                owner = scope if isinstance(scope, nodes.ClassDef) else None
                yield from self._read(_expression(statement.annotation), scope.root(), owner)

    def attribute(self, cls: Any, name: str) -> Iterator[Any]:
        """What an attribute of instances is declared to be: in the class body, at ``self.x: T``, by a parameter that is
        stored there, by a property.
        """
        for each in (cls, *_ancestors(cls)):
            yield from self.declared(each, name)
            for node in each.instance_attrs.get(name, ()):
                for annotation in _stored(node):
                    yield from self._read(_expression(annotation), each.root(), cls)
            functions = [node for node in each.locals.get(name, ()) if isinstance(node, nodes.FunctionDef)]
            for node in functions[-1:]:
                if node.returns is not None and is_property(node):
                    yield from self._result_of(node, cls)
            if functions or name in each.locals or name in each.instance_attrs:
                return

    def _read(self, said: ast.expr, module: Any, owner: Any, *, yields: bool = False, depth: int = 0) -> Iterator[Any]:
        """The instances an annotation speaks of."""
        if depth > MAX_DEPTH:
            return
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            inner = _parsed(said.value)
            if inner is not None:
                yield from self._read(inner, module, owner, yields=yields, depth=depth + 1)
        elif isinstance(said, ast.BinOp):
            for side in (said.left, said.right):
                yield from self._read(side, module, owner, yields=yields, depth=depth + 1)
        elif isinstance(said, ast.Subscript):
            yield from self._subscript(said, module, owner, yields, depth + 1)
        elif isinstance(said, (ast.Name, ast.Attribute)) and not yields:
            if ast.unparse(said).rpartition(".")[2] == "Self" and owner is not None:
                yield owner.instantiate_class()
                return
            for thing in self._named(ast.unparse(said).split("."), module):
                if isinstance(thing, nodes.ClassDef):
                    yield thing.instantiate_class()

    def _subscript(self, said: ast.Subscript, module: Any, owner: Any, yields: bool, depth: int) -> Iterator[Any]:
        last = ast.unparse(said.value).rpartition(".")[2]
        given = list(said.slice.elts) if isinstance(said.slice, ast.Tuple) else [said.slice]
        if last in ALTERNATIVES:
            for each in given:
                yield from self._read(each, module, owner, yields=yields, depth=depth)
        elif last in WRAPPERS:
            yield from self._read(given[0], module, owner, yields=yields, depth=depth)
        elif last in AWAITED:
            yield from self._read(given[-1], module, owner, depth=depth)
        elif last in CONTEXTS or (yields and last in YIELDED):
            yield from self._read(given[0], module, owner, depth=depth)
        elif last in ("type", "Type"):
            for instance in self._read(given[0], module, owner, depth=depth):
                yield getattr(instance, "_proxied", instance)
        elif not yields and isinstance(said.value, (ast.Name, ast.Attribute)):
            yield from self._read(said.value, module, owner, depth=depth)

    def _named(self, names: list[str], module: Any) -> list[Any]:
        """What a name in an annotation means, in the module it stands in."""
        try:
            found = list(module.igetattr(names[0]))
        except (AstroidError, RecursionError):
            try:
                found = list(self.library.module("builtins").igetattr(names[0]))
            except AstroidError:
                return []
        for name in names[1:]:
            try:
                found = [each for thing in found for each in thing.igetattr(name)]
            except (AstroidError, AttributeError, RecursionError):
                return []
        return found


def _stored(node: Any) -> Iterator[Any]:
    """The annotations that tell of ``self.x``: its own, or those of the parameters in ``self.x = x or Default()``."""
    statement = node.parent
    if isinstance(statement, nodes.AnnAssign):
        yield statement.annotation
    elif isinstance(statement, nodes.Assign):
        value, function = statement.value, node.frame()
        values = value.values if isinstance(value, nodes.BoolOp) else [value]
        for each in values:
            if isinstance(each, nodes.Name) and isinstance(function, nodes.FunctionDef):
                yield from _parameter(function.args, each.name)


def _parameter(arguments: Any, name: str) -> Iterator[Any]:
    for parameters, said in (
        (arguments.posonlyargs, arguments.posonlyargs_annotations),
        (arguments.args, arguments.annotations),
        (arguments.kwonlyargs, arguments.kwonlyargs_annotations),
    ):
        for parameter, annotation in zip(parameters or (), said or (), strict=False):
            if parameter.name == name and annotation is not None:
                yield annotation


def _expression(annotation: Any) -> ast.expr:
    """An annotation as a plain tree, which is easier to take apart than astroid's."""
    return _parsed(annotation.as_string()) or ast.Constant(None)


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body if len(text) < 2000 else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _decorated(function: Any, name: str) -> bool:
    names = function.decorators.nodes if function.decorators is not None else ()
    return any(each.as_string().rpartition(".")[2] == name for each in names)


def is_property(function: Any) -> bool:
    """Whether a method is read like an attribute."""
    return any(_decorated(function, word) for word in PROPERTIES)


def _ancestors(cls: Any) -> list[Any]:
    try:
        return list(cls.mro())[1:]
    except (AstroidError, NotImplementedError, RecursionError, AttributeError):
        return []
