"""What ``except`` binds: an instance of what was caught, and of a request that failed, the URL that its text quotes.

``404 Client Error: Not Found for url: https://shop.example/users/anna@…`` is what ``requests`` says of a failure, and
``Max retries exceeded with url: /users/anna@…`` of another: whoever logs the exception logs the whole URL.
"""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.model import Call, Part, Value
from discreet.facts.values import join, rendered, under

ASKING: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
QUOTING: Final = ("g:requests", "g:builtins.Exception", "g:builtins.BaseException")
"""What is caught that may be an exception of requests."""
MAX_ASKED: Final = 4
"""Of more requests in one ``try`` nobody asks which it was that failed."""


def caught(frame: Frame, node: ast.ExceptHandler, name: str, calls: slice) -> Value:
    """The value that a handler binds to a name, after a body that made these of the function's calls."""
    types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type] if node.type is not None else []
    names = [frame.dotted(each) for each in types]
    span = frame.span(node)
    value = tuple(Part(f"i:{each}", span=span) for each in names if each) or (Part(f"x:{name}", span=span),)
    if any(f"g:{each}".startswith(QUOTING) for each in names):
        asked = [call for call in frame.calls[calls] if _asks(call)]
        if len(asked) <= MAX_ASKED:
            return join(value, *(under(_url(call), "*") for call in asked))
    return value


def _asks(call: Call) -> bool:
    """Whether a call is one of requests'."""
    part = call.callee[0] if len(call.callee) == 1 else None
    return part is not None and part.root == "g:requests" and len(part.access) == 1 and part.access[0][1:] in ASKING


def _url(call: Call) -> Value:
    """All that stands in the URL that a call asks for."""
    placed = [arg for arg in call.args if arg.name == ""]
    number = 1 if call.text.endswith(".request") else 0
    given = [*placed[number : number + 1], *(arg for arg in call.args if arg.name in ("url", "params"))]
    return join(*(rendered(arg.value) for arg in given))
