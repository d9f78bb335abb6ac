"""The algebra of values: reading a path, writing one, joining branches, rendering as text.

All functions are pure; a value is a tuple of :class:`~discreet.facts.model.Part`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from discreet.catalogue.names import is_person
from discreet.catalogue.words import is_plural
from discreet.facts.bounds import hit
from discreet.facts.keys import FOREIGN, fits
from discreet.facts.model import OPENED, REPR, STR, VALUE, Hop, Part, Path, Span, Value
from discreet.facts.narrowing import FALSE

MAX_PARTS: Final = 48
"""Above this many parts a value is widened: paths are cut to one step, or to any element; of more roots than this the
first are kept."""
MAX_ACCESS: Final = 8
MAX_PATH: Final = 5
MAX_HOPS: Final = 6
MAX_MINUS: Final = 24
FILLERS: Final = frozenset({"value", "val", "v", "values", "item", "entry", "obj"})
"""Names of variables that hold anything: of what is kept under a key, the key says more."""
OF_MANY: Final = frozenset({"name", "number", "address", "nome", "nombre", "nom", "numero"})
"""What people have as well as products and rooms: whose it is, only what is before it says."""
UNKNOWN: Final = frozenset({"*", "!", "["})
"""Steps of which nobody knows where they lead."""
SPLIT, AT_SPLIT = "/", "/@"
"""The pieces of a split text; and those on either side of an ``@``."""
SPLITS: Final = (SPLIT, AT_SPLIT)
ROWS: Final = "@rows"
"""The step to what a query selects, and to what a cursor that executed one holds."""


def with_hint(part: Part, hint: str) -> Part:
    """The same part, called ``hint``."""
    return Part(part.root, part.access, part.path, part.minus, part.form, hint, part.span, part.via)


def key_of(part: Part) -> tuple[str, Path, Path, frozenset[Path], int, str]:
    """What makes two parts the same: everything but where they were seen."""
    return (part.root, part.access, part.path, part.minus, part.form, part.hint)


def join(*values: Value) -> Value:
    """The value that is any of ``values``: the parts of the first, then those of each other that are new."""
    full = [value for value in values if value]
    if not full:
        return ()
    size = len(full)
    if size == 1:
        return full[0]
    if size == 2 and len(full[0]) + len(full[1]) == 2:  # the most frequent by far; compared one by one with 1, the
        # values would be tuples of one for mypyc, which makes these anew
        one, other = full[0][0], full[1][0]
        if one is other or (one.root == other.root and key_of(one) == key_of(other)):
            return full[0]
        return (one, other)
    seen: dict[object, Part] = {}
    known = 0
    for value in full:
        for part in value:
            key = (part.root, part.access, part.path, part.minus, part.form, part.hint)  # key_of(part)
            if key not in seen:
                seen[key] = part
        known = known or len(seen)
    if known == len(seen) == len(full[0]):
        return full[0]  # itself: what hasn't changed is known at once to be the same
    return tuple(seen.values()) if len(seen) <= MAX_PARTS else bounded(tuple(seen.values()))


def bounded(value: Value) -> Value:
    """Widen a value that has grown too large: first below the keys that lie outermost, then these as well."""
    if len(value) <= MAX_PARTS:
        return value
    hit("parts of a value")
    kept = _widened(
        value, lambda path: path if len(path) < 2 else (path[0], "*")
    )  # what lies under another key is apart
    if len(kept) > MAX_PARTS:
        kept = _widened(value, lambda path: path[:1] and ("*",))
    return kept[:MAX_PARTS]


def _widened(value: Value, wide: Callable[[Path], Path]) -> Value:
    seen: dict[object, Part] = {}
    for part in value:
        each = with_path(part, wide(part.path))
        seen.setdefault((each.root, each.access[:2], each.path), each)
    return tuple(seen.values())


def with_path(part: Part, path: Path) -> Part:
    """The same part, lying at ``path``."""
    if len(path) > MAX_PATH:
        hit("containers inside containers")
    return Part(part.root, part.access, path[:MAX_PATH], part.minus, part.form, part.hint, part.span, part.via)


def with_form(part: Part, form: int) -> Part:
    """The part as text: its path is gone, since a text has no fields."""
    return Part(part.root, part.access, (), part.minus, form, part.hint, part.span, part.via)


def place(part: Part, access: Path) -> Part:
    """The part as a place to write to, with other steps that mean the same: what was written there before is no
    longer what it holds, and nonetheless where it lies.
    """
    if access == part.access and not part.minus:
        return part
    return Part(part.root, access, (), frozenset(), part.form, part.hint, part.span)


def matches(step: str, wanted: str) -> bool:
    """Whether the content at ``step`` of a container is meant when ``wanted`` is read."""
    if step == wanted:
        return True
    if step[0] == "=":
        return _is_column(step, wanted)
    if wanted == "*":  # iteration: a mapping gives its keys, which lie at "!"
        return step[0] in "#*!"
    if step[0] == "?" and wanted[:4] == step[:4] == "?[g:":
        return False  # another constant
    if wanted[:3] == "?[~" and step[0] == "[" and len(step) > 1:
        return fits(step[1:], wanted)
    if wanted == "[" or wanted[0] == "?":
        return step[0] in "[#*?"
    if step == "*" or step == "[" or step[0] == "?":
        return wanted[0] in "[#"
    if wanted[0] == "#" and step[0] == "#":  # negative and positive indices can mean the same place
        return (wanted[1] == "-") != (step[1] == "-")
    return False


def _is_column(step: str, wanted: str) -> bool:
    """Whether a column of a row is meant: ``=1/3:email`` is the second of three, and is called ``email``. Of
    ``=/0:email`` nobody knows the number.
    """
    place, _, name = step[1:].partition(":")
    number, _, width = place.partition("/")
    if wanted[0] == "#":
        return bool(number) and (
            wanted[1:] == number or (wanted[1:2] == "-" and int(width) + int(wanted[1:]) == int(number))
        )
    if wanted[:3] == "?[~":
        return fits(name, wanted)
    if wanted[0] in "[." and len(wanted) > 1:
        return wanted[1:].lower() == name.lower()
    return wanted[0] in "*[?"


def sole(value: Value) -> Part | None:
    """The one part that a value is, as it is: nothing beside it, in no container, and not made a text of."""
    return value[0] if len(value) == 1 and not value[0].path and value[0].form == VALUE else None


def transposed(rows: Value) -> Value:
    """The columns of rows: ``ids, names = zip(*rows)``."""
    placed = [part for part in rows if part.path and part.path[0][0] == "#"]
    columns = tuple([with_path(part, (part.path[0], "*", *part.path[1:])) for part in placed])
    return columns or under(elements(rows), "*", "*")


def literal_keys(path: Path) -> tuple[str, ...]:
    """The keys on a path that are written out."""
    return tuple(step[1:] for step in path if step[0] == "[" and len(step) > 1)


def read(value: Value, step: str, span: Span | None = None) -> Value:
    """What lies at ``step`` of a value: ``user`` -> ``user.email``."""
    if len(value) == 1:
        only = read_part(value[0], step, span)
        return () if only is None else (only,)
    return tuple([got for part in value if (got := read_part(part, step, span)) is not None])


def read_part(part: Part, step: str, span: Span | None) -> Part | None:
    """What ``step`` reads of one part, or ``None`` where nothing of it is left."""
    path = part.path
    if step == "@enter":
        return part if path or part.root[0] != "c" else _extend(part, step, span)
    if path:
        if step == "@fields":  # what was stored in an attribute lies under its name
            return with_path(part, (f"[{path[0][1:]}", *path[1:])) if path[0][0] == "." else part
        if step == "~" and path[0][0] in "*#":
            return part
        if step in SPLITS:
            return None
        if not matches(path[0], step):
            return None
        inner = with_path(part, path[1:])
        filled = len(path) == 1 and path[0] in ("*", "[", FOREIGN) and (not part.hint or part.hint in FILLERS)
        if filled and len(step) > 1 and step[0] == "[":
            return Part(part.root, part.access, (), part.minus, part.form, step[1:], span or part.span, part.via)
        return inner
    if part.form != VALUE:  # a text: pieces and slices of it, else itself
        cut = step == "~" or step in SPLITS or step[0] == "#"
        return _extend(part, step, span) if cut else None if step[0] == "." else part
    if part.minus and (step,) in part.minus:
        return None
    return _extend(part, step, span)


def _extend(part: Part, step: str, span: Span | None) -> Part:
    access = part.access
    if access and access[-1] == FALSE and step[0] == ".":
        access = access[:-1]
    if len(access) >= MAX_ACCESS:
        hit("steps into a value")
        access = (*access[: MAX_ACCESS - 2], "*")
    minus = part.minus
    if minus:
        minus = frozenset(gone[1:] for gone in minus if len(gone) > 1 and gone[0] == step)
    elif step in "*[" and access and access[-1] == step and len(access) > 2:
        return part
    hint = part.hint
    if hint and (
        step[0] in ".["
        or step == "~"
        or (step[0] == "#" and not is_plural(hint) and not (step == "#0" and access and access[-1] in SPLITS))
    ):
        hint = whose(hint, step)
    via = part.via
    if via and step[0] in ".[" and len(step) > 1 and via[-1] != OPENED:
        via = (*via, OPENED)
    return Part(part.root, (*access, step), (), minus, part.form, hint, span or part.span, via)


def whose(hint: str, step: str) -> str:
    """What the name of a variable says of what is read from it: ``name_of_patient``, of ``patient = rows.find(1)``.
    Else it spoke of the whole, and says no more. Of several it doesn't tell: candidates may be of any kind.
    """
    return f"{step[1:]}_of_{hint}" if step[1:] in OF_MANY and not is_plural(hint) and is_person(hint) else ""


def under(value: Value, *steps: str) -> Value:
    """The value, lying at ``steps`` inside a new container."""
    return tuple([with_path(part, steps + part.path) for part in value]) if value else ()


def without(value: Value, steps: Path) -> Value:
    """The value after what lies at ``steps`` was deleted or overwritten."""
    kept = []
    size = len(steps)
    for part in value:
        if part.path:
            if part.path[:size] != steps:
                kept.append(part)
        elif part.form == VALUE:
            minus = part.minus
            if len(minus) < MAX_MINUS:
                minus |= {steps}
            else:
                hit("deletions in a value")
            kept.append(Part(part.root, part.access, (), minus, part.form, part.hint, part.span, part.via))
        else:
            kept.append(part)
    return tuple(kept)


def write(value: Value, steps: Path, new: Value) -> Value:
    """The value after ``value<steps> = new``; a step nobody knows (``*``) overwrites nothing."""
    if UNKNOWN.isdisjoint(steps):
        value = without(value, steps)
    return join(value, under(new, *steps)) if new else value


def elements(value: Value) -> Value:
    """What a loop over the value yields: elements of a sequence, keys of a mapping."""
    if not value:
        return ()
    found = []
    mapping = any(
        part.path and (part.path[0] == "!" or (part.path[0][0] == "[" and len(part.path[0]) > 1)) for part in value
    )
    for part in value:
        path = part.path
        if not path or path[0] == ROWS:
            got = read_part(part if not path else with_path(part, path[1:]), "*", None)
            if got is not None:
                found.append(got)
        elif path[0][0] in "*#!" or (path[0] == "[" and not mapping):
            found.append(with_path(part, path[1:]))
    return tuple(found)


def keys(value: Value) -> Value:
    """The keys of a mapping as a sequence."""
    return tuple(with_path(part, ("*", *part.path[1:])) for part in value if part.path and part.path[0] == "!")


def items(value: Value) -> Value:
    """The pairs of a mapping as a sequence."""
    pairs = []
    for part in value:
        path = part.path
        if not path:
            for step, place in (("!", "#0"), ("[", "#1")):
                got = read_part(part, step, None)
                if got is not None:
                    pairs.append(with_path(got, ("*", place)))
        elif path[0] == "!":
            pairs.append(with_path(part, ("*", "#0", *path[1:])))
        else:
            pairs.append(with_path(part, ("*", "#1", *path[1:])))
    return tuple(pairs)


def mapping_values(value: Value) -> Value:
    """The values of a mapping as a sequence."""
    found = []
    for part in value:
        if not part.path:
            got = read_part(part, "[", None)
            if got is not None:
                found.append(with_path(got, ("*",)))
        elif part.path[0] != "!":
            found.append(with_path(part, ("*", *part.path[1:])))
    return tuple(found)


def by_key(value: Value) -> dict[str, Value]:
    """What a mapping holds, by the step that leads there: a key that is written out, any other, or to its keys."""
    found: dict[str, Value] = {}
    for part in value:
        told = part.path and (part.path[0][0] == "[" or part.path[0] == "!")
        step = part.path[0] if told else "["
        got = read_part(part, step, None)
        if got is not None:
            found[step] = (*found.get(step, ()), got)
    return found


def rendered(value: Value, form: int = STR) -> Value:
    """The value as a text: ``str()`` of it, ``repr()`` of what it contains."""
    if not value:
        return ()
    seen: dict[tuple[object, ...], Part] = {}
    for part in value:
        if part.form != VALUE:
            text = part if not part.path else with_form(part, part.form)
        else:
            text = with_form(part, REPR if part.path else form)
        seen.setdefault(key_of(text), text)
    return tuple(seen.values())


def named(value: Value, name: str, hop: Hop | None, speaks: Callable[[str], bool]) -> Value:
    """The value once a variable ``name`` holds it; ``speaks`` says whether a name itself means something."""
    renamed = []
    for part in value:
        hint = part.hint
        if hint != name and not part.path and (not hint or speaks(name)):  # in this order: judging a name takes long
            hint = name
        via = part.via
        if hop is not None and (not via or via[-1] != hop):
            if len(via) < MAX_HOPS:
                via = (*via, hop)
            else:
                hit("steps of a trace")
        renamed.append(Part(part.root, part.access, part.path, part.minus, part.form, hint, part.span, via))
    return tuple(renamed)
