"""Where libraries are looked for; layouts are those that venv, conda, Debian and Windows make."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

import pytest

from discreet.oracle import NoEnvironment
from discreet.oracle.environment import find_environment


def folder(path: Path) -> str:
    path.mkdir(parents=True, exist_ok=True)
    return str(path.resolve())


def file(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_real_venv_by_directory_interpreter_and_site_packages(tmp_path: Path) -> None:
    venv.create(tmp_path / "v", with_pip=False, symlinks=sys.platform != "win32")
    expected = find_environment(tmp_path / "v").sites
    assert len(expected) == 1
    assert expected[0].endswith("site-packages")
    assert str((tmp_path / "v").resolve()) in expected[0]
    python = tmp_path / "v" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    assert find_environment(python).sites == expected
    assert find_environment(Path(expected[0])).sites == expected


def test_windows_layout(tmp_path: Path) -> None:
    site = folder(tmp_path / "Lib" / "site-packages")
    assert find_environment(tmp_path).sites == (site,)
    assert find_environment(file(tmp_path / "python.exe")).sites == (site,)
    file(tmp_path / "pyvenv.cfg", "home = C:\\Python\n")
    assert find_environment(file(tmp_path / "Scripts" / "python.exe")).sites == (site,)


def test_a_prefix_with_several_pythons(tmp_path: Path) -> None:
    sites = {v: folder(tmp_path / "lib" / f"python3.{v}" / "site-packages") for v in (9, 10, 12)}
    debian = folder(tmp_path / "lib" / "python3" / "dist-packages")
    assert find_environment(file(tmp_path / "bin" / "python3.10")).sites == (sites[10], debian)
    assert find_environment(tmp_path).sites == (sites[12], debian), "the newest, and no mixture"


def test_a_venv_that_sees_the_system(tmp_path: Path) -> None:
    system = folder(tmp_path / "usr" / "lib" / "python3.11" / "site-packages")
    own = folder(tmp_path / "v" / "lib" / "python3.11" / "site-packages")
    settings = f"home = {tmp_path}/usr/bin\nversion = 3.11.7\ninclude-system-site-packages = "
    file(tmp_path / "v" / "pyvenv.cfg", settings + "true\n")
    assert find_environment(tmp_path / "v").sites == (own, system)
    file(tmp_path / "v" / "pyvenv.cfg", settings + "false\n")
    assert find_environment(tmp_path / "v").sites == (own,)


def test_plain_lines_of_pth_files_are_followed_and_nothing_else(tmp_path: Path) -> None:
    site = Path(folder(tmp_path / "site-packages"))
    one, two = folder(tmp_path / "one"), folder(site / "two")
    file(site / "a.pth", f"# {tmp_path}\n\n{one}\ntwo\nimport os\nimport\tos; x\n{tmp_path}/nowhere\n")
    file(site / "b.pth", f"{one}\n{site}\n")
    found = find_environment(site)
    assert found.linked == (one, two)
    assert found.roots == (str(site.resolve()), one, two)


@pytest.mark.parametrize("name", ["nowhere", "empty", "note.txt"])
def test_what_is_no_environment_is_said(tmp_path: Path, name: str) -> None:
    folder(tmp_path / "empty")
    file(tmp_path / "note.txt")
    with pytest.raises(NoEnvironment, match=name):
        find_environment(tmp_path / name)


def test_the_interpreter_is_not_run(tmp_path: Path) -> None:
    folder(tmp_path / "lib" / "python3.12" / "site-packages")
    python = file(tmp_path / "bin" / "python3.12", f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    python.chmod(0o755)
    find_environment(python)
    assert not (tmp_path / "ran").exists()
