"""Contents: what lies in a whole thing that nobody has described, told by what the same function reads of it.

The answer of a service, a request's body, a row of a file: nobody says what is in it before it is let out. But a
function that logs ``answer`` and reads ``answer["email"]`` says it by the reading, whichever of the two comes first.
Only look-ups by a literal key count: they mean a mapping, and a mapping is shown with all that is in it; and what is
taken by number, out of a row, where the variable that keeps it tells what it is. What the function hands on, or gives
back, others read for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from discreet.catalogue.answers import is_about_somebody, is_found_by
from discreet.facts.model import VALUE, Call, Function, Part, Path, Value
from discreet.facts.narrowing import plain
from discreet.facts.values import literal_keys
from discreet.flow.binding import bind_arguments, is_own_object, own_receiver
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.gateways import EDGE, takes_request, tells_who_asks
from discreet.flow.parsed import Parsed
from discreet.flow.readings import (
    BODIES,
    BODY,
    HELD,
    MAPPING,
    PARSERS,
    READERS,
    SOMEBODY,
    Key,
    Known,
    Reading,
    add,
    is_somebody,
    key_of,
    note,
    read_in,
    wholes_of,
)
from discreet.flow.things import Things

RAW: Final = frozenset({".text", ".content"})
"""Attributes that give a body unread, whatever the service answered."""
GIVING: Final = READERS | PARSERS | {"get", "pop"}
RECORDS: Final = frozenset({"dict", "Dict", "Mapping", "MutableMapping"})
"""Types of what has entries under keys."""
MAPPINGS: Final = RECORDS | {"Any", "object", "list", "List", "None"}
"""Types of what may be read by key, or whose elements may."""
WRAPPED: Final = frozenset({"[data", "[result", "[results", "[response"})
"""Where in an answer that lies which was asked for."""
LOOK_UP: Final = "get"
ADDRESSED: Final = frozenset({"url", "params"})
"""How a client asks for what is there, and in what that stands by which it is to be found."""
MAX_ORIGINS: Final = 4
"""Of what may be more things than this, nobody knows which of them is read where it is handed to."""

Callers = Callable[[str], list[tuple[Context, Call, Thing]]]


class Contents:
    """Answers what a function reads of its values.

    Args:
        things: What the values denote.
        callers: Who calls a function of the program, as far as that can be told.
    """

    def __init__(self, things: Things, callers: Callers) -> None:
        self._things = things
        self._callers = callers
        self._parsed = Parsed(things)
        self._memo: dict[str, Known] = things.program.table()
        self._read: dict[str, Known] = things.program.table()

    def of(self, context: Context, part: Part) -> tuple[Reading, ...]:
        """What the function reads of the whole that a part is, if it may be personal.

        The text of an answer is often logged because it is not what was expected, before anything is read from it. So
        of a text only what was read before counts.
        """
        known = self._memo.get(context.function.name)
        if known is None:
            known = self._all(context)
        if not _may_be_told(context.function, part, known):
            return ()
        key = key_of(context.function, part.root, part.access)
        if part.access[-2:] == EDGE or tells_who_asks(key[1]):
            return (SOMEBODY,)
        told = known.get(key, {})
        raw = bool(told) and _is_raw(context.function, part)
        readings = [each for each, line in told.items() if each != MAPPING and (not raw or line < part.span.line)]
        if any(not each[-1].startswith(HELD) for each in readings):
            return tuple(readings)
        called = MAPPING in told and not raw and _is_called_somebody(context.function, part)
        if called or _asks_about_somebody(context.function, part):
            return (SOMEBODY,)
        if readings and (key[1] or key[0][0] != "p"):  # who hands over a parameter knows more
            return tuple(readings)
        if key[0][0] != "c" or part.path or not context.function.returns:
            return ()
        if BODY not in key[1] and (part.root[0] != "c" or _last_of(context.function, part) not in PARSERS):
            return ()  # neither what a service answered nor what a text held
        return tuple(self._read_by_callers(context, part, key))

    def _read_by_callers(self, context: Context, part: Part, key: Key) -> dict[Reading, None]:
        """What those who call the function read of what it gives back, if that is the answer of a service that a part
        is, or lies in it. Of a raw text only what is given back as raw: where the function reads it, the text that it
        logs is one which it could not read.
        """
        found: dict[Reading, None] = {}
        function = context.function
        for path, (access, raw) in _given_back(function, key).items():
            inside, beyond = key[1][len(access) :], access[len(key[1]) :]
            if _is_raw(function, part) and not raw:
                continue
            for outer, call, _ in self._callers(function.name):
                root, steps = key_of(outer.function, f"c{_number(outer.function, call)}", path)
                for each in self._all(outer).get((root, (*steps, *inside)), ()):
                    if each != MAPPING and not each[-1].startswith(HELD):
                        reading = (*literal_keys(beyond), *each)
                        found[reading] = None
        return found

    def _all(self, context: Context) -> Known:
        """What is read of each value by the function, and by the functions it is handed to as it is."""
        own = Context(context.unit)
        known = self._memo[context.function.name] = {key: dict(told) for key, told in self._own(own).items()}
        for call in context.function.calls:
            if self._things.program.is_name(call.text.rpartition(".")[2]):
                self._hand_on(own, call, known)
        return known

    def _hand_on(self, context: Context, call: Call, known: Known) -> None:
        """Note what the function that a call enters reads of the wholes it is handed."""
        for index, arg in enumerate(call.args):
            if not arg.value or len(arg.value) > MAX_ORIGINS:
                continue
            wholes = []
            for part in arg.value:
                if not part.path and part.root[0] in "cp" and self._may_be_whole(context.function, part):
                    wholes.append(part)
            if not wholes:
                continue
            inside = tuple(self._read_inside(context, call, index))
            for part in wholes if inside else ():
                if self._is_known_whole(context, part):
                    whole = key_of(context.function, part.root, part.access)
                    for reading in inside:
                        for key, keys in wholes_of(whole) if reading != MAPPING else ((whole, ()),):
                            note(known, key, (*keys, *reading), call.span.line)

    def _may_be_whole(self, function: Function, part: Part) -> bool:
        """A quick look: whether a part is a mapping that came from somewhere, or the result of a function of ours."""
        if part.form != VALUE:
            return False
        if part.root[0] == "c":
            last = function.calls[int(part.root[1:])].text.rpartition(".")[2]
            return last in GIVING or self._things.program.is_name(last) or _is_called_somebody(function, part)
        return _is_whole(function, part)

    def _is_known_whole(self, context: Context, part: Part) -> bool:
        """Whether what may be a whole is one: of what a function of ours gives, its own text tells."""
        if _is_whole(context.function, part):
            return True
        name = self._callee(context, context.function.calls[int(part.root[1:])])[0]
        inner = self._things.program.unit(name).function if name else None
        return inner is not None and any(
            given.root[0] == "c" and not given.path and _is_whole(inner, given) for given in inner.returns
        )

    def _own(self, context: Context) -> Known:
        """What the function itself reads of each value, or makes into something of which that is known."""
        known = self._read.get(context.function.name)
        if known is None:
            known = self._read[context.function.name] = read_in(context.function)
            for part, reading, line in self._parsed.of(context):
                add(known, context.function, (part.root, part.access), reading, line)
            for at, param in enumerate(context.function.params):
                if param.type.names and any(name.rpartition(".")[2] in RECORDS for name in param.type.names):
                    note(known, (f"p{at}", ()), MAPPING, 0)
            root = takes_request(self._things, context)
            if root:
                note(known, (root, ()), SOMEBODY, 0)
        return known

    def _read_inside(self, context: Context, call: Call, index: int) -> Iterator[Reading]:
        """What the function that a call calls reads of one of its arguments."""
        name, receiver = self._callee(context, call)
        if not name:
            return
        unit, value = self._things.program.unit(name), call.args[index].value
        known = self._own(Context(unit))
        for number, given in bind_arguments(unit.function, call.args, receiver).items() if known else ():
            if given == value:
                yield from known.get((f"p{number}", ()), ())

    def _callee(self, context: Context, call: Call) -> tuple[str, Value | None]:
        """The function of the program that a call runs, and what takes its first parameter."""
        for thing in self._things.of_callee(context, call):
            if thing.kind in CALLABLE:
                return thing.name, own_receiver(self._things.program.unit(thing.name).function, thing.kind)
            if thing.kind == "class":
                return self._things.classes.method(thing.name, "__init__"), ()
        return "", None


def _may_be_told(function: Function, part: Part, known: Known) -> bool:
    """A quick look, which most values of most functions end with: whether anything is read of a value, or may be told
    by the step that leads to it, or by the call that gives it.
    """
    if known:
        return True
    for step in part.access:
        if step[0] == "[" or step in BODIES:
            return True
    return part.root[0] == "c" and _last_of(function, part) in GIVING


def _last_of(function: Function, part: Part) -> str:
    """The last name of the call whose result a part is."""
    return function.calls[int(part.root[1:])].text.rpartition(".")[2]


def _is_whole(function: Function, part: Part) -> bool:
    """Whether a part came from somewhere and may be a mapping: what a body or a text held, or a parameter that nobody
    says to be anything else.
    """
    root = part.root
    if root[0] == "c":
        gives = function.calls[int(root[1:])].text.rpartition(".")[2] in GIVING
        return gives or _is_called_somebody(function, part)
    if root[0] != "p":
        return False
    index = int(root[1:])
    names = function.params[index].type.names
    if is_own_object(function, index):
        return False
    return not names or any(name.rpartition(".")[2] in MAPPINGS for name in names)


def _given_back(function: Function, key: Key) -> dict[Path, tuple[Path, bool]]:
    """Where in what a function gives back an answer lies: its steps there, which are those of the key or fewer, or
    more; and whether it is raw. Of a place where now this lies and now that, nobody knows which of them is read.
    """
    found: dict[Path, list[tuple[Path, bool]]] = {}
    for given in function.returns:
        root, access = key_of(function, given.root, given.access)
        if root == key[0] and given.form == VALUE:
            found.setdefault(given.path, []).append((access, _is_raw(function, given)))
    sole = {path: places[0] for path, places in found.items() if len(dict(places)) == 1}
    size = len(key[1])
    return {path: each for path, each in sole.items() if each[0][:size] == key[1][: len(each[0])]}


def _number(function: Function, call: Call) -> int:
    """Which of a function's calls a call is."""
    return next(number for number, each in enumerate(function.calls) if each is call)


