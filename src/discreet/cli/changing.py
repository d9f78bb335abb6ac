"""Files that change: shown as a diff, or written, each in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source
from discreet.fixes.writing import write
from discreet.output import diff
from discreet.output.text import Paint

Contents = dict[str, tuple[bytes, bytes]]
"""By path below the root: what a file contains, and what it is to contain."""


def diffs(contents: Contents, shown: Callable[[str], str], paint: Paint) -> Iterator[str]:
    """The diff of everything that would change; ``shown`` says what a person here calls a file."""
    for path, (old, new) in contents.items():
        before, after = Source(path, old).text, Source(path, new).text
        yield from diff.render(shown(path), before, after, paint)


def written(contents: Contents, locations: Mapping[str, str], root: str, what: str) -> Iterator[str]:
    """Write the new contents, file by file; a line for each that could not be, and that is then no longer among the
    contents.

    Args:
        contents: the files.
        locations: where they are.
        root: where the project begins.
        what: what was not done to a file that is left alone ("not mended").
    """
    for path in list(contents):
        old, new = contents[path]
        try:
            write(locations[path], root, old, new)
            continue
        except Refused as error:
            reason = error.reason
        except OSError as error:
            reason = error.strerror or str(error)
        del contents[path]
        yield f"{path}: {what}: {reason}"
