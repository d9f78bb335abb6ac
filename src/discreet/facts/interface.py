"""What is the user interface of a command-line program: there, printing is the purpose.

A function is interface if it is a command of click, typer or Django, or is reached from a module's
``if __name__ == "__main__"`` block through calls inside the module. There whoever runs the program sees what they
asked for (:mod:`discreet.facts.asked`). What else it says nobody has asked for, and it lands in the log of a job: a
management command that goes through accounts, one after another, a script that goes through all that a database has,
and whatever is shown of which nothing comes from what was said. What is called after showing is believed, and what is
called after making people up shows nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple

from discreet.facts.asked import Asked, called, meant
from discreet.facts.model import Call, Class, Function, Part, Span, Value

_COMMAND_DECORATORS: Final = (".command", ".callback", ".group", ".pass_context")
_SAID: Final = frozenset({"ctx", "interaction", "inter", "ack", "message"})
"""What the first parameter of a chat's command is called (Discord, Slack)."""
_CONSOLES: Final = ("click.", "typer.", "cloup.", "asyncclick.", "rich_click.")
_RUNNERS: Final = frozenset({"Fire", "app.run", "fire.Fire", "plac.call", "typer.run"})
"""Calls that make the function they are handed a command."""
_COMMAND_BASES: Final = ("BaseCommand", "AppCommand", "LabelCommand", "NoArgsCommand")
_RUN: Final = (".handle", ".handle_label", ".handle_noargs", ".handle_app_config")
_SHOWING: Final = frozenset({
    "describe", "display", "dump", "export", "find", "get", "inspect", "list", "lookup", "print", "report", "search",
    "show", "view", "whois",
})  # fmt: skip
"""How the name of a command, or of a function of it, begins whose purpose is to show everybody."""
_INVENTING: Final = frozenset({
    "demo", "dev", "dummy", "fake", "fixture", "fixtures", "generate", "mock", "populate",
    "prueba", "sample", "seed", "seeder", "simulate", "test", "teste", "tests",
})  # fmt: skip
"""Words in the name of what makes people up, or has those who develop it try it out."""
_QUERIED: Final = frozenset({
    "all", "exclude", "fetchall", "fetchmany", "filter", "filter_by", "find", "find_many", "iterator", "join", "limit",
    "only", "order_by", "prefetch_related", "scalars", "select", "select_related", "stream", "values", "where",
})  # fmt: skip
"""Last names of calls that give what a database has of many, one after another."""


class Interface(NamedTuple):
    """The names of a module's interface functions, in order, and calls in them that speak of what nobody asked for."""

    functions: tuple[str, ...]
    unasked: tuple[Span, ...]


def interface_of(functions: list[Function], classes: list[Class], module: str, main_calls: set[str]) -> Interface:
    """What in a module is a program's interface.

    Args:
        functions: All of its functions, its top level as ``<module>``.
        classes: All of its classes.
        module: Its dotted name.
        main_calls: The numbers of the calls of its top level that stand under ``if __name__ == "__main__"``.
    """
    top = f"{module}.<module>"
    by_name = {function.name: function for function in functions}
    roots = _commands(functions, by_name, by_name.get(top), main_calls)
    names = set(_within(roots, by_name, lambda name, index: name != top or str(index) in main_calls))
    bases = {each.name for each in classes if any(_is_command_base(base) for base in each.bases)}
    managed = [function.name for function in functions if function.owner in bases]
    names.update(_within(managed, by_name))
    if not names:
        return Interface((), ())
    asked = Asked((*roots, *managed), by_name, names, top)
    unasked: dict[Span, None] = {}
    shows = _is_called_after(_SHOWING, module, first=True)
    if not shows:
        for name in managed:
            if name.endswith(_RUN):
                names.difference_update(_gone_round(by_name[name], by_name, _is_one_of_many, unasked))
        if top in names:
            names.difference_update(_gone_round(by_name[top], by_name, _one_of_all(asked), unasked))
    speaking = tuple(name for name in by_name if name in names)
    if not shows and not _is_called_after(_INVENTING, module):
        for name in speaking:
            unasked.update(_volunteered(by_name[name], asked))
    return Interface(speaking, tuple(unasked))


def _commands(
    functions: list[Function], by_name: Mapping[str, Function], top: Function | None, main_calls: set[str]
) -> list[str]:
    """The functions that a decorator makes commands, those that are handed to what runs them (``fire.Fire(main)``),
    and the top level, if a module runs as a program.
    """
    found = [
        function.name
        for function in functions
        if function.decorators
        and any(_is_command(value, top) for value in function.decorators)
        and not _is_said_to(function)
    ]
    if top is None or not main_calls:
        return found
    for index in main_calls:
        call = top.calls[int(index)]
        if call.text in _RUNNERS:
            found.extend(meant([part for argument in call.args[:1] for part in argument.value], top, by_name))
    return [*found, top.name]


