"""What the catalogue says about libraries, sentence by sentence: a name is there, and a callable takes an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names, row_files

_SELECTORS = {"sink": ("args", "given"), "transform": ("of",), "caller": ("callee", "rest", "spread", "named", "each")}
_LOOSE = ("type", "field", "class")
_TYPED = ("type:", "many:")


class Claim(NamedTuple):
    """One name, as a row of a file has it.

    Attributes:
        table: the table that the row stands in, and ``row`` its number there.
        name: dotted; ``x.*`` is everything below ``x``.
        arguments: the arguments that it is said to take.
        loose: whether the catalogue finds it by its first part and its last.
        owners: the classes of which one must have it: what a row says of a method, whichever table of columns it is of.
    """

    file: str
    table: str
    row: int
    name: str
    arguments: tuple[str, ...] = ()
    loose: bool = False
    owners: tuple[str, ...] = ()

    @property
    def library(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]


def built_in() -> list[Claim]:
    """All that the built-in catalogue claims, each thing once."""
    found = (claim for file in row_files() for claim in claims_of(file, read_data(file)))
    return list(dict.fromkeys([*found, *_of_settings("settings.toml", read_data("settings.toml"))]))


def _of_settings(file: str, data: Mapping[str, Any]) -> Iterator[Claim]:
    """A setting's callable is there, and takes its argument; so is what it is stored in, but for the environment."""
    for number, row in enumerate(data["setting"], 1):
        argument = row.get("argument", "")
        arguments = (argument,) if argument and not row.get("below") else ()
        for name in dotted_names(row) if "target" in row else ():
            yield Claim(file, "setting", number, name, arguments)
        if row.get("within", "os.environ") != "os.environ":
            yield Claim(file, "setting", number, f"{row['within']}.{row['key']}")


def claims_of(file: str, data: Mapping[str, Any]) -> Iterator[Claim]:
    """The claims of one file."""
    yield from _of_frames(file, data)
    for table in ("sink", "transform", "returns", "caller", "handler", "maker", "type", "field", "class"):
        for number, row in enumerate(data.get(table, ()), 1):
            arguments = tuple(_arguments(table, row))
            for name in dotted_names(row) if "target" in row else ():
                known = name.rpartition(".")[0] if name[-1:] == "*" and table == "handler" else name
                yield Claim(file, table, number, known, arguments, table in _LOOSE)
                if row.get("text") not in ("mapping", "keys"):  # their keys are data: nothing in a library tells them
                    yield from _attributes(file, number, name, row.get("attributes", {}))
            given = row["type"].removeprefix("many:") if table == "returns" else ""
            others = [*row.get("bases", ()), *([given] if "." in given and ":" not in given else [])]
            others += [row["gives"][5:]] if table == "handler" and row["gives"][:5] in _TYPED else []
            others += [text[5:] for text in row.get("attributes", {}).values() if text[:5] in _TYPED]
            yield from (Claim(file, table, number, other, (), loose=True) for other in others)


def _of_frames(file: str, data: Mapping[str, Any]) -> Iterator[Claim]:
    """What is said of a method of frames is true if a class of frames has it."""
    frames = tuple(name for row in data.get("class", ()) if row.get("text") == "frame" for name in dotted_names(row))
    for number, row in enumerate(data.get("frame", ()), 1):
        yield from (Claim(file, "frame", number, f"frame.{each}", owners=frames) for each in row["members"])


def _arguments(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    for key in _SELECTORS.get(table, ()):
        said: str | Sequence[str] = row.get(key, ())
        yield from (each for each in ([said] if isinstance(said, str) else said) if each != "self")


def _attributes(file: str, number: int, name: str, attributes: Mapping[str, str]) -> Iterator[Claim]:
    yield from (Claim(file, "class", number, f"{name}.{each}") for each in attributes if each != "*")
