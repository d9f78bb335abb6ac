"""Evaluation: from a value in a function's facts to what it is, through fields, calls and other modules.

Results are computed on demand and remembered by context, so a function that no sink asks about costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from discreet.catalogue.names import cleans
from discreet.catalogue.tables import Catalogue
from discreet.facts.marks import NONE
from discreet.facts.model import NOWHERE, VALUE, Argument, Call, Field, Parameter, Part, Span, Type, Value
from discreet.facts.values import matches
from discreet.flow.binding import bind_arguments, receiver_of
from discreet.flow.context import CALLABLE, Context, Made, Thing
from discreet.flow.external import External
from discreet.flow.results import (
    OBJECT,
    PARAM,
    TAINT,
    UNKNOWN,
    Place,
    Result,
    Results,
    Step,
    distinct,
    step_open,
    step_taint,
    step_text,
)
from discreet.flow.things import Things, class_binding

if TYPE_CHECKING:
    from discreet.flow.summary import Summaries

MAX_RESULTS = 24
USERS = ("user", "current_user", "request_user")
"""What the program's user model is called where its class is not said."""
_OWN = "\1"
"""Stands for whatever an object is called where a field of its class is read."""
_NO_PLACE = Place("", NOWHERE)


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
        self._memo: dict[object, Results] = {}
        self._open: set[object] = set()
        self._fields: dict[tuple[str, str], Results | None] = {}

    def forget(self) -> None:
        """Drop what was remembered, after a recursive function's summary has grown."""
        self._memo.clear()
        self._fields.clear()

    # -- values -------------------------------------------------------------------------------------------------

    def value(self, context: Context, value: Value) -> Results:
        """All that a value can be."""
        if not value:
            return ()
        return distinct([result for part in value for result in self.part(context, part)], MAX_RESULTS)

    def part(self, context: Context, part: Part) -> Results:
        """All that one part can be, with the story of the variables that held it."""
        bare = self.access(context, part.root, part.access, part.minus, part.span)
        if not bare:
            return ()
        hops = tuple(Step(context.module.path, hop.line, hop.column, f"held by '{hop.note}'") for hop in part.via)
        found = []
        for result in bare:
            form = result.form or part.form
            minus = (
                result.minus | part.minus if part.minus and result.kind in (PARAM, OBJECT, UNKNOWN) else result.minus
            )
            path = part.path + result.path if form == VALUE or not part.form else part.path
            found.append(
                result._replace(
                    path=path, form=form, hint=part.hint or result.hint, minus=minus, trace=(result.trace + hops)[:14]
                )
            )
        return tuple(found)

    def access(
        self, context: Context, root: str, access: tuple[str, ...], minus: frozenset[tuple[str, ...]], span: Span
    ) -> Results:
        """What ``root<access>`` can be in a context."""
        key = (context.key, root, access, span)
        known = self._memo.get(key)
        if known is not None:
            return known
        if key in self._open or len(self._open) > 400:
            return ()
        self._open.add(key)
        try:
            place = Place(context.module.path, span)
            known_object = self._imported(root, access, place) if access and root[:2] == "g:" else None
            if known_object is not None:
                found = known_object
            elif access:
                before = self.access(context, root, access[:-1], frozenset(), span)
                found = self.steps(before, access[-1:], place)
            else:
                found = self._root(context, root, place)
        finally:
            self._open.discard(key)
        self._memo[key] = found
        return found

    def _imported(self, root: str, access: tuple[str, ...], place: Place) -> Results | None:
        """``os.environ["X"]``, ``flask.request.form``: an object below an imported module that the catalogue knows."""
        named = 0
        while named < len(access) and access[named][0] == ".":
            named += 1
        for size in range(named, 0, -1):
            dotted = root[2:] + "".join(access[:size])
            if dotted in self.catalogue.classes.exact and self.program.find(dotted).kind == "external":
                return self.steps(self.external.object(dotted, place), access[size:], place)
        return None

    def steps(self, results: Iterable[Result], access: tuple[str, ...], place: Place) -> Results:
        """What lies at ``access`` of some results."""
        found = list(results)
        for step in access:
            found = [each for result in found for each in self.step(result, step, place)]
        return distinct(found)

    def step(self, result: Result, step: str, place: Place) -> Results:
        """What lies at one step of a result."""
        if step == "@enter":
            return self._entered(result, place)
        if step == "@secret" and result.kind != PARAM:
            return (result._replace(protected=False),)
        if result.path:
            if step == "@fields":
                return (result,)
            if step in ("/", "~"):
                return (result,) if step == "~" else ()
            return (result._replace(path=result.path[1:]),) if matches(result.path[0], step) else ()
        if result.form != VALUE:
            one = step_text(result, step, place)
        elif result.kind == TAINT:
            one = step_taint(result, step, place)
        elif result.kind == OBJECT:
            return self._step_object(result, step, place)
        else:
            one = step_open(result, step, place)
        return (one,) if one is not None else ()

    def _entered(self, result: Result, place: Place) -> Results:
        """What ``with`` binds: what a generator yields, what ``__enter__`` returns, else the object itself."""
        if result.path[:1] == ("*",):
            return (result._replace(path=result.path[1:]),)
        if result.kind == OBJECT:
            method = self.classes.method(result.cls, "__enter__") or self.classes.method(result.cls, "__aenter__")
            if method:
                return self.returned(Context(self.program.functions[method]), {0: (result,)}, place)
        return (result,)

    # -- roots --------------------------------------------------------------------------------------------------

    def _root(self, context: Context, root: str, place: Place) -> Results:
        kind = root[0]
        if kind == "c":
            return self.call(context, int(root[1:]))
        if kind == "p":
            return self._parameter(context, int(root[1:]), place)
        if kind == "m":
            categories = tuple(root[2:].split(","))
            return (Result(TAINT, ("",), "", place, categories=categories, known_by="mark", confidence="high"),)
        if kind == "g":
            return self._global(context, root[2:], place)
        if kind == "v":
            name, _, variable = root[2:].rpartition(":")
            return self._captured(name, variable, place)
        if kind == "t":
            return self.of_type(context.function.types[int(root[1:])], context, ("",), "", place)
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
        unit = self.program.functions.get(name)
        if unit is None:
            return ()
        held = self.by_itself(Context(unit), unit.function.variables.get(variable, ()))
        return distinct([*held, *self._stored_in(f"v:{name}:{variable}")])

    def _stored_in(self, root: str) -> list[Result]:
        """What functions elsewhere write into a global or into a captured variable."""
        if root not in self.program.stores or root in self._open:
            return []
        self._open.add(root)
        found = []
        for unit, write in self.program.stores[root]:
            for each in self.by_itself(Context(unit), write.value):
                found.append(each._replace(path=(*write.target.access, *each.path)))
        self._open.discard(root)
        return found

    def by_itself(self, context: Context, value: Value) -> Results:
        """What a function knows of a value without its callers, in terms that hold outside it."""
        found: list[Result] = []
        for each in self.value(context, value):
            found.extend(self.own(context, each) if each.kind == PARAM else [each])
        return self.outlasting(found)

    def outlasting(self, results: Iterable[Result]) -> Results:
        """Results as they leave their function: an object forgets a constructor call that only that function can
        read.
        """
        return distinct([each._replace(made=None) if self._is_local(each) else each for each in results])

    def _is_local(self, result: Result) -> bool:
        if result.made is None:
            return False
        context = Context(self.program.functions[result.made.function], result.made.bindings)
        call = context.function.calls[result.made.index]
        return any(each.kind == PARAM or each.made for arg in call.args for each in self.value(context, arg.value))

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
            found = distinct([*found, *self._stored_in(f"g:{symbol.name}")])
            return self.steps(found, tuple(f".{each}" for each in symbol.rest), place)
        if symbol.kind == "external":
            return self.external.object(symbol.name, place)
        if symbol.kind == "class":
            return self.steps(self._class_object(symbol.name), tuple(f".{each}" for each in symbol.rest), place)
        return ()

    def _class_object(self, name: str) -> Results:
        """What is written into a class from anywhere: ``Registry.current = email``."""
        if ("class", name) in self._open:
            return ()
        self._open.add(("class", name))
        found = self._stored_in(f"g:{name}")
        for attribute, writes in self.classes.writes(name).items():
            for context, write in writes:
                if context.function.flavour == "class":
                    stored = self.by_itself(context, write.value)
                    found.extend(each._replace(path=(f".{attribute}", *each.path)) for each in stored)
        self._open.discard(("class", name))
        return distinct(found)

    # -- parameters -----------------------------------------------------------------------------------------------

    def _parameter(self, context: Context, index: int, place: Place) -> Results:
        if index >= len(context.function.params):
            return ()
        param = context.function.params[index]
        return (Result(PARAM, (param.name,), param.name, place, index=index),)

    def own(self, context: Context, result: Result) -> Results:
        """What the function itself knows of a parameter, without its callers."""
        param = context.function.params[result.index]
        found = self.steps(self._own_parameter(context, param, result), result.access, result.place)
        return tuple(
            each._replace(path=result.path, form=result.form or each.form, trace=each.trace + result.trace,
                          hint=each.hint or result.hint, minus=each.minus | result.minus)
            for each in found
        )  # fmt: skip

    def _own_parameter(self, context: Context, param: Parameter, result: Result) -> Results:
        place = Place(context.module.path, param.span if not result.access else result.place.span)
        categories = param.marks or self.sources.get(f"{context.function.name}.{param.name}", ())
        if NONE in categories:
            return ()
        if categories:
            return (
                Result(
                    TAINT, (param.name,), param.name, place, categories=categories, known_by="mark", confidence="high"
                ),
            )
        owner = context.function.owner
        if result.index == 0 and owner and context.function.flavour != "static":
            if context.function.flavour == "class":
                bound = context.bound("p0")
                return self._class_object(bound.name if bound is not None else owner)
            return (Result(OBJECT, (param.name,), param.name, place, cls=owner),)
        names = (f"def:{context.function.name.rpartition('.')[2]}", param.name)
        if owner and context.function.name.endswith(".__init__"):
            names = (owner.rpartition(".")[2], param.name)
        if param.kind in ("*", "**"):
            return (Result(UNKNOWN, ("",), param.name, place),)
        found = self.of_type(param.type, context, names, param.name, place)
        if found or param.type.names:
            return found
        convention = self.catalogue.conventions.get(param.name)
        if convention:
            return (Result(OBJECT, (param.name,), param.name, place, cls=convention),)
        guess = self.guessed_class(param.name, context.module.module)
        if guess:
            return (Result(OBJECT, names, param.name, place, cls=guess, guessed=True),)
        return (Result(UNKNOWN, names, param.name, place),)

    def guessed_class(self, name: str, module: str) -> str:
        """The one model class that a variable is called after: ``customer`` for ``Customer``."""
        if name in USERS and self.classes.user_model() in self.program.classes:
            return self.classes.user_model()
        camel = "".join(word[:1].upper() + word[1:] for word in name.split("_"))
        cls = self.program.class_called(camel, module)
        return cls if cls and self.classes.is_model(cls) else ""

    def of_type(self, type_: Type, context: Context, names: tuple[str, ...], text: str, place: Place) -> Results:
        """An unknown value of an annotated type."""
        if type_.marks:
            if NONE in type_.marks:
                return ()
            return (Result(TAINT, names, text, place, categories=type_.marks, known_by="mark", confidence="high"),)
        found: list[Result] = []
        holds = ""
        for name in type_.names:
            alias = self._alias(name, names, text, place)
            if alias is not None:
                return alias
            row = self.catalogue.types.get(name)
            if row is not None and row.categories:
                return (
                    Result(TAINT, names, text, place, categories=row.categories, known_by="type", confidence="high"),
                )
            if row is not None and row.protects:
                return (Result(UNKNOWN, names, text, place, protected=True),)
            if row is not None and row.holds:
                holds = row.holds
        for thing in self.things.of_type(type_, context):
            if thing.kind == "instance" and self.catalogue.types.get(thing.name) is None:
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
        return (Result(UNKNOWN, names, text, place, holds=holds),)

    def _alias(self, dotted: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """``Email = NewType("Email", str)`` or a marked alias: what a name that is used as a type says."""
        symbol = self.program.find(dotted)
        if symbol.kind != "variable":
            return None
        module, _, name = symbol.name.rpartition(".")
        for part in self.program.variables(module).get(name, ()):
            if part.root[0] == "m":
                categories = tuple(part.root[2:].split(","))
                return (Result(TAINT, names, text, place, categories=categories, known_by="mark", confidence="high"),)
            top = self.program.top(module)
            if top is None or part.access:
                continue
            if part.root[0] == "t":
                return self.of_type(top.function.types[int(part.root[1:])], Context(top), names, text, place)
            if part.root[0] == "c" and top.function.calls[int(part.root[1:])].text.endswith("NewType"):
                return (Result(UNKNOWN, (*names, name), text, place),)
        return None

    # -- objects --------------------------------------------------------------------------------------------------

    def _step_object(self, result: Result, step: str, place: Place) -> Results:
        if step[0] == "." or (step[0] == "[" and self._is_mapping(result)):
            if (step,) in result.minus:
                return ()
            return self.attribute(result, step[1:], place)
        if step[0] == "[" and "*" not in result.tail and len(step) > 1:
            return self.attribute(result, step[1:], place)
        special = self._iterated(result, step, place)
        if special is not None:
            return special
        return (result._replace(tail=(*result.tail, step)[-4:]),)

    def _iterated(self, result: Result, step: str, place: Place) -> Results | None:
        """``for x in book`` by ``__iter__``, ``pair[0]`` of a named tuple; ``None`` where neither is meant."""
        if result.tail:
            return None
        if step == "*":
            method = self.classes.method(result.cls, "__iter__")
            key = ("iterated", result.cls)
            if method and key not in self._open:  # an iterator is its own __iter__
                self._open.add(key)
                made = self.returned(Context(self.program.functions[method]), {0: (result,)}, place)
                found = self.steps(made, ("*",), place)
                self._open.discard(key)
                return found
        elif step[0] == "#" and step[1:].isdigit() and "typing.NamedTuple" in self.classes.ancestors(result.cls):
            fields = [field.name for each in self.classes.ancestors(result.cls) if each in self.program.classes
                      for field in self.program.classes[each].fields if field.type.names]  # fmt: skip
            number = int(step[1:])
            return self.attribute(result, fields[number], place) if number < len(fields) else ()
        return None

    def _is_mapping(self, result: Result) -> bool:
        return "@fields" in result.tail

    def attribute(self, result: Result, name: str, place: Place) -> Results:
        """What an attribute of an object of a known class is."""
        key = ("attribute", result.cls, name)
        if key in self._open:  # a property or a field that is made of itself
            return ()
        self._open.add(key)
        try:
            return self._attribute(result, name, place)
        finally:
            self._open.discard(key)

    def _attribute(self, result: Result, name: str, place: Place) -> Results:
        names = (*result.names, name)[-5:]
        text = f"{result.text}.{name}"
        minus = frozenset(gone[1:] for gone in result.minus if len(gone) > 1 and gone[0] == f".{name}")
        made = self._made(result, name, place)
        if made is not None:
            return made
        found = self._member(result, name, names, text, place)
        return tuple(each._replace(minus=each.minus | minus) for each in found) if minus else found

    def _member(self, result: Result, name: str, names: tuple[str, ...], text: str, place: Place) -> Results:
        cls = result.cls
        for ancestor in self.classes.ancestors(cls):
            categories = self.sources.get(f"{ancestor}.{name}")
            if categories:
                return (Result(TAINT, names, text, place, categories=categories, known_by="mark", confidence="high"),)
        method = self.classes.method(cls, name)
        if method:
            return self._property(result, method, place)
        if self._declared_clean(cls):
            return ()
        context_names = (*result.names, cls.rpartition(".")[2], name)[-5:] if cls in self.program.classes else names
        declared = self.classes.declared(cls, name)
        if declared is not None:
            found = self._declared(declared[1], declared[0].name, context_names, text, place)
            if found is not None:
                return found
        written = self._written(cls, name, context_names, text, place)
        if written is not None:
            return written
        foreign = self.external.attribute(result, name, context_names, text, place)
        if foreign is not None:
            return foreign
        holds = self._holds(declared) if declared is not None else ""
        return (Result(UNKNOWN, context_names, text, place, holds=holds),)

    def _declared_clean(self, cls: str) -> bool:
        """Whether a class says in OEP-30's notation that it holds nothing personal."""
        own = self.program.classes.get(cls)
        return own is not None and NONE in own.marks

    def _holds(self, declared: tuple[object, Field]) -> str:
        field = declared[1]
        for name in field.type.names:
            row = self.catalogue.types.get(name)
            if row is not None and row.holds:
                return row.holds
        return ""

    def _property(self, result: Result, method: str, place: Place) -> Results:
        unit = self.program.functions[method]
        if unit.function.flavour != "property":
            return ()
        return self.returned(Context(unit), {0: (result,)}, place)

    def _made(self, result: Result, name: str, place: Place) -> Results | None:
        """What the constructor call gave the attribute of an object that was made here, or ``None`` if it gave
        nothing.
        """
        if result.made is None:
            return None
        context = Context(self.program.functions[result.made.function], result.made.bindings)
        call = context.function.calls[result.made.index]
        method = self.classes.method(result.cls, "__init__")
        if method:
            unit = self.program.functions[method]
            inner = Context(unit)
            bound = bind_arguments(unit.function, call.args, ())
            writes = [
                write for ctx, write in self.classes.writes(unit.function.owner).get(name, ()) if ctx.key == inner.key
            ]
            if not writes or len(self.classes.writes(unit.function.owner)[name]) > len(writes):
                return None
            given = {index: self.value(context, value) for index, value in bound.items()}
            stored = tuple(each for write in writes for each in self.value(inner, write.value))
            return self._called_after(name, self.substituted(stored, given, inner, place))
        for arg in call.args:
            if arg.name == name:
                found = self.value(context, arg.value)
                return self._typed_over(result.cls, name, self._called_after(name, found))
        return None

    def _called_after(self, name: str, found: Results) -> Results:
        """Values given to a field: where nothing better is known, the field's name speaks."""
        return tuple(
            each._replace(hint=name) if each.kind in (UNKNOWN, PARAM) and not each.path else each for each in found
        )

    def _typed_over(self, cls: str, name: str, found: Results) -> Results | None:
        """A value given to a field: unknown ones are what the field's declaration says."""
        return None if any(each.kind == UNKNOWN for each in found) else found

    def _declared(self, field: Field, cls: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """What a field's declaration says, or ``None`` where it says nothing."""
        if field.marks:
            if NONE in field.marks:
                return ()
            return (Result(TAINT, names, text, place, categories=field.marks, known_by="mark", confidence="high"),)
        scope = self.classes.scope(self.program.classes[cls])
        if scope is None:
            return None
        row = self._field_row(scope, field)
        if row is not None and row.categories:
            return (Result(TAINT, names, text, place, categories=row.categories, known_by="type", confidence="high"),)
        things = self.things._field_things(cls, field.name)
        objects = [
            Result(OBJECT, names, text, place, cls=thing.name, path=("*",) if thing.kind == "collection" else ())
            for thing in things
            if thing.kind in ("instance", "collection") and self.external.is_object(thing.name)
        ]
        if objects:
            return tuple(objects)
        if row is not None:
            return () if row.holds in ("flag", "id") else (Result(UNKNOWN, names, text, place, holds=row.holds),)
        if field.type.names:
            return self.of_type(field.type, scope, names, text, place)
        if field.assigned and not field.value:
            return None if self.classes.writes(cls).get(field.name) else ()
        return None

    def _field_row(self, scope: Context, field: Field):  # type: ignore[no-untyped-def]
        for part in field.value:
            if part.root[0] == "c" and not part.access and not part.path:
                call = scope.function.calls[int(part.root[1:])]
                for name in self.things.callee_names(scope, call):
                    row = self.catalogue.fields.get(name)
                    if row is not None:
                        return row
                for arg in call.args:  # Column(EmailType), mapped_column(EmailType())
                    for thing in self.things.of_value(scope, arg.value):
                        row = self.catalogue.fields.get(thing.name)
                        if row is not None and not row.relation:
                            return row
        return None

    def _written(self, cls: str, name: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """What the methods of a class store in an attribute, or ``None`` where they store nothing."""
        key = (cls, name)
        if key not in self._fields:
            self._fields[key] = ()  # an attribute that is made of itself ends here
            self._fields[key] = self._all_written(cls, name, (_OWN, name), _OWN, _NO_PLACE)
        stored = self._fields[key]
        if not stored:
            return stored
        return tuple(
            each._replace(
                names=names if each.names[:1] == (_OWN,) else each.names,
                text=each.text.replace(_OWN, text),
                place=place if each.place == _NO_PLACE else each.place,
            )
            for each in stored
        )

    def _all_written(self, cls: str, name: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        found: list[Result] = []
        any_write = False
        for ancestor in self.classes.ancestors(cls):
            for context, write in self.classes.writes(ancestor).get(name, ()):
                any_write = True
                inside = write.target.access[1:]
                for each in self.value(context, write.value):
                    for stored in self._stored(context, each, names, text, place):
                        found.append(stored._replace(path=(*inside, *stored.path)) if inside else stored)
        return distinct(found) if any_write else None

    def _stored(self, context: Context, each: Result, names: tuple[str, ...], text: str, place: Place) -> list[Result]:
        if each.kind == PARAM:
            own = [known for known in self.own(context, each) if known.kind == OBJECT]
            if each.access:  # a bare parameter's name speaks less than the field's own
                own.extend(
                    sure for known in self.own(context, each) for sure in self.summaries.judge.sure(context, known)
                )
            else:
                own.extend(known for known in self.own(context, each) if known.kind == TAINT)
            own.extend(self._handed(context, each, 0))
            if own:
                return own
            plain = self.own(context, each)
            if not plain and each.access == ():
                return []
            holds = next((known.holds for known in plain if known.holds), "")
            protected = any(known.protected for known in plain)
            return [
                Result(
                    UNKNOWN,
                    names,
                    text,
                    place,
                    path=each.path,
                    form=each.form,
                    hint=each.hint,
                    holds=holds,
                    protected=protected,
                )
            ]
        if each.kind == UNKNOWN:
            known = self.summaries.judge.sure(context, each)
            if known:
                return known
            return [each._replace(names=names, text=text, place=place, called=False, hint=each.names[-1])]
        return list(self.outlasting([each]))

    def _handed(self, context: Context, stored: Result, depth: int) -> list[Result]:
        """The personal data that callers anywhere hand to a parameter which is kept in a field."""
        key = ("handed", context.key, stored.index)
        if depth > 3 or key in self._open:
            return []
        self._open.add(key)
        found: list[Result] = []
        for outer, call, thing in self.summaries.callers(context.function.name):
            receiver = () if thing.kind in ("method", "class") else None
            value = bind_arguments(context.function, call.args, receiver).get(stored.index, ())
            for given in self.steps(self.value(outer, value), stored.access, stored.place):
                if given.kind == PARAM:
                    own = [sure for each in self.own(outer, given) for sure in self.summaries.judge.sure(outer, each)]
                    found.extend(own or self._handed(outer, given, depth + 1))
                elif given.kind == TAINT or (given.kind == UNKNOWN and given.form == VALUE):
                    found.extend(self.summaries.judge.sure(outer, given))
        self._open.discard(key)
        return found

    # -- calls ----------------------------------------------------------------------------------------------------

    def call(self, context: Context, index: int) -> Results:
        """What a call gives."""
        call = context.function.calls[index]
        place = Place(context.module.path, call.span)
        last = call.text.rpartition(".")[2]
        found: list[Result] = []
        resolved = False
        for thing in self.things.of_callee(context, call):
            one = self._call_thing(context, call, index, thing, place)
            if one is not None:
                resolved = True
                found.extend(one)
        if resolved:
            return distinct(found)
        return self.external.unresolved(context, call, index, place)

    def _call_thing(self, context: Context, call: Call, index: int, thing: Thing, place: Place) -> Results | None:
        if thing.kind in CALLABLE:
            return self._call_function(context, call, thing, place)
        if thing.kind == "class":
            return (
                Result(OBJECT, (call.text,), f"{call.text}()", place, cls=thing.name, made=Made(*context.key, index)),
            )
        if thing.kind == "external":
            return self.external.called(context, call, index, thing.name, place)
        if thing.kind == "partial":
            return self._call_partial(context, call, thing, place)
        if thing.kind == "collector":
            return self._collected(context, call, thing, place)
        if thing.kind == "instance":
            method = self.classes.method(thing.name, "__call__")
            if method:
                return self._call_function(context, call, Thing("method", method), place)
        return None

    def _collected(self, context: Context, call: Call, thing: Thing, place: Place) -> Results:
        if thing.member in ("values", "values_list"):
            return self.external.columns(context, call, thing, place)
        found = self.things.of_call(context, call, -1)
        text = f"{call.text}()"
        paths = {"collection": ("*",), "pair": ("#0",)}
        return tuple(
            Result(OBJECT, (call.text.rpartition(".")[2],), text, place, cls=each.name, path=paths.get(each.kind, ()))
            for each in found
        )  # fmt: skip

    def _call_function(self, context: Context, call: Call, thing: Thing, place: Place) -> Results:
        target, arguments = self.enter(context, call, thing)
        given = {index: self.value(context, value) for index, value in arguments.items()}
        for index, param in enumerate(target.function.params):
            if param.default and index not in given:
                scope = self.program.scope_of(target.unit)
                given[index] = self.by_itself(Context(scope), param.default) if scope is not None else ()
        return self.returned(target, given, place)

    def _call_partial(self, context: Context, call: Call, thing: Thing, place: Place) -> Results | None:
        """A call of what ``functools.partial`` made, where both stand in one function."""
        if thing.made is None or thing.made.function != context.function.name:
            return None
        made = context.function.calls[thing.made.index]
        joined = Call(made.args[0].value, call.text, (*made.args[1:], *call.args), call.span, call.kind)
        for inner in self.things.of_value(context, made.args[0].value):
            if inner.kind in CALLABLE:
                return self._call_function(context, joined, inner, place)
        return None

    def enter(self, context: Context, call: Call, thing: Thing) -> tuple[Context, dict[int, Value]]:
        """The context a call enters, and the values its parameters take there."""
        unit, bindings = self.program.functions[thing.name], ()
        if thing.kind != "raw":
            unit, bindings = self.summaries.wrapped(unit)
        function = unit.function
        args, receiver = call.args, None
        if thing.kind == "method" and (
            function.name != thing.name or (function.owner and function.flavour != "static")
        ):
            receiver = receiver_of(call)
            if not function.params or function.params[0].kind == "*":  # a wrapper takes self among its *args
                args, receiver = (Argument("", receiver, call.span), *args), None
        arguments = bind_arguments(function, args, receiver)
        return Context(unit, bindings or class_binding(thing) or self._callables(context, arguments)), arguments

    def _callables(self, context: Context, arguments: dict[int, Value]) -> tuple[tuple[str, Thing], ...]:
        """Which parameters are handed a function, so that a call of the parameter is understood."""
        found = []
        for index, value in arguments.items():
            for part in value:
                if part.path or part.form or part.root[0] not in "gcv":
                    continue
                for thing in self.things.of_part(context, part):
                    if thing.kind in CALLABLE or (thing.kind == "external" and self.catalogue.sinks_of(thing.name)):
                        found.append((f"p{index}", thing))
        return tuple(found[:2])

    def returned(self, target: Context, given: dict[int, Results], place: Place) -> Results:
        """What a function returns when its parameters are ``given``."""
        function = target.function
        marks = function.marks or self.sources.get(function.name, ())
        name = function.name.rpartition(".")[2]
        if marks:
            if NONE in marks:
                return ()
            return (Result(TAINT, (name,), f"{name}()", place, categories=marks, known_by="mark", confidence="high"),)
        if cleans(name) and not self._plainly_keeps(target):
            return ()
        if function.result.names:
            typed = self.of_type(function.result, target, (name,), f"{name}()", place)
            if any(each.kind == TAINT for each in typed) or any(
                each.holds in ("flag", "id") or each.protected for each in typed
            ):
                return tuple(each for each in typed if each.kind == TAINT or each.protected)
        summary = self.summaries.of(target)
        found = self.substituted(summary.returns, given, target, place)
        if not found and function.result.names and not function.returns and not function.yields:
            found = tuple(
                e for e in self.of_type(function.result, target, (name,), f"{name}()", place) if e.kind != UNKNOWN
            )
        return tuple(each.told(place, f"returned by {name}()") for each in found)

    def _plainly_keeps(self, target: Context) -> bool:
        """Whether a function that is called ``redact`` visibly hands back the whole of what it is given."""
        returns = self.summaries.of(target).returns
        whole = [each for each in returns if each.kind == PARAM and not any(step[0] in "~#/" for step in each.access)]
        return bool(returns) and len(whole) == len(returns) and len(target.function.returns) == 1

    def substituted(self, results: Results, given: dict[int, Results], target: Context, place: Place) -> Results:
        """Results of a callee, with its parameters replaced by what the caller hands over."""
        found: list[Result] = []
        for result in results:
            if result.kind != PARAM:
                found.append(result)
                continue
            if result.index not in given:
                continue
            for each in self.steps(given[result.index], result.access, place):
                if (each.kind in (OBJECT, PARAM, UNKNOWN)) and result.minus:
                    each = each._replace(minus=each.minus | result.minus)
                path = result.path + each.path if not result.form else ()
                form = each.form or result.form
                hint = each.hint or (result.names[-1] if each.kind == UNKNOWN else "")
                found.append(each._replace(path=path, form=form, hint=hint, trace=(each.trace + result.trace)[:14]))
        return distinct(found)
