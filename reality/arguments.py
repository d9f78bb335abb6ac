"""Whether a callable takes the arguments that a row of the catalogue speaks of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from reality.names import Found, Names, is_property


class Signature(NamedTuple):
    """What one definition takes, without the object it is called on."""

    places: tuple[str, ...]
    keywords: frozenset[str]
    more_places: bool
    more_keywords: bool

    def takes(self, selector: str) -> bool:
        """Whether a selector of the catalogue (the notation of ``args``) can mean anything here.

        A place and a keyword that are one selector have to be one parameter.
        """
        number, _, keyword = selector.partition("|")
        if selector == "**":
            return bool(self.keywords) or self.more_keywords
        if number == "*":
            return bool(self.places) or self.more_places
        if number.endswith("+"):
            return self.more_places or len(self.places) > int(number[:-1])
        if not number.isdigit():
            return number in self.keywords or self.more_keywords
        place = int(number)
        if place >= len(self.places):
            elsewhere = keyword in self.places
            return (
                self.more_places and not elsewhere and (not keyword or keyword in self.keywords or self.more_keywords)
            )
        return not keyword or self.places[place] == keyword or (self.more_keywords and keyword not in self.keywords)

    def contradicts(self, selector: str) -> bool:
        """Whether a selector names a place that is another parameter's."""
        number, _, keyword = selector.partition("|")
        return bool(keyword) and (int(number) < len(self.places) or keyword in self.keywords)

    def __str__(self) -> str:
        """As it would be written."""
        more = [*(["*"] if self.more_places else []), *(["**"] if self.more_keywords else [])]
        return f"({', '.join([*self.places, *sorted(self.keywords.difference(self.places)), *more])})"


def signatures(names: Names, thing: Found) -> list[Signature] | None:
    """What a callable takes, once for each of its overloads; ``None`` where reading does not tell."""
    if thing.kind == "class" and not thing.instance:
        return _of_class(names, thing)
    if thing.instance or thing.kind == "value":
        cls = thing if thing.kind == "class" else names.value_of(thing)
        called = names.attribute(cls, "__call__") if isinstance(cls, Found) and cls.kind == "class" else None
        return signatures(names, called) if isinstance(called, Found) and called.kind == "function" else None
    if thing.kind != "function" or any(is_property(node) for node in thing.nodes):
        return None
    return [
        _of_function(node, thing.owner is not None)
        for node in thing.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _of_class(names: Names, cls: Found) -> list[Signature] | None:
    for name in ("__init__", "__new__"):
        made = names.attribute(cls, name)
        if isinstance(made, Found) and made.kind == "function" and made.module.name != "builtins":
            return signatures(names, made)
    fields = tuple(dict.fromkeys(_fields(names, cls)))
    return [Signature(fields, frozenset(fields), False, False)] if fields else None


def _fields(names: Names, cls: Found) -> Iterator[str]:
    """The fields of a class whose constructor is made of them."""
    for base in names.ancestors(cls):
        if isinstance(base, Found):
            yield from _fields(names, base)
    for node in cls.nodes:
        for each in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                yield each.target.id


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef, is_method: bool) -> Signature:
    marks = {ast.unparse(each) for each in node.decorator_list}
    bound = is_method and "staticmethod" not in marks
    given = node.args
    positional = [each.arg for each in (*given.posonlyargs, *given.args)]
    only = {each.arg for each in given.posonlyargs}
    if bound or positional[:1] == ["self"]:  # a function may be made a method later
        positional = positional[1:]
    places = positional
    keywords = {each for each in places if each not in only} | {each.arg for each in given.kwonlyargs}
    return Signature(tuple(places), frozenset(keywords), given.vararg is not None, given.kwarg is not None)
