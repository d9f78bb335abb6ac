"""A cold check beside the other tools, on the same files: ``python -m bench check [PATH ...]``."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import ours, peers
from bench.corpus import Corpus, copied, scratch, small
from bench.peers import Absent, Tool
from bench.process import Usage, gave_up, median, run
from bench.table import megabytes, table, times
from bench.targets import Target, ratio
from bench.timing import interleaved, tell

START = "(interpreter start)"
ONE, TWO, KEPT = "discreet, 1 job", "discreet, 2 jobs", "discreet, 1 job, writing its cache"
HEAD = ("", "CPU s", "wall s", "peak MB", "CPU : ast", "ours : its CPU", "ours : its wall", "runs", "")
KEY = (
    "CPU includes all processes a tool starts. peak is the largest single process of a tool (see 'bench memory').",
    "ours : its is discreet with as many jobs, keeping nothing, against this tool; below 1 discreet is the quicker.",
)
SLOW = 120.0
"""Seconds beyond which a run isn't repeated."""


@dataclass(frozen=True)
class Row:
    """One line of the table: what a tool took and said at last, or why there is nothing to show."""

    name: str
    usage: Usage | None = None
    runs: int = 0
    note: str = ""
    said: bytes = b""


def discreets(corpus: Corpus) -> list[Tool | Absent]:
    """discreet in the ways that are promised about: with one job, with two, and with its cache written."""

    def keeping(where: str) -> list[str]:
        cache = corpus.home / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        return ours.command(where, cache=cache)

    two, kept = Tool(TWO, lambda where: ours.command(where, jobs=2)), Tool(KEPT, keeping)
    return [
        Tool(ONE, lambda where: ours.command(where)),
        two if "--jobs" in ours.options() else Absent(TWO, ours.NO_JOBS),
        kept if "--cache-dir" in ours.options() else Absent(KEPT, ours.NO_CACHE),
    ]


def compare(corpus: Corpus, candidates: Sequence[Tool | Absent], rounds: int) -> list[Row]:
    """Run all of them in turn over one corpus; who goes wrong has a line that says so."""
    tools = {each.name: each for each in candidates if isinstance(each, Tool)}
    _warmed(corpus, tools.values())
    measured = interleaved(
        {name: _measurement(corpus, tool) for name, tool in tools.items()}, rounds, once_beyond=SLOW, tell=tell
    )
    rows = []
    for each in candidates:
        if isinstance(each, Absent):
            rows.append(Row(each.name, note=each.why))
            continue
        usage = median(measured[each.name])
        if not each.fine(usage.status) or gave_up(_file(corpus, each, "err").read_text(errors="replace")):
            rows.append(Row(each.name, note=f"failed with status {usage.status}: {_complaint(corpus, each)}"))
        else:
            said = _file(corpus, each, "out").read_bytes()
            rows.append(Row(each.name, usage, len(measured[each.name]), _note(corpus, each, said), said))
    return rows


def _warmed(corpus: Corpus, tools: Iterable[Tool]) -> None:
    """Start everything once on an almost empty directory, so that its own byte code is compiled."""
    name = small(corpus.home)
    for tool in tools:
        run(tool.command(name), directory=corpus.home, environment=tool.environment)


def _measurement(corpus: Corpus, tool: Tool) -> Callable[[], Usage]:
    def measure() -> Usage:
        command = tool.command(corpus.sources.name)
        files = {"out": _file(corpus, tool, "out"), "err": _file(corpus, tool, "err")}
        return run(command, directory=corpus.home, environment=tool.environment, **files)

    return measure


def _file(corpus: Corpus, tool: Tool, kind: str) -> Path:
    return corpus.home / f"{tool.name.replace(' ', '-')}.{kind}"


def _complaint(corpus: Corpus, tool: Tool) -> str:
    lines = _file(corpus, tool, "err").read_text(errors="replace").strip().splitlines()
    return lines[-1][:100] if lines else "without a word"


def _note(corpus: Corpus, tool: Tool, said: bytes) -> str:
    """How much a tool said, as far as that is easily counted; a tool that finds nothing may have read nothing."""
    if tool.name.startswith("discreet"):
        return _complaint(corpus, tool)  # "3 findings in 12 files", beside the findings
    if not tool.name.startswith("semgrep"):
        return f"{len(said.splitlines()):,} lines said" if said else ""
    answer = json.loads(said)
    counts = {"results": answer["results"], "files": answer["paths"]["scanned"], "errors": answer["errors"]}
    return ", ".join(f"{len(each)} {name}" for name, each in counts.items() if each or name != "errors")


