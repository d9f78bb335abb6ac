"""At a real terminal: excerpts, colours and a progress bar; in a pipe: none of them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

pty = pytest.importorskip("pty")

IMPATIENT = "import sys, discreet.cli.progress as p; p.PATIENCE = 0.0;from discreet.cli import main; main(sys.argv[1:])"


def at_terminal(*arguments: str, stdout_too: bool = True, **environment: str) -> tuple[str, str]:
    """What a terminal shows, and what went into the pipe at standard output if there is one."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, *arguments],
        stdout=theirs if stdout_too else subprocess.PIPE,
        stderr=theirs,
        env={"TERM": "xterm", **os.environ, **environment},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    piped = process.stdout.read() if process.stdout else b""
    if process.stdout:
        process.stdout.close()
    process.wait()
    os.close(ours)
    return shown.decode(), piped.decode()


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)


def test_a_person_gets_excerpts_colours_and_progress(tree: Any, leak: str) -> None:
    tree({"a.py": leak, "b.py": leak})
    shown, _ = at_terminal("check")
    assert "\x1b[1;31mPII101\x1b[0m" in shown
    assert "^^^^" in shown
    assert "2/2" in shown


def test_no_colours_when_told_so(tree: Any, leak: str) -> None:
    tree({"a.py": leak})
    assert "\x1b[1;31m" not in at_terminal("check", NO_COLOR="1")[0]
    assert "\x1b[1;31m" not in at_terminal("check", "--color", "never")[0]


def test_quiet_shows_no_progress(tree: Any, leak: str) -> None:
    tree({"a.py": leak, "b.py": leak})
    assert "2/2" not in at_terminal("check", "-q")[0]


def test_a_pipe_gets_lines(tree: Any, leak: str) -> None:
    tree({"a.py": leak})
    shown, piped = at_terminal("check", stdout_too=False)
    assert "1/1" in shown
    assert piped.startswith("a.py:5:")
    assert piped.count("\n") == 1
    assert "\x1b" not in piped


def test_nothing_but_text_in_pipes(tree: Any, leak: str, command: Any) -> None:
    tree({"a.py": leak})
    result = command("discreet", "check")
    assert result.status == 1
    assert "\x1b" not in result.out + result.err
    assert "\x1b[" in command("discreet", "check", "--color", "always").out


def test_a_reader_that_leaves_is_no_crash(tree: Any, leak: str) -> None:
    tree({f"{number}.py": leak for number in range(5)})
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "discreet", "check", "-q"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.stderr, done.returncode) == (b"", 1)


def test_a_terminal_without_our_letters(tree: Any, leak: str, command: Any) -> None:
    tree({"a.py": leak.replace("hello", "你好")})
    result = command(
        "discreet", "check", "--output-format", "full", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C"
    )
    assert result.status == 1
    assert r"\u4f60\u597d" in result.out
    jsonl = command("discreet", "check", "--output-format", "jsonl", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert jsonl.status == 1


def test_explain_is_rendered_for_a_person(tree: Any) -> None:
    tree({})
    shown, _ = at_terminal("explain", "PII101")
    assert "PII101" in shown
    assert "```" not in shown
