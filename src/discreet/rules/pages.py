"""Writes the pages ``rules.md``, ``rules/CODE.md`` and ``categories.md``: ``python -m discreet.rules.pages [docs]``.

A test holds them to the rules and to the catalogue, so the text is changed there and nowhere else.
"""

from __future__ import annotations

import sys
from pathlib import Path

from discreet.rules import kinds
from discreet.rules.registry import RESERVED, RULES
from discreet.rules.rule import Rule

FAMILIES = {
    "1": ("Logs, consoles, exception messages", "Text that people and machines read beside the program."),
    "2": ("Data that leaves the process", "To other hosts, services, people and processes."),
    "3": ("Data that is stored", "In files, caches, cookies, sessions and object stores."),
    "4": ("Configuration that leaks", "Reserved: " + RESERVED["PII4"] + "."),
    "5": ("Personal data in the code", "In literals, comments and docstrings, whether they are used or not."),
    "6": ("Types that leak by their text", "Found where the type is defined."),
    "9": ("Marks, suppressions and files", "What the analyser has to say about itself."),
}

HEAD = """\
# Rules

This page and those it links to are made by `python -m discreet.rules.pages`; change the rules in
`src/discreet/rules/`, not these files. `discreet explain PII101` prints one of them. Which law cares about the data
that a finding names, and how severe it is, is told by [category](categories.md).

The first digit is the family. An **odd** number is about direct identifiers, which name a person or tell something of
their body, money or life; the **even** number after it is about online identifiers (usernames, addresses on the
network, devices) in the same place, so that a team can drop the second kind alone: `extend-ignore = PII102,PII104`.
A code is never used again for something else.

In the examples `# expect: PII101 email` marks the line that is reported, with the categories that are found there;
lines without it are passed over. The tests run every example.
"""


def index() -> str:
    """The list of all rules, by family."""
    parts = [HEAD]
    for digit, (title, text) in FAMILIES.items():
        parts.append(f"## {digit}xx {title}\n\n{text}\n")
        rows = [_row(rule) for rule in RULES.values() if rule.code[3] == digit]
        if rows:
            parts.append("| code | name | summary | default |\n|---|---|---|---|\n" + "".join(rows))
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    return (
        f"| [{rule.code}](rules/{rule.code}.md) | {rule.name} | {rule.summary} | {'on' if rule.default else 'off'} |\n"
    )


def pages() -> dict[str, str]:
    """Every page, by its path below ``docs/``."""
    return {
        "rules.md": index(),
        "categories.md": kinds.index(),
        **{f"rules/{code}.md": rule.page for code, rule in RULES.items()},
    }


def write(docs: Path) -> None:
    """Write all pages, and take away those of rules that are gone."""
    wanted = pages()
    for name, text in wanted.items():
        target = docs / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    for old in (docs / "rules").glob("PII*.md"):
        if f"rules/{old.name}" not in wanted:
            old.unlink()


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
