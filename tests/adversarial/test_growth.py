"""Inputs that grow: twice the input may cost about twice the work, never four times, and never the square of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LOG = "import logging\nlog = logging.getLogger(__name__)\n"
Grow = Callable[[int], str]


def nested(open_: str, close: str, inner: str = "email") -> Grow:
    return lambda n: f"def f(email, f, g):\n    x = {open_ * n}{inner}{close * n}\n    print(x)\n"


def chain(link: str, first: str = "email") -> Grow:
    return lambda n: f"def f(email, g):\n    x = {first}{link * n}\n    print(x)\n"


def lines(line: str, head: str = "", foot: str = "", indent: str = "    ") -> Grow:
    return lambda n: (
        f"{LOG}def f(email, phone, g, *rest):\n{head}"
        + "".join(indent + line.replace("#", str(i)) + "\n" for i in range(n))
        + (foot or "    log.info('%s', email)\n")
    )


def spread(template: str, piece: str, join: str = ", ") -> Grow:
    return lambda n: LOG + template.replace("@", join.join(piece.replace("#", str(i)) for i in range(n)))


def blocks(opening: str, most: int) -> Grow:
    """Blocks inside blocks: what is walked twice at each level costs 2**n."""

    def grow(n: int) -> str:
        n = min(n, most)
        body = "".join(f"{'    ' * (i + 1)}{opening.replace('#', str(i))}\n" for i in range(n))
        return f"{LOG}def f(email, g):\n    x = ''\n{body}{'    ' * (n + 1)}x = x + email\n    log.info(x)\n"

    return grow


def tries(n: int) -> str:
    n = min(n, 18)
    head = "".join(f"{'    ' * (i + 1)}try:\n" for i in range(n))
    core = "    " * (n + 1) + "raise ValueError(email)\n"
    tail = "".join(
        f"{'    ' * i}except Exception as e:\n{'    ' * (i + 1)}log.error(e)\n{'    ' * (i + 1)}raise\n"
        for i in range(n, 0, -1)
    )
    return f"{LOG}def f(email):\n{head}{core}{tail}"


def elifs(n: int) -> str:
    tests = "".join(f"    elif g == {i}:\n        x = email\n" for i in range(n))
    return f"{LOG}def f(email, g):\n    if g:\n        x = 1\n{tests}    log.info(x)\n"


def closures(n: int) -> str:
    n = min(n, 80)
    body = "".join(f"{' ' * i}def f{i}():\n" for i in range(1, n))
    return f"{LOG}def f0(email):\n{body}{' ' * n}log.info(email)\n"


def classes(n: int) -> str:
    head = f"{LOG}class C0:\n    def __init__(self, email):\n        self.email = email\n"
    body = "".join(f"class C{i}(C{i - 1}):\n    def m{i}(self):\n        return self.email\n" for i in range(1, n))
    return f"{head}{body}def f(email):\n    log.info(C{n - 1}(email).m1())\n"


def call_chain(n: int) -> str:
    body = "".join(f"def f{i}(x):\n    return f{i - 1}(x)\n" for i in range(1, n))
    return f"{LOG}def f0(x):\n    log.info(x)\n{body}def start(email):\n    f{n - 1}(email)\n"


def diamonds(n: int) -> str:
    body = "".join(f"def f{i}(x):\n    return f{i - 1}(x) + f{i - 1}(x)\n" for i in range(1, n))
    return f"{LOG}def f0(x):\n    log.info(x)\n    return x\n{body}def start(email):\n    f{n - 1}(email)\n"


def diamond_returns(n: int) -> str:
    body = "".join(f"def f{i}(x):\n    return [f{i - 1}(x), {{'k': f{i - 1}(x)}}]\n" for i in range(1, n))
    return f"{LOG}def f0(x):\n    return x\n{body}def start(email):\n    log.info(f{n - 1}(email))\n"


def diamond_inheritance(n: int) -> str:
    body = "".join(f"class A{i}(B{i - 1}, A{i - 1}): pass\nclass B{i}(A{i - 1}): pass\n" for i in range(1, n))
    return (
        f"{LOG}class A0:\n    email: str\nclass B0:\n    phone: str\n{body}def f(x: A{n - 1}):\n    log.info(x.email)\n"
    )


def mutual(n: int) -> str:
    body = "".join(
        f"def f{i}(x, y):\n    log.info(y)\n    return f{(i + 1) % n}([x, y], {{'k': x}})\n" for i in range(n)
    )
    return f"{LOG}{body}def start(email):\n    f0(email, email)\n"


def callbacks(n: int) -> str:
    body = "".join(f"def f{i}(g, x):\n    return g(f{i}, x)\n" for i in range(n))
    calls = "".join(f"    f{i}(f{(i * 7 + 1) % n}, email)\n" for i in range(n))
    return f"{LOG}def last(g, x):\n    log.info(x)\n{body}def start(email):\n{calls}    f0(last, email)\n"


def made_of_made(n: int) -> str:
    """Objects that functions make of objects which other functions make, each of two."""
    head = "class N:\n    def __init__(self, one, two):\n        self.one, self.two = one, two\n"
    text = "    def __str__(self):\n        return f'{self.one} {self.two}'\n"
    body = "".join(f"def f{i}(x):\n    return N(f{i - 1}(x), f{i - 1}([x]))\n" for i in range(1, n))
    shown = f"    log.info(f{n - 1}(email))\n    log.info(f{n - 1}(email).one.two.one.two)\n"
    return f"{LOG}{head}{text}def f0(x):\n    return N(x, x)\n{body}def start(email):\n{shown}"


def holding_one_another(n: int) -> str:
    """Objects that make one another of themselves."""
    body = "".join(
        f"class C{i}:\n    def __init__(self, held):\n        self.held = held\n"
        f"    def on(self):\n        return C{(i + 1) % n}(self)\n    def back(self):\n        return self.held.on()\n"
        f"    def __str__(self):\n        return str(self.held) + str(self.back())\n"
        for i in range(n)
    )
    return f"{LOG}{body}def start(email):\n    log.info(C0(email){'.on()' * n})\n    log.info(C0(email).on().back())\n"


def record(n: int) -> str:
    fields = "".join(f"    email_{i}: str\n    user_email_{i}: str\n" for i in range(n))
    head = f"{LOG}from dataclasses import dataclass\n@dataclass\nclass Customer:\n{fields}"
    return f"{head}def f(c: Customer):\n    log.info(c)\n"


def decorated(n: int) -> str:
    return f"{LOG}def d(f):\n    return f\n{'@d' + chr(10)}" * 1 + "@d\n" * n + "def f(email):\n    log.info(email)\n"


def keys(n: int) -> str:
    items = ", ".join(f"'k{i}': email" for i in range(n))
    return f"{LOG}def f(email):\n    d = {{{items}, 'id': 1}}\n    log.info(d['id'])\n    log.info(d['k1'])\n"


def wide_join(n: int) -> str:
    """Every branch gives the variable one more origin, and every loop step one more path."""
    body = "".join(f"    if g({i}):\n        x = x.a{i} or g(x)\n" for i in range(n))
    return f"{LOG}def f(email, g):\n    x = email\n{body}    log.info(x)\n"


def swaps(n: int) -> str:
    names = [f"v{i}" for i in range(n)]
    body = f"        {', '.join(names)} = {', '.join(names[1:] + names[:1])}\n"
    head = "".join(f"    {name} = {i}\n" for i, name in enumerate(names))
    return f"{LOG}def f(email, g):\n{head}    v0 = email\n    while g():\n{body}    log.info(v{n // 2})\n"


def cases(n: int) -> str:
    body = "".join(
        f"        case {{'k{i}': [x, *_], **rest}} | [{i}, x, *rest] if x:\n            y = x\n" for i in range(n)
    )
    return f"{LOG}def f(email):\n    y = ''\n    match email:\n{body}    log.info(y)\n"


def handlers(n: int) -> str:
    body = "".join(f"    except E{i} as e:\n        x = e\n" for i in range(n))
    return f"{LOG}def f(email):\n    x = ''\n    try:\n        raise ValueError(email)\n{body}    log.info(x)\n"


# name -> (grow, size for the ratio, size for survival)
GROWING: dict[str, tuple[Grow, int, int]] = {
    "calls in calls": (nested("f(", ")"), 40, 2000),
    "lists in lists": (nested("[", "]"), 40, 2000),
    "dicts in dicts": (nested("{'k': ", "}"), 40, 2000),
    "brackets": (nested("(", ")"), 60, 5000),
    "nots": (nested("not ", ""), 100, 5000),
    "negations": (nested("-", ""), 100, 5000),
    "conditions": (nested("email if g else (", ")"), 40, 2000),
    "comprehensions": (nested("[y for y in ", "]"), 20, 400),
    "walruses": (nested("(y := ", ")"), 40, 1000),
    "awaits": (
        lambda n: f"async def f(email):\n    x = {'await ' * min(n, 1)}{'(await ' * n}email{')' * n}\n",
        40,
        1000,
    ),
    "sum": (chain(" + email"), 100, 10_000),
    "sum of different things": (spread("def f(g):\n    log.info(@)\n", "g.email_#", " + "), 100, 5000),
    "comparison": (chain(" < email"), 300, 10_000),
    "conjunction": (chain(" and email"), 300, 10_000),
    "attributes": (chain(".email"), 100, 3000),
    "subscripts": (chain("[0]"), 100, 3000),
    "calls of results": (chain("()"), 100, 3000),
    "methods of results": (chain(".strip()"), 100, 3000),
    "percent": (chain(" % email", "'%s'"), 100, 3000),
    "implicit string": (spread("def f(email):\n    log.info(@)\n", "'email # '", " "), 500, 20_000),
    "dict literal": (keys, 300, 5000),
    "list literal": (spread("def f(email):\n    x = [@]\n    log.info(x[3])\n", "email"), 300, 20_000),
    "f-string": (spread("def f(email):\n    log.info(f'@')\n", "{email!r:>#}", " "), 300, 5000),
    "arguments": (spread("def f(email, g):\n    g(@)\n    log.info(email)\n", "a#=email"), 200, 3000),
    "parameters": (spread("def f(@):\n    log.info(email_1)\n", "email_#"), 200, 3000),
    "targets": (spread("def f(email):\n    @ = email\n    log.info(v1)\n", "v#", " = "), 300, 5000),
    "unpacking": (spread("def f(email):\n    (@) = email\n    log.info(v1)\n", "v#"), 300, 5000),
    "with items": (spread("def f(email, g):\n    with @:\n        log.info(email)\n", "g(email) as v#"), 200, 3000),
    "globals": (spread("def f(email):\n    global @\n    v1 = email\n    log.info(v1)\n", "v#"), 300, 5000),
    "deletions": (spread("def f(email):\n    del @\n    log.info(email)\n", "v#"), 300, 5000),
    "imports": (spread("from m import @\ndef f(email):\n    log.info(email)\n", "a#"), 300, 5000),
    "assignments": (lines("x# = email"), 200, 4000),
    "queries": (lines("g.execute('SELECT a#, email FROM users')"), 40, 800),
    "a query put together": (chain(" + 'AND a = 1 '", "'SELECT email FROM users WHERE 1 = 1 '"), 40, 2000),
    "columns of a query": (spread("def f(g):\n    log.info(g.execute('SELECT @ FROM users'))\n", "a#"), 20, 2000),
    "frames": (lines("d = d.head().merge(d)", head="    import pandas\n    d = pandas.DataFrame([email])\n"), 40, 400),
    "columns of a frame": (lines("d['c#'] = email", head="    import pandas\n    d = pandas.read_csv(g)\n"), 60, 1500),
    "accumulation": (lines("email = email + phone"), 200, 4000),
    "appending": (lines("rest.append(email)"), 200, 4000),
    "keys one by one": (lines("g['k#'] = email"), 200, 4000),
    "attributes one by one": (lines("g.a# = email"), 200, 4000),
    "logs": (lines("log.info('%s', email)"), 100, 2000),
    "conditions one by one": (lines("if g(#): email = g(email)"), 100, 2000),
    "growing list": (lines("g = [g, g]"), 100, 2000),
    "growing dict": (lines("g = {'a': g, 'b': [g]}"), 100, 2000),
    "growing string": (lines("email = f'{email}{email}'"), 100, 2000),
    "functions inside": (lines("def g#(x=email): return x"), 100, 2000),
    "marks": (lines("x# = g()  # pii: email, nonsense"), 100, 2000),
    "suppressions": (lines("x# = g()  # noqa: PII101 -- because"), 100, 2000),
    "elifs": (elifs, 40, 2000),
    "call chain": (call_chain, 50, 600),
    "diamond calls": (diamonds, 20, 60),
    "diamond results": (diamond_returns, 20, 60),
    "diamond inheritance": (diamond_inheritance, 15, 40),
    "callbacks": (callbacks, 20, 60),
    "objects of objects": (made_of_made, 10, 60),
    "objects that hold one another": (holding_one_another, 10, 60),
    "fields": (record, 100, 2000),
    "decorators": (decorated, 100, 2000),
    "wide joins": (wide_join, 50, 500),
    "cases": (cases, 50, 1000),
    "handlers": (handlers, 50, 1000),
}

# Twice the input is more than twice the work by nature: only bounded.
BOUNDED: dict[str, str] = {
    "loops in loops": blocks("for i# in g:", 18)(18),
    "whiles in whiles": blocks("while g(#):", 18)(18),
    "branches in loops": blocks("for i# in (x if g else email):", 18)(18),
    "withs in withs": blocks("with g(email) as y#:", 18)(18),
    "tries in tries": tries(18),
    "ifs in ifs": blocks("if x == #:", 90)(90),
    "lambdas in lambdas": nested("lambda: ", "")(150),
    "more lambdas than Python takes": nested("lambda: ", "")(3000),
    "functions in functions": closures(80),
    "a class of four hundred ancestors": classes(400),
    "more blocks than Python takes": blocks("if g:", 200)(200),
    "mutual recursion of fifty": mutual(50),
    "rotating variables": swaps(60),
    "a name of 100,000 letters": f"def f({'email' * 20_000}):\n    print({'email' * 20_000})\n",
    "a name of 20,000 words": f"def f({'user_' * 20_000}email):\n    print({'user_' * 20_000}email)\n",
    "a string of a million letters": f"{LOG}log.info('{'email ' * 160_000}')\n",
    "a number of 4,000 digits": f"{LOG}log.info({'9' * 4000})\n",
    "a number of 100,000 digits": f"{LOG}log.info({'9' * 100_000})\n",
    "a mark of 20,000 words": "x = f()  # pii: " + ", ".join(["emial"] * 20_000) + "\n",
    "a mark of one long word": "x = f()  # pii: " + "email" * 20_000 + "\n",
    "a message of 20,000 fields": f"{LOG}def f(email):\n    log.info('{'%s ' * 20_000}', email)\n",
    "a width of many digits": f"{LOG}def f(email):\n    log.info('%{'9' * 30}s' % email)\n",
    "a width of a billion": f"{LOG}def f(email):\n    log.info(f'{{email:>999999999}}')\n",
    "a power of a power": f"{LOG}x = 9 ** 9 ** 9 ** 9\ny = 'a' * 10 ** 12\nz = [0] * 10 ** 12\nlog.info(x)\n",
    "backslashes": "# pii" + ":" * 50_000 + "\nx = 1  # noqa" + " " * 50_000 + ":" + "PII101," * 5_000 + "\n",
    "a hundred thousand empty lines": "\n" * 100_000 + "def f(email):\n    print(email)\n",
    "a hundred thousand brackets": "(" * 100_000,
    "a hundred thousand semicolons": "x = 1;" * 50_000 + "\n",
}


def ratio_cases() -> list[Any]:
    return [pytest.param(grow, size, id=name.replace(" ", "-")) for name, (grow, size, _) in GROWING.items()]


@pytest.mark.parametrize(("grow", "size"), ratio_cases())
def test_work_grows_with_the_input(grow: Grow, size: int, cost: Callable[[str], tuple[int, int, int]]) -> None:
    one, two, four = (cost(grow(size * times)) for times in (1, 2, 4))
    for what, small, middle, large in zip(("calls", "bytes of facts", "steps"), one, two, four, strict=True):
        # The second doubling may add at most two and a half times what the first one added; a square adds four times.
        # Where a text becomes too deep for ast, it is looked through once more: some thousand calls, whatever its size.
        assert large - middle <= 2.6 * max(middle - small, 0) + 4000, f"{what}: {small:,}, {middle:,}, {large:,}"


@pytest.mark.parametrize(
    "text", [pytest.param(grow(most), id=name.replace(" ", "-")) for name, (grow, _, most) in GROWING.items()]
)
def test_large(text: str, survive: Callable[[dict[str, bytes]], list[Any]]) -> None:
    survive({"large.py": text.encode()})


@pytest.mark.parametrize("text", [pytest.param(text, id=name.replace(" ", "-")) for name, text in BOUNDED.items()])
def test_bounded(text: str, survive: Callable[[dict[str, bytes]], list[Any]]) -> None:
    survive({"bounded.py": text.encode()})
