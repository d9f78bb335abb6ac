"""Why ``discreet check`` does not show a finding: everything that stands in its way, in words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from discreet.facts.model import Span
from discreet.flow.result import Place
from discreet.flow.whynot.answer import PLACE, Stop
from discreet.project.config import Config
from discreet.project.selection import Selection, matched_by, selection_of
from discreet.project.silencing import IDLE, text_of
from discreet.project.suppress import NOQA, Suppressions
from discreet.rules.finding import CONFIDENCES, VENDORED, Finding
from discreet.rules.registry import RULES

EXCLUDED = Stop(
    "excluded",
    "excluded file: `exclude`, `extend-exclude` or a .gitignore leaves it out",
    "name the file itself: discreet check FILE",
)


class Hiding:
    """Knows what hides findings in a run.

    Args:
        config: the configuration of the run.
        content: gives a file's bytes by its path.
    """

    def __init__(self, config: Config, content: Callable[[str], bytes]) -> None:
        self._selection: Selection = selection_of(config)
        self._ignored_in = matched_by(config.per_file_ignores) if config.per_file_ignores else None
        self._content = content

    def reasons(self, finding: Finding) -> tuple[Stop, ...]:
        """Why the finding is not shown; nothing if it is."""
        found = [*self._unselected(finding)]
        suppressed = self._suppressed(finding)
        return (*found, suppressed) if suppressed is not None else tuple(found)

    def _unselected(self, finding: Finding) -> Iterator[Stop]:
        selection, code = self._selection, finding.code
        if code not in selection.codes:
            off = code in RULES and not RULES[code].default
            if off:
                yield Stop("rule-off", f"rule {code} is off (--extend-select {code})")
            else:
                yield Stop("rule-off", f"rule {code} is left out by `select` or `ignore`")
        if CONFIDENCES.index(finding.confidence) < CONFIDENCES.index(selection.min_confidence):
            words = f"a guess of {finding.confidence} confidence: shown with --min-confidence {finding.confidence}"
            yield Stop("low-confidence", words)
        if finding.held_back and not selection.place_wanted(finding):
            option = "--include-libraries" if finding.held_back.startswith(VENDORED) else "--include-tests"
            yield Stop("held-back", f"held back: {finding.held_back} ({option})")
        if not selection.is_covered(finding):
            yield Stop("regime", f"none of its categories is covered by the regime ({', '.join(selection.regime)})")
        if self._ignored_in is not None and code in self._ignored_in(finding.path):
            yield Stop("rule-off", f"rule {code} is off in this file (per-file-ignores)")

    def _suppressed(self, finding: Finding) -> Stop | None:
        if finding.code == IDLE:
            return None
        try:
            text = text_of(finding.path, self._content(finding.path))
        except (OSError, KeyError):
            return None
        found = Suppressions(text).silencing(finding.code, finding.line)
        if found is None:
            return None
        if found.first == 1 and not found.is_comment and found.reason.startswith("the whole file"):
            return Stop("suppressed", f"suppressed: {found.reason}")
        lines = io.StringIO(text, newline=None).read().split("\n")
        line = next((n for n in range(found.first, found.last + 1) if NOQA.search(lines[n - 1])), finding.line)
        reason = f" -- {found.reason}" if found.reason else ""
        place = Place(finding.path, Span(line, 1, line, 1))
        return Stop("suppressed", f"suppressed by the noqa at {PLACE}{reason}", place=place)
