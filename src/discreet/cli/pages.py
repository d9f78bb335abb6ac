"""``discreet rules`` and ``discreet explain``: what is looked for, and why it matters."""

from __future__ import annotations

import json
import sys

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


def explain_rule(wanted: str) -> int:
    """Print one rule's page: rendered for a person at a terminal, as it is for a pipe.

    Raises:
        click.BadParameter: there is no such rule.
    """
    rule = RULES.get(wanted.upper()) or next((rule for rule in RULES.values() if rule.name == wanted.lower()), None)
    if rule is None:
        words = [*RULES, *(rule.name for rule in RULES.values())]
        near = close_to(wanted.upper(), words) or close_to(wanted.lower(), words)
        raise click.BadParameter(f"{wanted!r} is not a rule{near}; `discreet rules` lists them", param_hint="CODE")
    if is_terminal(sys.stdout):
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(rule.page))
    else:
        emit([rule.page], to=None, machine=False)
    return NOTHING


def _line(rule: Rule, width: int) -> str:
    off = "" if rule.default else "  (off by default)"
    return f"{rule.code}  {rule.name:<{width}}  {rule.summary}{off}\n"
