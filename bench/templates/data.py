"""What a package keeps: its models, where they are kept, and what may be said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.templates.filling import fields_of, fill, for_all

if TYPE_CHECKING:
    from bench.grow import Package

INIT = '''\
"""Everything about a $noun."""

from $app.models import $Entity
from $app.services import ${Entity}Service

__all__ = ["$Entity", "${Entity}Service"]
'''


def init(package: Package) -> str:
    """The module ``__init__``."""
    return fill(INIT, package)


MODELS = '''\
"""What a $noun is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class ${Entity}State(Enum):
    NEW = "new"
    OPEN = "open"
    DONE = "done"

    @property
    def is_final(self) -> bool:
        return self is ${Entity}State.DONE


@dataclass
class ${Entity}Note:
    """Something that somebody wrote down."""

    number: int
    text: str
    written: date
    author: str = ""

    def shortened(self, length: int = 40) -> str:
        return self.text if len(self.text) <= length else self.text[: length - 1] + "…"


@dataclass
class $Entity:
    """A $noun, as it is stored."""

    number: int
$declared    state: ${Entity}State = ${Entity}State.NEW
    notes: list[${Entity}Note] = field(default_factory=list)

    def __str__(self) -> str:
        return f"$shown"

    @property
    def label(self) -> str:
        return f"$noun-{self.number}"

    def add_note(self, text: str, written: date) -> ${Entity}Note:
        note = ${Entity}Note(len(self.notes) + 1, text, written)
        self.notes.append(note)
        return note

    def changed(self, **values: object) -> $Entity:
        for name, value in values.items():
            if hasattr(self, name):
                setattr(self, name, value)
        return self

    def as_dict(self) -> dict[str, object]:
        return {
            "number": self.number,
$items            "state": self.state.value,
        }
'''


def models(package: Package) -> str:
    """The module ``models``."""
    shown = "{self.label} ({self.state.value})"
    if package.choice.random() < 0.2:
        shown = f"{{self.number}} {{self.{package.fields[0][0]}}}"
    return fill(
        MODELS,
        package,
        declared=for_all("    $field: $type\n", package, fields_of(package)),
        items=for_all('            "$field": self.$field,\n', package, fields_of(package)),
        shown=shown,
    )


REPOSITORY = '''\
"""Where every $noun is kept."""

from __future__ import annotations

from datetime import date

from app.core.base import Store
from app.core.logs import logger_for, timed
from $app.models import $Entity, ${Entity}State

log = logger_for(__name__)
COLUMNS = ($columns)


class ${Entity}Repository(Store[$Entity]):
    """Finds and keeps."""

    def __init__(self, connection=None):
        super().__init__("$noun")
        self.connection = connection

    def from_row(self, row) -> $Entity:
        values = dict(zip(COLUMNS, row, strict=True))
        return $Entity(number=int(row[0]), **values)

    def load(self, limit: int = 1000) -> int:
        count = 0
        with timed(log, "loading"):
            for row in self.connection.execute("select * from $noun limit ?", (limit,)):
                found = self.from_row(row)
                self.put(found.number, found)
                count += 1
        log.info("loaded %d rows of $noun", count)
        return count

    def open_since(self, day: date) -> list[$Entity]:
        return [each for each in self.all() if each.state is ${Entity}State.OPEN and each.notes[0].written >= day]
$finders

def find(number: int, store: ${Entity}Repository | None = None) -> $Entity:
    """One $noun, from the store that is given or a new one."""
    store = store or ${Entity}Repository()
    return store.get(number)
'''
FINDER = """
    def by_$field(self, $field: $type) -> $Entity | None:
        for each in self.all():
            if each.$field == $field:
                return each
        log.debug("no $noun has this $field")
        return None
"""
LEAKING_FINDER = """
    def by_$field(self, $field: $type) -> list[$Entity]:
        found = [each for each in self.all() if each.$field == $field]
        if not found:
            log.warning("no $noun with $field %s", $field)
        return found
"""


def repository(package: Package) -> str:
    """The module ``repository``."""
    finders = "".join(
        fill(LEAKING_FINDER if package.choice.random() < 0.1 else FINDER, package, **each)
        for each in fields_of(package)[:5]
    )
    columns = ", ".join(f'"{name}"' for name, _ in package.fields) + ","
    return fill(REPOSITORY, package, finders=finders, columns=columns)


VALIDATION = '''\
"""What may be said of a $noun."""

from __future__ import annotations

import re

from app.core.errors import Invalid
from app.core.logs import logger_for

log = logger_for(__name__)
LONGEST = 200
WORDS = re.compile(r"[\\w .@+-]+")
REQUIRED = ($required)


def required(values: dict) -> list[str]:
    return [name for name in REQUIRED if values.get(name) in (None, "")]
$checks

CHECKS = {
$table}


def problems(values: dict) -> list[str]:
    """Every problem, in words for the one who filled in the form."""
    found = [f"{name} is missing" for name in required(values)]
    for name, check in CHECKS.items():
        try:
            check(values.get(name))
        except Invalid as error:
            found.append(f"{name}: {error.code}")
    log.debug("%d problems", len(found))
    return found
'''
CHECK = """

def check_$field(value) -> None:
    if value is None:
        return
    text = str(value).strip()
    if len(text) > LONGEST or not WORDS.fullmatch(text):
        raise Invalid($message, code="malformed")
"""


def validation(package: Package) -> str:
    """The module ``validation``."""
    checks = []
    for each in fields_of(package):
        message = package.choice.choice(('"$field is malformed"', '"$field is too long"', 'f"bad $field: {text}"'))
        checks.append(fill(CHECK.replace("$message", message), package, **each))
    return fill(
        VALIDATION,
        package,
        required=", ".join(f'"{name}"' for name, _ in package.fields) + ",",
        checks="".join(checks),
        table=for_all('    "$field": check_$field,\n', package, fields_of(package)),
    )
