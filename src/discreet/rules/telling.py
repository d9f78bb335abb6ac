"""Rules: from flows to findings. One finding a sink call, with all its categories, the strongest first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

import msgspec

from discreet.catalogue.categories import Category, categories, listed, strongest_first
from discreet.catalogue.libraries import Tables
from discreet.catalogue.settings import settings as known_settings
from discreet.catalogue.vendored import vendored_folder_of, vendored_folders
from discreet.facts.model import ModuleFacts, Note, Outline, Written
from discreet.flow.result import Place
from discreet.flow.solver import Flow, Leak, Library, Solver, groups
from discreet.rules.believed import weighed
from discreet.rules.cells import in_cells
from discreet.rules.finding import (
    CONFIDENCES,
    VENDORED,
    Confidence,
    Finding,
    Fix,
    KnownBy,
    SinkUse,
    SourceUse,
    TraceStep,
)
from discreet.rules.registry import RULES, rule_for
from discreet.rules.severity import INTERFACE, severity, severity_of_setting
from discreet.rules.tested import is_of_a_test, without_tests

__all__ = ["Finding", "Settings", "findings", "told"]

UNPARSABLE = "PII904"
TEST_FILE, TEST_DATA = "test file", "test data"
"""Why a finding is held back as a test's: it stands in one, or only a test hands over what it is about."""
SINK_ORDER = ("log", "exception", "print", "http", "url", "telemetry", "analytics", "llm", "process", "file")
"""Which kind of sink speaks for a wrapper that reaches several."""
AT_HOME = {"cookie": ("session_token",), "process": ("username",)}
"""What belongs where a kind of sink puts it: a browser signs in by the token that its cookie keeps, and a user name on
a command line is the account that a program is to be somebody by: of twelve that were judged, eleven were a machine's.
"""


class Settings(msgspec.Struct, frozen=True):
    """What the configuration tells the rules: personal dotted paths, whether test files and vendored libraries are
    looked at, and rows that are added to the catalogue.
    """

    sources: dict[str, tuple[str, ...]] = {}
    include_tests: bool = False
    rows: Tables | None = None
    include_libraries: bool = False


def findings(modules: Sequence[ModuleFacts], settings: Settings) -> list[Finding]:
    """Everything there is to say about some modules, of every confidence, in order of place and code.

    Args:
        modules: The facts of one program: a single file's for flake8, a whole project's for the command line.
        settings: What the configuration says.

    Returns:
        The findings, before selection and suppression.
    """
    library = Library.of(modules)
    solver = Solver(library, settings.sources, settings.rows)
    flows = [flow for group in groups(library) for flow in solver.solve(group).flows]
    return told(flows, library.outlines.values(), settings)


def told(
    flows: Iterable[Flow], outlines: Iterable[Outline], settings: Settings, around: Iterable[Outline] = ()
) -> list[Finding]:
    """The findings that flows make, and what the files have to say about themselves, in order of place and code.

    Args:
        flows: what gets out.
        outlines: the files.
        settings: what the configuration says.
        around: what else is known of the project; it tells what is a library's.
    """
    flows, outlines = tuple(dict.fromkeys(flows)), tuple(outlines)
    tests = frozenset(outline.path for outline in outlines if outline.is_test)
    grouped: dict[tuple[str, int, int, str], list[Flow]] = {}
    for flow in flows:
        if flow.sink.kind == "config":
            continue
        span = flow.sink.place.span
        grouped.setdefault((flow.sink.place.path, span.line, span.column, flow.sink.kind), []).append(flow)
    for told_together in grouped.values():
        told_together[:] = sorted(weighed(told_together), key=_order)
    _tell_once(grouped)
    found = [finding for flows in grouped.values() for finding in _judged(flows, settings, tests)]
    found.extend(_configured(flow, settings) for flow in flows if flow.sink.kind == "config")
    found.extend(_noted(outline, note) for outline in outlines for note in outline.notes)
    found.extend(_held(outline, each, settings) for outline in outlines for each in outline.written)
    found.sort(key=lambda each: (each.path, each.line, each.column, each.code))
    if not settings.include_libraries:
        found = _without_libraries(found, (*outlines, *around))
    return in_cells(_numbered(found), outlines)


def _without_libraries(found: list[Finding], outlines: Iterable[Outline]) -> list[Finding]:
    """The findings, those held back whose whole story stands in libraries that the program carries along: what the
    program hands to them is its own. What is said of a file that can't be read is said all the same.
    """
    folders = vendored_folders(each.path for each in outlines) if any(each.sink for each in found) else ()
    if not folders:
        return found
    return [
        msgspec.structs.replace(each, held_back=f"{VENDORED} {folder}")
        if each.sink is not None
        and not each.held_back
        and (folder := vendored_folder_of(each.path, folders))
        and all(vendored_folder_of(step.path, folders) for step in each.trace)
        else each
        for each in found
    ]


