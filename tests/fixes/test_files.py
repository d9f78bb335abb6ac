"""What becomes of a file: every byte but the fix is kept, and it is the old or the new one at any moment."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from discreet.fixes.refusal import Refused
from discreet.fixes.writing import write

BODY = 'import logging\n\ndef note(email):\n\tlogging.info("to %s", email)\n'
MENDED = 'import logging\nfrom shop.privacy import redact\n\ndef note(email):\n\tlogging.info("to %s", redact(email))\n'

FORMS = {
    "as it is": (BODY.encode(), MENDED.encode()),
    "byte-order mark": (b"\xef\xbb\xbf" + BODY.encode(), b"\xef\xbb\xbf" + MENDED.encode()),
    "CRLF": (BODY.replace("\n", "\r\n").encode(), MENDED.replace("\n", "\r\n").encode()),
    "no newline at the end": (BODY.rstrip().encode(), MENDED.rstrip().encode()),
    "latin-1": (
        b"# -*- coding: latin-1 -*-\n" + BODY.replace("to", "für").encode("latin-1"),
        b"# -*- coding: latin-1 -*-\n" + MENDED.replace("to", "für").encode("latin-1"),
    ),
    "mixed newlines": (
        BODY.encode().replace(b":\n", b":\r\n") + b"# end\r\n\n",
        MENDED.encode().replace(b":\n", b":\r\n") + b"# end\r\n\n",
    ),
    "form feed": (b"\x0c\n" + BODY.encode(), b"\x0c\n" + MENDED.encode()),
    "wide characters": (
        BODY.replace('"to', '"𝔘 中文 to').encode(), MENDED.replace('"to', '"𝔘 中文 to').encode(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_other_byte_is_kept(form: str, shop: Any, discreet: Any) -> None:
    before, after = FORMS[form]
    case = shop({"case.py": before}) / "shop" / "case.py"
    assert discreet("check", "--fix").status == 0
    assert case.read_bytes() == after


@pytest.mark.parametrize("data", [BODY.replace("\n", "\r").encode(), BODY.encode() + b"\n   "])
def test_what_libcst_does_not_give_back_is_left(data: bytes, shop: Any, discreet: Any) -> None:
    case = shop({"case.py": data}) / "shop" / "case.py"
    result = discreet("check", "--fix")
    assert (result.status, case.read_bytes()) == (1, data)
    assert "libcst would not give the file back as it is" in result.err


def test_the_mode_is_kept(shop: Any, discreet: Any) -> None:
    case = shop({"case.py": BODY}) / "shop" / "case.py"
    case.chmod(0o751)
    discreet("check", "--fix")
    assert (case.read_text(), stat.S_IMODE(case.stat().st_mode)) == (MENDED, 0o751)


def test_a_link_stays_a_link(shop: Any, discreet: Any) -> None:
    root = shop({"real/case.txt": BODY})
    (root / "shop" / "case.py").symlink_to(root / "real" / "case.txt")
    discreet("check", "--fix")
    assert (root / "shop" / "case.py").is_symlink()
    assert (root / "real" / "case.txt").read_text() == MENDED


def test_nothing_is_written_through_a_link_that_leads_out(shop: Any, discreet: Any, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text(BODY)
    root = shop({})
    (root / "shop" / "case.py").symlink_to(outside)
    result = discreet("check", "--fix")
    assert (result.status, outside.read_text()) == (2, BODY)
    assert "shop/case.py: not mended: the file is a link that leads out of the project" in result.err


def test_a_read_only_file_is_left(shop: Any, discreet: Any) -> None:
    case = shop({"case.py": BODY, "other.py": BODY}) / "shop" / "case.py"
    case.chmod(0o444)
    result = discreet("check", "--fix")
    assert (result.status, case.read_text()) == (2, BODY)
    assert "shop/case.py: not mended: the file is read-only" in result.err
    assert (case.parent / "other.py").read_text() == MENDED, "the others are mended all the same"
    assert "1 finding in 1 file mended" in result.err


def test_what_could_not_be_written_is_told_once_and_as_it_is_called_here(
    shop: Any, discreet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = shop({"case.py": "def note(email):\n    raise ValueError(email)\n"}) / "shop" / "case.py"
    case.chmod(0o444)
    monkeypatch.chdir(case.parent)
    result = discreet("fix", "--unsafe-fixes", "..")
    assert result.err.splitlines() == [
        "nothing mended",
        "1 finding can't be mended:",
        "  1: the file could not be written",
        "1 finding in 3 files",
        "discreet: error: case.py: not mended: the file is read-only",
    ]


def test_a_file_that_has_changed_meanwhile_is_left(tmp_path: Path) -> None:
    case = tmp_path / "case.py"
    case.write_text("new")
    with pytest.raises(Refused, match="has changed meanwhile"):
        write(str(case), str(tmp_path), b"old", b"mended")
    assert (case.read_text(), list(tmp_path.iterdir())) == ("new", [case])


def test_a_file_with_two_names_is_left(tmp_path: Path) -> None:
    case = tmp_path / "case.py"
    case.write_text("old")
    os.link(case, tmp_path / "again.py")
    with pytest.raises(Refused, match="several names"):
        write(str(case), str(tmp_path), b"old", b"mended")


@pytest.mark.parametrize("moment", ["replace", "fsync", "chmod"])
def test_interrupted_at_any_moment_it_is_old(moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tmp_path / "case.py"
    case.write_text("old")

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, moment, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(str(case), str(tmp_path), b"old", b"mended")
    assert (case.read_text(), list(tmp_path.iterdir())) == ("old", [case])


def test_a_file_that_is_not_python_stops_nobody(shop: Any, discreet: Any) -> None:
    root = shop({"case.py": BODY, "broken.py": "def (:\n", "bytes.py": b"x = '\xff'\n"})
    result = discreet("check", "--fix")
    assert (root / "shop" / "case.py").read_text() == MENDED
    assert result.codes == ["shop/broken.py:1 PII904", "shop/bytes.py:1 PII905"]
