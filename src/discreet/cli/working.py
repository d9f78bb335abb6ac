"""With what a command works: the cache, the workers and the oracle, as the configuration and the options have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from discreet.cli.progress import Waiting
from discreet.project.config import Config
from discreet.project.executors import CrewError
from discreet.project.result import Means, Report
from discreet.project.run import check

_HELD: list[object] = []
"""What a run knew, until the process ends."""


def checked(
    paths: Sequence[Path], config: Config, *, quiet: bool, no_cache: bool, executor: str = "processes",
    address: str | None = None,
) -> Report:  # fmt: skip
    """The report of a run, with a progress bar for whoever waits.

    Raises:
        click.UsageError: the workers or the environment that were asked for are not to be had.
    """
    means = means_of(config, no_cache=no_cache, executor=executor, address=address)
    with waiting(quiet=quiet, verb="reading") as progress:
        return check(paths, config, progress, means)


@contextmanager
def waiting(*, quiet: bool, verb: str, noun: str = "files") -> Iterator[Waiting]:
    """A progress bar for whoever waits for workers.

    Raises:
        click.UsageError: the workers that were asked for are not to be had.
    """
    with Waiting(quiet=quiet, verb=verb, noun=noun) as progress:
        try:
            yield progress
        except CrewError as error:
            raise click.UsageError(str(error)) from None


def means_of(config: Config, *, no_cache: bool, executor: str = "processes", address: str | None = None) -> Means:
    """With what a run works.

    Raises:
        click.UsageError: the options contradict each other, or the environment that was named is not to be had.
    """
    if address is not None and executor != "dask":
        raise click.UsageError("--address goes with --executor dask")
    _find_environment(config)
    return Means(
        jobs=None if config.jobs == "auto" else config.jobs,
        executor=executor,
        address=address,
        cache=None if no_cache else config.cache_dir or "",
        python=config.python,
        hold=_HELD.append,
    )


def _find_environment(config: Config) -> None:
    """Make sure, before the work begins, that there is an environment where one was named."""
    if config.python is not None:
        from discreet.oracle.environment import NoEnvironment, find_environment

        try:
            find_environment(Path(config.python))
        except NoEnvironment as error:
            raise click.UsageError(f"--python: {error}") from None
