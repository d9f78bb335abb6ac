"""Notebooks from outside: what is found in them, where it is said to stand, and what a broken one comes to.

``ruff`` is the judge of which cell is which: who reads one tool's places shall understand the other's.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from discreet.output.schemas import schema_text

CHINESE, POLISH = "110101190003070002", "63812905273"
"""Invented, as in ``test_written.py``."""
IMPORTS = "%matplotlib inline\nimport logging\nlog = logging.getLogger(__name__)"


def code(source: str | list[str], *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": list(outputs), "source": source}


def prose(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def printed(text: str) -> dict[str, Any]:
    return {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}


def shown(kind: str, text: str) -> dict[str, Any]:
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {kind: text}}


def book(*cells: dict[str, Any], **metadata: Any) -> str:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


LEAKING = book(
    prose("# Customers\nof last year"),
    code(IMPORTS.splitlines(keepends=True), printed("ready\n")),
    code("def greet(customer):\n    !echo hi\n    log.info('é %s', customer.email)"),
)


def test_a_leak_stands_in_its_cell(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": LEAKING})
    result = discreet("check", "a.ipynb", "--isolated")
    assert result.out == "a.ipynb:cell 3:3:5: PII101 log message shows email address: customer.email\n"


def test_the_excerpt_is_of_the_cell(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": LEAKING})
    lines = discreet("check", "a.ipynb", "--isolated", "--output-format", "full").out.splitlines()
    assert lines[1:5] == [
        "1 | def greet(customer):",
        "2 |     !echo hi",
        "3 |     log.info('é %s', customer.email)",
        "  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PII101",
    ]
    assert lines[5].split() == ["a.ipynb:cell", "3:3:22", "'customer.email'", "is", "personal", "(name)"]
    assert lines[6].split()[:2] == ["a.ipynb:cell", "3:3:5"]


def test_machines_are_told_the_cell(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": LEAKING})
    (said,) = json.loads(discreet("check", "a.ipynb", "--isolated", "--output-format", "json").out)
    jsonschema.validate(said, json.loads(schema_text("finding")))
    for place in (said, said["source"], *said["trace"]):
        assert (place["path"], place["line"], place["cell"], place["output"]) == ("a.ipynb", 3, 3, None)
    assert said["end_line"] == 3
    assert json.loads(discreet("check", "a.ipynb", "--isolated", "--output-format", "jsonl").out) == said


def test_cells_and_lines_are_those_of_ruff(tree: Any, discreet: Any) -> None:
    cells = (
        prose("x\ny"),
        code(""),
        code("%time\nimport logging"),
        prose(""),
        code("a = 1\n\nlogging.info(user.email)"),
    )
    tree({"a.ipynb": book(*cells)})
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821", "--output-format", "json", "."]
    (theirs,) = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    (ours,) = json.loads(discreet("check", "--isolated", "--output-format", "json").out)
    assert (ours["cell"], ours["line"]) == (theirs["cell"], theirs["location"]["row"]) == (5, 3)


def test_a_cell_may_be_timed_as_often_as_one_likes(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": book(code("%%time\n" * 3_000 + "import logging\nlogging.info(user.email)"))})
    assert discreet("check", "--isolated").codes == ["a.ipynb:cell 1:3002 PII101"]


def test_a_story_leads_through_cells_and_modules(tree: Any, discreet: Any) -> None:
    helper = "import logging\n\n\ndef tell(it):\n    logging.info(it)\n"
    use = "from helper import tell\nperson = load()"
    tree({"helper.py": helper, "a.ipynb": book(code(use), prose("now"), code("tell(person.email)"))})
    assert discreet("check", "--isolated").codes == ["a.ipynb:cell 3:1 PII101"]


def test_what_is_written_into_code_prose_and_outputs(tree: Any, discreet: Any) -> None:
    tree(
        {
            "a.ipynb": book(
                prose(f"Of whom?\npesel: {POLISH}"),
                code("x", printed("one\n"), shown("text/plain", f"name  id_card\nA     id_card: {CHINESE}")),
            )
        }
    )
    result = discreet("check", "--isolated")
    assert result.codes == ["a.ipynb:cell 1:2 PII501", "a.ipynb:cell 2:output 2:2 PII501"]
    first, second = json.loads(discreet("check", "--isolated", "--output-format", "json").out)
    assert (first["cell"], first["output"], first["line"], first["column"]) == (1, None, 2, 8)
    assert (second["cell"], second["output"], second["line"], second["column"]) == (2, 2, 2, 16)
    assert POLISH not in result.out
    assert CHINESE not in discreet("check", "--isolated", "--output-format", "full").out


def test_what_is_no_text_is_not_searched(tree: Any, discreet: Any) -> None:
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": f"pesel: {POLISH}"}}
    widget = {"output_type": "display_data", "metadata": {}, "data": {"application/json": {"pesel": POLISH}}}
    tree({"a.ipynb": book(code("x = 1", picture, widget))})
    assert discreet("check", "--isolated").out == ""


def test_comments_count(tree: Any, discreet: Any) -> None:
    lines = (
        f"pesel = '{POLISH}'  # pii: none",
        f"id_card = '{CHINESE}'  # noqa: PII501 -- invented",
        "print(user.email)  # noqa",
    )
    tree({"a.ipynb": book(prose("imei 001017482639518 <!-- # noqa: PII502 -->"), code("\n".join(lines)))})
    result = discreet("check", "--isolated", "--select", "PII,PII903", "--show-suppressed")
    assert all("(suppressed" in line for line in result.out.splitlines())
    assert "a.ipynb:cell 2:2:12: PII501" in result.out


def test_a_comment_that_silences_nothing_stands_in_its_cell(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": book(prose("a\nb"), code("x = 1\ny = 2  # noqa: PII101"))})
    assert discreet("check", "--isolated", "--select", "PII903").codes == ["a.ipynb:cell 2:2 PII903"]


def test_one_broken_cell_is_said_and_the_others_are_read(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": book(code(IMPORTS), code("x = 1\nprint 'hello'"), code("log.info(user.email)"))})
    result = discreet("check", "--isolated")
    assert result.codes == ["a.ipynb:cell 2:2 PII904", "a.ipynb:cell 3:1 PII101"]
    assert "this cell cannot be parsed" in result.out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PII904"),
        (b"{", "PII904"),
        (b'{"cells": [', "PII904"),
        (b"\x00\xff", "PII905"),
        (b'{"cells": 7}', "PII904"),
        (b"null", "PII904"),
        (b"[]", "PII904"),
        (b"{}", "PII904"),
        (b"[" * 100_000, "PII904"),
        (b'{"cells": ' + b"9" * 10_000 + b"}", "PII904"),
    ],
)
def test_a_broken_notebook_is_one_line(content: bytes, code: str, tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": content, "b.py": "print(user.email)\n"})
    result = discreet("check", "--isolated")
    assert [line.split()[1] for line in result.out.splitlines()] == [code, "PII103"]
    assert "is not a notebook" in result.out.splitlines()[0]
    assert result.status == 1


@pytest.mark.parametrize(
    "cell",
    [
        None,
        7,
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": 7, "outputs": 8},
        {"cell_type": "code", "source": [1, "x = 1"], "outputs": [None, {}, {"text": {}}, {"data": [1]}]},
        {"cell_type": ["code"], "source": "x"},
        code("x = '\ud800'", printed("\udfff")),
        code("x = 1\x0c\ry = 2\r\nz = 3\x00"),
    ],
)
def test_odd_cells_break_nothing(cell: Any, tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": book(cell, code("print(user.email)"))})
    assert "a.ipynb:cell 2:1 PII103" in discreet("check", "--isolated").codes
    assert discreet("check", "--isolated").err.count("failed") == 0


def test_an_old_notebook_has_its_cells_on_worksheets(tree: Any, discreet: Any) -> None:
    cells = [{"cell_type": "code", "input": ["print(user.email)"], "language": "python", "outputs": []}]
    tree({"a.ipynb": json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3, "metadata": {}})})
    assert discreet("check", "--isolated").codes == ["a.ipynb:cell 1:1 PII103"]


def test_another_language_is_only_searched(tree: Any, discreet: Any) -> None:
    cell = code(f"print(user.email)\npesel = '{POLISH}'")
    tree({"a.ipynb": book(cell, kernelspec={"language": "R", "name": "ir"})})
    assert discreet("check", "--isolated").codes == ["a.ipynb:cell 1:2 PII501"]


def test_a_notebook_hides_no_module(tree: Any, discreet: Any) -> None:
    app = "import logging\nimport a\n\n\ndef f(user):\n    a.tell(user.email)\n"
    tell = "import logging\n\n\ndef tell(it):\n    logging.info(it)\n"
    tree({"a.ipynb": book(code("def tell(it):\n    pass")), "a.py": tell, "app.py": app})
    assert discreet("check", "--isolated").codes == ["app.py:6 PII101"]


def test_a_notebook_is_not_mended(tree: Any, discreet: Any) -> None:
    config = '[tool.discreet]\nredactor = "redact:mask"\n'
    root = tree({"pyproject.toml": config, "redact.py": "def mask(value):\n    return '***'\n", "a.ipynb": LEAKING})
    result = discreet("check", "--fix", "--unsafe-fixes")
    assert (root / "a.ipynb").read_text() == LEAKING
    assert "it stands in a notebook" in result.err


def test_the_story_of_a_line_in_a_cell(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": LEAKING})
    told = discreet("trace", "a.ipynb:cell 3:3")
    assert told.status == 0
    assert "    a.ipynb:cell 3:3  log.info('é %s', customer.email)" in told.out.splitlines()
    (silent, *_) = discreet("trace", "a.ipynb:cell 2:2", "--why-not").out.splitlines()
    assert silent == "a.ipynb:cell 2:2  import logging"


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        ("a.ipynb:3", "a.ipynb:cell 1:3"),
        ("a.ipynb:cell 9:1", "no cell 9"),
        ("a.ipynb:cell 3:9", "cell 3 of a.ipynb has 3 lines, and no line 9"),
        ("b.py:cell 1:1", "b.py is no notebook"),
    ],
)
def test_places_that_are_none(spot: str, words: str, tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": LEAKING, "b.py": "x = 1\n"})
    result = discreet("trace", spot)
    assert result.status == 2
    assert words in " ".join(result.err.split())


def test_calls_that_nobody_resolved_stand_in_their_cell(tree: Any, discreet: Any) -> None:
    tree({"a.ipynb": book(prose("x"), code("import unheard\nunheard.of(user.email)"))})
    (gap,) = json.loads(discreet("coverage", "--output-format", "json").out)["gaps"]
    assert (gap["line"], gap["cell"]) == (2, 2)


def test_the_cache_says_the_same(tree: Any, discreet: Any, tmp_path: Path) -> None:
    tree({"a.ipynb": LEAKING})
    first = discreet("check", "--isolated", "--output-format", "json")
    assert discreet("check", "--isolated", "--output-format", "json") == first


def test_pre_commit_hands_over_notebooks_too(tree: Any, discreet: Any) -> None:
    """The hook's own command, on files of the kinds it asks for, as ``identify`` calls them."""
    hook = (Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\s+(\w+): (.+)$", hook, re.MULTILINE))
    assert said["types_or"] == "[python, jupyter]"
    leaks = "import logging\n\n\ndef note(email):\n    logging.info(email)\n"
    tree({"a.py": leaks, "b.ipynb": book(code(leaks)), "pyproject.toml": '[tool.discreet]\nexclude = ["a.py"]\n'})
    assert discreet(*said["entry"].split()[1:], "a.py", "b.ipynb").out.startswith("b.ipynb:cell 1:5:5: PII101")