def agreement(rows: Sequence[Row]) -> str:
    """Whether discreet says the same however it is run, since speed that changes the answer is none."""
    ways = [row for row in rows if row.name.startswith("discreet") and row.usage]
    if len(ways) < 2:
        return "only one way to run discreet could be measured"
    same = "the same answer" if len({row.said for row in ways}) == 1 else "NOT THE SAME ANSWER"
    return f"{same} from: {'; '.join(row.name for row in ways)}"


def report(corpus: Corpus, rows: Sequence[Row], start: Usage) -> list[str]:
    """The table, its key, and what is promised."""
    took = {row.name: row.usage for row in rows}
    floor = took.get("ast.parse")
    lines = [_line(row, took, floor) for row in rows]
    lines.insert(0, (START, f"{start.cpu:.3f}", f"{start.wall:.3f}", megabytes(start.peak), *["-"] * 5))
    return [
        corpus.title(),
        *table(HEAD, lines),
        *KEY,
        agreement(rows),
        *(each.line() for each in targets(took, start)),
    ]


def _line(row: Row, took: Mapping[str, Usage | None], floor: Usage | None) -> tuple[str, ...]:
    usage = row.usage
    if usage is None:
        return (row.name, *["-"] * 7, row.note)
    mine = None if row.name.startswith("discreet") else took.get(TWO if "2 jobs" in row.name else ONE)
    return (
        row.name,
        f"{usage.cpu:.2f}",
        f"{usage.wall:.2f}",
        megabytes(usage.peak),
        times(ratio(usage.cpu, floor and floor.cpu)),
        times(ratio(mine and mine.cpu, usage.cpu)),
        times(ratio(mine and mine.wall, usage.wall)),
        str(row.runs),
        row.note,
    )


def targets(took: Mapping[str, Usage | None], start: Usage) -> list[Target]:
    """What is promised of a cold run."""
    one, two, floor = took.get(ONE), took.get(TWO), took.get("ast.parse")
    work = None if floor is None else floor.cpu - start.cpu

    def wall(mine: Usage | None, other: str, bound: float) -> Target:
        its = took.get(other)
        jobs = "2 jobs" if mine is two else "1 job"
        return Target(f"wall, {jobs}, against {other}", ratio(mine and mine.wall, its and its.wall), bound, unit=" x")

    made = [
        Target("CPU, 1 job, against ast.parse", ratio(one and one.cpu, floor and floor.cpu), 4.0, unit=" x"),
        Target("the same, the floor without its interpreter's start", ratio(one and one.cpu, work), 4.0, unit=" x"),
        wall(one, "bandit", 0.5),
        wall(one, "semgrep, 1 job", 0.2),
    ]
    if two is not None:
        made.append(wall(two, "semgrep, 2 jobs", 0.2))
    twice = ratio(one and one.wall, two and two.wall)
    made.append(Target("2 jobs as fast as 1", twice, 1.7, "at least", " x", why=ours.NO_JOBS if two is None else ""))
    return made


def main(arguments: Sequence[str]) -> None:
    """Measure what is named, or the standard library."""
    parser = argparse.ArgumentParser(prog="python -m bench check", description="A cold check beside other tools.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="what to check [the standard library]")
    parser.add_argument("--peers", default=",".join(peers.KNOWN), help="which tools, comma-separated [%(default)s]")
    parser.add_argument("--peers-venv", type=Path, default=peers.ENVIRONMENT, help="where they are [%(default)s]")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs to take the median of [%(default)s]")
    parser.add_argument("--with-tests", action="store_true", help="the standard library with its tests: 850,000 lines")
    said = parser.parse_args(arguments)
    wanted = [name for name in said.peers.split(",") if name]
    for name in wanted:
        if name not in peers.KNOWN:
            parser.error(f"no tool is called {name!r}; there are {', '.join(peers.KNOWN)}")
    with scratch() as home:
        corpus = copied(said.paths, home, with_tests=said.with_tests)
        candidates = [*discreets(corpus), *peers.tools(wanted, home, said.peers_venv)]
        rows = compare(corpus, candidates, said.repeat)
        (home / "nothing").mkdir()
        start = median([run(peers.floor().command("nothing"), directory=home) for _ in range(5)])
        print(*report(corpus, rows, start), "", sep="\n", flush=True)