def _asks_about_somebody(function: Function, part: Part) -> bool:
    """Whether a part is the whole answer of a service, that a function which says so asked for, or a variable holds; or
    that somebody was looked up for by what he is reached by.
    """
    if part.root[0] != "c" or _last_of(function, part) not in GIVING:
        return False
    root, access = key_of(function, part.root, part.access)
    if access[-1:] and access[-1] in WRAPPED:
        access = access[:-1]
    if access[-1:] != (BODY,) or root == part.root or _is_raw(function, part):
        return False
    told = is_about_somebody(function.name.rpartition(".")[2]) or is_about_somebody(part.hint)
    return told or (root[0] == "c" and _looks_somebody_up(function, function.calls[int(root[1:])]))


def _looks_somebody_up(function: Function, call: Call) -> bool:
    """Whether a call gets what lies at an address in which somebody's e-mail address or number stands."""
    if call.text.rpartition(".")[2] != LOOK_UP:
        return False
    asked = [arg for at, arg in enumerate(call.args) if arg.name in ADDRESSED or (not arg.name and at == 0)]
    return any(is_found_by(_named(function, part)) for arg in asked for part in arg.value)


def _named(function: Function, part: Part) -> str:
    """What a part is called that a function was handed, or read of that; all else is the program's own."""
    if part.root[0] != "p":
        return ""
    access = plain(part.access)
    if access:
        own = is_own_object(function, int(part.root[1:]))
        return access[-1][1:] if access[-1][0] in ".[" and not own else ""
    return function.params[int(part.root[1:])].name


def _is_called_somebody(function: Function, part: Part) -> bool:
    """Whether a mapping goes by the name of one person, whose record it then is: ``employee``, not ``employees``."""
    access = plain(part.access)
    name = part.hint or (access[-1][1:] if access and access[-1][0] in ".[" else "")
    if not name and part.root[0] == "p" and not access:
        name = function.params[int(part.root[1:])].name
    return is_somebody(name)


def _is_raw(function: Function, part: Part) -> bool:
    if part.access:
        return part.access[-1] in RAW
    return part.root[0] == "c" and function.calls[int(part.root[1:])].text.endswith((".text", ".read"))
