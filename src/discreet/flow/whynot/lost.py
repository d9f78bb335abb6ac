"""What was lost: of a value that evaluates to nothing, the one place where the engine let go of it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from discreet.catalogue.names import cleans
from discreet.catalogue.rows import SILENCING
from discreet.facts.marks import NONE
from discreet.facts.model import VALUE, Call, Part, Path, Value, Write
from discreet.facts.narrowing import FALSE
from discreet.flow import notes
from discreet.flow.binding import receiver_of, selected
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.program import shown_name
from discreet.flow.result import OBJECT, PARAM, TAINT, Place, Result, Results, Step
from discreet.flow.substitutions import SUBSTITUTING
from discreet.flow.whynot.answer import NO_REASON, PLACE, Stop, Trail
from discreet.flow.whynot.values import HOLDS, shown_type

if TYPE_CHECKING:
    from discreet.flow.whynot.explain import Explainer


class Lost:
    """Answers where a value was let go of."""

    def __init__(self, explainer: Explainer) -> None:
        self.explainer = explainer
        self.evaluator = explainer.evaluator
        self.program = explainer.evaluator.program
        self.catalogue = explainer.evaluator.catalogue
        self.classes = explainer.evaluator.classes

    def part(self, context: Context, part: Part, depth: int) -> list[Trail]:
        """Why a part of a value evaluates to nothing."""
        words = self.explainer.text(context, part)
        known = self._library_object(part)
        if known is not None:
            return [Trail(words, known)]
        for size in range(len(part.access) - 1, -1, -1):
            before = self.evaluator.access(context, part.root, part.access[:size], frozenset(), part.span)
            if before:
                found = [trail for each in before for trail in self._step(each, part.access[size], words, depth)]
                return found or [Trail(words, NO_REASON)]
        return list(self._root(context, part.root, depth)) or [Trail(words, NO_REASON)]

    def _library_object(self, part: Part) -> Stop | None:
        """``settings.ADMIN_EMAIL``, ``os.environ["X"]``: an object that the catalogue says is nobody's."""
        if part.root[:2] != "g:":
            return None
        for size in range(len(part.access) + 1):
            dotted = part.root[2:] + "".join(part.access[:size])
            symbol = self.program.find(dotted)
            row = self.catalogue.classes.exact[symbol.name] if symbol.kind == "external" else None
            if row is not None and row.text == "clean":
                return Stop("clean", f"`{symbol.name}` holds nobody's data (catalogue)")
        return None

    # -- roots --------------------------------------------------------------------------------------------------------

    def _root(self, context: Context, root: str, depth: int) -> Iterator[Trail]:
        if root[0] == "c":
            yield from self.call(context, int(root[1:]), depth)
        elif root[0] == "g":
            yield from self._global(root[2:], depth)
        elif root[0] == "v":
            name, _, variable = root[2:].rpartition(":")
            unit = self.program.function(name)
            if unit is not None:
                value = unit.function.variables.get(variable, ())
                yield from self._variable(Context(unit), variable, value, depth)
        elif root[0] == "t" and NONE in context.function.types[int(root[1:])].marks:
            yield Trail("", Stop("declared", "declared clean by its annotation"))

    def _global(self, dotted: str, depth: int) -> Iterator[Trail]:
        symbol = self.program.find(dotted)
        if symbol.kind in ("function", "class", "module"):
            yield Trail("", Stop("constant", f"it is a {symbol.kind}, no data: `{symbol.name}`"))
        if symbol.kind != "variable":
            return
        module, _, name = symbol.name.rpartition(".")
        top = self.program.top(module)
        if top is not None:
            yield from self._variable(Context(top), name, top.function.variables.get(name, ()), depth)

    def _variable(self, context: Context, name: str, value: Value, depth: int) -> Iterable[Trail]:
        if value:
            return self.explainer.trails(context, value, VALUE, depth + 1)
        span = None if context.function.name.endswith(".<module>") else context.function.span
        return self.explainer.spellings.of(context.module.path).held(name, span)

    # -- steps --------------------------------------------------------------------------------------------------------

    def below(self, results: Results, access: Path, place: Place, words: str, depth: int) -> list[Trail]:
        """Why nothing lies at ``access`` of some results."""
        for step in access:
            after = self.evaluator.steps(results, (step,), place)
            if not after:
                return [trail for each in results for trail in self._step(each, step, words, depth)]
            results = after
        return []

    def _step(self, result: Result, step: str, words: str, depth: int) -> Iterator[Trail]:
        if step == FALSE:
            yield Trail(words, Stop("constant", f"it is None or empty here: {words}"))
        elif (step,) in result.minus:
            yield Trail(words, Stop("deleted", f"deleted or overwritten before: {words}"))
        elif result.kind == TAINT and step[0] == ".":
            yield Trail(words, Stop("piece", f"only a part of it that is nobody's: {words}"))
        elif result.kind == OBJECT and step[0] in ".[" and len(step) > 1 and not result.path:
            yield from self._attribute(result, step[1:], words, depth)

    def _attribute(self, result: Result, name: str, words: str, depth: int) -> Iterator[Trail]:
        method = self.classes.method(result.cls, name)
        if method:
            unit = self.program.unit(method)
            if unit.function.flavour == "property":
                yield from self.function(Context(unit), None, {}, depth)
            else:
                yield Trail(words, Stop("constant", f"it is a method, no data: {words}"))
            return
        stop = self._class(result.cls) or self._field(result, name, words)
        if stop is not None:
            yield Trail(words, stop)
            return
        for context, write in self.classes.stores(result.cls, name):
            span = write.span
            step = Step(context.module.path, span.line, span.column, notes.kept(name))
            for each in self._written(context, write, depth):
                yield each.after(step)

    def _written(self, context: Context, write: Write, depth: int) -> Iterable[Trail]:
        if not write.value:
            return self.explainer.spellings.of(context.module.path).assigned(write.span)
        return self.explainer.trails(context, write.value, VALUE, depth + 1)

    def _class(self, name: str) -> Stop | None:
        own = self.program.cls(name)
        if own is None or NONE not in own.marks:
            return None
        place = Place(self.program.path_of(name), own.span)
        return Stop("declared", f"declared clean: the annotation of `{own.name}` at {PLACE}", place=place)

    def _field(self, result: Result, name: str, words: str) -> Stop | None:
        declared = self.classes.declared(result.cls, name)
        if declared is None:
            row = self._library_attribute(result, name)
            return Stop("clean", f"`{words}` holds nobody's data (catalogue)") if row == "clean" else None
        owner, field = declared
        path = self.program.path_of(owner.name)
        if NONE in field.marks or NONE in field.type.marks:
            return self.explainer.spellings.of(path).declared(field.span.line)
        scope = self.classes.scope(owner)
        made = self.evaluator.fields.row_of(scope, field) if scope is not None else None
        if made is not None and made.holds in ("flag", "id"):
            return Stop("type", f"its type can't hold it: `{words}` is declared to hold {HOLDS[made.holds]}")
        if field.assigned and not field.value and not field.type.names:
            place = Place(path, field.span)
            return Stop("constant", f"it is a constant: `{name}` at {PLACE}", place=place)
        return None

    def _library_attribute(self, result: Result, name: str) -> str:
        for row in self.classes.rows(result.cls):
            said = row.attributes.get(name) or row.attributes.get("*")
            if said:
                return said
        return ""

    # -- calls --------------------------------------------------------------------------------------------------------

    def call(self, context: Context, index: int, depth: int) -> list[Trail]:
        """Why a call gives nothing."""
        call = context.function.calls[index]
        place = Place(context.module.path, call.span)
        found: list[Trail] = []
        for thing in self.evaluator.things.of_callee(context, call):
            if self.evaluator.calls.of_thing(context, call, index, thing, place) is None:
                continue
            if thing.kind in CALLABLE:
                target, arguments, _ = self.evaluator.calls.enter(context, call, thing)
                found.extend(self._entered(context, call, target, arguments, depth))
            elif thing.kind == "external":
                found.extend(self._external(context, call, thing, depth))
        return found or self._unresolved(context, call, depth)

    def _entered(
        self, context: Context, call: Call, target: Context, arguments: dict[int, Value], depth: int
    ) -> Iterable[Trail]:
        stop = self._promised(target)
        if stop is not None:
            return self._stopped(context, call, stop, depth)
        return self.function(target, context, arguments, depth)

    def _promised(self, target: Context) -> Stop | None:
        """What a function says of all that it gives back: by a mark, by its name, by its annotation."""
        function = target.function
        place = Place(target.module.path, function.span)
        name = function.name.rpartition(".")[2]
        if NONE in (function.marks or self.evaluator.sources.get(function.name, ())):
            return Stop("declared", f"declared clean: {shown_name(name)}() at {PLACE}", place=place)
        if cleans(name) and not self.evaluator.calls.plainly_keeps(target):
            text = f"sanitized by {shown_name(name)}() at {PLACE} (its name says so)"
            return Stop("sanitized", text, place=place)
        if function.result.names:
            typed = self.evaluator.parameters.of_type(function.result, target, (name,), f"{name}()", place)
            if any(each.holds in ("flag", "id") for each in typed):
                text = f"its type can't hold it: `{shown_name(name)}() -> {shown_type(function.result)}`"
                return Stop("type", text, place=place)
        return None

    def function(
        self, target: Context, caller: Context | None, arguments: dict[int, Value], depth: int
    ) -> Iterator[Trail]:
        """Why a function gives back nothing, given what it is handed."""
        function = target.function
        step = Step(target.module.path, function.span.line, function.span.column,
                    notes.returned(shown_name(function.name)))  # fmt: skip
        if caller is None:
            stop = self._promised(target)
            if stop is not None:
                yield Trail("", stop)
                return
        if not function.returns and not function.yields:
            for each in self.explainer.spellings.of(target.module.path).returned(function.span):
                yield each.after(step)
            return
        for part in (*function.returns, *function.yields):
            for each in self._given_back(target, part, caller, arguments, depth):
                yield each.after(step)

    def _given_back(
        self, target: Context, part: Part, caller: Context | None, arguments: dict[int, Value], depth: int
    ) -> Iterator[Trail]:
        results = self.evaluator.part(target, part)
        if not results:
            yield from self.explainer.trails(target, (part,), VALUE, depth + 1)
        for result in results:
            if result.kind == PARAM and caller is not None and result.parameter in arguments:
                yield from self.explainer.trails(caller, arguments[result.parameter], VALUE, depth + 1)

    def _external(self, context: Context, call: Call, thing: Thing, depth: int) -> list[Trail]:
        """What a row of the catalogue leaves nothing of."""
        name = thing.name
        if name in SUBSTITUTING:
            stop = Stop("sanitized", f"sanitized: {call.text}() replaces what is in it")
            return self._stopped(context, call, stop, depth)
        row = self.catalogue.transform_of(name)
        if row is None:
            return []
        if row.effect in SILENCING:
            return self._stopped(context, call, cleaned(row.effect, call.text), depth)
        args = [arg for _, arg in selected(call.args, row.of)]
        return [trail for arg in args for trail in self.explainer.argument(context, arg, VALUE, depth + 1)]

    def _unresolved(self, context: Context, call: Call, depth: int) -> list[Trail]:
        """A call that nobody could resolve: a method that means the same everywhere, or a name that promises."""
        last = call.text.rpartition(".")[2]
        row = self.catalogue.methods.get(last)
        if row is not None and row.effect in SILENCING:
            return self._stopped(context, call, cleaned(row.effect, f".{last}"), depth)
        if row is None and cleans(last):
            stop = Stop("sanitized", f"sanitized by {call.text}() (its name says so)")
            return self._stopped(context, call, stop, depth)
        receiver = receiver_of(call)
        return self.explainer.trails(context, receiver, VALUE, depth + 1) if receiver else []

    def _stopped(self, context: Context, call: Call, stop: Stop, depth: int) -> list[Trail]:
        """A call that leaves nothing of what it is handed; if it was handed nothing, then what had stopped that."""
        words = self.explainer.spellings.of(context.module.path).text(call.span)
        given = [*(arg.value for arg in call.args), receiver_of(call)]
        if any(self.evaluator.value(context, value) for value in given) or depth > 3:
            return [Trail(words, stop)]
        before = [trail for arg in call.args if arg.value or arg.constant is None
                  for trail in self.explainer.argument(context, arg, VALUE, depth + 1)]  # fmt: skip
        before.extend(self.explainer.trails(context, receiver_of(call), VALUE, depth + 1))
        told = [each for each in before if each.stop.kind not in ("constant", "unknown")]
        return told or [Trail(words, stop)]


def cleaned(effect: str, name: str) -> Stop:
    """What a row of the catalogue says that leaves nothing of a value."""
    if effect == "pseudonymise":
        return Stop("pseudonymised", f"pseudonymised: {name}()")
    if effect == "sanitize":
        return Stop("sanitized", f"sanitized by {name}() (catalogue)")
    return Stop("reduced", f"reduced: {name}() keeps nothing personal")
