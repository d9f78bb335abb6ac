"""Calls: what they give, by the summary of a function of the program, by the catalogue, or by their name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from discreet.catalogue.names import cleans, says_what, surely
from discreet.catalogue.speaking import speaks
from discreet.facts.bounds import hit
from discreet.facts.keys import FOREIGN
from discreet.facts.marks import NONE
from discreet.facts.model import Argument, Call, Constant, Function, Path, Value
from discreet.facts.values import literal_keys
from discreet.flow import bound, notes
from discreet.flow.binding import as_method, bind_arguments, is_own_object, lacking, receiver_of
from discreet.flow.context import CALLABLE, Bindings, Context, Made, Thing, class_binding
from discreet.flow.keys import Handed
from discreet.flow.program import shown_name
from discreet.flow.result import MAX_TRACE, OBJECT, PARAM, TAINT, UNKNOWN, Place, Result, Results
from discreet.flow.results import distinct, is_reduced, is_taken_out

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

MAX_BINDINGS: Final = 2
"""How many of the functions that a function is handed it is summarised for."""


class Calls:
    """Answers what a call gives."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def call(self, context: Context, index: int) -> Results:
        """What a call gives."""
        call = context.function.calls[index]
        place = Place(context.module.path, call.span)
        found: list[Result] = []
        resolved = False
        for thing in self.evaluator.things.of_callee(context, call):
            one = self.of_thing(context, call, index, thing, place)
            if one is not None:
                resolved = True
                found.extend(one)
        if resolved:
            return distinct(found)
        return self.evaluator.external.unresolved(context, call, index, place)

    def of_thing(self, context: Context, call: Call, index: int, thing: Thing, place: Place) -> Results | None:
        if thing.kind in CALLABLE:
            return self._call_function(context, call, thing, place)
        if thing.kind == "class":
            valued = self._valued(context, call, thing.name, place)
            if valued is not None:
                return valued
            made = Result(OBJECT, (call.text,), f"{call.text}()", place, cls=thing.name, made=Made(*context.key, index))
            return (made, *bound.adapter(self.evaluator, context, call, thing.name))
        if thing.kind == "external":
            inner = self.evaluator.things.handed_on(call, thing.name)
            if inner is not None and self.evaluator.catalogue.gives_on(thing.name):
                return self._call_inner(context, inner, place)
            return self.evaluator.external.called(context, call, index, thing.name, place)
        if thing.kind == "partial":
            return self._call_partial(context, call, thing, place)
        if thing.kind in ("collector", "collection"):
            return self._collected(context, call, thing, place)
        if thing.kind == "instance":
            method = self.evaluator.classes.method(thing.name, "__call__")
            if method:
                return self._call_function(context, as_method(call), Thing("method", method), place)
        return None

    def _valued(self, context: Context, call: Call, cls: str, place: Place) -> Results | None:
        """``Email(row[2])``, where ``Email`` derives from ``str``: what it is made of, under its name; ``None`` where
        a class is no plain value, or makes something else of it.
        """
        classes = self.evaluator.classes
        row = classes.type_row(cls)
        if row is None or classes.method(cls, "__new__") or classes.method(cls, "__init__"):
            return None
        given = self.evaluator.value(context, call.args[0].value) if call.args else ()
        name, text = classes.value_name(cls), f"{call.text}()"
        if given and row.categories:
            return (Result(TAINT, (name,), text, place, categories=row.categories, known_by="type", confidence="high"),)
        return tuple(each._replace(hint=each.hint or name, protected=each.protected or row.protects) for each in given)

    def _collected(self, context: Context, call: Call, thing: Thing, place: Place) -> Results:
        chosen = self.evaluator.columns.collected(context, call, thing, place)
        if chosen is not None:
            return chosen
        found = self.evaluator.things.of_call(context, call, -1)
        text = f"{call.text}()"
        paths = {"collection": ("*",), "pair": ("#0",)}
        return tuple(
            Result(OBJECT, (call.text.rpartition(".")[2],), text, place, cls=each.name, path=paths.get(each.kind, ()))
            for each in found
        )  # fmt: skip

    def _call_function(self, context: Context, call: Call, thing: Thing, place: Place) -> Results:
        target, arguments, handed = self.enter(context, call, thing)
        given = {index: self.evaluator.value(context, value) for index, value in arguments.items()}
        for index, param in enumerate(target.function.params):
            if param.default and index not in given:
                scope = self.evaluator.program.scope_of(target.unit)
                given[index] = self.evaluator.by_itself(Context(scope), param.default) if scope is not None else ()
        return self.returned(target, given, place, handed)

    def _call_partial(self, context: Context, call: Call, thing: Thing, place: Place) -> Results | None:
        """A call of what ``functools.partial`` made, where both stand in one function, or of an operator's getter."""
        if thing.made is None:
            return None
        made = self.evaluator.program.unit(thing.made.function).function.calls[thing.made.number]
        if thing.name.startswith("operator."):
            return self._got(context, call, made, thing.name, place)
        if thing.made.function != context.function.name:
            return None
        joined = Call(made.args[0].value, call.text, (*made.args[1:], *call.args), call.span, call.kind)
        return self._call_inner(context, joined, place)

    def _got(self, context: Context, call: Call, made: Call, name: str, place: Place) -> Results:
        """What ``attrgetter("owner.email")`` or ``itemgetter(1)`` gives of its argument; of several a tuple."""
        given = self.evaluator.value(context, call.args[0].value) if call.args else ()
        ways = [_way_of(arg.constant, "." if name.endswith("attrgetter") else "[") for arg in made.args]
        if len(ways) == 1:
            return self.evaluator.steps(given, ways[0], place)
        return distinct([
            each._replace(path=(f"#{number}", *each.path))
            for number, way in enumerate(ways)
            for each in self.evaluator.steps(given, way, place)
        ])  # fmt: skip

    def _call_inner(self, context: Context, call: Call, place: Place) -> Results | None:
        """A call that another call makes."""
        for inner in self.evaluator.things.of_callee(context, call):
            if inner.kind in CALLABLE:
                return self._call_function(context, call, inner, place)
        return None

    def enter(self, context: Context, call: Call, thing: Thing) -> tuple[Context, dict[int, Value], Handed]:
        """The context a call enters, and the values its parameters take there, and of what arguments."""
        unit = self.evaluator.program.unit(thing.name)
        bindings: Bindings = ()
        if thing.kind != "raw":
            unit, bindings = self.evaluator.summaries.wrapped(unit)
        function = unit.function
        args, receiver = call.args, None
        if thing.kind == "method" and (function.name != thing.name or is_own_object(function, 0)):
            receiver = receiver_of(call)
            if not function.params or function.params[0].kind == "*":  # a wrapper takes self among its *args
                args, receiver = (Argument("", receiver, call.span), *args), None
        elif function.decorators and function.name == thing.name and self.evaluator.summaries.takes_itself(unit):
            receiver = ()
        if function.decorators and function.name == thing.name and any(arg.name == "" for arg in args):
            args = (*self._put_before(function, args, receiver, call), *args)
        arguments = bind_arguments(function, args, receiver)
        bindings = bindings or class_binding(thing) or self._callables(context, arguments)
        return Context(unit, bindings), arguments, Handed(context, args, receiver)

    def _put_before(
        self, function: Function, args: tuple[Argument, ...], receiver: Value | None, call: Call
    ) -> tuple[Argument, ...]:
        """What a decorator must hand a function before the arguments of a call: a session, a log."""
        count = lacking(function, args, 0 if receiver is None else 1)
        return tuple(Argument("", (), call.span) for _ in range(count))

    def _callables(self, context: Context, arguments: dict[int, Value]) -> tuple[tuple[str, Thing], ...]:
        """Which parameters are handed a function, so that a call of the parameter is understood."""
        found = []
        for index, value in arguments.items():
            for part in value:
                if part.path or part.form or part.root[0] not in "gcv":
                    continue
                for thing in self.evaluator.things.of_part(context, part):
                    if self.is_handed(thing):
                        found.append((f"p{index}", thing))
        if len(found) > MAX_BINDINGS:
            hit("functions handed to a function")
        return tuple(found[:MAX_BINDINGS])

    def is_handed(self, thing: Thing) -> bool:
        """Whether it is known of a function that it was handed this."""
        return thing.kind in CALLABLE or (
            thing.kind == "external" and bool(self.evaluator.catalogue.sinks_of(thing.name))
        )

    def returned(
        self, target: Context, given: dict[int, Results], place: Place, handed: Handed | None = None
    ) -> Results:
        """What a function returns when its parameters are ``given``."""
        function = target.function
        marks = function.marks or self.evaluator.sources.get(function.name, ())
        name = function.name.rpartition(".")[2]
        if marks:
            if NONE in marks:
                return ()
            return (Result(TAINT, (name,), f"{name}()", place, categories=marks, known_by="mark", confidence="high"),)
        if cleans(name) and not self.plainly_keeps(target):
            return ()
        if function.result.names:
            typed = self.evaluator.parameters.of_type(function.result, target, (name,), f"{name}()", place)
            if any(each.kind == TAINT for each in typed) or any(
                each.holds in ("flag", "id") or each.protected for each in typed
            ):
                return tuple(each for each in typed if each.kind == TAINT or each.protected)
        found = self.substituted(self.evaluator.summaries.returns(target), given, target, handed)
        if not found and function.result.names and not function.returns and not function.yields:
            found = tuple(
                e
                for e in self.evaluator.parameters.of_type(function.result, target, (name,), f"{name}()", place)
                if e.kind != UNKNOWN
            )
        return self._believed(target, found, given, place)

    def _believed(self, target: Context, found: Results, given: dict[int, Results], place: Place) -> Results:
        """What a function gives, with the word of its own name: where following it came to nothing that anybody knows,
        the name tells, as it would if nobody had followed it. Of what a caller hands over, the caller may know more,
        and of what lies under a key of what is given, the key.
        """
        name = target.function.name.rpartition(".")[2]
        note = notes.returned(shown_name(target.function.name))
        followed = tuple([_as_given(each, name).told(place, note) for each in found])
        if not found or not all(map(_is_open, found)):
            return followed
        told = self._called_after(target, given, place)
        sure = self.evaluator.summaries.judge.sure
        if any(each.kind == UNKNOWN and sure(target, each) for each in found):
            return followed
        tells = bool(sure(target, told))
        renamed = []
        for each in followed:
            if _is_keyed(each.path):
                under = _under_key(each, told)
                renamed.append(under if sure(target, under) else each)
            else:
                renamed.append(_renamed(each, told) if tells else each)
        return distinct(renamed)

    def _called_after(self, target: Context, given: dict[int, Results], place: Place) -> Result:
        """What a function gives, if its name is all that is known of it."""
        function = target.function
        name = function.name.rpartition(".")[2]
        names: tuple[str, ...] = (name,)
        text = name
        if function.owner:
            cls = function.owner
            for held in given.get(0, ())[:1]:
                names, text, cls = (*held.names, name), f"{held.text}.{name}", held.cls or cls
            names = (*names[:-1], cls.rpartition(".")[2], name)[-5:]
        if function.flavour == "property":
            return Result(UNKNOWN, names, text, place)
        return Result(UNKNOWN, names, f"{text}()", place, called=True)

    def entered(
        self, given: Results, access: Path, place: Place, target: Context, handed: Handed | None, whole: Value = ()
    ) -> Iterator[Result]:
        """What lies at ``access`` of what a caller hands to a parameter: of some results of ``whole``."""
        for way in self.evaluator.keys.entered(target.function, access, handed):
            if way[:1] == (FOREIGN,) and _holds_a_whole(given, whole):
                given = tuple(each for each in given if not each.path or each.path[0][0] != "[" or each.path[0] == "[")
            yield from self.evaluator.steps(given, way, place)

    def taken(self, given: dict[int, Results], parameter: int, target: Context) -> Results:
        """What a parameter takes of what a caller hands to it. Of the objects that a method may be called on those that
        may have it: of several commands each executes its own.
        """
        handed, owner = given[parameter], target.function.owner
        if parameter != 0 or not owner or not is_own_object(target.function, 0):
            return handed
        return tuple([each for each in handed if each.kind != OBJECT or each.path or self._may_be(each.cls, owner)])

    def _may_be(self, cls: str, owner: str) -> bool:
        """Whether an object of a class may be one of another, which stands above it or below."""
        ancestors = self.evaluator.classes.ancestors
        if cls == owner or owner in ancestors(cls) or cls in ancestors(owner):
            return True
        return not self.evaluator.program.is_class(cls)

    def plainly_keeps(self, target: Context) -> bool:
        """Whether a function that is called ``redact`` visibly hands back the whole of what it is given."""
        returns = self.evaluator.summaries.returns(target)
        whole = [each for each in returns if each.kind == PARAM and not any(step[0] in "~#/" for step in each.access)]
        return bool(returns) and len(whole) == len(returns) and len(target.function.returns) == 1

    def substituted(
        self, results: Results, given: dict[int, Results], target: Context, handed: Handed | None
    ) -> Results:
        """Results of a callee, with its parameters replaced by what the caller hands over."""
        found: list[Result] = []
        for result in results:
            if result.kind != PARAM:
                told = result.made is not None and result.made.given is not None
                found.append(self.evaluator.brought.called(result, given, target, handed) if told else result)
                continue
            if result.parameter not in given:
                continue
            taken = self.taken(given, result.parameter, target)
            for each in self.entered(taken, result.access, result.place, target, handed):
                if result.minus and is_taken_out(each, result.minus):
                    continue
                if (each.kind in (OBJECT, PARAM, UNKNOWN)) and result.minus:
                    each = each._replace(minus=each.minus | result.minus)
                path = result.path if result.form else result.path + each.path  # a text has nothing inside
                form = each.form or result.form
                hint = each.hint or (_whole_name(result) if each.kind == UNKNOWN else "")
                trace = (each.trace + result.trace)[:MAX_TRACE]
                found.append(replace(each, path=path, form=form, hint=hint, trace=trace))
        return distinct(found)


