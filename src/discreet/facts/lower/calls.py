"""Calls. What only the language decides is settled here (``str``, ``getattr``, ``.items()``, ``.append()``); every
other call is recorded for linking, which knows libraries and other modules.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from discreet.facts.lower.arguments import arguments
from discreet.facts.lower.buffers import WRITING, print_into, write_into
from discreet.facts.lower.builtin import BUILTINS, KNOWN, REDUCERS, builtin_of, callee_text
from discreet.facts.lower.columns import dropped
from discreet.facts.lower.expressions import evaluate, expression, literal_text, percent, run
from discreet.facts.lower.filled import dictionary_of, fill
from discreet.facts.lower.formats import text_of
from discreet.facts.lower.frame import Frame, mapping_of_default
from discreet.facts.lower.groups import as_keys
from discreet.facts.lower.keys import read_under
from discreet.facts.lower.labels import logged, printed, quoted_in, told_by
from discreet.facts.lower.numbered import numbered
from discreet.facts.lower.passed import ADDERS, FILLING
from discreet.facts.lower.queries import FETCHERS, executed, fetched
from discreet.facts.lower.settings import ADDED, UPDATES, remember_added, remember_update
from discreet.facts.model import VALUE, Argument, Part, Span, Value
from discreet.facts.values import (
    AT_SPLIT,
    SPLIT,
    elements,
    items,
    join,
    keys,
    mapping_values,
    read,
    rendered,
    under,
    without,
)

TEXT_METHODS: Final = frozenset({
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold", "swapcase", "encode",
    "decode", "expandtabs", "center", "ljust", "rjust", "zfill", "removeprefix", "removesuffix", "splitlines",
    "translate"
})  # fmt: skip
BARE: Final = frozenset({"lower", "upper", "title", "capitalize", "casefold", "swapcase"})
"""Those that take no argument: ``page.title(user.name)`` is somebody else's method."""
KEYED: Final = {
    "encode": frozenset({"encoding", "errors"}), "decode": frozenset({"encoding", "errors"}),
    "expandtabs": frozenset({"tabsize"}), "splitlines": frozenset({"keepends"})
}  # fmt: skip
"""Those whose arguments have names, and which: ``jwt.decode(token, algorithms=known)`` is somebody else's method."""
CODECS: Final = frozenset({"encode", "decode"})
"""Those that a module has as well: ``jwt.decode(token, key)``."""
ENCODER: Final = "JSONEncoder().encode"
"""The end of a call that gives its argument as a text, whoever wrote the encoder: ``DjangoJSONEncoder().encode(x)``."""
PIECES: Final = frozenset({"split", "rsplit", "partition", "rpartition"})
TEMPLATES: Final = frozenset({"format", "join", "format_map"})
VIEWS: Final[dict[str, Callable[[Value], Value]]] = {
    "items": items, "keys": keys, "values": mapping_values, "copy": join,
    "iteritems": items, "iterkeys": keys, "itervalues": mapping_values,
    "viewitems": items, "viewkeys": keys, "viewvalues": mapping_values,
}  # fmt: skip
"""What a mapping gives of itself, Python 2's names included."""
LOOKS: Final = frozenset({"items", "keys", "values"})
"""Those that give no mapping, and have no methods that anybody calls."""
SETTLED: Final = TEXT_METHODS | PIECES | TEMPLATES | frozenset(VIEWS) | {"replace"}
ROWS: Final = frozenset({"add_row", "add_rows"})
"""What fills a table that is shown as a text, PrettyTable's and rich's: the cells of a row, or several rows."""
CHANGING: Final = FILLING | ROWS | {"clear", "pop"}
SETS: Final = frozenset({"difference", "intersection", "union", "symmetric_difference"})
TAKING: Final = SETS | {"join", "get", "pop", "setdefault", "popleft", "popitem", "getvalue", "read"}
METHODS: Final = SETTLED | CHANGING | TAKING | WRITING | FETCHERS | UPDATES | ADDED | {"drop", "execute"}
"""Of any other the language settles nothing: it is somebody's own, as most are."""


