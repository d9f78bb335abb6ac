"""Projects whose modules lie about each other: cycles, stars, shadows, paths that lead out of the package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Survive = Callable[[dict[str, bytes]], list[Any]]


def ring(n: int, imports: str) -> dict[str, bytes]:
    """Modules that import the next one, the last the first; the function of each calls that of the next."""
    return {
        f"m{i}.py": (
            f"{imports.format(i=i, next=(i + 1) % n)}\n"
            f"def f{i}(x):\n    return f{(i + 1) % n}([x])\n"
            f"class C{i}(C{(i + 1) % n}):\n"
            "    def m(self, email):\n        print(email)\n        return super().m(email)\n"
        ).encode()
        for i in range(n)
    }


def relay(n: int) -> dict[str, bytes]:
    """A name that is handed on by n modules before it is defined."""
    handed = {f"r{i}.py": f"from r{i - 1} import *\nfrom r{i - 1} import show as show\n".encode() for i in range(1, n)}
    return {
        "r0.py": b"import logging\ndef show(x): logging.info(x)\n",
        **handed,
        "user.py": f"from r{n - 1} import show\ndef start(email): show(email)\n".encode(),
    }


PROJECTS: dict[str, dict[str, bytes]] = {
    "star of itself": {
        "a.py": b"from a import *\nfrom .a import *\nfrom . import *\nimport a as a\na.a.a(a)\nprint(email)\n"
    },
    "two that star each other": {
        "a.py": b"from b import *\ndef f(email): g(email)\n",
        "b.py": b"from a import *\ndef g(x):\n    print(x)\n    f(x)\n",
    },
    "ring of names": ring(12, "from m{next} import f{next}, C{next}"),
    "ring of stars": ring(12, "from m{next} import *"),
    "ring of late imports": ring(12, "import m{next}\nf{next} = m{next}.f{next}\nC{next} = m{next}.C{next}"),
    "name defined by its own import": {
        "a.py": b"from b import x\n",
        "b.py": b"from a import x\ndef f(): print(x.email)\n",
    },
    "package that is its own child": {
        "p/__init__.py": b"from p import p\nfrom p.p import *\nfrom .p import p as p\nfrom . import __init__\n",
        "p/p.py": b"from . import p\nfrom .p import p\nfrom ..p.p import p\ndef p(email): print(email)\n",
    },
    "out of the package": {"p/q/m.py": b"from ........ import x\nfrom ....y import z\nfrom ... import m\nz(x.email)\n"},
    "file and package of one name": {
        "a.py": b"def f(email): print(email)\n",
        "a/__init__.py": b"def f(email): return 1\n",
        "b.py": b"import a\ndef g(email): print(a.f(email))\n",
    },
    "shadows of the library": {
        "logging.py": b"import logging\ndef info(x): pass\ndef getLogger(x): return logging\n",
        "requests.py": b"from requests import post\n",
        "dataclasses.py": b"from dataclasses import *\ndef dataclass(c): return c\n",
        "use.py": b"import logging, requests\ndef f(email):\n    logging.info(email)\n    requests.post(json=email)\n",
    },
    "classes over files": {
        "a.py": b"from b import B\nclass A(B):\n    email: str\n",
        "b.py": b"from c import C\nclass B(C): pass\n",
        "c.py": b"from a import A\nclass C(A):\n    def __repr__(self): return self.email\ndef f(c: C): print(c)\n",
    },
    "alias over files": {
        "a.py": b"from b import T as T\nx: T\n",
        "b.py": b"from a import T as T\nU = T\ny: U = 1\nprint(y)\n",
    },
    "odd paths": {
        "with space/a-b.py": b"def f(email): print(email)\n",
        "邮箱/\u202egpj.py": b"def f(email): print(email)\n",
        "class.py": b"def f(email): print(email)\n",
        "...py": b"from . import x\nprint(x.email)\n",
        "__main__.py": b"from __main__ import *\nfrom . import __main__\nprint(email)\n",
    },
    "one bad file among good ones": {
        "bad.py": b"def f(:\n",
        "worse.py": b"\xff\xfe",
        "good.py": b"from bad import f\nfrom worse import g\ndef h(email): print(f(email), g(email))\n",
    },
    "globals over files": {
        "a.py": b"import b\nemail = b.email\nb.email = email\ndef f(): print(b.email)\n",
        "b.py": b"import a\nemail = a.email\na.a = a\na.b.a.b = a\ndef f(): print(a.a.a.email)\n",
    },
    "callbacks over files": {
        "a.py": b"import b\ndef f(g, email): return b.f(f, g(f, email))\n",
        "b.py": b"import a\ndef f(g, email):\n    print(email)\n    return a.f(g, g(f, email))\n",
    },
}


@pytest.mark.parametrize("sources", [pytest.param(s, id=name.replace(" ", "-")) for name, s in PROJECTS.items()])
def test_project(sources: dict[str, bytes], survive: Survive) -> None:
    survive(sources)


@pytest.mark.parametrize("sources", [pytest.param(s, id=name.replace(" ", "-")) for name, s in PROJECTS.items()])
def test_order_of_files_is_nothing(sources: dict[str, bytes], survive: Survive) -> None:
    def said(found: list[Any]) -> list[tuple[str, int, int, str, str]]:
        return sorted((f.path, f.line, f.column, f.code, f.message) for f in found)

    assert said(survive(sources)) == said(survive(dict(reversed(sources.items()))))


def test_a_name_handed_on_by_a_dozen_modules(survive: Survive) -> None:
    found = survive(relay(12))
    assert [finding.code for finding in found] == ["PII101"]
    assert found[0].path in ("r0.py", "user.py")
    assert {step.path for step in found[0].trace} >= {"user.py"}
