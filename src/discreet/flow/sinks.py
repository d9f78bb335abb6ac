"""Sinks: which of a call's arguments leave the code's control, and as what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from discreet.catalogue.libraries import WAY
from discreet.catalogue.rows import Sink
from discreet.catalogue.tables import Catalogue
from discreet.facts.lower.buffers import BUFFERS as MADE_IN_MEMORY
from discreet.facts.lower.buffers import DUMPING
from discreet.facts.model import REPR, STR, VALUE, Argument, Call, Part, Path, Write
from discreet.flow.binding import bind_arguments, own_receiver, receiver_of, selected
from discreet.flow.context import Context, Thing
from discreet.flow.destinations import is_own_store
from discreet.flow.found import SinkCall
from discreet.flow.frames import whole_receiver
from discreet.flow.result import Place
from discreet.flow.things import Things

LOG_METHODS: Final = frozenset({
    "debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "success", "trace", "notice"
})  # fmt: skip
LOGGER_WORDS: Final = frozenset({"log", "logger", "logging", "logs"})
HTTP_METHODS: Final = frozenset(["get", "post", "put", "patch", "delete", "request"])
HTTP_WORDS: Final = frozenset({"session", "client", "http", "requests"})
HTTP_KEYWORDS: Final = frozenset(["json", "data", "params", "headers", "timeout", "content", "files", "auth"])
"""A call of ``client.post`` with one of these is a request, whatever the client is."""
URL_WORDS: Final = frozenset({"url", "uri", "endpoint", "href"})
"""Last words of what a URL is called: whatever is handed one first asks for it."""
COUNTERS: Final = {
    "segment": "segment.analytics.Client", "posthog": "posthog.Posthog", "mixpanel": "mixpanel.Mixpanel",
    "amplitude": "amplitude.Amplitude",
}  # fmt: skip
"""Words of what a client of a service is called that counts what users do."""
EVENTS: Final = frozenset({"track", "identify", "capture", "people_set"})
"""Its methods that nothing else has: a segment of a text has a group as well."""
CALLED: Final = {
    "span": {
        "set_attribute": "opentelemetry.trace.Span", "set_attributes": "opentelemetry.trace.Span",
        "add_event": "opentelemetry.trace.Span", "set_tag": "opentracing.Span", "log_kv": "opentracing.Span",
    },
    "bot": {"send_message": "telegram.Bot", "send_photo": "telegram.Bot", "send_document": "telegram.Bot"},
    "client": {"chat_postMessage": "slack_sdk.WebClient", "chat_postEphemeral": "slack_sdk.WebClient"},
    "response": {"set_cookie": "django.http.HttpResponse", "set_signed_cookie": "django.http.HttpResponse"},
}  # fmt: skip
"""By the last word of what an object is called, the methods that it has whoever made it, each with its class."""
ONLY_ONE: Final = {"writerow": "csv.writer.writerow", "writerows": "csv.writer.writerows"}
"""Methods that one kind of object has, whatever it is called and whoever made it, each with its row."""
TEXTS: Final = frozenset({
    "message", "msg", "detail", "details", "reason", "description", "text", "error", "errors", "title", "body", "*"
})  # fmt: skip
"""Keywords of exceptions whose values stand in their text."""


QUEUED: Final = (".delay", ".s", ".si")
REQUESTS: Final = ("http", "url")
"""Kinds of sinks that have an address."""
DUMPS: Final = tuple(sorted(f".{each}" for each in DUMPING))
"""Calls that are handed a file beside what they write."""
BUFFERS: Final = frozenset(f"io.{each}" for each in MADE_IN_MEMORY)
_QUEUE: Final = Sink("queue", ("*", "**"), "data", name="celery.Task.delay")
_TELLING: Final = EVENTS | LOG_METHODS | HTTP_METHODS | frozenset(ONLY_ONE).union(*CALLED.values())
"""Methods that a convention knows, whoever has them."""
_STORED: Final = {"[": ".__setitem__", "?": ".__setitem__", "#": ".__setitem__", ".": ".__setattr__"}
"""By the sign of the last step, the method by which Python stores a value there."""
_NAMES: Final = LOG_METHODS | HTTP_METHODS | {"__init__", "__call__", "delay", "s", "si"}


class SinkArgument(NamedTuple):
    """One argument that gets out: ``form`` is how objects in it are shown, ``message`` whether it is the sink's own
    message.
    """

    sink: SinkCall
    argument: Argument
    form: int
    message: bool
    bound_only: bool = False  # of the receiver, only what a logger was bound to
    deferred: bool = False  # an exception's text is set here and gets out where it is raised
    categories: tuple[str, ...] = ()  # what the sink is always handed by it


class Sinks:
    """Finds the sinks of a call."""

    def __init__(self, things: Things, catalogue: Catalogue) -> None:
        self.things = things
        self.catalogue = catalogue
        self._given: dict[str, frozenset[str]] = things.program.table()

    def may_be_sink(self, name: str) -> bool:
        """Whether any sink's last name is this."""
        return name in self.catalogue.sink_names or name in _NAMES or name in self._given_names()

    def _given_names(self) -> frozenset[str]:
        """The names that the program gives methods of loggers beside their own."""
        known = self._given.get("")
        if known is None:
            given = (name for owner in self.catalogue.loggers for name in self.things.program.given_to(owner))
            known = self._given[""] = frozenset(given)
        return known

    def of(self, context: Context, call: Call, index: int, callees: tuple[Thing, ...]) -> list[SinkArgument]:
        """The arguments of a call that get out; ``index`` is the call's number in its function."""
        if call.kind in ("raise", "assert"):
            return self._raised(context, call, index, callees)
        if call.text.endswith("__init__") and any(_is_exception_init(thing) for thing in callees):
            place = Place(context.module.path, call.span)
            sink = SinkCall("exception", call.text, "0", place)
            return [SinkArgument(sink, arg, STR, True, deferred=True) for arg in call.args]
        rows: list[Sink] = []
        is_ours = False
        for thing in callees:
            rows.extend(self._rows(thing))
            is_ours = is_ours or thing.kind in ("function", "method", "class")
        if call.text.endswith(QUEUED) and any(thing.kind == "function" for thing in callees):
            rows = [_QUEUE]
        if not rows and not is_ours and not any(map(self._keeps_inside, callees)):
            rows = self._by_convention(call)
        if not rows:
            return []
        found = [argument for row in rows for argument in self._arguments(context, call, row)]
        if any(row.kind == "log" for row in rows):
            found.extend(self._bound(context, call, rows[0]))
        return found

    def of_write(self, context: Context, write: Write) -> SinkArgument | None:
        """An assignment that stores a value: ``session["email"] = email``, ``record.email = email``."""
        target = write.target
        if not target.access or target.access[-1][0] not in _STORED:
            return None
        if target.access[-1][0] == "." and ((target.root == "p0" and context.function.owner) or len(target.access) > 1):
            return None  # a method's own object keeps it, or what lies in another
        if target.access[:1] == (".session",) and target.root[0] == "p":
            name, kind = "request.session", "session"
        else:
            method = _STORED[target.access[-1][0]]
            owners = self.things.of_root(context, target.root, target.access[:-1])
            row = next((row for each in owners for row in self.catalogue.sinks_of(f"{each.name}{method}")), None)
            if row is None:
                return None
            name, kind = row.name.removesuffix(method), row.kind
        sink = SinkCall(kind, name, "value", Place(context.module.path, write.span))
        return SinkArgument(sink, Argument("", write.value, write.span), VALUE, False)

    def _bound(self, context: Context, call: Call, row: Sink) -> list[SinkArgument]:
        """What the logger of a log call was bound to gets out with every record."""
        receiver = receiver_of(call)
        if not receiver:
            return []
        place = Place(context.module.path, call.span)
        sink = SinkCall(row.kind, row.name, "self", place, row.interface)
        return [SinkArgument(sink, Argument("", receiver, call.span), STR, False, bound_only=True)]

    def _rows(self, thing: Thing) -> list[Sink]:
        if thing.kind == "external":
            return self.catalogue.sinks_of(thing.name) or self.catalogue.sinks[_short(thing.name)]
        if thing.kind == "class":
            for ancestor in self.things.classes.ancestors(thing.name):
                if rows := self.catalogue.sinks[ancestor]:
                    return rows
        return []

    def _keeps_inside(self, thing: Thing) -> bool:
        """Whether a callee is of an object that is known to let nothing out, whatever it is called: a test's client."""
        owner = thing.name.rpartition(".")[0] if thing.kind == "external" else ""
        row = self.catalogue.classes.exact[owner] if owner else None
        return row is not None and row.text == "clean"

    def _by_convention(self, call: Call) -> list[Sink]:
        """``self.log.warning(...)``, ``session.post(url, json=...)``: what a receiver is called, where nothing
        better is known.
        """
        names = _names_in(call.text)
        if len(names) < 2 or (len(names) <= WAY and names[-1] not in _TELLING):
            return []
        if names[-1] in ONLY_ONE:
            return self.catalogue.sinks[ONLY_ONE[names[-1]]]
        words = names[-2].lower().strip("_").split("_")
        told = self._by_way(names) if len(names) > WAY else []
        if told:
            return told
        counter = next((COUNTERS[word] for word in words if word in COUNTERS), "")
        if counter and names[-1] in EVENTS:
            return self.catalogue.sinks[f"{counter}.{names[-1]}"]
        called = CALLED.get(words[-1], {}).get(names[-1])
        if called is not None:
            return self.catalogue.sinks[f"{called}.{names[-1]}"]
        if names[-1] in HTTP_METHODS and words[-1] in HTTP_WORDS:
            asks = HTTP_KEYWORDS.intersection(arg.name for arg in call.args) or _takes_url(call)
            return self.catalogue.sinks[f"requests.Session.{names[-1]}"] if asks else []
        if names[-1] not in LOG_METHODS:
            return []
        if not LOGGER_WORDS.intersection(words) and not words[-1].endswith(("logger", "log")):
            return []
        return (
            self.catalogue.sinks[f"structlog.BoundLogger.{names[-1]}"]
            or self.catalogue.sinks["structlog.BoundLogger.info"]
        )

    def _by_way(self, names: list[str]) -> list[Sink]:
        """``client.chat.completions.create(...)``: what is so deep inside of a client that only one has it."""
        return self.catalogue.sinks[self.catalogue.ways.get(".".join(names[-WAY:]), "")]

    def _arguments(self, context: Context, call: Call, row: Sink) -> list[SinkArgument]:
        form = STR if row.form == "text" else VALUE
        if row.name == "builtins.print":
            target = self._printed(context, call, row)
            if target is None:
                return []
            row = target
        if row.given and not selected(call.args, row.given):
            return []
        if row.kind == "file" and self._is_kept_in_memory(context, call):
            return []
        if row.kind in REQUESTS and is_own_store(self.things.program, context, call):
            row = msgspec.structs.replace(row, kind="database")
        place = Place(context.module.path, call.span)
        found = []
        if "self" in row.args and (receiver := whole_receiver(call)):
            sink = SinkCall(row.kind, row.name or call.text, "self", place, row.interface)
            found.append(SinkArgument(sink, Argument("", receiver, call.span), form, True))
        for order, (index, arg) in enumerate(selected(call.args, row.args)):
            if arg.name == "exc_info" or (row.kind == "log" and arg.name in ("stack_info", "stacklevel")):
                continue
            name = arg.name if arg.name not in ("", "*", "**") else str(index)
            sink = SinkCall(row.kind, row.name or call.text, name, place, row.interface)
            shown = _placeholder_form(call, index, form) if row.kind == "log" else form
            message = order == 0 or form == VALUE or arg.name in ("*", "**")
            found.append(SinkArgument(sink, arg, shown, message, categories=row.categories))
        return found

    def _is_kept_in_memory(self, context: Context, call: Call) -> bool:
        """Whether what would be a file is a buffer, ``json.dump(row, out)``, whose text may get out elsewhere."""
        if not call.text.endswith(DUMPS):
            return False
        return any(thing.name in BUFFERS for arg in call.args[1:] for thing in self.things.of_value(context, arg.value))

    def _printed(self, context: Context, call: Call, row: Sink) -> Sink | None:
        """``print(..., file=out)`` writes where ``out`` leads."""
        target = next((arg for arg in call.args if arg.name == "file"), None)
        if target is None:
            return row
        for thing in self.things.of_value(context, target.value):
            if thing.name in ("sys.stdout", "sys.stderr"):
                return row
            written = self.catalogue.sinks_of(f"{thing.name}.write") if thing.kind == "instance" else []
            if written:
                return msgspec.structs.replace(row, kind=written[0].kind, interface=written[0].interface)
            if thing.name in BUFFERS:
                return None
        return row

    def _raised(self, context: Context, call: Call, index: int, callees: tuple[Thing, ...]) -> list[SinkArgument]:
        """What the text of a raised exception shows: its arguments, unless its class says otherwise."""
        if self.things.handlers.checks(context.unit):
            return []
        place = Place(context.module.path, call.span)
        name = next((thing.name for thing in callees), call.text)
        if _sends_on(name):
            rows = [row for thing in callees for row in self._rows(thing)]
            return [argument for row in rows for argument in self._arguments(context, call, row)]
        found: list[SinkArgument] = []
        for thing in callees:
            if thing.kind == "class" and self.things.classes.method(thing.name, "__str__"):
                made = Argument("", (Part(f"c{index}", span=call.span),), call.span)
                found.append(SinkArgument(SinkCall("exception", name, "0", place), made, STR, False))
                if not self.things.classes.shows_arguments(thing.name):
                    return found
            if thing.kind == "class" and self._sets_text(thing.name):
                return found  # what the constructor hands to its base is its effect
        shown = self._put_into(call, callees)
        for number, arg in enumerate(call.args):
            if arg.name and arg.name not in TEXTS and shown is None:
                continue
            if shown is not None and not any((part.root, part.access) in shown for part in arg.value):
                continue
            sink = SinkCall("exception", name if call.kind == "raise" else "assert", arg.name or str(number), place)
            found.append(SinkArgument(sink, arg, STR, number == 0))
        return found

    def _put_into(self, call: Call, callees: tuple[Thing, ...]) -> set[tuple[str, Path]] | None:
        """Of a call that gives back the exception to be raised, what it hands on to a constructor; ``None`` where
        something else is called.
        """
        if not callees or any(thing.kind not in ("function", "method") for thing in callees):
            return None
        shown: set[tuple[str, Path]] = set()
        for thing in callees:
            function = self.things.program.unit(thing.name).function
            made = [function.calls[int(part.root[1:])] for part in function.returns if part.root[0] == "c"]
            roots = {part.root for each in made for arg in each.args for part in arg.value}
            for number, value in bind_arguments(function, call.args, own_receiver(function, thing.kind)).items():
                if f"p{number}" in roots:
                    shown.update((part.root, part.access) for part in value)
        return shown

    def _sets_text(self, cls: str) -> bool:
        method = self.things.classes.method(cls, "__init__")
        if not method:
            return False
        return any(call.text.endswith("__init__") for call in self.things.program.unit(method).function.calls)


