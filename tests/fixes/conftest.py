"""What the tests of fixes share: a small program with a redactor, and a way to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

PRIVACY = '''\
"""What of a person may be shown."""


def redact(value: object) -> str:
    return "***"


def mask_phone(value: object) -> str:
    return "***" + str(value)[-2:]
'''
CONFIG = """\
[tool.discreet]
redactor = "shop.privacy:redact"
redactors = { phone = "shop.privacy:mask_phone" }
extend-select = ["PII103", "PII104"]
"""

Shop = Callable[..., Path]


@pytest.fixture
def shop(tree: Any) -> Shop:
    """Make the program, with some files of its package ``shop``, and others (with a ``/``) beside it."""

    def make(files: Mapping[str, str | bytes], config: str = CONFIG, privacy: str = PRIVACY) -> Path:
        root: Path = tree({"pyproject.toml": config, "shop/__init__.py": "", "shop/privacy.py": privacy})
        tree({name if "/" in name else f"shop/{name}": content for name, content in files.items()})
        return root

    return make
