"""The commands and their options."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

from discreet import __version__


def _words(key: str) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[str, ...]]:
    """A callback that reads all uses of an option that takes words, as the configuration reads ``key``."""

    def read(context: click.Context, option: click.Parameter, uses: tuple[str, ...]) -> tuple[str, ...]:
        words = [word for use in uses for word in use.replace(",", " ").split()]
        found: tuple[str, ...] = _as_key(key, words, context, option)
        return found

    return read


def _confidence(context: click.Context, option: click.Parameter, word: str | None) -> str | None:
    """A confidence, read as the configuration reads it."""
    return None if word is None else _as_key("min-confidence", word, context, option)


def _as_key(name: str, value: Any, context: click.Context, option: click.Parameter) -> Any:
    from discreet.project.keys import KEYS, BadValue

    try:
        return KEYS[name].read(value)
    except BadValue as error:
        raise click.BadParameter(f"{error}; it takes {KEYS[name].takes()}", context, option) from None


def _jobs(context: click.Context, option: click.Parameter, word: str | None) -> int | str | None:
    """A number of processes or ``auto``, read as the configuration reads it."""
    if word is None:
        return None
    read: int | str = _as_key("jobs", int(word) if word.isdecimal() else word, context, option)
    return read


def _place(context: click.Context, option: click.Parameter, word: str | None) -> str | None:
    """A path, read as the configuration reads it."""
    return None if word is None else _as_key("cache-dir", word, context, option)


def _named(context: click.Context, argument: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths. A variable of a shell that is empty must not mean everything there is."""
    if "" in paths:
        raise click.BadParameter("an empty text is no path", context, argument)
    return paths


