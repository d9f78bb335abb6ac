"""Streams: what goes to the person, what goes to the pipe, and in which encoding."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from discreet.output.escape import visible


def complain(message: str) -> None:
    """One line on standard error, for what could not be done."""
    tell(f"discreet: error: {visible(message)}")


def tell(message: str) -> None:
    """One line on standard error."""
    _forgiving(sys.stderr)
    print(message, file=sys.stderr)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person is at the other end."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def wants_colour(choice: str, stream: TextIO) -> bool:
    """Whether to write colours: as told, else as ``NO_COLOR``, ``FORCE_COLOR`` and the stream have it."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def emit(chunks: Iterable[str], *, to: str | None, machine: bool) -> None:
    """Write a report to standard output or to a file, which is always UTF-8, as JSON is on standard output too.

    A character the terminal has no form for is written as its escape, never a reason to fail; nor is a reader
    who has seen enough and left.

    Raises:
        OSError: the file can't be written.
    """
    if to is not None:
        with open(to, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as handle:
            handle.writelines(chunks)
        return
    if machine:
        _forgiving(sys.stdout, encoding="utf-8")
    else:
        _forgiving(sys.stdout)
    try:
        sys.stdout.writelines(chunks)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for all that is still to be written


def _forgiving(stream: TextIO, encoding: str | None = None) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=encoding, errors="backslashreplace")
