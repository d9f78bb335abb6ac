"""Facts: what one module says, without a look at any other file.

Everything here is a ``msgspec`` struct of strings, integers and tuples, so facts can be computed in
another process, kept in a cache, or sent to another machine. No struct holds a syntax tree.

The central idea is the :class:`Part`. A value is a tuple of parts, and each part says: *at this
path inside the value lies what that root gives at that access path*. So after

    ``row = {"to": user.email, "id": user.id}``

``row`` has the parts ``["to"]`` <- ``p0.email`` and ``["id"]`` <- ``p0.id``. A value without parts is a
constant: nobody's data.

Steps of a path are short strings: ``.name`` an attribute, ``[key`` a constant string key, ``#2`` a constant
index, ``*`` any element, ``!`` any key of a mapping, ``~`` a bounded slice, ``/`` the pieces of a split
text (``/@`` of one split at an ``@``), ``@fields`` all fields of an object as a mapping, ``?`` what a key names that
is decided elsewhere (:mod:`discreet.facts.keys`), ``+`` and ``-`` the same value where a branch has not excluded it
(:mod:`discreet.facts.narrowing`).

Roots are strings too: ``p0`` a parameter, ``c3`` the result of call 3 of the same function,
``g:a.b`` a module's global or an import, ``v:a.f:x`` the variable ``x`` of the enclosing function ``a.f``,
``i:a.B`` an instance of a class, ``t2`` an unknown value of the function's annotation 2, ``m:email`` a marked
value, ``s:a.B`` ``super()`` in class ``a.B``, ``x:name`` something nobody can know.
"""

from __future__ import annotations

from typing import Final

import msgspec

from discreet.facts.cells import Cell, cell_at

Path = tuple[str, ...]

VALUE: Final = 0
STR: Final = 1
REPR: Final = 2
"""Forms of a part: the value itself, its ``str()`` and its ``repr()``."""


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place in a file: 1-based lines, 1-based columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE: Final = Span(1, 1, 1, 1)