@expression(ast.Call)
def _call(frame: Frame, node: ast.Call) -> Value:
    function = node.func
    if type(function) is ast.Attribute:
        return _method_call(frame, node, function)
    callee = evaluate(frame, function)
    name = builtin_of(callee)
    if not name:
        return frame.call(callee, callee_text(function), arguments(frame, node), node)
    if name in REDUCERS:  # isinstance(user, User): all that counts is what is called on the way
        for each in node.args:
            run(frame, each.value if type(each) is ast.Starred else each)
        for keyword in node.keywords:
            run(frame, keyword.value)
        return ()
    args = arguments(frame, node)
    if name == "print":
        args = printed(frame, node.args, args)
        print_into(frame, args)
    handler = BUILTINS.get(name)
    return handler(frame, node, args) if handler else frame.call(callee, callee_text(function), args, node)


def _method_call(frame: Frame, node: ast.Call, function: ast.Attribute) -> Value:
    name, base = function.attr, function.value
    if name not in METHODS:
        if name in KNOWN and (known := BUILTINS.get(frame.dotted(function))):
            return known(frame, node, arguments(frame, node))
        receiver = _called_on(frame, base)
        return _recorded(frame, node, function, receiver, arguments(frame, node))
    template = literal_text(base) if name in TEMPLATES else None
    if name in ADDERS and type(base) is ast.Name:
        receiver = frame.lookup(base.id, base, adding=True)
    else:
        receiver = _called_on(frame, base)
    args = arguments(frame, node)
    if name in UPDATES and frame.module.keys:
        remember_update(frame, node, base)
    if name in ADDED and type(base) is ast.Subscript:
        remember_added(frame, node, base)
    if name in SETTLED:
        if name == "format":
            args = quoted_in(frame, base, args)
        settled = _settled(frame, node, name, template, receiver, args)
        if settled is not None:
            if name == "translate" and args:  # of a text, or what a client of a translator is handed
                _recorded(frame, node, function, receiver, args)
            return settled
    if name in CHANGING:
        _mutate(frame, function, name, args)
    elif name in WRITING:
        write_into(frame, name, receiver, args)
    elif name in FETCHERS:
        receiver = fetched(receiver)
    result = _recorded(frame, node, function, receiver, args)
    if name == "drop" and frame.module.frames:
        dropped(frame, base, args)
    if name == "execute":
        executed(frame, base, args, result)
    return join(result, _taken(frame, name, receiver, args, frame.span(node))) if name in TAKING else result


def _called_on(frame: Frame, base: ast.expr) -> Value:
    """What a method is called on. What a mapping gives of itself has none: ``sheet.values().append(...)`` asks an
    object of somebody's own.
    """
    if type(base) is ast.Call and type(base.func) is ast.Attribute and base.func.attr in LOOKS and not base.args:
        return _recorded(frame, base, base.func, evaluate(frame, base.func.value), ())
    return evaluate(frame, base)


def _recorded(
    frame: Frame, node: ast.Call, function: ast.Attribute, receiver: Value, args: tuple[Argument, ...]
) -> Value:
    """Record the call of a method, and give its result."""
    name = function.attr
    if receiver:
        callee = read(receiver, f".{name}", frame.span(function))
    elif name == "join":
        callee = ()
    else:  # a local container or a constant: nothing to resolve, but a call all the same
        callee = (Part("x:", (f".{name}",), span=frame.span(function)),)
    held = tuple([part for part in receiver if part.path]) if frame.module.frames else ()
    shown = _formatted_arguments(node, numbered(logged(frame, node.args, args))) if len(args) > 1 else args
    return frame.call(callee, callee_text(function), shown, node, held=held)


def _settled(
    frame: Frame, node: ast.Call, name: str, template: str | None, receiver: Value, args: tuple[Argument, ...]
) -> Value | None:
    """What a method of texts and mappings gives, if that is settled by its name."""
    if template is not None:
        shown = told_by(frame, template, node, args) if name == "format" else args
        return text_of(name, template, receiver, shown)
    if name in ("format", "format_map"):
        return join(rendered(receiver), *(rendered(arg.value) for arg in args))
    if name == "encode" and callee_text(node.func).endswith(ENCODER):
        return join(*(rendered(arg.value) for arg in args))
    if name in TEXT_METHODS:
        named = {arg.name for arg in args if arg.name}
        if args and (name in BARE or not named <= KEYED.get(name, frozenset())):
            return None
        return None if name in CODECS and _is_of_module(receiver, args) else receiver
    if name == "replace":
        return _replaced(receiver, args)
    if name in PIECES:
        return read(receiver, AT_SPLIT if args and args[0].constant == "@" else SPLIT, frame.span(node))
    return VIEWS[name](receiver) if name in VIEWS and not args else None


