"""How many unnamed steps since the last name are told, and which of them have to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from discreet.flow.results import MAX_TAIL, further, is_reduced

STEPS = st.sampled_from(["*", "[", "@fields", "#1", "~", "!"])


def taken(*steps: str) -> tuple[str, ...]:
    tail: tuple[str, ...] = ()
    for step in steps:
        tail = further(tail, step)
    return tail


@given(st.sampled_from(["#0", "~"]), st.lists(STEPS, max_size=12))
def test_a_part_stays_one_whatever_is_taken_of_it(part: str, steps: list[str]) -> None:
    tail = taken(part, *steps)
    assert len(tail) <= MAX_TAIL
    assert is_reduced("username", "username", tail)


def test_a_piece_of_a_text_is_no_part_of_it() -> None:
    assert not is_reduced("email", "email", taken("/", "#0"))
