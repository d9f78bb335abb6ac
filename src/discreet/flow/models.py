"""Models: classes of the program that hold personal data, and how they are configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from discreet.catalogue.settings import Setting, Settings
from discreet.facts.model import CONFIGURED, CONFIGURED_ELSEWHERE, REPR, Constant
from discreet.flow.context import Context
from discreet.flow.found import Leak
from discreet.flow.leaks import Judge
from discreet.flow.result import OBJECT, Place, Result

UNKNOWN: Final = "?"
"""What a class is configured with that is no constant, or may be: somebody's decision."""


class Models:
    """Finds the classes whose configuration, or the lack of it, shows the personal data in their fields."""

    def __init__(self, judge: Judge, table: Settings) -> None:
        self.judge = judge
        self.classes = judge.classes
        self.program = judge.classes.program
        self.table = table

    def of(self, module: str) -> Iterator[tuple[Setting, Leak]]:
        """Each such class of a module, with the row that speaks of it and what its fields hold."""
        for name, each in self.program.module(module).classes.items():
            scope = self.classes.scope(each)
            if scope is None:
                continue
            for row in self._rows(name):
                said = self._said(name, row.argument)
                if not self._shows(name, row, said):
                    continue
                leaks = self._held(scope, name)
                if said is None:
                    leaks = self._untold(scope, name, row, leaks)
                if leaks:
                    yield row, _told(row, name, said, leaks, Place(scope.module.path, each.span))

    def _rows(self, name: str) -> list[Setting]:
        """The rows of the nearest of a class's ancestors that has any."""
        for ancestor in self.classes.ancestors(name)[1:]:
            rows = self.table.bases.get(ancestor)
            if rows and not self.program.is_class(ancestor):
                return rows
        return []

    def _said(self, name: str, keyword: str) -> Constant:
        """What a class or the nearest of its ancestors that says anything says by a keyword; ``None`` if none does."""
        for ancestor in self.classes.ancestors(name):
            own = self.program.cls(ancestor)
            if own is not None and CONFIGURED + keyword in own.constants:
                said = own.constants[CONFIGURED + keyword]
                return UNKNOWN if said is None else said
            if own is not None and CONFIGURED_ELSEWHERE in own.constants:
                return UNKNOWN
        return None

    def _shows(self, name: str, row: Setting, said: Constant) -> bool:
        if any(self._said(name, keyword) in values for keyword, values in row.unless.items()):
            return False
        return row.absent if said is None else said in row.unsafe

    def _held(self, scope: Context, name: str) -> list[Leak]:
        """The personal data in the fields of a class, those among them that its text doesn't show."""
        place = Place(scope.module.path, scope.function.span)
        record = Result(OBJECT, (name.rpartition(".")[2],), name, place, cls=name, tail=("@fields",))
        return [leak for leak in self.judge.leaks(scope, record, REPR) if leak.confidence != "low"]

    def _untold(self, scope: Context, name: str, row: Setting, leaks: list[Leak]) -> list[Leak]:
        """What the program's classes above, which are as silent, don't tell of themselves."""
        above = [each for each in self.classes.ancestors(name)[1:] if self.program.is_class(each)]
        silent = [each for each in above if row in self._rows(each)]
        told = {key for each in silent for leak in self._held(scope, each) for key in leak.categories}
        return [leak for leak in leaks if not told.issuperset(leak.categories)]


def _told(row: Setting, name: str, said: Constant, leaks: list[Leak], place: Place) -> Leak:
    code = row.code_left if said is None else row.code
    how = f"without {row.argument}" if said is None else f"with {row.argument}={said!r}"
    confidence = "high" if any(leak.confidence == "high" for leak in leaks) else "medium"
    categories = dict.fromkeys(key for leak in leaks for key in leak.categories)
    return Leak(tuple(categories), code, confidence, place, f"{name.rpartition('.')[2]} {how}", ())
