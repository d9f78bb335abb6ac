"""Every fixture says what must be found in it; this is the one harness that reads them all.

A trailing ``# expect: PII101 email, phone; PII201 *`` marks the line where a sink's call starts;
every other line is an expectation of silence. See ``fixtures/README.md``.
"""

from __future__ import annotations

import importlib
import io
import re
import tempfile
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SINGLE = ("language", "clean")  # directories whose files are projects of one file each
OFF_BY_DEFAULT = frozenset({"PII105", "PII106", "PII601"})
ANY = frozenset({"*"})
EXPECT = re.compile(r"#\s*expect:\s*(?P<body>.+?)\s*$")
ITEM = re.compile(r"(?P<code>PII\d{3})\s+(?P<categories>\*|[a-z_]+(?:\s*,\s*[a-z_]+)*)\Z")

Place = tuple[str, int, str]  # path, line, code


@dataclass(frozen=True)
class Project:
    """One fixture project: its name, its root, and its files relative to that."""

    name: str
    root: Path
    files: tuple[Path, ...]


@dataclass
class Expectations:
    """What the comments of one project ask for, and its text without them."""

    wanted: dict[Place, frozenset[str]] = field(default_factory=dict)
    blanked: dict[Path, str] = field(default_factory=dict)


def projects() -> Iterator[Project]:
    for directory in sorted(p for p in FIXTURES.iterdir() if p.is_dir()):
        files = sorted(directory.rglob("*.py"))
        if directory.name in SINGLE:
            for file in files:
                yield Project(f"{directory.name}/{file.stem}", file.parent, (file.relative_to(file.parent),))
        elif files:
            # Packages: the directory's own name is the first part of their modules' names.
            yield Project(directory.name, FIXTURES, tuple(f.relative_to(FIXTURES) for f in files))


def read(project: Project) -> Expectations:
    """Read the comments as tokens (a string that looks like one is no expectation) and blank them."""
    result = Expectations()
    for file in project.files:
        text = (project.root / file).read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type != tokenize.COMMENT or (found := EXPECT.search(token.string)) is None:
                continue
            row, start = token.start
            column = start + found.start()
            line = lines[row - 1]
            lines[row - 1] = line[:column].rstrip() + line[len(line.rstrip("\r\n")) :]
            for item in found["body"].split(";"):
                parsed = ITEM.match(item.strip())
                assert parsed, f"{file}:{row}: not an expectation: {item.strip()!r}"
                place = (file.as_posix(), row, parsed["code"])
                assert place not in result.wanted, f"{file}:{row}: {parsed['code']} is expected twice"
                result.wanted[place] = frozenset(c.strip() for c in parsed["categories"].split(","))
        result.blanked[file] = "".join(lines)
    return result


def found_by_check(root: Path) -> Iterable[Any]:
    """The whole pipeline, as the command line runs it."""
    run = importlib.import_module("discreet.project.run")
    config = importlib.import_module("discreet.project.config")
    report = run.check([root], config.Config(root=root))
    return report.findings  # type: ignore[no-any-return]


def found_by_rules(root: Path, files: Iterable[Path]) -> Iterable[Any]:
    """Facts and rules alone, with nothing of the project around them."""
    facts = importlib.import_module("discreet.facts")
    rules = importlib.import_module("discreet.rules")
    modules = []
    for file in files:
        parts = file.with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts) or "__init__"
        data = (root / file).read_bytes()
        modules.append(facts.extract(file.as_posix(), data, module=name, is_package=is_package))
    return rules.findings(modules, rules.Settings())  # type: ignore[no-any-return]


def relative(path: str, root: Path) -> str:
    candidate = Path(path)
    if candidate.is_absolute():
        candidate = candidate.resolve().relative_to(root.resolve())
    return candidate.as_posix()


def analyse(project: Project, texts: dict[Path, str]) -> dict[Place, frozenset[str]]:
    # Not pytest's tmp_path: its directories are called test_..., which says something about a file.
    with tempfile.TemporaryDirectory(prefix="discreet-") as directory:
        root = Path(directory).resolve() / "app"
        for file, text in texts.items():
            target = root / file
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", encoding="utf-8", newline="") as handle:
                handle.write(text)
        findings = found_by_rules(root, texts)
        got: dict[Place, frozenset[str]] = {}
        for finding in findings:
            if finding.held_back or finding.confidence == "low" or finding.code in OFF_BY_DEFAULT:
                continue
            place = (relative(finding.path, root), finding.line, finding.code)
            assert place not in got or got[place] == frozenset(finding.categories), f"{place} is found twice"
            got[place] = frozenset(finding.categories)
    return got


def difference(
    wanted: dict[Place, frozenset[str]], got: dict[Place, frozenset[str]], texts: dict[Path, str]
) -> list[str]:
    said = []
    for place in sorted(wanted.keys() | got.keys()):
        path, line, code = place
        ask, have = wanted.get(place), got.get(place)
        if ask == have or (ask == ANY and have):
            continue
        if have is None:
            verdict = f"missed   {code} {', '.join(sorted(ask or ()))}"
        elif ask is None:
            verdict = f"invented {code} {', '.join(sorted(have))}"
        else:
            verdict = f"differs  {code} wanted {', '.join(sorted(ask))}; got {', '.join(sorted(have))}"
        source = texts[Path(path)].splitlines()[line - 1].strip()
        said.append(f"{path}:{line}: {verdict}\n    {source}")
    return said


@pytest.mark.parametrize("project", [pytest.param(p, id=p.name) for p in projects()])
def test_fixture(project: Project) -> None:
    expectations = read(project)
    got = analyse(project, expectations.blanked)
    said = difference(expectations.wanted, got, expectations.blanked)
    if said:
        right = sum(1 for p, c in expectations.wanted.items() if p in got and (c == ANY or got[p] == c))
        head = f"{project.name}: {right} of {len(expectations.wanted)} expectations met, {len(said)} differences"
        pytest.fail("\n".join([head, *said]), pytrace=False)
