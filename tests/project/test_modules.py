"""What a file is called when it is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from discreet.project.modules import module_name

CASES = {
    "a script at the root": ("tool.py", [], "tool", False),
    "a package": ("shop/models.py", ["shop/__init__.py"], "shop.models", False),
    "a package itself": ("shop/__init__.py", [], "shop", True),
    "a package in a package": ("shop/sub/x.py", ["shop/__init__.py", "shop/sub/__init__.py"], "shop.sub.x", False),
    "src layout": ("src/shop/models.py", ["src/shop/__init__.py"], "shop.models", False),
    "src layout, a module": ("src/tool.py", [], "tool", False),
    "src that is a package": ("src/models.py", ["src/__init__.py"], "src.models", False),
    "src deeper down": ("packages/a/src/shop/x.py", ["packages/a/src/shop/__init__.py"], "shop.x", False),
    "a namespace in src": ("src/acme/shop/x.py", ["src/acme/shop/__init__.py"], "acme.shop.x", False),
    "a namespace of modules": ("acme/shop/x.py", [], "acme.shop.x", False),
    "below a Django project": ("backend/app/x.py", ["backend/manage.py"], "app.x", False),
    "a package below a directory": ("backend/app/x.py", ["backend/app/__init__.py"], "app.x", False),
    "a directory in a package": ("app/api/x.py", ["app/__init__.py", "app/setup.py"], "app.api.x", False),
    "a directory in a package below another": ("back/app/api/x.py", ["back/app/__init__.py"], "app.api.x", False),
    "a directory in src that is a package": ("src/auth/x.py", ["src/__init__.py"], "src.auth.x", False),
    "no name in a package": ("app/my-jobs/x.py", ["app/__init__.py"], "x", False),
    "a directory that is no name": ("my-tools/x.py", [], "x", False),
    "a script that is no name": ("bin/do-it", [], "bin.do-it", False),
}


@pytest.mark.parametrize(("path", "others", "dotted", "is_package"), CASES.values(), ids=CASES.keys())
def test_module_name(tmp_path: Path, path: str, others: list[str], dotted: str, is_package: bool) -> None:
    for name in (path, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert module_name(str(tmp_path / path), str(tmp_path)) == (dotted, is_package)


def test_an_init_file_at_the_root(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").touch()
    assert module_name(str(tmp_path / "__init__.py"), str(tmp_path)) == (tmp_path.name, True)


def test_a_file_outside_the_root(tmp_path: Path) -> None:
    (tmp_path / "x.py").touch()
    assert module_name(str(tmp_path / "x.py"), str(tmp_path / "elsewhere")) == ("x", False)
