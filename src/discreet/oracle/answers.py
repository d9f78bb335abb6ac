"""The four questions, answered from astroid's trees. Runs in the oracle's own process only."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from astroid import bases, nodes, util  # type: ignore[import-untyped]
from astroid.context import InferenceContext, bind_context_to_node  # type: ignore[import-untyped]
from astroid.exceptions import AstroidError  # type: ignore[import-untyped]

from discreet.oracle.annotated import Annotated, is_property
from discreet.oracle.building import Library

SPECIAL = ("__enter__", "__aenter__", "__call__", "__iter__")
"""The special attributes that are worth a question; astroid gives many to every object."""
MAX_ANSWERS = 12
MAX_BASES = 60
NOTHING = frozenset({
    "builtins.NoneType", "builtins.NotImplementedType", "builtins.ellipsis", "builtins.Ellipsis", "builtins.object",
    "typing.Any", "typing.TypeVar", "typing_extensions.Any"
})  # fmt: skip


class Answers:
    """Answers the questions of :class:`discreet.flow.asking.Oracle`."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.annotated = Annotated(library)

    def ask(self, question: str, dotted: str, name: str = "") -> tuple[str, ...]:
        """Any of them, by its name."""
        if question == "bases":
            return self.bases(dotted)
        if question == "attribute":
            return self._told(self._attribute(dotted, name))
        return self._told(self._returned(dotted) if question == "returned" else self._denoted(dotted))

    def bases(self, dotted: str) -> tuple[str, ...]:
        """All names of a class and its bases."""
        found: dict[str, None] = {}
        for cls in self._classes(dotted)[:1]:
            found[dotted] = None
            for each in _mro(cls):
                found.update(dict.fromkeys(self._names(each)))
        found.pop("builtins.object", None)
        return tuple(name for name in list(found)[:MAX_BASES] if is_name(name))

    def _told(self, things: Iterable[Any]) -> tuple[str, ...]:
        """Things as marked names; what an ``Optional`` adds, and what nobody knows, is left out."""
        found: dict[str, None] = {}
        for thing in things:
            marked = _marked(thing)
            if marked and marked.partition(":")[2] not in NOTHING and is_name(marked.partition(":")[2]):
                found[marked] = None
        return tuple(found)[:MAX_ANSWERS]

    def _returned(self, dotted: str) -> Iterator[Any]:
        owner, _, name = dotted.rpartition(".")
        classes = self._classes(owner) if owner else []
        for cls in classes:  # a method is called on an instance: what "self" gives is of the class that was asked about
            for callable_ in self._step(cls.instantiate_class(), name):
                yield from self._result(callable_)
        for callable_ in () if classes else self._denoted(dotted):
            yield from self._result(callable_)

    def _result(self, callable_: Any) -> Iterator[Any]:
        """What a call gives: what the author says that it does, then what can be seen."""
        if isinstance(callable_, nodes.ClassDef):
            yield callable_.instantiate_class()
            return
        function, owner = _function(callable_)
        if function is None:
            if isinstance(callable_, bases.Instance):  # an object that is called
                yield from self._called(callable_)
            return
        yield from self.annotated.result(function, owner)
        if _binds(function):
            yield from _several(lambda: _yielded(function))
        else:
            yield from _several(lambda: callable_.infer_call_result(None, InferenceContext()))

    def _called(self, instance: Any) -> Iterator[Any]:
        for method in _several(lambda: instance.igetattr("__call__")):
            if _function(method)[0] is not None:
                yield from self._result(method)

    def _attribute(self, dotted: str, name: str) -> Iterator[Any]:
        for cls in self._classes(dotted)[:1]:
            yield from self._step(cls.instantiate_class(), name)

    def _classes(self, dotted: str) -> list[Any]:
        return [each for each in self._denoted(dotted) if isinstance(each, nodes.ClassDef)]

    def _denoted(self, dotted: str) -> list[Any]:
        """What a dotted name denotes: the longest module first, then attribute by attribute."""
        parts = dotted.split(".")
        for size in range(len(parts), 0, -1):
            try:
                found = [self.library.module(".".join(parts[:size]))]
            except AstroidError:
                continue
            for name in parts[size:]:
                found = [each for thing in found for each in self._step(thing, name)]
            return _distinct(found)[:MAX_ANSWERS]
        return []

    def _step(self, thing: Any, name: str) -> Iterator[Any]:
        """What ``thing.name`` can be."""
        if isinstance(thing, (nodes.Module, nodes.ClassDef)):
            yield from self.annotated.declared(thing, name)
            yield from _several(lambda: thing.igetattr(name))
        elif isinstance(thing, bases.Instance) and (not name.startswith("__") or name in SPECIAL):
            found = _distinct([*self.annotated.attribute(thing._proxied, name), *_seen(thing, name)])
            yield from found or self._unseen(thing, name)

    def _unseen(self, instance: Any, name: str) -> Iterator[Any]:
        """What astroid gives nothing for: a method found by hand, or what ``__getattr__`` is typed to give."""
        methods = list(_methods(instance._proxied, name))
        if methods and not is_property(methods[0]):
            yield bases.BoundMethod(methods[0], instance)
        if not methods and not name.startswith("_"):
            for method in _methods(instance._proxied, "__getattr__"):
                yield from self.annotated.result(method, instance._proxied)

    def _names(self, cls: Any) -> list[str]:
        """The names a class goes by: of the packages above its module that export it, then where it is defined."""
        defined = cls.qname()
        module, parts = cls.root().name, cls.root().name.split(".")
        if defined != f"{module}.{cls.name}":
            return [defined]
        found = []
        for size in range(1, len(parts)):
            package = ".".join(parts[:size])
            try:
                exported = self.library.module(package)
            except AstroidError:
                continue
            named = _several(functools.partial(exported.igetattr, cls.name)) if cls.name in exported.locals else ()
            if any(isinstance(each, nodes.ClassDef) and each.qname() == defined for each in named):
                found.append(f"{package}.{cls.name}")
        return [*found, defined]


