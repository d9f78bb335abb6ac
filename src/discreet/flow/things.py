"""What things are: which function, class, module or instance a value denotes. Callees and types are found here.

Types are context-insensitive but for the bindings of a context: annotations, constructors, ``Model.objects.get()``,
what a function is annotated to return or visibly returns, fields of classes, conventional names.
"""

from __future__ import annotations

from typing import Final

from discreet.catalogue.tables import Catalogue
from discreet.facts.model import Call, Part, Type, Value
from discreet.facts.values import read
from discreet.flow.attributes import MANAGERS, Attributes
from discreet.flow.binding import handed_on, is_own_object, receiver_of, type_named
from discreet.flow.classes import Classes
from discreet.flow.context import CALLABLE, Context, Made, Thing, class_binding
from discreet.flow.handlers import Handlers
from discreet.flow.narrowing import Narrowing
from discreet.flow.program import Program, Symbol
from discreet.flow.queries import CHOOSING, asks, collected, queried
from discreet.flow.relations import Relations
from discreet.flow.supplied import Supplied

PARTIALS: Final = (
    "functools.partial", "operator.attrgetter", "operator.itemgetter", "asgiref.sync.sync_to_async",
    "asgiref.sync.async_to_sync",
)  # fmt: skip
COMPILED: Final = "re.Pattern"
"""The class of what ``re.compile`` gives."""
SEQUENCES: Final = frozenset({
    "list", "tuple", "set", "frozenset", "List", "Tuple", "Set", "Sequence", "Iterable", "Iterator", "Collection",
    "QuerySet", "Generator", "AsyncIterator", "AsyncIterable", "AsyncGenerator", "Queryset", "Page", "Deque",
    "deque", "Manager", "MutableSequence"
})  # fmt: skip

_MADE: Final = ("class", *CALLABLE)
"""What can be called as it is."""


