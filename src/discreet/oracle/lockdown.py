"""The last door: in the oracle's process, nothing is imported, executed, written or sent that is not discreet's own.

What keeps libraries from being run is that nobody runs them (:mod:`discreet.oracle.building`). This is for the mistake
that nobody has found yet, in a newer astroid perhaps: an audit hook, which can't be taken back.
"""

from __future__ import annotations

import os
import sys
from types import CodeType
from typing import Any

REFUSED = (
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "os.remove",
    "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill",
    "os.putenv", "pty.spawn", "subprocess.Popen", "socket.", "shutil.", "ctypes.", "webbrowser.", "urllib.", "ftplib.",
    "smtplib.", "sqlite3.", "winreg.", "fcntl.",
)  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


class Refused(RuntimeError):
    """Something was about to be done that the oracle never does."""


def lock(trusted: tuple[str, ...]) -> None:
    """From now on, only code of the ``trusted`` directories and files and the standard library's may be loaded."""
    standard = os.path.dirname(os.path.realpath(os.__file__))
    inside = tuple(each if os.path.isfile(each) else os.path.join(each, "") for each in trusted)

    def is_ours(path: str) -> bool:
        if path.startswith("<"):
            return True  # frozen modules, and what the standard library makes of strings
        path = os.path.realpath(path)
        if path.startswith(inside):
            return True
        return path.startswith(standard + os.sep) and "-packages" + os.sep not in path[len(standard) :]

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            mode, flags = args[1], args[2]
            if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITES):
                raise Refused(event)
        elif event == "exec":
            if isinstance(args[0], CodeType) and not is_ours(args[0].co_filename):
                raise Refused(event)
        elif event == "import":
            if isinstance(args[1], str) and args[1] and not is_ours(args[1]):
                raise Refused(event)
        elif event.startswith(REFUSED):
            raise Refused(event)

    sys.addaudithook(hook)
