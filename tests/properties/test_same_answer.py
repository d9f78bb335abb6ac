"""Same input, same answer: whatever the hash seed, the order of the files, the run, or the way facts were stored."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SEEDS = ("0", "1", "20260101", "4294967295")
STEADY = settings(derandomize=True, database=None, max_examples=60)

CHECK = """
import sys
from discreet.cli import status_of

for path in sys.argv[1:]:
    status_of(("check", path, "--isolated", "--select", "ALL", "--output-format", "jsonl", "--show-suppressed", "-q"))
    status_of(("check", path, "--isolated", "--select", "ALL", "--output-format", "full", "--statistics", "-q"))
    sys.stdout.flush()
"""


@pytest.fixture(scope="module")
def said_with_seed_zero() -> bytes:
    return said("0", *everything())


def everything() -> list[str]:
    return [directory.name for directory in sorted(FIXTURES.iterdir()) if directory.is_dir()]


def said(seed: str, *paths: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, *paths],
        capture_output=True,
        check=False,
        cwd=FIXTURES,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert b"PII101" in done.stdout
    return done.stdout


@pytest.mark.parametrize("seed", SEEDS[1:])
def test_the_hash_seed_changes_nothing(seed: str, said_with_seed_zero: bytes) -> None:
    assert said(seed, *everything()) == said_with_seed_zero


def test_the_order_of_the_paths_changes_nothing(discreet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    files = [path.relative_to(FIXTURES).as_posix() for path in sorted((FIXTURES / "shop").rglob("*.py"))]
    plain = ("--isolated", "--output-format", "jsonl", "-q")
    asked = discreet("check", *files, *plain)
    assert asked.status == 1
    assert discreet("check", *reversed(files), *plain) == asked
    assert discreet("check", *files[3:], *files, *files[:3], *plain) == asked
    assert discreet("check", "shop", *plain) == asked


@STEADY
@given(st.data())
def test_the_order_of_the_modules_changes_nothing(programs: list[Any], pipeline: Any, data: st.DataObject) -> None:
    program = data.draw(st.sampled_from([each for each in programs if len(each.files) > 1]), "program")
    paths = data.draw(st.permutations(list(program.files)), "order")
    other = {path: program.files[path] for path in paths}
    assert pipeline.findings(other) == pipeline.findings(program.files)


@STEADY
@given(st.data())
def test_modules_that_have_nothing_to_do_with_it_change_nothing(
    programs: list[Any], pipeline: Any, data: st.DataObject
) -> None:
    """Two programs side by side leak what each leaks by itself: their modules and classes have other names."""
    singles = st.sampled_from([each for each in programs if len(each.files) == 1 and each.name.startswith("clean/")])
    one, other = data.draw(singles, "one"), data.draw(singles, "other")
    together = pipeline.findings({**one.files, **other.files})
    apart = [each for program in dict.fromkeys((one.name, other.name)) for each in pipeline.findings(
        one.files if program == one.name else other.files)]  # fmt: skip
    assert sorted(map(repr, together)) == sorted(map(repr, apart))


def test_a_second_time_changes_nothing(programs: list[Any], pipeline: Any) -> None:
    first = {program.name: pipeline.findings(program.files, fresh=True) for program in programs}
    again = {program.name: pipeline.findings(program.files, fresh=True) for program in reversed(programs)}
    assert {name: again[name] for name in first} == first


def test_linking_leaves_the_facts_alone(programs: list[Any], pipeline: Any) -> None:
    """The facts of one file are used by many runs: a run may not write into them."""
    for program in programs:
        facts = pipeline.all_facts(program.files, fresh=True)
        before = [stored(each) for each in facts]
        found = pipeline.linked(facts)
        assert [stored(each) for each in facts] == before, program.name
        assert pipeline.linked(facts) == found, program.name


def stored(facts: Any) -> bytes:
    return msgspec.msgpack.encode(facts, order="deterministic")


@pytest.mark.parametrize("form", ["msgpack", "json"])
def test_facts_survive_being_stored(form: str, programs: list[Any], pipeline: Any) -> None:
    """Decoded facts are the same facts and tell the same: nothing is held in them but what is written there."""
    from discreet.facts.extraction import ModuleFacts

    coder: Any = getattr(msgspec, form)
    for program in programs:
        facts = pipeline.all_facts(program.files)
        decoded = [coder.decode(coder.encode(each), type=ModuleFacts) for each in facts]
        assert decoded == facts, program.name
        assert [stored(each) for each in decoded] == [stored(each) for each in facts], program.name
        assert pipeline.linked(decoded) == pipeline.linked(facts), program.name


BUILT_IN = (str, int, float, bool, type(None))


def strange(value: object) -> list[str]:
    """What a value holds that is neither a struct of ours nor plain data."""
    if isinstance(value, msgspec.Struct):
        return [each for name in value.__struct_fields__ for each in strange(getattr(value, name))]
    if isinstance(value, tuple | list | frozenset):
        return [found for each in value for found in strange(each)]
    if isinstance(value, dict):
        return [found for pair in value.items() for each in pair for found in strange(each)]
    return [] if type(value) in BUILT_IN else [f"{type(value).__name__}: {value!r}"]


def test_facts_hold_plain_data_only(programs: list[Any], pipeline: Any) -> None:
    for program in programs:
        assert [each for facts in pipeline.all_facts(program.files) for each in strange(facts)] == [], program.name


CONSTANTS = ["1", "-1", "2**70", str(2**63), str(-(2**63)), "1e400", "-0.0", "1j", "...", "b'x'"]
CONSTANTS += ["True", "None", "'\\ud800'", "'\\x00'", "('a', 'b')", "{'a', 'b'}", "['a', 1]", "''", "'é\\u202e'"]
LARGE = [pytest.param(str(2**64), id="2^64"), pytest.param("9" * 60, id="9...")]


@pytest.mark.parametrize("constant", [*CONSTANTS, *LARGE])
def test_every_constant_can_be_stored(constant: str, pipeline: Any) -> None:
    from discreet.facts.extraction import ModuleFacts

    text = f"""
import logging
LIMIT = {constant}
class C:
    limit = {constant}
def f(email, g, x={constant}):
    g({constant}, key={constant})
    g[{constant}] = email
    {{{constant if constant[0] not in "[{" else 0}: email}}
    logging.info({constant}, email)
    return email[{constant}]
"""
    facts = pipeline.facts("app.py", text.encode())
    decoded = msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=ModuleFacts)
    assert pipeline.linked([decoded]) == pipeline.linked([facts])
