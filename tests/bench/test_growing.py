"""The made-up application: the same for the same seed, Python, whole in itself, and something to be found in it."""

from __future__ import annotations

import ast
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("bench.grow", reason="the benchmarks are in the repository only")

from bench.editing import edit, edited, picked

from bench import grow

FILES = 406  # the core, and forty packages that are whole


@pytest.fixture(scope="module")
def application() -> dict[str, str]:
    return dict(grow.application(FILES))


def test_a_smaller_application_is_the_beginning_of_a_larger_one(application: dict[str, str]) -> None:
    assert len(application) == FILES
    assert list(grow.application(100)) == list(application.items())[:100]
    assert list(grow.application(100, seed=4)) != list(application.items())[:100]


def test_chance_from_elsewhere_changes_nothing(application: dict[str, str]) -> None:
    random.seed(99)
    assert dict(grow.application(FILES)) == application


def test_modules_are_as_long_as_real_ones(application: dict[str, str]) -> None:
    lengths = sorted(text.count("\n") for path, text in application.items() if not path.endswith("__init__.py"))
    assert lengths[len(lengths) // 20] >= 40
    assert lengths[-1] <= 130
    assert 60 <= sum(lengths) / len(lengths) <= 100


def test_every_import_of_its_own_is_of_a_module_that_is_there_and_before(application: dict[str, str]) -> None:
    order = {path.removesuffix(".py").replace("/", "."): number for number, path in enumerate(application)}
    across = 0
    for path, text in application.items():
        here = Path(path).parent.as_posix().replace("/", ".")
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("app."):
                continue
            for name in node.names:
                target = f"{node.module}.{name.name}"
                module = target if target in order else str(node.module)
                assert module in order, f"{path} imports {module}"
                if not module.startswith(here) and not module.startswith("app.core"):
                    across += 1
                    assert order[module] < order[f"{here}.models"]
    assert across > FILES / 10


def test_files_for_is_the_least_that_has_so_many_lines() -> None:
    count = grow.files_for(5000)
    assert sum(text.count("\n") for _, text in grow.application(count)) >= 5000
    assert sum(text.count("\n") for _, text in grow.application(count - 1)) < 5000


def test_discreet_reads_all_of_it_and_finds_something(tmp_path: Path) -> None:
    grow.write(tmp_path / "sources", 206)
    command = [sys.executable, "-m", "discreet", "check", "--isolated", "--output-format", "concise", "sources"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    codes = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"PII101", "PII201"} <= codes
    assert not any(code.startswith("PII9") for code in codes)


PLACES = '''\
def one(): return 1


def two(x):
    """Words."""
    @decorated
    def inner():
        pass
    return inner
'''


def test_an_edit_adds_one_statement_to_one_function() -> None:
    for seed in range(20):
        changed = edited(PLACES.encode(), seed)
        assert changed is not None
        assert changed.count(b"\n") == PLACES.count("\n") + 1
        functions = [node for node in ast.walk(ast.parse(changed)) if isinstance(node, ast.FunctionDef)]
        edits = [line for line in changed.splitlines() if line.strip() == b'print("edited", 1)']
        assert len(functions) == 3
        assert len(edits) == 1


def test_a_decorated_definition_keeps_its_decorator() -> None:
    changed = edited(b"def f():\n    @cached\n    def g(): return 1\n")
    assert changed == b'def f():\n    print("edited", 1)\n    @cached\n    def g(): return 1\n'


@pytest.mark.parametrize("data", [b"x = 1\n", b"def f(): pass\n", b"def f(:\n", b""])
def test_where_there_is_no_place_nothing_is_edited(data: bytes) -> None:
    assert edited(data) is None


def test_the_same_files_are_picked_again_and_each_edit_changes_the_file(tmp_path: Path) -> None:
    grow.write(tmp_path, 60)
    (tmp_path / "plain.py").write_text("x = 1\n")
    chosen = picked(tmp_path, 5)
    assert chosen == picked(tmp_path, 5)
    assert len(set(chosen)) == 5
    before = chosen[0].read_bytes()
    edit(chosen[0])
    once = chosen[0].read_bytes()
    edit(chosen[0])
    assert len({before, once, chosen[0].read_bytes()}) == 3
    with pytest.raises(ValueError, match="no function"):
        edit(tmp_path / "plain.py")
