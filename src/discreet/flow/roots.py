"""Roots: where absolute imports begin, in a repository that holds several programs.

``services/billing`` and ``services/support`` may each have a ``config.py`` and an ``app`` package, and each means its
own. Python would take the first on ``sys.path``; what is on it nobody knows, so the nearest is taken.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from discreet.facts.outline import Outline


class Roots:
    """The directories from which names can be imported.

    Args:
        outlines: All modules, by name.
    """

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        packages = {_parts(each)[:-1] for each in outlines.values() if each.is_package}
        self._homes: dict[str, dict[tuple[str, ...], str]] = {}
        for each in outlines.values():
            parts = _parts(each)
            names = parts[:-1] if each.is_package else parts
            for start in range(len(names)):
                if parts[:start] not in packages and names[start] not in sys.stdlib_module_names:
                    below = len(names) - start - 1
                    prefix = ".".join(each.module.split(".")[: -below or None])
                    self._homes.setdefault(names[start], {}).setdefault(parts[:start], prefix)
        self._homes = {name: homes for name, homes in self._homes.items() if len(homes) > 1}

    def prefixes(self, outline: Outline) -> dict[str, str]:
        """What the names that a module imports begin with in truth, where that is not what they say."""
        found = {}
        here = _parts(outline)[:-1]
        for name in outline.imports:
            homes = self._homes.get(name)
            if homes is None:
                continue
            nearest = min(homes, key=lambda home: (-_shared(home, here), len(home), home))
            if homes[nearest] != name:
                found[name] = homes[nearest]
        return found


def _parts(outline: Outline) -> tuple[str, ...]:
    return tuple(outline.path.removesuffix(".py").split("/"))


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count
