"""Somebody at work: a file picked by a seed, and a change to the body of one of its functions."""

from __future__ import annotations

import ast
import random
from pathlib import Path

SEED = 3


def picked(sources: Path, count: int, seed: int = SEED) -> list[Path]:
    """Files to edit, one after the other: the same ones for the same sources, each with a function in it."""
    files = sorted(sources.rglob("*.py"))
    random.Random(seed).shuffle(files)
    chosen: list[Path] = []
    for path in files:
        if len(chosen) == count:
            break
        if edited(path.read_bytes(), seed) is not None:
            chosen.append(path)
    return chosen


def edited(data: bytes, seed: int = SEED) -> bytes | None:
    """The file with one more statement in one of its functions, or nothing if there is no place for one.

    The statement is a call, and everything below it moves: what is known of the file does change.
    """
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError):
        return None
    places = [node.body[-1] for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lines = data.split(b"\n")
    whole = [place for place in places if not lines[place.lineno - 1][: place.col_offset].strip()]
    if not whole:
        return None
    place = random.Random(seed).choice(whole)
    margin = lines[place.lineno - 1][: place.col_offset]
    # Decorators stand above the line that a definition is said to begin at.
    above = min((each.lineno for each in getattr(place, "decorator_list", ())), default=place.lineno) - 1
    lines.insert(above, margin + b'print("edited", 1)')
    return b"\n".join(lines)


def edit(path: Path, seed: int = SEED) -> None:
    """Change a file on the disk."""
    data = edited(path.read_bytes(), seed)
    if data is None:
        raise ValueError(f"{path} has no function to edit")
    path.write_bytes(data)