def _replaced(receiver: Value, args: tuple[Argument, ...]) -> Value | None:
    """``f"dear {name}".replace(old, new)``, where what is called on is a text for sure; objects of any class may have a
    method of this name.
    """
    if not receiver or any(part.form == VALUE for part in receiver) or len(args) < 2 or any(arg.name for arg in args):
        return None
    return join(receiver, rendered(args[1].value))


def _is_of_module(receiver: Value, args: tuple[Argument, ...]) -> bool:
    """Whether a module, and no text, is asked to encode or decode something."""
    how = all(isinstance(arg.constant, str) for arg in args)
    return not how and len(receiver) == 1 and receiver[0].root[:2] == "g:" and not receiver[0].access


def _taken(frame: Frame, name: str, receiver: Value, args: tuple[Argument, ...], span: Span) -> Value:
    """What ``get`` or ``pop`` takes out of a container that was built here, or ``union`` makes of it."""
    local = tuple(part for part in receiver if part.path)
    if name == "join":
        return join(*(rendered(elements(arg.value)) for arg in args), rendered(receiver))
    if not local:
        return ()
    if name in SETS:
        return join(local, *(arg.value for arg in args if name in ("union", "symmetric_difference")))
    if args and isinstance(args[0].constant, str):
        default = join(*(arg.value for arg in args[1:]))
        return join(read_under(frame, local, args[0].constant, span), default)
    return read(local, "[" if args else "*", span)  # under a key nobody knows lies a value, and no key


def _mutate(frame: Frame, function: ast.Attribute, name: str, args: tuple[Argument, ...]) -> None:
    """What a method leaves in the container it is called on."""
    base = function.value
    if name == "clear" and not args and isinstance(base, ast.Name) and frame.env is not None:
        frame.env[base.id] = ()
    if name == "update" and (filled := dictionary_of(base)) is not None:
        for arg in args:
            fill(frame, filled, arg.value if arg.name in ("", "**") else under(arg.value, f"[{arg.name}"), function)
        return
    is_place = isinstance(base, (ast.Name, ast.Attribute, ast.Subscript)) or mapping_of_default(base) is not None
    if not args or not is_place:
        return
    if name in FILLING:
        put_under(frame, base, function)
    if name in ADDERS:
        frame.store(base, ("*",), args[-1].value, function)
    elif name in ROWS:
        frame.store(base, ("*",), join(*(arg.value for arg in args)), function)
    elif name == "extend":
        frame.store(base, ("*",), elements(args[0].value), function)
    elif name == "update" and not (args[0].name == "" and args[0].constant is not None):
        for arg in args:
            if arg.name in ("", "**"):
                frame.merge(base, arg.value, function)
            elif arg.name != "*":
                frame.store(base, (f"[{arg.name}",), arg.value, function)
    elif name == "setdefault" and len(args) > 1:
        key = args[0].constant
        frame.store(base, (f"[{key}" if isinstance(key, str) else "[",), args[1].value, function)
        if not isinstance(key, str):
            frame.store(base, ("!",), as_keys(None, args[0].value), function)
    elif name == "pop" and isinstance(args[0].constant, str) and isinstance(base, ast.Name) and frame.env is not None:
        old = frame.env.get(base.id)
        if old:
            frame.env[base.id] = without(old, (f"[{args[0].constant}",))


def put_under(frame: Frame, base: ast.expr, node: ast.AST) -> None:
    """Something is put into what lies under a key, which the mapping has from then on if it hadn't before:
    ``groups[user.email].append(order)``.
    """
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        if type(base) is ast.Subscript and frame.step_of(base) == "[" and _is_plain(base.slice):
            frame.store(base.value, ("!",), as_keys(base.slice, evaluate(frame, base.slice)), node)
        base = base.value


def _is_plain(key: ast.expr) -> bool:
    """Whether nothing is called for a key but methods of texts, so that it may be evaluated once more."""
    made = [each.func for each in ast.walk(key) if type(each) is ast.Call]
    return all(type(each) is ast.Attribute and each.attr in TEXT_METHODS for each in made)


def _formatted_arguments(node: ast.Call, args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """``log.info("%(email)s", row)`` shows of ``row`` only what the template names."""
    if not isinstance(args[0].constant, str) or "%(" not in args[0].constant:
        return args
    second = args[1]
    if second.name or len(node.args) < 2:
        return args
    shown = percent(args[0].constant, second.value, node.args[1])
    return (args[0], Argument("", shown, second.span, second.constant), *args[2:])
