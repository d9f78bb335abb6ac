"""``discreet init``: redactors to begin with."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from discreet.cli import NOTHING
from discreet.cli.terminal import is_terminal
from discreet.fixes.refusal import Refused
from discreet.fixes.starter import FUNCTIONS, declared, module_text
from discreet.fixes.writing import write
from discreet.output.escape import visible
from discreet.project.config import Config, ConfigError, from_table, project_root, table_in
from discreet.project.keys import close_to
from discreet.project.modules import INIT, module_name

FILE = "privacy.py"
_NO_PACKAGES = frozenset({"tests", "test", "docs", "doc", "examples", "build", "dist"})


def start(package: str | None, categories: str | None, using: str | None) -> int:
    """Write the redactors and declare them. What is not said is asked, where somebody sits at a terminal.

    Args:
        package: The package that gets them.
        categories: The categories that get one of their own, as words.
        using: The library that makes the one for everything.

    Raises:
        click.ClickException: there is nowhere to write them, or there are some already.
    """
    root = project_root(Path.cwd())
    config = root / "pyproject.toml"
    before = _read(config)
    directory = Path(package).absolute() if package is not None else _chosen(_packages(root))
    target = directory / FILE
    if not (directory / INIT).is_file() or root not in directory.parents:
        raise click.ClickException(f"{directory}: is no package of {root}")
    if target.exists() or target.is_symlink():
        raise click.ClickException(f"{target}: is there already")
    keys = _wanted() if categories is None and using is None else _categories(categories or "none")
    module = module_name(str(target), str(root)).dotted
    after = declared(before, module, keys)
    _understood(config, after, module)
    with open(target, "x", encoding="utf-8", newline="\n") as file:
        file.write(module_text(keys, using))
    try:
        write(str(config), str(root), before.encode(), after.encode())
    except BaseException as error:
        target.unlink()  # else there would be one already the next time
        if isinstance(error, Refused):
            raise click.ClickException(f"{config}: not written: {error.reason}") from None
        raise
    click.echo(visible(f"{os.path.relpath(target)}: written, and declared in {os.path.relpath(config)}"))
    click.echo("see what they would do: discreet check --diff")
    return NOTHING


def _wanted() -> tuple[str, ...]:
    """The categories that get a redactor of their own, asked of who sits there."""
    if not is_terminal(sys.stdin):
        return tuple(FUNCTIONS)
    known = ", ".join(FUNCTIONS)
    words = click.prompt(f"Which kinds get one of their own? ({known}, or none)", default=known, show_default=False)
    return _categories(str(words))


def _categories(words: str) -> tuple[str, ...]:
    keys = [word for word in words.replace(",", " ").split() if word != "none"]
    for key in keys:
        if key not in FUNCTIONS:
            known = f"{', '.join(FUNCTIONS)}, or none"
            raise click.UsageError(
                f"--categories: no redactor for {key!r}{close_to(key, FUNCTIONS)}; there are {known}"
            )
    return tuple(key for key in FUNCTIONS if key in keys)


def _read(config: Path) -> str:
    """The text of the configuration, without redactors in it."""
    try:
        text = config.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise click.ClickException(f"{config}: is not there, and the redactors are declared in it") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{config}: is not UTF-8") from None
    known = _config(config, text.encode())
    if known.redactor is not None or known.redactors:
        raise click.ClickException(f"{config}: declares redactors already")
    return text


def _config(path: Path, data: bytes) -> Config:
    try:
        return from_table(table_in(path, data) or {}, root=path.parent, file=path)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


def _understood(config: Path, after: str, module: str) -> None:
    """Make sure that the new configuration says what it should."""
    try:
        known = from_table(table_in(config, after.encode()) or {}, root=config.parent, file=config)
    except ConfigError:
        known = None
    if known is None or known.redactor != f"{module}:redact":
        raise click.ClickException(f"{config}: [tool.discreet] is written in a way that nothing can be added to")


def _packages(root: Path) -> list[Path]:
    """The packages at the top of a project, and below ``src``."""
    places = (root, root / "src")
    found = [each for place in places if place.is_dir() for each in sorted(place.iterdir()) if (each / INIT).is_file()]
    return [each for each in found if each.name not in _NO_PACKAGES]


def _chosen(packages: Sequence[Path]) -> Path:
    if len(packages) == 1:
        return packages[0]
    names = [each.name for each in packages]
    if packages and is_terminal(sys.stdin):
        name = click.prompt("Which package gets the redactors?", type=click.Choice(names))
        return packages[names.index(name)]
    there = f"there are {', '.join(names)}" if names else "there is none here"
    raise click.UsageError(f"say which package gets the redactors, with --package: {there}")
