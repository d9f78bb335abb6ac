"""How much of what is said at first sight is true: ``python -m bench judged``.

discreet runs over each checkout at its default settings, and what it says is held against what somebody read
(``bench/judged``): what was true then and is said still, what was false and is said still, and what is new and unread.
``--draw`` begins a round: it prints the file that a reader then fills in, with as many of a rule and application marked
``?`` as are to be read, drawn by chance.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bench.evaluate import default_settings, missing, ratio
from bench.judgements import COLUMNS, JUDGED, BadJudgement, Judged, Judgement, Key, Round, rounds
from bench.process import Failed
from bench.table import table
from discreet.output.text import clean
from discreet.project.run import check
from discreet.rules.finding import Finding

MOST = 12
"""So many findings of one rule in one application are read: a hundred copies of one line say what twelve say."""
SEED = 10
VERDICTS = ("true", "borderline", "false")
HEAD = (
    "read",
    "true",
    "?",
    "false",
    "of these true",
    "still said",
    "true",
    "?",
    "false",
    "of these true",
    "unread",
    "new",
)
KEY = (
    "read: judged in the code; ?: borderline, which counts neither way; still said: of those that were read, by this",
    "discreet; unread: said now as it was then, but not drawn; new: said now and not then",
)


@dataclass(frozen=True)
class Held:
    """What is said of one application, held against what was read."""

    application: Judged
    said: dict[Key, Finding]

    @property
    def read(self) -> list[Judgement]:
        return [each for each in self.application.judgements if each.verdict != "unread"]

    @property
    def unread(self) -> list[Judgement]:
        """Said then and now, and not drawn."""
        return [each for each in self.application.judgements if each.verdict == "unread" and self.says(each)]

    @property
    def new(self) -> list[Finding]:
        known = {each.key for each in self.application.judgements}
        return [finding for key, finding in self.said.items() if key not in known]

    def says(self, judgement: Judgement) -> bool:
        """Whether it is said still."""
        return judgement.key in self.said


def said(checkout: Path) -> dict[Key, Finding]:
    """What discreet says of a checkout at its default settings, but for what it says of files and marks, in order."""
    root = checkout.resolve()
    found = [each for each in check([root], default_settings(root)).findings if each.sink is not None]
    ordered = sorted(found, key=lambda each: (each.path, each.line, each.code, each.column))
    return {(each.path, each.line, each.code): each for each in ordered}


def known_by(finding: Finding) -> str:
    """How a finding knows, as a round's file has it."""
    return finding.source.known_by if finding.source else "-"


def drawn(name: str, found: dict[Key, Finding]) -> Iterator[list[str]]:
    """The lines of a round's file about one application, with a ``?`` where somebody is to read."""
    wanted = set[Key]()
    for _, keys in groupby(sorted(found, key=lambda key: key[2]), key=lambda key: key[2]):
        of_rule = list(keys)
        wanted.update(random.Random(SEED).sample(of_rule, MOST) if len(of_rule) > MOST else of_rule)
    for key, finding in found.items():
        path, line, rule = key
        yield [name, path, str(line), rule, known_by(finding), "?" if key in wanted else "unread", ""]


def counts(judgements: Iterable[Judgement]) -> list[str]:
    """How many there are, of each verdict, and the share of the true ones among the true and the false."""
    those = list(judgements)
    tally = Counter[str](each.verdict for each in those)
    share = ratio(tally["true"], tally["true"] + tally["false"])
    return [str(len(those)), *(str(tally[verdict]) for verdict in VERDICTS), share]


def figures(title: str, held: Sequence[Held], wanted: Callable[[Judgement], bool] = lambda _: True) -> list[str]:
    """A row of a table: as it was read, and as it is said now."""
    read = [(each, judgement) for each in held for judgement in each.read if wanted(judgement)]
    still = [judgement for each, judgement in read if each.says(judgement)]
    return [title, *counts(judgement for _, judgement in read), *counts(still)]


