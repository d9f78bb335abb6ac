"""The keys of the configuration and the values each of them takes; options on the command line read theirs here too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from discreet.rules.finding import CONFIDENCES
from discreet.rules.registry import RULES


class BadValue(ValueError):
    """A value that a key does not take: what is wrong with it, in words that follow the key's name."""


class Key(NamedTuple):
    """How a key's value is read, and how to tell someone what it takes."""

    read: Callable[[Any], Any]
    takes: Callable[[], str]


def close_to(word: str, words: Iterable[str]) -> str:
    """``" (did you mean 'x'?)"`` for the nearest of ``words``, or nothing. Of equals the one that begins alike."""
    from difflib import SequenceMatcher, get_close_matches

    near = get_close_matches(word[:80], list(words), n=8, cutoff=0.5)
    if not near:
        return ""
    best = max(near, key=lambda each: (SequenceMatcher(a=word, b=each).ratio(), _common_start(word, each)))
    return f" (did you mean {best!r}?)"


def _common_start(word: str, other: str) -> int:
    return next((at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(word))


def selectors(value: Any) -> tuple[str, ...]:
    """Rule codes, prefixes of them, or ``ALL``; each must speak of at least one rule."""
    return tuple(_selector(item) for item in _strings(value))


def confidence(value: Any) -> str:
    """``low``, ``medium`` or ``high``."""
    if value not in CONFIDENCES:
        raise BadValue(f"{value!r} is not a confidence{close_to(str(value), CONFIDENCES)}")
    return str(value)


def regimes(value: Any) -> tuple[str, ...]:
    """Laws by which findings are limited and ranked: one, or a list. Each comes back once, in an order of its own."""
    from discreet.catalogue.laws import REGIMES

    words = [word.strip().lower() for word in _strings([value] if isinstance(value, str) else value)]
    for word in words:
        if word not in REGIMES:
            raise BadValue(f"{word!r} is not a regime{close_to(word, REGIMES)}")
    return tuple(regime for regime in REGIMES if regime in words)


def category(value: Any) -> str:
    """The key of the category that a word means, or ``none``."""
    from discreet.catalogue.categories import nearest, resolve

    if not isinstance(value, str):
        raise BadValue(f"{value!r} is not a category")
    if value.strip().lower() == "none":
        return "none"
    found = resolve(value)
    if found is None:
        near = nearest(value)
        raise BadValue(f"{value!r} is not a category" + (f" (did you mean {near!r}?)" if near else ""))
    return found.key


def sources(value: Any) -> dict[str, tuple[str, ...]]:
    """A table from dotted paths to categories.

    ``shop.models.User.nick = "username"`` without quotes is a table of tables to TOML; it is read as it was meant.
    """
    return dict(_flattened(_table(value), ()))


def per_file_ignores(value: Any) -> dict[str, tuple[str, ...]]:
    """A table from patterns to selectors."""
    found = {}
    for pattern, codes in _table(value).items():
        patterns([pattern])
        found[pattern] = selectors([codes] if isinstance(codes, str) else codes)
    return found


def patterns(value: Any) -> tuple[str, ...]:
    """Patterns in the language of ``.gitignore``."""
    import pathspec

    found = tuple(_strings(value))
    for pattern in found:
        try:
            pathspec.GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            raise BadValue(f"{pattern!r} is not a pattern") from None
    return found


def boolean(value: Any) -> bool:
    """``true`` or ``false``, and nothing that merely looks like them."""
    if not isinstance(value, bool):
        raise BadValue(f"{value!r} is not a boolean")
    return value


def jobs(value: Any) -> int | str:
    """A number of processes, or ``auto``: as many as there are processors."""
    if value != "auto" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise BadValue(f"{value!r} is neither a number of processes nor 'auto'")
    return value  # type: ignore[no-any-return]


def place(value: Any) -> str:
    """A path."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise BadValue(f"{value!r} is not a path")
    return value


def places(value: Any) -> tuple[str, ...]:
    """Several paths."""
    return tuple(place(each) for each in _strings(value))


def redactor(value: Any) -> str:
    """A function of the project, or of a library: ``module:function``."""
    from discreet.fixes.redactors import Redactor

    if not isinstance(value, str) or Redactor.of(value) is None:
        raise BadValue(f"{value!r} names no function")
    return value


def redactors(value: Any) -> dict[str, str]:
    """A table from categories to functions."""
    found = {}
    for word, function in _table(value).items():
        key = category(word)
        if key == "none":
            raise BadValue(f"{word!r} is not a category")
        found[key] = redactor(function)
    return found


def _selector(item: str) -> str:
    wanted = item.strip().upper()
    if wanted == "ALL" or (wanted and any(code.startswith(wanted) for code in RULES)):
        return wanted
    raise BadValue(f"{item!r} is not a rule{close_to(wanted, RULES)}")


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadValue(f"{value!r} is not a list of strings")
    return value


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(f"{value!r} is not a table")
    return value


def _flattened(table: dict[str, Any], before: tuple[str, ...]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for name, value in table.items():
        path = (*before, name)
        if isinstance(value, dict):
            yield from _flattened(value, path)
            continue
        dotted = ".".join(path)
        if not all(part.isidentifier() for part in dotted.split(".")):
            raise BadValue(f"{dotted!r} is not a dotted path")
        words = [value] if isinstance(value, str) else _strings(value)
        if not words:
            raise BadValue(f"{dotted!r} names no category")
        yield dotted, tuple(category(word) for word in words)


def _all_rules() -> str:
    return f"a list of rule codes, prefixes of them such as 'PII1', or 'ALL' ({next(iter(RULES))} to {list(RULES)[-1]})"


def _all_regimes() -> str:
    from discreet.catalogue.laws import REGIMES

    return f"one or several of {', '.join(REGIMES)}"


def _all_categories() -> str:
    from discreet.catalogue.categories import categories

    return f"dotted paths with a category, or a list of them ({', '.join(sorted(categories()))}, none)"


KEYS: dict[str, Key] = {
    "select": Key(selectors, _all_rules),
    "ignore": Key(selectors, _all_rules),
    "extend-select": Key(selectors, _all_rules),
    "extend-ignore": Key(selectors, _all_rules),
    "min-confidence": Key(confidence, lambda: ", ".join(CONFIDENCES)),
    "regime": Key(regimes, _all_regimes),
    "exclude": Key(patterns, lambda: "a list of patterns as in .gitignore"),
    "extend-exclude": Key(patterns, lambda: "a list of patterns as in .gitignore"),
    "force-exclude": Key(boolean, lambda: "true, false"),
    "include-tests": Key(boolean, lambda: "true, false"),
    "include-libraries": Key(boolean, lambda: "true, false"),
    "strict": Key(boolean, lambda: "true, false"),
    "jobs": Key(jobs, lambda: "a number from 1, or 'auto'"),
    "cache-dir": Key(place, lambda: "the path of a directory"),
    "python": Key(place, lambda: "the path of an interpreter, a virtual environment or a site-packages directory"),
    "redactor": Key(redactor, lambda: "a function as module:name, such as 'shop.privacy:redact'"),
    "redactors": Key(
        redactors, lambda: "categories, each with a function as module:name, such as 'shop.privacy:mask_email'"
    ),
    "sources": Key(sources, _all_categories),
    "catalogue": Key(places, lambda: "a list of paths of TOML files with rows as in the built-in catalogue"),
    "per-file-ignores": Key(per_file_ignores, lambda: "patterns, each with a list of rule codes or prefixes"),
}
