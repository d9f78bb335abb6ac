"""The command line. Exit status 0: nothing found; 1: findings; 2: the work could not be done, said in one line each."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

NOTHING, FINDINGS, TROUBLE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status; the console script's entry point.

    Args:
        arguments: the words after ``discreet``; those of the process where none are given.
    """
    gc.disable()  # a run is over before there would be anything worth looking for
    _leave(status_of(arguments))


def _leave(status: int) -> NoReturn:
    """End the process as it is. To take all that a run knows apart, object by object, takes a twentieth of the run."""
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)  # Python knows what to do about streams that are gone
    os._exit(status)


def status_of(arguments: Sequence[str] | None) -> int:
    """Run a command and give its exit status, whatever went wrong on the way."""
    import click

    from discreet.cli.app import discreet
    from discreet.cli.terminal import complain

    try:
        status = discreet.main(arguments, prog_name="discreet", standalone_mode=False)
        return status if isinstance(status, int) else NOTHING
    except click.exceptions.Abort:
        complain("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        complain(error.format_message())
        return TROUBLE
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        return TROUBLE
