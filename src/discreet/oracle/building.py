"""astroid, made to read and never to import.

As it comes, astroid imports: extension modules that bear a name of the standard library, the parents of such modules
(``importlib.util.find_spec``), ``gi`` and all below it; and it searches ``sys.path``, which is discreet's environment
and not the project's. So the one door through which it gets at modules, ``AstroidManager.ast_from_module_name``, is
replaced. This is done to the class, since astroid makes managers wherever it needs one; it is done in the oracle's own
process only (:mod:`discreet.oracle.helper`), and nowhere else should this module be imported.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from typing import Any

from astroid import builder, nodes  # type: ignore[import-untyped]
from astroid.context import InferenceContext, _invalidate_cache  # type: ignore[import-untyped]
from astroid.exceptions import AstroidBuildingError  # type: ignore[import-untyped]
from astroid.manager import AstroidManager  # type: ignore[import-untyped]

from discreet.oracle.budget import Budget
from discreet.oracle.locate import Locator

MAX_FILE_BYTES = 2_000_000
MAX_INFERRED = 1_000
"""Results of one inference, all its parts together; astroid's own 100 is too little for ``logging.getLogger``."""
MAX_BUILT = 600
"""Modules kept; then all are forgotten. One takes 0.6 MB on average."""


class Library:
    """The modules of an environment as astroid sees them."""

    def __init__(self, locator: Locator, budget: Budget) -> None:
        self.locator = locator
        self.budget = budget
        self.manager: Any = AstroidManager()
        self._failed: set[str] = set()
        self._files: dict[str, str] = {}
        self._install()

    def begin(self) -> None:
        """A new question: nothing that was inferred for an earlier one may have a part in its answer."""
        self.budget.begin()
        _invalidate_cache()
        if len(self.manager.astroid_cache) > MAX_BUILT:
            self.manager.clear_cache()
            self.budget.forget()
            self._failed.clear()
            self._files.clear()

    def module(self, name: str, context_file: str | None = None, use_cache: bool = True) -> Any:
        """The module of a dotted name; raises astroid's own error where there is none."""
        if name in self._failed:
            raise AstroidBuildingError("{modname} can't be built", modname=name)
        built = self.manager.astroid_cache.get(name)
        if built is not None:
            self.budget.touch(name)
            return built
        if name in sys.builtin_module_names:
            return self.manager.ast_from_module(importlib.import_module(name), name)
        found = self.locator.find(name) if name != "__main__" else None
        if found is None:
            raise AstroidBuildingError("no module named {modname}", modname=name)
        self._files[name] = found.path
        return self._build(name, found.path, found.folders)

    def _build(self, name: str, path: str, folders: tuple[str, ...]) -> Any:
        if not path:
            module = builder.build_namespace_package_module(name, list(folders))
            self.manager.cache_module(module)
            return module
        done = False
        try:
            size = os.path.getsize(path)
            if size > MAX_FILE_BYTES:
                raise AstroidBuildingError("{modname} is too large", modname=name)
            with self.budget.building(name, size):
                module = builder.AstroidBuilder(self.manager).file_build(path, name)
            done = True
            return module
        except AstroidBuildingError:
            self._failed.add(name)
            raise
        except Exception as error:  # deep nesting, odd encodings, a brain plugin that stumbles: unknown, for good
            self._failed.add(name)
            raise AstroidBuildingError("{modname} can't be built", modname=name) from error
        finally:
            if not done:
                self.manager.astroid_cache.pop(name, None)

    def looked_below(self, folders: tuple[str, ...]) -> bool:
        """Whether the question at hand needed a file of one of these directories."""
        return any(self._files.get(name, "").startswith(folders) for name in self.budget.touched)

    def _install(self) -> None:
        library, budget = self, self.budget

        def from_name(manager: Any, name: Any, context_file: Any = None, use_cache: bool = True) -> Any:
            if name is None:
                raise AstroidBuildingError("no module name")
            return library.module(name)

        infer = nodes.NodeNG.infer

        def counted(node: Any, context: InferenceContext | None = None, **kwargs: Any) -> Iterator[Any]:
            budget.step()
            found: Iterator[Any] = infer(node, context, **kwargs)
            return found

        self.manager.always_load_extensions = False
        InferenceContext.max_inferred = MAX_INFERRED
        AstroidManager.ast_from_module_name = from_name
        builder.AstroidBuilder.delayed_assattr = _delayed_assattr
        nodes.NodeNG.infer = counted
        classes = self.manager._transform.transforms[nodes.ClassDef]
        classes[:] = [(each, _is_enum if _finds_enums(asked) else asked) for each, asked in classes]


def _finds_enums(predicate: Any) -> bool:
    """Whether this is how astroid finds the classes that it takes for enumerations."""
    return getattr(predicate, "__name__", "") == "_is_enum_subclass"


def _is_enum(cls: Any) -> bool:
    """Whether a class is an enumeration, by the names of its bases.

    astroid infers all ancestors of every class it builds, through all modules: SQLAlchemy's cost more than a question
    may, and all questions about it went unanswered.
    """
    return any(name.rpartition(".")[2].endswith(("Enum", "Flag")) for name in cls.basenames)


def _delayed_assattr(self: Any, node: Any) -> None:
    """An assignment to an attribute: entered where it is ``self.x`` or ``cls.x`` in a method, or ``Class.x`` beside the
    class, without inference.

    astroid infers whose attribute it is, through all modules. That takes most of the time of building, and lets what is
    known of a class depend on who else has been read before.
    """
    held = _holder(node) if isinstance(node.expr, nodes.Name) else None
    if held is not None and node not in held.setdefault(node.attrname, []):
        held[node.attrname].append(node)


def _holder(node: Any) -> Any:
    """Where astroid keeps the attribute that is assigned to: a class's own, or its instances'."""
    function = node.frame()
    if isinstance(function, nodes.Module):
        named = function.locals.get(node.expr.name, ())
        return named[0].locals if len(named) == 1 and isinstance(named[0], nodes.ClassDef) else None
    if not isinstance(function, nodes.FunctionDef) or function.parent is None:
        return None
    owner = function.parent.frame()
    arguments = (function.args.posonlyargs or []) + (function.args.args or [])
    if not isinstance(owner, nodes.ClassDef) or not arguments or arguments[0].name != node.expr.name:
        return None
    return owner.locals if function.type == "classmethod" or function.name == "__new__" else owner.instance_attrs
