"""Destinations: whether a request goes to the project's own store, as what its address is called tells.

Supabase, CouchDB and Elasticsearch are asked over HTTP. What is posted to ``f"{SUPABASE_URL}/rest/v1/patients"`` lies
where the program keeps its people, and goes to no third party.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from discreet.catalogue.words import split_name
from discreet.facts.model import Call, Part
from discreet.flow.binding import is_own_object
from discreet.flow.context import Context
from discreet.flow.program import Program

STORES: Final = frozenset({
    "arangodb", "clickhouse", "couchdb", "database", "db", "elastic", "elasticsearch", "firestore", "hasura",
    "influxdb", "neo4j", "opensearch", "pocketbase", "postgrest", "solr", "supabase", "surrealdb",
})  # fmt: skip
ADDRESSES: Final = frozenset({"address", "api", "base", "endpoint", "host", "rest", "uri", "url"})


def is_own_store(program: Program, context: Context, call: Call) -> bool:
    """Whether the address that a request goes to is called after a store: in a variable of a module, a setting, or an
    attribute of the method's object, there or where it is stored.
    """
    for arg in call.args:
        if arg.name in ("", "url") and arg.value:
            return any(_is_of_store(name) for part in arg.value for name in _names(program, context, part))
    return False


def _names(program: Program, context: Context, part: Part) -> Iterator[str]:
    """What an address is called."""
    yield _last_of(part)
    own = program.cls(context.function.owner) if part.root == "p0" and is_own_object(context.function, 0) else None
    for method in own.methods.values() if own is not None else ():
        for write in program.unit(method).function.writes:
            if write.target.root == "p0" and write.target.access == part.access:
                yield from (_last_of(stored) for stored in write.value)


def _last_of(part: Part) -> str:
    """The last name of a variable, an attribute or a setting: ``os.environ["SUPABASE_URL"]``."""
    if part.access:
        return part.access[-1][1:]
    return part.root.rpartition(".")[2] if part.root[:2] == "g:" else ""


@lru_cache(maxsize=1 << 12)
def _is_of_store(name: str) -> bool:
    words = split_name(name)
    return not STORES.isdisjoint(words) and not ADDRESSES.isdisjoint(words)
