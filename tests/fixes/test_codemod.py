"""The codemod, as libcst's own tool runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

LOGS = (
    "import logging\r\n\r\n\r\ndef note(email, phone):\r\n"
    '\tlogging.info("to %s", email)\r\n\tlogging.info(phone)\r\n'
)  # fmt: skip
YAML = "modules: ['discreet.codemods']\nformatter: []\n"


def codemod(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "libcst.tool", "codemod", "--no-format", "redact.Redact", *arguments, "shop/case.py"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_does_what_fix_does(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": LOGS, "../.libcst.codemod.yaml": YAML})
    case = root / "shop" / "case.py"
    done = codemod(root)
    assert done.returncode == 0, done.stderr
    mended = case.read_bytes()
    case.write_bytes(LOGS.encode())
    discreet("fix")
    assert case.read_bytes() == mended
    assert b"redact(email)" in mended


def test_unsafe_on_request(shop: Any) -> None:
    root = shop({"case.py": LOGS, "../.libcst.codemod.yaml": YAML})
    assert codemod(root, "--unsafe").returncode == 0
    assert "logging.info(mask_phone(phone))" in (root / "shop" / "case.py").read_text()


OTHERS = """\
from dataclasses import dataclass

import sentry_sdk

sentry_sdk.init("dsn", send_default_pii=True)
CARD = "4539 1488 0343 6467"


@dataclass
class Customer:
    email: str
"""


def test_types_settings_and_literals_as_well(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": OTHERS, "../.libcst.codemod.yaml": YAML}, '[tool.discreet]\nselect = ["ALL"]\n')
    case = root / "shop" / "case.py"
    assert codemod(root, "--unsafe").returncode == 0
    mended = case.read_text()
    case.write_text(OTHERS)
    discreet("fix", "--unsafe-fixes")
    assert case.read_text() == mended
    for expected in ("email: str = field(repr=False)", "send_default_pii=False"):
        assert expected in mended
    assert "4539" not in mended


def test_a_configuration_that_can_not_be_read_changes_nothing(shop: Any) -> None:
    root = shop({"case.py": LOGS, "../.libcst.codemod.yaml": YAML}, "[tool.discreet]\nredactor = 1\n")
    done = codemod(root)
    assert (root / "shop" / "case.py").read_bytes() == LOGS.encode()
    assert "1 names no function" in done.stderr
