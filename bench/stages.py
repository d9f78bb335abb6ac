"""Where the time goes: ``python -m bench profile PATH``, stage by stage, and the functions that take the most of it.

This is no measurement to quote: it looks inside, in one process, and a profiler slows small functions the most. It
reaches into the engine's own rooms, so it is the one command that changes with them.
"""

from __future__ import annotations

import argparse
import cProfile
import dataclasses
import io
import pstats
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bench.corpus import Corpus, copied, scratch
from bench.table import table

T = TypeVar("T")


class Stages:
    """A clock for each stage, and a profiler for those that are to be looked into."""

    def __init__(self, profiled: Sequence[str]) -> None:
        self.seconds: dict[str, float] = {}
        self.profiles = {name: cProfile.Profile() for name in profiled}

    def run(self, name: str, work: Callable[[], T]) -> T:
        """Do something, on a stage's account."""
        profile = self.profiles.get(name)
        started = time.process_time()
        done = profile.runcall(work) if profile else work()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - started
        return done

    def rows(self) -> list[tuple[str, ...]]:
        """Seconds and shares."""
        whole = sum(self.seconds.values())
        return [(name, f"{each:.2f}", f"{100 * each / whole:.1f}") for name, each in self.seconds.items()]

    def hottest(self, name: str, count: int, order: str) -> str:
        """The profiler's table of one stage."""
        text = io.StringIO()
        pstats.Stats(self.profiles[name], stream=text).strip_dirs().sort_stats(order).print_stats(count)
        return text.getvalue().strip()


def walk(corpus: Corpus, stages: Stages) -> None:
    """One check, taken apart."""
    from discreet.facts.collector import collector_resting
    from discreet.facts.extraction import extract
    from discreet.facts.outline import outline_of
    from discreet.facts.reading import decode, parse
    from discreet.flow.library import Library, encoded
    from discreet.flow.solver import Solver, groups
    from discreet.project.config import load
    from discreet.project.discovery import discover
    from discreet.rules import Settings, told

    config = dataclasses.replace(load([corpus.sources], isolated=True), root=corpus.sources)
    files = stages.run("discovery", lambda: discover([corpus.sources], config)).files
    outlines, content = [], {}
    with collector_resting():
        for file in files:
            data = stages.run("read", Path(file.location).read_bytes)
            text = stages.run("decode", lambda data=data, file=file: decode(file.path, data))
            tree = stages.run("parse", lambda text=text, file=file: parse(file.path, text))
            more = {"module": file.module, "is_package": file.is_package, "below": file.below, "tree": tree}
            facts = stages.run("facts", lambda file=file, data=data, more=more: extract(file.path, data, **more))
            content[facts.module] = stages.run("encode", lambda facts=facts: encoded(facts))
            outlines.append(stages.run("outline", lambda facts=facts: outline_of(facts)))
        library = stages.run("index", lambda: Library(outlines, content))
        solver = Solver(library, {})
        solved = [stages.run("flow", lambda group=group: solver.solve(group)) for group in groups(library)]
        flows = [flow for each in solved for flow in each.flows]
        found = stages.run("tell", lambda: told(flows, outlines, Settings()))
    stages.run("output", lambda: _written(found))


def _written(found: Sequence[object]) -> bytes:
    import msgspec

    return msgspec.json.encode(found)


def main(arguments: Sequence[str]) -> None:
    """Take a check apart twice: once undisturbed for the seconds, once under the profiler for the functions."""
    parser = argparse.ArgumentParser(prog="python -m bench profile", description="Where the time goes.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="what to check [the standard library]")
    parser.add_argument("--top", type=int, default=25, help="functions to show [%(default)s]")
    parser.add_argument("--order", default="tottime", choices=["tottime", "cumtime", "ncalls"], help="[%(default)s]")
    parser.add_argument("--stage", action="append", help="stages to look into [facts, flow]; parse, link, ...")
    said = parser.parse_args(arguments)
    looked_into = said.stage or ["facts", "flow"]
    with scratch() as home:
        corpus = copied(said.paths, home)
        plain, deep = Stages(()), Stages(looked_into)
        walk(corpus, plain)
        print(corpus.title(), *table(("stage", "CPU s", "%"), plain.rows()), sep="\n", flush=True)
        walk(corpus, deep)
        for name in looked_into:
            print("", f"{name}:", deep.hottest(name, said.top, said.order), sep="\n", flush=True)
