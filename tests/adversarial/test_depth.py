"""Deep inputs: a chain that is followed link by link must end at a bound, never at the end of the stack."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

LOG = "import logging\nlog = logging.getLogger(__name__)\n"


def chained(first: str, link: str, last: str) -> Callable[[int], str]:
    """Lines of which each speaks of the one before: ``#`` is its number, ``@`` that of the one before."""

    def grow(n: int) -> str:
        links = "".join(link.replace("#", str(i)).replace("@", str(i - 1)) for i in range(1, n))
        return LOG + first + links + last.replace("#", str(n - 1))

    return grow


CHAINS: dict[str, Callable[[int], str]] = {
    "variables": chained("def f(h, x0):\n", "    x# = x@\n", "    log.info(x#)\n"),
    "calls": chained("def f(h, x0):\n", "    x# = h(x@)\n", "    log.info(x#)\n"),
    "calls of a library": chained("import lib\ndef f(x0):\n", "    x# = lib.h(x@)\n", "    log.info(x#)\n"),
    "texts": chained("def f(x0):\n", "    x# = 'x'.replace('x', x@)\n", "    log.info(x#)\n"),
    "methods": chained("def f(x0):\n", "    x# = x@.then()\n", "    log.info(x#)\n"),
    "methods of a person": chained("def f(email):\n    x0 = email\n", "    x# = x@.then()\n", "    log.info(x#)\n"),
    "calls of a person": chained("def f(email, h):\n    x0 = email\n", "    x# = h(x@)\n", "    log.info(x#)\n"),
    "a parameter's calls": chained(
        "def f(h, x0):\n", "    x# = h(x@)\n", "    log.info(x#)\ndef g(email, h):\n    f(h, email)\n"
    ),
    "globals": chained("v0 = make()\n", "v# = make(v@)\n", "def f():\n    log.info(v#)\n"),
    "globals by name": chained("v0 = make()\n", "v# = v@\n", "def f():\n    log.info(v#)\n"),
    "globals by fields": chained("v0 = make()\n", "v# = v@.a\n", "def f():\n    log.info(v#)\n"),
    "globals set by functions": chained(
        "a0 = make()\n", "def f#():\n    global a#\n    a# = a@\n", "def f():\n    log.info(a#)\n"
    ),
    "globals called by functions": chained(
        "a0 = make()\n", "def f#():\n    global a#\n    a# = a@()\n", "def f():\n    log.info(a#.x())\n"
    ),
    "returns": chained("def f0(): return make()\n", "def f#(): return f@()\n", "def f():\n    log.info(f#())\n"),
    "returns of a person": chained(
        "def f0(): return get_email()\n", "def f#(): return f@()\n", "def f():\n    log.info(f#())\n"
    ),
    "returns of what is handed over": chained(
        "def f0(x): return x\n", "def f#(x): return f@(x)\n", "def f(email):\n    log.info(f#(email))\n"
    ),
    "calls with methods": chained(
        "def f0(x): return x\n", "def f#(x): return f@(x).y()\n", "def f(user):\n    log.info(f#(user.email).z())\n"
    ),
    "lambdas": chained("f0 = lambda x: x\n", "f# = lambda x: f@(x)\n", "def f(email):\n    log.info(f#(email))\n"),
    "defaults": chained(
        "def f0(x=make()): return x\n", "def f#(x=f@()): return x\n", "def f(email):\n    log.info(f#())\n"
    ),
    "generators": chained(
        "def f0(x):\n    yield x\n",
        "def f#(x):\n    for y in f@(x):\n        yield y\n",
        "def f(email):\n    for y in f#(email):\n        log.info(y)\n",
    ),
    "decorators of decorators": chained(
        "def d0(f): return f\n", "@d@\ndef d#(f): return f\n", "@d#\ndef f(email):\n    log.info(email)\n"
    ),
    "wrapping decorators": chained(
        "def d0(f):\n    return f\n",
        "@d@\ndef d#(f):\n    def inner(*args):\n        return f(*args)\n    return inner\n",
        "@d#\ndef f(email):\n    log.info(email)\ndef g(email):\n    f(email)\n",
    ),
    "sinks below": chained("def f0(x): log.info(x)\n", "def f#(x): f@(x)\n", "def f(email):\n    f#(email)\n"),
    "no sinks below": chained("def f0(x): pass\n", "def f#(x): f@(x)\n", "def f(email):\n    f#(email)\n"),
    "ancestors": chained(
        "class C0:\n    email: str\n", "class C#(C@): pass\n", "def f(c: C#):\n    log.info(c)\n    log.info(c.email)\n"
    ),
    "ancestors by another name": chained(
        "class C0:\n    email: str\n", "B# = C@\nclass C#(B#): pass\n", "def f(c: C#):\n    log.info(c.email)\n"
    ),
    "ancestors by calls": chained(
        "class C0:\n    email: str\n",
        "def b#(): return C@\nclass C#(b#()): pass\n",
        "def f(c: C#):\n    log.info(c.email)\n",
    ),
    "super": chained(
        "class C0:\n    def m(self, x): log.info(x)\n",
        "class C#(C@):\n    def m(self, x): super().m(x)\n",
        "def f(c: C#, email):\n    c.m(email)\n",
    ),
    "classes in fields": chained(
        "class C0:\n    a: int\n", "class C#:\n    a: C@\n", "def f(c: C#):\n    log.info(c)\n    log.info(c.a.a.a)\n"
    ),
    "records in fields": chained(
        "from dataclasses import dataclass\n@dataclass\nclass C0:\n    email: str\n",
        "@dataclass\nclass C#:\n    a: C@\n",
        "def f(c: C#):\n    log.info(c)\n",
    ),
    "fields made by calls": chained(
        "class C0:\n    a = 1\n",
        "class C#:\n    def __init__(self):\n        self.a = C@()\n",
        "def f():\n    c = C#()\n    log.info(c.a.a.a)\n",
    ),
    "fields of fields": chained(
        "class C0:\n    def __init__(self):\n        self.a = make()\n",
        "class C#:\n    def __init__(self):\n        self.a = C@().a\n",
        "def f():\n    log.info(C#().a)\n",
    ),
    "properties": chained(
        "class C0:\n    @property\n    def p(self): return self.email\n",
        "class C#:\n    @property\n    def p(self): return C@().p\n",
        "def f():\n    log.info(C#().p)\n",
    ),
    "texts of objects": chained(
        "class C0:\n    def __str__(self): return self.email\n",
        "class C#:\n    def __str__(self): return str(C@())\n",
        "def f():\n    log.info(C#())\n",
    ),
    "objects in objects": chained(
        "class C:\n    def __init__(self, a):\n        self.a = a\ndef f(email):\n    x0 = email\n",
        "    x# = C(x@)\n",
        "    log.info(x#.a.a.a)\n    log.info(x#)\n",
    ),
    "callers of callers": chained(
        "class S:\n    def __init__(self, to):\n        self.to = to\n    def go(self): log.info(self.to)\n"
        "def f0(x): return S(x)\n",
        "def f#(x): return f@(x)\n",
        "def f(email): f#(email)\n",
    ),
    "aliases": chained("A0 = str\n", "A#: 'TypeAlias' = 'A@'\n", "def f(x: A#):\n    log.info(x)\n"),
    "aliases of containers": chained(
        "from typing import Annotated\nA0 = Annotated[str, 'pii:email']\n",
        "A# = Annotated[list[A@], 'x']\n",
        "def f(x: A#):\n    log.info(x)\n",
    ),
    "new types": chained(
        "from typing import NewType\nA0 = str\n", "A# = NewType('A#', A@)\n", "def f(x: A#):\n    log.info(x)\n"
    ),
    "callbacks, each another's": chained(
        "def f0(g, x): g(x)\n",
        "def h#(x): log.info(x)\ndef f#(g, x):\n    f@(h#, x)\n    g(x)\n",
        "def f(email):\n    f#(log.info, email)\n",
    ),
    "iterators": chained(
        "class C0:\n    def __iter__(self):\n        yield self.email\n",
        "class C#:\n    def __iter__(self):\n        return C@()\n",
        "def f():\n    for x in C#():\n        log.info(x)\n",
    ),
    "iterators inside": chained(
        "class C0:\n    def __init__(self, email): self.a = email\n    def __iter__(self):\n        yield self.a\n",
        "class C#:\n    def __init__(self, email): self.a = C@(email)\n"
        "    def __iter__(self):\n        for x in self.a: yield x\n",
        "def f(email):\n    for x in C#(email):\n        log.info(x)\n",
    ),
    "contexts": chained(
        "class C0:\n    def __enter__(self):\n        return self.email\n",
        "class C#:\n    def __enter__(self):\n        with C@() as x:\n            return x\n",
        "def f():\n    with C#() as x:\n        log.info(x)\n",
    ),
    "contexts inside": chained(
        "class C0:\n    def __init__(self, email): self.a = email\n    def __enter__(self): return self.a\n",
        "class C#:\n    def __init__(self, email): self.a = C@(email)\n"
        "    def __enter__(self):\n        with self.a as x:\n            return x\n",
        "def f(email):\n    with C#(email) as x:\n        log.info(x)\n",
    ),
    "type aliases": chained("A0: 'A0' = str\nA1 = list['A0']\n", "A#: 'A@'\n", "def f(x: A#):\n    log.info(x)\n"),
    "type statements": chained("type A0 = str\n", "type A# = A@\n", "def f(x: A#):\n    log.info(x)\n"),
    "type statements in a circle": chained(
        "type A0 = A1\n", "type A# = A@\n", "type A0 = A#\ndef f(x: A#):\n    log.info(x)\n"
    ),
    "partials": chained(
        "from functools import partial\ndef f0(x): log.info(x)\n",
        "f# = partial(f@)\n",
        "def f(email):\n    f#(email)\n",
    ),
    "callbacks": chained(
        "def f0(g, x): g(x)\n", "def f#(g, x): f@(g, x)\n", "def f(email):\n    f#(log.info, email)\n"
    ),
    "captured": lambda n: (
        f"{LOG}def f(email):\n    x0 = email\n"
        + "".join(
            f"    def g{i}():\n        nonlocal x{i}\n        x{i} = x{i - 1}\n    x{i} = 0\n" for i in range(1, n)
        )
        + f"    log.info(x{n - 1})\n"
    ),
    "closures called": chained(
        "def f(email):\n    def g0(): return email\n", "    def g#(): return g@()\n", "    log.info(g#())\n"
    ),
}


