"""``python -m bench oracle ENVIRONMENT``: what the oracle settles of ``oracle.toml``, and at what cost.

The environment needs the libraries that the questions are about; a question about one that is missing is counted apart.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.settling import HEAD, compare, row
from discreet.oracle import LibraryOracle, open_oracle

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


class Asked(NamedTuple):
    """A question that was asked."""

    question: str
    expected: str
    answer: tuple[str, ...]
    verdict: str  # right, wrong, unknown, not installed
    seconds: float


def main(argv: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench oracle", description=__doc__)
    parser.add_argument("environment", type=Path, help="what --python takes: a virtual environment with the libraries")
    parser.add_argument("--all", action="store_true", help="show every question, not only those not answered rightly")
    parser.add_argument("--orders", type=int, default=0, help="ask again in so many random orders; answers must agree")
    parser.add_argument("--app", type=Path, help="compare this checkout with and without the environment instead")
    said = parser.parse_args(argv)
    if said.app is not None:
        print(*HEAD, *row(compare(said.app, said.environment)), sep="\n")
        return
    questions: dict[str, str] = tomllib.loads((Path(__file__).parent / "oracle.toml").read_text("utf-8"))["questions"]
    with open_oracle(said.environment) as oracle:
        asked = [ask(oracle, question, expected) for question, expected in questions.items()]
        notes, spent = oracle.said(), oracle.seconds
    print(*table(asked, said.all), *notes, sep="\n")
    print(f"all questions, and those that judged the answers: {spent:.1f} s; helper's peak memory {peak():.0f} MB")
    if said.orders:
        print(*orders(said.environment, list(questions), said.orders), sep="\n")


def ask(oracle: LibraryOracle, question: str, expected: str) -> Asked:
    """One question, timed; the questions that judge the answer are not."""
    kind, *about = question.split()
    if not oracle.environment.has(about[0].partition(".")[0]):
        return Asked(question, expected, (), "not installed", 0.0)
    before = time.perf_counter()
    answer: tuple[str, ...] = getattr(oracle, kind)(*about)
    seconds = time.perf_counter() - before
    names = set(answer) if kind == "bases" else set(names_of(oracle, answer))
    verdict = "right" if expected in names else "wrong" if names else "unknown"
    return Asked(question, expected, answer, verdict, seconds)


def names_of(oracle: LibraryOracle, answer: tuple[str, ...]) -> Iterator[str]:
    """All names of the classes an answer speaks of."""
    for each in answer:
        name = each.partition(":")[2]
        yield name
        yield from oracle.bases(name)


def table(asked: list[Asked], everything: bool) -> list[str]:
    """What was settled, and the cost."""
    lines = []
    for each in asked:
        if everything or each.verdict != "right":
            lines.append(f"{each.verdict:14} {each.seconds * 1000:6.0f} ms  {each.question}")
            lines.append(f"{'':27} expected {each.expected}, got {', '.join(each.answer) or 'nothing'}")
    there = [each for each in asked if each.verdict != "not installed"]
    counts = {word: sum(each.verdict == word for each in there) for word in ("right", "unknown", "wrong")}
    times = sorted(each.seconds for each in there[1:])  # the first one starts the helper
    share = 100 * counts["right"] / max(1, len(there))
    lines.append(
        f"{len(there)} questions: {counts['right']} right ({share:.0f} %), {counts['unknown']} unknown, "
        f"{counts['wrong']} wrong; {len(asked) - len(there)} not asked, library not installed"
    )
    if len(times) > 1:
        tenth = statistics.quantiles(times, n=10)[-1]
        lines.append(
            f"start and first question {there[0].seconds:.2f} s; then median {1000 * statistics.median(times):.0f} ms, "
            f"one in ten above {1000 * tenth:.0f} ms, worst {1000 * times[-1]:.0f} ms"
        )
    return lines


def orders(environment: Path, questions: list[str], rounds: int) -> list[str]:
    """Whether answers depend on what was asked before."""
    seen: dict[str, set[tuple[str, ...]]] = {question: set() for question in questions}
    for number in range(rounds):
        random.Random(number).shuffle(questions)
        with open_oracle(environment) as oracle:
            for question in questions:
                kind, *about = question.split()
                seen[question].add(getattr(oracle, kind)(*about))
    different = [question for question, answers in seen.items() if len(answers) > 1]
    lines = [f"{rounds} random orders: {len(different)} questions answered differently"]
    return [*lines, *(f"  {question}: {sorted(seen[question])}" for question in different)]


def peak() -> float:
    """The most memory a child process had, in MB."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(sys.argv[1:])
