"""Class hierarchies: ancestors, members and fields of the program's classes and of the libraries' behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.catalogue.rows import ClassRow, FieldRow, TypeRow
from discreet.catalogue.tables import Catalogue
from discreet.facts.bounds import hit
from discreet.facts.model import Class, Field, Part, Write
from discreet.flow.context import Context
from discreet.flow.forms import Forms
from discreet.flow.generated import Generated
from discreet.flow.program import Program

if TYPE_CHECKING:
    from discreet.flow.things import Things

USER_BASES: Final = (
    "django.contrib.auth.models.AbstractUser",
    "django.contrib.auth.models.AbstractBaseUser",
    "django.contrib.auth.base_user.AbstractBaseUser",
)
DJANGO_USER: Final = "django.contrib.auth.models.User"
MAX_OVERRIDES: Final = 8
_TEXTS: Final = ("__str__", "__repr__", "__format__")
_CHOICES: Final = ("Enum", "Flag", "Choices")
"""What libraries' classes end in whose instances are a few constants, whatever else they derive from."""
_NAMED: Final = ("class", "external")
_DATABASES: Final = ("django.", "sqlalchemy.", "flask_sqlalchemy.", "peewee.", "tortoise.")
"""Libraries whose classes are tables."""


class Classes:
    """What is known of classes."""

    def __init__(self, program: Program, catalogue: Catalogue, things: Things) -> None:
        self.program = program
        self.catalogue = catalogue
        self.things = things
        self._ancestors: dict[str, tuple[str, ...]] = program.table()
        self._ours: dict[str, bool] = program.table()
        self._writes: dict[str, dict[str, list[tuple[Context, Write]]]] = program.table()
        self._user: str | None = None
        self._shapes: dict[str, str] = program.table()
        self._unsettled = 0  # how many classes are being asked for their bases or their shape, and so have none yet
        self._methods: dict[tuple[str, str], str] = program.table()
        self._declared: dict[tuple[str, str], tuple[Class, Field] | None] = program.table()
        self._foreign: dict[str, list[str]] = program.table()
        self._rows_of_databases: dict[str, bool] = program.table()
        self.forms = Forms(program, self)
        self.generated = Generated(self)
        self._below: dict[str, tuple[str, ...]] = program.table()
        self._settings: dict[str, bool] = program.table()
        self._field_rows: dict[str, FieldRow | None] = program.table()
        self._type_rows: dict[str, TypeRow | None] = program.table()

    def ancestors(self, name: str) -> tuple[str, ...]:
        """A class and its bases, nearest first: the program's by qualified name, then libraries' by dotted name."""
        if name in self._ancestors:
            return self._ancestors[name]
        if not self.program.descend():
            return (name,)
        self._ancestors[name] = (name,)  # a class that inherits from itself ends here
        self._unsettled += 1
        try:
            self._ancestors[name] = found = self._in_order(name)
        finally:
            self._unsettled -= 1
            self.program.ascend()
        return found

    def _in_order(self, name: str) -> tuple[str, ...]:
        found = [name]
        each = self.program.cls(name)
        if each is not None:
            context = self.scope(each)
            for base in each.bases:
                for part in base:
                    found.extend(self._base_names(context, part))
        else:
            found.extend(self.catalogue.bases_of(name))
        unique = dict.fromkeys(found)
        self._ours.update({one: self.program.is_class(one) for one in unique if one not in self._ours})
        own = [ancestor for ancestor in unique if self._ours[ancestor]]
        foreign = [ancestor for ancestor in unique if not self._ours[ancestor]]
        return (*own, *foreign)

    def _is_ours(self, name: str) -> bool:
        """Whether a class is the program's own, as it is remembered of all that were ever an ancestor."""
        if name not in self._ours:
            self._ours[name] = self.program.is_class(name)
        return self._ours[name]

    def _base_names(self, context: Context | None, part: Part) -> list[str]:
        while part.access and part.access[-1] == "*":  # Generic[T], Repository[User]
            part = _shorter(part)
        if context is None:
            return []
        names: list[str] = []
        for thing in self.things.of_part(context, part):
            if thing.kind in ("class", "external", "instance"):
                names.append(thing.name)
                names.extend(self.ancestors(thing.name))
        return names

    def _is_settled(self, name: str) -> bool:
        """Whether what is found out about a class now stays true: its bases are known, and nobody's are being asked
        for.
        """
        return not self._unsettled and name in self._ancestors

    def foreign(self, name: str) -> list[str]:
        """The libraries' classes among a class and its bases, nearest first."""
        known = self._foreign.get(name)
        if known is None:
            known = [each for each in self.ancestors(name) if not self._is_ours(each)]
            if self._is_settled(name):
                self._foreign[name] = known
        return known

    def row(self, name: str) -> ClassRow | None:
        """The catalogue's row of a library's class. A class of the program has none, whatever it is called."""
        return None if self._is_ours(name) else self.catalogue.classes[name]

    def rows(self, name: str) -> Iterator[ClassRow]:
        """The catalogue's rows of a class and its bases, nearest first: what libraries give to their instances."""
        for ancestor in self.foreign(name):
            found = self.catalogue.classes[ancestor]
            if found is not None:
                yield found

    def field_row(self, name: str) -> FieldRow | None:
        """The catalogue's row of a field constructor: a library's, or that of the nearest one it derives from."""
        if name not in self._field_rows:
            rows = map(self.catalogue.fields.__getitem__, self.ancestors(name))
            self._field_rows[name] = next((row for row in rows if row is not None), None)
        return self._field_rows[name]

    def type_row(self, dotted: str) -> TypeRow | None:
        """The catalogue's row of a type. A class of the program that derives from a library's plain value (a text, a
        number, a telephone number) is one itself, unless it has a text of its own or names a few constants.
        """
        if dotted not in self._type_rows:
            self._type_rows[dotted] = self.catalogue.types[dotted] or self._derived_type(dotted)
        return self._type_rows[dotted]

    def value_name(self, dotted: str) -> str:
        """What a class of the program that is a plain value says of it by its name, as a variable would: ``email`` of
        ``class Email(str)``. Of any other type nothing.
        """
        symbol = self.program.find(dotted)
        if symbol.kind != "class" or self.type_row(dotted) is None:
            return ""
        last = symbol.name.rpartition(".")[2]
        return last[:1].lower() + last[1:]

    def _derived_type(self, dotted: str) -> TypeRow | None:
        symbol = self.program.find(dotted)
        if symbol.kind != "class" or symbol.rest or any(self.method(symbol.name, text) for text in _TEXTS):
            return None
        if self.is_enumeration(symbol.name):
            return None
        rows = map(self.catalogue.types.__getitem__, self.ancestors(symbol.name))
        found = next((row for row in rows if row is not None), None)
        return found if found is not None and found.holds != "flag" else None

    def is_row(self, cls: str) -> bool:
        """Whether instances are rows of a database rather than plain records that contain each other."""
        known = self._rows_of_databases.get(cls)
        if known is None:
            is_below = any(each.startswith(_DATABASES) for each in self.ancestors(cls))
            known = is_below or self._names_table(cls)
            if self._is_settled(cls):
                self._rows_of_databases[cls] = known
        return known

    def _names_table(self, name: str) -> bool:
        """Whether a class of the program says itself which table of the database holds its instances."""
        own = self.program.cls(name)
        return own is not None and any(field.name == "__tablename__" for field in own.fields)

    def are_settings(self, name: str) -> bool:
        """Whether an instance of a class of the program holds what whoever runs it sets for it."""
        known = self._settings.get(name)
        if known is None:
            rows = map(self.row, self.ancestors(name)[1:])
            known = self._settings[name] = any(row is not None and row.text == "clean" for row in rows)
        return known

    def is_enumeration(self, name: str) -> bool:
        """Whether the instances of a class are the few that its body names."""
        return any(each.endswith(_CHOICES) for each in self.foreign(name))

    def scope(self, each: Class) -> Context | None:
        """The context of the function that a class statement stands in."""
        unit = self.program.function(each.scope)
        return Context(unit) if unit is not None else None

    def declared(self, name: str, field: str) -> tuple[Class, Field] | None:
        """The declaration of a field, through inheritance; of several in one class the last assignment counts."""
        if (name, field) in self._declared:
            return self._declared[name, field]
        found = self._find_declared(name, field)
        if self._is_settled(name):
            self._declared[name, field] = found
        return found

    def _find_declared(self, name: str, field: str) -> tuple[Class, Field] | None:
        for ancestor in self.ancestors(name):
            each = self.program.cls(ancestor)
            if each is not None:
                for declaration in reversed(each.fields):
                    if declaration.name == field:
                        return each, declaration
        shape = self.shape(name)
        return self.declared(shape, field) if shape and shape != name else None

    def method(self, name: str, method: str, *, after: str = "") -> str:
        """The qualified name of a method, through inheritance; ``after`` starts behind that class (``super()``)."""
        if after:
            ancestors = self.ancestors(name)
            return self._method(ancestors[ancestors.index(after) + 1 :] if after in ancestors else (), method)
        known = self._methods.get((name, method))
        if known is None:
            known = self._method(self.ancestors(name), method)
            if self._is_settled(name):
                self._methods[name, method] = known
        return known

    def _method(self, classes: tuple[str, ...], method: str) -> str:
        for each in map(self.program.cls, classes):
            if each is not None and method in each.methods:
                return each.methods[method]
        return ""

    def shows_arguments(self, name: str) -> bool:
        """Whether an exception's text is made of what its constructor hands to the library's: it is, unless a
        ``__str__`` of the program makes another, which neither asks for that text nor reads ``args``.
        """
        method = self.method(name, "__str__")
        if not method:
            return True
        function = self.program.unit(method).function
        read = [part for value in (function.returns, *(each.callee for each in function.calls)) for part in value]
        read.extend(part for each in function.calls for arg in each.args for part in arg.value)
        return any(each.text.endswith("__str__") for each in function.calls) or any(
            part.access[:1] == (".args",) for part in read
        )

    def of_table(self, table: str) -> str:
        """The one model class whose rows a table of the database holds, or ``""``."""
        words = table.lower().split("_")
        last = words[-1]
        singular = f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s")
        for spelt in ((*words[:-1], singular), tuple(words), (singular,)):  # Django puts the application's name before
            cls = self.program.class_called("".join(word.capitalize() for word in spelt))
            if cls and self.is_model(cls) and self.constant(cls, "__tablename__") in (None, table):
                return cls
        return ""

    def below(self, name: str) -> tuple[str, ...]:
        """The program's classes that derive from a class, however far down."""
        known = self._below.get(name)
        if known is None:
            found: dict[str, None] = {}
            waiting = [name]
            while waiting:
                for each in self.program.classes_on(waiting.pop().rpartition(".")[2]):
                    if each not in found and each != name and name in self.ancestors(each):
                        found[each] = None
                        waiting.append(each)
            known = self._below[name] = tuple(found)
        return known

    def overrides(self, name: str, method: str) -> list[str]:
        """The methods that classes below ``name`` define in its place, and those that have the form it asks for."""
        found = []
        for below in (*self.below(name), *self.forms.of(name)):
            each = self.program.cls(below)
            own = each.methods.get(method) if each is not None else None
            if own is not None:
                found.append(own)
        if len(found) > MAX_OVERRIDES:
            hit("overrides of a method")
        return found[:MAX_OVERRIDES]

    def field_names(self, name: str) -> list[str]:
        """All fields that instances of a class have, declared or assigned in its methods."""
        found: dict[str, None] = {}
        for ancestor in self.ancestors(name):
            each = self.program.cls(ancestor)
            if each is not None:
                found.update(dict.fromkeys(declaration.name for declaration in each.fields))
                found.update(dict.fromkeys(self.writes(ancestor)))
        found.update(dict.fromkeys(self._shaped(name)))
        return list(found)

    def shape(self, name: str) -> str:
        """The class whose fields a form or a serializer has, as its ``Meta.model`` says, or an empty text."""
        known = self._shapes.get(name)
        if known is None:
            self._shapes[name] = ""  # a class that is shaped after itself ends here
            self._unsettled += 1
            known = self._shapes[name] = self._find_shape(name)
            self._unsettled -= 1
        return known

    def _find_shape(self, name: str) -> str:
        if not any(row.shape for row in self.rows(name)):
            return ""
        for ancestor in self.ancestors(name):
            inner = self.program.cls(f"{ancestor}.Meta")
            scope = self.scope(inner) if inner is not None else None
            value = next((each.value for each in inner.fields if each.name == "model"), ()) if inner is not None else ()
            if scope is not None and value:
                return next((each.name for each in self.things.of_value(scope, value) if each.kind in _NAMED), "")
        return ""

    def _shaped(self, name: str) -> list[str]:
        """The fields that a class takes over from its shape."""
        shape = self.shape(name)
        if not shape:
            return []
        chosen, dropped = self.constant(name, "Meta.fields"), self.constant(name, "Meta.exclude")
        if isinstance(chosen, tuple):
            return list(chosen)
        found = self.field_names(shape)
        for row in self.rows(shape):
            found.extend(each for each, said in row.attributes.items() if said[:9] == "category:")
        return [each for each in found if not isinstance(dropped, tuple) or each not in dropped]

    def writes(self, name: str) -> dict[str, list[tuple[Context, Write]]]:
        """What methods of exactly this class store in ``self``, by attribute."""
        known = self._writes.get(name)
        if known is None:
            home = self.program.class_home(name)
            kept = self.program.module(home).kept(name) if home else {}
            known = self._writes[name] = {
                attribute: [(Context(unit), write) for unit, write in writes] for attribute, writes in kept.items()
            }
        return known

    def stores(self, name: str, attribute: str) -> list[tuple[Context, Write]]:
        """What methods of a class and of its bases store in an attribute of ``self``, or in what lies there."""
        return [each for ancestor in self.ancestors(name) for each in self.writes(ancestor).get(attribute, ())]

    def is_model(self, name: str) -> bool:
        """Whether instances are records of an ORM or a validation library."""
        return any(row.model for row in self.rows(name)) or self._names_table(name)

    def user_model(self) -> str:
        """The class of ``request.user``: the program's own user model, or Django's."""
        if self._user is None:
            found = [each for base in USER_BASES for each in self.below(base)]
            own = [name for name in found if name.rpartition(".")[2] in ("User", "CustomUser", "Account")]
            best = own or found
            self._user = min(best, key=self.program.path_of) if best else DJANGO_USER
        return self._user

    def constant(self, name: str, constant: str) -> object:
        """A constant of a class body, through inheritance."""
        for ancestor in self.ancestors(name):
            each = self.program.cls(ancestor)
            if each is not None and constant in each.constants:
                return each.constants[constant]
        return None


def _shorter(part: Part) -> Part:
    return Part(part.root, part.access[:-1], part.path, part.minus, part.form, part.hint, part.span, part.via)
