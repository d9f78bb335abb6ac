"""What means nothing to Python means nothing here: blank lines, comments, line ends, characters, neutral names.

Each property changes the fixtures in a way that leaves the program alone, and says what the findings must be then.
"""

from __future__ import annotations

import ast
import bisect
import io
import re
import tokenize
from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

STEADY = settings(derandomize=True, database=None, max_examples=90)
ANY = st.integers(0, 2**16)  # which of a sequence, whose length is not known yet
Place = Callable[[str, int, int], tuple[int, int]]  # path, line, column -> line, column

NOTHING = st.sampled_from(
    [
        "",
        "    ",
        "\t",
        "# a remark",
        "        # the email is sent below",
        "# Grüße an 张三",
        "# \u2028 \x85 \x1c",
        "#\x0c",
    ]
)


def moved(found: list[Any], place: Place) -> list[Any]:
    """The findings with every place in them put elsewhere, and nothing else changed."""

    def step(each: Any) -> Any:
        line, column = place(each.path, each.line, each.column)
        return msgspec.structs.replace(each, line=line, column=column)

    shifted = []
    for each in found:
        end_line, end_column = place(each.path, each.end_line, each.end_column)
        changes = {"end_line": end_line, "end_column": end_column, "trace": tuple(map(step, each.trace))}
        if each.source is not None:
            changes["source"] = step(each.source)
        shifted.append(msgspec.structs.replace(step(each), **changes))
    return shifted


def tokens(text: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(text).readline))


def logical_ends(text: str) -> list[int]:
    """The lines after which a line can be put in: 0, and wherever a statement or the head of a block ends."""
    return [0, *(token.start[0] for token in tokens(text) if token.type == tokenize.NEWLINE)]


def chosen(programs: list[Any], number: int) -> tuple[dict[str, bytes], str, str]:
    """A program, and the path and text of one of its files; every file is as likely as the others."""
    files = [(program.files, path) for program in programs for path in program.files]
    program, path = files[number % len(files)]
    return program, path, program[path].decode()


@STEADY
@given(file=ANY, added=st.lists(st.tuples(ANY, NOTHING), min_size=1, max_size=6))
def test_lines_without_code_move_lines_and_nothing_else(
    programs: list[Any], pipeline: Any, file: int, added: list[tuple[int, str]]
) -> None:
    files, path, text = chosen(programs, file)
    ends = logical_ends(text)
    wanted = sorted(((ends[number % len(ends)], line) for number, line in added), key=lambda pair: pair[0])
    lines = text.splitlines(keepends=True)
    for after, line in reversed(wanted):
        lines.insert(after, line + "\n")
    starts = [after for after, _ in wanted]

    def place(where: str, line: int, column: int) -> tuple[int, int]:
        return (line + bisect.bisect_left(starts, line), column) if where == path else (line, column)

    changed = {**files, path: "".join(lines).encode()}
    assert pipeline.findings(changed) == moved(pipeline.findings(files), place), (path, wanted)


def lower(down: int) -> Place:
    return lambda _, line, column: (line + down, column)


def test_a_line_at_the_top(programs: list[Any], pipeline: Any) -> None:
    """The same, said plainly, for every fixture at once."""
    for program in programs:
        before = pipeline.findings(program.files)
        for line in ("\n", "# a remark\n", "#!/usr/bin/env python3\n", "# -*- coding: utf-8 -*-\n", "\n\n# größer\n\n"):
            changed = {path: line.encode() + data for path, data in program.files.items()}
            down = line.count("\n")
            after = pipeline.findings(changed)
            assert after == moved(before, lower(down)), program.name
            assert [each.fingerprint for each in after] == [each.fingerprint for each in before], program.name


def test_line_ends_and_a_byte_order_mark_change_nothing(programs: list[Any], pipeline: Any) -> None:
    for program in programs:
        before = pipeline.findings(program.files)
        windows = {path: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for path, data in program.files.items()}
        assert pipeline.findings(windows) == before, program.name
        unended = {path: data.rstrip(b"\n") for path, data in program.files.items()}
        assert pipeline.findings(unended) == before, program.name


