"""``discreet rules`` and ``discreet explain``: what is looked for, and why it matters."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from discreet.cli import NOTHING
from discreet.cli.terminal import emit, is_terminal
from discreet.project.keys import close_to
from discreet.rules.registry import RULES, Rule


def list_rules(output_format: str) -> int:
    """Print every rule: a line each, or a JSON array."""
    if output_format == "json":
        listed = [
            {"code": rule.code, "name": rule.name, "summary": rule.summary, "default": rule.default}
            for rule in RULES.values()
        ]
        emit([json.dumps(listed, indent=2), "\n"], to=None, machine=True)
        return NOTHING
    width = max(len(rule.name) for rule in RULES.values())
    emit((_line(rule, width) for rule in RULES.values()), to=None, machine=False)
    return NOTHING


def explain_all(wanted: Sequence[str]) -> int:
    """Print the pages of rules and categories: rendered for a person at a terminal, as they are for a pipe.

    Raises:
        click.BadParameter: one of them is neither.
    """
    page = "\n".join(_page(word) for word in wanted)
    if is_terminal(sys.stdout):
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(page))
    else:
        emit([page], to=None, machine=False)
    return NOTHING


def _page(wanted: str) -> str:
    """The page of a rule, or else of the category that the word means."""
    rule = RULES.get(wanted.upper()) or next((rule for rule in RULES.values() if rule.name == wanted.lower()), None)
    if rule is not None:
        return rule.page
    from discreet.catalogue.categories import categories, resolve

    category = resolve(wanted)
    if category is not None:
        from discreet.rules.kinds import category_page

        return category_page(category.key)
    words = [*RULES, *(rule.name for rule in RULES.values()), *categories()]
    near = close_to(wanted.upper(), words) or close_to(wanted.lower(), words)
    raise click.BadParameter(
        f"{wanted!r} is neither a rule nor a category{near}; `discreet rules` lists the rules, docs/categories.md the "
        "categories",
        param_hint="RULE|CATEGORY",
    )


def _line(rule: Rule, width: int) -> str:
    off = "" if rule.default else "  (off by default)"
    return f"{rule.code}  {rule.name:<{width}}  {rule.summary}{off}\n"
