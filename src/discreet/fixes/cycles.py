"""Whether an import would close a circle: told from the text of the modules, nothing is imported."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import lru_cache

from discreet.fixes.program import Module, Program


def way_back(program: Program, importer: Module, target: Module) -> list[str]:
    """The modules through which importing ``target`` leads back to the importer; empty where it doesn't.

    A package above both has begun before either of them, and for what lies in it is only a way back if something is
    taken out of it. For all others a package begins with what they want of it: so the importer is reached by what
    lies in it, too.
    """
    begun = {*_packages(importer.name), importer.name}.intersection(_packages(target.name))
    first = [target.name, *(name for name in _packages(target.name) if name not in begun)]
    came_from = dict.fromkeys((name for name in first if program.called(name) is not None), "")
    waiting = list(came_from)
    while waiting:
        name = waiting.pop(0)
        is_passed = begun.isdisjoint(_chain(name, came_from))
        passed = [each for each in begun if is_passed and name.startswith(f"{each}.")]
        for wanted in _wanted(program, name):
            needed = [wanted, *(each for each in _packages(wanted) if each not in passed)]
            if importer.name in needed:
                return _chain(name, came_from)
            for each in needed:
                if each not in came_from and program.called(each) is not None:
                    came_from[each] = name
                    waiting.append(each)
    return []


def _chain(name: str, came_from: dict[str, str]) -> list[str]:
    chain = [name]
    while came_from[chain[-1]]:
        chain.append(came_from[chain[-1]])
    return chain[::-1]


def _packages(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _wanted(program: Program, name: str) -> Iterator[str]:
    """The modules that a module of the program imports when it is imported itself."""
    module = program.called(name)
    tree = tree_in(program, module) if module is not None else None
    if module is None or tree is None:
        return
    for node in _at_import(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
            continue
        base = absolute(node, module)
        for alias in node.names:
            below = f"{base}.{alias.name}"
            yield below if program.called(below) is not None else base


def absolute(node: ast.ImportFrom, module: Module) -> str:
    """The dotted name of the module that a ``from`` import takes something from."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    kept = parts[: len(parts) - node.level + module.is_package]
    return ".".join((*kept, node.module) if node.module else kept)


def _at_import(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that are executed when a module is imported: none in a function, none for types only."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif isinstance(node, ast.If):
            waiting.extend((*(() if _is_for_types(node.test) else node.body), *node.orelse))
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.expr)):
            waiting.extend(ast.iter_child_nodes(node))


def _is_for_types(test: ast.expr) -> bool:
    """Whether a condition is ``TYPE_CHECKING``, and nothing else."""
    return "TYPE_CHECKING" in (getattr(test, "id", ""), getattr(test, "attr", ""))


def tree_in(program: Program, module: Module) -> ast.Module | None:
    """The syntax tree of a module of the program, if it can be read. It is looked at, never changed."""
    try:
        return _parsed(program.content(module.path))
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


@lru_cache(maxsize=256)
def _parsed(content: bytes) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(content)


def binds(program: Program, module: Module, name: str) -> bool:
    """Whether a module binds a name when it is imported; a file that can't be read binds nothing."""
    tree = tree_in(program, module)
    return tree is not None and name in bound_names(tree)


def bound_names(tree: ast.AST) -> list[str]:
    """Every name that is bound anywhere in a tree, in any scope, once for each time."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.extend(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.append(node.id)
        elif isinstance(node, ast.arg):
            found.append(node.arg)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            found.extend(node.names)
        else:
            name = getattr(node, "name", None)  # a function, a class, an exception, a pattern, a type parameter
            found.extend([name] if isinstance(name, str) and not isinstance(node, ast.alias) else [])
    return found
