"""What a cloud's gateway hands to a function: ``event``, which is a whole request, with its headers and its body.

Nothing at the function says so, for queues and timers call functions with an ``event`` and a ``context`` as well. But
nobody else's events have ``headers`` or an ``httpMethod``, and who is handed to a library's adapter of WSGI or ASGI is
a request for sure.
"""

from __future__ import annotations

from typing import Final

from discreet.facts.model import Argument, Path
from discreet.flow.context import Context
from discreet.flow.reads import reads
from discreet.flow.things import Things

EVENT: Final = ("event", "context")
"""What the parameters of such a function are called; who reads nothing of one writes ``_context``, and ``_``."""
OF_REQUESTS: Final = frozenset({
    "headers", "multiValueHeaders", "httpMethod", "requestContext", "queryStringParameters", "rawQueryString",
    "rawPath", "multiValueQueryStringParameters", "isBase64Encoded", "pathParameters", "authorizationToken", "body",
})  # fmt: skip
"""Keys that only the events of requests have."""
ADAPTERS: Final = ("serverless_wsgi.", "mangum.", "awsgi.", "apig_wsgi.", "aws_wsgi.", "a2wsgi.")
EDGE: Final = ("[cf", "[request")
"""Where the request lies in what a content network hands to a function at its edge."""
AROUND: Final = "[requestContext"
"""Where it lies who asks and from which address, in the event of a request."""
AUTHORIZER: Final = "[authorizer"
"""Where in that stands what is known of whoever signed in: the claims of a token, or what a function found out."""


def takes_request(things: Things, context: Context) -> str:
    """The root of the parameter of a function that is a whole request, or an empty text. What stands around functions
    of all kinds looks for headers in the event of a timer, too.
    """
    function, params = context.function, context.function.params
    if len(params) < 2 or not _is_event(params[-2].name, params[-1].name):
        return ""
    if not function.owner and function.name.rpartition(".")[0] != context.module.module:
        return ""
    root = f"p{len(params) - 2}"
    read = any(
        each == root and access[0][1:] in OF_REQUESTS and access[0][0] == "["
        for each, access, _ in reads(context.function, "[")
    )
    return root if read or _is_adapted(things, context, root) else ""


def tells_who_asks(access: Path) -> bool:
    """Whether a value is what stands around a request, or what in that is known of who signed in; nothing else than
    such an event has either.
    """
    return access[-1:] == (AROUND,) or access[-2:] == (AROUND, AUTHORIZER)


def _is_event(first: str, second: str) -> bool:
    return first == EVENT[0] and second.lstrip("_") in ("", EVENT[1])


def _is_adapted(things: Things, context: Context, root: str) -> bool:
    """Whether a function hands its event on to an adapter."""
    return any(
        thing.name.startswith(ADAPTERS)
        for call in context.function.calls
        if any(_is_bare(arg, root) for arg in call.args)
        for thing in things.of_callee(context, call)
    )


def _is_bare(arg: Argument, root: str) -> bool:
    return len(arg.value) == 1 and arg.value[0].root == root and not (arg.value[0].access or arg.value[0].path)
