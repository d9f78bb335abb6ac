"""Whether a variable ``c`` surely holds an object where ``HERE`` stands."""

from __future__ import annotations

import ast

import pytest

from discreet.fixes.presence import is_there

CASES = [
    # nothing says so
    (False, "def f(c):\n    HERE"),
    (False, "c = find()\nHERE"),
    # the annotation of a parameter, unless it allows None
    (True, "def f(c: Customer):\n    HERE"),
    (True, "async def f(*, c: 'Customer'):\n    if 1:\n        HERE"),
    (False, "def f(c: Customer | None):\n    HERE"),
    (False, "def f(c: Optional[Customer]):\n    HERE"),
    (False, "def f(c: Customer = None):\n    HERE"),
    (False, "def f(c: Customer):\n    c = find()\n    HERE"),
    (False, "def f(c: Customer):\n    for x in y:\n        HERE\n        c = x.next"),
    (False, "def f(c: Customer):\n    def g():\n        HERE"),
    # it is asked for an attribute before, in any case
    (True, "def f(c):\n    c.save()\n    HERE"),
    (True, "def f(c):\n    if c.active:\n        HERE"),
    (True, "def f(c):\n    x = c.name\n    for y in z:\n        HERE"),
    (True, "def f(c):\n    log(HERE, c.name)"),
    (True, "def f(c):\n    with c.lock:\n        HERE"),
    (False, "def f(c):\n    x = y and c.name\n    HERE"),
    (False, "def f(c):\n    x = c.name if y else 1\n    HERE"),
    (False, "def f(c):\n    x = lambda: c.name\n    HERE"),
    (False, "def f(c):\n    if x:\n        c.save()\n    HERE"),
    (False, "def f(c):\n    try:\n        c.save()\n    except E:\n        pass\n    HERE"),
    (False, "def f(c):\n    try:\n        c = find()\n    except E:\n        HERE"),
    (False, "def f(c):\n    c.save()\n    c = find()\n    HERE"),
    (False, "def f(c):\n    c = c.parent\n    HERE"),
    (False, "def f(c):\n    c.save()\n    while x:\n        HERE\n        c = find()"),
    (False, "def f(c):\n    c.save()\n    for c in x:\n        HERE"),
    (False, "def f(c):\n    c.save()\n    with x() as c:\n        HERE"),
    (False, "def f(c):\n    c.save()\n    if (c := find()) or y:\n        HERE"),
    (False, "def f(c):\n    c.save()\n    x = [HERE for c in y]"),
    # a condition
    (True, "def f(c):\n    if not c:\n        return\n    HERE"),
    (True, "def f(c):\n    if c is None or x:\n        raise E\n    HERE"),
    (False, "def f(c):\n    if c is None and x:\n        raise E\n    HERE"),
    (False, "def f(c):\n    if not c:\n        x()\n    HERE"),
    (True, "def f(c):\n    if c:\n        HERE"),
    (True, "def f(c):\n    if x and c is not None:\n        HERE"),
    (False, "def f(c):\n    if x or c:\n        HERE"),
    (False, "def f(c):\n    if c:\n        pass\n    else:\n        HERE"),
    (True, "def f(c):\n    if not c:\n        pass\n    else:\n        HERE"),
    (True, "def f(c):\n    assert c\n    HERE"),
    (False, "def f(c):\n    if c:\n        c = find()\n        HERE"),
    (True, "c = find()\nif not c:\n    raise SystemExit\nHERE"),
]


@pytest.mark.parametrize(("there", "text"), CASES)
def test_an_object_is_there(there: bool, text: str) -> None:
    line = text[: text.index("HERE")].count("\n") + 1
    assert is_there(ast.parse(text), line, "c") is there