def _order(flow: Flow) -> tuple[bool, str, str, str, tuple[object, ...]]:
    """Flows of one sink call: those that stand at the sink itself come first."""
    sink = flow.sink
    return (
        sink.argument == "",
        sink.argument,
        sink.callable,
        flow.function,
        tuple(_spot(leak.place) for leak in flow.leaks),
    )


def _tell_once(grouped: dict[tuple[str, int, int, str], list[Flow]]) -> None:
    """Drop what repeats a story.

    A wrapper's sink that is reported where it stands is not reported again at the calls of the wrapper, and a wrapper
    that prints and writes what it is handed lets it out once: the first kind of such a call is kept.
    """
    seen: set[tuple[str, int, int]] = set()
    told = {key[:3] for key, flows in grouped.items() for flow in flows if _is_sure(flow) and flow.sink.origin is None}
    for key, flows in list(grouped.items()):
        kept = [flow for flow in flows if flow.sink.origin is None or _spot(flow.sink.origin) not in told]
        if not kept:
            del grouped[key]
        else:
            grouped[key] = kept
    for key in sorted(grouped, key=lambda key: (*key[:3], SINK_ORDER.index(key[3]) if key[3] in SINK_ORDER else 99)):
        handed_over = all(flow.sink.argument == "" for flow in grouped[key])
        if handed_over and key[:3] in seen:
            del grouped[key]
        elif any(_is_sure(flow) for flow in grouped[key]):
            seen.add(key[:3])


def _is_sure(flow: Flow) -> bool:
    return any(leak.confidence != "low" for leak in flow.leaks)


def _spot(place: Place) -> tuple[str, int, int]:
    return (place.path, place.span.line, place.span.column)


def _judged(flows: list[Flow], settings: Settings, tests: frozenset[str]) -> list[Finding]:
    """The finding of one sink call: what is surely personal, or, if nothing is, what may be."""
    leaks = [leak for flow in flows for leak in flow.leaks if leak.categories != AT_HOME.get(flow.sink.kind)]
    if not leaks:
        return []
    sure = [leak for leak in leaks if leak.confidence != "low"]
    kept = sure or leaks
    if not flows[0].is_test:
        kept = without_tests(kept, tests)
    known = categories()
    keys = dict.fromkeys(key for leak in kept for key in leak.categories)
    order = [known[key] for key in strongest_first(tuple(keys))]
    if not order:
        return []
    return [_finding(flows[0], kept, order, settings, tests)]


def _finding(
    flow: Flow, leaks: list[Leak], order: list[Category], settings: Settings, tests: frozenset[str]
) -> Finding:
    sink = flow.sink
    standing = "direct" if any(each.standing == "direct" for each in order) else "online"
    rule = rule_for(sink.kind, standing, interface=sink.interface or flow.interface)
    own = [leak for leak in leaks if flow.is_test or leak.place.path not in tests]
    first = min(own or leaks, key=_strength(order))
    span = sink.place.span
    what = listed([_in_a_sentence(each.label) for each in order])
    keys, confidence = tuple(each.key for each in order), _confidence(leaks)
    return Finding(
        path=sink.place.path,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        code=rule.code,
        message=rule.say(what=what, source=first.expression, callable=sink.callable),
        severity=severity(keys, INTERFACE if rule.interface else sink.kind, _known_by(first), confidence),
        confidence=confidence,
        categories=keys,
        sink=SinkUse(sink.kind, sink.callable, sink.argument, sink.origin is not None),
        source=SourceUse(
            first.place.path,
            first.place.span.line,
            first.place.span.column,
            first.expression,
            _known_by(first),
            max(leak.whole for leak in leaks),  # an object before a container, a container before nothing
        ),
        trace=_trace(first, flow),
        held_back=_held_back(flow.is_test, settings)
        or _held_back(all(is_of_a_test(leak, tests) for leak in leaks), settings, TEST_DATA),
    )


def _configured(flow: Flow, settings: Settings) -> Finding:
    """What a setting lets out: its row in the catalogue says it. Of a class it is known which data it holds."""
    sink, (leak,) = flow.sink, flow.leaks
    code, span = leak.known_by, sink.place.span
    row, known = known_settings().row(sink.callable, sink.argument, code, leak.expression), categories()
    keys = tuple(dict.fromkeys(strongest_first(leak.categories)))
    what = f"{row.says}: {listed([_in_a_sentence(known[key].label) for key in keys])}" if keys else row.says
    weighed = severity(keys, row.to, "name", "high") if keys else severity_of_setting(row.to)
    return Finding(
        sink.place.path, span.line, span.column, span.end_line, span.end_column, code,
        RULES[code].say(what=what, source=leak.expression), weighed, _as_confidence(leak.confidence),
        categories=keys,
        sink=SinkUse(sink.kind, sink.callable, sink.argument),
        fix=Fix("manual", row.safe),
        held_back=_held_back(flow.is_test, settings),
    )  # fmt: skip


