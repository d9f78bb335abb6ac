"""Whom people's data are handed to: services by their own libraries, called as their documentation shows.

``fixtures/recipients`` has a function for each, written before anybody looked whether the catalogue knows it. Most of
these rules are off by default, so all are asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.test_fixtures import FIXTURES, Project, difference, read

from discreet.facts.extraction import extract
from discreet.rules import Settings, findings

RECIPIENTS = FIXTURES / "recipients"


@pytest.mark.parametrize("file", sorted(RECIPIENTS.glob("*.py")), ids=lambda file: file.stem)
def test_every_service_is_known_by_its_library(file: Path) -> None:
    expectations = read(Project(file.stem, RECIPIENTS, (Path(file.name),)))
    text = expectations.blanked[Path(file.name)]
    facts = extract(file.name, text.encode(), module=file.stem, is_package=False)
    got = {(each.path, each.line, each.code): frozenset(each.categories) for each in findings([facts], Settings())}
    said = difference(expectations.wanted, got, expectations.blanked)
    assert not said, "\n".join([f"{len(said)} differences", *said])
