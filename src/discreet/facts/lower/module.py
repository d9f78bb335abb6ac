"""A module: what is gathered of one file while its functions are lowered, one after the other."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from typing import Final

from discreet.catalogue.settings import Settings
from discreet.facts.guards import Lines
from discreet.facts.interface import Interface
from discreet.facts.lower.known import Known
from discreet.facts.lower.loops import Variables, all_of
from discreet.facts.marks import Marks
from discreet.facts.model import Class, Function, ModuleFacts, Note, Setting
from discreet.facts.reading import spans_of
from discreet.facts.selection import may_select
from discreet.facts.written import written

Postponed = Callable[[], None]

FRAMES: Final = ("pandas", "polars", "pyspark", "cudf", "modin", "dask")
"""Libraries of tables of columns, as a text names them."""
EVERYWHERE: Final = (1, sys.maxsize)
LONG_KEY: Final = 60
"""A text longer than this names no field."""


class Module:
    """What is gathered of one module while it is lowered."""

    def __init__(
        self, path: str, module: str, is_package: bool, text: str, speaks: Callable[[str], bool], table: Settings,
        page: str = "",
    ) -> None:  # fmt: skip
        self.path = path
        self.module = module
        self.is_package = is_package
        self.text = text
        self.page = page or text
        """What is searched for personal data: of a notebook more than its program."""
        small = text.lower()
        self.span = spans_of(text)
        self.marks = Marks(text, small)
        self.speaks = speaks
        self.setters = table.callables
        self.keys = table.keys
        self.loggers = table.loggers
        self.settings: list[Setting] = []
        self.configures: list[Lines] = []
        """The lines on which something is called that goes by the name of what sets up a library."""
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.stars: list[str] = []
        self.notes: list[Note] = []
        self.queue: deque[Postponed] = deque()
        self.names: set[str] = set()
        self.main_calls: set[str] = set()
        self.variables: Variables = {}
        self.scopes: dict[str, Variables] = {}
        """The variables of each function that is finished."""
        self.captured: dict[str, set[str]] = {}
        self.class_texts: dict[str, str] = {}
        self.annotates = "Annotated" in text or "NewType" in text
        self.adapts = "TypeAdapter" in text
        self.rebinds = "nonlocal" in text
        self.tuples = "namedtuple" in text or "NamedTuple(" in text
        self.selects = may_select(small)
        """Whether any text in it may be a query."""
        self.tables: dict[str, tuple[str, ...]] = {}
        self.frames = any(library in text for library in FRAMES)
        """Whether it may have to do with tables of columns."""

    def unique(self, name: str) -> str:
        """``name``, or with a number behind it where the module has defined that name before."""
        if name not in self.names:
            self.names.add(name)
            return name
        number = 2
        while f"{name}@{number}" in self.names:
            number += 1
        self.names.add(f"{name}@{number}")
        return f"{name}@{number}"

    def capture(self, function: str, name: str) -> str:
        """The root of a variable of ``function`` that is seen from inside another function."""
        self.captured.setdefault(function, set()).add(name)
        return f"v:{function}:{name}"

    def facts(
        self, interface: Interface, is_test: bool, constants: dict[str, Known | None],
        guards: tuple[Lines, ...],
    ) -> ModuleFacts:  # fmt: skip
        """The finished facts. Of a function's variables only the captured ones are in it: no root names the others."""
        found = written(self.page, self.marks.by_line)
        for function in self.functions:
            variables = self.scopes[function.name]
            if variables is self.variables:
                function.variables.update((name, all_of(held)) for name, held in variables.items())
            elif function.name in self.captured:
                captured = self.captured[function.name]
                function.variables.update((name, all_of(held)) for name, held in variables.items() if name in captured)
        return ModuleFacts(
            self.path,
            self.module,
            self.is_package,
            tuple(self.functions),
            tuple(self.classes),
            tuple(self.stars),
            interface.functions,
            is_test,
            tuple(self._needed(self.notes) + self.marks.notes + self.marks.leftover()),
            tables=self.tables,
            written=found,
            constants={
                name: known.words if known.many else known.words[0]
                for name, known in constants.items()
                if known is not None and (known.many or len(known.words) == 1) and len(known.words[0]) <= LONG_KEY
            },
            settings=tuple(dict.fromkeys(self.settings)),
            configures=bool(self.configures),
            guards=guards,
            unasked=interface.unasked,
        )

    def _needed(self, notes: list[Note]) -> list[Note]:
        """The notes without those on a mark that turned out to be needed."""
        clears = {mark.span.line for mark in self.marks.by_line.values() if mark.clears}
        return [note for note in notes if note.code != "PII903" or note.span.line not in clears]
