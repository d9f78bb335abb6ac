"""Documents: what a store gives that keeps records without a schema, by the name of the collection they lie in.

Nobody declares what a document of MongoDB or Firestore holds. But who asks ``db.users`` for one, or
``client.collection("patients")``, gets the record of a person, and what is read of it is read of a user. So does who
asks a table over the network (``client.table("users").select("*")``), where no text of a query can be read.
"""

from __future__ import annotations

import re
from typing import Final

from discreet.catalogue.names import is_person
from discreet.facts.model import Call, Function, Path
from discreet.flow.binding import receiver_of
from discreet.flow.result import TAINT, UNKNOWN, Place, Result, Results

COLLECTIONS: Final = frozenset({"collection", "get_collection", "collection_group"})
"""Methods of a store that are handed the name of a collection."""
ONE: Final = frozenset({
    "find_one", "find_one_and_update", "find_one_and_replace", "find_one_and_delete", "to_dict",
})  # fmt: skip
MANY: Final = frozenset({"find", "to_list"})
WITHIN: Final = frozenset({
    "document", "get", "where", "filter", "order_by", "limit", "stream", "sort", "skip", "offset", "find", "batch_size",
    "start_after", "list_documents",
})  # fmt: skip
"""Methods on the way from a collection to its documents."""
SUFFIXES: Final = ("_collection", "_coll", "_col", "Collection")
MAX_WAY: Final = 8
MAX_COLUMNS: Final = 24
_COLUMN: Final = re.compile(r"\w+(?![\w(])(?![^(]*\))")
"""A column of the table itself: not ``name`` of ``company(name)``."""


def of_call(function: Function, call: Call, place: Place) -> Results:
    """The documents or rows that a call gives, if it asks a collection or a table of people for whole ones, or names
    the columns.
    """
    last = call.text.rpartition(".")[2]
    if last == "execute" and not call.args:
        return _rows(function, call, place)
    if last not in ONE and last not in MANY:
        return ()
    if last != "to_dict" and (len(call.args) > 1 or any(arg.name == "projection" for arg in call.args)):
        return ()
    name = _collection(function, call, last == "to_dict")
    return _record(call, name, ("*",) if last in MANY else (), place)


def _record(call: Call, name: str, path: Path, place: Place) -> Results:
    """The record of a person, if what it lies in is called after people."""
    if not name or not is_person(name):
        return ()
    record = Result(TAINT, (name,), f"{call.text}()", place, path=path, tail=("@fields",), categories=("person",))
    return (record._replace(known_by="name", confidence="medium"),)


def _collection(function: Function, call: Call, is_snapshot: bool) -> str:
    """The name of the collection that a call asks. What anything may have (``to_dict``) needs one that is named."""
    for _ in range(MAX_WAY):
        part = next(iter(receiver_of(call)), None)
        if part is None:
            return ""
        told = next((step[1:] for step in reversed(part.access) if step[0] in ".[" and len(step) > 1), "")
        if part.root[0] != "c" or told:
            return "" if is_snapshot else _bare(told or part.root.rpartition(".")[2])
        call = function.calls[int(part.root[1:])]
        last = call.text.rpartition(".")[2]
        if last in COLLECTIONS:
            return _named(call).rpartition("/")[2]
        if last not in WITHIN:
            return ""
    return ""


def _rows(function: Function, asked: Call, place: Place) -> Results:
    """``client.table("users").select("id, email").eq("id", 1).execute()``: of its ``data`` some columns, or all."""
    columns, call = "*", asked
    path: Path = (".data", "*")
    for _ in range(MAX_WAY):
        part = next(iter(receiver_of(call)), None)
        if part is None or part.root[0] != "c" or part.access or part.path:
            return ()
        call = function.calls[int(part.root[1:])]
        last = call.text.rpartition(".")[2]
        if last in ("table", "from_"):
            table = _named(call)
            if columns == "*" or not table:
                return _record(asked, table, path, place)
            text = f"{asked.text}()"
            return tuple(
                Result(UNKNOWN, (table, column), text, place, path=(*path, f"[{column}"))
                for column in _COLUMN.findall(columns)[:MAX_COLUMNS]
            )
        if last in ("single", "maybe_single"):
            path = (".data",)
        elif last == "select":
            columns = _named(call) or "*"
    return ()


def _named(call: Call) -> str:
    constant = call.args[0].constant if call.args else None
    return constant if isinstance(constant, str) else ""


def _bare(name: str) -> str:
    return next((name.removesuffix(each) for each in SUFFIXES if name.endswith(each)), name)
