"""Prospects: whether evaluating a value can come to anything personal, told from the names and types on its way alone.

Most values of most programs are nobody's. To find out what such a value is, through calls and fields and other
modules, only to find that it is a path or a number, is what an analysis spends its time on. A prospect costs a look at
each name once: it errs on the side of *yes*, and where it says *no*, nothing is evaluated.
"""

from __future__ import annotations

from typing import Final

from discreet.catalogue.names import may_be_placed
from discreet.catalogue.neighbours import is_whole, waits
from discreet.facts.model import Call, Constant, Part, Type, Value
from discreet.flow import documents
from discreet.flow.binding import bind_arguments, is_own_object, receiver_of
from discreet.flow.context import CALLABLE, Context, Made, Thing
from discreet.flow.evaluate import Evaluator
from discreet.flow.glance import Glance, may_be_told, query_speaks, speaks, told
from discreet.flow.passed import hands_on
from discreet.flow.queries import asked_for
from discreet.flow.result import Place
from discreet.flow.takers import tells

LOOKING_UP: Final = (".get", ".pop")
"""How a call is written that asks a mapping for a key."""
MAX_NAMES: Final = 5
"""So many names to the left of one are heard, and so many calls on its way looked at."""


class Prospects:
    """Answers whether values may be personal."""

    def __init__(self, evaluator: Evaluator, glance: Glance) -> None:
        self.evaluator = evaluator
        self.program = evaluator.program
        self.glance = glance
        self._suspicions = glance.suspicions

    def of(self, context: Context, value: Value) -> bool:
        """Whether any part of a value may be personal, or hold anything that is."""
        for part in value:
            if self._part(context, part):
                return True
        return False

    def handed(self, context: Context, value: Value) -> bool:
        """Whether what a function is handed may be personal. Of an object that hands itself over its methods know as
        much as it (:meth:`Glance.may_be_personal`).
        """
        for part in value:
            if not _is_whole_object(context, part) and self._part(context, part):
                return True
        return False

    def of_made(self, made: Made) -> bool:
        """Whether a constructor is handed anything that may be personal."""
        context = Context(self.program.unit(made.function), made.bindings)
        return any(self.of(context, arg.value) for arg in context.function.calls[made.number].args)

    def _part(self, context: Context, part: Part) -> bool:
        if part.hint and self.glance.tells(context, part.hint):
            return True
        for step in part.access:
            if self._step(context, step):
                return True
        for step in part.path:
            if self._step(context, step):
                return True
        if self._root(context, part) or self._is_told(context, part) or self.evaluator.lookups.of(context, part):
            return True
        if part.access and self._attribute(context, part):
            return True
        return bool(self.evaluator.contents.of(context, part))

    def _step(self, context: Context, step: str) -> bool:
        """Whether a step names anything that may be personal. A key that a parameter is, the caller names
        (:meth:`_names`); of one that came from somewhere, nobody will ever know a name.
        """
        if step[0] == ".":
            return self.glance.tells(context, step[1:]) or self._waits(context, step[1:])
        if step[0] == "[":
            return speaks(step[1:]) or self._waits(context, step[1:])
        if step[0] != "?" or step[2] in "~x":
            return False
        return any(each[0] != "?" and speaks(each[1:]) for each in self.evaluator.keys.steps(context, step))

    def _is_told(self, context: Context, part: Part) -> bool:
        """Whether a name on a part's way speaks for the names before it."""
        own = [step[1:] for step in part.access if step[0] in ".["] if part.access else []
        if part.root[0] == "c":
            own.append(_looked_up(context.function.calls[int(part.root[1:])]))
        if not any(map(may_be_told, own)):
            return False
        names = _leading(context, part, MAX_NAMES)
        return any(told(names[max(0, at - MAX_NAMES) : at + 1]) for at in range(1, len(names)))

    def _waits(self, context: Context, name: str) -> bool:
        """Whether a key speaks for where it stands, or for what stands beside it."""
        return may_be_placed(name) or self._in_company(context, name)

    def _in_company(self, context: Context, name: str) -> bool:
        """Whether a name speaks for what else the function reads of the same thing, or is handed beside it."""
        return waits(name) and (is_whole(name) or self.evaluator.neighbours.are_in(context))

    def _root(self, context: Context, part: Part) -> bool:
        kind = part.root[0]
        if kind == "m":
            return True
        if kind == "q":
            return query_speaks(part.root)
        if kind == "x":
            return speaks(part.root[2:])
        field = ""
        if part.access and (kind == "g" or part.root == "p0"):
            field = next((step for step in part.access if step[0] == "."), "")
        key = (context.key, part.root, field)
        return self._suspicions.asked(key, lambda: self._bare(context, part.root, field))

    def _bare(self, context: Context, root: str, field: str) -> bool:
        kind = root[0]
        if kind == "c":
            if self._call(context, context.function.calls[int(root[1:])]):
                return True
            return any(self._thing(each) for each in self.evaluator.things.of_root(context, root, ()))
        if kind == "p":
            return self._parameter(context, int(root[1:]), field)
        if kind == "w":
            return self._filled(context, root)
        if kind == "g":
            return self._global(root[2:], field)
        if kind == "v":
            name, _, variable = root[2:].rpartition(":")
            unit = self.program.function(name)
            held = unit is not None and self.of(Context(unit), unit.function.variables.get(variable, ()))
            return held or speaks(variable) or self._stored(root)
        if kind == "t":
            return self._type(context, context.function.types[int(root[1:])])
        if kind == "i":
            return self.glance.of_class(root[2:])
        return True

    # -- parameters and fields ----------------------------------------------------------------------------------------

    def _parameter(self, context: Context, index: int, field: str) -> bool:
        function = context.function
        if index >= len(function.params):
            return False
        param = function.params[index]
        if is_own_object(function, index):
            return self.of_field(function.owner, field[1:]) if field else self.glance.of_class(function.owner)
        if (
            param.marks
            or self.glance.tells(context, param.name)
            or speaks(function.name.rpartition(".")[2])
            or context.bound(f"p{index}")
            or tells(function, index)
            or self._in_company(context, param.name)
        ):
            return True
        if param.default:
            scope = self.program.scope_of(context.unit)
            if scope is not None and self.of(Context(scope), param.default):
                return True
        if self.evaluator.things.handlers.of(context.unit, index):
            return True
        if param.type.names or param.type.marks:
            return self._type(context, param.type)
        if self.evaluator.sources and f"{function.name}.{param.name}" in self.evaluator.sources:
            return True
        convention = self.evaluator.catalogue.conventions.get(param.name)
        return convention is not None and self.glance.of_class(convention)

    def _type(self, context: Context, type_: Type) -> bool:
        if type_.marks or any(speaks(name.rpartition(".")[2]) for name in type_.names):
            return True
        rows = map(self.evaluator.classes.type_row, type_.names)
        if any(row is not None and row.categories for row in rows):
            return True
        if any(self.program.find(name).kind == "variable" for name in type_.names):
            return True  # an alias, which may be marked
        things = self.evaluator.things.of_type(type_, context)
        return any(self._thing(thing) for thing in things) or any(self._type(context, each) for each in type_.args)

    def _thing(self, thing: Thing) -> bool:
        return thing.kind not in ("instance", "collection", "pair") or self.glance.of_class(thing.name)

    def _attribute(self, context: Context, part: Part) -> bool:
        """Whether an attribute on a part's way is one in which anything personal is stored."""
        things = self.evaluator.things
        return any(
            thing.kind == "instance" and self.of_field(thing.name, step[1:])
            for at, step in enumerate(part.access)
            if step[0] == "."
            for thing in things.of_root(context, part.root, part.access[:at])
        )

    def of_field(self, cls: str, name: str) -> bool:
        """Whether an attribute of an object of a class of the program may hold anything personal."""
        return self._suspicions.asked(("field", cls, name), lambda: self._any_store(cls, name))

    def _any_store(self, cls: str, name: str) -> bool:
        classes = self.evaluator.classes
        method = classes.method(cls, name)
        if method:
            return self._function(Context(self.program.unit(method)))
        if self.glance.of_field(cls, name):
            return True
        for ancestor in classes.ancestors(cls):
            for context, write in classes.writes(ancestor).get(name, ()):
                if self.of(context, write.value) or self._handed(context, write.value):
                    return True
            if not self.program.is_class(ancestor) and self.evaluator.catalogue.may_hold(ancestor):
                return True
        return False

    def _handed(self, context: Context, value: Value) -> bool:
        """Whether a field is filled from a parameter to which a caller anywhere hands something personal."""
        numbers = [int(part.root[1:]) for part in value if part.root[0] == "p" and part.root != "p0"]
        if not numbers:
            return False
        for outer, call, thing in self.evaluator.summaries.callers(context.function.name):
            bound = bind_arguments(context.function, call.args, () if thing.kind in ("method", "class") else None)
            if any(self.of(outer, bound.get(number, ())) for number in numbers):
                return True
        return False

    # -- globals and calls --------------------------------------------------------------------------------------------

    def _global(self, dotted: str, field: str) -> bool:
        symbol = self.program.find(f"{dotted}{field}")
        if symbol.kind == "variable":
            module, _, name = symbol.name.rpartition(".")
            if speaks(name) or symbol.name in self.evaluator.sources or any(map(speaks, symbol.rest)):
                return True
            top = self.program.top(module)
            held = top is not None and self.of(Context(top), top.function.variables.get(name, ()))
            return held or self._stored(f"g:{symbol.name}") or self._stored(f"g:{dotted}", field)
        if symbol.kind == "external":
            parts = symbol.name.split(".")
            exact = self.evaluator.catalogue.classes.exact
            return any(exact[".".join(parts[:size])] is not None for size in range(len(parts), 1, -1)) or speaks(
                parts[-1]
            )
        if symbol.kind != "class":
            return False
        below = bool(symbol.rest) and (any(map(speaks, symbol.rest)) or self.of_field(symbol.name, symbol.rest[0]))
        return below or self._stored(f"g:{symbol.name}")

    def _stored(self, root: str, field: str = "") -> bool:
        """Whether anything that may be personal is stored in an object anywhere, or in one attribute of it: what lies
        in ``os.environ`` is not in ``os.path``.
        """
        for unit, write in self.program.stores(root):
            access = write.target.access
            if field and access and access[0][0] == "." and access[0] != field:
                continue
            if any(speaks(step[1:]) for step in access) or self.of(Context(unit), write.value):
                return True
        return False

    def _call(self, context: Context, call: Call) -> bool:
        *_, last = words = call.text.split(".")
        if last in self.evaluator.catalogue.returning_methods or any(map(speaks, words)):
            return True
        if any(self._names(context, arg.constant) for arg in call.args):
            return True
        if any(self.of(context, arg.value) for arg in call.args) or self.of(context, receiver_of(call)):
            return True
        if self._asks(context, call) or self._is_alias(call):
            return True
        return any(self._callee(context, call, thing) for thing in self.evaluator.things.of_callee(context, call))

    def _filled(self, context: Context, root: str) -> bool:
        """Whether a call may put anything personal into what it is handed, or a function inside into a variable."""
        if root[1] == "v":
            return self._stored(root[1:])
        for call, thing, _ in self.evaluator.passed.fillers(context, root):
            if any(self.of(context, arg.value) for arg in call.args):
                return True
            if self._puts(Context(self.program.unit(thing.name))):
                return True
        return False

    def _puts(self, context: Context) -> bool:
        """Whether a function may put anything personal of its own into what it is handed, or lets others do so."""
        writes = [write.value for write in context.function.writes if write.target.root[0] == "p"]
        return not writes or any(self.of(context, value) for value in writes) or hands_on(context.function)

    def _asks(self, context: Context, call: Call) -> bool:
        """Whether a call asks a store for the record of a person, by what it calls the collection or the class."""
        asked = asked_for(context.function, call)
        return bool(asked and speaks(asked)) or bool(
            documents.of_call(context.function, call, Place(context.module.path, call.span))
        )

    def _is_alias(self, call: Call) -> bool:
        """Whether what is called is the name of a type, which may be marked: ``Phone = NewType("Phone", str)``."""
        return any(
            part.root[:2] == "g:" and not part.access and self.program.find(part.root[2:]).kind == "variable"
            for part in call.callee
        )

    def _names(self, context: Context, constant: Constant) -> bool:
        """Whether what is handed to a function may be the key by which it reads something personal."""
        if isinstance(constant, tuple):
            return any(self._names(context, each) for each in constant)
        return isinstance(constant, str) and (speaks(constant) or self._waits(context, constant))

    def _callee(self, context: Context, call: Call, thing: Thing) -> bool:
        if thing.kind in CALLABLE:
            return self._function(Context(self.program.unit(thing.name)))
        if thing.kind == "class":
            return self.glance.of_class(thing.name)
        if thing.kind == "external":
            given = thing.name in self.evaluator.sources or self.evaluator.catalogue.may_give(thing.name)
            return given or self._handed_on(context, call, thing.name)
        return thing.kind not in ("module", "super") and (thing.kind != "instance" or self.glance.of_class(thing.name))

    def _handed_on(self, context: Context, call: Call, name: str) -> bool:
        """Whether a library's callable calls what it is handed, and that may give anything personal."""
        inner = self.evaluator.things.handed_on(call, name)
        if inner is None or not self.evaluator.catalogue.gives_on(name):
            return False
        return self._suspicions.asked(("inner", context.key, inner.callee), lambda: self._call(context, inner))

    def _function(self, context: Context) -> bool:
        """Whether a function of the program may give anything personal of its own."""
        return self._suspicions.asked(("function", context.key), lambda: self._gives(context))

    def _gives(self, context: Context) -> bool:
        function = context.function
        return (
            bool(function.marks)
            or function.name in self.evaluator.sources
            or self._wrapper(context)
            or speaks(function.name.rpartition(".")[2])
            or self._type(context, function.result)
            or self.of(context, function.returns)
            or self.of(context, function.yields)
        )

    def _wrapper(self, context: Context) -> bool:
        """Whether a decorator of the program puts something around a function that may give anything personal."""
        if context.bindings or not context.function.decorators:
            return False
        outer, bindings = self.evaluator.summaries.wrapped(context.unit)
        return bool(bindings) and self._function(Context(outer, bindings))


def _leading(context: Context, part: Part, fuel: int) -> tuple[str, ...]:
    """The names that lead to a part, outermost first, as far as the function's own text tells."""
    function, root = context.function, part.root
    names: tuple[str, ...] = ()
    if root[0] == "p":
        names = tuple([param.name for param in function.params[int(root[1:]) :][:1]])
    elif root[0] == "c":
        call = function.calls[int(root[1:])]
        for receiver in receiver_of(call)[:1] if fuel else ():
            names = _leading(context, receiver, fuel - 1)
        names = (*names, _looked_up(call) or call.text.rpartition(".")[2])
    elif root[0] in "gvxi":
        names = (root[2:].rpartition(":")[2].rpartition(".")[2],)
    return (*names, *[step[1:] for step in part.access if step[0] in ".["])[-MAX_NAMES - 1 :]


def _looked_up(call: Call) -> str:
    """The key that a call asks a mapping for: ``row.get("email")``."""
    key = call.args[0].constant if call.args and call.text.endswith(LOOKING_UP) else None
    return key if isinstance(key, str) else ""


def _is_whole_object(context: Context, part: Part) -> bool:
    return part.root == "p0" and not part.access and is_own_object(context.function, 0)