class Hop(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One step a value took inside a function: where, and what it was called afterwards."""

    line: int
    column: int
    note: str


OPENED: Final = Hop(0, 0, "")
"""Among the steps of a value: what was held until here is the whole, of which something was then read."""


class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One piece of a value: ``path`` inside the value holds what ``root`` gives at ``access``.

    ``minus`` lists the access paths below the part that were overwritten or deleted since. ``hint`` is the
    name of a variable that held the value: it speaks only where nothing better is known.
    """

    root: str
    access: Path = ()
    path: Path = ()
    minus: frozenset[Path] = frozenset()
    form: int = VALUE
    hint: str = ""
    span: Span = NOWHERE
    via: tuple[Hop, ...] = ()


Value = tuple[Part, ...]
Constant = str | int | float | bool | None | tuple[str, ...]


class Type(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An annotation: the dotted names it may mean, its arguments, and the marks written into it."""

    names: tuple[str, ...] = ()
    args: tuple[Type, ...] = ()
    marks: tuple[str, ...] = ()


NO_TYPE: Final = Type()


class Argument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An argument: ``name`` is a keyword, ``""`` (positional), ``"*"`` or ``"**"``; ``constant`` its literal, if it
    is one.
    """

    name: str
    value: Value
    span: Span
    constant: Constant = None


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call, or another construct that takes values somewhere: ``kind`` is ``call``, ``raise`` or ``assert``. ``held``
    is what was put into a table of columns before a method of it is called.
    """

    callee: Value
    text: str
    args: tuple[Argument, ...]
    span: Span
    kind: str = "call"
    held: Value = ()


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A parameter; ``kind`` is ``""``, ``"*"``, ``"**"`` or ``"kw"`` (keyword only). ``optional`` says that it has a
    default, which may be one without parts.
    """

    name: str
    kind: str
    type: Type
    span: Span
    marks: tuple[str, ...] = ()
    default: Value = ()
    optional: bool = False


class Write(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A value stored outside the function's own variables: in a field of an object, or in a global."""

    target: Part
    value: Value
    span: Span


class Function(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A function, settled as far as its own text goes. Its module's top level is a function called ``<module>``."""

    name: str
    span: Span
    params: tuple[Parameter, ...]
    owner: str = ""
    flavour: str = ""  # "", "static", "class", "property"
    calls: tuple[Call, ...] = ()
    returns: Value = ()
    yields: Value = ()
    writes: tuple[Write, ...] = ()
    decorators: tuple[Value, ...] = ()
    result: Type = NO_TYPE
    marks: tuple[str, ...] = ()
    types: tuple[Type, ...] = ()
    variables: dict[str, Value] = {}  # a module's own; of a function those that are captured (roots ``v:``)
    keys: Value = ()  # read by name: any column of a table; else what speaks, or is read of what speaks, as its hint


class Field(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A field declared in a class body: ``value`` in the terms of the function that the class statement stands in."""

    name: str
    type: Type
    value: Value
    span: Span
    marks: tuple[str, ...] = ()
    shown: bool = True  # False: ``field(repr=False)``, ``ClassVar``, ``InitVar``
    assigned: bool = False
    shared: bool = False  # ``ClassVar``: no constructor takes it


CONFIGURED: Final = "class "
"""What stands before a keyword of a class among the class's constants. ``None`` is said where it is no constant."""
CONFIGURED_ELSEWHERE: Final = "class *"
"""The constant of a class that is configured by something that is not written out."""


class Class(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A class: its bases as values of the enclosing function ``scope``, its fields and its methods' names."""

    name: str
    span: Span
    scope: str
    bases: tuple[Value, ...]
    decorators: tuple[Value, ...]
    fields: tuple[Field, ...]
    methods: dict[str, str]
    constants: dict[str, Constant] = {}
    marks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()  # "no-repr": the class decorator or a keyword switched the generated text off


class Note(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Something to say about the file itself, such as a mark nobody understands; ``code`` is the rule's."""

    code: str
    span: Span
    text: str


class Setting(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A constant under a name that settings of libraries go by: ``target`` is the object it is stored in, empty for a
    variable and an entry of a mapping; ``beside`` are the other constants in that mapping, by their keys, and ``under``
    is the key that the mapping itself lies under, where the text says so.
    """

    key: str
    value: Constant
    target: Value
    span: Span
    beside: tuple[Argument, ...] = ()
    under: str = ""


class Written(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Personal data that is written into the file itself: what it is and where, never the data.

    ``shown`` is its shape, ``label`` says what it is, ``sure`` that form and context leave little doubt. ``again`` are
    lines and columns of further places where the file holds the same value.
    """

    category: str
    span: Span
    shown: str
    label: str
    sure: bool
    again: tuple[tuple[int, int], ...] = ()


class ModuleFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that linking needs to know of one file."""

    path: str
    module: str
    is_package: bool
    functions: tuple[Function, ...]
    classes: tuple[Class, ...]
    stars: tuple[str, ...]
    interface: tuple[str, ...]  # functions that are a command-line program's user interface
    is_test: bool
    notes: tuple[Note, ...] = ()
    bounds: dict[str, int] = {}  # which bounds of lowering were hit, and how often
    constants: dict[str, Constant] = {}  # its variables that only ever stand for one short text, or a sequence of some
    tables: dict[str, tuple[str, ...]] = {}  # the columns of the tables that texts in it create
    written: tuple[Written, ...] = ()
    settings: tuple[Setting, ...] = ()
    configures: bool = False  # something is called that goes by the name of what sets up a library
    guards: tuple[tuple[int, int], ...] = ()  # of a module that sets something: lines that run in development only
    cells: tuple[Cell, ...] = ()  # of a notebook
    unasked: tuple[Span, ...] = ()  # calls of interface functions that speak of one after another


class Outline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a module binds and calls, by name. Names of functions and classes are relative to the module.

    Attributes:
        classes: each class with the last names of its bases.
        calls: the last names of what is called with arguments.
        stores: the roots of globals and captured variables that functions write into.
        imports: the first parts of the dotted names it refers to.
        tables: the tables that it creates, each with its columns.
        relations: what a field calls the way back from the class that it refers to (``related_name``), each with the
            classes that have such a field.
    """

    path: str
    module: str
    is_package: bool
    is_test: bool
    functions: tuple[str, ...]
    classes: dict[str, tuple[str, ...]]
    calls: tuple[str, ...]
    stores: tuple[str, ...]
    imports: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    bounds: dict[str, int] = {}
    tables: dict[str, tuple[str, ...]] = {}
    written: tuple[Written, ...] = ()
    cells: tuple[Cell, ...] = ()
    relations: dict[str, tuple[str, ...]] = {}

    def cell(self, line: int) -> Cell | None:
        """The cell that a line stands in, of a notebook."""
        return cell_at(self.cells, line)