def is_name(dotted: str) -> bool:
    """Whether this is a dotted name and nothing else: no control characters, no local scopes, no generics."""
    return len(dotted) <= 300 and all(part.isidentifier() for part in dotted.split("."))


def _marked(thing: Any) -> str:
    if isinstance(thing, util.UninferableBase):
        return ""
    if isinstance(thing, nodes.Module):
        return f"module:{thing.name}"
    if isinstance(thing, nodes.ClassDef):
        return f"class:{thing.qname()}"
    if isinstance(thing, (nodes.FunctionDef, bases.UnboundMethod)):
        return f"function:{thing.qname()}"
    if isinstance(thing, (bases.Instance, nodes.Const, nodes.BaseContainer, nodes.Dict, bases.BaseInstance)):
        return f"instance:{thing.pytype()}"
    return ""


def _function(thing: Any) -> tuple[Any, Any]:
    """The function of a callable, and the class that it is called on."""
    if isinstance(thing, bases.BoundMethod):
        bound = thing.bound
        owner = bound if isinstance(bound, nodes.ClassDef) else getattr(bound, "_proxied", None)
        return _function(thing._proxied)[0], owner
    if isinstance(thing, bases.UnboundMethod):
        return _function(thing._proxied)
    if isinstance(thing, nodes.FunctionDef):
        owner = thing.parent.frame() if thing.parent is not None else None
        return thing, owner if isinstance(owner, nodes.ClassDef) else None
    return None, None


def _binds(function: Any) -> bool:
    """Whether a function makes a context manager: then what it yields is what ``with`` binds."""
    names = function.decorators.nodes if function.decorators is not None else ()
    return any(each.as_string().rpartition(".")[2] in ("contextmanager", "asynccontextmanager") for each in names)


def _yielded(function: Any) -> Iterator[Any]:
    for each in function.nodes_of_class(nodes.Yield):
        if each.value is not None and each.frame() is function:
            yield from each.value.infer()


def _several(infer: Callable[[], Iterable[Any]]) -> Iterator[Any]:
    """The results of an inference, as far as it goes."""
    try:
        for number, each in enumerate(infer()):
            if number >= MAX_ANSWERS * 4:
                return
            yield each
    except (AstroidError, RecursionError, AttributeError, TypeError, ValueError, KeyError, IndexError, AssertionError):
        return  # astroid's inference stumbles over odd code in odd ways


def _seen(instance: Any, name: str) -> Iterator[Any]:
    """An attribute by inference; properties by hand, which versions of astroid treat in different ways."""
    for method in itertools.islice(_methods(instance._proxied, name), 1):
        if is_property(method):
            context = bind_context_to_node(InferenceContext(), instance)
            return _several(functools.partial(method.infer_call_result, instance, context))
    return _several(functools.partial(instance.igetattr, name))


def _mro(cls: Any) -> list[Any]:
    try:
        return list(cls.mro())
    except (AstroidError, NotImplementedError, RecursionError, AttributeError):
        return [cls, *_several(cls.ancestors)]


def _methods(cls: Any, name: str) -> Iterator[Any]:
    for each in _mro(cls):
        yield from (node for node in each.locals.get(name, ())[-1:] if isinstance(node, nodes.FunctionDef))


def _distinct(things: Iterable[Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for thing in things:
        if not isinstance(thing, util.UninferableBase):
            found.setdefault(id(thing), thing)
    return list(found.values())