_PLACEHOLDER: Final = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\d+|\*)?(?:\.\d+)?(?P<kind>[a-zA-Z%])")


def _placeholder_form(call: Call, index: int, form: int) -> int:
    """How the template of a log call shows its argument number ``index``: ``%r`` by ``repr``."""
    template = call.args[0].constant if call.args else None
    if not isinstance(template, str) or "%r" not in template or call.args[index].name or index == 0:
        return form
    kinds = [found["kind"] for found in _PLACEHOLDER.finditer(template) if found["kind"] != "%"]
    return REPR if index - 1 < len(kinds) and kinds[index - 1] == "r" else form


_ELSEWHERE: Final = frozenset({
    "HTTPFound", "HTTPSeeOther", "HTTPMovedPermanently", "HTTPTemporaryRedirect", "HTTPPermanentRedirect"
})  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _names_in(text: str) -> list[str]:
    """The names on the way to what is called, as the call is written; nobody may change the answer."""
    return [each for each in text.replace("()", "").replace("[]", "").split(".") if each]


def _sends_on(name: str) -> bool:
    """Whether what is raised fails nothing, but answers a browser with another address."""
    last = name.rpartition(".")[2]
    return last in _ELSEWHERE or "redirect" in last.lower()


def _takes_url(call: Call) -> bool:
    """Whether the first thing that a call is handed is called a URL."""
    first = call.args[0].value if call.args and call.args[0].name == "" else ()
    names = [part.via[-1].note if part.via else part.access[-1] if part.access else part.hint for part in first]
    return any(name.lower().rpartition("_")[2].lstrip(".") in URL_WORDS for name in names)


def _short(name: str) -> str:
    """``requests.sessions.Session.get`` as the catalogue writes it: first part, last two."""
    parts = name.split(".")
    return ".".join((parts[0], *parts[-2:])) if len(parts) > 3 else name


def _is_exception_init(thing: Thing) -> bool:
    """Whether a callable is the constructor of a library's exception; what the program's own does is its effect."""
    owner, _, method = thing.name.rpartition(".")
    called = owner.rpartition(".")[2].endswith(("Exception", "Error", "Warning"))
    return thing.kind == "external" and method == "__init__" and called
