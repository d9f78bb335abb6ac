"""Rows: what a query that stands in the code gives, column by column.

A row is a container of columns: each lies at a step ``=1/3:email`` (:func:`discreet.facts.values.matches`), so a row
can be read by number, by key and by attribute, unpacked, and shown whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.facts.model import VALUE, Call
from discreet.facts.selection import HOLE, columns_of
from discreet.facts.values import ROWS
from discreet.flow.binding import selected
from discreet.flow.context import Context
from discreet.flow.result import OBJECT, PARAM, QUERY, UNKNOWN, Place, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

ASKING: Final = frozenset({
    "execute", "exec", "exec_driver_sql", "fetch", "fetchrow", "fetchval", "fetch_all", "fetch_one", "fetch_val",
    "fetchall", "fetchone", "cursor", "query", "query_one", "query_all", "raw", "sql", "run", "iterate", "stream",
    "scalar", "scalars", "select", "select_one", "select_all", "run_query", "execute_query", "read_sql",
    "read_sql_query", "read_database"
})  # fmt: skip
"""What a method is called that is handed a query and gives its rows."""
ONE: Final = frozenset({"fetchrow", "fetch_one", "query_one", "select_one", "fetchone"})
"""Those that give one row."""
CELL: Final = frozenset({"fetchval", "fetch_val", "scalar", "scalar_one", "scalar_one_or_none"})
"""Those that give the first column of one row."""
FIRST_COLUMN: Final = frozenset({"scalar", "scalars", "scalar_one", "scalar_one_or_none", "fetchval"})
"""Methods of a result that give the first column of each row."""
HOLDING: Final = frozenset({
    "records", "rows", "data", "items", "results", "result", "value", "values", "hits"
})  # fmt: skip
"""Keys under which an answer keeps the rows themselves."""
WHOLE: Final = frozenset({"._mapping", "._asdict", ".mappings"})
"""Attributes of a row that are the row."""
PAGED: Final = frozenset({".object_list", ".items"})
"""Attributes of a page that are what is on it: a sequence has none that are called so."""
_TEXTS: Final = ("0", "1", "query", "sql", "statement", "stmt", "operation")

OWN_TABLES: Final = ("pg_", "information_schema", "sqlite_")
"""What tables are called that a database keeps of itself: its users are roles, its rows connections."""


class Rows:
    """Answers what queries give."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def given(self, context: Context, call: Call, place: Place) -> Results:
        """What a call gives that is handed a query: its rows, one of them, or a cell."""
        return self.asked(context, call, place) if call.text.rpartition(".")[2] in ASKING else ()

    def asked(self, context: Context, call: Call, place: Place) -> Results:
        """What a call gives that is known to be handed a query."""
        last = call.text.rpartition(".")[2]
        found: list[Result] = []
        for _, arg in selected(call.args, _TEXTS):
            handed = self.evaluator.value(context, arg.value) if arg.value else ()
            found.extend(each for each in handed if is_row(each))
            asked = tuple(each for each in handed if _is_query(each))
            found.extend(self.evaluator.steps(asked, (ROWS,), place))
        rows = distinct([each.told(place, f"selected by {last}()") if each.kind != PARAM else each for each in found])
        if last in ONE:
            return self.evaluator.steps(rows, ("*",), place)
        return self.evaluator.steps(rows, ("*", "#0"), place) if last in CELL else rows

    def of(self, query: Result) -> Results:
        """The rows of a query. Beside all columns of a table, nobody knows the number of any."""
        columns = columns_of(query.cls)
        starred = any(name == "*" for column in columns for _, name in column.sources)
        found: list[Result] = []
        for number, column in enumerate(columns):
            place = "/0" if starred else f"{number}/{len(columns)}"
            for table, name in column.sources:
                if table.startswith(OWN_TABLES):
                    nobodys = _column(query, table, name, f"={place}:{column.name}", "")
                    found.append(nobodys._replace(holds="id"))
                elif name == "*":
                    found.extend(self._whole(query, table, alone=len(columns) == 1))
                else:
                    alias = column.name if column.name.lower() != name.lower() and column.name != HOLE else ""
                    found.append(_column(query, table, name, f"={place}:{column.name}", alias))
        return distinct(found)

    def under_key(self, row: Result, key: str) -> Results:
        """What lies under a key of something that may be rows, or an answer that has them: not all of it is theirs
        (``answer["totalSize"]``).
        """
        column = row.path[1].partition(":")[2]
        if column == HOLE:
            return (row._replace(path=row.path[1:]),)
        if key.lower() == column.lower():
            return (row._replace(path=row.path[2:]),)
        return (row,) if key in HOLDING else ()

    def _whole(self, query: Result, table: str, *, alone: bool) -> Iterator[Result]:
        """A row with all columns of a table: those that the program creates it with, or those of the class that stands
        for it. Else only what is read of it by name tells.
        """
        names = self.evaluator.program.columns_of(table) if table else ()
        for number, name in enumerate(names):
            yield _column(query, table, name, f"={number}/{len(names)}:{name}" if alone else f"=/0:{name}", "")
        cls = "" if names or not table else self.evaluator.classes.of_table(table)
        if cls:
            yield Result(OBJECT, (table,), table, query.place, path=("*",), cls=cls, tail=("@fields",))
        elif not names:
            yield Result(UNKNOWN, (table, ""), table, query.place, path=("*",), tail=("@fields",))


def _column(query: Result, table: str, name: str, step: str, alias: str) -> Result:
    names = (table, name) if table else (name,)
    return Result(UNKNOWN, names, ".".join(names), query.place, path=("*", step), hint=alias)


def _is_query(result: Result) -> bool:
    """Whether a result is what can be asked for rows: a query's text, a statement of an ORM, whatever a caller hands
    over.
    """
    return (result.kind in (QUERY, PARAM) and not result.path) or result.path[:1] == (ROWS,)


def is_row(result: Result) -> bool:
    """Whether a result is a column of rows."""
    return len(result.path) > 1 and result.path[1][0] == "=" and result.path[0] == "*" and result.form == VALUE


def first_column(results: Results) -> Results:
    """Of rows, the first column; whatever is no row stays what it is."""
    found = []
    for each in results:
        if not is_row(each):
            found.append(each)
        elif each.path[1].startswith("=0/"):
            found.append(each._replace(path=("*", *each.path[2:])))
    return tuple(found)
