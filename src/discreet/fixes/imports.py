"""The name by which a file calls a redactor: one that it has imported already, else a new import in the right place."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import libcst as cst

from discreet.fixes.cycles import absolute, binds, bound_names, way_back
from discreet.fixes.edits import Piece, replaced
from discreet.fixes.parsed import Parsed
from discreet.fixes.program import Module, Program
from discreet.fixes.redactors import Redactor, doubt_of
from discreet.fixes.refusal import Misdeclared, Refused
from discreet.fixes.source import place_in

ELSEWHERE = "the redactor may not be on the import path here"


class Called(NamedTuple):
    """What a redactor is called in a file, whether that takes a new import, and why that is unsafe."""

    redactor: Redactor
    name: str
    is_new: bool = False
    unsafe: str = ""

    @property
    def imported(self) -> str:
        """The name in an import statement."""
        own = self.redactor.name
        return own if self.name == own else f"{own} as {self.name}"


class Naming:
    """Gives redactors their names in one file.

    Args:
        parsed: The file.
        tree: Its syntax tree, as Python has it.
        program: What is around it.
    """

    def __init__(self, parsed: Parsed, tree: ast.Module, program: Program) -> None:
        self._parsed = parsed
        self._tree = tree
        self._program = program
        self._module = program.at(parsed.source.path)
        self._bound = Counter(bound_names(tree))
        self._given: dict[Redactor, Called] = {}

    def of(self, redactor: Redactor, first: int, *, dotted: bool = False) -> Called:
        """What a redactor is called.

        Args:
            redactor: Which one; any other function goes as well.
            first: Where in the text it is first needed.
            dotted: It may be called as an attribute of its module, where that is imported.

        Raises:
            Refused: it can't be imported here.
        """
        if redactor not in self._given:
            doubt = doubt_of(redactor)
            found = (
                self._imported(redactor, first)
                or (self._below_module(redactor, first) if dotted else None)
                or self._added(redactor)
            )
            self._given[redactor] = found._replace(unsafe=found.unsafe or doubt)
        return self._given[redactor]

    def _imported(self, redactor: Redactor, first: int) -> Called | None:
        """The name of a plain import at the top of the file, if nothing else ever takes that name."""
        line, _ = place_in(self._parsed.source.text, first)
        for node in self._tree.body:
            if not isinstance(node, ast.ImportFrom) or node.lineno >= line:
                continue
            if absolute(node, self._module) != redactor.module:
                continue
            for alias in node.names:
                name = alias.asname or alias.name
                if alias.name == redactor.name and self._bound[name] == 1 and not _is_mangled(name):
                    return Called(redactor, name)
        return None

    def _below_module(self, redactor: Redactor, first: int) -> Called | None:
        """The name below its module, if that is imported at the top of the file and nothing else takes its name."""
        line, _ = place_in(self._parsed.source.text, first)
        for node in self._tree.body:
            for alias in node.names if isinstance(node, ast.Import) and node.lineno < line else ():
                name = alias.asname or alias.name
                if alias.name == redactor.module and self._bound[name.partition(".")[0]] == 1:
                    return Called(redactor, f"{name}.{redactor.name}")
        return None

    def _added(self, redactor: Redactor) -> Called:
        unsafe = self._check(redactor)
        return Called(redactor, self._free(redactor), True, unsafe)

    def _check(self, redactor: Redactor) -> str:
        """Why the import is unsafe, if it is.

        Raises:
            Refused: it would not work.
        """
        target = self._program.called(redactor.module)
        if target is None:
            if self._program.called(redactor.module.partition(".")[0]) is not None:
                raise Misdeclared(f"there is no module {redactor.module}")
            return ""  # somebody else's library
        if target.name == self._module.name:
            raise Refused("it is the redactor's own module")
        if not binds(self._program, target, redactor.name):
            raise Misdeclared(f"{redactor.module} has no {redactor.name}")
        back = way_back(self._program, self._module, target)
        if back:
            raise Refused(f"importing {redactor.module} here would close a circle: {back[-1]} imports this module")
        same = target.root is not None and target.root == self._module.root
        return "" if same and self._is_found(target) else ELSEWHERE

    def _is_found(self, target: Module) -> bool:
        """Whether what lies on the redactor's import path is surely found from here. A file in a directory that is no
        package may be run as a script, from anywhere.
        """
        top, own = target.name.partition(".")[0], self._module.name.partition(".")[0]
        package = self._program.called(own)
        if own in (top, self._module.name) or (package is not None and package.is_package):
            return True
        imported = (node for node in self._tree.body if isinstance(node, (ast.Import, ast.ImportFrom)))
        return any(name.partition(".")[0] == top for node in imported for name in _sources(node, self._module))

    def _free(self, redactor: Redactor) -> str:
        """A name that nothing in the file has. One with an underscore is not handed on to who imports everything."""
        taken = self._parsed.names | self._bound.keys() | {each.name for each in self._given.values()}
        hidden = not _states_all(self._tree) and self._program.is_starred(self._module.name)
        wanted = f"_{redactor.name.lstrip('_')}" if hidden or _is_mangled(redactor.name) else redactor.name
        number = 1
        name = wanted
        while name in taken:
            name = f"_{redactor.name.lstrip('_')}" + (f"_{number}" if number > 1 else "")
            number += 1
        return name


def _is_mangled(name: str) -> bool:
    """Whether a name means another one inside a class."""
    return name.startswith("__") and not name.endswith("__")


def _states_all(tree: ast.Module) -> bool:
    """Whether a module says by their names what is imported from it by ``*``; what is worked out may be any of them."""
    targets = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    value = targets.get("__all__")
    return value is not None and not any(isinstance(each, (ast.Call, ast.comprehension)) for each in ast.walk(value))


def _sources(node: ast.Import | ast.ImportFrom, module: Module) -> list[str]:
    """The dotted names of the modules that an import takes something from."""
    return [absolute(node, module)] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]


def additions(parsed: Parsed, called: Iterable[Called], first: int) -> list[Piece]:
    """The import statements that some names need: one for each module, in the place where they belong.

    Args:
        parsed: The file.
        called: The names.
        first: Where in the text one of them is first needed.
    """
    modules: dict[str, set[str]] = {}
    for each in called:
        if each.is_new:
            modules.setdefault(each.redactor.module, set()).add(each.imported)
    lines = [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(modules.items())]
    return [_placed(parsed, first, parsed.source.newline.join(lines))] if lines else []


def _placed(parsed: Parsed, first: int, line: str) -> Piece:
    """Import lines after the last import at the top that stands before ``first``; else after the docstring, else
    before everything.
    """
    source, newline = parsed.source, parsed.source.newline
    body = parsed.tree.body
    anchor: cst.SimpleStatementLine | None = None
    is_import = False
    for number, statement in enumerate(body):
        _, end = parsed.range(statement)
        if end > first or isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
            break
        if not isinstance(statement, cst.SimpleStatementLine):
            continue
        if isinstance(statement.body[0], (cst.Import, cst.ImportFrom)):
            anchor, is_import = statement, True
        elif number == 0 and parsed.tree.get_docstring(clean=False) is not None:
            anchor = statement
    if anchor is None:
        start_line = min(
            parsed.lines(body[0])[0], *(parsed.lines(each)[0] for each in getattr(body[0], "decorators", ())), 1 << 60
        )
        gap = newline * (3 if isinstance(body[0], (cst.FunctionDef, cst.ClassDef)) else 2)
        return _added(source.offset(start_line, 0), line + gap)
    after = parsed.lines(anchor)[1] + 1
    if after > source.lines:
        return _added(len(source.text), newline + line)
    offset = source.offset(after, 0)
    if is_import:
        return _added(offset, line + newline)
    blank = source.text[offset:].startswith((newline, "\n", "\r"))
    return _added(offset, newline + line + newline + ("" if blank else newline))


def _added(offset: int, lines: str) -> Piece:
    return replaced(offset, offset, lines, "import")
