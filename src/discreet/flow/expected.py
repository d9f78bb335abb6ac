"""What a sink expects: whoever writes down what is said is sent somebody's voice, whatever the program calls it.

The catalogue says so of the sink's argument (``categories`` of a row), and here it is asked what was put there.
Nobody's is what is written down in the code, a file at a path that is, what lies in a configuration, and what is called
something that was made for a test or by a program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from discreet.catalogue.names import is_configuration
from discreet.catalogue.recordings import is_made_up, is_taken
from discreet.facts.model import Argument, Call, Part, Value
from discreet.flow.binding import receiver_of
from discreet.flow.context import Context
from discreet.flow.external import IMPORTED
from discreet.flow.found import Leak
from discreet.flow.result import UNKNOWN, Result
from discreet.flow.sinks import SinkArgument

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

_OPENING: Final = frozenset({
    "open", "Path", "BytesIO", "BufferedReader", "File", "join", "joinpath", "resolve", "read", "read_bytes", "dirname",
    "abspath", "basename", "b64encode", "decode", "str", "bytes", "AudioFile", "record", "from_file", "AudioConfig",
})  # fmt: skip
"""Last names of calls that give what they are handed in another form, or what lies at the path that they are handed."""
_OWN_PATH: Final = "__file__"
_DEEPEST: Final = 6


class Expected:
    """Answers what is handed to a sink that says itself what that is."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def leaks(self, context: Context, argument: SinkArgument) -> Iterator[Leak]:
        """What of an argument counts as what the sink expects."""
        for part in _without_title(argument.argument.value) if argument.categories else ():
            for result, text in self._told(context, part, "", 0):
                text = text or result.text or next((name for name in reversed(result.names) if name), "")
                yield Leak(argument.categories, "type", "medium", result.place, text, result.trace, field=result.field)

    def _told(self, context: Context, part: Part, text: str, depth: int) -> Iterator[tuple[Result, str]]:
        """What a part of a value is that is somebody's, and what it is called: of what is opened, the path or the bytes
        that it is opened of.
        """
        if is_made_up((part.hint,)) or _is_of_python(part) or depth > _DEEPEST:
            return
        text = text or part.hint
        opened = _opening(context, part)
        home, made = self._made_at(part) if opened is None else (context, _handed(opened))
        if opened is not None and any(map(_is_taken, opened.args)):
            yield from ((each, text) for each in self.evaluator.part(context, part))
        elif home is not None:
            for inner in made:
                yield from self._told(home, inner, text, depth + 1)
        elif not self._is_constant(context, part):
            yield from ((each, text) for each in self.evaluator.part(context, part) if not _is_nobodys(each))

    def _made_at(self, part: Part) -> tuple[Context | None, Value]:
        """A module's own variable, as what the module makes it of."""
        program = self.evaluator.program
        symbol = program.find(part.root[2:]) if part.root[:2] == "g:" else None
        if symbol is None or symbol.kind != "variable" or part.access:
            return None, ()
        module, _, name = symbol.name.rpartition(".")
        top = program.top(module)
        return (Context(top), top.function.variables.get(name, ())) if top is not None else (None, ())

    def _is_constant(self, context: Context, part: Part) -> bool:
        """Whether a parameter is handed constants only, wherever the function is called."""
        if part.root[0] != "p" or part.access:
            return False
        index, function = int(part.root[1:]), context.function
        if not self.evaluator.parameters.is_constant(context, index):
            return False
        calls = [call for _, call, _ in self.evaluator.summaries.callers(function.name)]
        return not any(_is_taken(arg) for call in calls for arg in call.args)


def _without_title(value: Value) -> Value:
    """What is handed over, without what a file is called that is told with its content: ``(name, content)``."""
    content = [part for part in value if part.path[:1] != ("#0",)]
    return tuple(content) if any(part.path for part in content) else value


def _opening(context: Context, part: Part) -> Call | None:
    """The call that opened what a part is, if one did. What is made without anything is filled later."""
    if part.root[0] != "c":
        return None
    call = context.function.calls[int(part.root[1:])]
    return call if call.text.rpartition(".")[2] in _OPENING and (call.args or _handed(call)) else None


def _is_taken(argument: Argument) -> bool:
    """Whether an argument is the path of what was just taken up."""
    return isinstance(argument.constant, str) and is_taken(argument.constant)


def _is_of_python(part: Part) -> bool:
    """Whether it is a module of the standard library, or an object of one; ``sys`` has what a program was handed."""
    library = part.root[2:].partition(".")[0] if part.root[:2] == "g:" else ""
    return library in sys.stdlib_module_names and library != "sys"


def _handed(call: Call) -> Value:
    """What a call that opens something is handed, or what it is called on: ``open(path)``, ``path.open()``."""
    return tuple(part for arg in call.args for part in arg.value) or receiver_of(call)


def _is_nobodys(result: Result) -> bool:
    """Whether it is the program's own: imported, set by whoever runs it, or made up."""
    names = (*result.names, result.hint)
    if result.kind == UNKNOWN and result.holds == IMPORTED:
        return True
    return names[0] == _OWN_PATH or is_made_up(names) or any(map(is_configuration, result.names[-2:]))
