"""Choices: edits that take away the reason of a finding, where that is not a value in a message."""

from __future__ import annotations

from typing import NamedTuple

from discreet.fixes.edits import Piece
from discreet.fixes.imports import Called, Naming
from discreet.fixes.parsed import Parsed
from discreet.fixes.program import Program

ABOVE = "it is said in a class above"


class File(NamedTuple):
    """The file of a finding, what names it has for what it imports, what is around it, and the values that it has or
    will have.
    """

    parsed: Parsed
    naming: Naming
    program: Program
    given: set[str]


class Choice(NamedTuple):
    """An edit that may be needed: the analysis says whether it is.

    Attributes:
        pieces: What is changed.
        says: What that does, as a sentence; ``{}`` stands for what all the needed ones are ``of``.
        unsafe: Why it changes more than what is shown.
        of: What it is about, where there are several: a field.
        called: The names that it needs.
        only: It is for these categories; none are all.
        refused: Why it can't be made.
    """

    pieces: tuple[Piece, ...]
    says: str
    unsafe: str
    of: str = ""
    called: tuple[Called, ...] = ()
    only: frozenset[str] = frozenset()
    refused: str = ""
