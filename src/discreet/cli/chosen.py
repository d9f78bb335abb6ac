"""What the commands are told alike: which configuration they work under, on what, and with what."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from discreet.project.config import Config, ConfigError, load


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was said on the command line about the configuration.

    ``overrides`` are keys of the configuration that are said anew, ``extensions`` those that are added to.
    """

    overrides: Mapping[str, Any]
    extensions: Mapping[str, tuple[str, ...]]
    config_file: str | None
    isolated: bool


@dataclass(frozen=True, kw_only=True)
class Work(Chosen):
    """What was said to a command that looks at a program: what it is to look at, and how."""

    paths: tuple[str, ...]
    no_cache: bool = False
    colour: str


def config_of(options: Chosen, paths: Sequence[Path]) -> Config:
    """The configuration for some paths, with what the command line says on top.

    Raises:
        click.ClickException: it can't be used.
    """
    file = Path(options.config_file) if options.config_file is not None else None
    try:
        config = load(paths, file=file, isolated=options.isolated)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    changes: dict[str, Any] = dict(options.overrides)
    for name, more in options.extensions.items():
        changes[name] = (*getattr(config, name), *more)
    return dataclasses.replace(config, **changes)