def _holds_a_whole(given: Results, whole: Value) -> bool:
    """Whether anything that is handed over lies in nothing else."""
    return () in [each.path for each in given] or () in [part.path for part in whole]


def _way_of(constant: Constant, mark: str) -> Path:
    """The steps that an operator's getter takes; under a key that nobody knows it takes any."""
    if isinstance(constant, str):
        return tuple([f"{mark}{each}" for each in (constant.split(".") if mark == "." else [constant])])
    return (f"#{constant}",) if isinstance(constant, int) else ("[",)


def _whole_name(result: Result) -> str:
    """What a parameter is called, if that still speaks of what a function gives of it: not of an address's domain."""
    name = result.names[-1]
    guess = surely(name) if result.tail else None
    return "" if guess is not None and is_reduced(guess.category, name, result.tail) else name


def _as_given(result: Result, function: str) -> Result:
    """A result of which nothing is known but the name of the call that made it, once a function has given it back that
    says what it gives: ``get_token_info``, whatever decrypted a part of it, or one entry of many.
    """
    if not result.called or result.kind != UNKNOWN or result.path not in ((), ("[",)) or not says_what(function):
        return result
    return result._replace(names=(*result.names[:-1], function))


def _renamed(each: Result, told: Result) -> Result:
    """What a function gives, under the name that tells what it is."""
    if each.kind == UNKNOWN:
        return told._replace(path=each.path, form=each.form, holds=each.holds)
    return each._replace(hint=each.hint if speaks(each.hint) else told.names[-1])


def _under_key(each: Result, told: Result) -> Result:
    """What lies under a key of what a function gives, as it would be called if nobody had followed it."""
    if each.kind != UNKNOWN or each.path[-1][0] != "[":
        return each
    keys = literal_keys(each.path)
    text = told.text + "".join(f'["{key}"]' for key in keys)
    return each._replace(names=(*told.names, *keys)[-5:], text=text, called=False)


def _is_keyed(path: Path) -> bool:
    """Whether a path leads to what lies under a key, which has a name of its own."""
    for step in path:
        if step[0] == "[" and len(step) > 1:
            return True
    return False


def _is_open(result: Result) -> bool:
    """Whether nobody has said yet what a result is."""
    return result.kind in (UNKNOWN, PARAM) and not result.contents and not result.protected
