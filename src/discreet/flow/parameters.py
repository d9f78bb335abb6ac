"""Parameters: what a function knows of them (by marks, annotations, conventions, names), and what callers hand over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from discreet.catalogue.names import is_configuration
from discreet.facts.bounds import hit
from discreet.facts.marks import NONE
from discreet.facts.model import VALUE, Parameter, Part, Path, Type
from discreet.facts.narrowing import FALSE
from discreet.flow import notes
from discreet.flow.binding import bind_arguments, is_own_object
from discreet.flow.context import Context
from discreet.flow.handlers import FIELDS, PARAMETERS, RECORD, SAID, Given
from discreet.flow.injected import Injected
from discreet.flow.keys import Handed
from discreet.flow.program import Symbol, shown_name
from discreet.flow.result import OBJECT, PARAM, TAINT, UNKNOWN, Place, Result, Results
from discreet.flow.takers import taken

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

MAX_GENERATIONS: Final = 3
"""How many callers of callers are asked what they hand over."""
USERS: Final = ("user", "current_user", "request_user")
"""What the program's user model is called where its class is not said."""

_DJANGO: Final = "django"
"""The library whose own model is the program's, where it has none."""


def _is_setting(part: Part) -> bool:
    """``settings.email_sender``, ``self.config["username"]``."""
    around = [part.root.rpartition(".")[2]] if part.root[:2] == "g:" else []
    names = [*around, *(step[1:] for step in part.access if step[0] in ".[" and len(step) > 1)]
    return len(part.access) == len(names) - len(around) and any(map(is_configuration, names[:-1]))


def is_inside(access: Path) -> bool:
    """Whether steps lead to what lies in a container: under a key, at a place, one element."""
    return all(step[0] in "[#*" for step in access)


