"""By which attribute an object can be named without saying who it is: asked of the analysis, class by class."""

from __future__ import annotations

import pytest

from discreet.facts.extraction import extract
from discreet.flow.library import Library
from discreet.flow.solver import Solver

DJANGO = "from django.db import models\nfrom django.contrib.auth.models import AbstractUser, User\n"
ALCHEMY = """\
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
"""


def named(head: str, body: str) -> tuple[str, bool]:
    """What names the object that ``body`` hands to ``ask``, and whether that is surely there."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    text = f"{head}\ndef view(x, xs):\n{lines}"
    facts = extract("app.py", text.encode(), module="app")
    ((_, key, is_there),) = Solver(Library.of([facts]), {}).named("app", "ask")
    return key, is_there


@pytest.mark.parametrize(
    ("key", "head", "asked"),
    [
        ("pk", DJANGO + "class Patient(models.Model):\n    email = models.EmailField()", "Patient.objects.get(code=1)"),
        ("pk", DJANGO + "class Account(AbstractUser):\n    pass", "Account.objects.first()"),
        ("pk", DJANGO + "def current() -> User: ...", "current()"),
        ("pk", DJANGO + "class P(models.Model):\n    code = models.UUIDField(primary_key=True)", "P.objects.get()"),
        # its primary key is the address itself
        ("", DJANGO + "class P(models.Model):\n    email = models.EmailField(primary_key=True)", "P.objects.get()"),
        ("id", ALCHEMY + "class P(Base):\n    id = sa.Column(sa.Integer, primary_key=True)", "s.get(P, 1)"),
        ("code", ALCHEMY + "class P(Base):\n    code: Mapped[int] = mapped_column(primary_key=True)", "s.get(P, 1)"),
        # one half of a key names nobody
        (
            "",
            ALCHEMY + "class P(Base):\n    a = sa.Column(sa.Integer, primary_key=True)\n"
            "    b = sa.Column(sa.Integer, primary_key=True)",
            "s.get(P, 1)",
        ),
        ("id", "import peewee\nclass P(peewee.Model):\n    email = peewee.CharField()", "P.get(P.email == x)"),
        (
            "code",
            "import peewee\nclass P(peewee.Model):\n    code = peewee.UUIDField(primary_key=True)",
            "P.get(P.code == x)",
        ),
        ("pk", "from tortoise.models import Model\nclass P(Model):\n    pass", "P.get(id=1)"),
        ("id", "from dataclasses import dataclass\n@dataclass\nclass P:\n    id: int\n    email: str", "P(1, x)"),
        ("uuid", "from uuid import UUID\nclass P:\n    uuid: UUID\n    mail: str", "P(1, x)"),
        ("id", "class P:\n    def __init__(self, id, m):\n        self.id = id\n        self.mail = m", "P(1, x)"),
        ("", "class P:\n    def open(self):\n        self.id = 1", "P()"),  # not before it is opened
        # what a form declares its instances don't have, nor what its model declares; nobody knows of a library's class
        ("", "from django import forms\nclass P(forms.Form):\n    id = forms.IntegerField()", "P()"),
        (
            "",
            DJANGO + "from django import forms\nclass M(models.Model):\n    id = models.IntegerField()\n"
            "class P(forms.ModelForm):\n    class Meta:\n        model = M",
            "P()",
        ),
        ("", "from library import Thing\nclass P(Thing):\n    id: int", "P()"),
        ("id", "from pydantic import BaseModel\nclass P(BaseModel):\n    id: int", "P(id=1)"),
        # no field of that name; one that holds an address; one that is another object; a method
        ("", "class P:\n    def __init__(self, email):\n        self.email = email", "P(x)"),
        ("", "from pydantic import EmailStr\nclass P:\n    id: EmailStr", "P()"),
        ("", "class Key:\n    email: str\nclass P:\n    id: Key", "P()"),
        ("", "class P:\n    email: str\n    def id(self):\n        return 1", "P()"),
        ("", "from typing import TypedDict\nclass P(TypedDict):\n    id: int\n    email: str", "P(id=1, email=x)"),
    ],
)  # fmt: skip
def test_what_names_an_instance(key: str, head: str, asked: str) -> None:
    assert named(head, f"p = {asked}\nask(p)")[0] == key


PATIENT = DJANGO + "class Patient(models.Model):\n    email = models.EmailField()"


@pytest.mark.parametrize("body", ["ask(request.user)", "def inner():\n        ask(request.user)"])
def test_a_name_is_no_class(body: str) -> None:
    assert named(PATIENT, "patient = x\nask(patient)")[0] == ""
    text = DJANGO + f"def view(request):\n    {body}\n"
    facts = extract("app.py", text.encode(), module="app")
    ((_, key, _),) = Solver(Library.of([facts]), {}).named("app", "ask")
    assert key == ""


def test_what_is_being_made_has_none_yet() -> None:
    text = "class P:\n    id: int\n    def __init__(self, id):\n        ask(self)\n        self.id = id\n"
    facts = extract("app.py", text.encode(), module="app")
    ((_, key, _),) = Solver(Library.of([facts]), {}).named("app", "ask")
    assert key == ""


def test_what_may_be_something_else_has_no_key() -> None:
    assert named(PATIENT, "p = Patient.objects.get() if xs else x\nask(p)")[0] == ""


def test_what_was_only_just_made_has_none_yet() -> None:
    assert named(PATIENT, "p = Patient(email=x)\nask(p)")[0] == ""


@pytest.mark.parametrize(
    ("is_there", "body"),
    [
        (True, "for p in Patient.objects.all():\n    ask(p)"),
        (False, "ask(Patient.objects.filter(email=x).first())"),
        (False, "ask(x)"),
    ],
)
def test_whether_an_object_is_there(is_there: bool, body: str) -> None:
    assert named(PATIENT, body)[1] is is_there


def test_an_instance_is_there_for_itself() -> None:
    text = "class P:\n    id: int\n    def tell(self):\n        ask(self)\n"
    facts = extract("app.py", text.encode(), module="app")
    ((_, key, is_there),) = Solver(Library.of([facts]), {}).named("app", "ask")
    assert (key, is_there) == ("id", True)
