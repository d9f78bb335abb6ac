"""The catalogue's lookup tables: sinks, transforms, types, fields and classes of the world's libraries.

:func:`catalogue` has them; the rows of a library are decoded when a name of it is first asked for
(:mod:`discreet.catalogue.libraries`), and what was found of a name is remembered.
A dotted name is looked up exactly, then *loosely*: by its first and last part, because libraries re-export
(``pydantic.EmailStr`` is ``pydantic.networks.EmailStr``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import msgspec

from discreet.catalogue.libraries import ANY, EVERYWHERE, Kept, Tables, built_in, library_of, register
from discreet.catalogue.rows import Caller, ClassRow, FieldRow, Handler, Sink, Transform, TypeRow

_MAX_KNOWN: Final = 1 << 13
"""Of so many names the answers are remembered."""
_NO_ROWS: Final = Tables()

Answer = TypeVar("Answer")
Row = TypeVar("Row")

if TYPE_CHECKING:
    Answer_co = TypeVar("Answer_co", covariant=True)

    class Lookup(Protocol[Answer_co]):
        """What is asked by ``[]``, of any name, and by nothing else."""

        def __getitem__(self, name: str, /) -> Answer_co: ...


class Answers(dict[str, Answer]):
    """What is known of names, found when somebody asks for the first time: programs ask for few, and for each often.

    Args:
        find: finds it.
    """

    def __init__(self, find: Callable[[str], Answer]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> Answer:
        found = self._find(name)
        if len(self) < _MAX_KNOWN:
            self[name] = found
        return found


class Table(Answers["Row | None"]):
    """Rows by dotted name, with the loose lookup. Of several names that are loosely the same the first is meant.

    Attributes:
        exact: the same without it.

    Args:
        rows: all rows of the library that a name is of.
    """

    def __init__(self, rows: Callable[[str], dict[str, Row]]) -> None:
        self._rows = rows
        self.exact: Lookup[Row | None] = Answers(lambda name: rows(name).get(name))
        super().__init__(self._loosely)

    def _loosely(self, name: str) -> Row | None:
        rows = self._rows(name)
        found = rows.get(name)
        if found is None and "." in name:
            last = name.rpartition(".")[2]
            found = next((row for each, row in rows.items() if each.rpartition(".")[2] == last), None)
        return found


class Catalogue:
    """All that is known, to be looked up. Of a name that no row speaks of, a table has nothing: ``None``, or empty.

    Args:
        kept: the rows.
        more: more rows, which a project says of its own libraries.
    """

    def __init__(self, kept: Kept, more: Tables | None = None) -> None:
        self._kept = kept.rows
        self._more = {} if more is None else more.by_library()
        self._registers = [kept.register] if more is None else [kept.register, register(more)]
        self._libraries: Lookup[Tables] = Answers(self._read)
        self.sinks: Lookup[list[Sink]] = Answers(lambda name: self._of(name).sinks.get(name, []))
        self.transforms: Lookup[Transform | None] = Answers(lambda name: self._of(name).transforms.get(name))
        self.returns: Lookup[str] = Answers(lambda name: self._of(name).returns.get(name, ""))
        self.callers: Lookup[Caller | None] = Answers(lambda name: self._of(name).callers.get(name))
        self.handlers: Lookup[list[Handler]] = Answers(lambda name: self._of(name).handlers.get(name, []))
        self.makers: Lookup[str] = Answers(lambda name: self._of(name).makers.get(name, ""))
        self.types: Table[TypeRow] = Table(lambda name: self._of(name).types)
        self.fields: Table[FieldRow] = Table(lambda name: self._of(name).fields)
        self.classes: Table[ClassRow] = Table(lambda name: self._of(name).classes)
        everywhere = self._libraries[EVERYWHERE]
        self.methods = everywhere.methods
        self.returning_methods = everywhere.returning_methods
        self.calling_methods = everywhere.calling_methods
        self.conventions = everywhere.conventions
        self.frames = everywhere.frames
        self.frameworks = frozenset(everywhere.frameworks)
        self._holding: dict[str, bool] = {}
        self._sinks_of: Lookup[list[Sink]] = Answers(self._find_sinks)
        self._transform_of: Lookup[Transform | None] = Answers(self._find_transform)
        self._given_by: Lookup[str] = Answers(self._find_given)
        self._bases_of: Lookup[tuple[str, ...]] = Answers(self._find_bases)

    def _read(self, library: str) -> Tables:
        body, more = self._kept.get(library), self._more.get(library)
        known = _NO_ROWS if body is None else msgspec.msgpack.decode(body, type=Tables)
        return known if more is None else known.under(more)

    def _of(self, name: str) -> Tables:
        """The rows of the library that a dotted name is of."""
        return self._libraries[library_of(name)]

    def everything(self) -> Tables:
        """The rows of every library, for whoever goes through all of them: no analysis does."""
        whole = Tables()
        for library in {**self._kept, **self._more}:
            part = self._libraries[library]
            for table in part.__struct_fields__:
                rows = getattr(whole, table)
                (rows.update if isinstance(rows, dict) else rows.extend)(getattr(part, table))
        return whole

    @cached_property
    def sink_names(self) -> frozenset[str]:
        """The last names of all sinks."""
        return _words(each.sinks for each in self._registers)

    @cached_property
    def remote(self) -> frozenset[str]:
        """The libraries, by the first part of their names, with objects whose methods are those of another machine."""
        return _words(each.remote for each in self._registers)

    @cached_property
    def loggers(self) -> tuple[str, ...]:
        """The classes and modules that log, in order. Programs give more names (``Logger.d = Logger.debug``)."""
        return tuple(sorted(_words(each.loggers for each in self._registers)))

    @cached_property
    def caller_names(self) -> frozenset[str]:
        """The last names of all callables that call another."""
        return _words(each.callers for each in self._registers)

    @cached_property
    def handler_names(self) -> frozenset[str]:
        """The last names of all that hands something to functions of the program."""
        return _words(each.handlers for each in self._registers)

    @cached_property
    def handler_prefixes(self) -> tuple[str, ...]:
        """What methods begin with that are called by the rest of their name (``validate_``)."""
        return tuple(sorted({name[:-1] for name in self.handler_names if name[-1] == "*"}))

    @cached_property
    def connected(self) -> frozenset[str]:
        """The parameters that functions have which are connected to something."""
        return _words(each.connected for each in self._registers)

    @cached_property
    def ways(self) -> dict[str, str]:
        """The sink that names in a row lead to which only one library has; a project's own goes first."""
        return {way: name for each in self._registers for way, name in each.ways.items()}

    def models(self, library: str) -> bool:
        """Whether any row of sinks, classes or transforms speaks of a library."""
        rows = self._libraries[library]
        return any((rows.sinks, rows.transforms, rows.returns, rows.makers, rows.classes, rows.fields, rows.types))

    def lets_out(self, owner: str) -> bool:
        """Whether a sink belongs to a class or a module."""
        return any(name.rpartition(".")[0] == owner for name in self._of(owner).sinks)

    def may_hold(self, name: str) -> bool:
        """Whether an instance of a library's class may hold anything personal: whether an attribute, a method or its
        text gives any, however far below.
        """
        known = self._holding.get(name)
        if known is None:
            self._holding[name] = False  # a class that holds its own kind
            known = self._holding[name] = any(map(self._holds, (name, *self.bases_of(name))))
        return known

    def _holds(self, name: str) -> bool:
        row = self.classes[name]
        type_ = self.types[name]
        if type_ is not None and type_.categories:
            return True
        below = [given for each, given in self._of(name).returns.items() if each.rpartition(".")[0] == name]
        given = [*below, *(row.attributes.values() if row is not None else ())]
        if row is not None and (row.model or row.shape or row.text not in ("", "clean")):
            return True
        return any(self._is_personal(each) for each in given)

    def _is_personal(self, given: str) -> bool:
        kind, _, target = given.partition(":")
        if "." in kind or kind in ("type", "many"):
            return self.may_hold(target or kind)
        return kind != "clean"

    def may_give(self, name: str) -> bool:
        """Whether a call of a callable may give anything personal, or an object that holds it."""
        given = self.given_by(name)
        return bool(given) and self._is_personal(given)

    def gives_on(self, name: str) -> bool:
        """Whether a callable that calls another gives what that one returns."""
        row = self.callers[name]
        return row is not None and row.gives

    def sinks_of(self, name: str) -> list[Sink]:
        """The sinks that a callable is, through its class's bases."""
        return self._sinks_of[name]

    def _find_sinks(self, name: str) -> list[Sink]:
        owner, _, method = name.rpartition(".")
        for known in (name, *(f"{base}.{method}" for base in self.bases_of(owner))):
            if found := self.sinks[known]:
                return found
        return self._asked_of(owner) if library_of(name) in self.remote else []

    def _asked_of(self, owner: str) -> list[Sink]:
        """The sinks that any method is of an object, or below one, whose methods are those of another machine."""
        while owner:
            if found := self.sinks[f"{owner}.{ANY}"]:
                return found
            owner = owner.rpartition(".")[0]
        return []

    def transform_of(self, name: str) -> Transform | None:
        """What a callable does to its arguments, if that is known."""
        return self._transform_of[name]

    def _find_transform(self, name: str) -> Transform | None:
        owner, _, method = name.rpartition(".")
        for known in (name, *(f"{base}.{method}" for base in self.bases_of(owner))):
            if (found := self.transforms[known]) is not None:
                return found
        while owner:
            if (found := self.transforms[f"{owner}.*"]) is not None:
                return found
            owner = owner.rpartition(".")[0]
        return None

    def given_by(self, name: str) -> str:
        """What a call of a callable gives, in the notation of a class's attributes, or an empty text."""
        return self._given_by[name]

    def _find_given(self, name: str) -> str:
        owner, _, method = name.rpartition(".")
        names = (name, *(f"{base}.{method}" for base in self.bases_of(owner)))
        return next(filter(None, map(self.returns.__getitem__, names)), "")

    def bases_of(self, name: str) -> tuple[str, ...]:
        """The known ancestors of a library's class, nearest first. A class that is found under two names, or rows that
        name each other, end where they began.
        """
        return self._bases_of[name]

    def _find_bases(self, name: str) -> tuple[str, ...]:
        seen = {name: None}
        waiting = [name]
        while waiting:
            row = self.classes[waiting.pop()]
            fresh = [base for base in (row.bases if row is not None else ()) if base not in seen]
            seen.update(dict.fromkeys(fresh))
            waiting.extend(reversed(fresh))
        return tuple(seen)[1:]


def catalogue(more: Tables | None = None) -> Catalogue:
    """The built-in catalogue, or one with more rows, which a project says of its own libraries."""
    return _built_in() if more is None else Catalogue(built_in(), more)


@lru_cache(maxsize=1)
def _built_in() -> Catalogue:
    return Catalogue(built_in())


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(texts).split())
