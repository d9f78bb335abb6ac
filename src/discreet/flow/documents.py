"""Documents: what a store gives that keeps records without a schema, by the name of the collection they lie in.

Nobody declares what a document of MongoDB or Firestore holds. But who asks ``db.users`` for one, or
``client.collection("patients")``, gets the record of a person, and what is read of it is read of a user.
"""

from __future__ import annotations

from typing import Final

from discreet.catalogue.names import is_person
from discreet.facts.model import Call, Function
from discreet.flow.binding import receiver_of
from discreet.flow.result import TAINT, Place, Result, Results

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


def of_call(function: Function, call: Call, place: Place) -> Results:
    """The documents that a call gives, if it asks a collection of people for some and leaves no field out."""
    last = call.text.rpartition(".")[2]
    if last not in ONE and last not in MANY:
        return ()
    if last != "to_dict" and (len(call.args) > 1 or any(arg.name == "projection" for arg in call.args)):
        return ()
    name = _collection(function, call, last == "to_dict")
    if not name or not is_person(name):
        return ()
    found = Result(
        TAINT, (name,), f"{call.text}()", place, categories=("person",), known_by="name", confidence="medium"
    )
    return (found._replace(path=("*",) if last in MANY else (), tail=("@fields",)),)


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
            constant = call.args[0].constant if call.args else None
            return constant.rpartition("/")[2] if isinstance(constant, str) else ""
        if last not in WITHIN:
            return ""
    return ""


def _bare(name: str) -> str:
    return next((name.removesuffix(each) for each in SUFFIXES if name.endswith(each)), name)
