"""Values that are kept for tests and stories, of the same form as one that is somebody's.

The judges of written data pass over them (:mod:`discreet.catalogue.numbers`, :mod:`discreet.catalogue.contacts`):
numbers that standards print, cards of sandboxes, telephone numbers that a regulator keeps for stories, addresses at a
domain that nobody can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from discreet.catalogue.numbers import SEPARATORS, card_network
from discreet.catalogue.ready import kept_data

MOST = 1_000
"""So many addresses are made up."""
_PLACES = re.compile(r"[^\W_]")


def reserved(raw: str, category: str, said: str) -> Iterator[str]:
    """Reserved values of the form that a text has, written as it is written; none where nobody keeps any.

    Args:
        raw: What is to be replaced.
        category: What it is.
        said: What it was called in the message that reports it: of two numbers of a category it tells which.
    """
    if category == "email":
        yield from (f"user{number}@example.com" for number in ("", *range(2, MOST)))
    elif raw.isascii():
        made = _phones(raw) if category == "phone" else _numbers(raw, category, said)
        yield from filter(None, (_grouped(each, raw) for each in made))


def _grouped(compact: str, raw: str) -> str | None:
    """A number, with the separators of another; ``None`` if they are not as long as each other."""
    places = list(_PLACES.finditer(raw))
    if len(places) != len(compact):
        return None
    written = list(raw)
    for place, character in zip(places, compact, strict=True):
        written[place.start()] = character.lower() if raw[place.start()].islower() else character
    return "".join(written)


# -- numbers -----------------------------------------------------------------------------------------------------------


def _numbers(raw: str, category: str, said: str) -> Iterator[str]:
    """The numbers that are printed somewhere, of the kind and the state that another is of."""
    compact = SEPARATORS.sub("", raw).upper()
    if category == "card_number":
        yield from _cards(compact)
        return
    for module, row in kept_data("identifiers.toml").items():
        if module == "others" or row["category"] != category or row["label"] not in said:
            continue
        for each in row.get("published", ()):
            printed = SEPARATORS.sub("", each).upper()
            is_alike = re.fullmatch(row["form"], printed) is not None and len(printed) == len(compact)
            if is_alike and (module != "iban" or printed[:2] == compact[:2]):
                yield printed


def _cards(compact: str) -> Iterator[str]:
    """Cards of sandboxes, of the network of another."""
    lists: dict[str, str] = kept_data("written.toml")["card"]["published"]
    for each in " ".join(lists.values()).split():
        if len(each) == len(compact) and card_network(each) == card_network(compact):
            yield each


# -- telephones --------------------------------------------------------------------------------------------------------


def _phones(raw: str) -> Iterator[str]:
    """Numbers kept for stories in the country of another, a mobile for a mobile where there are some."""
    import phonenumbers

    digits = SEPARATORS.sub("", raw)
    try:
        parsed = phonenumbers.parse(raw, None if raw.startswith(("+", "(+")) else "US")
    except phonenumbers.NumberParseException:
        return
    national = phonenumbers.national_significant_number(parsed)
    if not digits.endswith(national):
        return
    kept: dict[str, list[str]] = kept_data("written.toml")["phone"]["kept"]
    fitting = [each for each in kept.get(str(parsed.country_code), ()) if len(each) == len(national)]
    before = digits[: -len(national)]
    for form in sorted(fitting, key=lambda each: each[0] != national[0]):
        yield from (before + each for each in _counted(form))


def _counted(form: str) -> Iterator[str]:
    """The numbers of a form, whose last two digits are free: from 23 on, as everybody's example has them."""
    return (form.replace("##", f"{number}") for number in range(23, 100))
