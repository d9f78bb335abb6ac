"""Roots: where absolute imports begin, in a repository that holds several programs.

``services/billing`` and ``services/support`` may each have a ``config.py`` and an ``app`` package, and each means its
own. Python would take the first on ``sys.path``; what is on it nobody knows, so the nearest is taken. A directory with
an ``__init__.py`` may be on it as well: ``models.users`` means what lies beside, if it does and nothing else is meant.

Names are followed by where files lie, as Python follows them, and only then called what they are called here: a
directory without an ``__init__.py`` between two packages is part of a path, and of no module's name.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from discreet.facts.model import Outline
from discreet.flow.index import packages_of

Place = tuple[str, ...]
"""The names of directories from the top down, and of a file without its ending if it leads to one."""


class Mover:
    """What tells the true name of anything that a module refers to. Those share one for which the same names begin in
    the same directories.

    Args:
        roots: where names may begin.
        begun: the first names that need not mean what they say, each with the directories in which it may begin.
    """

    def __init__(self, roots: Roots, begun: dict[str, list[Place]]) -> None:
        self._roots = roots
        self._begun = begun
        self._words = [name.encode("utf-8", "surrogatepass") for name in begun]
        self._known: dict[str, str] = {}

    def __call__(self, dotted: str) -> str:
        """The true name."""
        known = self._known.get(dotted)
        if known is None:
            first, _, rest = dotted.partition(".")
            begun = self._begun.get(first)
            known = self._known[dotted] = self._roots.moved(first, rest, begun) if begun is not None else dotted
        return known

    def may_move(self, encoded: bytes) -> bool:
        """Whether any name in some encoded facts may be another in truth."""
        return any(word in encoded for word in self._words)


class Roots:
    """The directories from which names can be imported.

    Args:
        outlines: All modules, by name.
    """

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self._outlines = outlines
        self._packages = packages_of(outlines)
        regular = {_place(each) for each in outlines.values() if each.is_package}
        self._called: dict[Place, str] = {}  # what lies where; "" for a directory that is part of no module's name
        self._homes: dict[str, dict[Place, None]] = {}  # the directories, no regular packages, in which a name lies
        self._inner: dict[str, dict[Place, None]] = {}  # the regular packages in which it lies
        unnamed = set[str]()
        for each in outlines.values():
            place, parts = _place(each), each.module.split(".")
            for start, name in enumerate(place):
                below = len(place) - start - 1
                called = ".".join(parts[: -below or None])
                if not below or not self._called.get(place[: start + 1]):
                    self._called[place[: start + 1]] = called
                if name in sys.stdlib_module_names:
                    continue
                if place[:start] in regular:
                    self._inner.setdefault(name, {})[place[:start]] = None
                else:
                    self._homes.setdefault(name, {})[place[:start]] = None
                    if not called:
                        unnamed.add(name)  # who imports from above it begins with the directory
        self._homes = {name: homes for name, homes in self._homes.items() if len(homes) > 1 or name in unnamed}
        self._movers: dict[tuple[tuple[str, tuple[Place, ...]], ...], Mover] = {}

    def let_go(self) -> None:
        """Forget the true names that were told."""
        self._movers.clear()

    def mover(self, outline: Outline) -> Mover | None:
        """What tells the true name of anything a module refers to; ``None`` where names mean what they say."""
        begun = {
            name: found
            for name in outline.imports
            if (name in self._homes or name in self._inner) and (found := self._begun(name, outline))
        }
        if not begun:
            return None
        key = tuple([(name, tuple(places)) for name, places in begun.items()])
        known = self._movers.get(key)
        if known is None:
            known = self._movers[key] = Mover(self, begun)
        return known

    def _begun(self, name: str, outline: Outline) -> list[Place]:
        """The directories in which a name may begin that a module says, those first that it more likely means: the
        nearest, then packages around the module, innermost first, then those that lie elsewhere. The module itself
        means a library by its own name.
        """
        here = tuple(outline.path.split("/")[:-1])
        homes = sorted(self._homes.get(name, ()), key=lambda home: (-_shared(home, here), len(home), home))
        found = self._inner.get(name, {})
        inner = [here[:size] for size in range(len(here), -1, -1) if here[:size] in found]
        inner = [each for each in inner if self._called.get((*each, name)) != outline.module]
        above = [index for index, home in enumerate(homes) if here[: len(home)] == home]
        after = above[-1] + 1 if above else 0
        return [*homes[:after], *inner, *homes[after:]]

    def moved(self, first: str, rest: str, begun: list[Place]) -> str:
        """The true name of something, by the directories in which its name may begin."""
        after = rest.partition(".")[0]
        if first not in self._homes and (not rest or self._is_there(first, after)):
            return f"{first}.{rest}" if rest else first
        for directory in begun:
            place = (*directory, first)
            if not rest and self._is_only_around(place):
                place = (*place, first)
            if not rest or self._leads(place, rest.split(".")):
                return self._true_name(place, rest) or first
        homes = self._homes.get(first, {})
        names = [self._called.get((*directory, first), "") for directory in begun if directory in homes]
        modules = [name for name in names if name in self._outlines]
        package = any(name in self._packages and name not in self._outlines for name in names)
        return f"{modules[0]}.{rest}" if modules and not package else f"{first}.{rest}"

    def _leads(self, place: Place, parts: list[str]) -> bool:
        """Whether there is what names below a place begin with. What lies below a directory that is no package may
        also lie elsewhere: one with ``discord/ext/menus`` in it says nothing of ``discord.ext.commands``.
        """
        for part in parts:
            if (*place, part) not in self._called:
                return self._defines(self._called[place], part)
            place = (*place, part)
            if self._called[place] in self._outlines:
                return True
        return True

    def _is_only_around(self, place: Place) -> bool:
        """Whether a directory is none of a package, but that of a project, in which the package of its name lies."""
        inner = self._called.get((*place, place[-1]))
        return self._called.get(place) not in self._outlines and inner in self._outlines

    def _true_name(self, place: Place, rest: str) -> str:
        """What something is called by the file or directory, of those on the way to it, that is nearest to it and part
        of a name.
        """
        parts = rest.split(".") if rest else []
        for size in range(len(parts), -1, -1):
            called = self._called.get((*place, *parts[:size]))
            if called:
                return ".".join((called, *parts[size:]))
        return rest

    def _is_there(self, module: str, name: str) -> bool:
        """Whether there is a name in a module or package of a name."""
        return f"{module}.{name}" in self._packages or self._defines(module, name)

    def _defines(self, module: str, name: str) -> bool:
        """Whether a module has a function or a class of a name."""
        outline = self._outlines.get(module)
        return outline is not None and (name in outline.functions or name in outline.classes)


def _place(outline: Outline) -> Place:
    """Where a module lies; a package is its directory."""
    parts = tuple(outline.path.removesuffix(".py").split("/"))
    return parts[:-1] if outline.is_package else parts


def _shared(one: Place, other: Place) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count
