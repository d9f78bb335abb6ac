"""What it takes to know the catalogue: a fresh process that loads it, as it is kept and from its files.

Each part is the processor time of the process that does it, from before the first of our modules is imported; only
msgspec, which the facts need anyway, is there already. What is loaded is what a check of some size needs: what is asked
of all rows at once and the rows of fourteen libraries, all categories and their severity, the names in English and the
index of the other languages. The rows of a library are decoded when a name of it is asked for, and a language is read
when the index says that it is spoken, so the last lines are for comparison: no program uses all of either.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence

from bench.process import Failed, around
from bench.table import table
from bench.targets import Target

MOST = 15.0
LIBRARIES = (
    "builtins logging os sys json datetime smtplib requests django rest_framework celery sqlalchemy pydantic boto3"
)
"""What a program of some size uses."""
PARTS = ("import", "tables", "categories", "names")
LOAD = """
import json, sys, time
import msgspec
times = [time.process_time()]
def done(): times.append(time.process_time())
from discreet.catalogue import ready
from discreet.catalogue.categories import categories, resolve
from discreet.catalogue.tables import catalogue
from discreet.catalogue.languages import spoken
from discreet.catalogue.vocabulary import languages, vocabulary
from discreet.rules.severity import table
done()
if sys.argv[1] == "files":
    ready._kept = lambda *_: None
    ready._keep = lambda *_: None
known = catalogue()
known.sink_names, known.caller_names, known.handler_names, known.loggers, known.remote, known.connected, known.ways
if sys.argv[1] == "libraries": known.everything()
for each in sys.argv[2:]: known.models(each)
done()
categories(), resolve("email"), table()
done()
vocabulary(), spoken("word")
if sys.argv[1] == "languages":
    for each in languages(): vocabulary(each)
done()
print(json.dumps([1000 * (after - before) for before, after in zip(times, times[1:])]))
"""
WAYS = {
    "as it is kept": "kept",
    "from its files": "files",
    "kept, of every library": "libraries",
    "kept, in every language": "languages",
}


def load(way: str) -> list[float]:
    """Milliseconds of each part, in a process of its own.

    Raises:
        Failed: the catalogue could not be loaded.
    """
    done = subprocess.run(
        [sys.executable, "-c", LOAD, way, *LIBRARIES.split()], capture_output=True, text=True, check=False, env=around()
    )
    if done.returncode:
        raise Failed((done.stderr.strip().splitlines() or ["without a word"])[-1])
    taken: list[float] = json.loads(done.stdout)
    return taken


def measure(rounds: int) -> list[str]:
    """Lines of a report."""
    taken: dict[str, list[list[float]]] = {name: [] for name in WAYS}
    load("languages")  # byte code is compiled, and what is not kept yet is kept
    for _ in range(rounds):
        for name, way in WAYS.items():
            taken[name].append(load(way))
    rows = [
        (
            name,
            *(f"{statistics.median(part):.2f}" for part in zip(*runs, strict=True)),
            f"{statistics.median(map(sum, runs)):.2f}",
        )
        for name, runs in taken.items()
    ]
    whole = statistics.median(map(sum, taken["as it is kept"]))
    return [
        f"loading the whole catalogue, ms of processor time, median of {rounds} processes",
        *table(("", *PARTS, "all"), rows),
        Target("loading the catalogue", whole, MOST, unit=" ms").line(),
    ]


def main(arguments: Sequence[str]) -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m bench catalogue", description="What the catalogue costs.")
    parser.add_argument("--repeat", type=int, default=21, metavar="N", help="runs to take the median of [%(default)s]")
    print(*measure(parser.parse_args(arguments).repeat), "", sep="\n", flush=True)
