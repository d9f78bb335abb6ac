"""One file, from bytes to facts: the part of a run that needs nothing but the file, so any process can do it."""

from __future__ import annotations

import ast
from typing import NamedTuple

from discreet.facts.extraction import ModuleFacts, UnreadableSource, extract
from discreet.project.discovery import SourceFile
from discreet.project.files import bytes_of
from discreet.project.fingerprints import file_fingerprint
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES
from discreet.rules.telling import UNPARSABLE

UNREADABLE = "PII905"
TOO_DEEP = "nested too deeply to follow"


class Reading(NamedTuple):
    """What came of reading one file: its facts, or the finding that says why there are none.

    ``failure`` is set when discreet itself went wrong over the file: then the run can't be called complete.
    """

    file: SourceFile
    facts: ModuleFacts | None = None
    finding: Finding | None = None
    failure: str = ""


def read(file: SourceFile, data: bytes | None = None, tree: ast.Module | None = None) -> Reading:
    """Read one file and extract its facts. Raises nothing: whatever goes wrong is part of the answer.

    Args:
        file: which file.
        data: its content, where it doesn't come from the disk (standard input, an editor's buffer).
        tree: its syntax tree, where somebody (flake8) has it already.
    """
    if data is None:
        try:
            data = bytes_of(file.location)
        except OSError as error:
            return Reading(file, finding=about_file(file.path, UNREADABLE, 1, 1, error.strerror or str(error)))
    try:
        facts = extract(file.path, data, module=file.module, is_package=file.is_package, tree=tree, below=file.below)
    except UnreadableSource as error:
        code = UNPARSABLE if error.decoded else UNREADABLE
        return Reading(file, finding=about_file(file.path, code, error.line, error.column, error.reason))
    except RecursionError:
        return Reading(file, finding=about_file(file.path, UNPARSABLE, 1, 1, TOO_DEEP))
    except Exception as error:
        return Reading(file, failure=f"{file.path}: discreet failed over this file: {type(error).__name__}: {error}")
    return Reading(file, facts)


def about_file(path: str, code: str, line: int, column: int, reason: str) -> Finding:
    """A finding that says why a file was not checked."""
    return Finding(
        path=path,
        line=line,
        column=column,
        end_line=line,
        end_column=column,
        code=code,
        message=RULES[code].say(what=reason),
        severity="high",
        confidence="high",
        fingerprint=file_fingerprint(code, path),
    )
