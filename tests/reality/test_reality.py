"""Whether what the catalogue says is true of a library: tried on a small one, which would say so if it were run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from reality.claims import claims_of
from reality.modules import Shelf
from reality.names import Names
from reality.services import callables, keywords, snake_case
from reality.verdicts import Judge, excused, older

LIBRARY = {
    "acme/__init__.py": """
raise SystemExit("a library was run")
from .core import Client, connect as open_client
from ._more import *
from acme import lazy
import logging
try:
    from acme.fast import quick
except ImportError:
    def quick(data, *, level=1): ...
log: "logging.Logger" = None
shared = Client()
said = shared.send
def later(function, *args, **kwargs): ...
""",
    "acme/core.py": """
from __future__ import annotations
from typing import overload
from acme.base import Base
from elsewhere import Foreign
class Client(Base):
    limit = 3
    def __init__(self, key, *, host=None):
        self.session = Session()
    async def send(self, topic, body=None, /, *, headers=None): ...
    @staticmethod
    def shout(text): ...
    @property
    def users(self) -> Users: ...
    @overload
    def find(self, name): ...
    @overload
    def find(self, *, mail): ...
    def __getattr__(self, name): ...
class Users:
    def create(self, email, name=None, **more): ...
class Session:
    def post(self, url): ...
class Stranger(Foreign):
    def known(self): ...
class Account:
    email: str
    name: str = ""
def connect(key) -> Client | None: ...
""",
    "acme/plain.py": "class Store:\n    def read(self): ...\nclass Put:\n    def get(self): ...\n",
    "acme/_patch.py": "from acme.plain import Store as _Store\nclass Store(_Store):\n    def write(self, text): ...\n",
    "acme/patched.py": """
from acme.plain import Store, Put
from acme._patch import *
def said(self, mail): ...
def told(client, mail): ...
class Late:
    pass
try:
    import acme
except ImportError:
    pass
else:
    Late.send = said
    Late.tell = told
""",
    "acme/base.py": "class Base:\n    def close(self, code=0): ...\n",
    "acme/_more.py": "def starred(*everything): ...\ndef _hidden(): ...\n",
    "acme/lazy/__init__.py": "NAMES = ['Late']\ndef __getattr__(name): ...\n",
    "acme/lazy/late.py": "class Late:\n    def run(self, mail): ...\n",
    "acme/broken.py": "this is no Python\n",
    "acme/fast.cpython-311-x86_64-linux-gnu.so": "",
    "native.abi3.so": "",
    "typed/inner.pyi": "class Typed:\n    def of(self, x): ...\n",
    "speedy-stubs/__init__.pyi": "def dumps(obj, *, indent=...): ...\n",
}


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    for name, text in LIBRARY.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Judge(
        Names(Shelf([tmp_path])),
        {"acme.Made": "acme.core.Users"},
        {"boto3.client.things.put": keywords(frozenset({"Body", "Key"}))},
    )


def judged(judge: Judge, data: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The name, the verdict and the reason of each claim."""
    return [(each.claim.name, each.kind, each.why) for each in judge.verdicts(claims_of("some.toml", data))]


def of_sink(judge: Judge, name: str, *arguments: str) -> tuple[str, str]:
    """The verdict on a sink."""
    ((_, kind, why),) = judged(judge, {"sink": [{"target": name, "args": list(arguments)}]})
    return kind, why


