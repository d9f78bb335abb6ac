"""The oracle as the engine sees it: questions in, answers out, remembered; a helper process behind it.

Answers are a function of the environment and the question. What bounds them is counted, not timed
(:mod:`discreet.oracle.budget`), so that they are the same on every machine. Time is the last resort: when it runs out,
the answer is "unknown" for this run only, it is never handed to a cache, and :meth:`LibraryOracle.said` tells.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.machinery
import importlib.metadata
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any, NamedTuple

from discreet.oracle.environment import NOWHERE, Environment
from discreet.oracle.locate import Locator

FORMAT = 2
"""Raised when answers are made or written differently: old ones are then not believed."""
START_SECONDS = 60.0
MAX_NAME = 250
MAX_SOURCE = 600_000
BOOT = """\
import json, sys
settings = json.loads(sys.stdin.readline())
sys.path += settings["folders"]
from discreet.oracle.helper import main
main(settings)
"""


class Limits(NamedTuple):
    """What a question, and all of them together, may cost. The first five are work, the others time."""

    steps: int = 20_000  # inferences a question
    modules: int = 300  # modules a question may look into
    source_bytes: int = 8_000_000  # and their size
    questions: int = 4_000  # a run; answers from the cache don't count
    restarts: int = 3
    question_seconds: float = 30.0
    total_seconds: float = 300.0


LIMITS = Limits()


class LibraryOracle:
    """Asks astroid about the libraries of an environment. Close it, or use it in a ``with`` statement."""

    def __init__(self, environment: Environment = NOWHERE, limits: Limits = LIMITS) -> None:
        self.environment = environment
        self.limits = limits
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0
        self._answers: dict[str, tuple[str, ...]] = {}
        self._passing: set[str] = set()
        self._helper: _Helper | None = None
        self._starts = 0
        self._digest = ""
        self._sites = Locator(environment.sites)

    def returned(self, dotted: str) -> tuple[str, ...]:
        """See :class:`discreet.flow.asking.Oracle`."""
        return self._ask("returned", dotted)

    def bases(self, dotted: str) -> tuple[str, ...]:
        """See :class:`discreet.flow.asking.Oracle`."""
        return self._ask("bases", dotted)

    def attribute(self, cls: str, name: str) -> tuple[str, ...]:
        """See :class:`discreet.flow.asking.Oracle`."""
        return self._ask("attribute", cls, name)

    def denotes(self, dotted: str) -> tuple[str, ...]:
        """See :class:`discreet.flow.asking.Oracle`."""
        return self._ask("denotes", dotted)

    def source(self, module: str) -> tuple[str, bytes, bool] | None:
        """See :class:`discreet.flow.asking.Oracle`."""
        found = self._sites.find(module) if _is_askable(module) else None
        if found is None or not found.path.endswith(".py"):
            return None
        try:
            with open(found.path, "rb") as stream:
                data = stream.read(MAX_SOURCE + 1)
        except OSError:
            return None
        if len(data) > MAX_SOURCE:
            return None
        self.counts["read"] += 1
        return f"{module.replace('.', '/')}.py", data, os.path.basename(found.path) == "__init__.py"

    # -- keeping ------------------------------------------------------------------------------------------------

    @property
    def digest(self) -> str:
        """What all answers depend on beside the question; answers kept under another digest must not be loaded."""
        if not self._digest:
            versions = (FORMAT, sys.version_info[:3], importlib.metadata.version("astroid"), self.limits[:3])
            self._digest = hashlib.sha256(f"{versions} {self.environment.digest()}".encode()).hexdigest()
        return self._digest

    def load(self, answers: Mapping[str, list[str] | tuple[str, ...]]) -> None:
        """Believe what :meth:`dump` gave under the same :attr:`digest`."""
        for key, answer in answers.items():
            self._answers.setdefault(key, tuple(answer))

    def dump(self) -> dict[str, list[str]]:
        """The answers worth keeping: none that time cut short, none from sources that are being edited."""
        return {key: list(answer) for key, answer in self._answers.items() if key not in self._passing}

    @property
    def lasts(self) -> bool:
        """Whether all answers hold for as long as the digest does: none was cut short by time, or came from sources
        outside ``site-packages``, whose changes the digest does not see.
        """
        return not (self._passing or any(self.counts[key] for key in ("late", "crashed", "unasked")))

    def said(self) -> list[str]:
        """What the user should know: each bound that was hit, a line each."""
        lines = {
            "late": "took too long and count as unknown: another run may answer them",
            "crashed": "made astroid crash and count as unknown",
            "unasked": "were not asked any more: the oracle's time, restarts or questions had run out",
            "bound": "needed more work than a question may cause and count as unknown",
        }
        return [f"oracle: {self.counts[key]} questions {text}" for key, text in lines.items() if self.counts[key]]

    # -- asking -------------------------------------------------------------------------------------------------

    def _ask(self, *question: str) -> tuple[str, ...]:
        key = " ".join(question)
        known = self._answers.get(key)
        if known is not None:
            return known
        if not all(map(_is_askable, question)) or not self.environment.has(question[1].partition(".")[0]):
            return ()
        answer = self._fresh(question, key)
        self._answers[key] = answer
        return answer

    def _fresh(self, question: tuple[str, ...], key: str) -> tuple[str, ...]:
        started = time.monotonic()
        told = self._told(question)
        self.seconds += time.monotonic() - started
        for word in ("late", "crashed", "unasked", "bound", "failed"):
            self.counts[word] += word in told
        if told.get("linked") or {"late", "crashed", "unasked"} & told.keys():
            self._passing.add(key)
        return tuple(told.get("answer", ()))

    def _told(self, question: tuple[str, ...]) -> dict[str, Any]:
        limits = self.limits
        if self.seconds > limits.total_seconds or self.counts["asked"] >= limits.questions:
            return {"unasked": True}
        if self._helper is None:
            if self._starts > limits.restarts:
                return {"unasked": True}
            self._starts += 1
            self._helper = _Helper(self.environment, limits)
            if self._helper.receive(START_SECONDS):  # the greeting is empty
                self.close()
                return {"crashed": True}
        self.counts["asked"] += 1
        told = self._helper.ask(question, limits.question_seconds)
        if {"late", "crashed"} & told.keys():
            self.close()
        return told

    def close(self) -> None:
        """End the helper process; it starts again when something is asked."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def __enter__(self) -> LibraryOracle:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Helper:
    """The process that knows astroid."""

    def __init__(self, environment: Environment, limits: Limits) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # never a traceback of somebody else's code
            encoding="utf-8",
            cwd=os.path.dirname(os.path.abspath(__file__)),
        )
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()
        ours = trusted()
        settings = {
            "trusted": ours,
            "folders": list(dict.fromkeys(map(os.path.dirname, ours))),
            "roots": environment.roots,
            "linked": environment.linked,
            "steps": limits.steps,
            "modules": limits.modules,
            "source_bytes": limits.source_bytes,
        }
        self._send(settings)

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)
        self._lines.put("")

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it may be gone: receiving will tell
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()

    def ask(self, question: tuple[str, ...], seconds: float) -> dict[str, Any]:
        """Put a question and wait for the answer."""
        self._send(question)
        return self.receive(seconds)

    def receive(self, seconds: float) -> dict[str, Any]:
        """The next answer, or why there is none."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return {"late": True}
        told = json.loads(line) if line else {"crashed": True}
        return told if isinstance(told, dict) else {"crashed": True}

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def trusted() -> list[str]:
    """Where discreet itself, astroid and what astroid needs lie: the packages' directories, or files.

    The current directory is left out although Python may search it (``python -m``): it is, as a rule, the project.
    """
    here = os.path.realpath(os.getcwd())
    searched = [each for each in sys.path if each and os.path.realpath(each) != here]
    found = [os.path.dirname(os.path.dirname(os.path.realpath(__file__)))]
    for name in ("astroid", "typing_extensions"):
        spec = importlib.machinery.PathFinder.find_spec(name, searched)
        if spec is not None and spec.origin is not None:
            origin = os.path.realpath(spec.origin)
            found.append(os.path.dirname(origin) if spec.submodule_search_locations else origin)
    return found


def _is_askable(name: str) -> bool:
    return len(name) <= MAX_NAME and all(part.isidentifier() for part in name.split("."))