class Parameters:
    """Answers what a parameter is."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.injected = Injected(evaluator.things)

    def own(self, context: Context, result: Result) -> Results:
        """What the function itself knows of a parameter, without its callers."""
        if result.parameter >= len(context.function.params):  # never a wrong answer for another function's parameter
            return ()
        param = context.function.params[result.parameter]
        if result.access and param.default and self.injected.lacks(context, param, result.access[0]):
            return ()
        found = self.evaluator.steps(self._own_parameter(context, param, result), result.access, result.place)
        if not found and result.access and result.access[0][0] == "-" and result.access[0] != FALSE:
            found = self.evaluator.steps(self._in_spite(param, result), result.access, result.place)
        return tuple([
            replace(each, path=result.path, form=result.form or each.form, trace=each.trace + result.trace,
                    hint=each.hint or result.hint, minus=each.minus | result.minus,
                    contents=result.contents or each.contents,
                    text=result.text if result.contents else each.text)
            for each in found
        ])  # fmt: skip

    def _in_spite(self, param: Parameter, result: Result) -> Results:
        """A parameter where the program has found that it is not what its annotation says: anything, then, which its
        name doesn't speak of either.
        """
        return (Result(UNKNOWN, ("",), param.name, result.place),) if param.type.names else ()

    def _own_parameter(self, context: Context, param: Parameter, result: Result) -> Results:
        place = Place(context.module.path, param.span if not result.access else result.place.span)
        categories = param.marks or self.evaluator.sources.get(f"{context.function.name}.{param.name}", ())
        if NONE in categories:
            return ()
        if categories:
            return (
                Result(
                    TAINT, (param.name,), param.name, place, categories=categories, known_by="mark", confidence="high"
                ),
            )
        owner = context.function.owner
        if is_own_object(context.function, result.parameter):
            if context.function.flavour == "class":
                bound = context.bound("p0")
                return self.evaluator._class_object(bound.name if bound is not None else owner)
            return (Result(OBJECT, (param.name,), param.name, place, cls=owner),)
        names = (f"def:{context.function.name.rpartition('.')[2]}", param.name)
        if owner and context.function.name.endswith(".__init__"):
            names = (owner.rpartition(".")[2], param.name)
        given = self.evaluator.things.handlers.of(context.unit, result.parameter)
        if given:
            return tuple(each for one in given for each in self._given(context, param, one, place))
        if param.kind in ("*", "**"):
            return (Result(UNKNOWN, ("",), param.name, place),)
        subject = taken(context.function, result.parameter)
        if param.type.names or param.type.marks:
            found = self.of_type(param.type, context, names, param.name, place)
            return tuple(each._replace(hint=each.hint or subject) if each.kind == UNKNOWN else each for each in found)
        convention = self.evaluator.catalogue.conventions.get(param.name)
        if convention:
            return (Result(OBJECT, (param.name,), param.name, place, cls=convention),)
        return (Result(UNKNOWN, names, param.name, place, hint=subject),)

    def _given(self, context: Context, param: Parameter, given: Given, place: Place) -> Iterator[Result]:
        """What a library hands to a parameter, as the catalogue says it."""
        name = param.name
        whole = Result(OBJECT, (name,), name, place, cls=given.name)
        if given.kind == RECORD:
            yield whole._replace(path=given.path, tail=("@fields",))
        elif given.kind == FIELDS:
            for field in given.fields:
                for each in self.evaluator.fields.attribute(whole, field, place):
                    yield each._replace(text=name)
        elif given.kind == PARAMETERS:
            yield from self._of_others(context, param, given, place)
        elif given.kind == SAID:
            yield from self.evaluator.external.said(whole._replace(cls=""), given.name, (name,), name, place) or ()
        else:
            yield whole._replace(path=("*",) if given.kind == "collection" else ())

    def _of_others(self, context: Context, param: Parameter, given: Given, place: Place) -> Iterator[Result]:
        """``self.request.args`` and ``self.request.kwargs`` of a task: what it is called with."""
        for index, other in enumerate(context.function.params):
            if other is param:
                continue
            held = Result(PARAM, (other.name,), other.name, place, parameter=index)
            for each in self._own_parameter(context, other, held):
                for way in ((".args", f"#{index - 1}"), (".kwargs", f"[{other.name}")):
                    yield each._replace(path=(*given.path, *way, *each.path))

    def guessed_class(self, name: str, module: str) -> str:
        """The one model class that a variable is called after: ``customer`` for ``Customer``."""
        if name in USERS:
            model, program = self.evaluator.classes.user_model(), self.evaluator.program
            if program.is_class(model) or _DJANGO in program.library.outlines[module].imports:
                return model
        camel = "".join(word[:1].upper() + word[1:] for word in name.split("_"))
        cls = self.evaluator.program.class_called(camel, module)
        return cls if cls and self.evaluator.classes.is_model(cls) else ""

    def of_type(self, type_: Type, context: Context, names: tuple[str, ...], text: str, place: Place) -> Results:
        """An unknown value of an annotated type."""
        if type_.marks:
            if NONE in type_.marks:
                return ()
            return (Result(TAINT, names, text, place, categories=type_.marks, known_by="mark", confidence="high"),)
        found: list[Result] = []
        holds = hint = ""
        for name in type_.names:
            alias = self.alias(name, names, text, place)
            if alias is not None:
                return alias
            row = self.evaluator.classes.type_row(name)
            if row is not None and row.categories:
                return (
                    Result(TAINT, names, text, place, categories=row.categories, known_by="type", confidence="high"),
                )
            if row is not None and row.protects:
                return (Result(UNKNOWN, names, text, place, protected=True),)
            if row is not None and row.holds:
                holds = row.holds
                hint = self.evaluator.classes.value_name(name)
        for thing in self.evaluator.things.of_type(type_, context):
            if self.evaluator.classes.type_row(thing.name) is not None:
                continue
            if thing.kind == "instance":
                found.append(Result(OBJECT, names, text, place, cls=thing.name))
            elif thing.kind == "collection":
                found.append(Result(OBJECT, names, text, place, cls=thing.name, path=("*",)))
        if found:
            return tuple(found)
        if (
            type_.args
            and type_.names
            and type_.names[0].rpartition(".")[2] in ("list", "List", "Sequence", "Iterable", "set")
        ):
            inner = self.of_type(type_.args[0], context, names, text, place)
            return tuple(each._replace(path=("*", *each.path)) if each.kind == TAINT else each for each in inner)
        return (Result(UNKNOWN, names, text, place, holds=holds, hint=hint),)

    def alias(self, dotted: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """``Email = NewType("Email", str)`` or a marked alias: what a name that is used as a type says."""
        symbol = self.evaluator.program.find(dotted)
        if symbol.kind != "variable" or not self.evaluator.program.descend():
            return None
        try:
            return self._alias(symbol, names, text, place)
        finally:
            self.evaluator.program.ascend()

    def _alias(self, symbol: Symbol, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        module, _, name = symbol.name.rpartition(".")
        for part in self.evaluator.program.variables(module).get(name, ()):
            if part.root[0] == "m":
                categories = tuple(part.root[2:].split(","))
                return (Result(TAINT, names, text, place, categories=categories, known_by="mark", confidence="high"),)
            top = self.evaluator.program.top(module)
            if top is None or part.access:
                continue
            if part.root[0] == "t":
                return self.of_type(top.function.types[int(part.root[1:])], Context(top), names, text, place)
            if part.root[0] == "c" and top.function.calls[int(part.root[1:])].text.endswith("NewType"):
                return (Result(UNKNOWN, (*names, name), text, place),)
        return None

    def bare(self, context: Context, index: int, place: Place) -> Results:
        if index >= len(context.function.params):
            return ()
        param = context.function.params[index]
        return (Result(PARAM, (param.name,), param.name, place, parameter=index),)

    def is_constant(self, context: Context, index: int) -> bool:
        """Whether all calls of a function, as far as all can be seen, hand a constant or a setting to a parameter:
        whatever it is called, it is nobody's. Of a method, or of what a decorator hands to somebody, there may be other
        calls.
        """
        function, module = context.function, context.module.module
        if function.owner or function.decorators or function.name.rpartition(".")[0] != module:
            return False
        calls = [each for each in self.evaluator.summaries.callers(function.name) if not each[0].module.is_test]
        for _, call, _ in calls:
            bound = bind_arguments(function, call.args, None)
            if index not in bound or not all(map(self._is_constant, bound[index])):
                return False
        return bool(calls)

    def _is_constant(self, part: Part) -> bool:
        """Whether a part of a value is a variable of a module that holds a constant, or lies in a table of constants to
        which nothing is added later, or in the program's settings.
        """
        if _is_setting(part):
            return True
        program = self.evaluator.program
        symbol = program.find(part.root[2:]) if part.root[:2] == "g:" else None
        if symbol is None or symbol.kind != "variable" or symbol.rest:
            return False
        module, _, name = symbol.name.rpartition(".")
        if program.variables(module).get(name) != ():
            return False
        return not part.access or (is_inside(part.access) and not program.stores(f"g:{symbol.name}"))

    def handed(self, context: Context, stored: Result, depth: int) -> list[Result]:
        """The personal data that callers anywhere hand to a parameter which is kept in a field."""
        key = ("handed", context.key, stored.parameter)
        if depth > MAX_GENERATIONS:
            hit("callers of callers")
            return []
        if key in self.evaluator.open:
            return []
        self.evaluator.open.add(key)
        found: list[Result] = []
        for outer, call, thing in self.evaluator.summaries.callers(context.function.name):
            receiver = () if thing.kind in ("method", "class") else None
            value = bind_arguments(context.function, call.args, receiver).get(stored.parameter, ())
            handed = Handed(outer, call.args, receiver)
            all_given = self.evaluator.value(outer, value)
            for given in self.evaluator.calls.entered(all_given, stored.access, stored.place, context, handed):
                known = self._sure(outer, given, depth)
                if not known:  # another caller hands over something else: this field can't be blamed
                    found.clear()
                    self.evaluator.open.discard(key)
                    return found
                here, name = Place(outer.module.path, call.span), shown_name(context.function.name)
                found.extend(each.told(here, notes.handed(name)) for each in known)
        self.evaluator.open.discard(key)
        return found

    def _sure(self, context: Context, given: Result, depth: int) -> list[Result]:
        """What a caller surely hands over, or nothing where it may be anything."""
        judge = self.evaluator.summaries.judge
        if given.kind == PARAM:
            own = [sure for each in self.own(context, given) for sure in judge.sure(context, each)]
            return own or self.handed(context, given, depth + 1)
        return judge.sure(context, given) if given.kind == TAINT or given.form == VALUE else []
