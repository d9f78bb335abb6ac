"""From a report, whose paths are those of the project, to findings as seen from the current directory."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from discreet.output.item import Item
from discreet.project.ranking import order_of
from discreet.project.result import Report
from discreet.rules.finding import Finding


def items_of(report: Report, *, with_suppressed: bool, from_here: bool = True) -> list[Item]:
    """The findings to show, and on request those that a comment silences, in one order; with the paths that they have
    ``from_here``, or with those below the root.
    """
    items = [Item(finding) for finding in report.findings]
    if with_suppressed:
        items += [Item(each.finding, suppressed=True, reason=each.reason) for each in report.suppressed]
        order = order_of(report.config.regime)
        items.sort(key=lambda item: order(item.finding))
    if not from_here or report.config.root == Path.cwd():
        return items
    seen_from_here = path_shower(report.config.root)
    return [item._replace(finding=seen(item.finding, seen_from_here)) for item in items]


def path_shower(root: Path) -> Callable[[str], str]:
    """A function from a path below ``root`` to the one a person in the current directory would type."""
    here = Path.cwd()

    @functools.cache
    def shown(path: str) -> str:
        try:
            relative = os.path.relpath(root / path, here)
        except ValueError:  # another drive
            relative = str(root / path)
        return relative.replace(os.sep, "/")

    return (lambda path: path) if root == here else shown


def seen(finding: Finding, shown: Callable[[str], str]) -> Finding:
    """A finding with the paths that ``shown`` gives."""
    source = finding.source
    return replace(
        finding,
        path=shown(finding.path),
        source=replace(source, path=shown(source.path)) if source is not None else None,
        trace=tuple(replace(step, path=shown(step.path)) for step in finding.trace),
    )
