"""What a fix wants to know of the program around the file: asked of whoever has all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from discreet.rules.finding import Finding


class Module(NamedTuple):
    """A file of the program as a module: its path below the root, and what it is called when it is imported."""

    path: str
    name: str
    is_package: bool

    @property
    def root(self) -> str | None:
        """What lies before the module's own name in its path: what has to be on ``sys.path``; ``None`` where the name
        says nothing about the path.
        """
        stem = self.path.removesuffix("/__init__.py" if self.is_package else ".py")
        own = self.name.replace(".", "/")
        whole = f"/{stem}"
        return whole[: -len(own)] if whole.endswith(f"/{own}") else None


class Named(NamedTuple):
    """The attribute by which an object is named inside the program, empty if there is none; and whether the object
    surely is there, and not ``None``.
    """

    key: str
    is_there: bool


class Program(Protocol):
    """The analysed program, and the analysis."""

    def findings(self, changed: Mapping[str, bytes], *, whole: bool) -> Sequence[Finding]:
        """What is to be shown of the program when some files are changed.

        Args:
            changed: the content of the changed files, by path.
            whole: look at everything anew. Else only at what looked into a changed file the last time, which is
                quicker, and right but for questions that were asked about all files at once.
        """

    def named(self, changed: Mapping[str, bytes], function: str) -> Mapping[tuple[str, int, int], Named]:
        """By what the objects can be named that are handed to a function when some files are changed.

        Args:
            changed: the content of the changed files, by path. Only they are looked at.
            function: the function's name. It need not exist.

        Returns:
            What is known, by path, line and column of the calls.
        """

    def content(self, path: str) -> bytes:
        """What a file contains.

        Raises:
            OSError: it can't be read.
        """

    def at(self, path: str) -> Module:
        """The module at a path."""

    def called(self, name: str) -> Module | None:
        """The module of a name, if it is one of the program's."""

    def is_starred(self, name: str) -> bool:
        """Whether some module imports everything from this one (``from name import *``)."""
