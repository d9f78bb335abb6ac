"""``python -m bench [start|check] [--rounds N] [CHECKOUT ...]``, and ``python -m bench evaluate CHECKOUT_DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import checking, evaluate, start
from bench.timing import environment


def main() -> None:
    """Print the tables that were asked for."""
    if sys.argv[1:2] == ["evaluate"]:
        print(environment())
        evaluate.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m bench", description="Benchmarks as ratios within one run.")
    parser.add_argument("what", nargs="?", choices=["all", "start", "check"], default="all")
    parser.add_argument("checkouts", nargs="*", type=Path, help="directories to check [the standard library]")
    parser.add_argument("--rounds", type=int, help="runs to take the median of [start: 41, check: 3]")
    said = parser.parse_intermixed_args()
    print(environment())
    if said.what in ("all", "start"):
        print(*start.measure(said.rounds or 41), sep="\n")
    if said.what in ("all", "check"):
        for checkout in said.checkouts or [checking.default_checkout()]:
            print(*checking.measure(checkout, said.rounds or 3), sep="\n")


main()