@pytest.mark.parametrize(
    "name",
    [
        "acme.Client.send",  # imported from a module below
        "acme.open_client",  # under another name
        "acme.Client.close",  # inherited
        "acme.Client.limit",
        "acme.Client.session.post",  # stored in the constructor
        "acme.Client.users.create",  # below a property
        "acme.open_client.users.create",  # of what a function is annotated to give
        "acme.shared.send",  # of an instance
        "acme.said",  # a name for something else
        "acme.starred",  # imported with a star
        "acme.quick",  # on another branch, where machine code takes its place
        "acme.lazy.Late.run",  # imported when it is asked for
        "acme.core.Account.email",
        "typed.inner.Typed.of",  # in a stub, in a directory that is no package
        "speedy.dumps",  # in a package of stubs
        "acme.patched.Store.write",  # put in the place of what was imported before
        "acme.patched.Store.read",
        "acme.patched.Put.get",  # which is not in what came later
        "acme.patched.Late.send",  # put into the class from outside
        "acme.Made.create",  # the catalogue's own name for something
    ],
)
def test_what_is_there_is_found(judge: Judge, name: str) -> None:
    assert of_sink(judge, name) == ("true", "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("acme.Cleint.send", "acme has no Cleint"),
        ("acme.Client.users.delete", "Users has no delete"),
        ("acme._hidden", "acme has no _hidden"),
        ("acme.patched.Late.sent", "Late has no sent"),
        ("acme.core.Session.put", "Session has no put"),
        ("acne.Client", "no such library here"),
    ],
)
def test_what_is_not_there_is_wrong(judge: Judge, name: str, why: str) -> None:
    assert of_sink(judge, name) == ("wrong", why)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("acme.Client.anything", "Client has a __getattr__"),
        ("acme.core.Stranger.send", "a base class"),
        ("native.dumps", "machine code without stubs"),
        ("acme.fast.quick", "machine code without stubs"),
    ],
)
def test_what_reading_does_not_tell_is_unknown(judge: Judge, name: str, why: str) -> None:
    kind, said = of_sink(judge, name)
    assert kind == "unknown"
    assert why in said


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("acme.Client.send", "1"),
        ("acme.Client.send", "1|body"),
        ("acme.Client.send", "headers"),
        ("acme.Client.send", "0+"),
        ("acme.Client.shout", "0|text"),
        ("acme.Client", "0|key"),
        ("acme.Client", "host"),
        ("acme.Client.find", "mail"),  # by one of the overloads
        ("acme.Client.users.create", "anything"),  # by **
        ("acme.Client.users.create", "**"),
        ("acme.core.Account", "1|name"),  # a field
        ("acme.later", "3+"),
        ("acme.patched.Late.send", "0|mail"),
        ("acme.patched.Late.tell", "0|mail"),  # whatever it calls the object
        ("acme.starred", "*"),
        ("boto3.client.things.put", "Body"),
    ],
)
def test_what_is_taken_is_true(judge: Judge, name: str, argument: str) -> None:
    assert of_sink(judge, name, argument) == ("true", "")


@pytest.mark.parametrize(
    ("name", "argument", "takes"),
    [
        ("acme.Client.send", "2", "(topic, body, headers)"),
        ("acme.Client.send", "1|headers", "(topic, body, headers)"),  # a keyword only
        ("acme.Client.users.create", "0|name", "(email, name, **)"),  # another place
        ("acme.Client.shout", "message", "(text)"),
        ("acme.quick", "1", "(data, level)"),
        ("boto3.client.things.put", "0", "(Body, Key)"),
    ],
)
def test_what_is_not_taken_is_wrong(judge: Judge, name: str, argument: str, takes: str) -> None:
    kind, why = of_sink(judge, name, argument)
    assert (kind, why) == ("wrong", f"takes no {argument!r}; it takes {takes}")


def test_a_keyword_of_a_row_has_to_be_taken_by_one_of_its_callables(judge: Judge) -> None:
    row = {"target": "acme", "members": ["Client.send", "Client.shout"], "args": ["0", "headers"]}
    assert judged(judge, {"sink": [row]}) == [("acme.Client.send", "true", ""), ("acme.Client.shout", "true", "")]
    row["args"] = ["0", "headers", "footers"]
    (first, second) = judged(judge, {"sink": [row]})
    assert first == ("acme.Client.send", "wrong", "nothing in this row takes 'footers'")
    assert second == ("acme.Client.shout", "true", "")


def test_types_are_found_loosely_and_callables_are_not(judge: Judge) -> None:
    moved = "acme.types.Account"
    assert judged(judge, {"type": [{"target": moved}]}) == [(moved, "true", "")]
    assert judged(judge, {"returns": [{"target": "acme.connect", "type": moved}]})[1] == (moved, "true", "")
    assert of_sink(judge, moved)[0] == "wrong"


def test_a_class_is_claimed_with_its_attributes_and_bases(judge: Judge) -> None:
    row = {
        "target": "acme.core.Account",
        "bases": ["acme.base.Base"],
        "attributes": {"email": "category:email", "mail": "category:email", "*": "clean", "name": "type:acme.Nothing"},
    }
    wrong = [(name, why) for name, kind, why in judged(judge, {"class": [row]}) if kind != "true"]
    assert wrong == [("acme.core.Account.mail", "Account has no mail"), ("acme.Nothing", "acme has no Nothing")]


