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

from discreet.catalogue.answers import is_about_somebody
from discreet.catalogue.names import is_person, surely
from discreet.catalogue.neighbours import may_be_kept
from discreet.facts.model import VALUE, Argument, Call, Function, Part, Path, Value
from discreet.facts.narrowing import plain
from discreet.facts.values import literal_keys
from discreet.flow.binding import bind_arguments, is_own_object, own_receiver, receiver_of
from discreet.flow.context import CALLABLE, Context, Thing
from discreet.flow.gateways import EDGE, takes_request, tells_who_asks
from discreet.flow.parsed import Parsed
from discreet.flow.reads import Read, entry_of, looked_up
from discreet.flow.results import is_plural
from discreet.flow.things import Things

BODIES: Final = frozenset({".text", ".content", ".json", ".body"})
"""Attributes that give a message's body: what is read from it as JSON is in its text."""
READERS: Final = frozenset({"json", "get_json", "read", "text", "body"})
"""Methods that do."""
RAW: Final = frozenset({".text", ".content"})
"""Those that give it unread, whatever the service answered."""
PARSERS: Final = frozenset({"loads", "safe_load", "parse_qs", "fromstring"})
"""Functions of a text that give what is written in it."""
GIVING: Final = READERS | PARSERS | {"get", "pop"}
RECORDS: Final = frozenset({"dict", "Dict", "Mapping", "MutableMapping"})
"""Types of what has entries under keys."""
MAPPINGS: Final = RECORDS | {"Any", "object", "list", "List", "None"}
"""Types of what may be read by key, or whose elements may."""
WRAPPED: Final = frozenset({"[data", "[result", "[results", "[response"})
"""Where in an answer that lies which was asked for."""
MAX_WRAPPED: Final = 4
MAX_TOLD: Final = 12
MAX_ORIGINS: Final = 4
"""Of what may be more things than this, nobody knows which of them is read where it is handed to."""

_BODY: Final = "@body"

Key = tuple[str, Path]
Reading = tuple[str, ...]
"""The keys that lead to something personal, outermost first; behind them the variable that keeps it, if that tells."""
SOMEBODY: Final[Reading] = ("@somebody",)
"""Instead of keys: that it is all that is known of somebody, whether a service was asked for it or a name says so."""
MAPPING: Final[Reading] = ("@mapping",)
"""Instead of keys: that something is read of it by a key, whatever it is, so that it has entries to show."""
HELD: Final = "="
"""Before the last step of a reading: no key, but the variable that keeps what lies under the key before it, or that key
again where only whom the program keeps can tell.
"""
Known = dict[Key, dict[Reading, int]]
"""What is read of each value, and the first line that reads it."""
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
        key = _key(context.function, part.root, part.access)
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
        if _BODY not in key[1] and (part.root[0] != "c" or _last_of(context.function, part) not in PARSERS):
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
                root, steps = _key(outer.function, f"c{_number(outer.function, call)}", path)
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
                    whole = _key(context.function, part.root, part.access)
                    for reading in inside:
                        for key, keys in _wholes(whole) if reading != MAPPING else ((whole, ()),):
                            _note(known, key, (*keys, *reading), call.span.line)

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
            known = self._read[context.function.name] = _readings(context.function)
            for part, reading, line in self._parsed.of(context):
                _add(known, context.function, (part.root, part.access), reading, line)
            for at, param in enumerate(context.function.params):
                if param.type.names and any(name.rpartition(".")[2] in RECORDS for name in param.type.names):
                    _note(known, (f"p{at}", ()), MAPPING, 0)
            root = takes_request(self._things, context)
            if root:
                _note(known, (root, ()), SOMEBODY, 0)
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
        root, access = _key(function, given.root, given.access)
        if root == key[0] and given.form == VALUE:
            found.setdefault(given.path, []).append((access, _is_raw(function, given)))
    sole = {path: places[0] for path, places in found.items() if len(dict(places)) == 1}
    size = len(key[1])
    return {path: each for path, each in sole.items() if each[0][:size] == key[1][: len(each[0])]}


def _number(function: Function, call: Call) -> int:
    """Which of a function's calls a call is."""
    return next(number for number, each in enumerate(function.calls) if each is call)


def _asks_about_somebody(function: Function, part: Part) -> bool:
    """Whether a part is the whole answer of a service, that a function which says so asked for, or a variable holds."""
    if part.root[0] != "c" or _last_of(function, part) not in GIVING:
        return False
    if not (is_about_somebody(function.name.rpartition(".")[2]) or is_about_somebody(part.hint)):
        return False
    root, access = _key(function, part.root, part.access)
    if access[-1:] and access[-1] in WRAPPED:
        access = access[:-1]
    return access[-1:] == (_BODY,) and root != part.root and not _is_raw(function, part)


def _is_called_somebody(function: Function, part: Part) -> bool:
    """Whether a mapping goes by the name of one person, whose record it then is: ``employee``, not ``employees``."""
    access = plain(part.access)
    name = part.hint or (access[-1][1:] if access and access[-1][0] in ".[" else "")
    if not name and part.root[0] == "p" and not access:
        name = function.params[int(part.root[1:])].name
    return _is_somebody(name)


def _is_somebody(name: str) -> bool:
    return is_person(name) and not is_plural(name)


