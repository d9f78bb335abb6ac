"""Rows as a person writes them: which tables a file may have, which keys a row takes, and what each of them takes.

The keys follow from the structs in :mod:`discreet.catalogue.tables`, so a row can be written as soon as it can be read.
What is wrong is said once, in one line that names the row, the key, and what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from discreet.catalogue.categories import categories, nearest
from discreet.catalogue.rows import Caller, ClassRow, FieldRow, FrameRow, Handler, MakerRow, Sink, Transform, TypeRow

SELECTORS = "arguments as 0, 1+, *, **, name, 0|name or self"
DOTTED = "a dotted name, or a list of them"
_MEANINGS = ("clean", "user", "fields", "item", "submission", "submission:person", "model", "makes")
MEANING = f"category:KEY, type:NAME, many:NAME, attribute:NAME, element:NAME or one of {', '.join(_MEANINGS)}"
ATTRIBUTES = f"a table from names to {MEANING}"
GIVEN = f"{MEANING}, or own, field, one:ARGUMENT, argument:CLASS, registered or parameters:.NAME"
_SELECTOR = re.compile(r"\d+\+?|\d+\|\w+|\*\*?|\w+")
_NAME = re.compile(r"\w+(\.\w+(-\w+)*)*(\.?\*)?")  # boto3 calls services bedrock-runtime
_HOLDS = ("flag", "number", "date", "text", "id", "object", "list")
_TEXTS = ("fields", "@username", "@user", "clean", "frame", "mapping", "keys")
_GIVEN = re.compile(r"own(:\.\w+)?|field(:\w+)?|one:\w+|argument:\w+|registered(:many)?|model:many|parameters:\.\w+")
_HELD = re.compile(r"(attribute|element):\w+(\|\w+)*")


class BadRow(ValueError):
    """A row that can't be used. The message is one line: table, row, key, and what it takes."""


class Taken(NamedTuple):
    """What a key takes: a test, and the words for it. ``words`` are those it takes, where they are a list."""

    fits: Callable[[Any], bool]
    takes: str
    words: Collection[str] = ()


class Shape(NamedTuple):
    """A table's rows: what they are read as, which keys they must have, and which they may have beside the struct's."""

    struct: type[msgspec.Struct] | None
    needed: tuple[str, ...]
    also: tuple[str, ...] = ("target", "members")


SHAPES = {
    "sink": Shape(Sink, ("target", "kind", "args"), ("target", "members", "why")),
    "transform": Shape(Transform, ("target", "effect")),
    "method": Shape(Transform, ("members", "effect"), ("members",)),
    "returns": Shape(None, ("target", "type"), ("target", "members", "methods", "type")),
    "caller": Shape(Caller, ("callee",), ("target", "members", "methods")),
    "handler": Shape(Handler, ("target", "parameter", "gives")),
    "frame": Shape(FrameRow, ("members", "effect"), ("members",)),
    "maker": Shape(MakerRow, ("target", "effect")),
    "type": Shape(TypeRow, ("target",)),
    "field": Shape(FieldRow, ("target",)),
    "class": Shape(ClassRow, ("target",)),
}
PLAIN = {"convention": "a table from names to dotted names", "known": "a table with a list of frameworks"}


def check(data: Mapping[str, Any], kinds: Collection[str]) -> None:
    """Make sure that every row of a file can be used.

    Args:
        data: what the file says.
        kinds: the kinds of sinks that there are rules for.

    Raises:
        BadRow: one can't.
    """
    for table, rows in data.items():
        if table in PLAIN:
            _check_plain(table, rows)
            continue
        if table not in SHAPES:
            raise BadRow(f"there is no table {table!r}{_meant(table, (*SHAPES, *PLAIN))}; {_list((*SHAPES, *PLAIN))}")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadRow(f"{table} is no list of rows; each begins with [[{table}]]")
        for number, row in enumerate(rows, 1):
            _check_row(table, number, row, kinds)


def _check_row(table: str, number: int, row: Mapping[str, Any], kinds: Collection[str]) -> None:
    shape = SHAPES[table]
    where = f"[[{table}]] {number}{_called(row)}"
    known = _keys(table, kinds)
    for key in row:
        if key not in known:
            raise BadRow(f"{where} has no key {key!r}{_meant(key, known)}; {_list(known)}")
    for key in shape.needed:
        if key not in row:
            raise BadRow(f"{where} has no {key}; it takes {known[key].takes}")
    if table == "caller" and not {"target", "methods"} & row.keys():
        raise BadRow(f"{where} has neither target nor methods; target takes {DOTTED}")
    for key, value in row.items():
        taken = known[key]
        if not taken.fits(value):
            meant = _meant(str(value), taken.words) if taken.words and isinstance(value, str) else ""
            raise BadRow(f"{where}: {key}: {_shown(value)} is not taken{meant}; it takes {taken.takes}")
    for word in row.get("categories", ()):
        _check_category(f"{where}: categories", word)
    meanings = {f"attributes: {name}": meaning for name, meaning in row.get("attributes", {}).items()}
    for key, meaning in {"type": row.get("type", ""), "gives": str(row.get("gives", "")), **meanings}.items():
        if meaning.startswith("category:"):
            _check_category(f"{where}: {key}", meaning[len("category:") :])


