"""How severe a finding is: the table is whole, it goes one way, and what it says is what a reviewer would."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.catalogue.categories import HARMS, categories
from discreet.catalogue.laws import REGARDS, REGIMES, Regime
from discreet.rules.finding import Confidence, KnownBy, Severity
from discreet.rules.rule import SinkKind
from discreet.rules.severity import SEVERITIES, severity, table

FAR_TO_NEAR = ("abroad", "shared", "near")


def test_every_kind_of_sink_and_every_harm_stands_in_the_table_once() -> None:
    rules = table()
    kinds = [kind for kinds in rules.reach.values() for kind in kinds]
    assert sorted(kinds) == sorted((*get_args(SinkKind), "interface"))
    assert tuple(rules.reach) == tuple(rules.about) == tuple(rules.severity) == FAR_TO_NEAR
    for row in rules.severity.values():
        assert tuple(row) == HARMS
    assert rules.known.keys() == {*get_args(KnownBy), "guess"}
    assert rules.regime.keys() < set(REGARDS)


def test_worse_data_and_a_farther_sink_are_never_less_severe() -> None:
    rules = table().severity
    for reach in FAR_TO_NEAR:
        row = [SEVERITIES.index(rules[reach][harm]) for harm in HARMS]
        assert row == sorted(row)
    for harm in HARMS:
        column = [SEVERITIES.index(rules[reach][harm]) for reach in FAR_TO_NEAR]
        assert column == sorted(column)


@pytest.mark.parametrize(
    ("keys", "kind", "known_by", "confidence", "expected"),
    [
        ("national_id", "log", "name", "medium", "high"),
        ("health", "llm", "type", "high", "high"),
        ("email", "log", "name", "medium", "medium"),
        ("email", "log", "mark", "high", "medium"),
        ("email", "analytics", "name", "medium", "high"),
        ("email national_id", "log", "name", "medium", "high"),
        ("age", "log", "name", "medium", "low"),
        ("age", "http", "name", "medium", "medium"),
        ("ip_address", "telemetry", "name", "medium", "low"),
        ("email", "interface", "name", "medium", "low"),
        ("password", "interface", "name", "medium", "medium"),
        ("email", "message", "type", "high", "low"),
        ("email", "repr", "type", "high", "low"),
        ("national_id", "log", "name", "low", "medium"),
        ("email", "log", "name", "low", "low"),
        ("age", "log", "name", "low", "low"),
    ],
)
def test_what_a_reviewer_would_say(
    keys: str, kind: str, known_by: KnownBy, confidence: Confidence, expected: Severity
) -> None:
    assert severity(keys.split(), kind, known_by, confidence) == expected


def test_a_law_can_raise_it() -> None:
    assert severity(("ip_address",), "log", "name", "medium", ("hipaa",)) == "medium"
    assert severity(("location",), "log", "name", "medium", ("ccpa",)) == "high"
    assert severity(("location",), "log", "name", "medium", ("gdpr",)) == "medium"
    assert severity(("location",), "log", "name", "medium", ("gdpr", "pipl")) == "high"
    assert severity(("nationality",), "log", "name", "medium", ("ccpa",)) == "high"


KEYS = st.lists(st.sampled_from(sorted(categories())), min_size=1, max_size=4)


@given(
    KEYS,
    KEYS,
    st.sampled_from((*get_args(SinkKind), "interface")),
    st.sampled_from(get_args(KnownBy)),
    st.sampled_from(get_args(Confidence)),
    st.lists(st.sampled_from(REGIMES), unique=True),
)
def test_neither_a_law_nor_further_data_makes_a_leak_milder(
    keys: list[str], more: list[str], kind: str, known_by: KnownBy, confidence: Confidence, regimes: list[Regime]
) -> None:
    plain = SEVERITIES.index(severity(keys, kind, known_by, confidence))
    assert SEVERITIES.index(severity(keys, kind, known_by, confidence, regimes)) <= plain
    assert SEVERITIES.index(severity([*keys, *more], kind, known_by, confidence)) <= plain
    assert severity(keys[::-1], kind, known_by, confidence) == severity(keys, kind, known_by, confidence)
