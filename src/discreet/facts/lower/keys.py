"""Keys: which field is meant where its name isn't written, told from the function's own text.

A name that stands for texts, a loop over some, a text put together of which a part is known.
"""

from __future__ import annotations

import ast
from itertools import product
from math import prod
from typing import Final

from discreet.facts.keys import MAX_WORDS, decided
from discreet.facts.lower.composed import COMPOSING, pieces_of
from discreet.facts.lower.frame import MAX_DEPTH, Frame
from discreet.facts.lower.known import Known
from discreet.facts.model import VALUE, Part, Span, Value
from discreet.facts.reading import keepable
from discreet.facts.values import join, named, read, with_hint

_KEPT: Final = frozenset({"sorted", "list", "tuple", "set", "frozenset", "reversed", "iter"})
_LITERALS: Final = (ast.Tuple, ast.List, ast.Set)
TELLING: Final = frozenset({
    ast.Constant, ast.JoinedStr, ast.BinOp, ast.Name, ast.Attribute, ast.Dict, *_LITERALS, ast.IfExp, ast.Call
})  # fmt: skip
"""What may stand for texts. Asked first: most of what is assigned is something else, or a call that arranges none."""


def known_of(frame: Frame, node: ast.expr | None) -> Known | None:
    """The texts that an expression surely stands for, or those of the sequence that it is."""
    if node is None or type(node) not in TELLING:
        return None
    if type(node) in COMPOSING:
        return _composed(node)
    if type(node) is ast.Call:
        if type(node.func) is ast.Attribute and node.func.attr == "format":
            return _composed(node)
        return _rearranged(frame, node) if not node.keywords else None
    if type(node) is ast.Constant:
        return Known((keepable(node.value),)) if isinstance(node.value, str) else None
    if type(node) is ast.Name:
        return frame.known(node.id)
    if type(node) is ast.Attribute:
        inner = node.value if node.attr == "value" else node  # Column.EMAIL.value
        text = frame.module.class_texts.get(frame.dotted(inner)) if frame.module.class_texts else None
        return Known((text,)) if text is not None else None
    if type(node) is ast.Dict:
        return _all_of(frame, node.keys)
    if isinstance(node, _LITERALS):
        return _all_of(frame, node.elts)
    if type(node) is ast.IfExp and frame.depth < MAX_DEPTH:
        frame.depth += 1
        one, other = known_of(frame, node.body), known_of(frame, node.orelse)
        frame.depth -= 1
        return one.union(other) if one is not None and other is not None else None
    return None


def _all_of(frame: Frame, nodes: list[ast.expr] | list[ast.expr | None]) -> Known | None:
    """The texts that stand in a sequence, or that the constants in it are: ``[ROOT, "guest"]``."""
    if not 0 < len(nodes) <= MAX_WORDS:
        return None
    words: list[str] = []
    for each in nodes:
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            words.append(keepable(each.value))
        elif isinstance(each, ast.Name) and isinstance(text := frame.constant(each.id), str):
            words.append(text)
        else:
            return None
    return Known(tuple(dict.fromkeys(words)), many=True)


def _rearranged(frame: Frame, node: ast.Call) -> Known | None:
    """``sorted(NAMES)``, ``FIELDS.keys()``: the same texts in another order."""
    function = node.func
    inner: ast.expr | None = None
    if type(function) is ast.Name and function.id in _KEPT and len(node.args) == 1:
        inner = node.args[0]
    elif type(function) is ast.Attribute and function.attr == "keys" and not node.args:
        inner = function.value
    if inner is None or frame.depth >= MAX_DEPTH:
        return None
    frame.depth += 1
    known = _sequence(frame, inner)
    frame.depth -= 1
    return known


def _sequence(frame: Frame, node: ast.expr | None) -> Known | None:
    """The texts of the sequence that an expression surely is."""
    known = known_of(frame, node)
    return known if known is not None and known.many else None


def remember_looped(frame: Frame, target: ast.expr, source: ast.expr) -> None:
    """What the variables of a loop stand for: ``for name in ("id", "state")``."""
    if isinstance(target, ast.Name):
        known = _sequence(frame, source)
        if known is not None:
            frame.constants[target.id] = Known(known.words)
    elif isinstance(target, ast.Tuple):
        for index, each in enumerate(target.elts):
            known = _column(frame, source, index, len(target.elts))
            if known is not None and isinstance(each, ast.Name):
                frame.constants[each.id] = Known(known.words)