def by_round(done: Sequence[tuple[Round, list[Held]]]) -> list[str]:
    """The table of rounds, with a last line for all of them."""
    pairs = [
        *((f"{each.number}, at {each.at}", held) for each, held in done),
        ("all", [h for _, hs in done for h in hs]),
    ]
    more = [
        [str(sum(len(each.unread) for each in held)), str(sum(len(each.new) for each in held))] for _, held in pairs
    ]
    rows = [figures(title, held) + rest for (title, held), rest in zip(pairs, more, strict=True)]
    return table(("round", *HEAD), rows)


def by(title: str, feature: Callable[[Judgement], str], held: Sequence[Held]) -> list[str]:
    """The table of one feature of judgements, a row for each of its values."""
    values = sorted({feature(judgement) for each in held for judgement in each.read})
    rows = [figures(value, held, lambda judgement, value=value: feature(judgement) == value) for value in values]  # type: ignore[misc]
    return table((title, *HEAD[:-2]), rows)


def listed(held: Sequence[Held], *, verbose: bool) -> Iterator[str]:
    """What is worth reading: what is new; and what is false still, or true and gone."""
    for each in held:
        name = each.application.name
        for judgement in each.read if verbose else ():
            word = {("false", True): "false", ("true", False): "gone"}.get((judgement.verdict, each.says(judgement)))
            if word:
                path, line, rule = judgement.key
                yield f"    {word:<5} {name} {path}:{line} {rule} [{judgement.known_by}] {judgement.cause}".rstrip()
        for finding in each.new:
            place = f"{finding.path}:{finding.line} {finding.code}"
            yield f"    new   {name} {place} [{known_by(finding)}] {clean(finding.message)}"


def judged(checkouts: Path, wanted: Sequence[Round], *, verbose: bool) -> Iterator[str]:
    """The report, line by line."""
    there = [(each, [one for one in each.applications if (checkouts / one.name).is_dir()]) for each in wanted]
    done = [(each, [Held(one, said(checkouts / one.name)) for one in ones]) for each, ones in there]
    held = [one for _, ones in done for one in ones]
    yield from by_round(done)
    yield from ("", *by("known by", lambda judgement: judgement.known_by, held))
    yield from ("", *by("rule", lambda judgement: judgement.key[2], held))
    yield from ("", *KEY, "", *listed(held, verbose=verbose))
    for each, ones in there:
        for absent in each.applications:
            if absent not in ones:
                yield from missing(absent, checkouts)


def draw(checkouts: Path, wanted: Sequence[Round]) -> Iterator[str]:
    """The file of a round, to be filled in."""
    yield "\t".join(COLUMNS)
    for application in (one for each in wanted for one in each.applications):
        if not (checkouts / application.name).is_dir():
            raise Failed("\n".join(missing(application, checkouts)[1:]))
        for row in drawn(application.name, said(checkouts / application.name)):
            yield "\t".join(row)


def main(arguments: Sequence[str]) -> None:
    """Print the report, or what a reader begins with."""
    parser = argparse.ArgumentParser(prog="python -m bench judged", description="How much of what is said is true.")
    parser.add_argument("checkouts", type=Path, metavar="CHECKOUT_DIR", help="holds a directory for each application")
    parser.add_argument("--round", type=int, action="append", metavar="N", help="only this one; may be repeated")
    parser.add_argument("--verbose", action="store_true", help="list what is false still, and what is true and gone")
    parser.add_argument("--draw", action="store_true", help="print the file of a round that nobody has read yet")
    parser.add_argument("--judged", type=Path, default=JUDGED, help="where the judgements are [bench/judged]")
    asked = parser.parse_args(arguments)
    try:
        known = rounds(asked.judged)
    except BadJudgement as bad:
        parser.error(str(bad))
    for number in asked.round or ():
        if number not in {each.number for each in known}:
            parser.error(f"there is no round {number}; there are {', '.join(str(each.number) for each in known)}")
    wanted = [each for each in known if not asked.round or each.number in asked.round]
    lines = draw(asked.checkouts, wanted) if asked.draw else judged(asked.checkouts, wanted, verbose=asked.verbose)
    for line in lines:
        print(line, flush=True)
