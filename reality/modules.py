"""Modules of libraries as text: where they lie, and what names they bind. Nothing is ever imported."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

Node = ast.AST


class Module:
    """One module: its ``.py``, its ``.pyi``, or both, with what they bind.

    Attributes:
        name: as it is imported.
        is_package: whether others lie below it.
    """

    def __init__(self, name: str, files: Sequence[Path], is_package: bool) -> None:
        self.name = name
        self.files = files
        self.is_package = is_package

    @cached_property
    def trees(self) -> tuple[ast.Module, ...]:
        """What can be parsed of it."""
        return tuple(tree for tree in map(parsed, self.files) if tree is not None)

    @cached_property
    def bound(self) -> dict[str, list[Node]]:
        """What binds each name at the module's top level, in order; a name may be bound on several branches."""
        return bound_by([statement for tree in self.trees for statement in tree.body])

    @cached_property
    def stars(self) -> list[ast.ImportFrom]:
        """The imports of all of another module."""
        return [
            each
            for tree in self.trees
            for each in flat(tree.body)
            if isinstance(each, ast.ImportFrom) and each.names[0].name == "*"
        ]

    @cached_property
    def words(self) -> frozenset[str]:
        """All texts in it: a module that imports lazily names there what it can give."""
        return frozenset(
            each.value
            for tree in self.trees
            for each in ast.walk(tree)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )

    @cached_property
    def is_dynamic(self) -> bool:
        """Whether names can come into being when it runs."""
        for tree in self.trees:
            for each in ast.walk(tree):
                if isinstance(each, ast.Name) and each.id in ("globals", "setattr"):
                    return True
                if isinstance(each, ast.Attribute) and each.attr == "modules":
                    return True
        return "__getattr__" in self.bound

    def put_into(self, owner: str, name: str) -> list[Node]:
        """What puts an attribute into a class at the module's top level: ``Client.send = quick.send``."""
        return [
            each
            for tree in self.trees
            for each in flat(tree.body)
            if isinstance(each, ast.Assign) and any(ast.unparse(to) == f"{owner}.{name}" for to in each.targets)
        ]

    def says(self, name: str) -> bool:
        """Whether a word stands anywhere in it."""
        word = re.compile(rb"(?<!\w)%s(?!\w)" % re.escape(name.encode()))
        return any(word.search(path.read_bytes()) for path in self.files)

    def absolute(self, level: int, module: str | None) -> str:
        """The dotted name that an import in here means."""
        if not level:
            return module or ""
        parts = self.name.split(".")
        kept = parts[: len(parts) - level + self.is_package]
        return ".".join([*kept, *([module] if module else [])])


class Shelf:
    """Where modules lie.

    Args:
        roots: directories as on ``sys.path``: libraries first, then the standard library.
        stubs: directories of ``.pyi`` files that speak for what has no source, such as what is written in C.
    """

    def __init__(self, roots: Sequence[Path], stubs: Sequence[Path] = ()) -> None:
        self._roots = tuple(roots)
        self._stubs = tuple(stubs)
        self._known: dict[str, Module | None] = {}

    def module(self, name: str) -> Module | None:
        """The module of a dotted name."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def is_binary(self, name: str) -> bool:
        """Whether a module is there as machine code."""
        *above, last = name.split(".")
        return any(
            each.name.split(".")[0] == last
            for root in self._roots
            for suffix in ("so", "pyd")
            for each in root.joinpath(*above).glob(f"{last}.*{suffix}")
        )

    def below(self, name: str) -> Iterator[Module]:
        """A package and all modules in it."""
        for root in (*self._roots, *self._stubs):
            folder = root.joinpath(*name.split("."))
            if folder.is_dir():
                for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.pyi"))):
                    parts = path.relative_to(root).with_suffix("").parts
                    found = self.module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
                    if found is not None:
                        yield found

    def _found(self, name: str) -> Module | None:
        """The first module of that name on the shelf, with what stubs say of it."""
        parts = name.split(".")
        files: list[Path] = []
        is_package = False
        for root in self._roots:
            found, is_folder = _at(root.joinpath(*parts))
            is_package = is_package or (is_folder and not files)
            files = files or found
        for root in self._roots:
            files += _at(root.joinpath(f"{parts[0]}-stubs", *parts[1:]))[0]
        for root in self._stubs:
            found, is_folder = _at(root.joinpath(*parts))
            is_package = is_package or is_folder
            files += found
        return Module(name, files, is_package) if files or is_package else None


def _at(place: Path) -> tuple[list[Path], bool]:
    """The files of the module at a place, and whether it is a package."""
    inside = [each for name in ("__init__.py", "__init__.pyi") if (each := place / name).is_file()]
    beside = [each for end in (".py", ".pyi") if (each := place.parent / f"{place.name}{end}").is_file()]
    return inside or beside, bool(inside) or (place.is_dir() and not beside)


def parsed(path: Path) -> ast.Module | None:
    """The tree of a file, or none if this Python can't parse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, OSError):
        return None


def flat(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements and those in their blocks, but not those of functions and classes."""
    for statement in statements:
        yield statement
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for field in ("body", "orelse", "finalbody", "handlers"):
            for inner in getattr(statement, field, ()):
                yield from flat(inner.body if isinstance(inner, ast.ExceptHandler) else [inner])


def bound_by(statements: Sequence[ast.stmt]) -> dict[str, list[Node]]:
    """What binds each name in a block."""
    found: dict[str, list[Node]] = {}
    for statement in flat(statements):
        for name in _names(statement):
            found.setdefault(name, []).append(statement)
    return found


def _names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import):
        yield from (each.asname or each.name.partition(".")[0] for each in statement.names)
    elif isinstance(statement, ast.ImportFrom):
        yield from (each.asname or each.name for each in statement.names if each.name != "*")
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.For | ast.With | ast.AugAssign):
        yield from (each.id for each in ast.walk(statement) if isinstance(each, ast.Name) and _is_stored(each))


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)