def submitted(n: int) -> str:
    pools = "".join(f"e{i} = ThreadPoolExecutor()\n" for i in range(n))
    given = ", ".join(f"e{i}.submit" for i in range(n))
    call = f"e0.submit({given}, log.info, email).x()"
    return f"{LOG}from concurrent.futures import ThreadPoolExecutor\n{pools}def f(email):\n    {call}\n"


CHAINS["submitted"] = submitted


def unary(n: int) -> str:
    return f"{LOG}def f(email):\n    log.info({'not ' * n}email)\n    log.info({'-' * n}email)\n"


def powers(n: int) -> str:
    return f"{LOG}def f(email):\n    log.info({'email ** ' * n}email)\n"


def conditions(n: int) -> str:
    return f"{LOG}def f(email, g):\n    log.info({'g if g else ' * n}email)\n"


def negated(n: int) -> str:
    keys = "'a' if g else " * n + "'b'"
    return f"{LOG}def f(email, g):\n    if {'not ' * n}isinstance(email, C):\n        log.info(email[{keys}])\n"


def texts_in_sums(n: int) -> str:
    return f"{LOG}def f(email, g):\n    log.info(g + ({'g + ' * n}email))\n"


def dotted(n: int) -> str:
    name = "a" + ".a" * n
    return (
        f"{LOG}import a\n@{name}\nclass C({name}):\n    x: {name} = {name}\n@{name}\ndef f(email: {name}) -> {name}:\n"
        f"    try:\n        log.info(email)\n    except {name} as e:\n        pass\n"
    )


