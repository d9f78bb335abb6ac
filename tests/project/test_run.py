"""A run over real files, the odd ones among them: whatever a file holds, the others are still checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from discreet.flow.solver import Solver
from discreet.project import files, reading
from discreet.project.config import Config
from discreet.project.result import Report
from discreet.project.run import check, check_text


def report(root: Path, **settings: Any) -> Report:
    return check([root], Config(root=root, **settings))


def said(report: Report) -> list[str]:
    return [f"{finding.path}:{finding.line} {finding.code}" for finding in report.findings]


ODD: dict[str, tuple[bytes, str]] = {
    "syntax error": (b"x = 1\ndef f(:\n    pass\n", "odd.py:2 PII904"),
    "a null byte": (b"x = 1\0\n", "odd.py:1 PII904"),
    "not in its encoding": (b"x = '\xff'\n", "odd.py:1 PII905"),
    "an encoding nobody knows": (b"# coding: klingon\nx = 1\n", "odd.py:1 PII905"),
    "python 2": (b"print 'hello'\n", "odd.py:1 PII904"),
    "brackets in brackets": (b"x = " + b"(" * 1000 + b")" * 1000, "odd.py:1 PII904"),
}


@pytest.mark.parametrize(("data", "expected"), ODD.values(), ids=ODD.keys())
def test_a_file_that_cannot_be_checked_is_a_finding(tree: Any, leak: str, data: bytes, expected: str) -> None:
    root = tree({"leak.py": leak, "odd.py": data, "z/last.py": leak})
    found = report(root)
    assert said(found) == ["leak.py:5 PII101", expected, "z/last.py:5 PII101"]
    assert found.problems == ()
    assert len({finding.fingerprint for finding in found.findings}) == 3


FINE: dict[str, bytes] = {
    "latin-1": "# coding: latin-1\nimport logging\n\n\ndef f(email): logging.info('grüße %s', email)\n".encode(
        "latin-1"
    ),
    "a byte order mark": b"\xef\xbb\xbf\nimport logging\n\n\ndef f(email): logging.info('%s', email)\n",
    "windows": b"\nimport logging\r\n\r\n\r\ndef f(email): logging.info('%s', email)\r\n",
    "old mac": b"\rimport logging\r\r\rdef f(email): logging.info('%s', email)\r",
    "form feeds": b"\nimport logging\n\x0c\n\ndef f(email): logging.info('%s', email)\n",
    "no newline at the end": b"\nimport logging\n\n\ndef f(email): logging.info('%s', email)",
    "a line of a megabyte": b"\nimport logging\nx = '"
    + b"y" * 1_000_000
    + b"'\n\ndef f(email): logging.info('%s', email)\n",
}


@pytest.mark.parametrize("data", FINE.values(), ids=FINE.keys())
def test_an_odd_file_that_is_python_is_checked(tree: Any, data: bytes) -> None:
    assert said(report(tree({"odd.py": data}))) == ["odd.py:5 PII101"]


@pytest.mark.parametrize("text", ["x = " + "-" * 3000 + "1", "x = " + "a." * 3000 + "a", "x = a" + "[0]" * 3000])
def test_deep_nesting_never_ends_a_run(tree: Any, leak: str, text: str) -> None:
    found = report(tree({"deep.py": text, "leak.py": leak}))
    assert found.problems == ()
    assert said(found)[-1] == "leak.py:5 PII101"
    assert said(found)[:-1] in ([], ["deep.py:1 PII904"])  # how deep Python can go differs by version


def test_a_file_too_deep_to_walk_is_a_finding(tree: Any, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def recurse(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reading, "extract", recurse)
    found = report(tree({"leak.py": leak}))
    assert said(found) == ["leak.py:1 PII904"]
    assert "nested too deeply" in found.findings[0].message


def test_a_mistake_of_our_own_is_a_problem_of_the_run(tree: Any, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.extract

    def fail(path: str, *rest: Any, **more: Any) -> Any:
        if path == "a.py":
            raise KeyError("oops")
        return real(path, *rest, **more)

    monkeypatch.setattr(reading, "extract", fail)
    found = report(tree({"a.py": leak, "b.py": leak}))
    assert said(found) == ["b.py:5 PII101"]
    assert found.problems == ("a.py: discreet failed over this file: KeyError: 'oops'",)


def test_a_mistake_over_some_files_leaves_each_by_itself(tree: Any, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Solver.solve

    def fail(self: Solver, modules: Any, *rest: Any) -> Any:
        if "a" in modules:
            raise RecursionError("too deep")
        return real(self, modules, *rest)

    monkeypatch.setattr(Solver, "solve", fail)
    found = report(tree({"a.py": leak, "b.py": leak}))
    assert said(found) == ["b.py:5 PII101"]
    assert found.problems == ("a.py: discreet failed over this file: RecursionError: too deep",)


def test_a_dead_link_and_a_directory_called_like_a_file(tree: Any, leak: str) -> None:
    root = tree({"dir.py/leak.py": leak})
    (root / "dead.py").symlink_to("nowhere")
    assert said(report(root)) == ["dead.py:1 PII905", "dir.py/leak.py:5 PII101"]


def test_noqa_and_its_reason(tree: Any, leak: str) -> None:
    found = report(tree({"a.py": leak[:-1] + "  # noqa: PII101 -- agreed in PRIV-12\n", "b.py": leak}))
    assert said(found) == ["b.py:5 PII101"]
    assert [(each.finding.path, each.reason) for each in found.suppressed] == [("a.py", "agreed in PRIV-12")]


def test_a_file_that_cannot_be_parsed_can_be_silenced_where_it_breaks(tree: Any) -> None:
    assert said(report(tree({"a.py": "def f(:  # noqa: PII904 -- a template\n"}))) == []


def test_idle_suppressions_on_request(tree: Any, leak: str) -> None:
    root = tree(
        {
            "used.py": leak[:-1] + "  # noqa: PII101\n",
            "idle.py": "x = 1  # noqa: PII101\n",
            "theirs.py": "import os  # noqa: F401\n",
        }
    )
    assert said(report(root)) == []
    found = report(root, extend_select=("PII903",))
    assert said(found) == ["idle.py:1 PII903"]
    assert found.findings[0].column == 16
    # A rule that is not selected may still be what the comment is for.
    assert said(report(root, select=("PII903",))) == ["idle.py:1 PII903"]


def test_per_file_ignores(tree: Any, leak: str) -> None:
    root = tree({"a.py": leak, "scripts/b.py": leak})
    assert said(report(root, per_file_ignores={"scripts/*": ("PII101",)})) == ["a.py:5 PII101"]


def test_paths_are_those_of_the_project(tree: Any, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({"shop/a.py": leak})
    config = Config(root=root)
    here = check([root], config)
    monkeypatch.chdir(root / "shop")
    assert check([Path("a.py")], config) == here
    assert here.files == ("shop/a.py",)


def test_text_that_is_not_on_the_disk(tree: Any, leak: str) -> None:
    root = tree({"a.py": "x = 1\n"})
    config = Config(root=root)
    assert said(check_text(leak.encode(), Path("a.py"), config)) == ["a.py:5 PII101"]
    assert said(check_text(leak[:-1].encode() + b"  # noqa\n", Path("new/b.py"), config)) == []


def test_progress_is_told_until_all_is_done(tree: Any, leak: str) -> None:
    told: list[tuple[int, int]] = []
    root = tree({f"a{number}.py": leak for number in range(60)})
    check([root], Config(root=root), lambda done, total: told.append((done, total)))
    assert told[-1] == (60, 60)
    assert len(told) > 1
    assert told == sorted(told)


def test_without_a_cache_a_file_is_read_once(tree: Any, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root, opened, open_as_before = tree({"a.py": leak, "b.py": leak}), [], files._open_without_waiting

    def opening(path: str, flags: int) -> int:
        opened.append(Path(path).name)
        return open_as_before(path, flags)

    monkeypatch.setattr(files, "_open_without_waiting", opening)
    assert len(report(root).findings) == 2
    assert sorted(opened) == ["a.py", "b.py"]
