"""Groups: what a mapping has for keys, but for what many people share.

Who writes ``by_town[customer.town] += 1`` counts people, and each key stands for as many as there are. So such a key
holds nothing of anybody's, whatever the mapping has under it: that says for itself whose it is.
"""

from __future__ import annotations

import ast

import msgspec

from discreet.catalogue.shared import is_shared
from discreet.facts.model import Part, Value
from discreet.facts.narrowing import FALSE


def as_keys(key: ast.expr | None, value: Value) -> Value:
    """A value that becomes a key, without what many share; ``key`` is how it is written. What is left of that is a key
    still, which tells a mapping, and shows nothing of anybody, as what is false does.
    """
    if not value:
        return value
    written = key.id if isinstance(key, ast.Name) else key.attr if isinstance(key, ast.Attribute) else ""
    whole = bool(written) and is_shared(written)
    return tuple([_emptied(part) if (whole and not part.path) or _is_shared(part) else part for part in value])


def _is_shared(part: Part) -> bool:
    """Whether the name by which a part was read, or the variable that held it, says that many have it."""
    read = next((step[1:] for step in reversed(part.access) if step[0] in ".[" and len(step) > 1), "")
    return any(name and is_shared(name) for name in (read, part.hint))


def _emptied(part: Part) -> Part:
    """A part that shows nothing; what its author marked stays as it is."""
    return part if part.root[:2] == "m:" else msgspec.structs.replace(part, access=(*part.access, FALSE))
