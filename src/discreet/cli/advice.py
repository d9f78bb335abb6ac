"""What to do about what the analysis could not see, and in which order. Only advice that helps today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from discreet.catalogue.categories import categories, strongest_first
from discreet.cli.shown import path_shower
from discreet.oracle.environment import find_environment
from discreet.output.coverage import Task, Unseen
from discreet.project.result import Report
from discreet.rules.gap import Gap

BOUNDS = {
    "effects of a function": "what is handed to one parameter gets out in more than 32 ways, the function's callees "
    "included; the others are not looked at. Split the function, or look at its callers yourself",
    "callers of a function": "more than 8 calls of one function, too many to ask what they hand over: what it keeps in "
    "a field is judged by the field's own name and type",
    "addresses of one file": "more than 5,000 addresses in one file; those further down were not looked at",
    "numbers of one file": "more than 5,000 numbers in one file; those further down were not looked at",
    "callers of callers": "a field is filled through more than four functions; the first one's callers were not asked",
    "containers inside containers": "what lies more than five containers deep is taken to lie anywhere below",
    "calls that fill one variable": "one container or object is handed to more than eight functions that may put "
    "something into it; what the others put there is not known",
    "classes of a protocol's form": "more than eight classes have all the methods of a protocol; none of them is taken "
    "to be what is meant. Derive from the protocol those that are",
    "columns of a query": "a query selects more than 48 columns; the others are not known",
    "queries that are too long or too deep to be read": "a text that begins like a query has more than 8,000 "
    "characters or brackets more than 9 deep; what its rows hold is not known",
    "queries that could not be read": "a text begins like a query, and isn't one that can be parsed; if it is one, "
    "nothing is known of what its rows hold but the names they are read by",
    "deletions in a value": "more than 24 things were deleted from one value; further ones count as still there",
    "expressions and blocks inside one another": "code is nested more than 200 deep; what stands deeper was left out",
    "functions handed to a function": "more than two functions are handed over at once; the others are taken for "
    "unknown",
    "functions open at once": "a chain of more than 45 calls; the deepest function counts as one that lets nothing out "
    "and gives nothing back",
    "objects inside objects": "the text of an object shows objects in it, more than four deep; the deeper ones are not "
    "looked into",
    "overrides of a method": "more than 8 classes override a method that is called on their base; the others are not "
    "entered",
    "what an object was made with": "an object that a function gives back was made with more than 48 things that may "
    "be somebody's, or with objects in objects more than three deep; none of them is remembered at the call",
    "parts of a value": "a value is put together of more than 48 parts; their places in it are taken together, which "
    "may say too much, and what is more than that is cut",
    "results of a value": "more than 48 things that a value can be; the others are cut",
    "rounds of a recursive function": "functions that call each other were gone round four times and more would have "
    "come out; what was known then stands",
    "re-exports of a name": "a name is imported from module to module more than twelve times: taken for a cycle",
    "steps into a value": "what is more than eight fields deep in a value is taken for any field there, which may say "
    "too much",
    "values inside values": "to find out what one value is, a hundred others had to be found out first, each for "
    "the next; it counts as unknown",
    "steps of a trace": "a story of more than 14 steps; the others are left out of it",
    "modules that call something of one name": "more than 40 modules call something of that name, so the callers of a "
    "function or class were not asked what they hand over. Annotate its parameters or mark its fields",
}
"""Each bound that is counted, in words: what is cut short, and what may be missed. docs/architecture.md lists them."""
_UNNAMED = "a bound of the analysis; beyond it something may be missed"
_WEIGHTS = {"grave": 3, "serious": 2, "slight": 2}
"""How much a call counts in which data of this harm is lost; other data counts once."""


def unseen_of(report: Report) -> Unseen:
    """What a run could not see, as seen from the current directory, in the order in which it is worth doing."""
    coverage = report.coverage
    shown = path_shower(report.config.root)
    ours = _own_names(report.files)
    asked = report.config.python is not None
    is_there = find_environment(Path(report.config.python)).has if report.config.python is not None else None
    return Unseen(
        tasks=tuple(_task(gap, shown, ours, is_there) for gap in ranked(coverage.gaps)),
        unread=tuple(map(shown, coverage.unread)),
        frameworks=coverage.frameworks,
        bounds=tuple((bound, times, BOUNDS.get(bound, _UNNAMED)) for bound, times in coverage.bounds.items()),
        settled=coverage.settled if asked else None,
        vendored=tuple((shown(folder), number) for folder, number in coverage.vendored),
        files=len(report.files),
    )


def ranked(gaps: Iterable[Gap]) -> list[Gap]:
    """The most valuable first: what a library's one answer would settle, by what enters it and how often; then, method
    by method, what is called on objects that nobody knows, since each of those is to be looked at by itself.
    """
    gaps = list(gaps)
    methods: Counter[str] = Counter()
    for gap in gaps:
        methods[_method(gap)] += value_of(gap)
    return sorted(gaps, key=lambda gap: (
        not gap.library, -methods[_method(gap)], _method(gap), -value_of(gap), gap.callable, gap.path
    ))  # fmt: skip


def value_of(gap: Gap) -> int:
    """How much it is worth to know what a callable does: its calls, thrice and twice what is grave and serious."""
    known = categories()
    return gap.calls * max((_WEIGHTS.get(known[key].harm, 1) for key in gap.categories if key in known), default=1)


def _own_names(files: Iterable[str]) -> set[str]:
    """What the project's own modules may be imported by: the top of each package, and what lies at the root."""
    files = set(files)
    found = set()
    for path in files:
        below, _, name = path.rpartition("/")
        found.add(path.partition("/")[0].removesuffix(".py"))
        while below and f"{below}/__init__.py" in files:
            below, _, name = below.rpartition("/")
        found.add(name.removesuffix(".py"))
    return found


def _method(gap: Gap) -> str:
    """What stands together: a library's callable by itself, others by what they are called last."""
    return gap.callable if gap.library else gap.callable.rpartition(".")[2]


def _task(gap: Gap, shown: Callable[[str], str], ours: set[str], is_there: Callable[[str], bool] | None) -> Task:
    advice = _advice(gap, gap.library in ours, is_there)
    return Task(replace(gap, path=shown(gap.path), categories=strongest_first(gap.categories)), advice)


def _advice(gap: Gap, ours: bool, is_there: Callable[[str], bool] | None) -> str:
    if not gap.library:
        receiver = gap.callable.rpartition(".")[0]
        return (
            f"annotate {receiver} with its class, so that it is known what is called"
            if receiver.isidentifier()
            else "annotate what this is called on, or what gives it back, with its class"
        )
    if ours:
        return f"annotate what {gap.callable} is or gives back: it is this project's own, and nobody can tell"
    if is_there is None:
        return f"--python PATH, so that the oracle can look into {gap.library}; if that settles nothing, report it"
    if not is_there(gap.library):
        return f"install {gap.library} in the environment that --python names: it is not there to be looked into"
    return "report that the catalogue lacks it: the oracle has looked and can't tell what it is"
