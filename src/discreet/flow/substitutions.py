"""Substitutions: what ``re.sub`` leaves of a text, told by the pattern of what it drops, or by what it puts there.

Most of what a program drops is the data: that is a redaction. But blanks and dashes only lie between the digits of a
number, and tags and control characters around the words of a text. And who looks up what was found in a table writes
the same text in other characters: ``SPECIAL.sub(lambda found: ESCAPES[found.group()], text)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from discreet.catalogue.names import cleans
from discreet.facts.keys import FOREIGN
from discreet.facts.model import Argument, Call, Function, Part, Value
from discreet.flow.binding import receiver_of, selected
from discreet.flow.context import CALLABLE, Context
from discreet.flow.result import Results
from discreet.flow.things import COMPILED

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

SUBSTITUTING: Final = frozenset({"re.sub", "re.subn", f"{COMPILED}.sub", f"{COMPILED}.subn"})
_BLANKS: Final = frozenset({"", " ", "-", "_", "."})
"""What is put where nothing of the data was."""

_BETWEEN: Final = re.compile(r"(\\s|\\D|\\W|\[\^[^\]]*\]|\[[\s\W]*(\\s|\\-|\\.)*[\s\W]*\]|[-\s.+*()])+$")
"""Patterns of blanks, of dashes and dots, and of all that is no digit or no letter."""
_LOW: Final = r"(\\x[01][0-9a-f]|[\x00-\x1f])"
_HIGH: Final = r"(\\x7f|\\x[89][0-9a-f]|[\x7f-\x9f])"
_WIDE: Final = r"(\\u200[b-f]|\\u2060|\\ufeff|[\u200b-\u200f\u2060\ufeff])"
_UNSEEN: Final = re.compile(
    rf"(<(\[\^<?>\]|\.)[*+]\??>|\[({_LOW}(-{_LOW})?|{_HIGH}(-{_HIGH})?|{_WIDE}(-{_WIDE})?)+\][*+]?)$", re.IGNORECASE
)
"""Patterns of what nobody sees in a text: a tag, or one of some control characters. A range stays in its block."""
_LETTERS: Final = re.compile(r"\\[wdD]|[a-z0-9]-[a-z0-9]", re.IGNORECASE)


def substituted(evaluator: Evaluator, context: Context, call: Call, dotted: str) -> Results:
    """What is left of the text that a call of ``re.sub``, or of ``sub`` of a compiled pattern, is handed."""
    shift = 0 if dotted.startswith(COMPILED) else 1
    pattern = _argument(call, 0, "pattern") if shift else None
    put, text = _argument(call, shift, "repl"), _argument(call, shift + 1, "string")
    if put is None or text is None:
        return ()
    if not _looks_up(evaluator, context, put.value):
        known = _texts(evaluator, context, pattern) or _compiled(evaluator, context, call, pattern)
        if put.constant not in _BLANKS or not known or not all(_keeps(each, put.constant) for each in known):
            return ()
    return evaluator.value(context, text.value)


def _argument(call: Call, position: int, name: str) -> Argument | None:
    return next((arg for _, arg in selected(call.args, (f"{position}|{name}",)) if arg.name in ("", name)), None)


def _texts(evaluator: Evaluator, context: Context, pattern: Argument | None) -> tuple[str, ...]:
    """The texts that an argument may be, as far as they are known."""
    if pattern is None:
        return ()
    return (pattern.constant,) if isinstance(pattern.constant, str) else evaluator.keys.of_value(context, pattern.value)


def _compiled(evaluator: Evaluator, context: Context, call: Call, pattern: Argument | None) -> tuple[str, ...]:
    """The patterns that were compiled before, wherever that was."""
    found: list[str] = []
    for each in evaluator.things.of_value(context, receiver_of(call) if pattern is None else pattern.value):
        if each.name == COMPILED and each.made is not None:
            outer = Context(evaluator.program.unit(each.made.function), each.made.bindings)
            made = outer.function.calls[each.made.number]
            found.extend(_texts(evaluator, outer, _argument(made, 0, "pattern")))
    return tuple(found)


def _looks_up(evaluator: Evaluator, context: Context, put: Value) -> bool:
    """Whether what is put there is looked up as what was found, in a table of the program's."""
    things = evaluator.things.of_value(context, put) if put else ()
    units = [evaluator.program.unit(each.name) for each in things if each.kind in CALLABLE]
    return len(units) == 1 and bool(units[0].function.returns) and _is_table(units[0].function)


def _is_table(function: Function) -> bool:
    """Whether all that a function gives is an entry, by a key that it is not, of a table that a module or a class has
    for good. What is filled as the program runs, or called after what it hides, may hold other names for people.
    """
    for part in function.returns:
        asked = function.calls[int(part.root[1:])] if part.root[0] == "c" and not part.access else None
        if asked is not None and asked.text.endswith(".get") and asked.args and asked.args[0].value:
            tables = receiver_of(asked)
        elif part.access[-1:] == (FOREIGN,):
            tables = (Part(part.root, part.access[:-1]),)
        else:
            return False
        if not tables or not all(map(_is_for_good, tables)):
            return False
    return True


def _is_for_good(table: Part) -> bool:
    stands = table.root[:2] == "g:" or (table.root[:2] == "v:" and table.root.endswith(":cls"))
    return stands and not cleans(table.access[-1][1:] if table.access else table.root.rpartition(".")[2])


def _keeps(pattern: str, put: object) -> bool:
    """Whether the data are still there. Where something is put in place of all but some characters, these are to be
    letters or digits: ``re.sub("[^@]", "-", email)`` hides what ``re.sub(r"[^\\w]", "_", name)`` does not.
    """
    return drops_little(pattern) and (not put or pattern[:2] != "[^" or _LETTERS.search(pattern) is not None)


def drops_little(pattern: str) -> bool:
    """Whether all that a pattern finds lies between the data."""
    return _BETWEEN.match(pattern) is not None or _UNSEEN.match(pattern) is not None
