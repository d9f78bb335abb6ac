"""The catalogue as tables: a line for each thing that it knows, so that it can be read, searched, and reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from discreet.catalogue.categories import categories
from discreet.catalogue.data import read_data
from discreet.catalogue.libraries import dotted_names
from discreet.output.escape import visible
from discreet.rules.registry import RULES, rule_for

TOPICS = ("categories", "sinks", "sources", "transforms", "calls", "settings", "numbers")
ABOUT = {
    "categories": "the kinds of personal data",
    "sinks": "where values leave the code's control",
    "sources": "types, fields and objects that say what they hold",
    "transforms": "what operations do to a value",
    "calls": "what calls give, which of them call another, and what libraries hand to functions",
    "settings": "what makes a library log, record or send personal data",
    "numbers": "what states, banks and networks give to one person each",
}
_TABLES = {
    "sink": "sinks", "type": "sources", "field": "sources", "class": "sources", "transform": "transforms",
    "method": "transforms", "frame": "transforms", "returns": "calls", "caller": "calls", "handler": "calls",
    "maker": "calls",
}  # fmt: skip
_OF_ANYTHING = ("method", "frame")
"""Tables of methods by their names alone."""
COLUMNS = {
    "categories": ("name", "label", "group", "standing", "rank", "fides", "dpv"),
    "sinks": ("name", "kind", "rule", "arguments", "file", "why"),
    "sources": ("name", "says", "file"),
    "transforms": ("name", "effect", "arguments", "file", "note"),
    "calls": ("name", "says", "file"),
    "settings": ("name", "rule", "argument", "unsafe", "file", "says", "seen"),
    "numbers": ("name", "category", "label", "words", "file"),
}


class Entry(NamedTuple):
    """One thing that the catalogue knows: a callable, a type, an attribute, a category.

    Attributes:
        topic: one of :data:`TOPICS`.
        library: the first part of its name; nothing for what belongs to no library.
        said: what is known, by column; JSON has more than the columns of the text.
    """

    topic: str
    library: str
    said: Mapping[str, Any]


def entries(files: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Entry]:
    """All entries of the categories, the worst to leak first, of some files with rows, by name, and of what only the
    built-in catalogue has.

    Args:
        files: the name of each, and what it says.
    """
    for category in categories().values():
        said = msgspec.to_builtins(category)
        yield Entry("categories", "", {"name": said.pop("key"), **said})
    found = (
        entry
        for file, data in files
        for table, topic in _TABLES.items()
        for row in data.get(table, ())
        for entry in _of_row(topic, table, file, row)
    )
    yield from sorted(found, key=lambda entry: entry.said["name"])
    yield from sorted(_settings(), key=lambda entry: (entry.said["name"], entry.said["argument"]))
    for module, row in read_data("identifiers.toml").items():
        if module != "others":
            yield Entry("numbers", "", {"name": module, "file": "identifiers.toml", **row})


def overview(listed: Sequence[Entry]) -> Iterator[str]:
    """How much is known of each topic."""
    yield from _aligned(
        ("topic", "entries", "libraries", ""),
        [
            (topic, str(len(known)), str(len({each.library for each in known} - {""})), ABOUT[topic])
            for topic in TOPICS
            for known in [[each for each in listed if each.topic == topic]]
        ],
    )


def text(topic: str, listed: Sequence[Entry]) -> Iterator[str]:
    """The entries of a topic as a table."""
    columns = COLUMNS[topic]
    yield from _aligned(columns, [[_cell(each.said, column) for column in columns] for each in listed])


def json(listed: Sequence[Entry]) -> str:
    """The entries as an array of objects."""
    return msgspec.json.format(msgspec.json.encode([{"topic": each.topic, **each.said} for each in listed])).decode()


def _of_row(topic: str, table: str, file: str, row: Mapping[str, Any]) -> Iterator[Entry]:
    names = [f".{each}" for each in row["members"]] if table in _OF_ANYTHING else _names(row)
    for name in names:
        library = "" if name.startswith(".") else name.partition(".")[0]
        said = {"name": name, "table": table, "file": file}
        if table == "sink":
            yield Entry(topic, library, {**said, **_sink(row)})
        elif topic == "transforms":
            arguments = row.get("of", ["self"] if table in _OF_ANYTHING else ["0"])
            yield Entry(topic, library, {**said, "effect": row["effect"], "arguments": arguments, **_rest(row)})
        else:
            yield Entry(topic, library, {**said, "says": _says(table, row), **_rest(row)})
            for attribute, meaning in row.get("attributes", {}).items():
                yield Entry(topic, library, {**said, "name": f"{name}.{attribute}", "says": _meaning(meaning)})


def _settings() -> Iterator[Entry]:
    for row in read_data("settings.toml")["setting"]:
        names = [".".join(filter(None, (row.get("within"), row["key"])))] if "key" in row else dotted_names(row)
        said = {"argument": "", "unsafe": [], **row, "file": "settings.toml"}
        said = {key: value for key, value in said.items() if key not in ("target", "members", "key", "within", "code")}
        for name in names:
            rule = RULES[row["code"]]
            library = name.partition(".")[0] if "." in name else ""
            yield Entry("settings", library, {"name": name, "rule": rule.code, "default": rule.default, **said})


def _names(row: Mapping[str, Any]) -> list[str]:
    """The names of a row; a caller may have none but those of methods of anything."""
    return [*(dotted_names(dict(row)) if "target" in row else ()), *(f".{each}" for each in row.get("methods", ()))]


def _rest(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("target", "members", "methods", "effect", "of")}


def _sink(row: Mapping[str, Any]) -> dict[str, Any]:
    more = {key: value for key, value in _rest(row).items() if key not in ("kind", "args", "form", "why")}
    rule = rule_for(row["kind"], "direct", interface=row.get("interface", False))
    return {
        "kind": row["kind"],
        "rule": rule.code,
        "default": rule.default,
        "arguments": row["args"],
        "form": row.get("form", "text"),
        "why": row.get("why", ""),
        **more,
    }


def _says(table: str, row: Mapping[str, Any]) -> str:
    """What a row says, in a few words."""
    if table == "returns":
        return f"gives {row['type']}"
    if table == "maker":
        return f"makes a table of columns ({row['effect']})"
    if table == "caller":
        handed = ", ".join(each for key in ("rest", "spread", "named", "each") for each in row.get(key, ()))
        return f"calls {row['callee']}" + (f" with {handed}" if handed else "")
    if table == "handler":
        return f"is handed {row['gives']} as {', '.join(row['parameter'])}"
    words = [*row.get("categories", ())]
    words += [f"holds {row['holds']}"] if "holds" in row else []
    words += ["protects what it holds"] if row.get("protects") else []
    words += [f"another class ({row['relation']})"] if "relation" in row else []
    words += [f"is a {', '.join(row['bases'])}"] if row.get("bases") else []
    words += [_TEXTS.get(row["text"], f"its text: {row['text']}")] if row.get("text") else []
    words += ["a record"] if row.get("model") else []
    return "; ".join(words) or "is known"


_TEXTS = {
    "fields": "its text shows its fields",
    "@username": "its text is the user's name",
    "@user": "is the current user",
    "clean": "is nobody's",
    "frame": "is a table of columns",
    "mapping": "is a mapping",
    "keys": "is known by its keys",
}


def _meaning(meaning: str) -> str:
    kind, _, name = meaning.partition(":")
    plain = {
        "clean": "is nobody's",
        "user": "is the user",
        "fields": "has all fields",
        "item": "is a mapping",
        "submission": "is what somebody sent",
        "submission:person": "is what somebody sent who is in it",
    }
    if kind == "category":
        return name
    return {"type": f"is a {name}", "many": f"holds several {name}"}.get(kind) or plain.get(meaning, meaning)


def _cell(said: Mapping[str, Any], column: str) -> str:
    value = said.get(column, "")
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return f"{value} (off)" if column == "rule" and value and not said["default"] else str(value)


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of columns; figures to the right, the last column as long as it is."""
    cells = [tuple(each.upper() for each in head), *(tuple(map(visible, row)) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        yield "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"


def _padded(cell: str, width: int) -> str:
    return cell.rjust(width) if cell.isdigit() else cell.ljust(width)
