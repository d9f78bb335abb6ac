"""``compiled.h``: an attribute is read as Python reads it, whatever the place in the program has seen before."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import msgspec
import pytest

ROOT = Path(__file__).parents[1]
PLACE = """
static PyObject *get(PyObject *self, PyObject *const *args, Py_ssize_t count) { return PyObject_GetAttr(args[0], args[1]); }
static PyMethodDef methods[] = {{"get", (PyCFunction)(void *)get, METH_FASTCALL, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "place", "", -1, methods};
PyMODINIT_FUNC PyInit_place(void) { return PyModule_Create(&module); }
"""  # noqa: E501
"""A module with one place where an attribute is read, as mypyc would write it."""

Get = Callable[[object, str], Any]


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Get:
    """Reads an attribute, at the one place."""
    compiler = which("cc")
    include = sysconfig.get_path("include")
    if sys.platform == "win32" or compiler is None or not Path(include, "Python.h").exists():
        pytest.skip("no C compiler, or no headers of Python")
    room = tmp_path_factory.mktemp("place")
    source, made = room / "place.c", room / "place.so"
    source.write_text(PLACE, encoding="utf-8")
    linking = ["-undefined", "dynamic_lookup"] if sys.platform == "darwin" else []
    flags = ["-O2", "-Wall", "-Werror", "-shared", "-fPIC", *linking, f"-I{include}", "-include", ROOT / "compiled.h"]
    subprocess.run([compiler, *flags, source, "-o", made], check=True, cwd=room)
    loader = ExtensionFileLoader("place", str(made))
    spec = spec_from_loader("place", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    found: Get = module.get
    return found


class Point(msgspec.Struct):
    x: int
    y: str = "north"

    def shown(self) -> str:
        return f"{self.x} {self.y}"


class Pair(NamedTuple):
    x: int
    y: str


class Free:
    x = "of the class"


class Slotted:
    __slots__ = ("x",)


def test_what_lies_in_objects_of_several_types_is_read_in_turns(get: Get) -> None:
    name = ast.Name("x", ast.Load())
    free = Free()
    free.x = "of its own"
    for _ in range(3):
        assert get(Point(1), "x") == 1
        assert get(Point(2, "south"), "x") == 2
        assert get(Pair(3, "west"), "x") == 3
        assert get(free, "x") == "of its own"
        assert get(Free(), "x") == "of the class"
        assert get(name, "id") == "x"
        assert get(ast, "Name") is ast.Name
        assert get(Free, "x") == "of the class"


def test_one_place_asked_for_two_names_answers_each(get: Get) -> None:
    """mypyc's own functions in C ask for whatever name they are handed."""
    pair, point = Pair(3, "west"), Point(1)
    for _ in range(3):
        assert (get(pair, "x"), get(pair, "y")) == (3, "west")
        assert (get(point, "x"), get(point, "y")) == (1, "north")
        assert get(point, "shown")() == "1 north"


def test_what_is_not_there_is_an_attribute_error(get: Get) -> None:
    slotted = Slotted()
    slotted.x = 1  # type: ignore[attr-defined]
    for _ in range(2):
        assert get(slotted, "x") == 1
        with pytest.raises(AttributeError, match="x"):
            get(Slotted(), "x")
        with pytest.raises(AttributeError, match="nowhere"):
            get(ast.Name("x", ast.Load()), "nowhere")
        with pytest.raises(AttributeError, match="z"):
            get(Point(1), "z")


def test_a_field_that_is_left_out_is_the_classs(get: Get) -> None:
    """``ast`` keeps what may be missing in the class: ``annotation`` of an argument is ``None`` there."""
    bare = ast.arg("a", None)
    del bare.annotation
    given = ast.arg("a", ast.Name("str", ast.Load()))
    for _ in range(2):
        assert get(given, "annotation") is given.annotation
        assert get(bare, "annotation") is None


def test_a_type_that_changes_is_looked_into_again(get: Get) -> None:
    class Base:
        pass

    class Late(Base):
        pass

    late = Late()
    late.x = "of its own"  # type: ignore[attr-defined]
    assert get(late, "x") == "of its own"
    assert get(late, "x") == "of its own"
    Base.x = property(lambda self: "of a property")  # type: ignore[attr-defined]
    assert get(late, "x") == "of a property"
    del Base.x  # type: ignore[attr-defined]
    assert get(late, "x") == "of its own"


def test_a_class_may_have_its_own_way(get: Get) -> None:
    class Asked:
        def __getattr__(self, name: str) -> str:
            return f"asked for {name}"

    class Strict:
        def __getattribute__(self, name: str) -> str:
            return f"told of {name}"

    for _ in range(2):
        assert get(Asked(), "x") == "asked for x"
        assert get(Strict(), "x") == "told of x"
