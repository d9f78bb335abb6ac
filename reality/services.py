"""What boto3's clients and resources can do: they are made when a program runs, of descriptions in JSON."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reality.arguments import Signature

CLIENTS, RESOURCES = "boto3.client", "boto3.resource"


def callables(libraries: Path) -> dict[str, Signature]:
    """Every operation as the catalogue calls it: ``boto3.client.s3.put_object``, ``boto3.resource.s3.Object.put``.

    Args:
        libraries: where botocore and boto3 lie.
    """
    found: dict[str, Signature] = {}
    for service in sorted((libraries / "botocore/data").glob("*")):
        versions = sorted(service.glob("*/service-2.json*"))
        operations = _operations(_read(versions[-1])) if versions else {}
        for name, members in operations.items():
            found[f"{CLIENTS}.{service.name}.{snake_case(name)}"] = keywords(members)
        above = sorted((libraries / "boto3/data" / service.name).glob("*/resources-1.json"))
        for name, signature in _resources(_read(above[-1]), operations) if above else ():
            found[f"{RESOURCES}.{service.name}.{name}"] = signature
    return found


def keywords(names: frozenset[str]) -> Signature:
    """What takes keywords only."""
    return Signature((), names, False, False)


def _operations(model: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The arguments of each operation of a service."""
    found = {}
    for name, operation in model["operations"].items():
        shape = operation.get("input", {}).get("shape")
        found[name] = frozenset(model["shapes"][shape].get("members", {}) if shape else {})
    return found


def _resources(model: Mapping[str, Any], operations: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Signature]]:
    """The resources of a service with what each can do, and what the service can do by itself."""
    for owner, described in [("", model["service"]), *model.get("resources", {}).items()]:
        before = f"{owner}." if owner else ""
        for name, action in described.get("actions", {}).items():
            given = {each["target"] for each in action["request"].get("params", ())}
            yield before + snake_case(name), keywords(operations[action["request"]["operation"]] - given)
        for name in described.get("has", {}):
            yield before + name, Signature(("id",), frozenset(), False, False)


def _read(file: Path) -> dict[str, Any]:
    data = file.read_bytes()
    model: dict[str, Any] = json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)
    return model


def snake_case(name: str) -> str:
    """``PutObject`` as the client's method is called: ``put_object``."""
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", parted).lower()
