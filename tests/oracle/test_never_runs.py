"""Promise 1: nothing of the analysed project or of its libraries is ever imported or executed."""

from __future__ import annotations

import importlib.machinery
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from discreet.oracle import open_oracle
from discreet.oracle.client import trusted

EXTENSION = importlib.machinery.EXTENSION_SUFFIXES[0]


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """The file that appears as soon as any of the planted modules is run."""
    return tmp_path / "somebody-ran-it"


def poison(mark: Path) -> str:
    return f"open({str(mark)!r}, 'a').write(__name__ + chr(10))\nclass Logger: ...\ndef make():\n    return Logger()\n"


TRAPS = (
    "trap/__init__.py",
    "trap/sub.py",
    "trap/__main__.py",
    "space/inner/__init__.py",
    "sitecustomize.py",
    "usercustomize.py",
    "gi/__init__.py",
    "gi/repository/__init__.py",
    "msilib/__init__.py",  # of the standard library, on another system
    "winreg.py",
    "distutils/__init__.py",
    "zipimport.py",
    "json/__init__.py",
    "logging/__init__.py",
    "sys.py",
    "builtins.py",
    "_json.py",
    "six/moves/__init__.py",
    "numpy/__init__.py",
    "astroid/__init__.py",
    "typing_extensions.py",
    "discreet/__init__.py",
    "encodings/__init__.py",
)
QUESTIONS = (
    "trap.make", "trap.sub.make", "trap.missing.thing", "space.inner.make", "sitecustomize.make", "gi.repository.Gtk",
    "gi.repository.Gtk.Window", "msilib.missing.thing", "msilib.make", "winreg.make", "winreg.missing",
    "distutils.core", "six.moves.urllib", "six.moves.urllib.parse", "numpy.array", "astroid.make", "sys.exit",
    "typing_extensions.make",
    "discreet.make", "json.dumps", "logging.getLogger", "native.make", "_msi.make", "_scproxy.make", "antigravity.x",
    "this.s", "lib2to3.pytree", "test.support", "idlelib.run", "trap.__main__.make", "wild.Logger", "wild.everything",
)  # fmt: skip


def plant(site: Path, mark: Path) -> None:
    for name in TRAPS:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(poison(mark), encoding="utf-8")
    (site / "hook.pth").write_text(f"import trap\nimport os; open({str(mark)!r}, 'a')\n", encoding="utf-8")
    (site / "wild.py").write_text(
        "from trap import *\nfrom trap.sub import *\nimport gi.repository.Gtk as everything\n"
    )
    real = next(
        Path(each.__file__) for each in map(__import__, ("_bz2", "_ctypes", "_ssl", "_sqlite3")) if each.__file__
    )
    for name in ("native", "_msi", "_scproxy"):  # extension modules, the last two named like the standard library's
        shutil.copy(real, site / f"{name}{EXTENSION}")


def test_the_traps_work(tmp_path: Path, mark: Path) -> None:
    site = tmp_path / "site-packages"
    plant(site, mark)
    subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path.append({str(site)!r}); import trap"], check=True)
    assert mark.exists()


def test_nothing_is_run(tmp_path: Path, mark: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site-packages"
    plant(site, mark)
    monkeypatch.chdir(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.syspath_prepend(str(site))
    with open_oracle(site) as oracle:
        for question in QUESTIONS:
            oracle.returned(question)
            oracle.denotes(question)
            oracle.bases(question)
            oracle.attribute(question, "make")
        assert oracle.returned("trap.make") == ("instance:trap.Logger",), "it was read"
        assert oracle.denotes("wild.Logger") != ()
        assert oracle.counts["crashed"] == oracle.counts["late"] == 0
    assert not mark.exists(), mark.read_text()


def test_the_project_is_not_looked_into(tmp_path: Path, mark: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    plant(project, mark)
    (tmp_path / "site-packages").mkdir()
    monkeypatch.chdir(project)
    with open_oracle(tmp_path / "site-packages") as oracle:
        assert oracle.denotes("trap.make") == ()
        assert oracle.denotes("logging.Logger") == ("class:logging.Logger",)
    assert not mark.exists()


def test_the_current_directory_gives_the_helper_no_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "astroid").mkdir()
    (tmp_path / "astroid" / "__init__.py").write_text("")
    monkeypatch.chdir(tmp_path)
    for entry in ("", str(tmp_path)):
        monkeypatch.setattr(sys, "path", [entry, *sys.path])
    assert not [each for each in trusted() if each.startswith(str(tmp_path))]


LOCKED = """
import sys, os
from discreet.oracle.lockdown import lock
import importlib.util, json, runpy, subprocess, socket, ctypes
lock(())
def refused(act):
    try:
        act()
    except RuntimeError as error:
        return type(error).__name__ == "Refused"
    return False
spec = importlib.util.spec_from_file_location("outside", sys.argv[1])
module = importlib.util.module_from_spec(spec)
native = importlib.util.spec_from_file_location("native", sys.argv[2])
print(json.dumps({
    "source": refused(lambda: spec.loader.exec_module(module)),
    "extension": refused(lambda: importlib.util.module_from_spec(native)),
    "path": refused(lambda: runpy.run_path(sys.argv[1])),
    "write": refused(lambda: open(sys.argv[1], "a")),
    "os.open": refused(lambda: os.open(sys.argv[1], os.O_WRONLY)),
    "remove": refused(lambda: os.remove(sys.argv[1])),
    "process": refused(lambda: subprocess.Popen(["true"])),
    "shell": refused(lambda: os.system("true")),
    "socket": refused(lambda: socket.socket()),
    "reading is fine": not refused(lambda: open(sys.argv[1]).close()),
    "the standard library is fine": not refused(lambda: __import__("wave")),
}))
"""


def test_the_lock_refuses_what_the_oracle_never_does(tmp_path: Path, mark: Path) -> None:
    plant(tmp_path, mark)
    outside, native = tmp_path / "trap" / "sub.py", tmp_path / f"native{EXTENSION}"
    done = subprocess.run(
        [sys.executable, "-B", "-c", LOCKED, str(outside), str(native)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [what for what, held in told.items() if not held] == []
    assert not mark.exists()
