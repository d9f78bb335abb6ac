"""Results in numbers, and what a step of a path does to one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from discreet.catalogue.names import cleans, is_person, judge, judge_callable, surely
from discreet.catalogue.neighbours import waits
from discreet.catalogue.owners import DEF
from discreet.catalogue.vocabulary import vocabulary
from discreet.catalogue.words import is_plural
from discreet.facts.bounds import hit
from discreet.facts.model import VALUE, Path
from discreet.facts.narrowing import FALSE, plain
from discreet.facts.values import AT_SPLIT, ROWS, SPLITS, whose
from discreet.flow.result import PARAM, UNKNOWN, Place, Result, Results
from discreet.flow.submissions import is_submission

MAX_ACCESS: Final = 6
MAX_TAIL: Final = 4
"""So many unnamed steps since the last name are told: the last ones."""
MAX_RESULTS: Final = 48
"""Of what a value can be: as many as the parts of a value in the facts, so that a large mapping keeps all its keys."""
COMPOUND: Final = frozenset({"person", "postal_address", "name", "health", "location"})
"""Categories whose values have parts of their own that stay personal."""
SAME: Final = frozenset(
    [
        "value",
        "data",
        "raw",
        "normalized",
        "normalised",
        "e164",
        "as_e164",
        "as_international",
        "as_national",
        "national_number",
        "text",
        "plain",
        "content",
    ]
)
"""Attributes that give the same data again: ``field.data``, ``phone.as_e164``."""
WRAPPED: Final = ("value", "raw_value")
"""Attributes that give what their object was made to hold."""
_SHOWN: Final = {"[": "[...]", "*": "[...]", "~": "[:]", "@fields": ".__dict__"}


def distinct(results: Sequence[Result], limit: int = MAX_RESULTS) -> Results:
    """The results without repetition, bounded."""
    if len(results) < 2:
        return tuple(results)
    if _differ(results):
        found = tuple(results)
    else:
        seen: dict[tuple[object, ...], Result] = {}
        for each in results:
            key = _identity(each)
            if key not in seen:
                seen[key] = each
        found = tuple(seen.values())
    if len(found) > limit:
        hit("results of a value")
    return found[:limit]


def _differ(results: Sequence[Result]) -> bool:
    """A quick look: whether no two results are the same, told by the names that led to them and by where they lie."""
    seen: dict[tuple[object, ...], None] = {}
    for each in results:
        key = (each.names, each.path, each.access)
        if key in seen or (each.kind == UNKNOWN and each.form != VALUE):
            return False
        seen[key] = None
    return True


def _identity(result: Result) -> tuple[object, ...]:
    """What makes two results the same: all but the way they came. Of texts that no name speaks of, one is as good as
    another: only a variable that holds them later can say what they are.
    """
    if result.kind == UNKNOWN and result.form != VALUE and _is_mute(result):
        return (result.form, result.path, result.called and cleans(result.names[-1]), result.holds, result.protected)
    return (
        result.kind, result.names, result.path, result.form, result.tail, result.categories, result.parameter,
        result.access, result.minus, result.cls, result.made and result.made.number,
        result.made and result.made.given, result.hint, result.protected, result.contents,
    )  # fmt: skip


def essential(results: Results) -> Results:
    """The results without those that are a piece of another and called no better: what a function says of ``path`` is
    true of ``path[1:]``. Functions that take texts apart give dozens of them, and whoever calls them takes them along.
    """
    if len(results) < 2:
        return results
    least: dict[tuple[object, ...], Result] = {}
    for each in results:
        access, tail = _uncut(each.access), _uncut(each.tail)
        hint = "" if each.hint and _say_nothing((each.hint,), False) else each.hint
        key = (_identity(replace(each, access=access, tail=tail, hint=hint)), each.called, each.holds)
        known = least.get(key)
        if known is None or len(each.access) + len(each.tail) < len(known.access) + len(known.tail):
            least[key] = each
    return tuple(least.values())


def _uncut(steps: Path) -> Path:
    """The steps up to the first that cuts a text."""
    for at, step in enumerate(steps):
        if step == "~" or step in SPLITS:
            return steps[:at]
    return steps


def is_taken_out(result: Result, minus: frozenset[Path]) -> bool:
    """Whether a result lies in a whole where a key or an attribute was deleted, or given something else."""
    return bool(result.path) and any(result.path[: len(gone)] == gone for gone in minus)


def _is_mute(result: Result) -> bool:
    if result.contents or result.text.isidentifier() or is_submission(result):
        return False
    return _say_nothing(result.names, result.called) and (not result.hint or _say_nothing((result.hint,), False))


@lru_cache(maxsize=1 << 16)
def _say_nothing(names: tuple[str, ...], called: bool) -> bool:
    """Whether names are a guess at nothing, and would be in any company."""
    if any(map(is_person, names)) or (not called and waits(names[-1])):
        return False
    return (judge_callable if called else judge)(names[-1], tuple(filter(None, names[:-1]))) is None


@lru_cache(maxsize=1 << 12)
def shown_step(step: str) -> str:
    """How a step looks in source."""
    if step[0] == ".":
        return step
    if step[0] == "[" and len(step) > 1:
        return f'["{step[1:]}"]'
    if step[0] == "#":
        return f"[{step[1:]}]"
    return ".split()" if step in SPLITS else _SHOWN.get(step, "")


def is_reduced(category: str, name: str, tail: Path) -> bool:
    """Whether an index or a bounded slice left too little of an atomic value: ``email[0]``, ``card[-4:]``."""
    pieces, at = False, False
    for step in tail:
        if step in SPLITS:
            pieces, at = True, step == AT_SPLIT
        elif pieces and step[0] == "#":
            if at and step != "#0" and category in vocabulary().machines_too:
                return True  # the host that a log-in is for, behind it in a text
            if category in ("email", "phone", "ip_address") and step != "#0":
                return True
            if category == "username" and step == "#1":
                return True  # the host; the name itself may be the last piece
            pieces = False
        elif step == "~" or step[0] == "#":
            return not is_plural(name) and category != "person"
    return False


@lru_cache(maxsize=1 << 12)
def further(tail: Path, step: str) -> Path:
    """A tail after one more unnamed step, without what says nothing new: elements of elements, pieces of pieces, and
    whatever is taken of a part. Else a loop that eats up a text would make another result in each round.
    """
    if (step in ("~", "*", "[") or step in SPLITS) and tail[-1:] == (step,):
        return tail
    if (step == "~" or step in SPLITS or step[0] == "#") and _is_part(tail):
        return tail
    if len(tail) == MAX_TAIL and _is_part(tail[:1]):
        return (tail[0], *tail[2:], step)  # a letter of a name stays one, whatever is taken of it
    return (*tail, step)[-MAX_TAIL:]


def _is_part(tail: Path) -> bool:
    """Whether a tail takes one element or a slice of something that wasn't split."""
    pieces = False
    for step in tail:
        if step in SPLITS:
            pieces = True
        elif step[0] == "#" and pieces:
            pieces = False
        elif step == "~" or step[0] == "#":
            return True
    return False


