"""Into which groups the modules of a program go."""

from __future__ import annotations

from collections.abc import Sequence

from discreet.facts.model import Outline
from discreet.flow.library import Library
from discreet.flow.solver import FULL, GROUP, groups

NAMES = tuple(f"module_{number:04d}" for number in range(0, 4000, 2))


def grouped(names: Sequence[str]) -> list[tuple[str, ...]]:
    return list(groups(Library([Outline(f"{name}.py", name, False, False, (), {}, (), (), ()) for name in names], {})))


def test_each_module_is_in_one_group_beside_its_neighbours() -> None:
    assert [module for group in grouped(NAMES) for module in group] == list(NAMES)


def test_groups_are_about_as_large_as_one_another() -> None:
    *all_but_the_last, last = map(len, grouped(NAMES))
    assert all(FULL <= size <= GROUP for size in all_but_the_last)
    assert last <= GROUP


def test_a_file_that_comes_or_goes_changes_few_groups() -> None:
    before = set(grouped(NAMES))
    changed = []
    for at in range(0, len(NAMES), 50):
        come = (*NAMES[:at], f"{NAMES[at]}_too", *NAMES[at:])
        gone = (*NAMES[:at], *NAMES[at + 1 :])
        changed += [len(before - set(grouped(names))) for names in (come, gone)]
    assert sorted(changed)[len(changed) // 2] <= 2
    assert max(changed) <= 8


def test_the_path_of_a_module_decides_and_not_what_stands_before_it() -> None:
    """All groups after the first few are the same, wherever the program begins."""
    before = grouped(NAMES)
    assert set(before[8:]) <= set(grouped(NAMES[30:]))
