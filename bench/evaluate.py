"""How much is found in real applications, and how much of what is said is true: ``python -m bench evaluate``.

The whole pipeline runs over each checkout as ``discreet check`` would, at its default settings, and what it says about
the covered files is held against the labels. A finding meets a label if its lines hold the label's place or another
place of the same flow. A finding that meets only borderline labels counts neither way; one that meets none is false.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.labels import SETS, TRUTH, Application, Checkout, Label, Place, applications
from discreet.output.text import clean
from discreet.project.config import Config, load
from discreet.project.run import check
from discreet.project.selection import selection_of
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """What discreet said about one application's covered files: by default, and with everything turned on."""

    files: int
    lines: int
    seconds: float
    shown: tuple[Finding, ...]
    hidden: tuple[Finding, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """A run held against the labels.

    ``off`` are leaks that only a rule which is off by default reports, ``unsure`` those that are reported with low
    confidence alone, ``silent`` the rest of what was not found.
    """

    found: tuple[Label, ...]
    off: tuple[Label, ...]
    unsure: tuple[Label, ...]
    silent: tuple[Label, ...]
    true: tuple[Finding, ...]
    borderline: tuple[Finding, ...]
    false: tuple[Finding, ...]

    def __add__(self, other: Score) -> Score:
        return Score(
            found=self.found + other.found,
            off=self.off + other.off,
            unsure=self.unsure + other.unsure,
            silent=self.silent + other.silent,
            true=self.true + other.true,
            borderline=self.borderline + other.borderline,
            false=self.false + other.false,
        )

    @property
    def leaks(self) -> int:
        return len(self.found) + len(self.off) + len(self.unsure) + len(self.silent)

    @property
    def passed_over(self) -> tuple[Label, ...]:
        """Leaks passed over on purpose: found by rules that are off, or labelled as a program's own console output."""
        return (*self.off, *(label for label in (*self.unsure, *self.silent) if label.interface))

    @property
    def recall(self) -> str:
        return ratio(len(self.found), self.leaks)

    @property
    def recall_by_default(self) -> str:
        """Recall of what the rules that are on are there to find."""
        return ratio(len(self.found), self.leaks - len(self.passed_over))

    @property
    def precision(self) -> str:
        return ratio(len(self.true), len(self.true) + len(self.false))


NOTHING = Score((), (), (), (), (), (), ())


def ratio(part: int, whole: int) -> str:
    """A share with three decimals; of nothing, a dash."""
    return f"{part / whole:.3f}" if whole else "-"


def _lines(path: Path) -> int:
    """How many lines a file has; none, where it is a link to nowhere, which a report counts as a file not read."""
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def run(application: Application, checkout: Path) -> Run:
    """Check one application: every finding of every confidence, sorted into what default settings show and hide."""
    root = checkout.resolve()
    default = default_settings(root)
    started = time.perf_counter()
    report = check([root], dataclasses.replace(default, select=tuple(RULES), min_confidence="low"))
    seconds = time.perf_counter() - started
    selection = selection_of(default)
    leaks = [each for each in report.findings if each.sink is not None and each.path in application.covered]
    return Run(
        files=len(report.files),
        lines=sum(_lines(root / path) for path in report.files),
        seconds=seconds,
        shown=tuple(each for each in leaks if selection.shows(each)),
        hidden=tuple(each for each in leaks if not selection.shows(each)),
        unread=(*report.problems, *sorted(application.covered.difference(report.files))),
    )


def default_settings(root: Path) -> Config:
    """What ``discreet check`` would do with a checkout that says nothing of its own."""
    return dataclasses.replace(load([root], isolated=True), root=root)


def missing(application: Checkout, checkouts: Path) -> list[str]:
    """What is said of a checkout that is not there, with the way to have it."""
    return ["", f"{application.name} is not there; to have it:", *application.checkout_commands(checkouts)]


def score(application: Application, done: Run, *, after_reading: bool) -> Score:
    """Hold a run against the labels, as they were made or with what reading the findings added."""
    leaks = [label for label in application.labels if label.verdict == "leak"]
    at = {label: label.places(after_reading=after_reading) for label in application.labels}
    leaking = frozenset[Place]().union(*(at[label] for label in leaks))
    doubtful = frozenset[Place]().union(*(at[label] for label in application.labels if label.verdict == "borderline"))
    shown, low = spots(done.shown), spots(done.hidden)
    off = spots(each for each in done.hidden if each.held_back or not RULES[each.code].default)

    def reached(label: Label) -> str:
        for fate, seen in (("found", shown), ("off", off), ("unsure", low)):
            if at[label] & seen:
                return fate
        return "silent"

    def met(finding: Finding) -> str:
        here = spots([finding])
        return "true" if here & leaking else "borderline" if here & doubtful else "false"

    fates = [(reached(label), label) for label in leaks if at[label]]
    verdicts = [(met(finding), finding) for finding in done.shown]
    return Score(
        found=_those("found", fates),
        off=_those("off", fates),
        unsure=_those("unsure", fates),
        silent=_those("silent", fates),
        true=_those("true", verdicts),
        borderline=_those("borderline", verdicts),
        false=_those("false", verdicts),
    )


def _those(wanted: str, pairs: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    return tuple(each for word, each in pairs if word == wanted)


def spots(findings: Iterable[Finding]) -> frozenset[Place]:
    """All lines that findings stand on."""
    return frozenset((each.path, line) for each in findings for line in range(each.line, each.end_line + 1))


HEAD = ("application", "files", "lines", "s", "leaks", "found", "off", "recall", "said", "true", "?", "false", "prec.")
WIDTHS = (23, 6, 10, 7, 6, 6, 5, 7, 6, 6, 5, 6, 7)
KEY = (
    "leaks: labelled; found: of these; off: more that rules find which are off by default; said: findings in covered",
    "files; ?: borderline, which count neither way; prec.: true of those that are true or false",
)


def row(cells: Sequence[str]) -> str:
    """One line of the table: the first cell to the left, the others to the right."""
    first, *rest = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return first.strip().ljust(WIDTHS[0]) + "".join(rest)


def cells(name: str, size: tuple[int, int, float], found: Score) -> list[str]:
    """The figures of one line."""
    files, lines, seconds = size
    counts = [len(found.true), len(found.borderline), len(found.false)]
    return [
        *(name, str(files), f"{lines:,}", f"{seconds:.1f}"),
        *(str(found.leaks), str(len(found.found)), f"+{len(found.off)}", found.recall),
        *(str(sum(counts)), *map(str, counts), found.precision),
    ]


def details(found: Score) -> list[str]:
    """What counts as false and what was missed, for somebody who wants to read it in the code."""
    lines = []
    for each in found.false:
        known_by = each.source.known_by if each.source else "-"
        lines.append(f"    false  {each.path}:{each.line} {each.code} {clean(each.message)} [{known_by}]")
    for word, labels in (("off", found.off), ("unsure", found.unsure), ("missed", found.silent)):
        for label in labels:
            what = f"{label.kind}, {label.how}: {', '.join(label.categories)}; {label.why}"
            lines.append(f"    {word:<6} {label.place[0]}:{label.place[1]} {what}")
    return lines


def summary(title: str, found: Score) -> list[str]:
    """The last lines, in words."""
    precision = f"precision {found.precision} ({len(found.true)} of {len(found.true) + len(found.false)})"
    by_rules = f"({len(found.off)} of them are found by rules that are off)"
    return [
        f"{title}: recall {found.recall} ({len(found.found)} of {found.leaks}), {precision}",
        f"    passed over on purpose {len(found.passed_over)} {by_rules}, recall of the rest {found.recall_by_default}",
    ]


def evaluate(checkouts: Path, wanted: Sequence[Application], *, verbose: bool) -> Iterable[str]:
    """The report, line by line, as it becomes known."""
    yield row(HEAD)
    total, as_labelled = NOTHING, NOTHING
    files, lines, seconds = 0, 0, 0.0
    absent = []
    for application in wanted:
        if not (checkouts / application.name).is_dir():
            absent.append(application)
            continue
        done = run(application, checkouts / application.name)
        found = score(application, done, after_reading=True)
        yield row(cells(application.name, (done.files, done.lines, done.seconds), found))
        yield from (f"    not read: {clean(each)}" for each in done.unread)
        if verbose:
            yield from details(found)
        total, as_labelled = total + found, as_labelled + score(application, done, after_reading=False)
        files, lines, seconds = files + done.files, lines + done.lines, seconds + done.seconds
    yield row(cells("all", (files, lines, seconds), total))
    yield from ("", *KEY, "", *summary("as labelled", as_labelled), *summary("after reading", total))
    for application in absent:
        yield from missing(application, checkouts)


def main(arguments: Sequence[str]) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m bench evaluate", description="Recall and precision.")
    parser.add_argument("checkouts", type=Path, metavar="CHECKOUT_DIR", help="holds a directory for each application")
    parser.add_argument("--set", choices=SETS, help="only these applications [all sets]")
    parser.add_argument("--app", action="append", metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--verbose", action="store_true", help="list what counts as false and what was missed")
    parser.add_argument("--truth", type=Path, default=TRUTH, help="where the labels are [bench/truth]")
    said = parser.parse_args(arguments)
    known = applications(said.truth)
    for name in said.app or ():
        if name not in {each.name for each in known}:
            parser.error(f"no application is called {name!r}; there are {', '.join(each.name for each in known)}")
    wanted = [
        each for each in known if (not said.set or each.set == said.set) and (not said.app or each.name in said.app)
    ]
    for line in evaluate(said.checkouts, wanted, verbose=said.verbose):
        print(line, flush=True)
