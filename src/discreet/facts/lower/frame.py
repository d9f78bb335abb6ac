"""A frame: one function (or module, or class body) while it is being lowered.

The environment maps names to values and is flow-sensitive: an assignment replaces, a branch copies, a join
unites, and ``None`` stands for a place that control never reaches.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from discreet.facts.annotations import type_of
from discreet.facts.bounds import hit
from discreet.facts.keys import widened
from discreet.facts.lower.known import Known
from discreet.facts.lower.loops import Environment, Loop, Variables, all_of
from discreet.facts.lower.module import Module
from discreet.facts.lower.subscripts import subscript_step
from discreet.facts.marks import marked_value
from discreet.facts.model import (
    NOWHERE,
    Argument,
    Call,
    Constant,
    Hop,
    Part,
    Path,
    Type,
    Value,
    Write,
)
from discreet.facts.narrowing import plain
from discreet.facts.values import by_key, join, named, place, read, write

PYTHON_TWO: Final = {"unicode": "str", "unichr": "chr", "long": "int", "xrange": "range", "raw_input": "input"}
BUILTINS: Final = {
    **{old: f"g:builtins.{name}" for old, name in PYTHON_TWO.items()},
    **{name: f"g:builtins.{name}" for name in dir(builtins)},
}
MAX_DEPTH: Final = 200
"""How deep expressions and blocks may stand inside one another: as deep as Python lets brackets stand."""
MAX_KEYS: Final = 64
"""Of more that a function reads by name nobody asks where it lies."""
SHARED_ROOTS: Final = ("p", "g", "v", "s")
SEEN_ROOTS: Final = frozenset({"g", "p", "v", "x"})
"""The roots of what is seen where a name that means it stands."""


class Frame:
    """One function being lowered. A class body is a frame that shares its calls with the frame around it."""

    def __init__(self, module: Module, name: str, parent: Frame | None, kind: str = "function") -> None:
        self.module = module
        self.span = module.span
        """Where a node stands."""
        self.name = name
        self.parent = parent
        self.kind = kind
        self.depth: int = parent.depth if parent is not None and kind == "class" else 0
        """How many expressions and blocks are open."""
        self.env: Environment | None = {}
        self.left: list[Environment] | None = None
        """Inside a ``try``, the environments in which its body was left."""
        self.calls: list[Call] = parent.calls if parent is not None and kind == "class" else []
        self.types: list[Type] = parent.types if parent is not None and kind == "class" else []
        self.returns: list[Value] = []
        self.yields: list[Value] = []
        self.writes: list[Write] = []
        self.variables: Variables = module.variables if kind == "module" else {}
        self.loops: list[Loop] = []
        self.outer_names: dict[str, str] = {}  # names declared global or nonlocal, and the root they mean
        self.shared: set[str] = set()  # variables that a function inside rebinds (nonlocal)
        self.fresh: dict[str, int] = {}  # variables that hold what was made here, and how many calls may fill it
        self.unions: dict[str, frozenset[str]] = {}  # parameters that are objects or plain values, and which of these
        self.owner = ""
        self.constants: dict[str, Known | None] = {}
        self.keys: dict[tuple[str, Path], Part] = {}

    # -- depth ------------------------------------------------------------------------------------------------

    def descend(self) -> bool:
        """Go into an expression or a block, unless it stands too deep, and so is left out. :meth:`ascend` leaves it."""
        if self.depth >= MAX_DEPTH:
            self.too_deep()
            return False
        self.depth += 1
        return True

    def ascend(self) -> None:
        """Out of it again."""
        self.depth -= 1

    def too_deep(self) -> Value:
        """What stands below this is left out: it is nobody's. Whoever is called for each node counts by itself."""
        hit("expressions and blocks inside one another")
        return ()

    # -- names ------------------------------------------------------------------------------------------------

    def lookup(self, name: str, node: ast.AST | None, adding: bool = False) -> Value:
        """The value of a name, here; ``node`` is where it is read, if that is to be told, and ``adding`` says that
        something is put into it.
        """
        value = None if self.env is None else self.env.get(name)
        if self.loops:
            for loop in self.loops:
                loop.reads(name, value, adding)
        if value is None or name in self.outer_names:
            return self._outside(name, node)
        if name in self.shared:
            value = join(value, self._bare(self.module.capture(self.name, name), node))
        return value if node is None else self._seen(value, node)

    def _seen(self, value: Value, node: ast.AST | None) -> Value:
        """What a variable holds, where it is read: a bare root is seen where the variable's name stands."""
        if len(value) != 1:
            return value
        part = value[0]
        if part.path or part.via or part.root[0] not in SEEN_ROOTS or (part.access and plain(part.access)):
            return value
        span = NOWHERE if node is None else self.span(node)
        return (Part(part.root, part.access, (), part.minus, part.form, part.hint, span),)

    def _outside(self, name: str, node: ast.AST | None) -> Value:
        if name in self.outer_names:
            return self._bare(self.outer_names[name], node)
        frame = self.parent
        while frame is not None:
            if frame.kind == "function" and name in frame.variables:
                return self._bare(self.module.capture(frame.name, name), node)
            ours = frame.kind == "module" or (frame.kind == "class" and self.kind == "class")
            if ours and name in frame.variables:
                held = frame.variables[name]
                known = all_of(held) if len(held) > 1 else held[0]
                if known and _is_global(known):
                    return self._seen(known, node)
                return self._bare(f"g:{self.module.module}.{name}", node) if frame.kind == "module" else known
            frame = frame.parent
        if name in BUILTINS and name not in self.module.variables:
            return self._bare(BUILTINS[name], node)
        return self._bare(f"g:{self.module.module}.{name}", node)

    def _bare(self, root: str, node: ast.AST | None) -> Value:
        """A root by itself, where a name that means it is read."""
        return (Part(root, span=NOWHERE if node is None else self.span(node)),)

    def dotted(self, node: ast.expr) -> str:
        """The absolute dotted name of a ``Name`` or ``Attribute`` expression, or ``""``."""
        names = []
        while isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        base = self._dotted_name(node.id) if isinstance(node, ast.Name) else ""
        return ".".join((base, *reversed(names))) if base else ""

    def _dotted_name(self, name: str) -> str:
        for part in self.lookup(name, None):
            if part.root[:2] == "g:" and not part.path and all(step[0] == "." for step in part.access):
                return part.root[2:] + "".join(part.access)
        here = name in self.module.variables and (self.env is None or self.kind != "function" or name not in self.env)
        return f"{self.module.module}.{name}" if here else ""

    def type(self, annotation: ast.expr | None) -> Type:
        """What an annotation means here."""
        return type_of(annotation, self.dotted, self._complain)

    def typed(self, type_: Type, node: ast.AST) -> Value:
        """An unknown value of an annotated type."""
        if not type_.names:
            return ()
        self.types.append(type_)
        return (Part(f"t{len(self.types) - 1}", span=self.span(node)),)

    def _complain(self, words: tuple[str, ...], node: ast.expr) -> None:
        self.module.marks.complain(words, self.span(node))

    def known(self, name: str) -> Known | None:
        """The texts that a variable is known to stand for, or ``None``."""
        frame: Frame | None = self
        while frame is not None:
            if frame is self or frame.kind != "class":
                for loop in frame.loops:
                    loop.asks(name, frame.constants)
                if name in frame.constants:
                    return frame.constants[name]
                if name in frame.variables:
                    return None
            frame = frame.parent
        return None

    def constant(self, name: str) -> Constant:
        """The one text that a variable is known to stand for, or ``None``."""
        known = self.known(name)
        whole = known is not None and len(known.words) == 1 and not known.many and "\0" not in known.words[0]
        return known.words[0] if known is not None and whole else None

    # -- assignment -------------------------------------------------------------------------------------------

    def assign(self, name: str, value: Value, node: ast.AST, *, hop: bool = True, known: Known | None = None) -> None:
        """Bind a variable; ``known`` are the texts that it stands for from now on."""
        if self.env is None:
            return
        held = self.variables.get(name)
        if held is not None:
            old = self.constants.get(name)
            if known is not old:
                known = known if known == old else None if known is None or old is None else old.union(known)
        self.constants[name] = known
        if value:
            step = None
            if hop:
                span = self.span(node)
                step = Hop(span.line, span.column, name)
            value = named(value, name, step, self.module.speaks)
            if len(value) == 1 and value[0].access and value[0].access[-1][0] == "#" and self.module.speaks(name):
                self.remember(value)  # email = row[6]
        if name in self.outer_names:
            span = self.span(node)
            self.writes.append(Write(Part(self.outer_names[name], span=span), value, span))
            return
        self.env[name] = value
        if held is None:
            self.variables[name] = [value]
        else:
            held.append(value)

    def hold(self, name: str, value: Value) -> None:
        """A variable holds a value from here on, whatever it is called and wherever that came from."""
        if self.env is not None:
            self.env[name] = value
            if name in self.variables:
                self.variables[name].append(value)
            else:
                self.variables[name] = [value]

    def store(self, base: ast.expr, steps: Path, value: Value, node: ast.AST) -> None:
        """Write ``value`` at ``steps`` below the object that the expression ``base`` names."""
        if self.env is None:
            return
        while type(base) is not ast.Name:
            if isinstance(base, (ast.Attribute, ast.Subscript)):
                steps = (self.step_of(base), *steps)
                base = base.value
            elif (mapping := mapping_of_default(base)) is not None and isinstance(base, ast.Call):
                steps = (self.key_step(base.args[0]), *steps)
                base = mapping
            else:
                return
        old = self.lookup(base.id, None, adding=True)
        span = self.span(node)
        for part in old:
            if part.path:
                continue
            made = part.root[0] == "c" and steps[-1][0] != "."  # what a call gave may keep it: a shelf, a sheet
            if made or part.root[0] in SHARED_ROOTS:
                target: Value = (place(part, plain(part.access)),)
                for step in steps:
                    target = read(target, step)
                for each in target:
                    self.writes.append(Write(place(each, widened(each.access)), value, span))
        if base.id in self.env or self.kind == "module":
            self.hold(base.id, write(old, steps, value))

    def remember(self, value: Value) -> None:
        """Something was read by name, or is called by one: evidence that it lies in what it was read of, wherever the
        reading leads.
        """
        if len(self.keys) < MAX_KEYS:
            for part in value:
                if not part.path and part.access and part.root[0] in "cpgv":
                    self.keys.setdefault((part.root, part.access), part)

    def merge(self, base: ast.expr, value: Value, node: ast.AST) -> None:
        """Take the items of one mapping into another: ``row.update(other)``."""
        if isinstance(base, ast.Name) and self.env is not None and base.id in self.env:
            for part in self.lookup(base.id, None, adding=True):
                if part.root[0] == "p" and not part.path and not part.access:  # whoever handed it over has it, too
                    self.writes.append(Write(place(part, ()), value, self.span(node)))
            self.hold(base.id, join(self.env[base.id], value))
        else:
            for step, held in by_key(value).items():
                self.store(base, (step,), held, node)

    def step_of(self, node: ast.Attribute | ast.Subscript) -> str:
        """The path step that an attribute or a subscript takes."""
        if isinstance(node, ast.Attribute):
            return f".{node.attr}"
        return self.key_step(node.slice)

    def key_step(self, key: ast.expr) -> str:
        """The path step under which something is stored."""
        if isinstance(key, ast.Name):
            name = self.constant(key.id)
            if isinstance(name, str):
                return f"[{name}"
        if isinstance(key, ast.Attribute):
            dotted = self.dotted(key)
            text = self.module.class_texts.get(dotted.removesuffix(".value"))
            return f"[{text}" if text is not None else f"?[g:{dotted}" if dotted else "["
        return subscript_step(key)

    # -- control ----------------------------------------------------------------------------------------------

    def fork(self) -> Environment | None:
        """A copy of the environment, to be walked by one branch."""
        return None if self.env is None else dict(self.env)

    def leave(self) -> None:
        """A ``return``, a ``raise``, or the end of a loop's round: control goes on elsewhere, in a ``try`` perhaps in
        its handlers.
        """
        if self.left is not None and self.env is not None:
            self.left.append(self.env)
        self.env = None

    @contextmanager
    def holding(self, narrowed: Environment) -> Iterator[None]:
        """Evaluate an expression where some variables are known to be less than they were."""
        if not narrowed or self.env is None:
            yield
            return
        whole = {name: self.env[name] for name in narrowed}
        self.env.update(narrowed)
        yield
        for name, value in narrowed.items():
            if self.env.get(name) is value:
                self.env[name] = whole[name]

    def unite(self, *environments: Environment | None) -> None:
        """Go on with the join of what the branches left. The first of them that is left at all is nobody else's from
        then on: it becomes the join.
        """
        united: Environment | None = None
        for env in environments:
            if env is None:
                continue
            if united is None:
                united = env
                continue
            for name in [each for each in united if each not in env] if self.loops else ():
                for loop in self.loops:
                    loop.joins(name, united[name], None)
            for name, value in env.items():
                if name in united and united[name] is value:  # nearly all are: asked first
                    continue
                mine = united.get(name)
                for loop in self.loops:
                    loop.joins(name, mine, value)
                united[name] = value if mine is None else join(mine, value)
        self.env = united

    # -- places -----------------------------------------------------------------------------------------------

    def marked(self, node: ast.AST) -> tuple[str, ...]:
        """The categories marked at the end of a statement or of its first line."""
        if not self.module.marks.by_line:
            return ()
        return self.module.marks.take(node.lineno, node.end_lineno)  # type: ignore[attr-defined]

    def as_marked(self, value: Value, target: ast.expr, first: int, last: int | None) -> Value:
        """A value that a target is given on some lines: what a mark there says, else as it is."""
        marks = self.module.marks.take(first, last) if self.module.marks.by_line else ()
        return marked_value(marks, self.span(target)) if marks else value

    def call(
        self,
        callee: Value,
        text: str,
        args: tuple[Argument, ...],
        node: ast.AST,
        kind: str = "call",
        held: Value = (),
    ) -> Value:
        """Record a call and give its result."""
        span = self.span(node)
        if self.env is None:
            return ()
        if text[text.rfind(".") + 1 :] in self.module.setters and self._may_be_of_library(callee):
            self.module.configures.append((span.line, span.end_line))
        self.calls.append(Call(callee, text, args, span, kind, held))
        return (Part(f"c{len(self.calls) - 1}", span=span),)

    def rewind(self, calls: int) -> None:
        """Go back to where so many calls had been made: what follows is walked again, which sees all that was seen."""
        del self.calls[calls:]
        for key in [key for key in self.keys if key[0][0] == "c" and int(key[0][1:]) >= calls]:
            del self.keys[key]

    def made(self, part: Part) -> Call | None:
        """The call whose whole result a part is. Of a round of a loop that is walked again there may be none yet."""
        if part.root[0] != "c" or part.access or part.path:
            return None
        number = int(part.root[1:])
        return self.calls[number] if number < len(self.calls) else None

    def _may_be_of_library(self, callee: Value) -> bool:
        """Whether a callee may be a library's: no method of a built-in object, nor of one that ``self`` keeps."""
        for part in callee:
            number = int(part.root[1:]) if part.root[0] == "c" else -1
            if number >= len(self.calls):
                return True  # of a round of a loop that is walked once more: nobody knows yet
            made = self.calls[number].callee if number >= 0 else (part,)
            is_builtin = any(each.root.startswith("g:builtins.") for each in made)
            if not is_builtin and part.root[0] != "x" and part.root != "p0":
                return True
        return False


def mapping_of_default(node: ast.expr) -> ast.expr | None:
    """The mapping in which lies what ``groups.setdefault(key, [])`` gives, to be filled there."""
    function = node.func if type(node) is ast.Call and node.args else None
    return function.value if type(function) is ast.Attribute and function.attr == "setdefault" else None


def _is_global(value: Value) -> bool:
    return not [part for part in value if part.path or part.root[:2] != "g:"]  # cheaper than all() of so few
