"""Every fixture says what must be found in it; this is the one harness that reads them all.

A trailing ``# expect: PII101 email, phone; PII201 *`` marks the line where a sink's call starts;
every other line is an expectation of silence. See ``fixtures/README.md``.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SINGLE = ("language", "clean", "frameworks")  # directories whose files are projects of one file each
APART = ("programs", "fixes", "recipients")  # test_programs.py, fixes/test_pairs.py, catalogue/test_recipients.py
ANY = frozenset({"*"})
EXPECT = re.compile(r"#\s*expect:\s*(?P<body>.+?)\s*$")
ITEM = re.compile(r"(?P<code>PII\d{3})(?:\s+(?P<categories>\*|[a-z_]+(?:\s*,\s*[a-z_]+)*))?\Z")

GAPS = FIXTURES / "gaps.toml"  # expectations that the engine does not meet yet, each with the reason

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
    for directory in sorted(p for p in FIXTURES.iterdir() if p.is_dir() and p.name not in APART):
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
                result.wanted[place] = frozenset(c.strip() for c in (parsed["categories"] or "").split(",")) - {""}
        result.blanked[file] = "".join(lines)
    return result


def analyse(texts: dict[Path, str]) -> dict[Place, frozenset[str]]:
    """Run the whole pipeline, as the command line does, on a copy whose expectations are blanked."""
    # Here and not at the top, so that an engine that can't be imported fails the cases and not the collection.
    from discreet.project.config import Config
    from discreet.project.run import check

    # Not pytest's tmp_path: its directories are called test_..., which says something about a file.
    with tempfile.TemporaryDirectory(prefix="discreet-") as directory:
        root = Path(directory).resolve() / "app"
        for file, text in texts.items():
            target = root / file
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", encoding="utf-8", newline="") as handle:
                handle.write(text)
        report = check([root], Config(root=root))
    assert not report.problems, "\n".join(report.problems)
    assert len(report.files) == len(texts), f"{len(report.files)} of {len(texts)} files were read"
    got: dict[Place, frozenset[str]] = {}
    for finding in report.findings:
        place = (finding.path, finding.line, finding.code)
        again = {"(found twice)"} if place in got else set()
        got[place] = got.get(place, frozenset()) | frozenset(finding.categories) | again
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


def known_gaps(project: Project) -> set[str]:
    """The places of a project where fixtures/gaps.toml says that the engine still falls short."""
    folder = project.name.rpartition("/")[0]
    listed = tomllib.loads(GAPS.read_text(encoding="utf-8"))["gap"]
    places = {f"{name}:{line}" for gap in listed for name, lines in gap["places"].items() for line in lines}
    own = {file.as_posix() for file in project.files}
    below = {place.removeprefix(f"{folder}/") if folder else place for place in places if place.startswith(folder)}
    return {place for place in below if place.rpartition(":")[0] in own}


def place_of(difference: str) -> str:
    """The ``path:line`` that a difference speaks of."""
    return ":".join(difference.split(":", 2)[:2])


@pytest.mark.parametrize("project", [pytest.param(p, id=p.name) for p in projects()])
def test_fixture(project: Project) -> None:
    expectations = read(project)
    got = analyse(expectations.blanked)
    gaps = known_gaps(project)
    said = [each for each in difference(expectations.wanted, got, expectations.blanked) if place_of(each) not in gaps]
    met = gaps - {place_of(each) for each in difference(expectations.wanted, got, expectations.blanked)}
    said.extend(f"{place} is listed in fixtures/gaps.toml and is no gap any more: take it out" for place in sorted(met))
    if said:
        right = sum(1 for p, c in expectations.wanted.items() if p in got and (c == ANY or got[p] == c))
        head = f"{project.name}: {right} of {len(expectations.wanted)} expectations met, {len(said)} differences"
        pytest.fail("\n".join([head, *said]), pytrace=False)
