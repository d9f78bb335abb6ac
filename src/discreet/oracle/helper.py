"""The oracle's own process: reads questions, writes answers, a line of JSON each.

It is started by :mod:`discreet.oracle.client` with ``-I -S``: no site-packages, no ``sitecustomize``, no environment
variables, not the current directory. What astroid needs is imported, then everything is locked, and only then the first
question is read. A process of its own keeps astroid's memory out of discreet's, survives what crashes it, and can be
killed when a question takes too long.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import sys
import sysconfig
import threading
import warnings
from typing import Any

STACK_BYTES = 256 * 1024 * 1024
RECURSION = 4_000


def main(settings: dict[str, Any]) -> None:
    """Answer until there are no more questions."""
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK_BYTES)  # astroid recurses deeply, and deep C stacks crash
    thread = threading.Thread(target=_serve, args=(settings,))
    thread.start()
    thread.join()


def standard_library() -> tuple[str, ...]:
    """The directories of the standard library: that of the Python that runs discreet."""
    return tuple(dict.fromkeys(os.path.realpath(sysconfig.get_path(key)) for key in ("stdlib", "platstdlib")))


def _serve(settings: dict[str, Any]) -> None:
    warnings.simplefilter("ignore")  # what libraries' sources would be warned about is not ours to say
    _load()
    from discreet.oracle.answers import Answers
    from discreet.oracle.budget import Budget
    from discreet.oracle.building import Library
    from discreet.oracle.locate import Locator
    from discreet.oracle.lockdown import lock

    standard = standard_library()
    sys.path[:] = standard
    budget = Budget(settings["steps"], settings["modules"], settings["source_bytes"])
    library = Library(Locator((*standard, *settings["roots"])), budget)
    lock(tuple(settings["trusted"]))
    gc.freeze()
    answers = Answers(library)
    linked = tuple(os.path.join(each, "") for each in settings["linked"])
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(answers, json.loads(line), linked)) + "\n")
        sys.stdout.flush()


def _load() -> None:
    """Import all of astroid now: later, nothing can be."""
    import astroid  # type: ignore[import-untyped]

    for module in pkgutil.walk_packages(astroid.__path__, "astroid."):
        if not module.name.endswith(("__main__", "test_utils")):
            with contextlib.suppress(Exception):  # some are for other Pythons, and say so when they are imported
                importlib.import_module(module.name)


def _answer(answers: Any, question: list[str], linked: tuple[str, ...]) -> dict[str, Any]:
    from discreet.oracle.budget import Exhausted

    answers.library.begin()
    told: dict[str, Any] = {"answer": []}
    try:
        told["answer"] = answers.ask(*question)
    except Exhausted as error:
        told["bound"] = str(error)
    except Exception as error:  # whatever astroid stumbles over: unknown, and counted
        told["failed"] = type(error).__name__
    told["linked"] = bool(linked) and answers.library.looked_below(linked)
    return told
