"""Statements: walked once, in order, with branches copied and joined."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, Final

from discreet.facts.lower.aliases import marks_of_alias, meant
from discreet.facts.lower.branches import narrow
from discreet.facts.lower.caught import caught
from discreet.facts.lower.expressions import evaluate, run
from discreet.facts.lower.frame import MAX_DEPTH, Frame
from discreet.facts.lower.keys import TELLING, known_of, remember_looped
from discreet.facts.lower.literals import written_in
from discreet.facts.lower.loops import Environment, Loop, breaks
from discreet.facts.lower.passed import MAKING, hand_over, remember_made
from discreet.facts.lower.settings import remember_set, remember_stored
from discreet.facts.lower.subscripts import subscript_step
from discreet.facts.lower.targets import bind
from discreet.facts.marks import NONE, marked_value
from discreet.facts.model import Argument, Note, Type
from discreet.facts.nodes import TypeAlias
from discreet.facts.values import elements, join, read, without

Handler = Callable[[Frame, Any], None]
STATEMENTS: dict[type[ast.AST], Handler] = {}
LOOP_PASSES: Final = 4
"""A loop's body is walked until nothing new appears: mostly twice, at most this often."""
DEEP_LOOPS: Final = 2
"""Loops nested deeper than this are walked once, so that the cost stays linear in the nesting."""


def statement(*kinds: type[ast.AST]) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of statement."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            STATEMENTS[kind] = handler
        return handler

    return register


def walk(frame: Frame, body: Sequence[ast.stmt]) -> None:
    """Lower the statements of a block, up to where control leaves it. A block that stands too deep is left out."""
    if frame.depth >= MAX_DEPTH:
        frame.too_deep()
        return
    frame.depth += 1
    for node in body:
        if frame.env is None:
            break
        if type(node) in STATEMENTS:
            STATEMENTS[type(node)](frame, node)
    frame.depth -= 1


@statement(ast.Expr)
def _expression(frame: Frame, node: ast.Expr) -> None:
    run(frame, node.value)
    if frame.fresh:
        hand_over(frame, node.value)


@statement(ast.Assign)
def _assign(frame: Frame, node: ast.Assign) -> None:
    given = node.value
    value = evaluate(frame, given)
    if type(given) is ast.Subscript or frame.module.tuples:
        value = meant(frame, node) or value
    marks = frame.marked(node) if frame.module.marks.by_line else ()
    if not marks and frame.module.annotates:
        marks = marks_of_alias(frame, given)
    if marks:
        if NONE in marks and not value:
            frame.module.notes.append(Note("PII903", frame.span(node), "# pii: none"))
        value = marked_value(marks, frame.span(node.targets[0]))
    for target in node.targets:
        if frame.fresh or type(given) in MAKING:
            remember_made(frame, target, given)
        if type(given) is ast.Constant:
            remember_set(frame, target, given)
        elif type(given) is ast.Dict:
            remember_stored(frame, target, given)
        if type(target) is ast.Name:
            frame.assign(target.id, value, target, known=known_of(frame, given) if type(given) in TELLING else None)
        else:
            bind(frame, target, value, node)


@statement(ast.AnnAssign)
def _annotated(frame: Frame, node: ast.AnnAssign) -> None:
    value = evaluate(frame, node.value)
    marks = frame.marked(node)
    type_ = frame.type(node.annotation)
    marks = marks or type_.marks
    if marks:
        value = marked_value(marks, frame.span(node.target))
    elif node.value is not None and value and _tells(type_):
        value = join(value, written_in(node.value, frame.typed(type_, node.target)))
    elif node.value is None and isinstance(node.target, ast.Name) and frame.kind == "function":
        value = frame.typed(type_, node.target)
    elif node.value is None:
        return
    if isinstance(node.value, ast.Constant):
        remember_set(frame, node.target, node.value)
    remember_made(frame, node.target, node.value)
    bind(frame, node.target, value, node)


def _tells(type_: Type) -> bool:
    """Whether an annotation says more of a value than what was assigned: not that it is a text. An unnamed text beside
    it would hide that the text came out of the settings, or was masked.
    """
    return any(not name.startswith("builtins.") for name in type_.names) or any(map(_tells, type_.args))


@statement(ast.AugAssign)
def _augmented(frame: Frame, node: ast.AugAssign) -> None:
    old = evaluate(frame, node.target)
    value = evaluate(frame, ast.copy_location(ast.BinOp(node.target, node.op, node.value), node))
    bind(frame, node.target, join(old, value) if isinstance(node.op, (ast.Add, ast.BitOr)) else value, node)