class Things:
    """Answers what a value denotes."""

    def __init__(self, program: Program, catalogue: Catalogue) -> None:
        self.program = program
        self.catalogue = catalogue
        self.classes = Classes(program, catalogue, self)
        self.narrowing = Narrowing(self.classes)
        self.relations = Relations(program, self)
        self.attributes = Attributes(self)
        self.supplied = Supplied(self)
        self.handlers = Handlers(self)
        self._memo: dict[object, tuple[Thing, ...]] = program.table()
        self._open: dict[object, None] = {}
        self.cut_short = 0  # how many answers were none because the same was being asked, or too deep

    def of_value(self, context: Context, value: Value) -> tuple[Thing, ...]:
        """All that a value can denote."""
        if len(value) == 1:
            only = value[0]
            return () if only.path or only.form else self.of_root(context, only.root, only.access)
        found: tuple[Thing, ...] = ()
        for part in value:
            found += self.of_part(context, part)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def of_part(self, context: Context, part: Part) -> tuple[Thing, ...]:
        """All that one part can denote."""
        if part.path or part.form:
            return ()
        return self.of_root(context, part.root, part.access)

    def of_root(self, context: Context, root: str, access: tuple[str, ...]) -> tuple[Thing, ...]:
        """All that ``root<access>`` can denote in a context; a global is the same in all."""
        is_global = root[:2] == "g:"
        key = (None if is_global else context.key, root, access)
        known = self._memo.get(key)
        if known is not None:
            return known
        if key in self._open or not self.program.descend():
            self.cut_short += 1
            return ()
        self._open[key] = None
        try:
            found = self._of_global(root, access) if is_global else self._of_local(context, root, access)
        finally:
            del self._open[key]
            self.program.ascend()
        self._memo[key] = found
        return found

    def _of_local(self, context: Context, root: str, access: tuple[str, ...]) -> tuple[Thing, ...]:
        if not access:
            found = self._of_bare(context, root)
        else:
            found = ()
            for thing in self.of_root(context, root, access[:-1]):
                found += self.attributes.step(thing, access[-1])
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def _of_global(self, root: str, access: tuple[str, ...]) -> tuple[Thing, ...]:
        named = 0
        while named < len(access) and access[named][0] == ".":
            named += 1
        symbol = self.program.find(root[2:] + "".join(access[:named]))
        if symbol.kind == "variable" and access[named:] and not symbol.rest:
            found = self.of_variable(symbol.name, access[named:])
            access = access[:named]
        else:
            found = self.of_symbol(symbol)
        for step in access[named:]:
            found = tuple(each for thing in found for each in self.attributes.step(thing, step))
        return found

    def of_symbol(self, symbol: Symbol) -> tuple[Thing, ...]:
        """What a dotted name denotes, as the table of symbols has it."""
        if symbol.kind == "variable":
            found = self.of_variable(symbol.name)
        elif symbol.kind == "external":
            return self._typed_attribute(symbol.name) or self.of_external(symbol.name)
        else:
            found = self._defined(symbol)
        for name in symbol.rest:
            found = tuple(each for thing in found for each in self.attributes.step(thing, f".{name}"))
        return found

    def _defined(self, symbol: Symbol) -> tuple[Thing, ...]:
        """What a name of the program means: of a method that is read from its class, what the class makes of it."""
        above, _, last = symbol.name.rpartition(".")
        if symbol.kind == "function" and self.program.is_class(above):
            return self.attributes.of_class(Thing("class", above), last)
        return (Thing(symbol.kind, symbol.name),)

    def _typed_attribute(self, dotted: str) -> tuple[Thing, ...]:
        """``flask.current_app.logger.info``: below an attribute whose type the catalogue knows."""
        parts = dotted.split(".")
        for size in range(len(parts), 1, -1):
            known = self._external_type(".".join(parts[:size]))
            if known is not None:
                found: tuple[Thing, ...] = (known,)
                for name in parts[size:]:
                    found = tuple(each for thing in found for each in self.attributes.step(thing, f".{name}"))
                return found
        return ()

    def _external_type(self, dotted: str) -> Thing | None:
        """What an attribute of a library's object is: ``flask.current_app.logger``, ``User.objects``."""
        owner, _, name = dotted.rpartition(".")
        if dotted == "loguru.logger":
            return Thing("instance", "loguru.Logger")
        row = self.catalogue.classes.exact[owner] if owner else None
        if name in MANAGERS and row is not None and row.model:
            return Thing("collection", owner)  # of a model that the program leaves as the library has it
        kind, _, target = (row.attributes.get(name, "") if row is not None else "").partition(":")
        is_other = kind == "type" and target != dotted  # one that has no class of its own is called by its own name
        return Thing("instance", target) if is_other else None

    def of_external(self, dotted: str) -> tuple[Thing, ...]:
        """A library's object, or what the program puts in its place. What lets values out still does so: one script
        that counts what is printed says nothing of what the others print.
        """
        patches = self.program.patched(dotted)
        found = [thing for unit, write in patches for thing in self.of_value(Context(unit), write.value)]
        if not found or self.catalogue.sinks_of(dotted):
            found.insert(0, Thing("external", dotted))
        return tuple(dict.fromkeys(found))

    def of_variable(self, dotted: str, access: tuple[str, ...] = ()) -> tuple[Thing, ...]:
        """What a module's variable denotes: what the module's top level gave it, or where that is nothing, whoever
        made it when it was first asked for.
        """
        module, _, name = dotted.rpartition(".")
        unit = self.program.top(module)
        if unit is None:
            return ()
        value = unit.function.variables.get(name, ())
        for step in access:
            value = read(value, step)
        found = self.of_value(Context(unit), value)
        if found or access:
            return found
        stored = [each for each in self.program.stores(f"g:{dotted}") if not each[1].target.access]
        made = [thing for inner, write in stored for thing in self.of_value(Context(inner), write.value)]
        return tuple(dict.fromkeys(made))

    def _of_bare(self, context: Context, root: str) -> tuple[Thing, ...]:
        bound = context.bound(root)
        if bound is not None:
            return (bound,)
        kind = root[0]
        if kind == "c":
            return self.of_call(context, context.function.calls[int(root[1:])], int(root[1:]))
        if kind == "p":
            return self._of_parameter(context, int(root[1:]))
        if kind == "t":
            return self.of_type(context.function.types[int(root[1:])], context)
        if kind == "i":
            return self._instance_of(root[2:], context)
        if kind == "v":
            name, _, variable = root[2:].rpartition(":")
            unit = self.program.function(name)
            return self.of_value(Context(unit), unit.function.variables.get(variable, ())) if unit is not None else ()
        if kind == "s":
            return (Thing("super", root[2:]),)
        return ()

    def _of_parameter(self, context: Context, index: int) -> tuple[Thing, ...]:
        function = context.function
        if index >= len(function.params):
            return ()
        param = function.params[index]
        if is_own_object(function, index) and param.kind == "":
            is_class = function.flavour == "class" or function.name.rpartition(".")[2] in (
                "__new__",
                "__init_subclass__",
            )
            return (Thing("class" if is_class else "instance", function.owner),)
        if param.kind and param.kind != "kw":
            return ()
        found = self.of_type(param.type, context) or self.handlers.instances(context.unit, index)
        if found or param.type.names:
            return found
        scope = self.program.scope_of(context.unit) if param.default else None
        default = self.of_value(Context(scope), param.default) if scope is not None else ()
        convention = self.catalogue.conventions.get(param.name)
        if convention and not default:
            return (Thing("instance", convention),)
        return default

    def of_type(self, type_: Type, context: Context | None = None) -> tuple[Thing, ...]:
        """The instances that an annotation speaks of."""
        found: list[Thing] = []
        for name in type_.names:
            last = name.rpartition(".")[2]
            if last in SEQUENCES and type_.args:
                found.extend(
                    Thing("collection", each.name) for each in self.of_type(type_.args[0]) if each.kind == "instance"
                )
            elif last in ("Dict", "dict", "Mapping", "DefaultDict") and len(type_.args) == 2:
                found.extend(
                    Thing("collection", each.name) for each in self.of_type(type_.args[1]) if each.kind == "instance"
                )
            elif name not in ("builtins.None", "typing.Any") and not name.startswith("builtins."):
                found.extend(self._instance_of(name, context))
        return tuple(dict.fromkeys(found))

    def _instance_of(self, dotted: str, context: Context | None) -> tuple[Thing, ...]:
        symbol = self.program.find(dotted)
        if symbol.kind == "class" and not symbol.rest:
            return (Thing("instance", symbol.name),)
        if symbol.kind == "external":
            last = symbol.name.rpartition(".")[2]
            if context is not None and symbol.name.startswith(context.module.module + "."):
                name = self.program.class_called(last, context.module.module)  # a name quoted before it is imported
                return (Thing("instance", name),) if name else ()
            return (Thing("instance", symbol.name),)
        if symbol.kind == "variable":
            return tuple(
                Thing("instance", each.name)
                for each in self.of_variable(symbol.name)
                if each.kind in ("class", "external")
            )
        return ()

    # -- calls --------------------------------------------------------------------------------------------------

    def of_callee(self, context: Context, call: Call) -> tuple[Thing, ...]:
        """What a call calls."""
        return self.of_value(context, call.callee)

    def callee_names(self, context: Context, call: Call) -> list[str]:
        """The dotted names of what a call calls, where they are a library's or a class's."""
        return [
            thing.name for thing in self.of_callee(context, call) if thing.kind in ("external", "class", "function")
        ]

    def of_call(self, context: Context, call: Call, index: int) -> tuple[Thing, ...]:
        """What a call gives."""
        found: list[Thing] = []
        callees = self.of_callee(context, call)
        for thing in callees:
            if thing.kind == "class":
                found.append(Thing("instance", thing.name, made=Made(*context.key, index)))
            elif thing.kind in CALLABLE:
                found.extend(self.of_returned(Context(self.program.unit(thing.name), class_binding(thing))))
            elif thing.kind == "collector":
                found.extend(collected(thing))
            elif thing.kind == "collection":  # MongoEngine's ``User.objects(age=3)``
                found.append(thing)
            elif thing.kind == "external":
                found.extend(self._of_external_call(context, call, index, thing.name))
        if not found:
            found.extend(self._of_query(context, call) or self._taken_out(context, call))
        if not found and not any(thing.kind in CALLABLE for thing in callees):
            found.extend(self.given(self.catalogue.returning_methods.get(call.text.rpartition(".")[2], "")))
        return tuple(found)

    def given(self, said: str) -> list[Thing]:
        """What the catalogue says that a call gives."""
        kind, _, target = said.rpartition(":")
        if kind == "category" or said in ("", "own", "submission"):
            return []
        if target == "user":
            return [Thing("instance", self.classes.user_model())]
        return [Thing("collection" if kind == "many" else "instance", target)]

    def _of_external_call(self, context: Context, call: Call, index: int, name: str) -> list[Thing]:
        given = self.catalogue.given_by(name)
        if given.startswith(("attribute:", "element:")):
            owners = self.of_value(context, receiver_of(call))
            return [each for owner in owners for each in self.handlers.named(owner.name, given)]
        if given:
            return self.given(type_named(call, given))
        inner = self.handed_on(call, name)
        if inner is not None and self.catalogue.gives_on(name) and self.program.descend():
            try:
                return list(self.of_call(context, inner, -1))
            finally:
                self.program.ascend()
        last = name.rpartition(".")[2]
        if name in PARTIALS and call.args:
            return [Thing("partial", name, made=Made(*context.key, index))]
        if name == "re.compile":
            return [Thing("instance", COMPILED, made=Made(*context.key, index))]
        if last == "get_user_model":
            return [Thing("class", self.classes.user_model())]
        queried = self._of_query(context, call)
        if queried:
            return queried
        return [Thing("instance", name)] if last[:1].isupper() or last == "writer" else []

    def _of_query(self, context: Context, call: Call) -> list[Thing]:
        """``session.query(User)``, ``select(User)``, ``get_object_or_404(User, pk=1)``, ``session.get(User, 1)``."""
        method = call.text.rpartition(".")[2]
        if not call.args or not asks(method) or self.asks_for_several(context, call):
            return []
        return queried(method, self.of_value(context, call.args[0].value))

    def asks_for_several(self, context: Context, call: Call) -> bool:
        """``session.query(Visit, Patient)``, whose rows are one of each (:mod:`discreet.flow.chosen`)."""
        others = call.args[1:] if call.text.endswith(CHOOSING) else ()
        return any(each.kind == "class" for arg in others if not arg.name for each in self.of_value(context, arg.value))

    def _taken_out(self, context: Context, call: Call) -> list[Thing]:
        """``PROVIDERS.get(name, Default)``: the classes and functions that a module keeps in a mapping."""
        if not call.args or not call.text.endswith(".get"):
            return []
        kept = read(tuple([part for part in receiver_of(call) if part.root[:2] == "g:"]), "[")
        found = self.of_value(context, kept)
        default = self.of_value(context, call.args[1].value) if found and len(call.args) > 1 else ()
        return [thing for thing in dict.fromkeys((*found, *default)) if thing.kind in _MADE]

    def handed_on(self, call: Call, name: str) -> Call | None:
        """The call that a library's callable makes of one of its arguments, if that is what it does."""
        row = self.catalogue.callers[name]
        return handed_on(call, row) if row is not None else None

    def of_returned(self, context: Context) -> tuple[Thing, ...]:
        """What a function gives: by its annotation, else by what it visibly returns."""
        function = context.function
        declared = self.of_type(function.result, context)
        if declared or function.result.names:
            return declared
        return self.of_value(context, function.returns)
