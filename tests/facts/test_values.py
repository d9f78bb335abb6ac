"""The algebra of values: what a join of branches holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.facts.model import Part, Span
from discreet.facts.values import join, key_of, whose

PARTS = st.builds(
    Part,
    root=st.sampled_from(["p0", "c1", "g:app.x"]),
    access=st.sampled_from([(), (".email",)]),
    path=st.sampled_from([(), ("[to",)]),
    span=st.builds(lambda line: Span(line, 1, line, 2), st.integers(1, 3)),
)
VALUES = st.lists(PARTS, max_size=5).map(tuple)


@given(st.lists(VALUES, max_size=4))
def test_a_join_holds_each_part_once_in_the_order_of_its_first_appearance(values: list[tuple[Part, ...]]) -> None:
    every = [part for value in values for part in value]
    wanted = list(dict.fromkeys(map(key_of, every)))
    joined = join(*values)
    if len([value for value in values if value]) > 1:
        assert [key_of(part) for part in joined] == wanted
    assert {key_of(part) for part in joined} == set(wanted)


@given(VALUES, VALUES)
def test_what_is_in_a_value_already_changes_nothing(one: tuple[Part, ...], other: tuple[Part, ...]) -> None:
    joined = join(one, other)
    assert join(joined, joined) == joined or not (one and other)
    if one and other:
        assert join(joined, other) is joined


@pytest.mark.parametrize(("hint", "said"), [("patient", "name_of_patient"), ("boss", "name_of_boss"), ("patients", "")])
def test_whose_something_is_says_the_name_of_one(hint: str, said: str) -> None:
    assert whose(hint, ".name") == said
