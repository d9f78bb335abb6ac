"""Python that is newer than the interpreter: what ``ast`` refuses is lowered to syntax that it takes.

Three rooms. ``tokens`` reads the text, f-strings in f-strings and all; ``lowering`` finds what is new and cuts it out;
``grafting`` builds it and puts it back. Nothing is imported from here before ``ast`` has refused a file.
"""

from __future__ import annotations

import ast

from discreet.facts.newer.grafting import Grafter, graft
from discreet.facts.newer.tokens import Refused, tokens_of

__all__ = ["MAX_SIZE", "lowered"]

MAX_SIZE = 4_000_000
"""Characters; beyond it nobody wrote the file, and what ``ast`` said of it is enough."""


def lowered(text: str) -> ast.Module | None:
    """The syntax tree of a module that ``ast`` refuses, in terms that ``ast`` has, all positions as in the text.

    ``None`` if nothing in it is new, or if it is no Python for all that.
    """
    if len(text) > MAX_SIZE or "\0" in text:
        return None
    try:
        grafter = Grafter(text)
        found = grafter.lowered(tokens_of(text), 0, len(text))
        if found is None:
            return None
        old, planted = found
        tree = ast.parse(old.encode("utf-8", "surrogatepass"))
        graft(tree, planted)
    except (Refused, SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    return tree
