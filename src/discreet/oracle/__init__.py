"""The oracle: what libraries' callables are, found by astroid in the sources of the analysed project's environment.

Nothing of the project or of a library is ever imported. ``open_oracle`` gives an object that fits the protocol
:class:`discreet.flow.asking.Oracle`; importing this package imports neither astroid nor anything else of weight.
"""

from __future__ import annotations

from pathlib import Path

from discreet.oracle.client import LIMITS, LibraryOracle, Limits
from discreet.oracle.environment import NOWHERE, Environment, NoEnvironment, find_environment

__all__ = ["Environment", "LibraryOracle", "Limits", "NoEnvironment", "open_oracle"]


def open_oracle(python: Path | None = None, limits: Limits = LIMITS) -> LibraryOracle:
    """The oracle for the environment ``python`` names: an interpreter, a virtual environment, ``site-packages``.

    Without one, it answers for the standard library only, since discreet's own environment says nothing of the
    project's. Raises :class:`NoEnvironment`, whose message is for the user, where there is none at that path.
    """
    return LibraryOracle(find_environment(python) if python is not None else NOWHERE, limits)
