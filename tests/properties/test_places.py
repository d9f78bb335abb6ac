"""Where a finding says it is: inside the file, at something that stands there, from the source to the sink."""

from __future__ import annotations

import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from discreet.catalogue.tables import catalogue
from discreet.output.schemas import schema_text

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
TEXTS = {tokenize.STRING} | {
    getattr(tokenize, name) for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END") if hasattr(tokenize, name)
}
WORD = re.compile(r"[^\W\d]\w*")


class Text(NamedTuple):
    """A file's lines, where its tokens start, and where its strings are (before 3.12 an f-string is one)."""

    lines: list[str]
    starts: set[tuple[int, int]]
    strings: list[tuple[tuple[int, int], tuple[int, int]]]

    def holds(self, line: int, column: int) -> bool:
        """Whether something starts there, in human columns."""
        at = (line, column - 1)
        return at in self.starts or any(start <= at < end for start, end in self.strings)


def text_of(data: bytes) -> Text:
    tokens = [each for each in tokenize.generate_tokens(io.StringIO(data.decode()).readline) if each.type not in LAYOUT]
    strings = [(each.start, each.end) for each in tokens if each.type in TEXTS]
    return Text(data.decode().split("\n"), {each.start for each in tokens}, strings)


@pytest.fixture(scope="module")
def found(programs: list[Any], pipeline: Any) -> list[tuple[Any, dict[str, Text]]]:
    """Every finding of every fixture, with the texts of its program."""
    everything = []
    for program in programs:
        texts = {path: text_of(data) for path, data in program.files.items()}
        everything += [(finding, texts) for finding in pipeline.findings(program.files)]
    assert len(everything) > 500
    return everything


def wrong_extent(finding: Any, text: Text) -> Iterator[str]:
    start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
    if not 1 <= finding.line <= finding.end_line <= len(text.lines):
        yield "lies outside the file"
        return
    if start >= end:
        yield "is empty or ends before it starts"
    for line, column in (start, end):
        if not 1 <= column <= len(text.lines[line - 1]) + 1:
            yield f"column {column} lies outside line {line}"


def test_a_finding_lies_inside_its_file(found: list[tuple[Any, dict[str, Text]]]) -> None:
    said = [
        f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {wrong}"
        for finding, texts in found
        for wrong in wrong_extent(finding, texts[finding.path])
    ]
    assert said == []


def test_every_step_stands_at_something(found: list[tuple[Any, dict[str, Text]]]) -> None:
    """A finding, its source and each step of its trace point at the start of a token, not into the middle of one. What
    is written into the code stands inside a literal or a comment, and points at itself.
    """
    said = []
    for finding, texts in found:
        if finding.sink is not None and finding.sink.kind == "literal":
            continue
        places = [finding, *finding.trace, *([finding.source] if finding.source else [])]
        said += [
            f"{each.path}:{each.line}:{each.column} ({getattr(each, 'note', type(each).__name__)})"
            for each in places
            if not texts[each.path].holds(each.line, each.column)
        ]
    assert said == []


def test_a_trace_goes_from_the_source_to_the_sink(found: list[tuple[Any, dict[str, Text]]]) -> None:
    said = []
    for finding, _ in found:
        where = f"{finding.path}:{finding.line}: {finding.code}"
        if finding.source is None:  # a setting has a sink of its own, and nothing flows into it
            has_sink = finding.sink is not None and finding.sink.kind != "config"
            said += [where + " has a sink or a trace but no source"] if has_sink or finding.trace else []
            continue
        if not finding.trace:
            said.append(where + " has no trace")
            continue
        first, last, source = finding.trace[0], finding.trace[-1], finding.source
        if (first.path, first.line, first.column) != (source.path, source.line, source.column):
            said.append(f"{where} starts at {first.line}:{first.column}, its source is {source.line}:{source.column}")
        again = [step for step in finding.trace[1:] if step.note == "stands here again"]  # of a value in the code
        if not again and (last.path, last.line) != (finding.path, finding.line):
            said.append(f"{where} ends at {last.path}:{last.line}")
        if len(set(finding.trace)) != len(finding.trace):
            said.append(f"{where} says a step twice")
    assert said == []


def test_the_words_of_a_source_are_the_author_s(found: list[tuple[Any, dict[str, Text]]]) -> None:
    """What an expression is made of stands somewhere in the program, or is a field that the catalogue knows of a
    library's object that is shown whole; ``vars(user)`` may be told as ``__dict__``.
    """
    fields = {name for row in catalogue().everything().classes.values() for name in row.attributes}
    said = []
    for finding, texts in found:
        if finding.source is None or finding.source.known_by == "mark":
            continue
        whole = "\n".join("\n".join(text.lines) for text in texts.values())
        said += [
            f"{finding.source.path}:{finding.source.line}: {finding.source.expression}: nobody wrote '{word}'"
            for word in WORD.findall(finding.source.expression)
            if word != "__dict__" and word not in fields and not re.search(rf"\b{word}\b", whole)
        ]
    assert said == []


def test_no_name_of_our_own_is_shown(pipeline: Any) -> None:
    """What is told of a function is what its author called it: no numbers or places that only the engine knows."""
    text = """
import logging

def shown(value):
    logging.info(value)

def shown(value):
    return value

pick = lambda person: person.email

def start(customer, verbose):
    def inner():
        return customer.phone
    if verbose:
        def inner():
            return customer.email
    logging.info("%s", inner())
    logging.info("%s", pick(customer))
    logging.info("%s", shown(customer.email))
    print((lambda: customer.phone)())
"""
    notes = [
        words
        for finding in pipeline.findings({"app.py": text.encode()})
        for words in (finding.message, finding.sink.callable, *(step.note for step in finding.trace))
    ]
    assert len(notes) > 10
    assert [each for each in notes if re.search(r"\d|@|<(?!lambda>)", each)] == []


@pytest.mark.parametrize("unusual", ["\x0c", "\x1c", "\x85", "\u2028", "\x0b"])
def test_only_line_ends_end_lines(unusual: str, pipeline: Any) -> None:
    """Python counts fewer characters as the end of a line than ``str.splitlines`` does."""
    text = f"import logging\n# {unusual}\n\n\ndef f(email):\n    'ééé'; logging.info(email)\n"
    (finding,) = pipeline.findings({"app.py": text.encode()})
    assert (finding.line, finding.column) == (6, 12)


def test_fingerprints_tell_findings_apart(programs: list[Any], pipeline: Any) -> None:
    for program in programs:
        marks = [finding.fingerprint for finding in pipeline.findings(program.files)]
        assert len(set(marks)) == len(marks), program.name


def test_the_json_of_every_fixture_keeps_the_schema(discreet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    everything = ("--isolated", "--select", "ALL", "--include-tests", "--min-confidence", "low", "--show-suppressed")
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("finding")))
    seen = set()
    for directory in sorted(path.name for path in FIXTURES.iterdir() if path.is_dir()):
        lines = [
            json.loads(line)
            for line in discreet("check", directory, *everything, "--output-format", "jsonl", "-q").out.splitlines()
        ]
        array = json.loads(discreet("check", directory, *everything, "--output-format", "json", "-q").out)
        assert array == lines, directory
        for line in lines:
            validator.validate(line)
            assert (FIXTURES / line["path"]).is_file()
            seen.add(line["code"])
    assert len(seen) > 5
