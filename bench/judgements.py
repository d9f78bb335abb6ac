"""Which findings somebody read, and whether they were true: ``bench/judged`` holds that, without any code.

Labels say where an application leaks, and cost days. A judgement says of one finding whether it is true, and costs a
minute; so there are many applications of which nothing is known but that. Each round has a file, with every finding
that was shown at the commit of discreet it was drawn at: what was not drawn is ``unread``, and what the file does not
have is new since.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bench.labels import Checkout, loaded

JUDGED = Path(__file__).parent / "judged"
COLUMNS = ("application", "path", "line", "rule", "known_by", "verdict", "cause")
Verdict = Literal["true", "borderline", "false", "unread"]
Key = tuple[str, int, str]
"""What a finding is found again by: a path below the checkout, a line and a rule."""


class BadJudgement(ValueError):
    """A line of a round's file says something else than a judgement; the text says where and what."""


@dataclass(frozen=True)
class Judgement:
    """One finding, as it was read.

    Attributes:
        key: where it stands.
        known_by: how discreet knew the data; a dash for a setting, where nothing need be known.
        verdict: ``borderline`` counts neither way, ``unread`` was not drawn.
        cause: why it is not simply true, in a phrase.
    """

    key: Key
    known_by: str
    verdict: Verdict
    cause: str


@dataclass(frozen=True)
class Judged(Checkout):
    """An application, with what was said of it in the order of place."""

    judgements: tuple[Judgement, ...]


@dataclass(frozen=True)
class Round:
    """Applications that were run together: of none anything had been read. ``at`` is discreet's own commit then."""

    number: int
    at: str
    applications: tuple[Judged, ...]


def rounds(directory: Path = JUDGED) -> list[Round]:
    """All that ``index.toml`` names, in order; a round that has no file yet has no judgements.

    Raises:
        BadJudgement: a line is no judgement, or is about an application that its round does not have.
    """
    index = loaded(directory / "index.toml")
    return [_round(int(number), entry, directory / f"{number}.tsv") for number, entry in index.items()]


def _round(number: int, entry: dict[str, dict[str, dict[str, str]]], path: Path) -> Round:
    read: dict[str, list[Judgement]] = {name: [] for name in entry["applications"]}
    for application, judgement in _judgements(path) if path.is_file() else ():
        if application not in read:
            raise BadJudgement(f"{path}: round {number} has no application {application!r}; add it to index.toml")
        read[application].append(judgement)
    found = [Judged(name, **about, judgements=tuple(read[name])) for name, about in entry["applications"].items()]
    return Round(number, str(entry["at"]), tuple(found))


def _judgements(path: Path) -> Iterable[tuple[str, Judgement]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if number == 1:
                continue
            if len(row) != len(COLUMNS) or row[5] not in get_args(Verdict) or not row[2].isdecimal():
                wanted = f"{', '.join(COLUMNS)}; a verdict is one of {', '.join(get_args(Verdict))}"
                raise BadJudgement(f"{path}:{number}: no judgement, which has {wanted}")
            application, place, line, rule, known_by, verdict, cause = row
            yield application, Judgement((place, int(line), rule), known_by, verdict, cause)  # type: ignore[arg-type]
