"""Settings of libraries that make them log, record or send personal data: ``data/settings.toml``, as lookup tables.

A row speaks of an argument of a callable (``target``, ``argument``), of a constant that is stored under a name
(``key``): in an attribute, an environment variable, an entry of a mapping, a variable; or of how classes with personal
data are configured that derive from one of a library (``target``, ``below``, ``argument``). Only constants are judged:
what is read from the environment or from another setting is somebody else's decision.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from discreet.catalogue.libraries import dotted_names
from discreet.catalogue.ready import ready

Plain = str | int | bool
LOGGER_LEVEL = "logging.Logger.setLevel"
"""What sets the level of a logger, and stands for the other ways in which a program may say it."""


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One setting.

    Attributes:
        code: the rule that speaks of it where it is written; where it is only left as it is, the next number.
        says: what comes of it: a verb and its objects.
        to: the kind of sink that the data get to, which makes the severity.
        safe: what to write instead, in a sentence that begins with a verb.
        seen: where that was read, and in which version.
        write: the safe value, in each of the ways in which it may be written; left out where it is the other one of
            ``True`` and ``False``, or where there is none.
        argument: which argument, in the notation of sinks; ``""`` is the call itself.
        unsafe: the values that are; a dotted name is what an object of a library is called.
        absent: the callable does it if nothing is said.
        unless: other arguments, or other entries beside the key, and the values with which it does not; no values are
            all of them.
        off: arguments, and the values that switch the whole library off.
        cleaned_by: arguments for a function that all data go through: one that is called after cleaning is believed.
        kept: only what is stored, returned or handed on counts, or is used with parameters where it was made: an
            engine that asks for a version and is gone shows nobody's data.
        of: the first argument of the call that made the receiver: ``getLogger("urllib3").setLevel(...)``.
        below: it is about the classes below; ``argument`` is a keyword of the class statement, or of ``model_config``.
        key: the name something is stored under.
        within: the object that it is stored in; anywhere if empty.
        beside: entries that the same mapping must have.
        under: what such a mapping is called where it lies in another: it stands for ``beside``.
        name: the callable, the base, or the key, as it is shown.
    """

    code: str
    says: str
    to: str
    safe: str
    seen: str
    argument: str = ""
    unsafe: tuple[Plain, ...] = ()
    absent: bool = False
    unless: dict[str, tuple[Plain, ...]] = {}
    off: dict[str, tuple[Plain, ...]] = {}
    cleaned_by: tuple[str, ...] = ()
    kept: bool = False
    of: tuple[str, ...] = ()
    below: bool = False
    key: str = ""
    within: str = ""
    beside: dict[str, Plain] = {}
    under: tuple[str, ...] = ()
    write: tuple[Plain, ...] = ()
    name: str = ""

    @property
    def safe_values(self) -> tuple[Plain, ...]:
        """The safe value, in each of the ways in which it may be written; empty where a person has to say."""
        return self.write or tuple(not value for value in self.unsafe if isinstance(value, bool))

    @property
    def keyword(self) -> str:
        """The argument by the name that its callers know."""
        return self.argument.rpartition("|")[2]

    @property
    def code_left(self) -> str:
        """The code of the rule that speaks of it where nobody has set it."""
        return f"PII{int(self.code[3:]) + 1}"


class Rows(msgspec.Struct):
    """The rows by what is looked up: dotted names of callables and of base classes, and bare keys."""

    calls: dict[str, list[Setting]] = {}
    bases: dict[str, list[Setting]] = {}
    keys: dict[str, list[Setting]] = {}


class Settings:
    """All rows: by callable, by base class, and by key."""

    def __init__(self, rows: Rows) -> None:
        self.calls = rows.calls
        self.bases = rows.bases
        self.keys = rows.keys
        self.loggers: dict[str, list[Setting]] = {}
        """The rows of levels, by what the logger is called."""
        for row in self.calls.get(LOGGER_LEVEL, ()):
            for logger in row.of:
                self.loggers.setdefault(logger, []).append(row)
        self.callables = frozenset(name.rpartition(".")[2] for name in self.calls) | {"setdefault"}
        """The last names of what is called to set something; ``os.environ.setdefault`` is one."""

    def rows(self, name: str, argument: str, code: str) -> list[Setting]:
        """The rows of a callable, a base or a key and its argument that a rule may speak of."""
        key = name.rpartition(".")[2]
        found = (*self.calls.get(name, ()), *self.bases.get(name, ()), *self.keys.get(key, ()))
        return [
            each
            for each in found
            if (each.name, each.keyword) == (name, argument) and code in (each.code, each.code_left)
        ]

    def row(self, name: str, argument: str, code: str, expression: str = "") -> Setting:
        """The row of a setting that was found, by what it is of and the rule that speaks of it. Of several rows on one
        method it is the one whose receiver the ``expression`` names.

        Raises:
            KeyError: there is none.
        """
        for each in self.rows(name, argument, code):
            if not each.of or any(expression.endswith(receiver(made)) for made in each.of):
                return each
        raise KeyError(name, argument, code)


def receiver(made_of: str) -> str:
    """How the expression of a setting ends whose receiver was made of something: ``setLevel('DEBUG') for 'httpx'``."""
    return f" for {made_of!r}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The rows that are shipped."""
    return Settings(ready("settings", Rows, ["settings.toml"], _made))


def _made(said: list[dict[str, Any]]) -> Rows:
    rows = Rows()
    for row in said[0]["setting"]:
        plain = {key: value for key, value in row.items() if key not in ("target", "members")}
        if "key" in row:
            name = ".".join(filter(None, (row.get("within", ""), row["key"])))
            rows.keys.setdefault(row["key"], []).append(msgspec.convert({**plain, "name": name}, Setting))
            continue
        table = rows.bases if "below" in row else rows.calls
        for name in dotted_names(row):
            table.setdefault(name, []).append(msgspec.convert({**plain, "name": name}, Setting))
    return rows
