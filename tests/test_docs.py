"""No page leads nowhere: links from one of our pages to another, and pages that a text of the program names."""

from __future__ import annotations

import re
import runpy
import string
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Run = Callable[..., Any]
Tree = Callable[[Mapping[str, str]], Path]
ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "fixtures/**/*.md", "reality/**/*.md", "tests/**/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"(?<!!)\[[^\]\[]*(?:\[[^\]]*\][^\]\[]*)*\]\((?P<to>[^()\s]+)\)")
HEADING = re.compile(r"#{1,6} +(?P<text>.*?)(?: +#+)?")
NAMED = re.compile(r"\bdocs/[\w/-]+\.md\b")
NO_PART_OF_AN_ANCHOR = str.maketrans("", "", string.punctuation.replace("-", "").replace("_", "") + "…“”‘’–—")


def lines(text: str) -> Iterator[str]:
    """The lines of a page that are not shown as code, without what is code in them."""
    fence = ""
    for line in text.splitlines():
        mark = re.match(r" *(?P<mark>```+|~~~+)", line)
        if mark and (not fence or mark["mark"].startswith(fence)):
            fence = "" if fence else mark["mark"]
        elif not fence:
            yield line


@cache
def anchors(page: Path) -> frozenset[str]:
    """What a link may name behind ``#``, as GitHub makes it of the headings: the second of two alike gets ``-1``."""
    seen: Counter[str] = Counter()
    found = set()
    for line in lines(page.read_text(encoding="utf-8")):
        heading = HEADING.fullmatch(line)
        if heading:
            shown = LINK.sub(lambda link: link[0][1 : link[0].rindex("](")], heading["text"])
            anchor = shown.strip().lower().translate(NO_PART_OF_AN_ANCHOR).replace(" ", "-")
            found.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
            seen[anchor] += 1
    return frozenset(found)


def broken(page: Path) -> Iterator[str]:
    """The links of a page that lead nowhere, each with the reason. What stands on other hosts is not asked for."""
    for line in lines(page.read_text(encoding="utf-8")):
        for link in LINK.finditer(re.sub(r"`[^`]*`", "`", line)):
            path, _, anchor = unquote(link["to"]).partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            to = (page.parent / path).resolve() if path else page
            if not to.exists():
                yield f"{link['to']}: there is no such file"
            elif anchor and anchor not in anchors(to):
                yield f"{link['to']}: there is no such heading"


def test_every_link_leads_somewhere() -> None:
    assert {page.relative_to(ROOT).as_posix(): lost for page in PAGES if (lost := list(broken(page)))} == {}


def test_every_page_is_reached_from_the_readme() -> None:
    waiting, reached = [ROOT / "README.md"], {ROOT / "README.md"}
    while waiting:
        page = waiting.pop()
        for link in LINK.finditer("\n".join(lines(page.read_text(encoding="utf-8")))):
            to = (page.parent / link["to"].partition("#")[0]).resolve()
            if to.suffix == ".md" and to.is_file() and to not in reached:
                reached.add(to)
                waiting.append(to)
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} - reached == set()


def test_pages_that_the_code_names_are_there() -> None:
    named = [
        path for ending in ("py", "toml") for top in ("src", "bench") for path in ROOT.glob(f"{top}/**/*.{ending}")
    ]
    lost = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in named
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).is_file()
    }
    assert lost == set()


def test_the_way_of_one_email_ends_as_the_page_says(tree: Tree, discreet: Run) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    program, transcript = re.findall(r"```(?:python|console)\n(.*?)```", page, re.DOTALL)[:2]
    command, _, wanted = transcript.partition("\n")
    tree({"welcome.py": program})
    assert discreet(*command.removeprefix("$ discreet ").split()).out.rstrip() == wanted.rstrip()


def test_every_module_has_its_line_on_the_page_of_rooms() -> None:
    rooms = runpy.run_path(str(ROOT / "docs" / "rooms.py"))["page"]()
    assert rooms == (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8"), "run `python docs/rooms.py`"
    told = re.findall(r"^- `\w+\.py`: (.*)$", rooms, re.MULTILINE)
    assert len(told) > 250
    assert all(told), "a module's docstring begins with a sentence that says what the module is for"


def test_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    there = tmp_path / "there.md"
    there.write_text("# A *page*\n\n## Can't it?\n\n## Twice\n\n## Twice\n\n```\n# no heading\n```\n", encoding="utf-8")
    page = tmp_path / "page.md"
    good = (
        "[a](there.md) [b](there.md#a-page) [`c`](there.md#cant-it) [d](there.md#twice-1) [e](https://example.org/x.md)"
    )
    page.write_text(f"# Top\n\n{good} [f](#top) `[g](gone.md)`\n\n```\n[h](gone.md)\n```\n", encoding="utf-8")
    assert list(broken(page)) == []
    page.write_text("[a](gone.md) and [b](there.md#no-heading), [c [d]](#bottom)\n", encoding="utf-8")
    assert list(broken(page)) == [
        "gone.md: there is no such file",
        "there.md#no-heading: there is no such heading",
        "#bottom: there is no such heading",
    ]
