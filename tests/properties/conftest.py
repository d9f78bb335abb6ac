"""What the properties share: the fixtures as programs held in memory, and the pipeline over them.

The engine is reached only through its two doors, ``discreet.facts.extract`` and ``discreet.rules.findings``, so a
property speaks of every finding there is, before selection and suppression.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.counting import counted

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SINGLE = ("language", "clean")  # directories whose files are programs of one file each

Files = Mapping[str, bytes]


class Program(NamedTuple):
    """A program: its name, and the bytes of its files by their path."""

    name: str
    files: dict[str, bytes]

    def __repr__(self) -> str:
        return f"<{self.name}>"  # hypothesis prints what a test was given


class Pipeline:
    """From files to findings; the facts of a file that was seen before are kept."""

    def __init__(self) -> None:
        self._kept = functools.lru_cache(2048)(self.facts)

    @staticmethod
    def facts(path: str, data: bytes) -> Any:
        """The facts of one file.

        Raises:
            UnreadableSource: it can't be parsed.
        """
        from discreet.facts.extraction import extract

        parts = path.removesuffix(".py").split("/")
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[: -1 if is_package else None]) or "main"
        return extract(path, data, module=module, is_package=is_package)

    def all_facts(self, files: Files, *, fresh: bool = False) -> list[Any]:
        """The facts of all files, in the order given."""
        make = self.facts if fresh else self._kept
        return [make(path, data) for path, data in files.items()]

    @staticmethod
    def linked(facts: Iterable[Any]) -> list[Any]:
        """All findings of some modules."""
        from discreet.rules import Settings, findings

        return list(findings(list(facts), Settings()))

    def findings(self, files: Files, *, fresh: bool = False) -> list[Any]:
        """All findings of a program."""
        return self.linked(self.all_facts(files, fresh=fresh))


def read_programs() -> Iterator[Program]:
    for directory in sorted(p for p in FIXTURES.iterdir() if p.is_dir()):
        files = {file.relative_to(FIXTURES).as_posix(): file.read_bytes() for file in sorted(directory.rglob("*.py"))}
        if directory.name in SINGLE:
            yield from (Program(path, {path: data}) for path, data in files.items())
        elif files:
            yield Program(directory.name, files)


class Programs(list[Program]):
    """A list that hypothesis prints in one line."""

    def __repr__(self) -> str:
        return "<every fixture>"


@pytest.fixture(scope="session")
def programs() -> Programs:
    """Every fixture program."""
    return Programs(read_programs())


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def cost(pipeline: Pipeline) -> Callable[[Files], int]:
    """The calls made for a program, once whatever is loaded once is loaded."""
    pipeline.findings({"main.py": b"import logging\n\n\ndef f(email):\n    logging.info(email)\n"}, fresh=True)

    def run(files: Files) -> int:
        with counted() as count:
            pipeline.findings(files, fresh=True)
        return count[0]

    return run
