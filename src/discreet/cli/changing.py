"""Files that change: shown as a diff, or written, each in one step; and why others don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from discreet.cli.progress import Waiting
from discreet.cli.shown import path_shower
from discreet.cli.terminal import tell
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source
from discreet.fixes.writing import write
from discreet.output import diff
from discreet.output.text import Paint, clean

Contents = dict[str, tuple[bytes, bytes]]
"""By path below the root: what a file contains, and what it is to contain."""


def diffs(contents: Contents, shown: Callable[[str], str], paint: Paint) -> Iterator[str]:
    """The diff of everything that would change; ``shown`` says what a person here calls a file."""
    for path, (old, new) in contents.items():
        before, after = Source(path, old).text, Source(path, new).text
        yield from diff.render(shown(path), before, after, paint)


def written(
    contents: Contents, locations: Mapping[str, str], root: Path, what: str, *, quiet: bool
) -> list[str]:  # fmt: skip
    """Write the new contents, file by file. Whatever ends this, each file is the old one or the new one.

    Args:
        contents: the files; those that could not be written are taken out.
        locations: where they are.
        root: where the project begins.
        what: what was not done to a file that is left alone ("not mended").
        quiet: show no progress.

    Returns:
        A line for each that could not be written.
    """
    problems = []
    shown = path_shower(root)
    with Waiting(quiet=quiet, verb="writing") as progress:
        for number, path in enumerate(paths := list(contents), start=1):
            reason = _written(locations[path], str(root), *contents[path])
            if reason:
                del contents[path]
                problems.append(f"{shown(path)}: {what}: {reason}")
            progress(number, len(paths))
    return problems


def _written(location: str, root: str, old: bytes, new: bytes) -> str:
    """Write a file, or say why that can't be."""
    try:
        write(location, root, old, new)
    except Refused as error:
        return error.reason
    except OSError as error:
        return error.strerror or str(error)
    return ""


def tell_reasons(reasons: Iterable[str]) -> None:
    """Each reason with how often it was given, the commonest first."""
    for reason, times in sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0])):
        tell(f"  {times}: {clean(reason)}")
