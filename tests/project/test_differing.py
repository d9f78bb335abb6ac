"""What of a module is other than it was, and whom it may concern."""

from __future__ import annotations

import pytest

from discreet.facts.extraction import extract
from discreet.facts.model import ModuleFacts
from discreet.facts.outline import outline_of
from discreet.flow.loaded import ALL, CALLS, FUNCTION, KEPT, STORES
from discreet.project.differing import Difference, difference, is_called_alike

TEXT = """import logging
log = logging.getLogger(__name__)
current = None


class Guest:
    email: str

    def __init__(self, email):
        self.email = email

    def label(self):
        return self.email


def first(guest):
    log.info("first")
    return guest


def second(guest):
    log.info("second %s", guest)
    return guest


last = first(second(None))
"""


def facts(text: str) -> ModuleFacts:
    return extract("app.py", text.encode(), module="app")


def edited(old: str, new: str) -> ModuleFacts:
    assert TEXT.count(old) == 1, "else this edits something else"
    return facts(TEXT.replace(old, new))


def between(old: str, new: str) -> Difference:
    found = difference(facts(TEXT), edited(old, new))
    assert found is not None
    return found


def changed(found: Difference) -> set[str]:
    return {function.name.removeprefix("app.") for function in found.functions}


def test_nothing() -> None:
    assert difference(facts(TEXT), facts(TEXT)) == Difference((), False)
    assert difference(facts(TEXT), facts(TEXT + "\n\n# somebody's remark\n")) == Difference((), False)


@pytest.mark.parametrize("above", ["\n", "# a remark\n\n", '"""What it does."""\n'])
def test_all_lines_move(above: str) -> None:
    assert difference(facts(TEXT), facts(above + TEXT)) == Difference((), True)


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("first", '    log.info("first")\n'),
        ("second", '    log.info("second %s", guest)\n'),
        ("Guest.label", "        return self.email\n"),
    ],
)
def test_a_statement_more_in_a_function(name: str, before: str) -> None:
    margin = before[: -len(before.lstrip())]
    found = between(before, f"{margin}print('edited', 1)\n{before}")
    assert (changed(found), found.moved) == ({name}, True)


def test_a_statement_that_takes_another_s_line() -> None:
    found = between('    log.info("first")\n', '    log.debug("first")\n')
    assert (changed(found), found.moved) == ({"first"}, False)


def test_a_last_line_of_another_length() -> None:
    """Where a function or class ends is known outside of it."""
    found = between("        return self.email\n", "        return self.email.lower()\n")
    assert (changed(found), found.moved) == ({"Guest.label"}, True)


def test_what_stood_on_one_line() -> None:
    one, other = (facts(TEXT + f"f = lambda: print(1){between}g = lambda: print(2)\n") for between in ("; ", "\n"))
    assert difference(one, other) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    email: str\n", "    email: int\n"),
        ("class Guest:\n", "class Guest(dict):\n"),
        ("def first(guest):\n", "def other(guest):\n"),
        ("\n\nlast =", "\n\ndef third():\n    return 3\n\n\nlast ="),
        ("        return self.email\n", "        return [lambda: 1, self.email]\n"),
    ],
    ids=["a field", "a base", "a function's name", "a function", "an inner function"],
)
def test_what_is_more_than_a_body(old: str, new: str) -> None:
    assert difference(facts(TEXT), edited(old, new)) is None


def test_functions_that_change_places() -> None:
    first, second = (TEXT[TEXT.index(f"def {name}") :].split("\n\n\n")[0] for name in ("first", "second"))
    swapped = TEXT.replace(first, "FIRST").replace(second, first).replace("FIRST", second)
    assert difference(facts(TEXT), facts(swapped)) is None


def test_what_runs_in_development_only() -> None:
    text = "from sqlalchemy import *\nif DEBUG:\n    e = create_engine(u, echo=True)\n\n\ndef f():\n    return g(1)\n"
    assert facts(text).guards, "else this proves nothing"
    assert difference(facts(text), facts(text.replace("return g(1)", "return h(1)"))) is None


@pytest.mark.parametrize(
    ("new", "names"),
    [
        ("    return guest\n", {(FUNCTION, "app.first"), (CALLS, "info"), (ALL, "")}),
        ("    send(guest)\n", {(FUNCTION, "app.first"), (CALLS, "info"), (CALLS, "send"), (ALL, "")}),
        (
            "    global current\n    current = guest\n",
            {(FUNCTION, "app.first"), (CALLS, "info"), (STORES, "g:app.current"), (ALL, "")},
        ),
    ],
)  # fmt: skip
def test_whom_it_concerns(new: str, names: set[tuple[str, str]]) -> None:
    found = between('    log.info("first")\n', new)
    questions = {
        (ALL, ""), (FUNCTION, "app.first"), (FUNCTION, "app.second"), (CALLS, "info"), (CALLS, "send"),
        (CALLS, "first"), (KEPT, "app.Guest"), (STORES, "g:app.current"),
    }  # fmt: skip
    assert {(table, name) for table, name in questions if found.concerns({table: (name,)})} == names
    assert not found.concerns({})


@pytest.mark.parametrize(("new", "kept"), [("print(self.email)", False), ("self.email = self", True)])
def test_what_methods_store(new: str, kept: bool) -> None:
    found = between("        return self.email\n", f"        {new}\n        return self.email\n")
    assert found.concerns({KEPT: ("app.Guest",)}) is kept
    assert not found.concerns({KEPT: ("app.Other",)})


def test_what_is_stored_no_more() -> None:
    found = between("        self.email = email\n", "        pass\n")
    assert found.concerns({KEPT: ("app.Guest",)})


@pytest.mark.parametrize(("more", "alike"), [("print(1)", True), ("ray.get(1)", False), ("requests.get(1)", False)])
def test_outlines(more: str, alike: bool) -> None:
    after = edited('log.info("first")', f"import ray, requests; {more}")
    assert is_called_alike(outline_of(facts(TEXT)), outline_of(after)) is alike
