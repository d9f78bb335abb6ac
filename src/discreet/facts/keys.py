"""Keys that are decided elsewhere: ``row[Keys.EMAIL]``, ``getattr(record, name)`` where ``name`` is a parameter.

Such a step into a value is written ``?``, then how it looks (``[`` or ``.``), then the root and the steps of the key,
divided by ``|``: ``?.p1|*`` is the attribute that an element of parameter 1 names, ``?[g:app.Keys.EMAIL`` what lies
under the text that ``app.Keys.EMAIL`` is. What is stored under such a constant lies at such a step. ``?[~`` and a text
with a NUL in it is a key of which only what stands around that is known, and ``?[x`` one that came from somewhere,
but not from the mapping itself. Whoever knows no more takes all of them for any field: ``[``.
"""

from __future__ import annotations

from typing import Final

from discreet.facts.model import VALUE, Path, Value
from discreet.facts.narrowing import plain

MAX_STEPS: Final = 3
MAX_WORDS: Final = 24
"""Of more texts than this nobody asks which one a key is."""
FOREIGN: Final = "?[x"
"""The step that a key takes which came from somewhere."""


def decided(mark: str, key: Value) -> str:
    """The step that a key takes, as far as can be said without knowing what it stands for."""
    unknown = FOREIGN if mark == "[" and key else "["
    if len(key) != 1 or key[0].path or key[0].form != VALUE or key[0].minus:
        return unknown
    root, access = key[0].root, plain(key[0].access)
    follows = all(step in ("*", "!") or step[0] == "." for step in access)
    if root[0] not in "gp" or root.startswith("g:builtins.") or len(access) > MAX_STEPS or not follows:
        return unknown
    while root[0] == "g" and access and access[0][0] == ".":
        root, access = root + access[0], access[1:]
    return f"?{mark}{'|'.join((root, *access))}"


def fits(key: str, step: str) -> bool:
    """Whether a key may be the one of which ``step`` knows a part."""
    start, end = step[3:].partition("\0")[0], step[3:].rpartition("\0")[2]
    return len(key) >= len(start) + len(end) and key.startswith(start) and key.endswith(end)


def deciding(step: str) -> tuple[str, str, Path]:
    """How the step looks, and the root and the access of what decides about it."""
    if step[2] == "~":
        return step[1], step[2:], ()
    root, *access = step[2:].split("|")
    return step[1], root, tuple(access)


def widened(access: Path) -> Path:
    """The same steps, where nobody knows what decides about them."""
    return tuple(["[" if step[0] == "?" and step[2] != "~" else step for step in access])
