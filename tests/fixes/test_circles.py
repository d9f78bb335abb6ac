"""A new import closes no circle: programs with imports drawn by chance still begin at any of their modules."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import assume, example, given, settings

from discreet.fixes.cycles import way_back
from discreet.fixes.program import Module

PACKAGES = ("pkg", "pkg.sub")
MODULES = (*PACKAGES, "pkg.a", "pkg.b", "pkg.sub.e", "pkg.sub.f")
REDACTORS = ("pkg.privacy", "pkg.sub.privacy", "privacy")
FORMS = (
    "from {dotted} import {name}",
    "import {dotted}",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {dotted} import {name}",
    "from typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    from {dotted} import {name}",
    "def late():\n    from {dotted} import {name}",
    "try:\n    from {dotted} import {name}\nexcept OSError:\n    pass",
    "class Held:\n    from {dotted} import {name}",
)
ALONE = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
known = set(sys.modules)
failed = []
for name in json.loads(sys.argv[2]):
    try:
        importlib.import_module(name)
    except ImportError:
        failed.append(name)
    for other in set(sys.modules) - known:
        del sys.modules[other]
print(json.dumps(failed))
"""


class Written:
    """A program by the texts of its modules."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def called(self, name: str) -> Module | None:
        return Module(name, name, name in PACKAGES) if name in self.texts else None

    def content(self, path: str) -> bytes:
        return self.texts[path].encode()

    def broken(self) -> set[str]:
        """The modules that can't be imported before all others."""
        with tempfile.TemporaryDirectory() as directory:
            for name, text in self.texts.items():
                inner = "/__init__.py" if name in PACKAGES else ".py"
                path = Path(directory, name.replace(".", "/") + inner)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            command = [sys.executable, "-B", "-c", ALONE, directory, json.dumps(list(self.texts))]
            return set(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


@st.composite
def programs(draw: Any) -> tuple[dict[str, str], str]:
    redactor = draw(st.sampled_from(REDACTORS))
    texts = {}
    for module in (*MODULES, redactor):
        others = st.sampled_from([each for each in MODULES if each != module])
        imports = [
            draw(st.sampled_from(FORMS)).format(dotted=each, name=_own(each))
            for each in draw(st.lists(others, max_size=2, unique=True))
        ]
        texts[module] = "\n".join((*imports, f"{'redact' if module == redactor else _own(module)} = 1", ""))
    return texts, redactor


def _goes_round(program: Any) -> bool:
    """Whether modules import each other in a circle."""
    pairs = [(one, other) for one in program.texts for other in program.texts if one != other]
    imports = [
        (one, other) for one, other in pairs if re.search(rf"\b{re.escape(other)}( import|\n)", program.texts[one])
    ]
    return any(way_back(program, program.called(one), program.called(other)) for one, other in imports)


def _own(module: str) -> str:
    return f"note_{module.replace('.', '_')}"


A_PACKAGE_THAT_BEGINS_WITH_WHAT_LIES_IN_IT = {
    "pkg": "note_pkg = 1\n",
    "pkg.sub": "note_pkg_sub = 1\n",
    "pkg.a": "from pkg.sub.e import note_pkg_sub_e\nnote_pkg_a = 1\n",
    "pkg.b": "note_pkg_b = 1\n",
    "pkg.sub.e": "note_pkg_sub_e = 1\n",
    "pkg.sub.f": "note_pkg_sub_f = 1\n",
    "pkg.sub.privacy": "from pkg.a import note_pkg_a\nredact = 1\n",
}


@settings(max_examples=25)
@example((A_PACKAGE_THAT_BEGINS_WITH_WHAT_LIES_IN_IT, "pkg.sub.privacy"))
@given(programs())
def test_each_module_is_imported_as_before(case: tuple[dict[str, str], str]) -> None:
    texts, redactor = case
    program: Any = Written(texts)
    assume(not _goes_round(program))  # where something does already, any new import may change who begins first
    target = program.called(redactor)
    open_to = [each for each in MODULES if not way_back(program, program.called(each), target)]
    added = {each: f"from {redactor} import redact\n{texts[each]}" for each in open_to}
    before = program.broken()
    if redactor not in before:
        assert Written({**texts, **added}).broken() <= before