def step_text(result: Result, step: str, place: Place) -> Result | None:
    """A step into something that is a text already. Its letters one by one are as good as itself."""
    if step[0] in ".[":
        return None
    tail = further(result.tail, step)
    if step == "*" or tail == result.tail:
        return result
    access = longer(result.access, step) if result.kind == PARAM else result.access
    return replace(result, tail=tail, access=access)


def step_taint(result: Result, step: str, place: Place) -> Result | None:
    """A step into personal data: its parts may be other data (``person.email``) or none (``email.domain``)."""
    if step == "!":
        return None  # the keys of a record are not its data
    if step[0] not in ".[" or len(step) == 1:
        return replace(result, tail=further(result.tail, step), text=result.text + shown_step(step))
    name = step[1:]
    text = result.text + shown_step(step)
    if name in SAME:
        return result._replace(text=text)
    guess = judge(name, (*result.names, "person") if "person" in result.categories else result.names)
    if guess is not None and guess.category == "photo":
        return None  # a name can't tell a picture from its URL
    if guess is not None and guess.strength == "strong":
        return result._replace(
            categories=(guess.category,), text=text, names=(*result.names, name), place=place, tail=(), known_by="name",
            confidence="medium", trace=(), field="",
        )  # fmt: skip
    compound = [each for each in result.categories if each in COMPOUND and each != "person"]
    if not compound or name in ("id", "pk", "uuid", "type", "country", "valid", "key", "code"):
        return None
    return result._replace(text=text)