def _strength(order: list[Category]) -> Callable[[Leak], tuple[int, int, tuple[str, int, int], int]]:
    """The leak that tells the story: the strongest category, then how well it is known, then where it stands."""
    rank = {each.key: number for number, each in enumerate(order)}

    def key(leak: Leak) -> tuple[int, int, tuple[str, int, int], int]:
        best = min((rank[each] for each in leak.categories if each in rank), default=len(rank))
        place = (leak.place.path, leak.place.span.line, leak.place.span.column)
        return (best, -CONFIDENCES.index(_as_confidence(leak.confidence)), place, len(leak.trace))

    return key


def _as_confidence(word: str) -> Confidence:
    return "high" if word == "high" else "medium" if word == "medium" else "low"


def _known_by(leak: Leak) -> KnownBy:
    return "mark" if leak.known_by == "mark" else "type" if leak.known_by == "type" else "name"


def _confidence(leaks: Iterable[Leak]) -> Confidence:
    return max((_as_confidence(leak.confidence) for leak in leaks), key=CONFIDENCES.index)


def _trace(leak: Leak, flow: Flow) -> tuple[TraceStep, ...]:
    """The whole story: the source first, each step, the sink last."""
    place = leak.place
    source = TraceStep(
        place.path, place.span.line, place.span.column, f"'{leak.expression}' is personal ({leak.known_by})"
    )
    sink = flow.sink.place
    reaches = "is handed over here" if flow.sink.origin else f"reaches {flow.sink.callable} ({flow.sink.kind})"
    end = TraceStep(sink.path, sink.span.line, sink.span.column, reaches)
    steps = [source, *(TraceStep(step.path, step.line, step.column, step.note) for step in leak.trace)]
    if steps[-1] != end:
        steps.append(end)
    return tuple(dict.fromkeys(steps))


def _in_a_sentence(label: str) -> str:
    """A category's label inside a sentence: ``E-mail address`` loses its capital, ``IP address`` keeps both."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _noted(outline: Outline, note: Note) -> Finding:
    """What a file's facts say about the file itself."""
    span = note.span
    return Finding(
        outline.path, span.line, span.column, span.end_line, span.end_column, note.code,
        RULES[note.code].say(what=note.text, source=note.text), "high" if note.code == UNPARSABLE else "low", "high",
    )  # fmt: skip


def _held(outline: Outline, written: Written, settings: Settings) -> Finding:
    """Personal data that a file holds itself. Of the value only its shape is known here.

    In tests, addresses are mostly invented, which can't be seen; numbers whose checksum is right are mostly somebody's.
    """
    span, category = written.span, categories()[written.category]
    rule = rule_for("literal", category.standing, category=category.key)
    weighed: Confidence = "low" if not written.sure else "medium" if rule.categories else "high"
    return Finding(
        path=outline.path,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        code=rule.code,
        message=rule.say(what=written.label, source=written.shown),
        severity=severity((category.key,), "literal", "value", weighed),
        confidence=weighed,
        categories=(category.key,),
        sink=SinkUse("literal", "", ""),
        source=SourceUse(outline.path, span.line, span.column, written.shown, "value"),
        trace=(
            TraceStep(outline.path, span.line, span.column, f"'{written.shown}' is personal (value)"),
            *(TraceStep(outline.path, line, column, "stands here again") for line, column in written.again),
        ),
        held_back=_held_back(outline.is_test, settings),
    )


def _held_back(is_test: bool, settings: Settings, why: str = TEST_FILE) -> str:
    return why if is_test and not settings.include_tests else ""


def _numbered(found: list[Finding]) -> list[Finding]:
    """Give each finding its fingerprint, which survives moved lines: of two alike in a file the second has another."""
    seen: dict[tuple[str, ...], int] = {}
    numbered = []
    for each in found:
        sink = each.sink.callable if each.sink else ""
        source = each.source.expression if each.source else each.message
        identity = (each.path, each.code, sink, source, ",".join(each.categories))
        count = seen[identity] = seen.get(identity, 0) + 1
        digest = hashlib.blake2b("\0".join((*identity, str(count))).encode("utf-8", "surrogatepass"), digest_size=8)
        numbered.append(msgspec.structs.replace(each, fingerprint=digest.hexdigest()))
    return numbered