def _is_called_after(words: frozenset[str], name: str, *, first: bool = False) -> bool:
    """Whether one of some words is in a function's or a module's own name, or is the first of it."""
    own = name.rpartition(".")[2].lower().split("_")
    return not words.isdisjoint(own[:1] if first else own)


def _volunteered(function: Function, asked: Asked) -> Iterator[tuple[Span, None]]:
    """The calls of a function that are handed something, and nothing that comes from what was said."""
    if _is_called_after(_SHOWING, function.name, first=True) or _is_called_after(_INVENTING, function.name):
        return
    for call in function.calls:
        values = [argument.value for argument in call.args if argument.value]
        if values and not any(asked.is_told(value, function) for value in values):
            yield call.span, None


def _within(
    roots: Iterable[str], by_name: Mapping[str, Function], counts: Callable[[str, int], bool] = lambda name, index: True
) -> dict[str, None]:
    """Functions, and those of the module that they come to by calls that count."""
    seen: dict[str, None] = {}
    todo = list(roots)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen[name] = None
        function = by_name[name]
        for index, call in enumerate(function.calls):
            if counts(name, index):
                todo.extend(called(call, function, by_name))
    return seen


def _gone_round(
    run: Function,
    by_name: Mapping[str, Function],
    is_round: Callable[[Call, Function], bool],
    rounds: dict[Span, None],
) -> set[str]:
    """The functions that a command calls for one after another and for nothing else. The calls by which it speaks of
    one after another itself are added to ``rounds``.
    """
    once: set[str] = set()
    each: list[str] = []
    todo = [run.name]
    while todo:
        name = todo.pop()
        if name in once:
            continue
        once.add(name)
        function = by_name[name]
        for call in function.calls:
            inner = list(called(call, function, by_name))
            if not is_round(call, function):
                todo.extend(inner)
            elif inner:
                each.extend(inner)
            else:
                rounds[call.span] = None
    return set(_within(each, by_name)) - once


def _is_one_of_many(call: Call, function: Function) -> bool:
    """Whether what a call is handed is, or was made of, an element of what the function goes through. What it goes
    through of its own parameters is what somebody asked for.
    """
    return any(not _is_asked_for((part,) if made is None else made.callee) for part, made in _elements(call, function))


def _one_of_all(asked: Asked) -> Callable[[Call, Function], bool]:
    """The same where it goes through all that a database has, and nobody said which."""

    def is_round(call: Call, function: Function) -> bool:
        return any(
            part.root[0] == "q"
            or (made is not None and made.text.rpartition(".")[2] in _QUERIED and not asked.is_told((part,), function))
            for part, made in _elements(call, function)
        )

    return is_round


def _elements(call: Call, function: Function) -> Iterator[tuple[Part, Call | None]]:
    """What of that which a call is handed is, or was made of, an element of something, with the call that gave that."""
    for part in _makings([part for argument in call.args for part in argument.value], function):
        if "*" in part.access:
            yield part, _maker(part, function)


def _makings(parts: list[Part], function: Function) -> Iterator[Part]:
    """Some parts, and whatever they were made of by calls."""
    todo = list(parts)
    seen: set[str] = set()
    while todo:
        part = todo.pop()
        yield part
        made = _maker(part, function)
        if made is not None and part.root not in seen:
            seen.add(part.root)
            todo.extend(chain(made.callee, *(argument.value for argument in made.args)))


def _maker(part: Part, function: Function) -> Call | None:
    return function.calls[int(part.root[1:])] if part.root[0] == "c" else None


def _is_asked_for(value: Value) -> bool:
    """Whether a value is of a parameter: ``options["users"]``, and the callee of ``options.get("users")``."""
    return any(part.root[0] == "p" and part.access for part in value)


def _is_said_to(function: Function) -> bool:
    """Whether a command is one that people type into a chat: it is handed what was said, and prints on a server."""
    first = next((param for param in function.params if param.name not in ("self", "cls")), None)
    if first is None or first.name not in _SAID:
        return False
    passed = any(_dotted(value).endswith(".pass_context") for value in function.decorators)
    return not passed and not any(name.startswith(_CONSOLES) for name in first.type.names)


def _dotted(value: tuple[Part, ...]) -> str:
    return next((part.root + "".join(part.access) for part in value), "")


def _is_command_base(value: tuple[Part, ...]) -> bool:
    return _dotted(value).endswith(_COMMAND_BASES)


def _is_command(value: tuple[Part, ...], top: Function | None) -> bool:
    """Whether a decorator registers a command: ``@click.command()``, ``@cli.command``, ``@app.cli.command("x")``."""
    for part in value:
        text = part.root + "".join(part.access)
        if part.root[0] == "c" and top is not None and int(part.root[1:]) < len(top.calls):
            text = "." + top.calls[int(part.root[1:])].text
        if text.endswith(_COMMAND_DECORATORS):
            return True
    return False
