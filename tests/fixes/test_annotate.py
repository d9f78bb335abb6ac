"""``discreet annotate``: a guess becomes a mark where the name is given, and nothing else changes."""

from __future__ import annotations

import ast
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

HEAD = "import logging\n\nlog = logging.getLogger(__name__)\n\n\n"


@pytest.fixture
def annotated(tree: Any, discreet: Any) -> Any:
    """Annotate some files: the directory, and what was said."""

    def annotate(files: Mapping[str, str | bytes], *arguments: str) -> tuple[Path, Any]:
        root: Path = tree({"pyproject.toml": "[tool.discreet]\n", **files})
        return root, discreet("annotate", *arguments)

    return annotate


def marked(before: str, path: Path) -> list[str]:
    """The lines that have changed."""
    after = path.read_bytes().decode("utf-8").split("\n")
    return [line for line, old in zip(after, before.split("\n"), strict=True) if line != old]


def found(discreet: Any, *arguments: str) -> dict[tuple[Any, ...], str]:
    """What check finds: the confidence by place and code."""
    lines = discreet("check", "--output-format", "jsonl", "--no-cache", *arguments).out.splitlines()
    every = [json.loads(line) for line in lines]
    return {(each["path"], each["line"], each["column"], each["code"]): each["confidence"] for each in every}


PLACES = (
    HEAD
    + """\
class Customer:
    email: str
    plan: str = "free"

    def __init__(self, row):
        self.phone = row[3]


def remind(
    to_email,
    text,
):
    log.info("to %s: %s", to_email, text)


def report(customer: Customer, row):
    log.info("%s %s %s", customer.email, customer.phone, customer.plan)
    line = row["phone"]
    log.info("%s", line)
    for address in row.email_addresses():
        log.info("%s", address)
    with row.lock() as last_name:
        log.info("%s", last_name)
"""
)


def test_marks_stand_where_the_names_are_given(annotated: Any) -> None:
    root, result = annotated({"case.py": PLACES})
    assert marked(PLACES, root / "case.py") == [
        "    email: str  # pii: email",
        "        self.phone = row[3]  # pii: phone",
        "    to_email,  # pii: email",
        '    line = row["phone"]  # pii: phone',
        "    for address in row.email_addresses():  # pii: email",
        "    with row.lock() as last_name:  # pii: last_name",
    ]
    assert result.status == 0
    assert "case.py:7: email  # pii: email\n" in result.out
    assert result.err == "6 guesses in 1 file marked: confirm them, or write `# pii: none`\n"


def test_the_same_is_found_as_before_and_for_sure(annotated: Any, tree: Any, discreet: Any) -> None:
    tree({"pyproject.toml": "[tool.discreet]\n", "case.py": PLACES})
    before = found(discreet)
    annotated({"case.py": PLACES})
    after = found(discreet)
    assert set(before.values()) == {"medium"}
    assert after == dict.fromkeys(before, "high")


def test_once_more_changes_nothing(annotated: Any, discreet: Any) -> None:
    root, _ = annotated({"case.py": PLACES})
    before = (root / "case.py").read_bytes()
    result = discreet("annotate")
    assert (root / "case.py").read_bytes() == before
    assert (result.status, result.out, result.err) == (
        0,
        "",
        "nothing marked\n",
    )


def test_a_mark_turned_into_none_silences(annotated: Any, discreet: Any) -> None:
    root, _ = annotated({"case.py": PLACES})
    case = root / "case.py"
    case.write_text(case.read_text().replace("pii: email", "pii: none").replace("pii: phone", "pii: none"))
    assert [place[1] for place in found(discreet)] == [28]  # the name, which is still one
    before = case.read_bytes()
    discreet("annotate")
    assert case.read_bytes() == before


def test_only_what_a_finding_rests_on_is_marked(annotated: Any) -> None:
    text = (
        HEAD + "class Person:\n    email: str\n    phone: str\n\n\ndef show(person: Person):\n    return person.email\n"
    )
    root, result = annotated({"case.py": text})
    assert (root / "case.py").read_text() == text
    assert result.status == 0


def test_what_is_ignored_or_silenced_is_not_asked_about(annotated: Any, discreet: Any) -> None:
    text = HEAD + 'def show(row):\n    email = row[1]\n    log.info("%s", email)  # noqa: PII101 -- only the last\n'
    root, _ = annotated({"case.py": text})
    assert (root / "case.py").read_text() == text
    text = text.replace("  # noqa: PII101 -- only the last", "")
    root, _ = annotated({"case.py": text}, "--ignore", "PII101")
    assert (root / "case.py").read_text() == text


