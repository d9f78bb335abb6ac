"""Evaluation: from a value in a function's facts to what it is, through fields, calls and other modules.

Results are computed on demand and remembered by context, so a function that no sink asks about costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from discreet.catalogue.names import is_person, surely
from discreet.catalogue.speaking import speaks
from discreet.catalogue.tables import Catalogue
from discreet.facts.model import VALUE, Part, Span, Value, Write
from discreet.facts.selection import ROOT as QUERY_ROOT
from discreet.facts.values import ROWS, SPLITS, matches
from discreet.flow import notes
from discreet.flow.brought import Brought
from discreet.flow.calls import Calls
from discreet.flow.chosen import Columns
from discreet.flow.contents import Contents
from discreet.flow.context import Context
from discreet.flow.external import External
from discreet.flow.fields import Fields
from discreet.flow.filled import Filled
from discreet.flow.frames import Frames
from discreet.flow.keys import Keys
from discreet.flow.loaded import Unit
from discreet.flow.lookups import Lookups, is_told_apart
from discreet.flow.neighbours import Neighbours
from discreet.flow.parameters import Parameters
from discreet.flow.passed import Passed
from discreet.flow.result import MAX_TRACE, OBJECT, PARAM, QUERY, TAINT, UNKNOWN, Place, Result, Results, Step
from discreet.flow.results import distinct, is_taken_out, step_taint, step_text, steps_open
from discreet.flow.rows import PAGED, WHOLE, Rows, is_row
from discreet.flow.things import Things

if TYPE_CHECKING:
    from discreet.flow.summary import Summaries


_OPEN: Final = (PARAM, UNKNOWN)
"""The kinds of results of which others may know more."""


class Evaluator:
    """Answers what a value is."""

    def __init__(
        self, things: Things, catalogue: Catalogue, summaries: Summaries, sources: dict[str, tuple[str, ...]]
    ) -> None:
        self.things = things
        self.classes = things.classes
        self.program = things.program
        self.catalogue = catalogue
        self.summaries = summaries
        self.sources = sources
        self.external = External(self, catalogue)
        self.parameters = Parameters(self)
        self.fields = Fields(self)
        self.filled = Filled(self)
        self.calls = Calls(self)
        self.brought = Brought(self)
        self.passed = Passed(self)
        self.rows = Rows(self)
        self.columns = Columns(self)
        self.frames = Frames(self)
        self.keys = Keys(things)
        self.contents = Contents(things, summaries.callers)
        self.neighbours = Neighbours(self.program, self.classes)
        self.lookups = Lookups(things)
        self.narrowing = things.narrowing
        self._memo: dict[object, Results] = self.program.table()
        self.memos: tuple[dict[Any, Any], ...] = (self._memo, self.fields.stored.memo)
        self._asked: dict[object, None] = {}
        self.open: set[object] = set()

    def value(self, context: Context, value: Value) -> Results:
        """All that a value can be."""
        if not value:
            return ()
        if len(value) == 1:
            found = self.part(context, value[0])
            if len(found) < 2:
                return found
            found = distinct(found)
        else:
            found = distinct([result for part in value for result in self.part(context, part)])
        for each in found if len(found) > 1 else ():
            if each.minus and each.kind == OBJECT:
                return tuple([self._kept_up(context, one, found) if one.minus else one for one in found])
        return found

    def _kept_up(self, context: Context, result: Result, beside: Results) -> Result:
        """An object without the deletions that are none: of attributes that were given other personal data."""
        if result.kind != OBJECT or result.path:
            return result
        given = {each.path: each for each in beside if len(each.path) == 1 and each.path in result.minus}
        again = frozenset(path for path, each in given.items() if self._is_personal(context, each._replace(path=())))
        return result._replace(minus=result.minus - again) if again else result

    def _is_personal(self, context: Context, result: Result) -> bool:
        own = self.parameters.own(context, result) if result.kind == PARAM else (result,)
        return any(self.summaries.judge.sure(context, each) for each in own)

    def part(self, context: Context, part: Part) -> Results:
        """All that one part can be, with the story of the variables that held it."""
        bare = self.access(context, part.root, part.access, part.minus, part.span)
        if not bare:
            return ()
        before, after = _told(context.module.path, part)
        inside = part.path
        for step in inside:
            if step[0] == "?":
                inside = self.keys.path(context, inside)
                break
        contents: tuple[tuple[str, ...], ...] = ()
        sought = ""
        for result in bare:
            if result.kind in _OPEN and not result.path:
                contents, sought = self.contents.of(context, part), self.lookups.of(context, part)
                break
        found = []
        for result in bare:
            if part.minus and is_taken_out(result, part.minus):
                continue  # what a function put there was taken out, or replaced
            form = result.form or part.form
            minus = (
                result.minus | part.minus if part.minus and result.kind in (PARAM, OBJECT, UNKNOWN) else result.minus
            )
            path = inside + result.path if form == VALUE or not part.form else inside
            hint = result.hint  # of what lies in a container, the container's name says nothing
            if part.hint and not result.path and (not hint or speaks(part.hint) or not speaks(hint)):
                hint = part.hint  # the later name, unless only the earlier one tells
            if sought and not result.path and result.kind in _OPEN and not _says_what(hint):
                hint = hint if is_told_apart(result.names[-1], sought) else sought
            hops = before + after if before and result.place != Place(context.module.path, part.span) else after
            trace = (result.trace + hops)[:MAX_TRACE] if hops else result.trace
            read = contents if contents and result.kind in _OPEN and not result.path else result.contents
            found.append(replace(result, path=path, form=form, hint=hint, minus=minus, trace=trace, contents=read))
        return tuple(found)

    def access(
        self, context: Context, root: str, access: tuple[str, ...], minus: frozenset[tuple[str, ...]], span: Span
    ) -> Results:
        """What ``root<access>`` can be in a context."""
        key = (context.key, root, access, span)
        known = self._memo.get(key)
        if known is not None:
            return known
        if key in self._asked or not self.program.descend():
            return ()
        self._asked[key] = None
        try:
            place = Place(context.module.path, span)
            known_object = self._imported(root, access, place) if access and root[:2] == "g:" else None
            if known_object is not None:
                found = known_object
            elif access and access[0][0] == "." and root[:2] == "g:" and self._is_module(root):
                found = self.access(context, root + access[0], access[1:], frozenset(), span)
            elif access:
                before = self.access(context, root, access[:-1], frozenset(), span)
                if access[-1][0] != "?":
                    found = self.steps(before, access[-1:], place)
                else:
                    steps = self.keys.steps(context, access[-1])
                    found = distinct([each for step in steps for each in self.steps(before, (step,), place)])
            else:
                found = self._root(context, root, place)
        finally:
            del self._asked[key]
            self.program.ascend()
        self._memo[key] = found
        return found

    def _is_module(self, root: str) -> bool:
        """Whether a root is a module of the program, whose attributes are globals themselves."""
        return self.program.find(root[2:]).kind == "module"

    def _imported(self, root: str, access: tuple[str, ...], place: Place) -> Results | None:
        """``os.environ["X"]``, ``flask.request.form``: an object below an imported module that the catalogue knows."""
        named = 0
        while named < len(access) and access[named][0] == ".":
            named += 1
        for size in range(named, 0, -1):
            dotted = root[2:] + "".join(access[:size])
            if self.catalogue.classes.exact[dotted] is not None and self.program.find(dotted).kind == "external":
                return self.steps(self.external.object(dotted, place), access[size:], place)
        return None

    def steps(self, results: Iterable[Result], access: tuple[str, ...], place: Place) -> Results:
        """What lies at ``access`` of some results."""
        if not access:
            return distinct(list(results))
        found: list[Result] = []
        for result in results:
            if self._is_open(result):
                one = steps_open(result, access, place)
                if one is not None:
                    found.append(one)
                continue
            beyond = self.step(result, access[0], place)
            for step in access[1:]:
                beyond = tuple([each for inner in beyond for each in self.step(inner, step, place)])
            found += beyond
        return distinct(found) if len(found) > 1 else tuple(found)

    def _is_open(self, result: Result) -> bool:
        """Whether only the names on the way can say anything of what lies in a result."""
        if result.path or result.form != VALUE:
            return False
        return result.kind == PARAM or (result.kind == UNKNOWN and not result.protected)

    def step(self, result: Result, step: str, place: Place) -> Results:
        """What lies at one step of a result."""
        if step[0] == "?" and not ((result.path or result.kind in (OBJECT, PARAM)) and step[2] == "~"):
            step = "["  # nobody said what decides about it
        if step[0] in "+-" and (result.kind in (OBJECT, TAINT) or result.path or result.form):
            return (result,) if self.narrowing.admits(result, step) else ()
        if step == "@enter":
            return self._entered(result, place)
        if step == ROWS and result.path[:1] == (ROWS,):
            return (result._replace(path=result.path[1:]),)
        if step == ROWS and result.kind != PARAM:
            return self.rows.of(result) if result.kind == QUERY else ()
        if result.kind == QUERY:
            return () if step[0] in ".[" else (result,)
        if step == "@secret" and result.kind != PARAM:
            return (result._replace(protected=False),)
        if (result.kind == OBJECT or result.path) and self.frames.is_table(result):
            return self.frames.step(result, step, place)
        if result.path:
            if step == "@fields":  # of an object whose attributes are known a mapping has them under keys
                return (
                    result._replace(path=tuple(f"[{each[1:]}" if each[0] == "." else each for each in result.path)),
                )
            if step == "~" or step in SPLITS:
                return (result,) if step == "~" else ()
            if (step in WHOLE and result.path[0][0] == "=") or (step in PAGED and result.path[0] == "*"):
                return (result,)
            if step[0] == "[" and len(step) > 1 and is_row(result):
                return self.rows.under_key(result, step[1:])
            if not matches(result.path[0], step):
                return ()
            tells = result.path in ((step,), ("[",)) and step[0] == "[" and len(step) > 1 and speaks(step[1:])
            return (replace(result, path=result.path[1:], hint=step[1:] if tells else result.hint),)
        if result.form != VALUE:
            one = step_text(result, step, place)
        elif result.kind == TAINT:
            one = step_taint(result, step, place)
        elif result.kind == OBJECT:
            return self.fields.step(result, step, place)
        else:
            one = steps_open(result, (step,), place)
        return (one,) if one is not None else ()

    def _entered(self, result: Result, place: Place) -> Results:
        """What ``with`` binds: what a generator yields, what ``__enter__`` returns, else the object itself."""
        if result.path[:1] == ("*",):
            return (result._replace(path=result.path[1:]),)
        if result.kind == OBJECT:
            method = self.classes.method(result.cls, "__enter__") or self.classes.method(result.cls, "__aenter__")
            if method and self.program.descend():
                try:
                    return self.calls.returned(Context(self.program.unit(method)), {0: (result,)}, place)
                finally:
                    self.program.ascend()
        return (result,)

    def _root(self, context: Context, root: str, place: Place) -> Results:
        kind = root[0]
        if kind == "c":
            return self.calls.call(context, int(root[1:]))
        if kind == "p":
            return self.parameters.bare(context, int(root[1:]), place)
        if kind == "w":
            return self.passed.of(context, root, place)
        if root.startswith(QUERY_ROOT):
            return (Result(QUERY, ("",), "", place, cls=root),)
        if kind == "m":
            categories = tuple(root[2:].split(","))
            return (Result(TAINT, ("",), "", place, categories=categories, known_by="mark", confidence="high"),)
        if kind == "g":
            return self._global(context, root[2:], place)
        if kind == "v":
            name, _, variable = root[2:].rpartition(":")
            return self._captured(name, variable, place)
        if kind == "t":
            return self.parameters.of_type(context.function.types[int(root[1:])], context, ("",), "", place)
        if kind == "i":
            return self._instances(context, root, "error", place)
        if kind == "x":
            return (Result(UNKNOWN, (root[2:],), root[2:], place),)
        return ()

    def _instances(self, context: Context, root: str, text: str, place: Place) -> Results:
        things = self.things.of_root(context, root, ())
        return tuple(
            Result(OBJECT, (text,), text, place, cls=thing.name) for thing in things if thing.kind == "instance"
        )

    def _captured(self, name: str, variable: str, place: Place) -> Results:
        """A variable of an enclosing function, as that function knows it by itself."""
        unit = self.program.function(name)
        if unit is None:
            return ()
        held = self.by_itself(Context(unit), unit.function.variables.get(variable, ()))
        return distinct([*held, *self.stored_in(f"v:{name}:{variable}")])

    def stored_in(self, root: str) -> list[Result]:
        """What functions elsewhere write into a global or into a captured variable."""
        if root in self.open:
            return []
        self.open.add(root)
        found = []
        for unit, write, access in self._writes_into(root):
            place, name = Place(unit.module.path, write.span), (access[-1:] or (root,))[0]
            for each in self.by_itself(Context(unit), write.value):
                told = each.told(place, notes.kept(re.split("[.:[]", name)[-1]))
                found.append(told._replace(path=(*access, *each.path)))
        self.open.discard(root)
        return found

    def _writes_into(self, root: str) -> Iterator[tuple[Unit, Write, tuple[str, ...]]]:
        """The writes into a global or a captured variable, each with where in it. A module's object can also be
        reached through the module: ``store.current.email = email``.
        """
        for unit, write in self.program.stores(root):
            yield unit, write, write.target.access
        module, _, name = root.rpartition(".")
        for unit, write in self.program.stores(module) if root[:2] == "g:" else ():
            if write.target.access[:1] == (f".{name}",):
                yield unit, write, write.target.access[1:]

    def by_itself(self, context: Context, value: Value) -> Results:
        """What a function knows of a value without its callers, in terms that hold outside it."""
        if not value or not self.program.descend():
            return ()
        try:
            found: list[Result] = []
            for each in self.value(context, value):
                found.extend(self.parameters.own(context, each) if each.kind == PARAM else [each])
            return self.brought.outlasting(found)
        finally:
            self.program.ascend()

    def _global(self, context: Context, dotted: str, place: Place) -> Results:
        symbol = self.program.find(dotted)
        if symbol.kind == "variable":
            module, _, name = symbol.name.rpartition(".")
            categories = self.sources.get(symbol.name)
            if categories:
                return (Result(TAINT, (name,), name, place, categories=categories, known_by="mark", confidence="high"),)
            top = self.program.top(module)
            if top is None:
                return ()
            found = self.by_itself(Context(top), top.function.variables.get(name, ()))
            found = distinct([*found, *self.stored_in(f"g:{symbol.name}")])
            return self.steps(found, tuple(f".{each}" for each in symbol.rest), place)
        if symbol.kind == "external":
            return self.external.object(symbol.name, place)
        if symbol.kind == "class":
            return self.steps(self._class_object(symbol.name), tuple(f".{each}" for each in symbol.rest), place)
        return ()

    def _class_object(self, name: str) -> Results:
        """What is written into a class from anywhere: ``Registry.current = email``."""
        if ("class", name) in self.open:
            return ()
        self.open.add(("class", name))
        found = self.stored_in(f"g:{name}")
        for attribute, writes in self.classes.writes(name).items():
            for context, write in writes:
                if context.function.flavour == "class":
                    stored = self.by_itself(context, write.value)
                    found.extend(each._replace(path=(f".{attribute}", *each.path)) for each in stored)
        self.open.discard(("class", name))
        return distinct(found)


def _says_what(hint: str) -> bool:
    """Whether a name says what a value is, and not only whose."""
    return speaks(hint) and (not is_person(hint) or surely(hint) is not None)


def _told(path: str, part: Part) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The variables that held a part: first those that held the whole that it was read from. They belong to its story
    only if that began before the reading, as with an object that was made of it.
    """
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    for hop in part.via:
        if hop.note:
            after += (Step(path, hop.line, hop.column, notes.held(hop.note)),)
        else:
            before, after = before + after, ()
    return before, after
