"""``python -m reality``: check every row of the catalogue against the real libraries. See ``make catalogue``."""

from __future__ import annotations

import argparse
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from reality import report
from reality.claims import built_in
from reality.modules import Shelf
from reality.names import Names
from reality.services import callables
from reality.verdicts import Judge, excused, older

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


def shelf_over(libraries: Path) -> Shelf:
    """The libraries, this interpreter's standard library, and mypy's stubs for what of it is written in C."""
    mypy = find_spec("mypy")
    stubs = [Path(mypy.origin).parent / "typeshed/stdlib"] if mypy is not None and mypy.origin else []
    return Shelf([libraries, Path(sysconfig.get_path("stdlib"))], stubs)


def main() -> None:
    """Check, print, and exit with 1 if anything is wrong, can't be told, or is excused for nothing."""
    parser = argparse.ArgumentParser(prog="python -m reality", description="Check the catalogue against libraries.")
    parser.add_argument("libraries", type=Path, metavar="DIRECTORY", help="where they were installed: pip --target")
    parser.add_argument("--older", type=Path, metavar="DIRECTORY", help="where older versions of some were installed")
    parser.add_argument("--library", help="only what begins with this name")
    parser.add_argument("--all", action="store_true", help="list also what is excused and what has no signature")
    said = parser.parse_args()
    if not said.libraries.is_dir():
        parser.error(f"{said.libraries} is no directory; `make catalogue` makes it")
    exceptions = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    claims = [each for each in built_in() if said.library in (None, each.library)]
    judge = Judge(Names(shelf_over(said.libraries)), exceptions["stands_for"], callables(said.libraries))
    verdicts = judge.verdicts(claims)
    if said.older is not None:
        before = Judge(Names(Shelf([said.older, said.libraries])), exceptions["stands_for"])
        verdicts = older(verdicts, before)
    verdicts, idle = excused(verdicts, exceptions["reasons"])
    idle = [] if said.library else idle
    for line in report.lines(verdicts, idle, every=said.all):
        print(line)
    sys.exit(any(each.kind in ("wrong", "unknown") for each in verdicts) or bool(idle))


main()
