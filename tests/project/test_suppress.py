"""``# noqa`` means here what it means to flake8: flake8's own code is asked, line by line."""

from __future__ import annotations

import argparse
import io

import pytest
from flake8.processor import FileProcessor
from flake8.violation import Violation
from hypothesis import given
from hypothesis import strategies as st

from discreet.project.suppress import Suppressions

CODES = ("PII101", "PII201", "E501")


def flake8_says(text: str) -> set[tuple[int, str]]:
    """The lines and codes that flake8 would be silent about."""
    lines = list(io.StringIO(text, newline=None))
    options = argparse.Namespace(
        hang_closing=False, indent_size=4, max_line_length=79, max_doc_length=None, verbose=0, disable_noqa=False
    )
    processor = FileProcessor("x.py", options, lines)
    if processor.should_ignore_file():
        return {(number, code) for number in range(1, len(lines) + 1) for code in CODES}
    silent = set()
    for number, line in enumerate(lines, start=1):
        searched = processor.noqa_line_for(number)
        for code in CODES:
            found = Violation(code, "x.py", number, 1, "text", line if searched is None else searched)
            if found.is_inline_ignored(disable_noqa=False):
                silent.add((number, code))
    return silent


def we_say(text: str) -> set[tuple[int, str]]:
    suppressions = Suppressions(text)
    count = len(list(io.StringIO(text, newline=None)))
    return {(number, code) for number in range(1, count + 1) for code in CODES if suppressions.silencing(code, number)}


TEXTS = {
    "bare": "a = 1  # noqa\nb = 2\n",
    "one code": "a = 1  # noqa: PII101\n",
    "no space": "a = 1  # noqa:PII101\n",
    "two spaces are a bare one": "a = 1  # noqa:  PII101\n",
    "no space before": "a = 1  #noqa: PII101\n",
    "several codes": "a = 1  # noqa: PII101,PII201 E501\n",
    "a prefix": "a = 1  # noqa: PII1\n",
    "cases": "a = 1  # NoQA: pii101\nb = 1  # NOQA: PII101\n",
    "a reason": "a = 1  # noqa: PII101 -- agreed with legal\n",
    "a reason with a code in it": "a = 1  # noqa: PII101 -- see E501\n",
    "something that is no code": "a = 1  # noqa: because\n",
    "a comment after it": "a = 1  # noqa: PII101 # E501\n",
    "behind another": "a = 1  # type: ignore # noqa: PII101\n",
    "the first of two": "a = 1  # noqa: PII101  # noqa: E501\n",
    "in a string": 'a = "# noqa: PII101"\n',
    "after a long string": 'a = """\none\ntwo\n"""  # noqa: PII101\nb = 2\n',
    "inside a long string": 'a = """\none  # noqa: PII101\ntwo\n"""\nb = 2\n',
    "inside brackets": "a = f(\n    x,  # noqa: PII101\n    y,\n)  # noqa: PII201\n",
    "after a backslash": "a = 1 + \\\n    2  # noqa: PII101\nb = 3\n",
    "windows": "a = 1  # noqa: PII101\r\nb = 2\r\n",
    "old mac": "a = 1  # noqa: PII101\rb = 2\r",
    "form feed": "a = 1  # noqa: PII101\n\x0c\nb = 2  # noqa\n",
    "no newline at the end": "a = 1  # noqa: PII101",
    "the whole file": "# flake8: noqa\na = 1\n",
    "the whole file, later": "a = 1\n  # flake8:noqa\n",
    "not the whole file": "a = 1  # flake8: noqa\nb = 2\n",
    "does not tokenize": "a = (  # noqa: PII101\nb = 2\n",
    "does not parse": "a = = 1  # noqa: PII101\nb = 2\n",
    "f-string": 'a = f"""\n{b}\n"""  # noqa: PII101\n',
    "nothing": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_as_flake8(text: str) -> None:
    assert we_say(text) == flake8_says(text)


PIECES = [
    "a = 1",
    "f(",
    ")",
    '"""',
    '"',
    "# noqa",
    ":",
    " ",
    "PII101",
    "PII2",
    "E5",
    ",",
    "\n",
    "\r\n",
    "\\\n",
    "--",
    "\t",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_as_flake8_whatever_the_text(text: str) -> None:
    assert we_say(text) == flake8_says(text)


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# noqa: PII101 -- agreed in PRIV-12", "agreed in PRIV-12"),
        ("# noqa: PII101, PII102 --  two words  ", "two words"),
        ("# noqa -- everything", "everything"),
        ("# noqa: PII101", ""),
        ("# noqa: PII101 --", ""),
        ("# noqa: PII101 - no", ""),
    ],
)
def test_the_reason_is_kept(comment: str, reason: str) -> None:
    suppression = Suppressions(f"a = 1  {comment}\nb = 2\n").silencing("PII101", 1)
    assert suppression is not None
    assert suppression.reason == reason


def test_idle_codes() -> None:
    text = (
        "a = 1  # noqa: PII101\n"  # silences something
        "b = 2  # noqa: PII102, E501\n"  # ours silences nothing, the other is not ours to judge
        "c = 3  # noqa\n"  # names nobody
        'd = "# noqa: PII103"\n'  # no comment
        "e = (\n"
        "    4,  # noqa: PII1, PII2\n"
        ")\n"
    )
    idle = list(Suppressions(text).idle([("PII101", 1), ("PII104", 6)]))
    assert [(code.text, code.line, code.column) for code in idle] == [("PII102", 2, 16), ("PII2", 6, 23)]
