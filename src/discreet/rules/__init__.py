"""Rules: from flows to findings. One finding a sink call, with all its categories, the strongest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discreet.rules.finding import Finding
    from discreet.rules.telling import Settings, findings, told

__all__ = ["Finding", "Settings", "findings", "told"]


def __getattr__(name: str) -> Any:
    """The engine is imported when somebody asks for it: a run that knows its answer, and a list of rules, do not."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from discreet.rules import telling

    return getattr(telling, name)
