"""Hand-made labels: where real applications let personal data out. ``bench/truth`` holds them, without any code.

A label is a place, and the other places where the same flow may rightly be reported instead: the call of a wrapper
and the one sink inside it, the exception that carries a value and the handler that logs it. What was corrected later,
after somebody had read the findings, is kept apart, so that both figures can be had: as labelled, and after reading.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TRUTH = Path(__file__).parent / "truth"
SETS = (
    "blind",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "drawn",
    "tuned",
)
Place = tuple[str, int]
"""A path below the checkout, and a line."""


@dataclass(frozen=True)
class Label:
    """One place in a covered file that was judged.

    Attributes:
        place: where the sink's call (or the ``raise``) starts.
        verdict: ``borderline`` is neither right nor wrong to report.
        kind: the kind of sink.
        categories: what gets out.
        how: how far the source is from the sink.
        why: the judgement, in words.
        others: other places of the same flow.
        interface: it is console output of a command-line program.
        added_after: it was missed by the labeller and found by reading findings.
        others_added_after: the same, of other places.
    """

    place: Place
    verdict: Literal["leak", "borderline"]
    kind: str
    categories: tuple[str, ...]
    how: str
    why: str
    others: tuple[Place, ...] = ()
    interface: bool = False
    added_after: bool = False
    others_added_after: tuple[Place, ...] = ()

    def places(self, *, after_reading: bool) -> frozenset[Place]:
        """Where a report of this flow may stand: nowhere, if the label was not there yet."""
        if after_reading:
            return frozenset((self.place, *self.others, *self.others_added_after))
        return frozenset() if self.added_after else frozenset((self.place, *self.others))


@dataclass(frozen=True)
class Checkout:
    """An application as somebody read it: what is known of its lines holds for this commit and for no other."""

    name: str
    repository: str
    commit: str
    about: str

    def checkout_commands(self, where: Path) -> list[str]:
        """The shell commands that make the directory that was read."""
        directory = where / self.name
        return [
            f"git clone --no-checkout https://github.com/{self.repository} {directory}",
            f"git -C {directory} checkout --quiet {self.commit}",
        ]


@dataclass(frozen=True)
class Application(Checkout):
    """What was labelled: which files were read from end to end, and what was found in them."""

    set: str
    covered: frozenset[str]
    labels: tuple[Label, ...]


def applications(directory: Path = TRUTH) -> list[Application]:
    """All that ``index.toml`` names, the blind set first."""
    index = loaded(directory / "index.toml")
    found = [_application(directory, name, entry) for name, entry in index.items()]
    return sorted(found, key=lambda each: (SETS.index(each.set), each.name.lower()))


def loaded(index: Path) -> dict[str, Any]:
    """What an index of applications says."""
    said: dict[str, Any] = tomllib.loads(index.read_text(encoding="utf-8"))
    return said


def _application(directory: Path, name: str, entry: Mapping[str, Any]) -> Application:
    return Application(
        name=name,
        repository=entry["repository"],
        commit=entry["commit"],
        set=entry["set"],
        about=entry["about"],
        covered=frozenset((directory / f"{name}.covered.txt").read_text(encoding="utf-8").splitlines()),
        labels=tuple(
            _label(json.loads(line)) for line in (directory / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        ),
    )


def _label(entry: Mapping[str, Any]) -> Label:
    return Label(
        place=(entry["path"], entry["line"]),
        verdict=entry["verdict"],
        kind=entry["kind"],
        categories=tuple(entry["categories"]),
        how=entry["how"],
        why=entry["why"],
        others=tuple(_place(text) for text in entry.get("alt", ())),
        interface=entry.get("interface", False),
        added_after=entry.get("added_after", False),
        others_added_after=tuple(_place(text) for text in entry.get("alt_added_after", ())),
    )


def _place(text: str) -> Place:
    path, _, line = text.rpartition(":")
    return path, int(line)