def _column(frame: Frame, source: ast.expr, index: int, width: int) -> Known | None:
    """What the loop ``for name, label in ...`` gives one of its variables."""
    if isinstance(source, ast.Call) and width == 2:
        function = source.func
        if isinstance(function, ast.Name) and function.id == "enumerate" and source.args and index == 1:
            return _sequence(frame, source.args[0])
        if isinstance(function, ast.Attribute) and function.attr == "items" and not source.args and index == 0:
            return _sequence(frame, function.value)
    if isinstance(source, _LITERALS):
        rows = [each.elts for each in source.elts if isinstance(each, _LITERALS) and len(each.elts) == width]
        return _all_of(frame, [row[index] for row in rows]) if len(rows) == len(source.elts) else None
    return None


def read_under(frame: Frame, value: Value, key: str, span: Span) -> Value:
    """What lies in a value under a key that is written out. Whatever those called it who put it there: if the key tells
    something, it is called that now.
    """
    step = f"[{key}"
    put = tuple([part for part in value if part.path[:1] == (step,)])
    if not put or not frame.module.speaks(key):
        return read(value, step, span)
    others = tuple([part for part in value if part.path[:1] != (step,)])
    return join(named(read(put, step, span), key, None, frame.module.speaks), read(others, step, span))


def remember_telling(frame: Frame, key: str, base: ast.expr, value: Value) -> None:
    """Remember what is read under a key, if the key tells something, or what it is read of is called somebody; and what
    it is called then.
    """
    name = base.id if isinstance(base, ast.Name) else base.attr if isinstance(base, ast.Attribute) else ""
    if name and frame.module.speaks(name):
        frame.remember(tuple([with_hint(part, name) for part in value]))
    elif frame.module.speaks(key):
        frame.remember(value)


def read_key(frame: Frame, value: Value, key: ast.expr, held: Value, mark: str, span: Span) -> Value:
    """What lies in a value under a key that is no literal; ``held`` is the key's own value."""
    words = _texts(frame, key)
    if len(words) == 1 and "\0" in words[0]:
        return read(value, f"?[~{words[0]}", span)
    if words:
        found = join(*(read(value, f"{mark}{word}", span) for word in words))
        if any(map(frame.module.speaks, words)):
            frame.remember(found)
        return found
    own = any(_is_key_of(part, mine) for part in held for mine in value if not mine.path)
    return read(value, "[", span) if own else read(_but_the_named(value, held), decided(mark, held), span)


def _is_key_of(key: Part, whole: Part) -> bool:
    """Whether a key comes from a loop over the mapping itself."""
    size = len(whole.access)
    return key.root == whole.root and key.access[:size] == whole.access and key.access[size:] in (("*",), ("!",))


def _texts(frame: Frame, key: ast.expr) -> tuple[str, ...]:
    """The texts that a key may be. One that is known in part has a NUL for the rest."""
    known = _composed(key, frame) if type(key) in COMPOSING or type(key) is ast.Call else None
    known = known or known_of(frame, key)
    if known is None or known.many or (len(known.words) > 1 and any("\0" in word for word in known.words)):
        return ()
    return known.words


def _composed(key: ast.expr, frame: Frame | None = None) -> Known | None:
    """The texts that a text put together of others may be, or the one with a NUL for what nobody knows; with a frame,
    what its variables stand for is known as well.
    """
    pieces = pieces_of(key)
    if not any(isinstance(each, str) for each in pieces):
        return None
    whole = [(each,) if isinstance(each, str) else _of_piece(frame, each) for each in pieces]
    sure = all(whole) and prod(map(len, whole)) <= MAX_WORDS
    texts = product(*(each if sure or len(each) == 1 else ("\0",) for each in whole))
    words = tuple(dict.fromkeys(keepable("".join(each)) for each in texts))
    return Known(words) if all(word.strip("\0") for word in words) else None


def _of_piece(frame: Frame | None, piece: ast.expr) -> tuple[str, ...]:
    """The texts that a piece of another stands for, or none where nobody knows."""
    known = known_of(frame, piece) if frame is not None else None
    return known.words if known is not None and not known.many else ()


def _but_the_named(value: Value, key: Value) -> Value:
    """A mapping that came from elsewhere, without what was stored in it here under names: a key nobody knows means
    one of the others as well.
    """
    if not key or not any(not part.path and part.form == VALUE for part in value):
        return value
    return tuple(part for part in value if not part.path or part.path[0][0] != "[" or len(part.path[0]) == 1)
