"""How well names alone are judged: ``python -m bench names``.

Discreet's guess about every labelled name (``tests/identifiers``) is held against its label, with the context that
the engine would hand on. A guess is right if it is one of the label's categories. Strong guesses alone make findings
of medium confidence, so precision and recall are theirs; weak ones are counted beside them. Names that the reader
could not decide count neither way.

Libraries that hold no people are the other half: ``--wheels DIR`` holds wheels of them (``pip download --no-deps``),
and what is taken for personal data in their names is counted in 10,000. Opaque ids (``user_id``) count as well, though
no finding comes of them; beside it stands what is left without them.
"""

from __future__ import annotations

import argparse
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.identifiers import HERE, SOURCES, repositories
from bench.occurrences import Occurrence, occurrences
from bench.table import table
from discreet.catalogue.categories import categories
from discreet.catalogue.names import Guess, judge, judge_callable
from discreet.catalogue.neighbours import disowns, gained, is_shared

DRAWS = tuple(HERE / each.names for each in SOURCES)
LIBRARIES = ("pandas", "botocore", "sqlalchemy", "mlflow")
READ_BY_NAME = ("parameter", "attribute", "field", "key")
"""What the engine asks whose it is by what stands beside it; of a variable or a keyword, by what it is given."""
READ = ("dev", "second")
HALVES = (*READ, "test", "third", "fourth", "fifth")


@dataclass(frozen=True)
class Labelled:
    """One line of a draw; no ``accepted`` categories: not personal."""

    name: str
    kind: str
    context: str
    stratum: str
    language: str
    half: str
    accepted: tuple[str, ...]

    @property
    def guess(self) -> Guess | None:
        """What discreet says of it."""
        return guess(self.name, self.kind, self.context)


def guess(name: str, kind: str, context: str) -> Guess | None:
    """What is said about a name in the context that the engine hands on for such a use."""
    around = _around(kind, context)
    return judge_callable(name, around) if kind == "method" else judge(name, around)


def _around(kind: str, context: str) -> tuple[str, ...]:
    """What a function calls its variables, the engine judges by their own names; a parameter's function, and whatever
    call a keyword is for, only hints unless it is a class.
    """
    if kind == "variable" or not context:
        return ()
    if kind == "parameter" or (kind == "keyword" and not context[:1].isupper()):
        return (f"def:{context}",)
    return (context,)


def taken(each: Occurrence) -> Guess | None:
    """What is said about a use of a name whose whole surroundings are known, as they are to the engine."""
    said = guess(each.name, "method" if each.called else each.kind, each.context)
    around = _around(each.kind, each.context)
    if (said is None or said.strength == "weak") and each.kind in READ_BY_NAME and not each.called:
        said = gained(each.name, around, each.beside, is_field=each.kind == "field") or said
    if said is None or each.made_of == ():
        return None
    around = (f"def:{each.context}",) if each.kind == "variable" and each.context else around
    made_of = each.made_of or ((),)
    if is_shared(each.name, said) and all(disowns(each.name, said, around, each.beside, names) for names in made_of):
        return None
    return said


def labelled(draws: Sequence[Path] = DRAWS) -> list[Labelled]:
    """All that was decided, in the order of the files."""
    languages = {each["repository"]: each["language"] for each in repositories()}
    found = []
    for line in (line for path in draws for line in path.read_text(encoding="utf-8").splitlines()[1:]):
        name, kind, context, stratum, repository, label, half = line.split("\t")
        if label != "?":
            accepted = () if label == "-" else tuple(label.split("|"))
            found.append(Labelled(name, kind, context, stratum, languages[repository], half, accepted))
    return found


@dataclass
class Tally:
    """Guesses counted: by strength, right and wrong, under the category they count for."""

    labels: Counter[str] = field(default_factory=Counter)
    right: dict[str, Counter[str]] = field(default_factory=lambda: {"strong": Counter(), "weak": Counter()})
    wrong: dict[str, Counter[str]] = field(default_factory=lambda: {"strong": Counter(), "weak": Counter()})

    def add(self, each: Labelled) -> None:
        """A right guess counts for the label's first category, a wrong one for the category that was guessed."""
        if each.accepted:
            self.labels[each.accepted[0]] += 1
        said = each.guess
        if said is None:
            return
        if said.category in each.accepted:
            self.right[said.strength][each.accepted[0]] += 1
        else:
            self.wrong[said.strength][said.category] += 1

    @property
    def categories(self) -> list[str]:
        """All that were labelled or guessed strongly."""
        return sorted({*self.labels, *self.wrong["strong"]})

    def precision(self, category: str | None = None, strength: str = "strong") -> float | None:
        """Of one category, or of all guesses together; None without a guess."""
        right, wrong = _count(self.right[strength], category), _count(self.wrong[strength], category)
        return right / (right + wrong) if right + wrong else None

    def recall(self, category: str | None = None) -> float | None:
        """Of strong guesses; None without a label."""
        labels = _count(self.labels, category)
        return _count(self.right["strong"], category) / labels if labels else None

    def cells(self, name: str, category: str | None = None) -> list[str]:
        """One line of the table."""
        counts = [self.labels, self.right["strong"], self.wrong["strong"], self.right["weak"], self.wrong["weak"]]
        labels, *guesses = (str(_count(each, category)) for each in counts)
        shares = [share(self.precision(category)), share(self.recall(category))]
        return [name, labels, *guesses[:2], *shares, *guesses[2:]]

    def macro(self) -> tuple[float | None, float | None]:
        """Precision and recall as the means over the categories that have them."""
        return mean(self.precision(each) for each in self.categories), mean(self.recall(each) for each in self.labels)


