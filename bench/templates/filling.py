"""Templates with the names of a package in them."""

from __future__ import annotations

from collections.abc import Iterable
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.grow import Package


def fill(template: str, package: Package, **more: str) -> str:
    """A template with the package's names in it, and what else it asks for."""
    known = {"app": package.dotted, "Entity": package.entity, "noun": package.noun}
    return Template(template).substitute(known, **more)


def for_all(template: str, package: Package, names: Iterable[dict[str, str]]) -> str:
    """A template once for each of some names."""
    return "".join(fill(template, package, **each) for each in names)


def fields_of(package: Package) -> list[dict[str, str]]:
    """What a template needs of every field."""
    return [{"field": name, "type": kind} for name, kind in package.fields]


def texts_of(package: Package) -> list[str]:
    """The fields that are texts."""
    return [name for name, kind in package.fields if kind == "str"] or ["reference"]


def verbs_of(package: Package) -> list[dict[str, str]]:
    """What a template needs of every operation."""
    return [{"verb": verb, "Verb": verb.title()} for verb in package.verbs]


def alias(dotted: str) -> str:
    """What another package is called where it is imported."""
    return dotted.rpartition(".")[2]
