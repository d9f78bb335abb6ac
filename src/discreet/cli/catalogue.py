"""``discreet catalogue``: what is known of the world, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import row_files
from discreet.cli import NOTHING
from discreet.cli.chosen import Chosen, config_of
from discreet.cli.shown import path_shower
from discreet.cli.terminal import emit
from discreet.output import listing
from discreet.project.config import Config
from discreet.project.keys import close_to
from discreet.project.paths import path_below
from discreet.project.rows import read_file


@dataclass(frozen=True, kw_only=True)
class Options(Chosen):
    """What was said on the command line."""

    topic: str | None
    library: str | None
    kind: str | None
    output_format: str


def run(options: Options) -> int:
    """Print the built-in catalogue, and the rows that the project of the current directory adds to it.

    Raises:
        click.BadParameter: there is nothing of that library, or of that kind.
        click.ClickException: the configuration can't be used.
    """
    config = config_of(options, [Path.cwd()])
    listed = list(listing.entries(_files(config)))
    if options.library is not None:
        listed = _only(listed, options.library, [each.library for each in listed], "library")
    if options.kind is not None:
        listed = _only(listed, options.kind, [each.said.get("kind", "") for each in listed], "kind")
    wanted = [each for each in listed if options.topic in (None, each.topic)]
    if options.output_format == "json":
        emit([listing.json(wanted), "\n"], to=None, machine=True)
    elif options.topic is None and len(listed) == len(wanted) and options.library is None and options.kind is None:
        emit(listing.overview(wanted), to=None, machine=False)
    else:
        emit(_tables(wanted), to=None, machine=False)
    return NOTHING


def _only(listed: Sequence[listing.Entry], word: str, words: Sequence[str], what: str) -> list[listing.Entry]:
    """The entries of which one word is said."""
    if word not in words:
        near = close_to(word, sorted(set(words) - {""}))
        raise click.BadParameter(f"the catalogue knows no {what} {word!r}{near}", param_hint=f"--{what}")
    return [each for each, said in zip(listed, words, strict=True) if said == word]


def _tables(wanted: Sequence[listing.Entry]) -> Iterator[str]:
    """A table for each topic that there is something of."""
    topics = [topic for topic in listing.TOPICS if any(each.topic == topic for each in wanted)]
    for number, topic in enumerate(topics):
        if number:
            yield "\n"
        yield from listing.text(topic, [each for each in wanted if each.topic == topic])


def _files(config: Config) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in row_files():
        yield name, read_data(name)
    shown = path_shower(config.root)
    for path in config.catalogue:
        yield shown(path_below(path, str(config.root))), read_file(path)