def test_diff_shows_and_changes_nothing(annotated: Any, discreet: Any) -> None:
    root, result = annotated({"case.py": PLACES}, "--diff")
    assert (root / "case.py").read_text() == PLACES
    assert result.status == 1
    assert "-    email: str\n+    email: str  # pii: email\n" in result.out
    assert result.err == "6 guesses in 1 file would be marked\n"
    discreet("annotate")
    assert discreet("annotate", "--diff")[:2] == (0, "")


COMMENTS = (
    HEAD
    + """\
class Customer:
    email: str  # noqa: E501, PII999 -- it is long
    phone: str = None  # type: ignore[assignment] # because
    last_name: str  # fmt: skip
    birth_date: "date"  #no blank
    card_number: str #   \t

    def show(self):
        log.info("%s %s %s", self.email, self.phone, self.last_name)
        log.info("%s %s", self.birth_date, self.card_number)
"""
)


def test_comments_on_the_line_stay_and_stay_first(annotated: Any) -> None:
    root, _ = annotated({"case.py": COMMENTS})
    new = (root / "case.py").read_text()
    assert marked(COMMENTS, root / "case.py") == [
        "    email: str  # noqa: E501, PII999 -- it is long  # pii: email",
        "    phone: str = None  # type: ignore[assignment] # because  # pii: phone",
        "    last_name: str  # fmt: skip  # pii: last_name",
        '    birth_date: "date"  #no blank  # pii: date_of_birth',
        "    card_number: str #  # pii: card_number   \t",
    ]
    before, after = (ast.parse(text, type_comments=True).type_ignores for text in (COMMENTS, new))
    assert [each.lineno for each in before] == [each.lineno for each in after] == [8]


def test_the_reason_of_a_noqa_ends_before_a_mark(tree: Any, discreet: Any) -> None:
    tree({"case.py": HEAD + 'email = load()\nlog.info("%s", email)  # noqa: PII101 -- ours  # pii: email\n'})
    result = discreet("check", "--isolated", "--show-suppressed", "--ignore", "PII902")
    assert "(suppressed: ours)" in result.out


@pytest.mark.parametrize(
    "line",
    [
        "    email: str  # pii: none",
        "    email: str  # PII: email -- by hand",
        "    email: str  # pii: none, really  # noqa",
    ],
)
def test_a_mark_that_is_there_is_untouched(annotated: Any, line: str) -> None:
    text = HEAD + f'class Customer:\n{line}\n\n    def show(self):\n        log.info("%s", self.email)\n'
    root, _ = annotated({"case.py": text})
    assert (root / "case.py").read_text() == text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("def show(email):\n    log.info(email, 1)\n", "the parameter shares its line with others"),
        ("def show(row):\n    email, plan = row\n    log.info('%s', email)\n", "several names are bound at once"),
        ("def show(row):\n    log.info('%s', row['email'])\n", "read by its name from something that is defined"),
        ("def show(row):\n    email = row[1]; log.info('%s', email)\n", "its line defines something else, too"),
        ("def show(row):\n    if row: email = row[1]\n    log.info('%s', email)\n", "its line defines something else"),
        ("def show(row):\n    for email in row: log.info('%s', email)\n", "no comment can stand at the end"),
        ("class A:\n    email: str  # .. pii_types: phone\n\n    def show(self):\n        log.info('%s', self.email)\n",
         "no comment can stand at the end"),
    ],
)  # fmt: skip
def test_where_no_mark_is_read_none_is_written(annotated: Any, body: str, reason: str) -> None:
    root, result = annotated({"case.py": HEAD + body})
    assert (root / "case.py").read_text() == HEAD + body
    assert result.err.startswith("nothing marked\n")
    assert "1 value known by name alone without a place for a mark:\n  1: " in result.err
    assert reason in result.err


def test_statements_over_several_lines_are_marked_at_their_end(annotated: Any) -> None:
    body = 'def show(row):\n    email = row[\n        """\n        email""",\n    ]\n    log.info("%s", email)\n'
    root, _ = annotated({"case.py": HEAD + body})
    assert marked(HEAD + body, root / "case.py") == ["    ]  # pii: email"]