@statement(ast.Delete)
def _delete(frame: Frame, node: ast.Delete) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name) and frame.env is not None:
            frame.env.pop(target.id, None)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and frame.env is not None:
            old = frame.lookup(target.value.id, None)
            frame.env[target.value.id] = without(old, (subscript_step(target.slice),))
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            frame.store(target.value, (frame.step_of(target),), (), target)


_Branch = tuple[Environment | None, Environment, Environment, Environment]
"""Where the body of an ``if`` ended, what was known before it of what its test speaks of, and what that says in either
branch.
"""


@statement(ast.If)
def _if(frame: Frame, node: ast.If) -> None:
    taken: list[_Branch] = []
    while True:  # an elif is an if in the else: a thousand of them are long, not deep
        run(frame, node.test)
        if _is_type_checking(node.test):
            walk(frame, node.body)
            break
        if type(node.test) is not ast.Constant or node.test.value:  # what stands under `if False` never runs
            taken.append(_taken(frame, node))
        if len(node.orelse) != 1 or type(node.orelse[0]) is not ast.If:
            walk(frame, node.orelse)
            break
        node = node.orelse[0]
    for branch in reversed(taken):
        _unite(frame, branch)


def _taken(frame: Frame, node: ast.If) -> _Branch:
    """Walk the body of an ``if``, and go on where its test was false."""
    yes, no = narrow(frame, node.test)
    before = frame.env
    whole = {name: before[name] for name in (*yes, *no)} if before is not None and (yes or no) else {}
    if before is not None:
        frame.env = {**before, **yes} if yes else dict(before)
    first_call = len(frame.calls)
    walk(frame, node.body)
    if frame.kind == "module" and _is_main(node.test):
        frame.module.main_calls.update(f"{index}" for index in range(first_call, len(frame.calls)))
    after = frame.env
    frame.env = before
    if no and before is not None:
        before.update(no)
    return after, whole, yes, no


def _unite(frame: Frame, branch: _Branch) -> None:
    """Go on behind an ``if``, once its other branch was walked."""
    after, whole, yes, no = branch
    if whole and after is not None and frame.env is not None:
        for name in whole:  # both branches go on, and neither bound it anew: it is whole again
            if after.get(name) is yes.get(name, whole[name]) and frame.env.get(name) is no.get(name, whole[name]):
                after[name] = frame.env[name] = whole[name]
    frame.unite(after, frame.env)


def _is_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, (ast.Name, ast.Constant))
        and any(getattr(each, "id", "") == "__name__" for each in (test.left, *test.comparators))
    )


def _is_type_checking(test: ast.expr) -> bool:
    if type(test) is ast.Name:
        return test.id == "TYPE_CHECKING"
    return type(test) is ast.Attribute and test.attr == "TYPE_CHECKING"


