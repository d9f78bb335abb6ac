"""The work that is measured, in an interpreter of its own: ``python -m bench.work nothing|parse|facts|check PATH``."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import sys
import warnings
from pathlib import Path

from discreet.project.config import Config, load
from discreet.project.discovery import SourceFile, discover
from discreet.project.reading import read
from discreet.project.run import check

TESTS_OF_PYTHON = ("/test", "/idlelib", "/lib2to3", "/*/tests")


def configuration(root: Path) -> Config:
    """No configuration but the default, and of the standard library not its tests, which are odd on purpose."""
    is_stdlib = (root / "this.py").is_file()
    config = dataclasses.replace(load([root], isolated=True), root=root)
    return dataclasses.replace(config, extend_exclude=TESTS_OF_PYTHON) if is_stdlib else config


def files_of(root: Path) -> tuple[SourceFile, ...]:
    """The files that all candidates read."""
    return discover([root], configuration(root)).files


def parse(root: Path) -> None:
    """The floor: parse every file and throw the tree away."""
    for file in files_of(root):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError):
            ast.parse(Path(file.location).read_bytes())


def facts(root: Path) -> None:
    """Lower every file to facts."""
    for file in files_of(root):
        read(file)


WORK = {"nothing": files_of, "parse": parse, "facts": facts, "check": lambda root: check([root], configuration(root))}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    WORK[sys.argv[1]](Path(sys.argv[2]).resolve())
