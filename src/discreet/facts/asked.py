"""What whoever runs a command said: its arguments, its options, what they typed when they were asked.

What a command says of that is an answer. What it says of anything else nobody has asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Final

from discreet.facts.model import Call, Function, Part, Value

_TOLD: Final = frozenset({
    "ask", "askstring", "docopt", "getenv", "getpass", "input", "parse_args", "parse_known_args", "prompt", "raw_input",
})  # fmt: skip
"""Last names of calls by which whoever runs a program says what for."""
_ENVIRONMENT: Final = ("g:sys.argv", "g:sys.stdin", "g:os.environ", "g:absl.flags.FLAGS")


class Asked:
    """What in some functions of a module comes from whoever runs them.

    A part is *told* if it is of something said, or was made of it by calls: so is ``user`` of
    ``User.objects.get(email=options["email"])``. What a function of the module is handed is told if any call in these
    functions hands it something told, and what it gives if it asks, whatever it is handed.

    Args:
        commands: The functions whose parameters somebody fills in who runs them.
        by_name: The module's functions.
        names: Those that speak to whoever runs them, ``commands`` among them.
        top: The name of the module's top level.
    """

    def __init__(
        self, commands: Iterable[str], by_name: Mapping[str, Function], names: Container[str], top: str
    ) -> None:
        self._by_name = by_name
        self._top = top
        self._told: dict[tuple[str, str], bool] = {}
        self._given = {(name, index) for name in commands for index in range(len(by_name[name].params))}
        speaking = {name: function for name, function in by_name.items() if name in names}
        self._asking = _asking(speaking)
        self._spread(speaking.values())

    def is_told(self, value: Value, function: Function) -> bool:
        """Whether any part of a value is told."""
        return any(self._is_told(part, function) for part in value)

    def _spread(self, functions: Collection[Function]) -> None:
        """Find out which parameters are handed something told, until nothing is new."""
        before = -1
        while before < len(self._given):
            before = len(self._given)
            self._told.clear()
            for function in functions:
                for call in function.calls:
                    for name in called(call, function, self._by_name):
                        self._hand(call, function, self._by_name[name])

    def _hand(self, call: Call, function: Function, target: Function) -> None:
        shift = 1 if _is_method(target) else 0
        places = {param.name: index for index, param in enumerate(target.params)}
        position = shift
        for argument in call.args:
            told = self.is_told(argument.value, function)
            if argument.name.startswith("*"):
                indexes: Iterable[int] = range(shift, len(target.params))
            elif argument.name:
                indexes = [places[argument.name]] if argument.name in places else []
            else:
                indexes, position = [position], position + 1
            if told:
                self._given.update((target.name, index) for index in indexes)

    def _is_told(self, part: Part, function: Function) -> bool:
        root, access = part.root, part.access
        key = (function.name, f"{root}{access[0] if access else ''}")
        if key not in self._told:
            self._told[key] = False  # what is made of itself is told by the rest of it
            self._told[key] = self._is_said(root, access, function)
        return self._told[key]

    def _is_said(self, root: str, access: tuple[str, ...], function: Function) -> bool:
        if root[0] == "p":
            if root == "p0" and _is_method(function):
                return self._is_kept(access[:1], function.owner)
            return (function.name, int(root[1:])) in self._given
        if root[0] == "c":
            return self._is_made(function.calls[int(root[1:])], function)
        if root[0] == "x":
            return True
        if root.startswith(_ENVIRONMENT) or f"{root}{''.join(access[:1])}" in _ENVIRONMENT:
            return True
        scope, name = self._variable(root, access)
        return scope is not None and self.is_told(scope.variables.get(name, ()), scope)

    def _is_made(self, made: Call, function: Function) -> bool:
        if made.text.rpartition(".")[2] in _TOLD or any(
            name in self._asking for name in called(made, function, self._by_name)
        ):
            return True
        return self.is_told(made.callee, function) or any(self.is_told(each.value, function) for each in made.args)

    def _is_kept(self, attribute: tuple[str, ...], owner: str) -> bool:
        """Whether a method stores something told in an attribute of its object."""
        return any(
            self.is_told(write.value, function)
            for function in self._by_name.values()
            if function.owner == owner
            for write in function.writes
            if write.target.root == "p0" and write.target.access[:1] == attribute
        )

    def _variable(self, root: str, access: tuple[str, ...]) -> tuple[Function | None, str]:
        """Where a variable of the module, or of a function around, is bound."""
        kind, _, name = root.partition(":")
        if kind == "v":
            around, _, name = name.rpartition(":")
            return self._by_name.get(around), name
        module = self._top.rpartition(".")[0]
        if kind == "g" and name.startswith(f"{module}."):
            return self._by_name.get(self._top), name[len(module) + 1 :]
        return None, ""


def called(call: Call, function: Function, by_name: Mapping[str, Function]) -> Iterator[str]:
    """The functions of the module that a call may mean."""
    return meant(call.callee, function, by_name)


def meant(value: Iterable[Part], function: Function, by_name: Mapping[str, Function]) -> Iterator[str]:
    """The functions of the module that a value may be."""
    return (name for part in value if (name := _reached(part, function)) in by_name)


def _is_method(function: Function) -> bool:
    """Whether the first parameter is the object, or the class, that a function is called on."""
    return bool(function.owner) and function.flavour != "static"


def _asking(by_name: Mapping[str, Function]) -> set[str]:
    """The functions that ask whoever runs them, themselves or by others of the module."""
    found = {
        name
        for name, function in by_name.items()
        if any(call.text.rpartition(".")[2] in _TOLD for call in function.calls)
    }
    before = -1
    while before < len(found):
        before = len(found)
        found.update(
            name
            for name, function in by_name.items()
            if any(each in found for call in function.calls for each in called(call, function, by_name))
        )
    return found


def _reached(part: Part, function: Function) -> str:
    if part.root[:2] == "g:" and not part.access:
        return part.root[2:]
    if part.root == "p0" and function.owner and len(part.access) == 1:
        return f"{function.owner}{part.access[0]}"
    return ""