def test_a_mark_that_would_bring_another_finding_is_not_written(annotated: Any, discreet: Any) -> None:
    """With a mark on ``email`` all that ``tidy`` returns is one, and its callers are told: a decision of its own."""
    body = """\
def tidy(text):
    email = text.strip()
    log.info("%s", email)
    return email.lower()


def show(row):
    log.info("%s", tidy(row[1]))
"""
    root, result = annotated({"case.py": HEAD + body})
    assert (root / "case.py").read_text() == HEAD + body
    assert (
        "1 value known by name alone without a place for a mark:\n  1: another finding would come or go" in result.err
    )
    (root / "case.py").write_text(HEAD + body.replace("strip()", "strip()  # pii: email"))
    assert [place[1] for place in found(discreet)] == [8, 13]


def test_a_field_of_another_module_is_marked_there(annotated: Any) -> None:
    models = "from dataclasses import dataclass\n\n\n@dataclass\nclass Customer:\n    email: str\n"
    use = HEAD + "from models import Customer\n\n\ndef show(customer: Customer):\n    log.info('%s', customer)\n"
    root, _ = annotated({"models.py": models, "use.py": use})
    assert marked(models, root / "models.py") == ["    email: str  # pii: email"]
    assert (root / "use.py").read_text() == use


def test_a_mark_says_all_that_the_value_was_taken_for(annotated: Any, discreet: Any) -> None:
    body = "def show(row):\n    email = row.get('email') or row.get('phone')\n    log.info('%s', email)\n"
    root, _ = annotated({"case.py": HEAD + body})
    (line,) = marked(HEAD + body, root / "case.py")
    assert set(line.partition("# pii: ")[2].split(", ")) == {"email", "phone"}


def test_encoding_newlines_and_mode_are_kept(annotated: Any) -> None:
    text = HEAD + 'class Customer:\n    email: str  # größer\n\n    def show(self):\n        log.info("%s", self.email)'
    latin = b"# -*- coding: latin-1 -*-\r\n" + text.replace("\n", "\r\n").encode("latin-1")
    bom = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")
    root, _ = annotated({"pyproject.toml": "", "bom.py": bom, "latin.py": latin})
    for name, data in (("bom.py", bom), ("latin.py", latin)):
        new = (root / name).read_bytes()
        assert new == data.replace(b"er\r\n", b"er  # pii: email\r\n")


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_the_mode_is_kept_and_a_read_only_file_left_alone(annotated: Any, discreet: Any) -> None:
    root, _ = annotated({"case.py": PLACES, "other.py": PLACES}, "--diff")
    (root / "case.py").chmod(0o751)
    (root / "other.py").chmod(0o444)
    result = discreet("annotate")
    assert stat.S_IMODE((root / "case.py").stat().st_mode) == 0o751
    assert "# pii" in (root / "case.py").read_text()
    assert ((root / "other.py").read_text(), result.status) == (PLACES, 2)
    assert "other.py: not marked: the file is read-only" in result.err
    assert "other.py" not in result.out


def test_a_link_out_of_the_project_is_left_alone(annotated: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "case.py"
    outside.write_text(PLACES)
    root, _ = annotated({})
    (root / "case.py").symlink_to(outside)
    _, result = annotated({})
    assert (outside.read_text(), result.status) == (PLACES, 2)


def test_what_can_not_be_read_is_passed_over(annotated: Any) -> None:
    files = {"case.py": PLACES, "broken.py": "def (:\n", "lone.py": PLACES.replace("\n", "\r").encode()}
    root, result = annotated(files)
    assert (root / "broken.py").read_text() == files["broken.py"]
    assert (root / "lone.py").read_bytes() == files["lone.py"]
    assert "# pii: email" in (root / "case.py").read_text()
    assert "the file has lone carriage returns" in result.err
    assert result.status == 0


def test_a_path_that_is_not_there_is_said(annotated: Any, discreet: Any) -> None:
    annotated({"case.py": PLACES}, "--diff")
    result = discreet("annotate", "missing.py")
    assert (result.status, result.out) == (2, "")
    assert "missing.py" in result.err.splitlines()[-1]


def test_marks_are_the_same_with_any_number_of_jobs(annotated: Any, discreet: Any) -> None:
    files = {f"case{number}.py": PLACES for number in range(60)}
    _, first = annotated(files, "--diff", "--jobs", "1")
    second = discreet("annotate", "--diff", "--jobs", "3", "--no-cache")
    assert first == second


def test_of_nothing_it_says_that_it_was_nothing(annotated: Any, discreet: Any) -> None:
    _, result = annotated({"case.py": "x = 1\n"})
    assert (result.status, result.out, result.err) == (0, "", "nothing marked\n")
    assert discreet("annotate", "--diff").err == "nothing would be marked\n"
