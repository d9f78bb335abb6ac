"""The JSON Schemas of what is said in JSON, as they are shipped beside it."""

from __future__ import annotations

from importlib import resources
from typing import Literal


def schema_text(of: Literal["finding", "coverage", "trace"]) -> str:
    """The schema of one object.

    Args:
        of: a ``finding`` is a line of ``check --output-format jsonl``; ``coverage`` and ``trace`` are what these
            commands print with ``--output-format json``.
    """
    file = resources.files("discreet.output").joinpath("schema").joinpath(f"{of}.schema.json")
    return file.read_text(encoding="utf-8")
