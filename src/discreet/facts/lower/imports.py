"""Imports: names of other modules' objects, as a module calls them."""

from __future__ import annotations

import ast
from typing import Final

from discreet.facts.lower.frame import BUILTINS, Frame
from discreet.facts.lower.module import EVERYWHERE
from discreet.facts.lower.statements import statement
from discreet.facts.model import Part

BRIDGES: Final = ("six.moves.", "future.moves.", "django.utils.six.moves.")
"""Below these, libraries that bridge Python 2 and 3 have the modules of Python 3, under the same names."""
SPELT_OTHERWISE: Final = {
    "urllib_parse": "urllib.parse", "urllib_error": "urllib.error", "urllib_robotparser": "urllib.robotparser",
    "http_client": "http.client", "http_cookies": "http.cookies", "http_cookiejar": "http.cookiejar",
    "email_mime_base": "email.mime.base", "email_mime_image": "email.mime.image",
    "email_mime_multipart": "email.mime.multipart", "email_mime_nonmultipart": "email.mime.nonmultipart",
    "email_mime_text": "email.mime.text", "xmlrpc_client": "xmlrpc.client", "xmlrpc_server": "xmlrpc.server",
    "BaseHTTPServer": "http.server", "CGIHTTPServer": "http.server", "SimpleHTTPServer": "http.server",
    "cPickle": "pickle", "StringIO": "io.StringIO", "cStringIO": "io.StringIO", "shlex_quote": "shlex.quote",
    "reload_module": "importlib.reload",
}  # fmt: skip
"""What stands there under another name, by its first part, as the documentation of ``six`` lists it."""


@statement(ast.Import)
def _import(frame: Frame, node: ast.Import) -> None:
    for alias in node.names:
        name = alias.asname or alias.name.partition(".")[0]
        target = _bridged(alias.name) if alias.asname else name
        frame.assign(name, (Part(f"g:{target}", span=frame.span(node)),), node, hop=False)


@statement(ast.ImportFrom)
def _import_from(frame: Frame, node: ast.ImportFrom) -> None:
    base = absolute(frame, node)
    for alias in node.names:
        if alias.name == "*":
            frame.module.stars.append(base)
        else:
            target = _bridged(f"{base}.{alias.name}") if base else alias.name
            if alias.asname and alias.name in frame.module.setters:
                frame.module.configures.append(EVERYWHERE)
            frame.assign(alias.asname or alias.name, (Part(f"g:{target}", span=frame.span(node)),), node, hop=False)


def absolute(frame: Frame, node: ast.ImportFrom) -> str:
    """The absolute name of the module that a ``from`` import names."""
    if not node.level:
        return node.module or ""
    package = frame.module.module.split(".")
    drop = node.level - (1 if frame.module.is_package else 0)
    kept = package[: len(package) - drop] if drop else package
    return ".".join([*kept, *([node.module] if node.module else [])])


def _bridged(dotted: str) -> str:
    """What a library of the like of ``six`` gives: an object of Python 3's standard library, or of its builtins."""
    for bridge in BRIDGES:
        if dotted.startswith(bridge):
            rest = dotted[len(bridge) :]
            first, dot, below = rest.partition(".")
            rest = f"{SPELT_OTHERWISE.get(first, first)}{dot}{below}"
            return f"builtins.{rest}" if rest in BUILTINS else rest
    return dotted
