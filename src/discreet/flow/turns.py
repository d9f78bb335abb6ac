"""Turns: what a value is, told by the conversation that it is kept as a turn of.

Whoever takes a message in calls it ``text`` or ``raw``, as any other text. But then a program keeps it, as
``Message(conversation_id=..., text=raw, from_me=False)`` or ``save(phone, "user", raw)``, and says beside it who wrote
it. What is put together for that is a program's, as what a program sends or asks a model is: only what is kept as it
came is somebody's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from discreet.catalogue.messages import is_kept_as_said, may_be_said, speaker
from discreet.catalogue.quotes import SAID
from discreet.catalogue.words import split_name
from discreet.facts.model import VALUE, Call, Function, Part, Value
from discreet.facts.values import literal_keys, sole

KEEPING: Final = frozenset({
    "save", "store", "add", "log", "record", "append", "insert", "create", "persist", "keep", "remember", "track",
})  # fmt: skip
"""First words of functions and methods that keep what they are handed."""

Callee = Callable[[Call], "tuple[Function, int] | None"]
"""The function of the program that a call enters, and how many of its parameters are taken already."""


class _Entry(NamedTuple):
    """What a row has by a name: a value, or a word."""

    name: str
    value: Value
    word: str


def quoted(function: Function) -> Iterator[Part]:
    """What a function shows as somebody's words, in a text that says so (:mod:`discreet.catalogue.quotes`)."""
    for value in (function.returns, function.yields):
        for part in value:
            if part.hint == SAID and part.form != VALUE:
                yield part
    for call in function.calls:
        for arg in call.args:
            for part in arg.value:
                if part.hint == SAID and part.form != VALUE:
                    yield part


def turns(function: Function, callee: Callee) -> Iterator[tuple[Part, Call]]:
    """What a function keeps as somebody's words, each with the call that keeps it."""
    for call in function.calls:
        if call.args and _keeps(call.text) and _may_have_said(call):
            for row in _rows(call, callee):
                for part in _said(row):
                    yield part, call


def _may_have_said(call: Call) -> bool:
    """A quick look: whether a call is handed something by the name of a text, a word that may be a speaker, or a
    mapping.
    """
    for arg in call.args:
        if len(arg.value) > 1 or (may_be_said(arg.name) if arg.name else speaker(_word(arg.constant, arg.value))):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def _keeps(text: str) -> bool:
    """Whether a call, by what is called, makes a record or keeps one: ``Message``, ``insert_one``, ``_log_msg``."""
    last = text.rpartition(".")[2].lstrip("_")
    if last[:1].isupper():
        return True
    words = split_name(last)
    return bool(words) and words[0] in KEEPING


def _rows(call: Call, callee: Callee) -> Iterator[list[_Entry]]:
    """The records that a call is handed: its own arguments, by name, and mappings among them."""
    named = [_Entry(arg.name, arg.value, _word(arg.constant, arg.value)) for arg in call.args if arg.name]
    placed = [_word(arg.constant, arg.value) for arg in call.args if not arg.name]
    if any(map(speaker, placed)):
        named = [*_placed(call, placed, callee), *named]
    yield named
    for arg in call.args:
        if len(arg.value) > 1:
            yield _entries(arg.value)


def _entries(mapping: Value) -> list[_Entry]:
    """What a mapping has under its keys; the words in it are no longer known."""
    found: dict[str, Value] = {}
    for part in mapping:
        keys = literal_keys(part.path)
        if keys and len(part.path) == 1:
            found[keys[0]] = (*found.get(keys[0], ()), _bare(part))
    return [_Entry(key, value, "") for key, value in found.items()]


def _placed(call: Call, words: list[str], callee: Callee) -> Iterator[_Entry]:
    """What a function of ours is handed by place, called after its parameters."""
    entered = callee(call)
    if entered is None or any(arg.name in ("*", "**") for arg in call.args):
        return
    function, taken = entered
    placed = [arg for arg in call.args if not arg.name]
    for param, arg, word in zip(function.params[taken:], placed, words, strict=False):
        yield _Entry(param.name, arg.value, word)


def _said(row: list[_Entry]) -> Iterator[Part]:
    """What in a row is somebody's words, as it came."""
    if not any(may_be_said(each.name) for each in row):
        return
    if is_kept_as_said([(each.name, each.word) for each in row]):
        for each in row:
            part = sole(each.value) if may_be_said(each.name) else None
            if part is not None:
                yield part


def _word(constant: object, value: Value) -> str:
    """What an argument says by itself: a text, or the name of a member of an enumeration (``Role.USER``)."""
    if isinstance(constant, str):
        return constant
    only = sole(value)
    if only is None or only.root[:2] != "g:":
        return ""
    names = [*only.root.split("."), *[step[1:] for step in only.access if step[0] == "."]]
    while names and names[-1] == "value":
        names.pop()
    return names[-1] if names and names[-1].isupper() else ""


def _bare(part: Part) -> Part:
    """What lies under a key, as it is."""
    return Part(part.root, part.access, (), part.minus, part.form, part.hint, part.span, part.via)
