"""What IPython reads and Python does not: what takes its place is Python, and all the rest stays where it was.

Which lines are magics is what IPython's documentation says of them (``%magic``, "Built-in magic commands", "Dynamic
object information", "System shell access").
"""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.facts.magics import without_magics

KEPT = [
    "x = 1",
    "pip = 1\npip if conda else uv",
    'print("a"\n      % b)',
    "total = (a\n% b)",
    'text = """\n%matplotlib inline\n!ls\nwhat?\n"""',
    "x = a \\\n% b",
    "if x != y:\n    pass",
    "ok = x == '%d' % 5  # really?",
    "y = '''it's\n? '''",
    "# why?\nx = 1",
]
MAGICS = [
    ("%matplotlib inline", []),
    ("!pip install x", []),
    ("pip install x\nconda activate y", []),
    ("?print", []),
    ("frame.head?", []),
    ("frame.head??  # how", []),
    ("%%bash\necho hi | tee $x\ndone", []),
    ("%%html\n<p>it's</p>", []),
    ("\n%%sql\nSELECT 1", []),
    ("!a \\\n  b\nx = 1", ["x = 1"]),
    ("files = !ls *.py", ["files = _"]),
    ("names, more = %sql SELECT 1", ["names, more = _"]),
    ("%time x = f(y)", ["x = f(y)"]),
    ("%timeit -n 10 -r3 f(y)", ["f(y)"]),
    ("%%time\nx = f(y)", ["x = f(y)"]),
    ("%%capture out\nx = f(y)", ["x = f(y)"]),
    ("%%time\n%matplotlib inline\nx = f(y)", ["x = f(y)"]),
    ("if x:\n    !ls\nelse:\n    y = 1", ["if x:\n    0\nelse:\n    y = 1"]),
    ("%time for x in y: pass", []),
    ("%cd ~/it's\nx = 1", ["x = 1"]),
    ('f("a"\n  % b)\n%env A=1', ['f("a" % b)']),
]


def statements(text: str) -> list[str]:
    """What the Python in a text does, numbers by themselves left out."""
    body = ast.parse(text).body
    return [
        ast.unparse(each) for each in body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]


@pytest.mark.parametrize("text", KEPT)
def test_python_is_left_alone(text: str) -> None:
    assert without_magics(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_python_is_left_alone_beside_a_magic(text: str) -> None:
    assert without_magics(f"{text}\n!ls\n{text}") == f"{text}\n0  \n{text}"


@pytest.mark.parametrize(("text", "left"), MAGICS)
def test_magics_make_room_for_python(text: str, left: list[str]) -> None:
    assert statements(without_magics(text)) == statements("\n".join(left))


def same_places(before: str, after: str) -> None:
    """As many lines, as wide, and what is not blank and no placeholder is what stood there."""
    assert list(map(len, before.split("\n"))) == list(map(len, after.split("\n"))) or "%%" in before
    assert before.count("\n") == after.count("\n")
    for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
        assert all(a == b or b in " 0;_" for a, b in zip(old, new, strict=False))


@pytest.mark.parametrize("text", [text for text, _ in MAGICS])
def test_nothing_moves(text: str) -> None:
    same_places(text, without_magics(text))


@given(st.text(alphabet=st.sampled_from(list("ab1 =%!?#'\"\\\n()[]{}.;:,")), max_size=80))
def test_nothing_moves_whatever_stands_there(text: str) -> None:
    same_places(text, without_magics(text))
