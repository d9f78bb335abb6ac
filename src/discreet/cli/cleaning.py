"""``discreet clean``: removes the cache, and nothing that is not discreet's."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click

from discreet.cli import NOTHING
from discreet.cli.chosen import Chosen, config_of
from discreet.cli.terminal import tell
from discreet.output.escape import visible
from discreet.project.cache import directory_of, remove
from discreet.project.cache.place import is_ours


@dataclass(frozen=True, kw_only=True)
class Options(Chosen):
    """What was said on the command line."""

    paths: tuple[str, ...]


def run(options: Options) -> int:
    """Remove the cache of the project that the paths belong to, and say so.

    Raises:
        click.ClickException: what lies there is not discreet's, or can't be removed; the configuration can't be used.
    """
    config = config_of(options, [Path(path) for path in options.paths])
    directory = directory_of(config.root, config.cache_dir)
    shown = visible(str(directory))
    if not os.path.lexists(directory):
        tell(f"there is no cache at {shown}")
        return NOTHING
    if not is_ours(directory):
        raise click.ClickException(f"{directory}: is not a cache of discreet's (it bears no tag), so it is left alone")
    if remove(directory):
        tell(f"removed {shown}")
    elif is_ours(directory):
        raise click.ClickException(f"{directory}: cannot be removed")
    else:
        tell(f"removed the cache from {shown}; what else lies there is left alone")
    return NOTHING
