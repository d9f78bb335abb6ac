"""One file in the middle of its project: its own facts fresh, the others' as the last run left them in the cache.

So an editor sees flows that cross files, at the cost of one file. Where there is no cache, the file is all there is.
"""

from __future__ import annotations

import os
from pathlib import Path

from discreet.facts.model import ModuleFacts, Outline
from discreet.facts.outline import outline_of
from discreet.flow.library import Library, encoded
from discreet.flow.solver import Solver
from discreet.project.cache import Cache, directory_of
from discreet.project.config import Config
from discreet.project.gathering import Content, entries
from discreet.rules.finding import Finding
from discreet.rules.telling import Settings, findings, told


class Around:
    """The project around the files that are checked one by one."""

    def __init__(self, config: Config, settings: Settings) -> None:
        self._settings = settings
        self._outlines: dict[str, Outline] = {}
        self._solver: Solver | None = None
        directory = directory_of(config.root, config.cache_dir)
        if os.path.isdir(directory):
            self._recall(directory)

    def _recall(self, directory: Path) -> None:
        cache = Cache.open(directory)
        self._content = Content(cache)
        for entry in entries(cache):
            if entry.outline is not None:
                self._outlines[entry.path] = entry.outline
                self._content.know(entry.outline.module, entry.key, None)

    def findings(self, facts: ModuleFacts) -> list[Finding]:
        """What a file lets out, or hands to others that do."""
        if self._outlines:
            try:
                return self._among_others(facts)
            except KeyError:  # the cache has lost something on the way
                self._outlines = {}
        return list(findings([facts], self._settings))

    def _among_others(self, facts: ModuleFacts) -> list[Finding]:
        outline = outline_of(facts)
        known = self._outlines.get(facts.path)
        if known is not None and known.module != facts.module:
            raise KeyError(facts.module)  # the run knew the file by another name, as the other files do
        self._content.know(facts.module, b"", None)
        self._content.add(facts.module, encoded(facts))
        if self._solver is None or outline != known:
            self._outlines[facts.path] = outline
            self._solver = Solver(
                Library(self._outlines.values(), self._content), self._settings.sources, self._settings.rows
            )
        else:
            self._solver.program.forget(facts.module)
        flows = self._solver.solve((facts.module,)).flows
        return told(flows, [outline], self._settings, self._outlines.values())
