"""Real code at hand everywhere: what this Python itself ships is analysed, whatever is in it.

A fixed stride over the library is taken; all of it with ``DISCREET_ALL_OF_THE_LIBRARY=1``.
"""

from __future__ import annotations

import ast
import os
import sysconfig
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

LIBRARY = Path(sysconfig.get_paths()["stdlib"])
NOT_ITS_OWN = {"site-packages", "dist-packages", "__pycache__", "idlelib", "turtledemo"}
STRIDE = 1 if os.environ.get("DISCREET_ALL_OF_THE_LIBRARY") else 17
CHUNKS = 8
PACKAGES = ("json", "email", "logging", "http", "asyncio", "unittest", "xml", "importlib")
DEMANDING = (  # large, odd or recursive: always looked at
    *("__future__.py", "_pydecimal.py", "argparse.py", "ast.py", "difflib.py", "enum.py", "fractions.py"),
    *("inspect.py", "ipaddress.py", "smtplib.py", "subprocess.py", "typing.py"),
)


def library() -> list[Path]:
    everything = sorted(file for file in LIBRARY.rglob("*.py") if not NOT_ITS_OWN & set(file.parts))
    always = [LIBRARY / name for name in DEMANDING if (LIBRARY / name).is_file()]
    return list(dict.fromkeys([*everything[::STRIDE], *always]))


def is_python(data: bytes) -> bool:
    """What CPython says: the library ships files on purpose that are none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(data)
        except (SyntaxError, ValueError):
            return False
    return True


def checked(file: Path, pipeline: Any) -> str:
    """What is wrong with the analysis of one file by itself, or nothing."""
    from discreet.facts.extraction import ModuleFacts, UnreadableSource

    data = file.read_bytes()
    try:
        facts = pipeline.facts(file.relative_to(LIBRARY).as_posix(), data)
    except UnreadableSource as error:
        return f"can be parsed, but: {error}" if is_python(data) else ""
    found = pipeline.linked([facts])
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=ModuleFacts)
    return "" if pipeline.linked([again]) == found else "other findings once its facts were stored"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_file_is_analysed(chunk: int, pipeline: Any) -> None:
    files = library()[chunk::CHUNKS]
    assert files
    said = []
    for file in files:
        try:
            wrong = checked(file, pipeline)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            said.append(f"{file.relative_to(LIBRARY)}: {wrong}")
    assert said == []


def package(name: str) -> dict[str, bytes]:
    return {
        file.relative_to(LIBRARY).as_posix(): file.read_bytes()
        for file in sorted((LIBRARY / name).rglob("*.py"))
        if not NOT_ITS_OWN & set(file.parts)
    }


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_linked_as_a_whole(name: str, pipeline: Any) -> None:
    files = package(name)
    assert len(files) > 2
    facts = pipeline.all_facts(files)
    found = pipeline.linked(facts)
    assert pipeline.linked(reversed(facts)) == found, "not the same in another order"
    assert {finding.path for finding in found} <= files.keys()


def test_a_partial_of_the_module_keeps_its_own_arguments(pipeline: Any) -> None:
    """What made importlib.metadata fail, in a few lines."""
    text = (
        "import functools\ndef g(key): pass\na = f()\npart = functools.partial(g, key=f())\ndef start():\n    part()\n"
    )
    assert pipeline.findings({"app.py": text.encode()}) == []


@pytest.mark.parametrize("name", ["json", "logging"])
def test_twice_the_packages_cost_twice(name: str, cost: Callable[[dict[str, bytes]], int]) -> None:
    def copies(number: int) -> dict[str, bytes]:
        """The same package under other names, whose modules import one another under these."""
        return {
            f"{name}{copy}/{path.partition('/')[2]}": data.replace(
                f"from {name}".encode(), f"from {name}{copy}".encode()
            )
            for copy in range(number)
            for path, data in package(name).items()
        }

    one, two, four = (cost(copies(number)) for number in (1, 2, 4))
    assert two <= 2.3 * one
    assert four <= 2.3 * two
