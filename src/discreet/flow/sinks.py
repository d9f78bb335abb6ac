"""Sinks: which of a call's arguments leave the code's control, and as what."""

from __future__ import annotations

from typing import NamedTuple

from discreet.catalogue.tables import Catalogue, Sink
from discreet.facts.model import STR, VALUE, Argument, Call
from discreet.flow.binding import selected
from discreet.flow.context import Context, SinkCall, Thing
from discreet.flow.results import Place
from discreet.flow.things import Things

LOG_METHODS = frozenset("debug info warning warn error critical fatal exception success trace notice".split())
LOGGER_WORDS = frozenset("log logger logging logs".split())
ANSWERS = ("HTTPException", "ValidationError", "Http404", "APIException", "HTTPError", "AbortException", "PermissionDenied",
           "SuspiciousOperation", "BadRequest", "NotFound", "Forbidden", "Unauthorized", "UserError", "UsageError",
           "BadParameter", "ClickException", "Exit", "StopValidation", "CommandError", "GraphQLError", "abort")  # fmt: skip
"""Exceptions whose text is an answer to the person who asked: kind ``response``."""


class SinkArgument(NamedTuple):
    """One argument that gets out: ``form`` is how objects in it are shown, ``message`` whether it is the sink's own message."""

    sink: SinkCall
    argument: Argument
    form: int
    message: bool
    deferred: bool = False  # an exception's text is set here and gets out where it is raised


class Sinks:
    """Finds the sinks of a call."""

    def __init__(self, things: Things, catalogue: Catalogue) -> None:
        self.things = things
        self.catalogue = catalogue

    def of(self, context: Context, call: Call, callees: tuple[Thing, ...]) -> list[SinkArgument]:
        """The arguments of a call that get out."""
        if call.kind in ("raise", "assert"):
            return self._raised(context, call, callees)
        if call.text.endswith("__init__") and any(_is_exception_init(thing.name) for thing in callees):
            place = Place(context.module.path, call.span)
            sink = SinkCall("exception", call.text, "0", place)
            return [SinkArgument(sink, arg, STR, True, deferred=True) for arg in call.args]
        rows = [row for thing in callees for row in self._rows(thing)]
        if not rows and not any(thing.kind in ("function", "method", "class") for thing in callees):
            rows = self._by_convention(call)
        return [argument for row in rows for argument in self._arguments(context, call, row)]

    def _rows(self, thing: Thing) -> list[Sink]:
        if thing.kind == "external":
            return self.catalogue.sinks_of(thing.name) or self.catalogue.sinks.get(_short(thing.name), [])
        if thing.kind == "class":
            for ancestor in self.things.classes.ancestors(thing.name):
                if ancestor in self.catalogue.sinks:
                    return self.catalogue.sinks[ancestor]
        return []

    def _by_convention(self, call: Call) -> list[Sink]:
        """``self.log.warning(...)``: a receiver that is called a logger, where nothing better is known."""
        names = [each for each in call.text.replace("()", "").replace("[]", "").split(".") if each]
        if len(names) < 2 or names[-1] not in LOG_METHODS:
            return []
        words = names[-2].lower().strip("_").split("_")
        if not LOGGER_WORDS.intersection(words) and not words[-1].endswith(("logger", "log")):
            return []
        return self.catalogue.sinks.get(f"structlog.BoundLogger.{names[-1]}") or self.catalogue.sinks["structlog.BoundLogger.info"]

    def _arguments(self, context: Context, call: Call, row: Sink) -> list[SinkArgument]:
        form = STR if row.form == "text" else VALUE
        place = Place(context.module.path, call.span)
        found = []
        for order, (index, arg) in enumerate(selected(call.args, row.args)):
            if arg.name == "exc_info" or (row.kind == "log" and arg.name in ("stack_info", "stacklevel")):
                continue
            name = arg.name if arg.name not in ("", "*", "**") else str(index)
            sink = SinkCall(row.kind, row.name or call.text, name, place, row.interface)
            found.append(SinkArgument(sink, arg, form, order == 0 or form == VALUE or arg.name in ("*", "**")))
        return found

    def _raised(self, context: Context, call: Call, callees: tuple[Thing, ...]) -> list[SinkArgument]:
        """What the text of a raised exception shows: its arguments, unless its class says otherwise."""
        for thing in callees:
            if thing.kind == "class" and self._sets_text(thing.name):
                return []  # what the constructor hands to its base is its effect
        name = next((thing.name for thing in callees), call.text)
        kind = "response" if self.is_answer(name, callees) else "exception"
        place = Place(context.module.path, call.span)
        found = []
        for index, arg in enumerate(call.args):
            if arg.name and arg.name not in ("message", "msg", "detail", "*", "reason", "description"):
                continue
            sink = SinkCall(kind, name if call.kind == "raise" else "assert", arg.name or str(index), place)
            found.append(SinkArgument(sink, arg, STR, index == 0))
        return found

    def _sets_text(self, cls: str) -> bool:
        method = self.things.classes.method(cls, "__init__")
        if not method:
            return False
        return any(call.text.endswith("__init__") for call in self.things.program.functions[method].function.calls)

    def is_answer(self, name: str, callees: tuple[Thing, ...]) -> bool:
        """Whether an exception is an HTTP answer or a form's complaint rather than an error for the operators."""
        names = [name]
        for thing in callees:
            if thing.kind == "class":
                names.extend(self.things.classes.ancestors(thing.name))
        return any(each.rpartition(".")[2].endswith(ANSWERS) for each in names)


def _short(name: str) -> str:
    """``requests.sessions.Session.get`` as the catalogue writes it: first part, last two."""
    parts = name.split(".")
    return ".".join((parts[0], *parts[-2:])) if len(parts) > 3 else name


def _is_exception_init(name: str) -> bool:
    owner, _, method = name.rpartition(".")
    return method == "__init__" and owner.rpartition(".")[2].endswith(("Exception", "Error", "Warning"))