def _loop(frame: Frame, start: Callable[[], None], body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
    """Walk a loop until nothing new appears, and leave the join of never, normally and by ``break``."""
    skipped = frame.fork()
    loop = Loop()
    calls = len(frame.calls)
    for turn in range(LOOP_PASSES if len(frame.loops) < DEEP_LOOPS else 1):
        if turn:
            if frame.env is None or loop.is_settled(frame.env, frame.constants):
                break
            frame.rewind(calls)
        loop.begin(frame.fork() or {})
        frame.loops.append(loop)
        start()
        walk(frame, body)
        frame.loops.pop()
        never = dict(skipped) if skipped is not None and frame.env is None else skipped  # the next walk needs it, too
        frame.unite(frame.env, never, *loop.continues)
    walk(frame, orelse)
    frame.unite(frame.env, *loop.breaks)


@statement(ast.For, ast.AsyncFor)
def _for(frame: Frame, node: ast.For | ast.AsyncFor) -> None:
    def start() -> None:
        value = elements(evaluate(frame, node.iter))
        bind(frame, node.target, frame.as_marked(value, node.target, node.lineno, node.iter.end_lineno), node)
        remember_looped(frame, node.target, node.iter)

    _loop(frame, start, node.body, node.orelse)


@statement(ast.While)
def _while(frame: Frame, node: ast.While) -> None:
    def start() -> None:
        run(frame, node.test)

    _loop(frame, start, node.body, node.orelse)
    if isinstance(node.test, ast.Constant) and node.test.value and not breaks(node.body):
        frame.env = None


@statement(ast.Break)
def _break(frame: Frame, node: ast.Break) -> None:
    if frame.loops and frame.env is not None:
        frame.loops[-1].breaks.append(frame.env)
    frame.leave()


@statement(ast.Continue)
def _continue(frame: Frame, node: ast.Continue) -> None:
    if frame.loops and frame.env is not None:
        frame.loops[-1].continues.append(frame.env)
    frame.leave()


@statement(ast.Return)
def _return(frame: Frame, node: ast.Return) -> None:
    frame.returns.append(evaluate(frame, node.value))
    frame.leave()


@statement(ast.Raise)
def _raise(frame: Frame, node: ast.Raise) -> None:
    raised = node.exc
    if isinstance(raised, ast.Call):
        before = len(frame.calls)
        evaluate(frame, raised)
        if len(frame.calls) > before:
            call = frame.calls[-1]
            frame.calls[-1] = type(call)(call.callee, call.text, call.args, frame.span(node), "raise")
    else:
        for part in evaluate(frame, raised):  # raise problem, made before
            made = frame.made(part)
            if made is not None:
                frame.calls.append(type(made)(made.callee, made.text, made.args, frame.span(node), "raise"))
    run(frame, node.cause)
    frame.leave()


@statement(ast.Assert)
def _assert(frame: Frame, node: ast.Assert) -> None:
    run(frame, node.test)
    yes, no = narrow(frame, node.test)
    if node.msg is not None:
        with frame.holding(no):
            message = evaluate(frame, node.msg)
        frame.call((), "assert", (Argument("", message, frame.span(node.msg)),), node, "assert")
    if frame.env is not None:
        frame.env.update(yes)


@statement(ast.With, ast.AsyncWith)
def _with(frame: Frame, node: ast.With | ast.AsyncWith) -> None:
    for item in node.items:
        value = read(evaluate(frame, item.context_expr), "@enter")
        target = item.optional_vars
        if target is not None:
            bind(frame, target, frame.as_marked(value, target, item.context_expr.lineno, target.end_lineno), node)
    walk(frame, node.body)


def _try(frame: Frame, node: Any) -> None:
    before, first = frame.fork(), len(frame.calls)
    outer, frame.left = frame.left, []
    walk(frame, node.body)
    left, frame.left = frame.left, outer
    if outer is not None:
        outer.extend(left)
    calls, after_body = slice(first, len(frame.calls)), frame.env
    frame.unite(before, *(left if after_body is None else [after_body]))  # what it had assigned until it failed
    broken: Environment | None = frame.env
    ends: list[Environment | None] = []
    frame.env = after_body
    walk(frame, node.orelse)
    ends.append(frame.env)
    for handler in node.handlers:
        frame.env = None if broken is None else dict(broken)
        _handler(frame, handler, calls)
        ends.append(frame.env)
    alive = any(env is not None for env in ends)
    frame.unite(*ends) if alive else setattr(frame, "env", None if broken is None else dict(broken))
    walk(frame, node.finalbody)
    if not alive:
        frame.env = None


STATEMENTS[ast.Try] = _try
if hasattr(ast, "TryStar"):
    STATEMENTS[ast.TryStar] = _try


def _handler(frame: Frame, node: ast.ExceptHandler, calls: slice) -> None:
    if node.name is not None:
        frame.assign(node.name, caught(frame, node, node.name, calls), node, hop=False)
    elif node.type is not None:
        run(frame, node.type)
    walk(frame, node.body)


@statement(ast.Global)
def _global(frame: Frame, node: ast.Global) -> None:
    for name in node.names:
        frame.outer_names[name] = f"g:{frame.module.module}.{name}"
        frame.module.variables.setdefault(name, [()])


@statement(ast.Nonlocal)
def _nonlocal(frame: Frame, node: ast.Nonlocal) -> None:
    outer = frame.parent
    for name in node.names:
        while outer is not None and name not in outer.variables:
            outer = outer.parent
        if outer is not None:
            frame.outer_names[name] = frame.module.capture(outer.name, name)


@statement(ast.Match)
def _match(frame: Frame, node: ast.Match) -> None:
    from discreet.facts.lower.patterns import bind_pattern

    subject = evaluate(frame, node.subject)
    ends: list[Environment | None] = []
    exhausted = False
    for case in node.cases:
        before = frame.fork()
        bind_pattern(frame, case.pattern, subject)
        run(frame, case.guard)
        walk(frame, case.body)
        ends.append(frame.env)
        frame.env = before
        exhausted = exhausted or (isinstance(case.pattern, ast.MatchAs) and not case.pattern.pattern and not case.guard)
    frame.unite(*ends, *([] if exhausted else [frame.env]))


@statement(TypeAlias)
def _type_alias(frame: Frame, node: Any) -> None:
    """``type Email = Annotated[str, "pii:email"]`` (PEP 695)."""
    type_ = frame.type(node.value)
    marks = frame.marked(node) or type_.marks
    value = frame.typed(Type(type_.names or ("builtins.object",), type_.args, marks), node.name)
    frame.assign(node.name.id, value, node.name, hop=False)
