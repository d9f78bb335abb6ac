"""The rows of the catalogue: what is said of a callable, a type, a field or a class of a library.

A row is one table of a TOML file in ``data/``, without the names that it speaks of.
"""

from typing import Literal

import msgspec

Effect = Literal[
    "keep",
    "text",
    "template",
    "clean",
    "pseudonymise",
    "sanitize",
    "element",
    "container",
    "fields",
    "item",
    "reveal",
    "tuple",
    "record",
    "change",
    "object",
]
SILENCING: frozenset[Effect] = frozenset({"clean", "pseudonymise", "sanitize"})
"""What leaves nothing of a value that is worth a word: it was reduced, replaced by a token, or hidden."""

FrameEffect = Literal[
    "keep", "clean", "columns", "column", "drop", "assign", "join", "pairs", "rows", "records", "apply", "text"
]
MakerEffect = Literal["frame", "read", "query", "join"]


class Sink(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Callables that let values out.

    ``args`` selects what gets out: ``0`` a position, ``1+`` positions from there, ``*`` all positions, ``0|url`` a
    position or a keyword, ``name`` a keyword, ``**`` all keywords, ``self`` what a method is called on. ``form`` is
    ``text`` where objects are turned into text and ``data`` where their structure is written. Where ``given`` names
    arguments, one of them has to be there. ``answers`` are the ways into what the call gives at which there is a text
    about what was handed in (``choices.*.message.content``): what a model was asked, its answer may repeat.
    ``categories`` are those of what these arguments are always handed, whatever that is called: who writes speech down
    is sent a voice.
    """

    kind: str
    args: tuple[str, ...]
    form: Literal["text", "data"] = "text"
    interface: bool = False
    given: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    name: str = ""


class Transform(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a callable does to the values of the arguments ``of`` (the notation of :class:`Sink`)."""

    effect: Effect
    of: tuple[str, ...] = ("0",)
    note: str = ""


class Caller(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A callable that calls another: its argument ``callee`` (the notation of :class:`Sink`; ``self`` is what it is a
    method of), with its further arguments ``rest`` as they are given, with the elements of the sequence ``spread`` and
    the entries of the mapping ``named``, or once with each element of ``each``.

    ``gives`` says that it gives what the other returns. ``methods`` are names that mean this of a receiver nobody
    knows, if they are handed a function.
    """

    callee: str
    rest: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    gives: bool = False


class Handler(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a library hands to functions of the program that it calls: those that the target decorates or that are
    connected to it, or the methods of that name in classes below (``validate_*``: of all whose names begin so).

    ``parameter`` are numbers or names of the parameters that are meant, ``*`` each, ``**`` what takes all keywords;
    ``functions`` the functions' names, if only some are. ``gives`` is what they are handed, in the notation of a
    class's attributes, or: ``own`` a record of the fields of the method's class (``own:.data`` what lies there is),
    ``field`` the fields that the decorator names (``field:validate_`` the one that the method's name ends in),
    ``one:sender`` an instance of the class that an argument of the decorator names, ``model`` one of what
    ``Meta.model`` names, ``registered`` and ``registered:many`` of the model that a class is registered for,
    ``argument:Arguments`` what that class declares under the parameter's name, ``parameters:.request`` what the
    function's other parameters are.

    ``typed`` are the annotations that a parameter has, and ``filled`` the callables whose result may be its default, if
    only some are meant: another default says that somebody else fills it.

    ``checks`` says that the function is asked whether a value will do: what it raises goes back to whoever sent it.
    """

    parameter: tuple[str, ...]
    gives: str
    functions: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    checks: bool = False


class TypeRow(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A type of a library: its categories, whether it protects its value, and what kind of value it holds."""

    categories: tuple[str, ...] = ()
    protects: bool = False
    holds: str = ""


class FieldRow(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A field constructor (``models.EmailField``): its categories, what it holds, whether it relates to another
    class.
    """

    categories: tuple[str, ...] = ()
    holds: str = ""
    relation: str = ""  # "one" or "many"


class ClassRow(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A class of a library that analysed code derives from or is handed.

    ``text`` says what ``str()`` of an instance shows: ``fields`` (all of them), ``@username`` (the field that Django's
    ``USERNAME_FIELD`` names), ``@user`` (the object is the application's current user), ``clean`` (settings: nobody's),
    ``frame`` (a table of columns: :mod:`discreet.flow.frames`), ``mapping`` (it is a dictionary whose keys are the
    attributes; ``keys``: so it is, but nothing is said of the whole). ``shape`` is where a class below it says whose
    fields it has: ``Meta.model``. ``key`` is the attribute that names every record inside the program
    (:mod:`discreet.flow.pseudonyms`).
    """

    bases: tuple[str, ...] = ()
    attributes: dict[str, str] = {}  # name -> "category:email", "type:logging.Logger", "many:...", "clean"
    text: str = ""
    model: bool = False
    shape: str = ""
    key: str = ""


class FrameRow(msgspec.Struct, frozen=True):
    """What a method of a table of columns gives (:mod:`discreet.flow.frames`)."""

    effect: FrameEffect


class MakerRow(msgspec.Struct, frozen=True):
    """What makes a table of columns, and of what."""

    effect: MakerEffect
