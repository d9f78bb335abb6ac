"""An application of any size, the same for the same seed: ``python -m bench grow DIRECTORY --files 4000``.

It is made the way large applications are: packages of ten modules (models, repository, services, views, ...), each
with its own fields and operations, that use each other and a small core. Names repeat as they do in real ones: there is
more than one ``Customer``. A package depends only on those before it, so a smaller application is a larger one's
beginning; and the way down from a view is bounded, since growth makes applications broader and hardly deeper.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.templates import CORE, MODULES

SEED = 3
GROUP = 8
"""Packages in a group; inside it, each calls the one before it."""
ENTITIES = (
    *("Customer", "Patient", "Order", "Invoice", "Booking", "Ticket", "Member", "Driver", "Parcel", "Lease"),
    *("Student", "Course", "Supplier", "Product", "Payment", "Visit", "Contract", "Claim", "Device", "Tenant"),
)
KINDS = ("", "Regional", "Archived", "Pending", "Corporate", "Private", "Seasonal", "Partner", "Internal", "External")
PERSONAL = (
    *(("email", "str"), ("phone", "str"), ("first_name", "str"), ("last_name", "str"), ("address", "str")),
    *(("birth_date", "date"), ("iban", "str"), ("passport_number", "str"), ("ip_address", "str"), ("ssn", "str")),
)
PLAIN = (
    *(("title", "str"), ("amount", "int"), ("currency", "str"), ("priority", "int"), ("created", "date")),
    *(("status", "str"), ("discount", "float"), ("is_active", "bool"), ("weight", "float"), ("reference", "str")),
    *(("quantity", "int"), ("warehouse", "str"), ("channel", "str"), ("version", "int"), ("due", "date")),
)
VERBS = ("approve", "cancel", "renew", "assign", "confirm", "archive", "review", "transfer", "release", "reopen")


@dataclass(frozen=True)
class Package:
    """What the modules of one package are made of."""

    number: int
    dotted: str
    entity: str
    fields: tuple[tuple[str, str], ...]
    verbs: tuple[str, ...]
    friends: tuple[str, ...]
    before: str
    choice: random.Random

    @property
    def noun(self) -> str:
        """The entity as variables are called."""
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in self.entity)[1:]


def name_of(number: int) -> str:
    """The dotted name of a package."""
    return f"app.area_{number // GROUP:04d}.part_{number:05d}"


def package(number: int, seed: int = SEED) -> Package:
    """A package, which knows its number and the seed and nothing else."""
    choice = random.Random(f"{seed}/{number}")
    fields = [*choice.sample(PERSONAL, choice.randint(1, 4)), *choice.sample(PLAIN, choice.randint(3, 6))]
    friends = sorted({choice.randrange(number) for _ in range(choice.randint(1, 3))}) if number else []
    return Package(
        number=number,
        dotted=name_of(number),
        entity=choice.choice(KINDS) + choice.choice(ENTITIES),
        fields=tuple(choice.sample(fields, len(fields))),
        verbs=tuple(choice.sample(VERBS, choice.randint(3, 5))),
        friends=tuple(name_of(each) for each in friends),
        before=name_of(number - 1) if number % GROUP else "",
        choice=choice,
    )


def application(files: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """The path and the text of every module, the core's first: as many as asked for, so the last package may be cut."""
    for count, module in enumerate(_modules(seed)):
        if count == files:
            return
        yield module


def _modules(seed: int) -> Iterator[tuple[str, str]]:
    for name, text in CORE.items():
        yield f"app/core/{name}.py", text
    number = 0
    while True:
        made = package(number, seed)
        for name, write in MODULES.items():
            yield f"{made.dotted.replace('.', '/')}/{name}.py", write(made)
        number += 1


def write(directory: Path, files: int, seed: int = SEED) -> int:
    """Write an application below a directory; how many lines it has."""
    lines = 0
    for path, text in application(files, seed):
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        lines += text.count("\n")
    return lines


def files_for(lines: int, seed: int = SEED) -> int:
    """How many files it takes to have so many lines."""
    total = 0
    for count, (_, text) in enumerate(_modules(seed)):
        if total >= lines:
            return count
        total += text.count("\n")
    raise AssertionError("an application has no end")


def main(arguments: Sequence[str]) -> None:
    """Write one for somebody who wants to look at it."""
    parser = argparse.ArgumentParser(prog="python -m bench grow", description="Write an application of any size.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--files", type=int, default=1000, help="[%(default)s]")
    parser.add_argument("--seed", type=int, default=SEED, help="[%(default)s]")
    said = parser.parse_args(arguments)
    print(f"{said.files:,} files, {write(said.directory, said.files, said.seed):,} lines in {said.directory}")
