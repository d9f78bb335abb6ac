"""Small invented site-packages trees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Plant = Callable[[dict[str, str]], Path]


def planted(site: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write files into a directory called site-packages, and tell where it is."""
    return lambda files: planted(tmp_path / "site-packages", files)
