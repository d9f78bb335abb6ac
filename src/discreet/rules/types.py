"""6xx: types that show personal data by the text that is made for them."""

from __future__ import annotations

from discreet.rules.rule import Rule

_BAD = (
    """\
from dataclasses import dataclass


@dataclass
class Patient:  # expect: PII601 name, date_of_birth
    id: int
    full_name: str
    date_of_birth: str
""",
    """\
from pydantic import BaseModel, EmailStr


class Contact(BaseModel):  # expect: PII601 email
    id: int
    address: EmailStr
""",
)

_GOOD = (
    """\
from dataclasses import dataclass, field


@dataclass
class Patient:
    id: int
    full_name: str = field(repr=False)
    date_of_birth: str = field(repr=False)
""",
    """\
from pydantic import BaseModel, EmailStr, Field, SecretStr


class Contact(BaseModel):
    id: int
    address: EmailStr = Field(repr=False)
    phone: SecretStr
""",
    """\
from dataclasses import dataclass


@dataclass
class Patient:
    id: int
    full_name: str

    def __repr__(self) -> str:
        return f"<Patient {self.id}>"
""",
    """\
class Patient:
    def __init__(self, full_name: str) -> None:
        self.full_name = full_name
""",
)

_BAD_ONLINE = (
    """\
from typing import NamedTuple


class Login(NamedTuple):  # expect: PII602 username, ip_address
    username: str
    client_ip: str
""",
    """\
import attrs


@attrs.define
class Phone:  # expect: PII602 device_id
    model: str
    advertising_id: str
""",
)

_GOOD_ONLINE = (
    """\
import attrs


@attrs.define
class Phone:
    model: str
    advertising_id: str = attrs.field(repr=False)
""",
    """\
from dataclasses import dataclass


@dataclass(repr=False)
class Login:
    username: str
    client_ip: str
""",
    """\
from typing import NamedTuple


class Login(NamedTuple):
    user_id: int
    attempts: int
""",
)

_REPR = Rule(
    code="PII601",
    name="personal-data-in-repr",
    summary="A type whose generated text shows personal data",
    message="text of the type shows {what}: {source}",
    what="Reports a type with a field of personal data that its generated `__repr__` or `__str__` shows: dataclasses, "
    "attrs classes, `NamedTuple`, pydantic and SQLModel models. The finding stands at the class.",
    why="The text of an object is what every log call, every f-string, every assertion, every traceback with local "
    "variables and every error tracker shows of it. One field kept out of it protects in all these places at once. "
    "The rule is off by default: a leak that is seen is reported where it happens, and this one is for those who "
    "would rather close the tap.",
    bad=_BAD,
    good=_GOOD,
    instead="Keep the field out with `field(repr=False)`, or hold the value in a type that hides it (`SecretStr`). A "
    "`__repr__` of your own that shows the identifier serves the debugger as well.",
    kinds=frozenset({"repr"}),
    standing="direct",
    default=False,
    fix_safety="Unsafe: each field that is shown gets `repr=False`, by `dataclasses.field`, `attrs.field` or the "
    "`Field` of pydantic and SQLModel; a credential of a model that holds another in `SecretStr` is held in it, too. "
    "The text of the object changes, and a test or a human may depend on it. Equality, order, hashing and `asdict` "
    "do not; a `SecretStr` has to be asked for its value. No automatic fix where all fields are always shown "
    "(`NamedTuple`), where the default is made by a call, and where it is not in sight what makes the text.",
)

RULES: tuple[Rule, ...] = (
    _REPR,
    _REPR.online(bad=_BAD_ONLINE, good=_GOOD_ONLINE, summary="A type whose generated text shows an online identifier"),
)
