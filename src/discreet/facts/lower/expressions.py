"""Expressions: from a node to the value it has, with the calls it makes on the way."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any, Final

from discreet.facts.lower.branches import narrow
from discreet.facts.lower.columns import LOCATORS, chosen, is_filter, located, names_in
from discreet.facts.lower.frame import MAX_DEPTH, Frame
from discreet.facts.lower.groups import as_keys
from discreet.facts.lower.keys import read_key, read_under, remember_telling
from discreet.facts.lower.labels import MAX_LABEL, SHOWN, divided, labelled, may_be_told
from discreet.facts.lower.numbered import counted
from discreet.facts.lower.queries import query
from discreet.facts.lower.settings import LOGGERS, remember_entry, remember_levels
from discreet.facts.lower.subscripts import subscript_step
from discreet.facts.model import OPENED, REPR, STR, VALUE, Part, Value
from discreet.facts.narrowing import FALSE
from discreet.facts.reading import keepable
from discreet.facts.values import MAX_ACCESS, elements, join, read, rendered, under, whose, without

Handler = Callable[[Frame, Any], Value]
EXPRESSIONS: dict[type[ast.AST], Handler] = {}
MAX_INDEX: Final = 12

_TEXTUAL: Final = frozenset({ast.JoinedStr, ast.Constant, ast.Call, ast.BinOp})
_PERCENT_KEY: Final = re.compile(r"%\((?P<key>[^)]*)\)")


def expression(*kinds: type[ast.AST]) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of expression."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            EXPRESSIONS[kind] = handler
        return handler

    return register


def evaluate(frame: Frame, node: ast.AST | None) -> Value:
    """The value of an expression. What nobody registered for is a constant, and what stands too deep as well."""
    kind = type(node)
    if kind is ast.Name:  # as half of them are
        return frame.lookup(node.id, node)  # type: ignore[union-attr]
    if kind is ast.Constant:  # as a quarter
        return query(frame, node) if frame.module.selects else ()  # type: ignore[arg-type]
    if kind not in EXPRESSIONS:
        return ()
    if frame.depth >= MAX_DEPTH:
        return frame.too_deep()
    frame.depth += 1
    value = EXPRESSIONS[kind](frame, node)
    frame.depth -= 1
    return value


def run(frame: Frame, node: ast.AST | None) -> None:
    """Evaluate an expression whose value nobody takes: it is about the calls in it, so a mere name is passed over."""
    while type(node) is ast.Attribute:
        node = node.value
    if type(node) is ast.BoolOp:
        if frame.descend():
            for each in node.values:
                run(frame, each)
            frame.ascend()
    elif type(node) is not ast.Name and (type(node) is not ast.Constant or frame.module.selects):
        evaluate(frame, node)


def is_text(node: ast.expr) -> bool:
    """Whether an expression is surely a text, by its form."""
    if type(node) not in _TEXTUAL:
        return False
    while type(node) is ast.BinOp and isinstance(node.op, (ast.Add, ast.Mod)):
        node = node.left
    if type(node) is ast.JoinedStr:
        return True
    if type(node) is ast.Constant:
        return isinstance(node.value, str)
    if type(node) is ast.Call and type(node.func) is ast.Attribute:
        return node.func.attr in ("format", "join") and type(node.func.value) is ast.Constant
    return type(node) is ast.Call and type(node.func) is ast.Name and node.func.id in ("_", "gettext")


def literal_text(node: ast.expr) -> str | None:
    """The template an expression is: a string, or a string handed to a translation function."""
    while isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Name):
        if node.func.id not in ("_", "gettext", "ugettext", "gettext_lazy"):
            return None
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@expression(ast.Attribute)
def _attribute(frame: Frame, node: ast.Attribute) -> Value:
    chain = [node]  # outermost first
    base = node.value
    while type(base) is ast.Attribute:
        chain.append(base)
        base = base.value
    if type(base) is ast.Name:
        whole = _whole_chain(frame, base, chain)
        if whole is not None:
            return whole
    value = evaluate(frame, base)
    for each in reversed(chain):
        if not value:
            break
        if each.attr == "str" and frame.module.frames:
            continue  # the texts of a column
        value = read(value, "@fields" if each.attr == "__dict__" else f".{each.attr}", frame.span(each))
    if frame.module.frames and frame.module.speaks(node.attr):
        frame.remember(value)
    return value


def _whole_chain(frame: Frame, base: ast.Name, chain: list[ast.Attribute]) -> Value | None:
    """What ``request.user.email`` gives, in one step where it can be said in one: nobody sees ``request.user``."""
    value = frame.lookup(base.id, None)
    if len(value) != 1:
        return None if value else ()
    part = value[0]
    if part.path or part.form != VALUE or part.minus or len(part.access) + len(chain) > MAX_ACCESS:
        return None
    steps = [f".{each.attr}" for each in reversed(chain)]
    if ".__dict__" in steps or frame.module.frames or part.access[-1:] == (FALSE,):
        return None
    via = part.via if not part.via or part.via[-1] == OPENED else (*part.via, OPENED)
    hint = whose(part.hint, steps[0]) if part.hint and len(steps) == 1 else ""
    return (Part(part.root, (*part.access, *steps), (), part.minus, VALUE, hint, frame.span(chain[0]), via),)


@expression(ast.Subscript)
def _subscript(frame: Frame, node: ast.Subscript) -> Value:
    if frame.module.frames:
        found = _of_frame(frame, node)
        if found is not None:
            return found
    value = evaluate(frame, node.value)
    step = subscript_step(node.slice)
    if step == "[" and value:
        return read_key(frame, value, node.slice, evaluate(frame, node.slice), "[", frame.span(node))
    if step in ("[", "*:"):
        run(frame, node.slice)
    if step == "*:":
        return value
    if step[0] == "[" and len(step) > 1 and value:
        found = read_under(frame, value, step[1:], frame.span(node))
        remember_telling(frame, step[1:], node.value, found)
        return found
    return read(value, step, frame.span(node)) if value else ()


def _of_frame(frame: Frame, node: ast.Subscript) -> Value | None:
    """What a subscript gives that only tables of columns have, or a column; ``None`` where it is any other."""
    base, key = node.value, node.slice
    if isinstance(base, ast.Attribute) and base.attr in LOCATORS:
        run(frame, key)
        return located(frame, node, evaluate(frame, base.value), base.attr)
    if isinstance(base, ast.Attribute) and base.attr == "str":
        run(frame, base.value)
        return ()  # a piece of each text
    names = names_in(key) if isinstance(key, ast.List) else ()
    if names:
        return chosen(frame, node, evaluate(frame, base), names, base.id if isinstance(base, ast.Name) else "...")
    if is_filter(key):
        run(frame, key)
        return evaluate(frame, base)
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        value = read(evaluate(frame, base), f"[{keepable(key.value)}", frame.span(node))
        frame.remember(value)
        return value
    return None


@expression(ast.Slice)
def _slice(frame: Frame, node: ast.Slice) -> Value:
    for bound in (node.lower, node.upper, node.step):
        run(frame, bound)
    return ()


@expression(ast.BinOp)
def _binary(frame: Frame, node: ast.BinOp) -> Value:
    spine: list[ast.BinOp] = []
    left: ast.expr = node
    while type(left) is ast.BinOp:  # a chain of a thousand + is deep, not difficult
        spine.append(left)
        left = left.left
    value = evaluate(frame, left)
    text = is_text(left)
    for each in reversed(spine):
        value = _combined(frame, each, value, text)
        text = text or (type(each.op) is ast.Add and is_text(each.right))
    return join(value, query(frame, node)) if frame.module.selects and text else value


def _combined(frame: Frame, node: ast.BinOp, left: Value, text: bool) -> Value:
    if type(node.op) is ast.Mod:
        template = literal_text(node.left)
        if template is None and type(node.left) is ast.Name:
            known = frame.constant(node.left.id)
            template = known if isinstance(known, str) else None
        right = evaluate(frame, node.right)
        if right and template:
            right = counted(template, divided(frame, template, right, node.right), node.right)
        return join(rendered(left), percent(template or "", right, node.right))
    right = evaluate(frame, node.right)
    if type(node.op) is ast.Add:
        both = join(left, right)
        return rendered(both) if text or is_text(node.right) else both
    if type(node.op) is ast.Div and (is_text(node.right) or type(node.right) is ast.Name):
        return join(left, right)  # a path below a folder
    if type(node.op) is ast.Sub:
        return tuple(part for part in left if part.path[:1] == ("*",))  # a set without some of its elements
    return join(left, right) if isinstance(node.op, (ast.BitOr, ast.BitXor, ast.BitAnd, ast.Mult)) else ()


def percent(template: str, value: Value, node: ast.expr) -> Value:
    """What ``template % value`` shows of the value: of a mapping, only the keys that the template names."""
    keys = _PERCENT_KEY.findall(template)
    form = REPR if "%r" in template and "%s" not in template else STR
    if keys:
        return join(*(rendered(read(value, f"[{keepable(key)}"), form) for key in keys))
    if isinstance(node, ast.Tuple):
        value = elements(value)
    return rendered(value, form)


@expression(ast.BoolOp)
def _boolean(frame: Frame, node: ast.BoolOp) -> Value:
    if isinstance(node.op, ast.Or):
        return join(*[evaluate(frame, each) for each in node.values])
    for each in node.values[:-1]:
        run(frame, each)
    return evaluate(frame, node.values[-1])


@expression(ast.Compare)
def _compare(frame: Frame, node: ast.Compare) -> Value:
    if type(node.left) is not ast.Name:
        run(frame, node.left)
    for each in node.comparators:
        if type(each) is not ast.Name:
            run(frame, each)
    return ()


@expression(ast.UnaryOp)
def _unary(frame: Frame, node: ast.UnaryOp) -> Value:
    if isinstance(node.op, ast.Not):
        run(frame, node.operand)
        return ()
    return evaluate(frame, node.operand)


@expression(ast.IfExp)
def _conditional(frame: Frame, node: ast.IfExp) -> Value:
    run(frame, node.test)
    yes, no = narrow(frame, node.test)
    with frame.holding(yes):
        one = evaluate(frame, node.body)
    with frame.holding(no):
        return join(one, evaluate(frame, node.orelse))


def _since_314(name: str) -> tuple[type[ast.AST], ...]:
    """A node of a template (PEP 750), where this Python has it: whoever is handed one is handed what is in it."""
    return (getattr(ast, name),) if hasattr(ast, name) else ()


@expression(ast.JoinedStr, *_since_314("TemplateStr"))
def _joined(frame: Frame, node: ast.JoinedStr) -> Value:
    shown, before = [], ""
    for each in node.values:
        if isinstance(each, ast.Constant):
            before = (before + str(each.value))[-MAX_LABEL:]
            continue
        value = evaluate(frame, each)
        if before and isinstance(each, ast.FormattedValue) and may_be_told(each.value):
            value = labelled(frame, value, before, each.value)
        shown.append(value)
        before += SHOWN
    return join(*shown, query(frame, node)) if frame.module.selects else join(*shown)


@expression(ast.FormattedValue, *_since_314("Interpolation"))
def _formatted(frame: Frame, node: ast.FormattedValue) -> Value:
    value = evaluate(frame, node.value)
    specification = evaluate(frame, node.format_spec)
    return join(rendered(value, REPR if node.conversion in (ord("r"), ord("a")) else STR), specification)


@expression(ast.Dict)
def _dict(frame: Frame, node: ast.Dict) -> Value:
    held: list[Value] = []
    spread = False
    for key, each in zip(node.keys, node.values, strict=True):
        value = evaluate(frame, each)
        if key is None:
            held.append(value)
            spread = True
        elif isinstance(key, ast.Constant):
            if key.value in frame.module.keys:
                remember_entry(frame, node, key, each)
            elif key.value == LOGGERS and isinstance(each, ast.Dict):
                remember_levels(frame, each)
            if spread and isinstance(key.value, str):  # {**row, "email": "masked"}
                held = [without(each, (f"[{keepable(key.value)}",)) for each in held]
            if value:
                held.append(under(value, f"[{keepable(key.value)}" if isinstance(key.value, str) else "["))
        else:
            step = frame.key_step(key)
            if step == "[":
                held.append(under(as_keys(key, evaluate(frame, key)), "!"))
            held.append(under(value, step))
    return join(*held)


@expression(ast.Tuple, ast.List, ast.Set)
def _sequence(frame: Frame, node: ast.Tuple | ast.List | ast.Set) -> Value:
    held = []
    exact = not isinstance(node, ast.Set) and len(node.elts) <= MAX_INDEX
    for index, each in enumerate(node.elts):
        if isinstance(each, ast.Starred):
            held.append(under(elements(evaluate(frame, each.value)), "*"))
            exact = False
            continue
        value = evaluate(frame, each)
        if value:
            held.append(under(value, f"#{index}" if exact else "*"))
    return join(*held)


@expression(ast.Starred)
def _starred(frame: Frame, node: ast.Starred) -> Value:
    return evaluate(frame, node.value)


@expression(ast.NamedExpr)
def _walrus(frame: Frame, node: ast.NamedExpr) -> Value:
    value = frame.as_marked(evaluate(frame, node.value), node.target, node.lineno, node.end_lineno)
    frame.assign(node.target.id, value, node.target)
    return value


@expression(ast.Await)
def _await(frame: Frame, node: ast.Await) -> Value:
    return evaluate(frame, node.value)


@expression(ast.Yield)
def _yield(frame: Frame, node: ast.Yield) -> Value:
    frame.yields.append(evaluate(frame, node.value))
    return ()


@expression(ast.YieldFrom)
def _yield_from(frame: Frame, node: ast.YieldFrom) -> Value:
    value = evaluate(frame, node.value)
    frame.yields.append(elements(value))
    return value
