"""Roots: where absolute imports begin, in a repository that holds several programs.

``services/billing`` and ``services/support`` may each have a ``config.py`` and an ``app`` package, and each means its
own. Python would take the first on ``sys.path``; what is on it nobody knows, so the nearest is taken. A directory with
an ``__init__.py`` may be on it as well: ``models.users`` means what lies beside, if it does and nothing else is meant.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from discreet.facts.model import Outline
from discreet.flow.index import packages_of

Mover = Callable[[str], str]


class Roots:
    """The directories from which names can be imported.

    Args:
        outlines: All modules, by name.
    """

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self._outlines = outlines
        self._packages = packages_of(outlines)
        packages = {_parts(each)[:-1] for each in outlines.values() if each.is_package}
        self._homes: dict[str, dict[tuple[str, ...], dict[str, None]]] = {}
        self._inner: dict[str, dict[tuple[str, ...], str]] = {}  # what lies directly in a regular package, by its name
        self._unnamed: dict[tuple[str, ...], set[str]] = {}  # what lies in directories that are no part of its name
        for each in outlines.values():
            parts = _parts(each)
            names = parts[:-1] if each.is_package else parts
            for start in range(len(names)):
                if names[start] in sys.stdlib_module_names:
                    continue
                below = len(names) - start - 1
                prefix = ".".join(each.module.split(".")[: -below or None])
                if parts[:start] in packages:
                    self._inner.setdefault(names[start], {})[parts[:start]] = prefix
                else:
                    self._homes.setdefault(names[start], {}).setdefault(parts[:start], {})[prefix] = None
                    if not prefix:
                        self._unnamed.setdefault(names[: start + 1], set()).add(names[start + 1])
        self._homes = {name: homes for name, homes in self._homes.items() if len(homes) > 1 or self._is_unnamed(name)}

    def _is_unnamed(self, name: str) -> bool:
        """Whether a directory of this name, without an ``__init__.py``, holds packages that begin a name themselves:
        who imports from above it begins with the directory.
        """
        return any("" in prefixes for prefixes in self._homes[name].values())

    def mover(self, outline: Outline) -> Mover | None:
        """What tells the true name of anything a module refers to; ``None`` where names mean what they say."""
        here = _parts(outline)[:-1]
        homes = {
            name: sorted(found, key=lambda home: (-_shared(home, here), len(home), home))
            for name in outline.imports
            if (found := self._homes.get(name))
        }
        inner = {
            name: around
            for name in outline.imports
            if name not in homes and (around := self._around(name, here, outline))
        }
        if not homes and not inner:
            return None
        known: dict[str, str] = {}

        def moved(dotted: str) -> str:
            if dotted not in known:
                first, _, rest = dotted.partition(".")
                after = rest.partition(".")[0]
                inside = next((prefix for prefix in inner.get(first, ()) if self._has(prefix, after)), "")
                if inside:
                    known[dotted] = f"{inside}.{rest}"
                else:
                    known[dotted] = self._true_name(first, rest, homes[first]) if first in homes else dotted
            return known[dotted]

        return moved

    def _around(self, name: str, here: tuple[str, ...], outline: Outline) -> list[str]:
        """The modules and packages of a name in the packages around a module, innermost first: none where the name
        begins a module's from elsewhere, nor the module itself, which means a library by its own name.
        """
        if name in self._packages or name not in self._inner:
            return []
        found = self._inner[name]
        around = [found[here[:size]] for size in range(len(here), 0, -1) if here[:size] in found]
        return [each for each in around if each != outline.module]

    def _true_name(self, first: str, rest: str, homes: list[tuple[str, ...]]) -> str:
        """The nearest home in which there is what is asked for; else the nearest module, which may well have it."""
        prefixes = [prefix for home in homes for prefix in self._homes[first][home]]
        after = rest.partition(".")[0]
        for home in homes:
            below = self._unnamed.get((*home, first), set())
            for prefix in self._homes[first][home]:
                if not rest or (self._has(prefix, after) if prefix else after in below):
                    return ".".join(part for part in (prefix, rest) if part) or first
        modules = [prefix for prefix in prefixes if prefix in self._outlines]
        package = any(prefix in self._packages and prefix not in self._outlines for prefix in prefixes)
        return f"{modules[0]}.{rest}" if modules and not package else f"{first}.{rest}"

    def _has(self, prefix: str, name: str) -> bool:
        """Whether there is a name in a module or package."""
        if f"{prefix}.{name}" in self._packages:
            return True
        outline = self._outlines.get(prefix)
        return outline is not None and (name in outline.functions or name in outline.classes)


def _parts(outline: Outline) -> tuple[str, ...]:
    return tuple(outline.path.removesuffix(".py").split("/"))


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count
