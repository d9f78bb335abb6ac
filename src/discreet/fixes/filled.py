"""Whether a log call's placeholders fit its values: looked at once more in the new text, whoever made it."""

from __future__ import annotations

import ast

from discreet.fixes import placeholders
from discreet.fixes.placeholders import Asked

MISFIT = "it could not be proved: the placeholders would not fit the values"


def is_filled(text: str, *, first: int, in_braces: bool) -> bool | None:
    """Whether the template of a call has a value for every placeholder, and a placeholder for every value in order.

    Args:
        text: The call.
        first: The position of the template.
        in_braces: Whether its placeholders are ``{}``.

    Returns:
        ``None`` where that can't be told: the template is not in sight, or values are handed over as a whole.
    """
    call = ast.parse(f"(\n{text}\n)", mode="eval").body
    if not isinstance(call, ast.Call) or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    template, values = call.args[first : first + 1], call.args[first + 1 :]
    names = [each.arg for each in call.keywords]
    if not template or None in names:
        return None
    message = template[0].value if isinstance(template[0], ast.Constant) else None
    if not isinstance(message, str):
        return None
    if not values and not (in_braces and names):
        return True  # it is no template
    asked = placeholders.braces(message) if in_braces else placeholders.percent(message)
    return _fits(asked, values, names, in_braces) if asked is not None else None


def _fits(asked: Asked, values: list[ast.expr], names: list[str | None], in_braces: bool) -> bool | None:
    if in_braces:
        return len(asked.ordered) <= len(values) and set(asked.named) <= set(names)
    if not asked.named:
        return len(asked.ordered) == len(values)
    if len(values) != 1 or not isinstance(values[0], ast.Dict):
        return None
    return set(asked.named) <= {each.value for each in values[0].keys if isinstance(each, ast.Constant)}
