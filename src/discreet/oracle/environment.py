"""The environment of the analysed project: where its libraries' sources lie, found without running its interpreter.

``--python`` may name an interpreter, a virtual environment or prefix, or a ``site-packages`` directory. Everything is
read off the file system: ``pyvenv.cfg``, ``lib/pythonX.Y/site-packages``, and of ``*.pth`` files the lines that are
plain directories. Lines with ``import`` would be run by Python; here they are not even read further.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

MAX_PTH_BYTES = 65_536
MAX_PTH_LINES = 200
SITE_NAMES = ("site-packages", "dist-packages")


class NoEnvironment(ValueError):
    """``--python`` names nothing that libraries are installed in; the message is a sentence for the user."""


class Environment(NamedTuple):
    """Where libraries are.

    ``sites`` hold installed libraries, which change only when something is installed. ``linked`` are the directories
    that ``.pth`` files point to, mostly sources somebody is editing: answers that touch them are not worth keeping.
    """

    sites: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()

    @property
    def roots(self) -> tuple[str, ...]:
        """All directories, in the order Python would search them."""
        return (*self.sites, *self.linked)

    def has(self, top: str) -> bool:
        """Whether a top-level name could be a library of this environment, or of the standard library."""
        if top in sys.stdlib_module_names:
            return True
        names = (top, f"{top}.py", f"{top}.pyi")
        return any(os.path.exists(os.path.join(root, name)) for root in self.roots for name in names)

    def digest(self) -> str:
        """Changes when something is installed, upgraded or removed.

        It is made of what lies at the top of each directory: names, and times and sizes of files. A library that
        somebody edits by hand further down goes unnoticed.
        """
        told = hashlib.sha256()
        for site in self.sites:
            for line in (site, *_listing(site)):
                told.update(line.encode("utf-8", "surrogateescape") + b"\0")
        told.update("\0".join(self.linked).encode("utf-8", "surrogateescape"))
        return told.hexdigest()


NOWHERE = Environment()
"""No environment was given: only the standard library can be asked about."""


def find_environment(path: Path) -> Environment:
    """The environment that a path given by the user means."""
    path = Path(os.path.abspath(path))  # no resolving yet: venv/bin/python is a link to an interpreter elsewhere
    if path.is_dir():
        sites = _of_directory(path)
    elif path.is_file():
        sites = _of_interpreter(path)
    else:
        raise NoEnvironment(f"there is no interpreter, virtual environment or site-packages directory at {path}")
    if not sites:
        raise NoEnvironment(f"found no site-packages directory for {path}")
    unique = tuple(dict.fromkeys(os.path.realpath(site) for site in sites))
    linked = dict.fromkeys(each for site in unique for each in _linked(site))
    return Environment(unique, tuple(each for each in linked if each not in unique))


def _of_directory(path: Path) -> list[Path]:
    if path.name in SITE_NAMES or next(path.glob("*.dist-info"), None) is not None:
        return [path]
    return _of_prefix(path)


def _of_interpreter(path: Path) -> list[Path]:
    prefix = _prefix_of(path)
    if (prefix / "pyvenv.cfg").is_file():
        return _of_prefix(prefix)
    real = path.resolve()
    version = re.fullmatch(r"(?:python|pypy)(\d\.\d+)(?:\.exe)?", real.name)
    return _of_prefix(_prefix_of(real), version[1] if version else "")


def _prefix_of(interpreter: Path) -> Path:
    """``bin/python`` and ``Scripts/python.exe`` lie below the prefix, ``python.exe`` of Windows' own in it."""
    folder = interpreter.parent
    return folder.parent if folder.name.lower() in ("bin", "scripts") else folder


def _of_prefix(prefix: Path, version: str = "", depth: int = 0) -> list[Path]:
    wanted = f"python{version or '[0-9].*'}"
    found = [
        site
        for pattern in (f"lib/{wanted}", f"lib64/{wanted}", f"local/lib/{wanted}", "lib/python3", "Lib")
        for folder in sorted(prefix.glob(pattern), key=_newest_first)
        for site in (folder / name for name in SITE_NAMES)
        if site.is_dir()
    ]
    if not version:  # several Pythons in one prefix, and nobody said which: the newest, not a mixture
        found = [each for each in found if each.parent.name in (found[0].parent.name, "python3")]
    settings = _pyvenv(prefix)
    if settings.get("include-system-site-packages") == "true" and settings.get("home") and depth == 0:
        said = re.match(r"\d\.\d+", settings.get("version", settings.get("version_info", "")))
        found.extend(_of_prefix(_prefix_of(Path(settings["home"]) / "python"), said[0] if said else "", depth=1))
    return found


def _newest_first(folder: Path) -> tuple[int, ...]:
    return tuple(-int(each) for each in re.findall(r"\d+", folder.name))


def _pyvenv(prefix: Path) -> dict[str, str]:
    try:
        text = (prefix / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines()[:100])
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _linked(site: str) -> list[str]:
    """The directories that ``.pth`` files name in plain lines: editable installs, mostly."""
    found: list[str] = []
    for path in sorted(Path(site).glob("*.pth")):
        try:
            with path.open("rb") as stream:
                text = stream.read(MAX_PTH_BYTES).decode("utf-8", "replace")
        except OSError:
            continue
        for line in text.splitlines()[:MAX_PTH_LINES]:
            if line.strip() and not line.startswith(("#", "import ", "import\t")) and "\0" not in line:
                folder = os.path.realpath(os.path.join(site, line.strip()))
                if os.path.isdir(folder):
                    found.append(folder)
    return found


def _listing(site: str) -> list[str]:
    """What lies at the top of a site-packages directory, and since when."""
    lines = []
    try:
        entries = sorted(os.scandir(site), key=lambda entry: entry.name)
    except OSError:
        return []
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        try:
            stat = entry.stat()
        except OSError:
            continue
        lines.append(f"{entry.name} {stat.st_mtime_ns} {0 if entry.is_dir() else stat.st_size}")
    return lines
