"""How a class is configured: the keywords of its statement, and pydantic's ``model_config``, which are one thing there.

Both are kept among the constants of the class, under names that no attribute can have.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from discreet.facts.lower.literals import constant_of
from discreet.facts.model import CONFIGURED, CONFIGURED_ELSEWHERE, Constant


def configure(constants: dict[str, Constant], keywords: Sequence[ast.keyword]) -> None:
    """Keep what keywords say; of a ``**`` only that it may say anything."""
    for each in keywords:
        if each.arg is None:
            constants[CONFIGURED_ELSEWHERE] = None
        elif each.arg != "metaclass":
            constants[CONFIGURED + each.arg] = constant_of(each.value)


def configure_model(constants: dict[str, Constant], given: ast.expr | None) -> None:
    """Keep what a ``model_config`` says that is written out, as a call with keywords or as a mapping."""
    if isinstance(given, ast.Call) and not given.args:
        configure(constants, given.keywords)
    elif isinstance(given, ast.Dict):
        for key, value in zip(given.keys, given.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                constants[CONFIGURED + key.value] = constant_of(value)
            else:
                constants[CONFIGURED_ELSEWHERE] = None
    else:
        constants[CONFIGURED_ELSEWHERE] = None