def steps_open(result: Result, steps: Path, place: Place) -> Result | None:
    """Steps into something unknown or symbolic: their names are remembered. One new result, however many steps:
    this is the busiest line of all.
    """
    names, tail, text, access = result.names, result.tail, result.text, result.access
    minus, called, hint, holds, where = result.minus, result.called, result.hint, result.holds, result.place
    trace, contents, field = result.trace, result.contents, result.field
    for step in steps:
        if step == "@enter" or (step == "@secret" and result.kind != PARAM):
            continue
        if step == ROWS and result.kind != PARAM:
            return None  # it is no query
        if step[0] in "+-":
            if step == FALSE:
                return None
            if result.kind == PARAM:
                access = longer(access, step)
            else:  # whoever takes it for an object of a class has to ask
                minus |= {(step,)}
            continue
        if minus:
            if (step,) in minus:
                return None
            minus = frozenset(gone[1:] for gone in minus if len(gone) > 1 and gone[0] == step)
        if result.kind == PARAM:
            access = longer(access, step) if step != "~" or access[-1:] != ("~",) else access
        if step[0] == "?":
            step = "["
        if holds and step[0] == "." and step[1:] in SAME:
            text += step  # form.email.data: what a declared field of texts, dates or numbers holds
            continue
        if step != "@fields":
            contents = ()  # they were of the whole
        if step[0] in ".[" and len(step) > 1:
            text += shown_step(step)
            hint = whose(hint, step) if hint else ""
            names, tail, called, holds, where = (*names, step[1:])[-6:], (), False, "", place
            trace, field = (), ""  # what held the whole is no part of the story of what is read from it
            continue
        piece = step == "#0" and tail != () and tail[-1] in SPLITS
        if hint and (step == "~" or (step[0] == "#" and not piece and not is_plural(hint))):
            hint = ""  # the name spoke of the whole
        longer_tail = further(tail, step)
        if longer_tail != tail:
            tail = longer_tail
            text += shown_step(step)
    return replace(
        result, names=names, tail=tail, text=text, access=access, minus=minus, called=called, hint=hint, holds=holds,
        place=where, trace=trace, contents=contents, field=field,
    )  # fmt: skip


def unwrapped(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that speak of a value which an object of its own gives: ``customer.email`` of ``customer.email.value``.
    A class that says what it is a class of stands before it, where that is known.
    """
    if names[-1] not in WRAPPED or len(names) < 2:
        return names
    before = names[:-2] if names[-2][:1].isupper() and len(names) > 2 else names[:-1]
    if before[-1].startswith(DEF):
        return names
    return before if surely(before[-1], tuple(filter(None, before[:-1]))) else names


def longer(access: Path, step: str) -> Path:
    """One step further into a parameter. Where that grows too long, as in a function that walks down a tree, a part
    that repeats is told once, else the middle is any field; the last step is kept, for it says what is read.
    """
    if len(access) < MAX_ACCESS or len(plain(access)) < MAX_ACCESS:
        return (*access, step)
    if step[0] in "+-":
        return access
    for size in range(1, MAX_ACCESS // 2 + 1):
        if access[-size:] == access[-2 * size : -size]:
            return (*access[:-size], step)
    hit("steps into a value")
    return (*access[: MAX_ACCESS - 2], "*", step)
