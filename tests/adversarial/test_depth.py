"""Deep inputs: a chain that is followed link by link must end at a bound, never at the end of the stack."""

from __future__ import annotations

from collections.abc import Callable

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
DEEP = {name: grow(3000) for name, grow in CHAINS.items()}
