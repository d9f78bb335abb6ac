"""Injected: what a framework puts into a parameter whose default names the function that gives it.

``user=Depends(current_user)`` is what ``current_user`` returns. Where that is a mapping, written out with all its keys,
``user.get("email")`` of one that has no such key is what stands beside it, ``"unknown"``, and nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discreet.facts.model import Parameter
from discreet.flow.context import CALLABLE, Context

if TYPE_CHECKING:
    from discreet.flow.things import Things


class Injected:
    """Answers which keys the mapping has that a parameter is."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._program = things.program
        self._keys: dict[tuple[str, str], frozenset[str]] = things.program.table()

    def lacks(self, context: Context, param: Parameter, step: str) -> bool:
        """Whether a step leads to a key that isn't there."""
        if not param.default or step[0] != "[" or len(step) == 1:
            return False
        key = (context.function.name, param.name)
        known = self._keys.get(key)
        if known is None:
            known = self._keys[key] = self._of(context, param)
        return bool(known) and step not in known

    def _of(self, context: Context, param: Parameter) -> frozenset[str]:
        """The steps to all that lies in the mapping; none where nobody knows that these are all."""
        scope = self._program.scope_of(context.unit)
        if scope is None or len(param.default) != 1:
            return frozenset()
        root, access = param.default[0].root, param.default[0].access
        if root[0] != "c" or access:
            return frozenset()
        around, call = Context(scope), scope.function.calls[int(root[1:])]
        for thing in self._things.of_callee(around, call):
            inner = self._things.handed_on(call, thing.name) if thing.kind == "external" else None
            if inner is None or not self._things.catalogue.gives_on(thing.name):
                continue
            given = self._things.of_callee(around, inner)
            if len(given) == 1 and given[0].kind in CALLABLE:
                return self._returned(given[0].name)
        return frozenset()

    def _returned(self, name: str) -> frozenset[str]:
        function = self._program.unit(name).function
        if function.yields or function.decorators:
            return frozenset()
        steps = {part.path[0] if part.path else "" for part in function.returns}
        return frozenset(steps) if all(step[:1] == "[" and len(step) > 1 for step in steps) else frozenset()
