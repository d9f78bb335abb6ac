"""What the 4xx pages show as evidence: each setting that a rule speaks of, what it does, and where that was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discreet.catalogue.settings import LOGGER_LEVEL, Setting, settings


def evidence(code: str) -> list[tuple[str, str, str]]:
    """The settings of a rule, as (how it is written, what it does, where it was read and in which version)."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for row in _rows():
        if code in _codes(row):
            told.setdefault((_written(row, code == row.code_left), row.says, row.seen), []).extend(_names(row))
    return [(f"{', '.join(dict.fromkeys(names))}{how}", says, seen) for (how, says, seen), names in told.items()]


def _rows() -> Iterator[Setting]:
    table = settings()
    for rows in (table.calls, table.bases, table.keys):
        for of_one in rows.values():
            yield from of_one


def _codes(row: Setting) -> Iterable[str]:
    """The codes of the rules that speak of a row: without a value it is only ever left as it is."""
    if row.unsafe or not row.absent:
        yield row.code
    if row.absent:
        yield row.code_left


def _names(row: Setting) -> Iterable[str]:
    return [f"logger `{each}`" for each in row.of] if row.name == LOGGER_LEVEL else [f"`{row.name}`"]


def _written(row: Setting, is_left: bool) -> str:
    """How it is written, after what it is of."""
    values = ", ".join(f"`{value!r}`" for value in row.unsafe if not (isinstance(value, str) and "." in value))
    values = values or ", ".join(f"`{value}`" for value in row.unsafe)
    if row.name == LOGGER_LEVEL:
        return f" at {values}"
    below = ": every class below" if row.below else ""
    if is_left:
        return f"{below} without `{row.keyword}`"
    if row.key:
        return f" = {values}"
    return f"{below} with `{row.keyword}` = {values}" if row.argument else ""