def builder(n: int) -> str:
    """A chain of methods, as people write them, only longer: its end is what is logged."""
    return f"{LOG}def f(email, q):\n    x = q{'.where(email)' * n}\n    log.info(email)\n"


def elifs(indent: str, body: str) -> Callable[[int], str]:
    return lambda n: "".join(f"{indent}{'el' if i else ''}if a == {i}:\n{indent}    {body}\n" for i in range(n))


def elifs_everywhere(n: int) -> str:
    top, of_class = elifs("", "x = 1")(n), elifs("    ", "y = 2")(n)
    inside = "    def g():\n        nonlocal x\n" + elifs("        ", "x = email")(n)
    return f"{LOG}a = 1\n{top}class C:\n{of_class}def f(a, email):\n    x = 1\n{inside}    g()\n    log.info(x)\n"


NESTED: dict[str, Callable[[int], str]] = {
    "unary operators": unary,
    "powers": powers,
    "conditions": conditions,
    "negated tests": negated,
    "texts in sums": texts_in_sums,
    "dotted names": dotted,
    "methods of methods": builder,
    "elifs": elifs_everywhere,
}
SIZES = (60, 1000)

RUN = """
import json, sys, threading
from discreet.facts.bounds import counting
from discreet.facts.extraction import UnreadableSource, extract
from discreet.rules import Settings, findings

def run(name, text):
    try:
        facts = [extract("deep.py", text.encode(), module="deep")]
    except UnreadableSource:
        facts = []
    with counting() as hits:
        found = list(findings(facts, Settings()))
    said[name] = [[f"{f.line} {f.code}" for f in found], sorted({*hits, *(b for f in facts for b in f.bounds)})]

said = {}
texts = json.load(sys.stdin)
run("nothing", "import logging\\ndef f(email):\\n    logging.info(email)\\n")
threading.stack_size(int(sys.argv[1]))
sys.setrecursionlimit(int(sys.argv[2]))
for name, text in texts.items():
    thread = threading.Thread(target=run, args=(name, text))
    thread.start()
    thread.join()
json.dump(said, sys.stdout)
"""


def in_a_process(stack: int, limit: int) -> dict[str, Any]:
    """What is said of every input, by a thread with so much of a stack, in a process that may recurse so deeply."""
    texts = {f"{name} {size}": grow(size) for name, grow in (CHAINS | NESTED).items() for size in SIZES}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(stack), str(limit)], input=json.dumps(texts), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    said: dict[str, Any] = json.loads(done.stdout)
    assert said.keys() == {"nothing", *texts}, "an exception ended a thread"
    return said


def test_a_deep_input_ends_at_a_bound_and_nowhere_else() -> None:
    """What is said depends neither on how deep Python may go nor on how much of a stack there is."""
    usual = in_a_process(8 << 20, 1000)
    assert usual == in_a_process(1 << 20, 1100)
    assert usual == in_a_process(64 << 20, 20_000)
