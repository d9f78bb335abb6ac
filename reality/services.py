"""What boto3's clients can do: they are made when the program runs, of a description of each service in JSON."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def operations(botocore: Path) -> dict[str, frozenset[str]]:
    """The arguments of the operations of all services, by the operation's name in Python; those of one name together.

    Args:
        botocore: the library's directory.
    """
    found: dict[str, frozenset[str]] = {}
    for service in sorted((botocore / "data").glob("*")):
        versions = sorted(service.glob("*/service-2.json*"))
        for name, arguments in _of_service(versions[-1]) if versions else ():
            found[name] = found.get(name, frozenset()) | arguments
    return found


def _of_service(file: Path) -> Iterator[tuple[str, frozenset[str]]]:
    data = file.read_bytes()
    model: dict[str, Any] = json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)
    for name, operation in model["operations"].items():
        shape = operation.get("input", {}).get("shape")
        yield snake_case(name), frozenset(model["shapes"][shape].get("members", {}) if shape else {})


def snake_case(name: str) -> str:
    """``PutObject`` as the client's method is called: ``put_object``."""
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", parted).lower()
