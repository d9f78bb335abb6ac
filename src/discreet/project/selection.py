"""Which findings are shown: the rules that are on, the confidence asked for, and the places left out.

Selectors work as ruff's do. A longer one beats a shorter one, whatever the order: ``--select PII1
--ignore PII102 --extend-select PII1`` leaves PII102 out. Of two that are equally long, *ignore* wins.
The bare ``PII`` stands for the rules that are on by default, because that is what ``flake8 --select PII``
is typed for; ``ALL`` and every longer prefix stand for all the rules they cover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discreet.project.config import Config
from discreet.rules.finding import CONFIDENCES, VENDORED, Confidence, Finding
from discreet.rules.registry import RULES

if TYPE_CHECKING:
    from discreet.catalogue.laws import Regime

FAMILY = "PII"
TEST_FILE = "test"
UNCHECKED = frozenset({"PII904", "PII905"})
"""Files that were not checked: said whatever is selected, until someone ignores it on purpose."""


@dataclass(frozen=True)
class Selection:
    """The rules that are on (``codes``), those of them named in full (``exact``), and the other limits.

    ``wanted`` and ``unwanted`` are categories: with ``wanted``, a finding must have one of them; a finding
    whose categories are all ``unwanted`` is dropped. ``regime`` holds laws: with one, a finding must have a category
    that one of them speaks of. Findings about marks and files have no category and stay.
    """

    codes: frozenset[str]
    exact: frozenset[str] = frozenset()
    min_confidence: Confidence = "low"
    include_tests: bool = False
    include_libraries: bool = False
    wanted: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    regime: tuple[Regime, ...] = ()

    def shows(self, finding: Finding) -> bool:
        """Whether the finding is one that was asked for."""
        return (
            finding.code in self.codes
            and CONFIDENCES.index(finding.confidence) >= CONFIDENCES.index(self.min_confidence)
            and self.place_wanted(finding)
            and self._categories_wanted(finding)
        )

    def place_wanted(self, finding: Finding) -> bool:
        """Whether what stands where the finding does was asked for."""
        if not finding.held_back or finding.code in self.exact:
            return True
        if finding.held_back.startswith(VENDORED):
            return self.include_libraries
        return self.include_tests and finding.held_back.startswith(TEST_FILE)

    def _categories_wanted(self, finding: Finding) -> bool:
        categories = frozenset(finding.categories)
        if not categories:
            return True
        if self.wanted and not categories & self.wanted:
            return False
        return not categories <= self.unwanted and self.is_covered(finding)

    def is_covered(self, finding: Finding) -> bool:
        """Whether any of the laws speaks of what the finding is about, or none was named."""
        if not self.regime or not finding.categories:
            return True
        from discreet.catalogue.laws import regard_of

        return regard_of(finding.categories, self.regime) != "none"


def selection_of(config: Config) -> Selection:
    """What a configuration selects."""
    return Selection(
        codes=selected_codes(config.select, config.ignore, config.extend_select, config.extend_ignore),
        exact=frozenset({*(config.select or ()), *config.extend_select}) & RULES.keys(),
        min_confidence=config.min_confidence,
        include_tests=config.include_tests,
        include_libraries=config.include_libraries,
        regime=config.regime,
    )


def selected_codes(
    select: Iterable[str] | None,
    ignore: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    extend_ignore: Iterable[str] = (),
) -> frozenset[str]:
    """The codes that are on. ``select`` of ``None`` means those on by default."""
    adding = [*(select if select is not None else (FAMILY,)), *extend_select]
    removing = [*ignore, *extend_ignore]
    codes = set(UNCHECKED)
    for length in sorted({_specificity(selector) for selector in (*adding, *removing)}):
        for selector in adding:
            if _specificity(selector) == length:
                codes |= _added_by(selector)
        for selector in removing:
            if _specificity(selector) == length:
                codes -= _covered_by(selector)
    return frozenset(codes)


def matched_by(patterns: Mapping[str, tuple[str, ...]]) -> Callable[[str], frozenset[str]]:
    """A function from a path (relative to the root) to the codes that ``per-file-ignores`` turns off there."""
    import pathspec

    specs = [
        (pathspec.GitIgnoreSpec.from_lines([pattern]), frozenset().union(*map(_covered_by, selectors)))
        for pattern, selectors in patterns.items()
    ]

    def ignored(path: str) -> frozenset[str]:
        return frozenset().union(*(codes for spec, codes in specs if spec.match_file(path)))

    return ignored


def _specificity(selector: str) -> int:
    return 0 if selector == "ALL" else len(selector)


def _added_by(selector: str) -> frozenset[str]:
    covered = _covered_by(selector)
    if selector != "ALL" and FAMILY.startswith(selector):
        return frozenset(code for code in covered if RULES[code].default)
    return covered


def _covered_by(selector: str) -> frozenset[str]:
    return frozenset(code for code in RULES if selector == "ALL" or code.startswith(selector))