def _count(counter: Counter[str], category: str | None) -> int:
    return counter.total() if category is None else counter[category]


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are there."""
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def share(value: float | None) -> str:
    """Three decimals; a dash where there is nothing to divide."""
    return "-" if value is None else f"{value:.3f}"


def tally(names: Iterable[Labelled]) -> Tally:
    """Count the guesses about names."""
    counted = Tally()
    for each in names:
        counted.add(each)
    return counted


HEAD = ("", "labels", "right", "wrong", "prec.", "recall", "weak right", "weak wrong")


def report(names: Sequence[Labelled], *, verbose: bool) -> Iterator[str]:
    """The tables: a line for each category, language and stratum, and the sums."""
    whole = tally(names)
    yield from table(HEAD, [whole.cells(each, each) for each in whole.categories])
    yield ""
    yield from table(HEAD, by(names, lambda each: each.language))
    yield ""
    yield from table(HEAD, [*by(names, lambda each: each.stratum), whole.cells("all")])
    precision, recall = whole.macro()
    yield f"mean over categories: precision {share(precision)}, recall {share(recall)}"
    if verbose:
        yield ""
        yield from details(names)


def by(names: Sequence[Labelled], group: Callable[[Labelled], str]) -> list[list[str]]:
    """A line for each group of names; the language is that of the repository's people, the code is often English."""
    groups = sorted({group(each) for each in names})
    return [tally(each for each in names if group(each) == wanted).cells(wanted) for wanted in groups]


def details(names: Iterable[Labelled]) -> Iterator[str]:
    """Every wrong strong guess and every label that no strong guess met."""
    for each in names:
        said = each.guess
        met = said is not None and said.category in each.accepted
        if said and not met and said.strength == "strong":
            wanted = "|".join(each.accepted) or "-"
            yield f"wrong   {each.context} . {each.name} ({each.kind}): {said.category}, labelled {wanted}"
        if each.accepted and not (met and said and said.strength == "strong"):
            heard = f"{said.strength} {said.category}" if said else "nothing"
            yield f"missed  {each.context} . {each.name} ({each.kind}): {'|'.join(each.accepted)}, said {heard}"


def of_wheel(path: Path) -> list[Occurrence]:
    """The names of a wheel's Python files, each use of each."""
    with zipfile.ZipFile(path) as wheel:
        inside = sorted(name for name in wheel.namelist() if name.endswith(".py"))
        sources = (wheel.read(name).decode("utf-8", "replace") for name in inside)
        return [each for source in sources for each in occurrences(source)]


def libraries(wheels: Path, *, verbose: bool) -> Iterator[str]:
    """How many names of each library are taken for personal data, how many of these could be reported, and the uses."""
    rows, told = [], []
    for library in LIBRARIES:
        for path in sorted(wheels.glob(f"{library}-*.whl")):
            found = of_wheel(path)
            said = {each: one for each in found if (one := taken(each)) and one.strength == "strong"}
            names, named = len({each.name for each in found}), len({each.name for each in said})
            reported = len({each.name for each, one in said.items() if categories()[one.category].standing != "opaque"})
            uses = len(set(found))
            counts = [f"{names:,}", str(named), in_ten_thousand(named, names)]
            counts += [str(reported), in_ten_thousand(reported, names)]
            counts += [f"{uses:,}", str(len(said)), in_ten_thousand(len(said), uses)]
            rows.append([f"{library} {path.name.split('-')[1]}", *counts])
            told += [
                f"taken   {each.context} . {each.name} ({each.kind}): {said[each].category}" for each in sorted(said)
            ]
    heads = ("", "names", "taken", "in 10,000", "not opaque", "in 10,000", "uses", "taken", "in 10,000")
    yield from table(heads, rows)
    if verbose:
        yield from ("", *told)


def in_ten_thousand(part: int, whole: int) -> str:
    """A rate; of nothing, a dash."""
    return f"{10_000 * part / whole:.1f}" if whole else "-"


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench names", description="How well names are judged.")
    parser.add_argument("--half", choices=HALVES, help="only this half, or a later draw [all]")
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="holds wheels of libraries without people")
    parser.add_argument("--verbose", action="store_true", help="list what is wrong and what is missed")
    said = parser.parse_args(arguments)
    if said.verbose and said.half not in (*READ, None):
        parser.error("only dev and second are to be read by anybody who changes what is measured")
    names = [each for each in labelled() if said.half in (None, each.half)]
    for line in report(names, verbose=said.verbose and said.half in READ):
        print(line)
    if said.wheels:
        print("", *libraries(said.wheels, verbose=said.verbose), sep="\n")
