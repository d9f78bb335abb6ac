"""Small applications of several files: which findings, where each stands, and its story from file to file.

Each directory below ``fixtures/programs`` is a program with an ``expected.toml`` beside it, written from outside:
what a reviewer wants to be told. ``fixtures/programs/README.md`` says how to read and write one.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROGRAMS = Path(__file__).resolve().parent.parent / "fixtures" / "programs"
GAPS = PROGRAMS / "gaps.toml"  # what the engine does not tell as it should yet, each with the missing mechanism
STEP = re.compile(r"(?P<place>\S+:\d+)\s+(?P<kind>\w+)(?: +(?P<name>.*?))?\s*\| (?P<code>.+)\Z")

KINDS = {  # how the engine words a step, and what the expectations call it
    "source": re.compile(r"'(?P<name>.+)' is personal \((?:mark|type|name)\)\Z"),
    "held": re.compile(r"held by '(?P<name>.+)'\Z"),
    "handed": re.compile(r"handed to (?P<name>.+)\(\)\Z"),
    "kept": re.compile(r"kept in '(?P<name>.+)'\Z"),
    "through": re.compile(r"through (?P<name>.+)\(\)\Z"),
    "returned": re.compile(r"returned by (?P<name>.+)\(\)\Z"),
    "shown": re.compile(r"shown by (?P<name>.+)\Z"),
    "reaches": re.compile(r"reaches (?P<name>.+) \(\w+\)\Z"),
    "stands": re.compile(r"is handed over here(?P<name>)\Z"),
}

Place = tuple[str, str]  # path:line, code


@dataclass(frozen=True)
class Story:
    """One finding: its categories, and its steps as ``path:line kind name``."""

    categories: frozenset[str]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """What an ``expected.toml`` says."""

    findings: dict[Place, Story]
    clean: dict[str, str]  # path:line, and why it looks like a leak and is none


def programs() -> list[Path]:
    return sorted(path.parent for path in PROGRAMS.glob("*/expected.toml"))


def read(program: Path) -> Expected:
    """Read the expectations; a line of code that is quoted must stand where they say."""
    document = tomllib.loads((program / "expected.toml").read_text(encoding="utf-8"))
    assert document["about"]
    found: dict[Place, Story] = {}
    for each in document["finding"]:
        place = (each["at"], each["code"])
        assert place not in found, f"{place} is expected twice"
        steps = tuple(_expected_step(program, line) for line in each["trace"].splitlines() if line.strip())
        assert steps[-1].startswith(f"{each['at']} "), f"{place}: the story ends elsewhere: {steps[-1]}"
        found[place] = Story(frozenset(each["categories"]), steps)
    for at in document["clean"]:
        assert _line_of(program, at), f"{at} is no line of {program.name}"
        assert not any(place[0] == at for place in found), f"{at} is a leak and clean"
    return Expected(found, document["clean"])


def _expected_step(program: Path, line: str) -> str:
    parsed = STEP.match(line)
    assert parsed, f"{program.name}: not a step: {line!r}"
    assert parsed["kind"] in KINDS, f"{program.name}: no such kind of step: {line!r}"
    there = _line_of(program, parsed["place"])
    assert there == parsed["code"].strip(), f"{program.name}: {parsed['place']} is now {there!r}"
    return f"{parsed['place']} {parsed['kind']} {parsed['name'] or ''}".rstrip()


def _line_of(program: Path, place: str) -> str:
    path, _, line = place.rpartition(":")
    lines = (program / path).read_text(encoding="utf-8").splitlines()
    return lines[int(line) - 1].strip() if int(line) <= len(lines) else ""


def analyse(program: Path) -> dict[Place, Story]:
    """Run the whole pipeline, as the command line does, on a copy that nothing around it can tell anything of."""
    # Here and not at the top, so that an engine that can't be imported fails the cases and not the collection.
    from discreet.project.config import Config
    from discreet.project.run import check

    # Not pytest's tmp_path: its directories are called test_..., which says something about a file.
    with tempfile.TemporaryDirectory(prefix="discreet-") as directory:
        root = Path(directory).resolve() / "app"
        shutil.copytree(program, root, ignore=shutil.ignore_patterns("expected.toml", "__pycache__"))
        report = check([root], Config(root=root))
        files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    assert not report.problems, "\n".join(report.problems)
    assert sorted(report.files) == files
    got: dict[Place, Story] = {}
    for each in report.findings:
        place = (f"{each.path}:{each.line}", each.code)
        assert place not in got, f"{place} is found twice"
        got[place] = Story(frozenset(each.categories), tuple(_step(step) for step in each.trace))
    return got


def _step(step: Any) -> str:
    for kind, pattern in KINDS.items():
        if (parsed := pattern.match(step.note)) is not None:
            return f"{step.path}:{step.line} {kind} {parsed['name']}".rstrip()
    return f"{step.path}:{step.line} ? {step.note}"


def differences(wanted: dict[Place, Story], got: dict[Place, Story]) -> dict[str, str]:
    """What differs, by ``path:line code``, or ``path:line code trace`` where only the story does."""
    said: dict[str, str] = {}
    for place in sorted(wanted.keys() | got.keys()):
        ask, have = wanted.get(place), got.get(place)
        name = " ".join(place)
        if ask is None or have is None:
            said[name] = _told("missed", ask) if have is None else _told("invented", have)
        elif ask.categories != have.categories:
            said[name] = f"wanted {', '.join(sorted(ask.categories))}; got {', '.join(sorted(have.categories))}"
        elif len(ask.steps) != len(have.steps) or not all(map(_alike, ask.steps, have.steps)):
            said[f"{name} trace"] = f"{_told('wanted', ask)}\n{_told('got', have)}"
    return said


def _alike(ask: str, have: str) -> bool:
    """Whether a step is the one that is asked for. Of a source the last name is: the engine may write out the rest."""
    place, kind, *name = ask.split(" ", 2)
    if kind != "source":
        return ask == have
    return have.startswith(f"{place} source ") and name[0] in re.findall(r"\w+", have.split(" ", 2)[2])


def _told(verdict: str, story: Story | None) -> str:
    assert story is not None
    return "\n".join([f"  {verdict} {', '.join(sorted(story.categories))}", *(f"    {step}" for step in story.steps)])


def known_gaps(program: Path) -> set[str]:
    """What of a program ``gaps.toml`` lists."""
    listed = tomllib.loads(GAPS.read_text(encoding="utf-8")).get("gap", [])
    return {each for gap in listed for each in gap["places"].get(program.name, ())}


@pytest.mark.parametrize("program", [pytest.param(path, id=path.name) for path in programs()])
def test_program(program: Path) -> None:
    different = differences(read(program).findings, analyse(program))
    gaps = known_gaps(program)
    said = [f"{name}\n{what}" for name, what in different.items() if name not in gaps]
    said.extend(
        f"{name} is listed in fixtures/programs/gaps.toml and is no gap any more: take it out"
        for name in sorted(gaps - different.keys())
    )
    if said:
        pytest.fail("\n".join([f"{program.name}: {len(said)} differences", *said]), pytrace=False)


@pytest.mark.parametrize("program", [pytest.param(path, id=path.name) for path in programs()])
def test_program_says_something(program: Path) -> None:
    """A program has three files or more, a story that leaves its file, and something that only looks like a leak."""
    expected = read(program)
    assert 3 <= sum(1 for path in program.rglob("*.py") if path.stat().st_size) <= 6
    assert any(len({step.partition(":")[0] for step in story.steps}) > 1 for story in expected.findings.values())
    assert expected.clean


def test_gaps_name_programs() -> None:
    listed = tomllib.loads(GAPS.read_text(encoding="utf-8")).get("gap", [])
    known = {path.name for path in programs()}
    assert all(gap["why"] and gap["places"].keys() <= known for gap in listed)
