"""Which functions are the user interface of a command-line program: there, printing is the purpose.

A function is interface if it is a command of click, typer or Django, or is reached from a module's
``if __name__ == "__main__"`` block through calls inside the module.
"""

from __future__ import annotations

from typing import Final

from discreet.facts.model import Class, Function, Part

_COMMAND_DECORATORS: Final = (".command", ".callback", ".group", ".pass_context")
_SAID: Final = frozenset({"ctx", "interaction", "inter", "ack", "message"})
"""What the first parameter of a chat's command is called (Discord, Slack)."""
_CONSOLES: Final = ("click.", "typer.", "cloup.", "asyncclick.", "rich_click.")
_COMMAND_BASES: Final = ("BaseCommand", "AppCommand", "LabelCommand", "NoArgsCommand")


def interface_functions(
    functions: list[Function], classes: list[Class], module: str, main_calls: set[str]
) -> tuple[str, ...]:
    """The names of a module's interface functions, in order."""
    top = f"{module}.<module>"
    by_name = {function.name: function for function in functions}
    commands = {each.name for each in classes if any(_is_command_base(base) for base in each.bases)}
    roots = {
        function.name
        for function in functions
        if function.owner in commands
        or (any(_is_command(value, by_name.get(top)) for value in function.decorators) and not _is_said_to(function))
    }
    if top in by_name and main_calls:
        roots.add(top)
    seen: set[str] = set()
    todo = sorted(roots)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        function = by_name[name]
        for index, call in enumerate(function.calls):
            if name == top and str(index) not in main_calls:
                continue
            for part in call.callee:
                reached = _reached(part, function)
                if reached in by_name and reached not in seen:
                    todo.append(reached)
    return tuple(name for name in by_name if name in seen)


def _is_said_to(function: Function) -> bool:
    """Whether a command is one that people type into a chat: it is handed what was said, and prints on a server."""
    first = next((param for param in function.params if param.name not in ("self", "cls")), None)
    if first is None or first.name not in _SAID:
        return False
    passed = any(_dotted(value).endswith(".pass_context") for value in function.decorators)
    return not passed and not any(name.startswith(_CONSOLES) for name in first.type.names)


def _reached(part: Part, function: Function) -> str:
    if part.root[:2] == "g:" and not part.access:
        return part.root[2:]
    if part.root == "p0" and function.owner and len(part.access) == 1:
        return f"{function.owner}{part.access[0]}"
    return ""


def _dotted(value: tuple[Part, ...]) -> str:
    return next((part.root + "".join(part.access) for part in value), "")


def _is_command_base(value: tuple[Part, ...]) -> bool:
    return _dotted(value).endswith(_COMMAND_BASES)


def _is_command(value: tuple[Part, ...], top: Function | None) -> bool:
    """Whether a decorator registers a command: ``@click.command()``, ``@cli.command``, ``@app.cli.command("x")``."""
    for part in value:
        text = part.root + "".join(part.access)
        if part.root[0] == "c" and top is not None and int(part.root[1:]) < len(top.calls):
            text = "." + top.calls[int(part.root[1:])].text
        if text.endswith(_COMMAND_DECORATORS):
            return True
    return False
