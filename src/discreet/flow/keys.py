"""Keys that are decided elsewhere: by a constant of a class or of another module, or by what a caller hands over."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Final, NamedTuple

from discreet.facts.keys import FOREIGN, MAX_WORDS, decided, deciding, widened
from discreet.facts.model import Argument, Constant, Function, Part, Path, Value
from discreet.facts.values import elements, read, sole, under
from discreet.flow.binding import bind_arguments
from discreet.flow.context import Context
from discreet.flow.things import Things

_TEXT: Final = "k:"
"""The root of a part that stands for a text, while arguments are bound."""
_UNKNOWN: Value = (Part("x:"),)


class Handed(NamedTuple):
    """The arguments of a call as a function takes them: ``receiver`` goes to the first parameter of a method."""

    caller: Context
    args: tuple[Argument, ...]
    receiver: Value | None


class Keys:
    """Answers which field is meant."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.program = things.program
        self.classes = things.classes

    # -- constants ----------------------------------------------------------------------------------------------------

    def steps(self, context: Context, step: str) -> tuple[str, ...]:
        """The steps that one may be in a context; a parameter's is left to the callers."""
        mark, root, access = deciding(step)
        if root[0] in "~x":
            return (step,)
        words = self.words(context, root, access)
        if words:
            return tuple(f"{mark}{word}" for word in words)
        return (step,) if root[0] == "p" and all(each in ("*", "!") for each in access) else ("[",)

    def path(self, context: Context, path: Path) -> Path:
        """A path inside a value, with the steps that a constant decides about."""
        return tuple(self._only(context, step) if step[0] == "?" else step for step in path)

    def _only(self, context: Context, step: str) -> str:
        found = self.steps(context, step)
        return found[0] if len(found) == 1 and found[0][0] != "?" else "["

    def of_value(self, context: Context, value: Value) -> tuple[str, ...]:
        """The texts that a value may be, or none where that isn't known of all of it."""
        part = sole(value)
        return self.words(context, part.root, part.access) if part is not None else ()

    def words(self, context: Context, root: str, access: Path) -> tuple[str, ...]:
        """The texts that ``root<access>`` may be, or none."""
        names = tuple(step[1:] for step in access if step[0] == ".")
        if names[-1:] == ("value",):
            names = names[:-1]  # of a member of an enumeration
        looped = access[-1:] == ("*",)
        if root[:2] == "g:":
            dotted = ".".join((root[2:], *names))
            found = _words(self._of_global(dotted), looped)
            return found or (_words(self._of_global(dotted[:-6]), looped) if dotted.endswith(".value") else ())
        if root[0] != "p" or not names:
            return ()
        for thing in self.things.of_root(context, root, ()):
            if thing.kind in ("instance", "class"):
                return _words(self._of_class(thing.name, names), looped)
        return ()

    def _of_global(self, dotted: str) -> list[Constant]:
        symbol = self.program.find(dotted)
        if symbol.kind == "class" and symbol.rest:
            return self._of_class(symbol.name, symbol.rest)
        if symbol.kind != "variable" or symbol.rest or self.program.stores(f"g:{symbol.name}"):
            return []
        module, _, name = symbol.name.rpartition(".")
        return [self.program.module(module).facts.constants.get(name)]

    def _of_class(self, cls: str, names: tuple[str, ...]) -> list[Constant]:
        """A constant of a class, or of a class inside it, and what the classes below put in its place."""
        if len(names) > 1:
            inner = (f"{ancestor}.{names[0]}" for ancestor in self.classes.ancestors(cls))
            nested = next((each for each in inner if self.program.is_class(each)), "")
            return self._of_class(nested, names[1:]) if nested else []
        if any(names[0] in self.classes.writes(each) for each in self.classes.ancestors(cls)):
            return []
        found = [self._declared(each, names[0]) for each in self.classes.below(cls)]
        own = next((each for each in self.classes.ancestors(cls) if self._declared(each, names[0]) is not _NOT), "")
        return [self._declared(own, names[0]), *(each for each in found if each is not _NOT)] if own else []

    def _declared(self, cls: str, name: str) -> Constant:
        """What a class body gives a name: ``None`` if that is no constant, and ``_NOT`` if it gives it nothing."""
        each = self.program.cls(cls)
        if each is None or not any(field.name == name for field in each.fields):
            return _NOT
        return each.constants.get(name)

    # -- what callers hand over ---------------------------------------------------------------------------------------

    def entered(self, function: Function, access: Path, handed: Handed | None) -> Iterable[Path]:
        """The ways that lead from a function's parameter, in the terms of a caller who hands it these arguments."""
        for step in access:
            if step[0] == "?":
                break
        else:
            return (access,)
        if handed is None:
            return (widened(access),)
        choices = [self._named(function, step, handed) if step[0] == "?" else (step,) for step in access]
        return product(*choices)

    def _named(self, function: Function, step: str, handed: Handed) -> tuple[str, ...]:
        mark, root, access = deciding(step)
        if root[0] != "p":
            return (step if root[0] in "~x" else "[",)
        texts = tuple(Argument(arg.name, self._text(handed.caller, arg), arg.span) for arg in handed.args)
        given = bind_arguments(function, texts, None if handed.receiver is None else ()).get(int(root[1:]), ())
        if not given and function.params[int(root[1:])].kind in ("*", "**"):
            return ()  # it is handed none
        for each in access:
            given = _names_in(given) if each == "!" else elements(given)
        if len(given) == 1 and given[0].root[0] == "p":
            return (decided(mark, given),)
        words = [part.root[len(_TEXT) :] for part in given if part.root.startswith(_TEXT) and not part.path]
        if words and len(words) == len(given) <= MAX_WORDS:
            return tuple(f"{mark}{word}" for word in words)
        return (FOREIGN if mark == "[" and given else "[",)

    def _text(self, context: Context, arg: Argument) -> Value:
        """An argument as the text, or the sequence of texts, that it is; a parameter of the caller's stays one."""
        if isinstance(arg.constant, str):
            return _as_parts((arg.constant,))
        if isinstance(arg.constant, tuple):
            return under(_as_parts(arg.constant), "*")
        part = sole(arg.value)
        if part is None:
            return _UNKNOWN
        words = self.words(context, part.root, part.access)
        if words:
            return _as_parts(words)
        many = self.words(context, part.root, (*part.access, "*"))
        return under(_as_parts(many), "*") if many else arg.value if part.root[0] == "p" else _UNKNOWN


_NOT: Final = "\0"


def _as_parts(words: tuple[str, ...]) -> Value:
    return tuple(Part(f"{_TEXT}{word}") for word in words)


def _names_in(value: Value) -> Value:
    """The keys of a mapping of keyword arguments, which are texts themselves."""
    found: dict[str, Part] = {}
    for part in value:
        if not part.path:
            return read(value, "!")
        found[part.path[0]] = Part(f"{_TEXT}{part.path[0][1:]}") if part.path[0][:1] == "[" else _UNKNOWN[0]
    return tuple(found.values())


def _words(constants: list[Constant], looped: bool) -> tuple[str, ...]:
    """The texts among constants, or none where one of them is something else."""
    if looped:
        found = [word for each in constants if isinstance(each, tuple) for word in each]
        wrong = any(not isinstance(each, tuple) for each in constants)
    else:
        found = [each for each in constants if isinstance(each, str)]
        wrong = len(found) != len(constants)
    return () if wrong or len(found) > MAX_WORDS else tuple(dict.fromkeys(found))
