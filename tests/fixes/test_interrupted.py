"""Whatever ends a run that writes, each file is old or new; and whoever does the work, it is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.fixes.conftest import CONFIG, PRIVACY

LOGS = (
    "import logging\n\n\ndef note(\n    {name}_email,\n    total,\n):\n"
    '    logging.info("%s: %s", {name}_email, total)\n'
)
MODEL = "from dataclasses import dataclass\n\n\n@dataclass\nclass Customer:\n    email: str\n"
USE = (
    "import logging\n\nfrom shop.models import Customer\n\n\ndef show(customer: Customer):\n"
    '    logging.info("%s of %s", customer.email, customer)\n'
)
NAMES = [f"part{number}.py" for number in range(6)]
FILES = {name: LOGS.format(name=name[:-3]) for name in NAMES}

STOPPED = """
import os, sys
number, name, left = int(sys.argv[1]), int(sys.argv[2]), [0]
def hook(event, arguments):
    if event in {"open", "os.rename", "os.remove", "os.chmod", "os.chown", "os.listdir"}:
        if any(".discreet-" in str(each) for each in arguments) or left[0]:
            left[0] += 1
            if left[0] == number:
                os.kill(os.getpid(), name)
sys.addaudithook(hook)
from discreet.cli import main
main(sys.argv[3:])
"""
"""A run that is sent a signal at the n-th thing it does to the disk once it has begun to write."""


@pytest.mark.usefixtures("shared_out")
@pytest.mark.parametrize("command", [("fix", "--unsafe-fixes"), ("annotate",)])
def test_the_number_of_jobs_changes_nothing(shop: Any, discreet: Any, command: tuple[str, ...]) -> None:
    root = shop({"models.py": MODEL, "use.py": USE, **FILES})
    one, three = (discreet(*command, "--diff", "--no-cache", "--jobs", jobs) for jobs in ("1", "3"))
    assert one == three
    assert one.out.count("+++ ") > 5
    before = _contents(root)
    discreet(*command, "--no-cache", "--jobs", "3")
    after = _contents(root)
    for path, content in before.items():
        (root / path).write_bytes(content)
    discreet(*command, "--no-cache", "--jobs", "1")
    assert _contents(root) == after


def _contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.py"))}


def _stopped(root: Path, number: int, name: signal.Signals, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-c", STOPPED, str(number), str(int(name)), *arguments]
    return subprocess.run(words, cwd=root, capture_output=True, check=False)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, bytes]]:
    """A small program, and what it is once it is mended."""
    files = {"pyproject.toml": CONFIG, "shop/__init__.py": "", "shop/privacy.py": PRIVACY}
    files |= {f"shop/{name}": text for name, text in FILES.items()}
    root = tmp_path_factory.mktemp("mended")
    _write(root, files)
    subprocess.run([sys.executable, "-m", "discreet", "fix"], cwd=root, capture_output=True, check=False)
    return files, {name: (root / "shop" / name).read_bytes() for name in NAMES}


def _write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 15])
def test_a_file_is_old_or_new_at_every_moment(
    before_and_after: Any, tmp_path: Path, number: int, name: signal.Signals
) -> None:
    files, mended = before_and_after
    assert all(mended[each] != FILES[each].encode() for each in NAMES)
    _write(tmp_path, files)
    done = _stopped(tmp_path, number, name, "fix")
    found = {each: (tmp_path / "shop" / each).read_bytes() for each in NAMES}
    assert all(found[each] in (FILES[each].encode(), mended[each]) for each in NAMES)
    left = [each.name for each in (tmp_path / "shop").iterdir() if each.name.startswith(".discreet-")]
    if name == signal.SIGINT:
        assert (done.returncode, done.stderr.strip()) == (130, b"discreet: error: interrupted")
        assert left == []
        assert any(found[each] == FILES[each].encode() for each in NAMES)
    else:
        assert done.returncode == -signal.SIGKILL
        assert len(left) <= 1


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_the_next_run_does_what_a_killed_one_left(before_and_after: Any, tmp_path: Path) -> None:
    files, mended = before_and_after
    _write(tmp_path, files)
    _stopped(tmp_path, 15, signal.SIGKILL, "fix")
    done = subprocess.run([sys.executable, "-m", "discreet", "fix"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert {each: (tmp_path / "shop" / each).read_bytes() for each in NAMES} == mended