def simple_statements(text: str) -> dict[int, int]:
    """The lines on which a simple statement stands that another may stand before: line -> its first column."""
    found: dict[int, int] = {}
    for node in ast.walk(ast.parse(text)):
        for name in ("body", "orelse", "finalbody"):
            for each in getattr(node, name, None) or () if not isinstance(node, ast.Lambda | ast.IfExp) else ():
                future = isinstance(each, ast.ImportFrom) and each.module == "__future__"
                if not hasattr(each, "body") and not isinstance(each, ast.Match) and not future:
                    found.setdefault(each.lineno, each.col_offset)
    docstrings = {
        node.body[0].lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node) is not None
    }
    lines = text.splitlines()
    return {
        line: column
        for line, column in found.items()
        if line not in docstrings and not lines[line - 1][:column].strip()
    }


STATEMENTS = st.sampled_from(["None; ", "not 'é'; ", "not '张三'; ", "not '𝒳', 'ß'; "])


@STEADY
@given(file=ANY, before=STATEMENTS, chance=st.lists(st.booleans(), min_size=1, max_size=8))
def test_columns_count_characters(
    programs: list[Any], pipeline: Any, file: int, before: str, chance: list[bool]
) -> None:
    """A statement put before others on their line moves their columns by its characters, in traces too."""
    files, path, text = chosen(programs, file)
    places = simple_statements(text)
    here = {line for number, line in enumerate(sorted(places)) if chance[number % len(chance)]}
    lines = text.splitlines(keepends=True)
    for line in here:
        lines[line - 1] = lines[line - 1][: places[line]] + before + lines[line - 1][places[line] :]

    def place(where: str, line: int, column: int) -> tuple[int, int]:
        inserted = where == path and line in here and column > places[line]
        return line, column + len(before) if inserted else column

    changed = {**files, path: "".join(lines).encode()}
    assert pipeline.findings(changed) == moved(pipeline.findings(files), place), (path, before, sorted(here))


NEUTRAL = re.findall(
    r"\w+",
    """
    answer body both box cell chosen chunk combined copy count data each entry extra fields first found given groups
    handle item items joined kept last left letter line lines local mapping merged message old other out outcome pair
    pairs parts payload piece pieces prefix query rest result results right row rows second shown size step text then
    third thing things total value values words wrapped x y z
    """,
)
"""Names that say nothing of a person."""


def renamed(text: str, name: str) -> str | None:
    """The text with a local variable renamed to a word of no language, as long as it was; ``None`` if it is more."""
    tree = ast.parse(text)
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    if len(re.findall(rf"\b{name}\b", text)) != len(uses) or not uses or re.search(r"\b(locals|vars|eval)\(", text):
        return None  # an attribute, a keyword, a comment, or part of a string as well
    outside = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    for statement in (each for body in outside for each in body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(statement)):
            return None  # no local variable
    return re.sub(rf"\b{name}\b", "q" * len(name), text)


def test_neutral_names_are_nothing_but_names(programs: list[Any], pipeline: Any) -> None:
    def bare(found: list[Any]) -> list[tuple[Any, ...]]:
        return [
            (
                *(each.path, each.line, each.column, each.end_line, each.end_column, each.code, each.categories),
                *(each.confidence, each.severity, each.sink.kind if each.sink else ""),
                *((step.path, step.line, step.column) for step in each.trace),
            )
            for each in found
        ]

    tried, said = 0, []
    for program in programs:
        if "language/labelled.py" in program.files:
            continue  # there it is the name that decides: only what is called as little as `text` bears its label
        before = bare(pipeline.findings(program.files))
        for path, data in program.files.items():
            text = data.decode()
            for name in NEUTRAL:
                if name in text and (other := renamed(text, name)) is not None:
                    tried += 1
                    after = bare(pipeline.findings({**program.files, path: other.encode()}))
                    said += [f"{path}: {name}: {each}" for each in sorted(set(before) ^ set(after))]
    assert said == []
    assert tried > 50