def _here(context: click.Context, argument: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths, or the current directory where none is named."""
    return _named(context, argument, paths) or (".",)


class _Commands(click.Group):
    """The commands; whoever forgets to say which one is told."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named.

        Raises:
            click.UsageError: there is none.
        """
        if self.get_command(ctx, args[0]) is None and (args[0] == "-" or os.path.exists(args[0])):
            raise click.UsageError(f"{args[0]!r} is a path, not a command: say `discreet check {args[0]}`")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, "-V", "--version", message="discreet %(version)s")
@click.pass_context
def discreet(context: click.Context) -> None:
    """Finds where Python code lets personal data out, and tells the story of each leak."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _selectors(name: str, help: str) -> Callable[[Any], Any]:
    return click.option(name, callback=_words("select"), multiple=True, metavar="CODES", help=help)


def _patterns(name: str, help: str) -> Callable[[Any], Any]:
    return click.option(name, callback=_words("exclude"), multiple=True, metavar="PATTERNS", help=help)


def _paths(read: Callable[..., tuple[str, ...]]) -> Callable[[Any], Any]:
    """Any number of paths. What can't be read is said beside what is found in the others."""
    return click.argument("paths", nargs=-1, type=click.Path(readable=False), callback=read, metavar="[PATH]...")


_PATHS = _paths(_here)
_PLACES = _paths(_named)
_EXCLUDE = _patterns(
    "--exclude", "Paths to leave out, comma-separated, written as in .gitignore. Instead of the configured ones."
)
_EXTEND_EXCLUDE = _patterns("--extend-exclude", "Paths to leave out as well.")
_CONFIG = click.option("--config", "config_file", type=click.Path(), help="Read the configuration from this file.")
_ISOLATED = click.option("--isolated", is_flag=True, help="Read no configuration file.")
_JOBS = click.option(
    "--jobs", "-j", callback=_jobs, metavar="N|auto", help="Work in so many processes. [default: as many as processors]"
)
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Neither read nor keep anything in the cache.")
_CACHE_DIR = click.option(
    "--cache-dir",
    callback=_place,
    metavar="PATH",
    help="Where the cache lies. [default: .discreet_cache below the root]",
)
_PYTHON = click.option(
    "--python",
    callback=_place,
    metavar="PATH",
    help="The project's environment (interpreter, venv or site-packages): look into its libraries, running nothing.",
)
_STRICT = click.option("--strict", is_flag=True, help="Exit with 1 also if not everything could be seen.")
_COLOUR = click.option(
    "--color",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to write in colours.",
)
_MEANS = ("jobs", "cache_dir", "python", "strict")
_EXTENSIONS = ("extend_select", "extend_ignore", "extend_exclude")

_CHOICES = (
    _selectors(
        "--select", "Rules to look for: codes or prefixes, comma-separated, or ALL. Instead of the configured ones."
    ),
    _selectors("--ignore", "Rules to leave out. Instead of the configured ones."),
    _selectors("--extend-select", "Rules to look for as well."),
    _selectors("--extend-ignore", "Rules to leave out as well."),
    click.option(
        "--min-confidence",
        callback=_confidence,
        metavar="low|medium|high",
        help="Show findings at least as sure as this. [default: medium]",
    ),
    click.option(
        "--regime",
        callback=_words("regime"),
        multiple=True,
        metavar="gdpr|pipl|ccpa|hipaa",
        help="Show what this law speaks of, and what it is strictest about first; may be said several times.",
    ),
    click.option("--include-tests", is_flag=True, help="Show what is held back for standing in a test."),
    click.option("--include-libraries", is_flag=True, help="Show what stands in vendored libraries."),
    _EXCLUDE,
    _EXTEND_EXCLUDE,
    click.option("--force-exclude", is_flag=True, help="Leave out excluded files even if they are named outright."),
    _CONFIG,
    _ISOLATED,
)


def _choosing(command: Callable[..., int]) -> Callable[..., int]:
    """The options that choose a configuration, for the commands that check something."""
    for option in reversed(_CHOICES):
        command = option(command)
    return command


def _chosen(said: dict[str, Any], *also: str) -> dict[str, Any]:
    """What was said, with the keys of the configuration sorted into those said anew and those added to."""
    replaced = (
        "select",
        "ignore",
        "min_confidence",
        "regime",
        "include_tests",
        "include_libraries",
        "exclude",
        "force_exclude",
        *also,
    )
    overrides = {name: value for name in replaced if (value := said.pop(name, None))}
    extensions = {name: said.pop(name) for name in _EXTENSIONS if name in said}
    return {**said, "overrides": overrides, "extensions": extensions}


_UNSAFE = click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: unsafe fixes as well.")
_TOPICS = ("categories", "sinks", "sources", "transforms", "calls", "settings", "numbers")
_DIFF = click.option("--diff", is_flag=True, help="Print what fixes would change, and change nothing.")


@discreet.command(short_help="Find leaks in files and directories.")
@_PATHS
@_choosing
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and show what is left.")
@_UNSAFE
@_DIFF
@click.option("--show-fixes", is_flag=True, help="Work out what would mend each finding, and show it; change nothing.")
@click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json", "jsonl", "sarif"]),
    help="How to show findings. [default: full on a terminal, concise elsewhere]",
)
@click.option("--output-file", "-o", type=click.Path(), help="Write the findings to a file.")
@click.option("--statistics", is_flag=True, help="Count the findings of every rule, and what could not be seen.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and nothing else.")
@click.option("--verbose", "-v", is_flag=True, help="Tell what was read, and under which configuration.")
@click.option("--exit-zero", "-e", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--show-suppressed", is_flag=True, help="Show what a noqa comment silences, with its reason.")
@click.option("--stdin-filename", metavar="PATH", help="What the file on standard input (PATH -) is called.")
@_PYTHON
@_STRICT
@_JOBS
@_NO_CACHE
@_CACHE_DIR
@click.option("--executor", type=click.Choice(["processes", "dask"]), default="processes", help="Who does the work.")
@click.option("--address", metavar="URL", help="The dask scheduler to connect to; by default a cluster is made here.")
@_COLOUR
def check(**said: Any) -> int:
    """Check files and directories; the current directory where none is named, standard input for '-'."""
    from discreet.cli.checking import Options, run

    return run(Options(**_chosen(said, *_MEANS)))


@discreet.command(short_help="Mend what can be mended safely.")
@_PATHS
@_choosing
@click.option("--unsafe-fixes", is_flag=True, help="Apply unsafe fixes as well.")
@_DIFF
@click.option("--quiet", "-q", is_flag=True, help="Print what is left and nothing else.")
@_JOBS
@_NO_CACHE
@_CACHE_DIR
@_COLOUR
def fix(**said: Any) -> int:
    """Mend what can be mended safely: `check --fix` under a shorter name.

    `discreet fix --select PII101 shop/` mends the log messages below shop/. What is left is shown, and the exit status
    is that of check.
    """
    from discreet.cli.checking import Options, run

    return run(Options(fix=True, **_chosen(said, *_MEANS)))


@discreet.command(short_help="Write guesses down as marks to decide about.")
@_PATHS
@_choosing
@click.option("--diff", is_flag=True, help="Print the marks that would be written, and write none.")
@click.option("--quiet", "-q", is_flag=True, help="Print the marks and nothing else.")
@_JOBS
@_NO_CACHE
@_CACHE_DIR
@_COLOUR
def annotate(**said: Any) -> int:
    """Write `# pii:` marks where names that findings rest on are given, for you to confirm or turn into `none`.

    What is only known by its name is a guess; a mark makes it a decision, in code review. Marks go to the end of the
    line that defines a field, a parameter or a variable. Findings stay as they are, but are surer of themselves.
    """
    from discreet.cli.annotating import Options, run

    return run(Options(**_chosen(said, "jobs", "cache_dir")))


@discreet.command(short_help="Write redactors for fixes to use.")
@click.option(
    "--package", type=click.Path(), help="The package that gets the redactors. [default: the only one there is]"
)
@click.option(
    "--categories",
    metavar="WORDS",
    help="Which redactors, comma-separated, beside the one for everything. [default: all that there are; with --using "
    "none]",
)
@click.option(
    "--using",
    type=click.Choice(["presidio-anonymizer", "scrubadub"]),
    help="Have this library make the one for everything; it has to be installed where the program runs.",
)
def init(package: str | None, categories: str | None, using: str | None) -> int:
    """Write redactors into a package of yours, for fixes to use, and declare them in pyproject.toml.

    They are short, typed and documented functions in a file privacy.py, which depends on nothing, unless you
    say so, and is yours from then on. On a terminal it asks which package, if there are several, and which redactors.
    """
    from discreet.cli.starting import start

    return start(package, categories, using)


@discreet.command(short_help="List what could not be seen, as work to do.")
@_PATHS
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--include-tests", is_flag=True, help="Count what stands in tests, too.")
@_EXCLUDE
@_EXTEND_EXCLUDE
@_CONFIG
@_ISOLATED
@_PYTHON
@click.option("--strict", is_flag=True, help="Exit with 1 if anything is listed.")
@_JOBS
@_NO_CACHE
@_CACHE_DIR
@_COLOUR
def coverage(**said: Any) -> int:
    """List what could not be seen as work to do, the most valuable first.

    These are calls that personal data enters and nothing resolves, files that were not read, frameworks that are
    present and not modelled, and bounds of the analysis that were hit.
    """
    from discreet.cli.coverage import Options, run

    return run(Options(**_chosen(said, *_MEANS)))


@discreet.command(short_help="Remove the cache.")
@_PATHS
@_CONFIG
@_ISOLATED
@_CACHE_DIR
def clean(**said: Any) -> int:
    """Remove the cache of the project that PATHs belong to; of the current directory where none is named."""
    from discreet.cli.cleaning import Options, run

    return run(Options(**_chosen(said, "cache_dir")))


@discreet.command(short_help="Tell the whole story of one line, or why it has none.")
@click.argument("spot", metavar="FILE:[cell N:]LINE[:COLUMN]")
@_PLACES
@click.option("--why-not", is_flag=True, help="Say of each value on the line where it stopped, and why.")
@_choosing
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_PYTHON
@_JOBS
@_NO_CACHE
@_CACHE_DIR
@_COLOUR
def trace(**said: Any) -> int:
    """Tell the whole story of what is found at a line; with --why-not, why nothing is.

    All findings that stand at the line, or whose story leads through it, are shown as trees, also those that check
    leaves out: they say why. PATHs are what is checked for it; the file's project where none is named. The exit status
    is 0 if there was something to show, 1 if not, and 2 if the work could not be done.
    """
    from discreet.cli.tracing import Options, run

    return run(Options(**_chosen(said, *_MEANS)))


@discreet.command()
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(output_format: str) -> int:
    """List the rules."""
    from discreet.cli.pages import list_rules

    return list_rules(output_format)


@discreet.command(short_help="Print what is known of the world's libraries.")
@click.argument("topic", required=False, type=click.Choice(_TOPICS))
@click.option("--library", metavar="NAME", help="Only what belongs to this library, by the name it is imported by.")
@click.option("--kind", metavar="KIND", help="Only sinks of this kind: log, http, llm, ...")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_CONFIG
@_ISOLATED
def catalogue(**said: Any) -> int:
    """Print what is known of the world's libraries, with the rows that this project adds.

    Without a TOPIC it tells how much is known; with one, everything, a line for each callable, type or attribute. Sinks
    have the rule that speaks of them; "off" says that it is off by default, as `discreet explain` tells.
    """
    from discreet.cli.catalogue import Options, run

    return run(Options(**_chosen(said)))


@discreet.command(short_help="Print the page of a rule, or of a kind of data.")
@click.argument("what", nargs=-1, required=True, metavar="RULE|CATEGORY...")
def explain(what: tuple[str, ...]) -> int:
    """Print the page of a rule, by its code or its name, or of a category of personal data, by any word for it.

    A category's page says which law cares about it and why, and how severe a leak of it is.
    """
    from discreet.cli.pages import explain_all

    return explain_all(what)
