"""Outlines: of one module's facts what others need to find their way, without a look at the facts themselves.

Linking loads a module's facts only when it has to look inside; until then it knows the module by its outline.
"""

from __future__ import annotations

from discreet.facts.model import Call, ModuleFacts, Outline, Part


def outline_of(facts: ModuleFacts) -> Outline:
    """The outline of a module."""
    start = len(facts.module) + 1
    calls: dict[str, None] = {}
    stores: dict[str, None] = {}
    imports = dict.fromkeys(star.partition(".")[0] for star in facts.stars)
    for function in facts.functions:
        for call in function.calls:
            for part in call.callee:
                if part.root[:2] == "g:":
                    imports[part.root[2:].partition(".")[0]] = None
            if call.args:
                calls.update(dict.fromkeys(callee_names(call)))
        for write in function.writes:
            if write.target.root[0] in "gv":
                stores[write.target.root] = None
        for value in function.variables.values() if function.name.endswith(".<module>") else ():
            imports.update(dict.fromkeys(p.root[2:].partition(".")[0] for p in value if p.root[:2] == "g:"))
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
        stores=tuple(sorted(stores)),
        imports=tuple(sorted(imports)),
        notes=facts.notes,
        bounds=facts.bounds,
        tables=facts.tables,
        written=facts.written,
        cells=facts.cells,
    )


def callee_names(call: Call) -> set[str]:
    """The last names of what a call may call: ``send`` for ``self.mailer.send(...)``."""
    return {name for part in call.callee if (name := last_name(part))}


def last_name(part: Part) -> str:
    """The last name that leads to a part: ``Model`` for ``models.Model``, ``Repository`` for ``Repository[User]``."""
    for step in reversed(part.access):
        if step[0] == ".":
            return step[1:]
    return part.root.rpartition(".")[2] if part.root[:2] == "g:" else ""
