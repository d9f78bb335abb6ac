"""How the benchmark measures and what it makes of figures. What the figures are is nobody's business here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("bench.process", reason="the benchmarks are in the repository only")

from bench.process import Failed, Usage, median, run, run_well
from bench.table import table, times
from bench.targets import Target
from bench.timing import interleaved

from bench import checking, corpus, growth, memory, ours, peers, warm

ROOT = Path(__file__).parents[2]


def usage(cpu: float, wall: float | None = None, peak: int = 0, status: int = 0) -> Usage:
    return Usage(cpu, cpu if wall is None else wall, peak, status)


def python(*lines: str) -> list[str]:
    return [sys.executable, "-c", "\n".join(lines)]


def test_candidates_take_turns_and_each_round_begins_with_another() -> None:
    ran: list[str] = []

    def candidate(name: str, seconds: float) -> Usage:
        ran.append(name)
        return usage(seconds)

    candidates = {name: lambda name=name: candidate(name, 9.0 if name == "b" else 1.0) for name in "abc"}
    assert [len(each) for each in interleaved(candidates, 3).values()] == [3, 3, 3]
    assert "".join(ran) == "abcbcacab"
    ran.clear()
    assert [len(each) for each in interleaved(candidates, 3, once_beyond=5).values()] == [3, 1, 3]
    assert "".join(ran) == "abccaca"[:7]


def test_a_median_is_of_each_figure_by_itself() -> None:
    runs = [usage(1, 9, 5), usage(2, 8, 7, status=-9), usage(3, 1, 6, status=1)]
    assert median(runs) == Usage(2, 8, 7, -9)


def test_a_run_is_the_command_with_all_it_starts(tmp_path: Path) -> None:
    child = "x = bytearray(150_000_000)"
    done = run(
        python(
            "import subprocess, sys", f"subprocess.run([sys.executable, '-c', '{child}'])", "print(1)", "sys.exit(3)"
        ),
        directory=tmp_path,
        out=tmp_path / "out",
    )
    assert done.status == 3
    assert done.peak > 150_000_000
    assert (tmp_path / "out").read_text() == "1\n"


def test_byte_code_is_kept_from_run_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "imported.py").write_text("")
    run_well([sys.executable, "-c", "import sys; sys.path.insert(0, '.'); import imported"], directory=tmp_path)
    assert list(tmp_path.rglob("imported.*.pyc"))


def test_a_run_that_is_killed_has_a_negative_status(tmp_path: Path) -> None:
    assert run(python("import os, signal", "os.kill(os.getpid(), signal.SIGKILL)"), directory=tmp_path).status == -9


def test_a_run_that_did_not_do_its_work_is_no_figure(tmp_path: Path) -> None:
    assert run_well(python("import sys", "sys.exit(1)"), directory=tmp_path).status == 1
    with pytest.raises(Failed, match=r"(?s)status 2 .*: out of luck"):
        run_well(python("import sys", "print('out of luck', file=sys.stderr)", "sys.exit(2)"), directory=tmp_path)
    with pytest.raises(Failed, match="ZeroDivisionError"):
        run_well(python("1 / 0"), directory=tmp_path)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux tells what processes share")
def test_memory_of_several_processes_is_added_up(tmp_path: Path) -> None:
    script = tmp_path / "two.py"
    script.write_text(
        "import os, sys, subprocess\n"
        "if len(sys.argv) == 1:\n"
        "    child = subprocess.Popen([sys.executable, __file__, 'x'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "    child.stdout.readline()\n"
        "x = bytearray(b'x') * 100_000_000\n"
        "if len(sys.argv) == 1:\n"
        "    print(child.pid, flush=True)\n"
        "    sys.stdin.readline()\n"
        "    child.communicate(b'end')\n"
        "else:\n"
        "    print(flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    grandchild = int(parent.stdout.readline())
    assert {parent.pid, grandchild} <= set(memory.descendants(os.getpid()))
    assert memory.descendants(parent.pid) == [grandchild]
    assert sum(map(memory.proportional, (parent.pid, grandchild))) > 200_000_000
    parent.communicate("end\n")
    assert memory.proportional(parent.pid) == 0


def test_tables_are_aligned_and_notes_come_last() -> None:
    lines = table(("", "CPU s", ""), [("one", "1.00", ""), ("another", "12.00", "a note")])
    assert lines == ["         CPU s", "one       1.00", "another  12.00  a note"]


def test_ratios_keep_the_digits_that_mean_something() -> None:
    assert [times(each) for each in (None, 0.0312, 3.14159, 512.3)] == ["-", "0.031", "3.14", "512"]


def test_a_target_says_whether_it_is_met_and_why_it_is_not_known() -> None:
    assert Target("a", 3.9, 4, unit=" x").line() == "  met      a: 3.90 x (at most 4 x)"
    assert Target("a", 4.1, 4).verdict == "NOT MET"
    assert Target("b", 1.7, 1.7, "at least").verdict == "met"
    assert Target("b", 1.6, 1.7, "at least").verdict == "NOT MET"
    assert Target("c", None, 2, why="no such thing").line() == "  unknown  c: no such thing (at most 2)"


def test_what_cannot_be_parsed_and_what_tools_pass_over_is_kept_from_all(tmp_path: Path) -> None:
    origin = tmp_path / "shop"
    for name, text in {
        "a.py": "x = 1\ny = 2\n",
        "bad.py": "def (\n",
        "null.py": "x = '\0'\n",
        "deep/b.py": "z = 3\n",
        "build/c.py": "",
        ".hidden/d.py": "",
        "notes.txt": "",
    }.items():
        (origin / name).parent.mkdir(parents=True, exist_ok=True)
        (origin / name).write_text(text)
    made = corpus.copied([origin], tmp_path / "home")
    names = sorted(path.relative_to(made.sources).as_posix() for path in made.sources.rglob("*.*"))
    assert names == ["shop/a.py", "shop/deep/b.py"]
    assert (made.files, made.lines, made.left_out) == (2, 3, 2)
    assert "2 files, 3 lines, without 2" in made.title()


def test_two_checkouts_of_one_name_stand_beside_each_other(tmp_path: Path) -> None:
    for where in ("x", "y"):
        (tmp_path / where / "shop").mkdir(parents=True)
        (tmp_path / where / "shop" / "a.py").touch()
    assert corpus.copied([tmp_path / "x" / "shop", tmp_path / "y" / "shop"], tmp_path / "home").files == 2


def test_discreet_is_asked_only_for_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--isolated" in ours.options()
    monkeypatch.setattr(ours, "options", lambda: frozenset({"--jobs", "--no-cache", "--cache-dir"}))
    assert ours.command("src", jobs=2)[-4:] == ["--jobs", "2", "--no-cache", "src"]
    assert ours.command("src", cache=Path("c"))[-5:] == ["--jobs", "1", "--cache-dir", "c", "src"]
    monkeypatch.setattr(ours, "options", lambda: frozenset())
    assert ours.command("src")[-1] == "src"
    assert not {"--jobs", "--no-cache"} & set(ours.command("src"))
    with pytest.raises(ValueError, match="--jobs"):
        ours.command("src", jobs=2)
    with pytest.raises(ValueError, match="--cache-dir"):
        ours.command("src", cache=Path("c"))


def test_a_tool_that_cannot_be_had_is_a_line_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    pip = tmp_path / "bin" / "python"
    pip.write_text("#!/bin/sh\necho nothing to be had >&2\nexit 1\n")
    pip.chmod(0o755)
    floor, absent = peers.tools(["ast", "semgrep"], tmp_path, tmp_path)
    assert floor.name == "ast.parse"
    assert absent == peers.Absent("semgrep", "can't be installed: nothing to be had")


def test_the_table_holds_every_tool_against_the_floor_and_against_us() -> None:
    small = corpus.Corpus(Path("nowhere"), "a shop", 4, 100)
    rows = [
        checking.Row(checking.ONE, usage(4, 5, 30_000_000), 3),
        checking.Row("ast.parse", usage(1), 3),
        checking.Row("bandit", usage(16, 20), 1, "20 lines said"),
        checking.Row("semgrep, 1 job", note="can't be installed"),
    ]
    lines = checking.report(small, rows, usage(0.1))
    cells = {line[:14].strip(): line.split() for line in lines}
    assert cells["bandit"][1:] == ["16.00", "20.00", "0", "16.00", "0.250", "0.250", "1", "20", "lines", "said"]
    assert cells["discreet, 1 jo"][3:] == ["4.00", "5.00", "30", "4.00", "-", "-", "3"]
    assert cells["semgrep, 1 job"][-3:] == ["can't", "be", "installed"]
    assert "  met      CPU, 1 job, against ast.parse: 4.00 x (at most 4 x)" in lines
    assert "  NOT MET  the same, the floor without its interpreter's start: 4.44 x (at most 4 x)" in lines
    assert "  met      wall, 1 job, against bandit: 0.250 x (at most 0.5 x)" in lines
    assert any(line.startswith("  unknown  wall, 1 job, against semgrep") for line in lines)


def test_a_tool_that_fails_has_no_figures(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    here = corpus.Corpus(tmp_path, "nothing", 0, 0)
    bad = peers.Tool("bad", lambda where: python("import sys", "sys.exit('out of luck')"), fine=lambda status: False)
    (row,) = checking.compare(here, [bad], 1)
    assert row.usage is None
    assert row.note == "failed with status 1: out of luck"
    (row,) = checking.compare(here, [peers.Tool("worse", lambda where: python("1 / 0"))], 1)
    assert row.note == "failed with status 1: ZeroDivisionError: division by zero"


@pytest.mark.parametrize(("answer", "same"), [("1", True), ("len(sys.argv)", False)])
def test_warm_edits_one_file_after_another_and_compares_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, same: bool
) -> None:
    home = tmp_path / "home"
    (home / "sources").mkdir(parents=True)
    for name in "abc":
        (home / "sources" / f"{name}.py").write_text("def f(x):\n    return x\n")

    def command(sources: Path | str, *, jobs: int = 1, cache: Path | None = None) -> list[str]:
        return [*python("import sys", f"print({answer})"), *([str(cache)] if cache else [])]

    monkeypatch.setattr(ours, "command", command)
    runs = warm.measure(corpus.Corpus(home, "three files", 3, 6), rounds=2, edits=2, jobs=1)
    assert (len(runs.cold), len(runs.unchanged), len(runs.changed), runs.same) == (2, 6, 4, same)
    texts = [path.read_text().count("edited") for path in (home / "sources").iterdir()]
    assert sorted(texts) == [0, 2, 2]


def test_warm_reports_the_median_and_the_worst() -> None:
    runs = warm.Runs([usage(10)], [usage(0.2)], [usage(0.5), usage(0.5), usage(0.9)])
    lines = warm.report(corpus.Corpus(Path("nowhere"), "an application", 4000, 300_000), runs, 1)
    assert "  met      nothing changed, against cold: 0.020 x (at most 0.03 x)" in lines
    assert "  met      one file changed, against cold, median: 0.050 x (at most 0.06 x)" in lines
    assert "  NOT MET  one file changed, against cold, the worst: 0.090 x (at most 0.06 x)" in lines


def test_growth_judges_each_doubling() -> None:
    corpora = {size: corpus.Corpus(Path("nowhere"), "", size, size * 75) for size in (1000, 2000, 4000)}
    lines = growth.report(corpora, {1000: [usage(10)], 2000: [usage(20)], 4000: [usage(50)]})
    assert "  met      CPU, from 1,000 files to 2,000: 2.00 x (at most 2.15 x)" in lines
    assert "  NOT MET  CPU, from 2,000 files to 4,000: 2.50 x (at most 2.15 x)" in lines


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_commands_are_told() -> None:
    assert bench("help").returncode == 0
    done = bench("nonsense")
    assert done.returncode == 2
    for name in ("start", "check", "warm", "growth", "memory", "flake8", "profile", "grow", "evaluate"):
        assert f"\n  {name} " in done.stdout
    assert bench("check", "--peers", "nonsense").returncode == 2


def test_a_check_beside_the_floor_from_end_to_end() -> None:
    done = bench("check", "fixtures/shop", "--peers", "ast", "--repeat", "1")
    assert done.returncode == 0, done.stderr
    assert "fixtures/shop: " in done.stdout
    assert "failed" not in done.stdout
    assert "CPU, 1 job, against ast.parse:" in done.stdout
