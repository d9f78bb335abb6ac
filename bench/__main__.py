"""``python -m bench COMMAND``: ratios within one run, and what is promised of them."""

from __future__ import annotations

import importlib
import sys

from bench.process import Failed
from bench.timing import environment

COMMANDS = {
    "start": ("bench.start", "what the plugin costs flake8 where there is nothing to find"),
    "catalogue": ("bench.catalogue", "what loading the catalogue costs"),
    "check": ("bench.checking", "a cold check beside ast.parse, pyflakes, bandit, pylint and semgrep"),
    "warm": ("bench.warm", "a check after nothing or one file has changed"),
    "growth": ("bench.growth", "what twice the files cost, from 1,000 to 16,000"),
    "memory": ("bench.memory", "the peak memory over 800,000 lines"),
    "flake8": ("bench.hosting", "flake8 with our rules against flake8 with pyflakes"),
    "all": ("", "all of these, as they stand here: half an hour and more"),
    "profile": ("bench.stages", "where the time goes, stage by stage"),
    "grow": ("bench.grow", "write an application of any size"),
    "oracle": ("bench.oracle", "what the oracle settles of questions about real libraries, and at what cost"),
    "draw": ("bench.identifiers", "names of real public code, to be labelled"),
    "names": ("bench.names", "how well names alone are judged, and how often in libraries without people"),
    "evaluate": ("bench.evaluate", "how much is found in real applications, and how much of it is true"),
    "judged": ("bench.judging", "how much is true of what is said in applications that nobody had read"),
}
MEASURED = ("start", "catalogue", "check", "warm", "growth", "memory", "flake8")


def main() -> None:
    """Do what was asked for; ``python -m bench`` alone measures everything."""
    name, *arguments = sys.argv[1:] or ["all"]
    if name not in COMMANDS or (name == "all" and arguments):
        print("usage: python -m bench [COMMAND] [OPTIONS]", "", sep="\n")
        print(*(f"  {each:<9} {what}" for each, (_, what) in COMMANDS.items()), sep="\n")
        sys.exit(0 if name in ("-h", "--help", "help") else 2)
    if name not in ("grow", "profile", "draw") and not {"-h", "--help", "--draw"} & set(arguments):
        print(environment(), flush=True)
    failed = False
    for each in MEASURED if name == "all" else (name,):
        try:
            importlib.import_module(COMMANDS[each][0]).main(arguments)
        except Failed as failure:
            failed = True
            print(f"{each}: nothing measured, {failure}", "", sep="\n", flush=True)
    sys.exit(failed)


main()
