"""The modules of a made-up application, as texts with places for names: :mod:`bench.grow` fills them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.templates import data, edge, work
from bench.templates.core import CORE

if TYPE_CHECKING:
    from bench.grow import Package

__all__ = ["CORE", "MODULES"]

MODULES: dict[str, Callable[[Package], str]] = {
    "__init__": data.init,
    "models": data.models,
    "repository": data.repository,
    "services": work.services,
    "messages": work.messages,
    "views": edge.views,
    "tasks": work.tasks,
    "reports": edge.reports,
    "exports": edge.exports,
    "validation": data.validation,
}