def _is_raw(function: Function, part: Part) -> bool:
    if part.access:
        return part.access[-1] in RAW
    return part.root[0] == "c" and function.calls[int(part.root[1:])].text.endswith((".text", ".read"))


def _readings(function: Function) -> Known:
    """What is read of each value by name, as far as the function's own text tells."""
    found: Known = {}
    for root, access, line in _by_key(function):
        _note(found, _key(function, root, access[:-1]), MAPPING, line)
        for end in _telling(access):
            _add(found, function, (root, access[:end]), (access[end][1:],), line)
        if may_be_kept(last := access[-1][1:]):
            _add(found, function, (root, access[:-1]), (last, HELD + last), line)
    for part in function.keys:
        if part.access[-1][0] == "#" and surely(part.hint):
            _add(found, function, (part.root, part.access[:-1]), (part.hint,), part.span.line)
    for root, access, line in _records(function):
        for key, _ in _wholes(_key(function, root, access)):
            _note(found, key, SOMEBODY, line)
    for key, hint, line in _held(function):
        _add(found, function, (key[0], key[1][:-1]), (key[1][-1][1:], HELD + hint), line)
    return found


def _records(function: Function) -> Iterator[Read]:
    """What a loop takes records of somebody out of, by what it calls each: ``for student in answer["results"]``."""
    for call in function.calls:
        for part in call.callee:
            if part.access[-2:] == ("*", ".get") and entry_of(call) and _is_somebody(call.text.split(".")[-2]):
                yield part.root, part.access[:-2], call.span.line
    for part in function.keys:
        if part.access[-2:-1] == ("*",) and part.access[-1][0] == "[" and _is_somebody(part.hint):
            yield part.root, part.access[:-2], part.span.line


def _held(function: Function) -> Iterator[tuple[Key, str, int]]:
    """What is read under a literal key that tells nothing, with the variable that keeps it, which does:
    ``guest_email = query.get("g")``. Only what a call is then handed: nobody else asks for a variable.
    """
    for call in function.calls:
        for arg in call.args:
            for part in arg.value:
                if part.hint and not part.path and (surely(part.hint) or may_be_kept(part.hint)):
                    key = _key(function, part.root, part.access)
                    if key[1] and key[1][-1][0] == "[" and len(key[1]) - 1 not in list(_telling(key[1])):
                        yield key, part.hint, call.span.line


def _by_key(function: Function) -> Iterator[Read]:
    """What the function reads by a literal key that tells something, or of what is called somebody."""
    for call in function.calls:
        if call.text.endswith(".get"):
            yield from looked_up(call)
    for part in function.keys:
        if part.access[-1][0] == "[":
            yield part.root, part.access, part.span.line


def _add(found: Known, function: Function, whole: Key, reading: Reading, line: int) -> None:
    """Notes what a whole holds, for itself and for the wholes that it was read from."""
    for key, keys in _wholes(_key(function, *whole)):
        _note(found, key, (*keys, *reading), line)


def _wholes(key: Key) -> Iterator[tuple[Key, Reading]]:
    """A value and the wholes that it was read from, each with the keys that lead to it from there."""
    root, access = key
    end = len(access)
    while True:
        yield (root, access[:end]), literal_keys(access[end:])
        if not end or access[end - 1][0] not in "[*#":
            return
        end -= 1


def _note(found: Known, key: Key, reading: Reading, line: int) -> None:
    told = found.setdefault(key, {})
    if len(told) < MAX_TOLD or reading in told:
        told[reading] = min(line, told.get(reading, line))


def _telling(access: Path) -> Iterator[int]:
    """Where on the way of a reading a key tells something personal."""
    for end, step in enumerate(access):
        if step[0] == "[" and len(step) > 1:
            before = tuple(each[1:] for each in access[:end] if each[0] in ".[" and len(each) > 1)
            if surely(step[1:], before):
                yield end


def _key(function: Function, root: str, access: Path) -> Key:
    """What a value is called in the function: one name for a body, its text, and what is parsed from it."""
    for _ in range(MAX_WRAPPED):
        if root[0] != "c":
            break
        call = function.calls[int(root[1:])]
        last = call.text.rpartition(".")[2]
        step: Path = ()
        if last in READERS and not any(arg.name == "" for arg in call.args):
            whole, step = receiver_of(call), (_BODY,)
        elif last in PARSERS and call.args:
            whole = _first(call.args[0])
        elif last == "get" and (key := entry_of(call)):
            whole, step = receiver_of(call), (f"[{key}",)
        else:
            break
        if len(whole) != 1 or whole[0].path:
            break
        root, access = whole[0].root, (*whole[0].access, *step, *access)
    if root[0] == "c" and access[:1] and access[0][0] == "#":  # of several things that a call gives, each has its own
        return root, (access[0], *_normal(access[1:]))
    return root, _normal(access)


def _first(arg: Argument) -> Value:
    return arg.value if arg.name == "" else ()


def _normal(access: Path) -> Path:
    found: list[str] = []
    for step in plain(access):
        one = _BODY if step in BODIES else "*" if step[0] == "#" else step
        if one != _BODY or found[-1:] != [_BODY]:
            found.append(one)
    return tuple(found)
