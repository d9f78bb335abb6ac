"""What many people have in common: the town they live in, their sex, their age.

Who counts people puts them into groups, and the name of a group is nobody's. That is so of what a group can share only,
and never of a name, a street or a number: a group of those is one person.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from discreet.catalogue.categories import categories
from discreet.catalogue.names import PERSON, judge
from discreet.catalogue.speaking import may_speak
from discreet.catalogue.words import fold, split_name

ALL: Final = "*"
"""Of a category of which every value is many people's."""


@lru_cache(maxsize=1 << 12)
def is_shared(name: str) -> bool:
    """Whether what is called so is many people's: ``city``, ``gender``; not ``address``, nor ``city_manager_name``."""
    rows = categories()
    in_part = _in_part().intersection(map(fold, split_name(name)))
    guess = judge(name, PERSON) if may_speak(name) or in_part else None
    shared = rows[guess.category].shared if guess is not None and guess.category in rows else ()
    return ALL in shared or (bool(in_part) and (guess is None or bool(shared)))


@lru_cache(maxsize=1)
def _in_part() -> frozenset[str]:
    """The words that tell what many share of what else is one person's."""
    return frozenset(map(fold, (word for row in categories().values() for word in row.shared if word != ALL)))