def test_what_a_caller_hands_on_is_claimed(judge: Judge) -> None:
    row = {"target": "acme.later", "callee": "0|function", "rest": ["1+", "**"]}
    assert judged(judge, {"caller": [row]}) == [("acme.later", "true", "")]
    row["callee"] = "1|function"
    assert judged(judge, {"caller": [row]})[0][1] == "wrong"
    assert judged(judge, {"caller": [{"methods": ["submit"], "callee": "0"}]}) == []


def test_a_whole_library_is_there_or_not(judge: Judge) -> None:
    rows = [{"target": ["acme.lazy.*", "acme.nothing.*"], "effect": "clean"}]
    assert [kind for _, kind, _ in judged(judge, {"transform": rows})] == ["true", "wrong"]


def test_reasons_excuse_what_needs_them_and_nothing_else(judge: Judge) -> None:
    names = ["acme.Client.anything", "acne.send", "acme.Client.send"]
    verdicts = judge.verdicts(claims_of("some.toml", {"sink": [{"target": names, "args": []}]}))
    reasons = {"acme.Client.anything": "made by __getattr__", "acne.*": "gone", "acme.Client.send": "it is there"}
    found, idle = excused(verdicts, reasons)
    assert [(each.kind, each.why) for each in found] == [
        ("excused", "made by __getattr__"), ("excused", "gone"), ("true", "")
    ]  # fmt: skip
    assert idle == ["acme.Client.send"]


def test_what_is_true_of_an_older_version_is_told_apart(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before/acme.py").write_text("def gone(data): ...\n", encoding="utf-8")
    row = {"target": ["acme.gone", "acme.quick", "acme.never"], "args": ["0"]}
    claims = list(claims_of("some.toml", {"sink": [row]}))
    before = Judge(Names(Shelf([tmp_path / "before"])))
    found = older(judge.verdicts(claims), before)
    assert [each.kind for each in found] == ["older", "true", "wrong"]


def test_services_are_read_from_their_own_descriptions(tmp_path: Path) -> None:
    client, resource = tmp_path / "botocore/data/sns/2010-03-31", tmp_path / "boto3/data/sns/2010-03-31"
    client.mkdir(parents=True)
    resource.mkdir(parents=True)
    (client / "service-2.json").write_text(
        '{"operations": {"Publish": {"input": {"shape": "In"}}, "ListTopics": {}},'
        ' "shapes": {"In": {"members": {"TopicArn": {}, "Message": {}, "Subject": {}}}}}',
        encoding="utf-8",
    )
    (resource / "resources-1.json").write_text(
        '{"service": {"has": {"Topic": {}}}, "resources": {"Topic": {"actions": {"Publish": {"request":'
        ' {"operation": "Publish", "params": [{"target": "TopicArn"}]}}}}}}',
        encoding="utf-8",
    )
    found = callables(tmp_path)
    assert list(found) == [
        "boto3.client.sns.publish",
        "boto3.client.sns.list_topics",
        "boto3.resource.sns.Topic",
        "boto3.resource.sns.Topic.publish",
    ]
    assert found["boto3.client.sns.publish"].keywords == {"TopicArn", "Message", "Subject"}
    assert found["boto3.resource.sns.Topic.publish"].keywords == {"Message", "Subject"}
    assert snake_case("CreateDBCluster") == "create_db_cluster"


def test_a_method_of_frames_has_to_be_of_one_of_their_classes(judge: Judge) -> None:
    """A class that answers any name answers the names of columns so: that makes no method."""
    data = {
        "class": [{"target": ["acme.Client", "acme.core.Users"], "text": "frame"}, {"target": "acme.core.Session"}],
        "frame": [{"members": ["send", "create", "post", "melt"], "effect": "keep"}],
        "maker": [{"target": ["acme.connect", "acme.open_client"], "effect": "read"}],
    }
    verdicts = {name: kind for name, kind, _ in judged(judge, data)}
    assert verdicts["frame.send"] == verdicts["frame.create"] == "true"
    assert verdicts["frame.post"] == verdicts["frame.melt"] == "wrong"
    assert verdicts["acme.connect"] == "wrong"
    assert verdicts["acme.open_client"] == "true"
