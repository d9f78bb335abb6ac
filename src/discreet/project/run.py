"""A run: from paths and a configuration to a report.

Which files there are and what is in them decides everything; a run that has seen the same before says the same again,
at once. What is new is worked out in :mod:`discreet.project.work`, which is imported only then. Nothing here prints,
and nothing depends on the current directory, on who does the work, or on what is known from an earlier run.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from discreet.project.cache import Cache, directory_of, key_of, understood
from discreet.project.config import Config
from discreet.project.contents import digests_of
from discreet.project.discovery import Discovery, discover
from discreet.project.files import keys_of, names_of
from discreet.project.result import Means, Progress, Report, Result
from discreet.project.rows import rows_digest


def check(
    paths: Sequence[Path], config: Config, progress: Progress | None = None, means: Means | None = None
) -> Report:
    """Check all files that ``paths`` stand for.

    Args:
        paths: files and directories.
        config: the settings of the run.
        progress: told how far the reading is.
        means: with what to work; by default in this process, without a cache.

    Raises:
        CrewError: the workers that were asked for are not to be had.
        NoEnvironment: there is no Python environment where one was named.
    """
    means = means or Means(jobs=1)
    found = discover(paths, config)
    cache = Cache.open(directory_of(config.root, means.cache)) if means.cache is not None else None
    if cache is not None:
        digests = digests_of(found.files, [os.path.abspath(path) for path in paths], cache)
    else:  # nothing is known of them, and nothing will be: they are read when they are lowered, and only then
        digests = [b""] * len(found.files)
    name = key_of("run", _config_digest(config, means), "\0".join(map(names_of, found.files)), b"".join(digests))
    result = _recalled(cache, name) if b"" not in digests else None
    problems, notes = list(found.problems), list[str]()
    if result is None:
        keys = keys_of(found.files, digests)
        result = _worked_out(found, keys, config, means, cache, name, progress, problems, notes)
    if cache is not None:
        cache.close()
        notes.extend([cache.problem] if cache.problem else [])
    shown = tuple(file.path for file in found.files)
    return Report(result.findings, result.suppressed, shown, tuple(problems), result.coverage, config, tuple(notes))


def check_text(data: bytes, path: Path, config: Config) -> Report:
    """Check one file whose content comes from elsewhere, as if it lay at ``path``."""
    from discreet.project.work import work_on_text

    done = work_on_text(data, path, config)
    return Report(done.result.findings, done.result.suppressed, done.files, done.problems, done.result.coverage, config)


def _worked_out(
    found: Discovery, keys: list[bytes], config: Config, means: Means, cache: Cache | None, name: bytes,
    progress: Progress | None, problems: list[str], notes: list[str],
) -> Result:  # fmt: skip
    from discreet.project.work import work

    done = work(found.files, keys, config, means, cache, progress)
    problems.extend(done.problems)
    notes.extend(done.notes)
    if cache is not None and done.lasts:
        cache.put("runs", {name: _encoder.encode(done.result)})
    return done.result


def _recalled(cache: Cache | None, name: bytes) -> Result | None:
    return understood(cache.get("runs", [name]).get(name), _decoder) if cache is not None else None


def _config_digest(config: Config, means: Means) -> bytes:
    """What of a configuration a result depends on, beside the files it leads to."""
    oracle = ""
    if means.python is not None:
        from discreet.oracle import open_oracle

        with open_oracle(Path(means.python)) as opened:
            oracle = opened.digest
    said = (
        config.select, config.ignore, config.extend_select, config.extend_ignore, config.min_confidence,
        config.regime, config.include_tests, config.include_libraries,
        sorted((path, tuple(kinds)) for path, kinds in config.known.items()),
        sorted((pattern, tuple(codes)) for pattern, codes in config.per_file_ignores.items()), oracle,
        rows_digest(config.rows),
    )  # fmt: skip
    return key_of(repr(said))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Result)
