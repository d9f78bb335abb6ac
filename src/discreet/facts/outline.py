"""Outlines: of one module's facts what others need to find their way, without a look at the facts themselves.

Linking loads a module's facts only when it has to look inside; until then it knows the module by its outline.
"""

from __future__ import annotations

from collections.abc import Iterator

from discreet.facts.model import Call, Function, ModuleFacts, Outline, Part, Value


def outline_of(facts: ModuleFacts) -> Outline:
    """The outline of a module."""
    start = len(facts.module) + 1
    calls: dict[str, None] = {}
    stores: dict[str, None] = {}
    imports = dict.fromkeys(star.partition(".")[0] for star in facts.stars)
    roots: dict[str, None] = {}
    for function in facts.functions:
        for call in function.calls:
            has_arguments = bool(call.args)
            for part in call.callee:
                if part.root[:2] == "g:":
                    roots[part.root] = None
                if has_arguments and (name := last_name(part)):
                    calls[name] = None
        for write in function.writes:
            stores[write.target.root] = None
        for value in function.variables.values() if function.variables and function.name.endswith(".<module>") else ():
            roots.update(dict.fromkeys([part.root for part in value if part.root[:2] == "g:"]))
    imports.update(dict.fromkeys([root[2:].partition(".")[0] for root in roots]))
    return Outline(
        path=facts.path,
        module=facts.module,
        is_package=facts.is_package,
        is_test=facts.is_test,
        functions=tuple(function.name[start:] for function in facts.functions),
        classes={
            each.name[start:]: tuple(name for base in each.bases for part in base if (name := last_name(part)))
            for each in facts.classes
        },
        calls=tuple(sorted(calls)),
        stores=tuple(sorted(root for root in stores if root[0] in "gv")),
        imports=tuple(sorted(imports)),
        notes=facts.notes,
        bounds=facts.bounds,
        tables=facts.tables,
        written=facts.written,
        cells=facts.cells,
        relations=_relations(facts, start),
    )


def _relations(facts: ModuleFacts, start: int) -> dict[str, tuple[str, ...]]:
    """What fields say that the way back is called, each with the classes of the fields."""
    scopes = {function.name: function for function in facts.functions}
    found: dict[str, dict[str, None]] = {}
    for each in facts.classes:
        for field in each.fields if each.scope in scopes else ():
            for call in constructors(scopes[each.scope], field.value):
                name = way_back(call)
                if name:
                    found.setdefault(name, {})[each.name[start:]] = None
    return {name: tuple(classes) for name, classes in sorted(found.items())}


def constructors(scope: Function, value: Value) -> Iterator[Call]:
    """The calls that make what a class keeps in a field, of the function that the class statement stands in."""
    for part in value:
        if part.root[0] == "c" and not part.access and not part.path:
            yield scope.calls[int(part.root[1:])]


def way_back(call: Call) -> str:
    """What the constructor of a field is told that the way back is called, or an empty text."""
    return next((arg.constant for arg in call.args if arg.name == "related_name" and isinstance(arg.constant, str)), "")


def callee_names(call: Call) -> set[str]:
    """The last names of what a call may call: ``send`` for ``self.mailer.send(...)``."""
    return {name for part in call.callee if (name := last_name(part))}


def last_name(part: Part) -> str:
    """The last name that leads to a part: ``Model`` for ``models.Model``, ``Repository`` for ``Repository[User]``."""
    for step in reversed(part.access):
        if step[0] == ".":
            return step[1:]
    return part.root.rpartition(".")[2] if part.root[:2] == "g:" else ""
