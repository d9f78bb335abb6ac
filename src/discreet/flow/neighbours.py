"""Neighbours: what stands beside a name where it is read. It is asked only of what others have as well as people."""

from __future__ import annotations

from typing import Final

from discreet.catalogue.machines import is_used_at_a_machine
from discreet.catalogue.messages import are_written, is_message, is_somebodys, may_be_of_a_writer, may_be_said
from discreet.catalogue.names import Guess, judge
from discreet.catalogue.neighbours import (
    MESSAGE,
    are_published,
    describes_somebody,
    disowns,
    gained,
    is_company,
    is_shared,
    may_be_about_somebody,
    may_be_kept,
    may_be_published,
    vague,
    waits,
)  # fmt: skip
from discreet.catalogue.owners import DEF
from discreet.facts.model import Function, Path
from discreet.flow.classes import Classes
from discreet.flow.context import Context
from discreet.flow.program import Program
from discreet.flow.reads import reads
from discreet.flow.result import UNKNOWN, Place, Result

_LOG_IN: Final = Guess("username", "strong")
Names = tuple[str, ...]
Whole = tuple[str, Path]
"""The root and the steps that lead to a thing."""


class Neighbours:
    """Answers whether a guess is disowned by the company it is found in, or a name owned by it."""

    def __init__(self, program: Program, classes: Classes) -> None:
        self._program = program
        self._classes = classes
        self._beside: dict[tuple[Names, str, Place], Names] = program.table()
        self._read: dict[str, dict[Whole, dict[str, None]]] = program.table()
        self._functions: dict[str, bool] = program.table()
        self._owners: dict[str, bool] = program.table()

    def disown(self, result: Result, guess: Guess) -> bool:
        """Whether what a value's name says is no person's, for what stands beside it where it is read."""
        *around, name = result.names
        if result.field and may_be_published(guess):
            fields = self._classes.field_names(result.field.rpartition(".")[0])
            if are_published(tuple(fields)):
                return True
        if not is_shared(name, guess):
            return False
        told = _told(around)
        return disowns(name, guess, told, self._in_a_row(result)) or self._is_used_at_a_machine(result, guess, told)

    def _is_used_at_a_machine(self, result: Result, guess: Guess, around: Names) -> bool:
        name = result.names[-1]
        if result.field:
            return is_used_at_a_machine(name, guess, around, "", _last(result.field.rpartition(".")[0]))
        function = self._around(result.place)
        if function is None:
            return False
        return is_used_at_a_machine(name, guess, around, _last(function.name), _last(function.owner))

    def own(self, result: Result) -> Guess | None:
        """What a name says only because of what is read of the same thing, handed in, or a field beside it; or because
        of whom the program keeps.
        """
        *around, name = result.names
        if not name or result.called:
            return None
        found = None
        if waits(name):
            found = gained(name, _told(around), self._in_a_row(result), is_field=bool(result.field))
            if found is None and around and may_be_said(name):
                found = self._said_in(result, around[-1])
        return found or self.kept(name, result.place)

    def _said_in(self, result: Result, left: str) -> Guess | None:
        """What was written in a conversation or a message that tells whose it is: ``state["messages"][-1].content`` of
        a ``state`` with a ``user_id``, ``message["content"]`` of a ``message`` with one.
        """
        if is_message(left) and not result.field:
            return Guess(MESSAGE, "strong") if is_somebodys(self._in_a_row(result)) else None
        function = self._around(result.place) if are_written(left) else None
        if function is None:
            return None
        rows = (read for read in self._wholes(function).values() if left in read)
        return Guess(MESSAGE, "strong") if any(map(is_somebodys, rows)) else None

    def kept(self, name: str, place: Place) -> Guess | None:
        """What a name says of who may be a program, where a model of ours keeps such people: ``member_name`` beside a
        ``Member`` with a date of birth.
        """
        told = may_be_kept(name)
        module = self._program.library.module_at(place.path) if told is not None else ""
        if told is None or not module:
            return None
        who, guess = told
        cls = self._program.class_called(who.capitalize(), module)
        if not cls or not self._classes.is_model(cls):
            return None
        return guess if describes_somebody(tuple(self._classes.field_names(cls))) else None

    def are_in(self, context: Context) -> bool:
        """Whether a name that waits for company may find it in a function, as far as the function's own text tells."""
        function = context.function
        known = self._functions.get(function.name)
        if known is None:
            rows = (_handed(function), *map(tuple, self._wholes(function).values()))
            known = any(may_be_about_somebody(row) or any(map(is_company, row)) for row in rows)
            self._functions[function.name] = known
        return known

    def disown_variable(self, result: Result, guess: Guess) -> bool:
        """The same of the name of a variable that held the value, which also speaks of what was put into it."""
        if not is_shared(result.hint, guess):
            return False
        function = self._around(result.place)
        beside = _handed(function) if function is not None else ()
        around = (DEF + _last(function.name),) if function is not None else ()
        if disowns(result.hint, guess, around, beside, _told(result.names)):
            return True
        return self._is_used_at_a_machine(result._replace(names=(result.hint,)), guess, ())

    def is_log_in(self, result: Result) -> bool:
        """Whether a ``user`` is the name by which a program logs in: beside a host; no record is beside one."""
        if result.names[-1] != "user":
            return False
        return "host" in self._in_a_row(result) or self.disown(result, _LOG_IN)

    def is_configured(self, result: Result, name: str) -> bool:
        """Whether what is kept in an attribute comes out of a configuration, and is the program's own for that, as a
        variable's would be: ``self.username = self.config.get("username")``.
        """
        guess = judge(name) if result.kind == UNKNOWN else None
        return guess is not None and self.disown_variable(result._replace(hint=name), guess)

    def may_own_field(self, cls: str, name: str) -> bool:
        """Whether a field may be somebody's for what other fields its class has."""
        if vague(name) is None and not may_be_said(name) and not may_be_of_a_writer(name):
            return False
        known = self._owners.get(cls)
        if known is None:
            known = self._owners[cls] = may_be_about_somebody(tuple(self._classes.field_names(cls)))
        return known

    def _in_a_row(self, result: Result) -> Names:
        key = (result.names, result.field, result.place)
        known = self._beside.get(key)
        if known is None:
            known = self._beside[key] = self._find(result)
        return known

    def _find(self, result: Result) -> Names:
        if result.field:
            owner = result.field.rpartition(".")[0]
            return (*self._classes.field_names(owner), _last(owner))
        function = self._around(result.place)
        if function is None:
            return ()
        *around, name = result.names
        left = around[-1] if around else DEF
        if left.startswith(DEF) or (function.owner and left == _last(function.owner)):
            return _handed(function)
        wholes = self._wholes(function).items()
        alike = [
            read
            for whole, read in wholes
            if name in read and (not left or _called(function, whole) in ("", left.lstrip("_")))
        ]
        return tuple(other for read in alike for other in read)

    def _around(self, place: Place) -> Function | None:
        """The innermost function that a place stands in; by the place alone, so that whoever asks is told the same."""
        module = self._program.library.module_at(place.path)
        if not module:
            return None
        line = place.span.line
        functions = [unit.function for unit in self._program.units_of(module)]
        around = [each for each in functions if each.span.line <= line <= each.span.end_line]
        around = [each for each in around if not each.name.endswith(".<module>")]
        return min(around, key=lambda each: each.span.end_line - each.span.line, default=None)

    def _wholes(self, function: Function) -> dict[Whole, dict[str, None]]:
        """What the function reads of each thing by name."""
        known = self._read.get(function.name)
        if known is None:
            known = self._read[function.name] = {}
            for root, access, _ in reads(function, ".["):
                for at, step in enumerate(access):
                    if step[0] in ".[" and len(step) > 1:
                        known.setdefault((root, access[:at]), {})[step[1:]] = None
        return known


def _told(names: Names | list[str]) -> Names:
    return tuple(each for each in names if each)


def _called(function: Function, whole: Whole) -> str:
    """The last name of what is read; nothing where it has none."""
    root, access = whole
    if access:
        return access[-1][1:].lstrip("_") if access[-1][0] in ".[" else ""  # kept by a constructor as _settings
    return function.params[int(root[1:])].name.lstrip("_") if root[0] == "p" else ""


def _handed(function: Function) -> Names:
    """What a function is handed, and the class it is a method of."""
    params = tuple(param.name for param in function.params)
    return (*params, _last(function.owner)) if function.owner else params


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