def _check_plain(table: str, said: Any) -> None:
    if table == "convention":
        fits = isinstance(said, dict) and all(map(_is_dotted, said.values()))
    else:
        fits = isinstance(said, dict) and set(said) <= {"frameworks"} and _is_texts(said.get("frameworks", []))
    if not fits:
        raise BadRow(f"[{table}] is not taken; it takes {PLAIN[table]}")


def _check_category(where: str, word: str) -> None:
    if word not in categories():
        near = nearest(word)
        meant = f" (did you mean {near!r}?)" if near else ""
        raise BadRow(f"{where}: {word!r} is not a category{meant}; it takes {', '.join(sorted(categories()))}")


def _keys(table: str, kinds: Collection[str]) -> dict[str, Taken]:
    shape = SHAPES[table]
    hints = get_type_hints(shape.struct) if shape.struct is not None else {}
    found = {key: _SHARED[key] for key in shape.also}
    for key, hint in hints.items():
        if key != "name":
            found[key] = _words(kinds) if (table, key) == ("sink", "kind") else _SHARED.get(key) or _of_hint(hint)
    if table == "handler":
        found["gives"] = Taken(_is_handed, GIVEN)
    return found


def _of_hint(hint: Any) -> Taken:
    """What a field takes that nothing more is known of than its type."""
    if get_origin(hint) is Literal:
        return _words(get_args(hint))
    if hint is bool:
        return Taken(lambda value: isinstance(value, bool), "true, false")
    if hint is str:
        return Taken(lambda value: isinstance(value, str), "a text")
    return Taken(lambda value: _converts(value, hint), "what the built-in catalogue has there")


def _converts(value: Any, hint: Any) -> bool:
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError:
        return False
    return True


def _words(words: Collection[str]) -> Taken:
    return Taken(lambda value: isinstance(value, str) and value in words, ", ".join(words), words)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_dotted(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_given(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    before, brace, selector = value.partition(".{")
    return (
        value == "own"
        or _is_meaning(value)
        or (_is_dotted(before) and (not brace or (selector[-1:] == "}" and _is_selector(selector[:-1]))))
    )


def _is_target(value: Any) -> bool:
    return _is_dotted(value) or (isinstance(value, list) and bool(value) and all(map(_is_dotted, value)))


def _is_selector(value: Any) -> bool:
    return isinstance(value, str) and _SELECTOR.fullmatch(value) is not None


def _are_selectors(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_selector, value))


def _are_meanings(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_meaning, value.values()))


def _is_meaning(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    kind, _, name = value.partition(":")
    if value in _MEANINGS or _HELD.fullmatch(value):
        return True
    return kind in ("category", "type", "many") and _is_dotted(name)


def _is_handed(value: Any) -> bool:
    return _is_meaning(value) or (isinstance(value, str) and _GIVEN.fullmatch(value) is not None)


_MEMBERS = Taken(lambda value: _is_texts(value) and bool(value) and all(map(_is_dotted, value)), "a list of names")
_SELECTED = Taken(_are_selectors, f"a list of {SELECTORS}")
_SHARED = {
    "target": Taken(_is_target, DOTTED),
    "members": _MEMBERS,
    "methods": _MEMBERS,
    "type": Taken(
        _is_given,
        "a dotted name (which may end in an argument that names it: .{0|keyword}), category:KEY, many:NAME, user, own,"
        " submission, attribute:NAME or element:NAME",
    ),
    "bases": Taken(lambda value: isinstance(value, list) and all(map(_is_dotted, value)), "a list of dotted names"),
    **dict.fromkeys(("args", "given", "of", "rest", "spread", "named", "each"), _SELECTED),
    "callee": Taken(_is_selector, f"one of {SELECTORS}"),
    "parameter": Taken(_is_texts, "a list of numbers and names of parameters, * or **"),
    "functions": Taken(_is_texts, "a list of names of functions"),
    "categories": Taken(_is_texts, "a list of categories"),
    "attributes": Taken(_are_meanings, ATTRIBUTES),
    "why": Taken(lambda value: isinstance(value, str), "a text"),
    "holds": _words(_HOLDS),
    "relation": _words(("one", "many")),
    "text": _words(_TEXTS),
    "key": Taken(lambda value: isinstance(value, str) and value.isidentifier(), "the name of an attribute"),
}


def _called(row: Mapping[str, Any]) -> str:
    """Which row it is, for somebody who doesn't count."""
    target = row.get("target")
    name = target[0] if isinstance(target, list) and target else target
    members = row.get("members")
    last = f".{members[0]}" if _is_texts(members) and members else ""
    return f" ({name}{last})" if isinstance(name, str) else ""


def _meant(word: str, words: Collection[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word[:80], list(words), n=1, cutoff=0.5)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _list(words: Collection[str]) -> str:
    return f"it takes {', '.join(words)}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
