"""Every module of discreet with the first sentence of its docstring: ``python docs/rooms.py`` writes ``docs/rooms.md``.

The sentence stands where whoever changes the module sees it, and a test holds the page to it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "src" / "discreet"
PAGE: Final = ROOT / "docs" / "rooms.md"
HEAD: Final = """\
# Rooms

Every module, with the first sentence of its docstring; `python docs/rooms.py` writes this page. How they work together
is told in [architecture](architecture.md).
"""
SENTENCE: Final = re.compile(r"(.+?[.:?])(?=\s+[A-Z`]|\s*$)", re.DOTALL)


def page() -> str:
    """The page's text."""
    return HEAD + "".join(_of_package(each) for each in _packages())


def _packages() -> Iterator[Path]:
    """The directories with modules, a package before those in it."""
    yield PACKAGE
    yield from sorted(each.parent for each in PACKAGE.rglob("__init__.py") if each.parent != PACKAGE)


def _of_package(package: Path) -> str:
    rooms = [(each.name, _sentence(each)) for each in sorted(package.glob("*.py")) if each.name != "__init__.py"]
    name = ".".join(package.relative_to(PACKAGE.parent).parts)
    about = _sentence(package / "__init__.py")
    lines = [f"\n## `{name}`\n", *([f"\n{about}\n"] if about else []), *(["\n"] if rooms else [])]
    return "".join([*lines, *(f"- `{room}`: {said}\n" for room, said in rooms)])


def _sentence(module: Path) -> str:
    """The first sentence of a module's docstring on one line, code in Markdown's quotes."""
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    first = said.partition("\n\n")[0].replace("``", "`")
    first = re.sub(r":(?:mod|class|func|meth):`~?([^`]+)`", r"`\1`", first)
    found = SENTENCE.match(" ".join(first.split()))
    return found[1].removesuffix(":").removesuffix(".") + "." if found else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
