"""What the oracle says about libraries; expectations are what Python does with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from discreet.oracle import LibraryOracle, open_oracle

FILES = {
    "acme/__init__.py": "from acme._client import Client as Client, AsyncClient\nfrom acme.logs import log\n",
    "acme/_client.py": """
import logging, typing as t
from contextlib import contextmanager
from functools import cached_property
from acme import _resources
from acme.base import BaseClient

class Client(BaseClient):
    region: "t.Optional[Region]" = None
    def __init__(self, session=None, transport: t.Optional["_resources.Transport"] = None):
        super().__init__()
        self.transport = transport
        self._messages = None
        self.logger = logging.getLogger("acme")
    @property
    def messages(self):
        if self._messages is None:
            self._messages = _resources.Messages(self)
        return self._messages
    @cached_property
    def chat(self) -> _resources.Chat:
        from acme.nowhere import Chat
        return Chat(self)
    def bind(self, **values) -> "Client":
        return self.copy(values)
    def options(self):
        return self
    @classmethod
    def from_env(cls) -> t.Self:
        return cls.magic()
    @contextmanager
    def scope(self) -> t.Iterator["_resources.Scope"]:
        yield something()
    async def fetch(self) -> _resources.Response | None:
        return await nothing()
    def __enter__(self):
        return self

class Region: ...
class AsyncClient(Client): ...
""",
    "acme/base.py": "class BaseClient:\n    def send(self, data): ...\n    def close(self): ...\n",
    "acme/_resources.py": "\n".join(f"class {x}: ..." for x in ("Messages", "Chat", "Scope", "Response", "Transport")),
    "acme/logs.py": """
import logging
class AcmeLogger(logging.Logger):
    def audit(self, text): ...
def get_logger(name):
    logging.setLoggerClass(AcmeLogger)
    return logging.getLogger(name)
def make(name, adapter=False):
    if adapter:
        return logging.LoggerAdapter(AcmeLogger(name), {})
    return AcmeLogger(name)
def typed(name) -> logging.Logger:
    return _registry[name]
def logger_class():
    return AcmeLogger
def name_of(log):
    return "acme." + log.name
def unknown(log):
    return log
log: logging.Logger = Proxy(lambda: None)
audit = make("audit")
send = audit.info
""",
    "other/__init__.py": "import acme\nclass Special(acme.Client):\n    pass\n",
    "split/one/__init__.py": "class A: ...\n",
    "compiled/__init__.py": "from compiled._speed import Fast\n",
    "compiled/_speed.pyi": "class Fast:\n    def next(self) -> Fast: ...\ndef make() -> Fast: ...\n",
    "compiled/_speed.so": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryOracle]:
    site: Path = tmp_path_factory.mktemp("env") / "site-packages"
    for name, text in FILES.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with open_oracle(site) as opened:
        yield opened


@pytest.mark.parametrize(
    ("dotted", "expected"),
    [
        ("acme.Client", "instance:acme._client.Client"),
        ("acme.logs.make", "instance:acme.logs.AcmeLogger"),
        ("acme.logs.make", "instance:logging.LoggerAdapter"),
        ("acme.logs.typed", "instance:logging.Logger"),
        ("acme.logs.logger_class", "class:acme.logs.AcmeLogger"),
        ("acme.Client.bind", "instance:acme._client.Client"),
        ("other.Special.options", "instance:other.Special"),
        ("acme.AsyncClient.from_env", "instance:acme._client.AsyncClient"),
        ("acme.Client.scope", "instance:acme._resources.Scope"),
        ("acme.Client.fetch", "instance:acme._resources.Response"),
        ("acme.Client.__enter__", "instance:acme._client.Client"),
        ("compiled._speed.make", "instance:compiled._speed.Fast"),
        ("compiled.Fast.next", "instance:compiled._speed.Fast"),
    ],
)
def test_what_a_call_gives(oracle: LibraryOracle, dotted: str, expected: str) -> None:
    assert expected in oracle.returned(dotted)


def test_a_factory_of_the_standard_library_gives_loggers(oracle: LibraryOracle) -> None:
    for dotted in ("logging.getLogger", "acme.logs.get_logger", "logging.Logger.getChild"):
        names = {name for each in oracle.returned(dotted) for name in oracle.bases(each.partition(":")[2])}
        assert "logging.Logger" in names, dotted


def test_what_is_not_known_is_nothing(oracle: LibraryOracle) -> None:
    assert oracle.returned("acme.logs.unknown") == ()
    assert oracle.returned("acme.logs.nothing_of_the_kind") == ()
    assert oracle.bases("acme.logs.get_logger") == ()
    assert oracle.attribute("acme.Client", "nothing_of_the_kind") == ()
    assert oracle.denotes("acme.nowhere.Thing") == ()


def test_all_names_of_a_class_and_its_bases_nearest_first(oracle: LibraryOracle) -> None:
    assert oracle.bases("other.Special") == (
        "other.Special",
        "acme.Client",
        "acme._client.Client",
        "acme.base.BaseClient",
    )
    names = oracle.bases("acme.logs.AcmeLogger")
    assert names[:2] == ("acme.logs.AcmeLogger", "logging.Logger")
    assert "builtins.object" not in names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("messages", ("instance:acme._resources.Messages",)),
        ("chat", ("instance:acme._resources.Chat",)),
        ("transport", ("instance:acme._resources.Transport",)),
        ("region", ("instance:acme._client.Region",)),
        ("send", ("function:acme.base.BaseClient.send",)),
    ],
)
def test_attributes_of_instances(oracle: LibraryOracle, name: str, expected: tuple[str, ...]) -> None:
    assert oracle.attribute("acme.Client", name) == expected


def test_a_logger_in_an_attribute(oracle: LibraryOracle) -> None:
    held = oracle.attribute("acme.Client", "logger")
    assert any("logging.Logger" in oracle.bases(each.partition(":")[2]) for each in held)


@pytest.mark.parametrize(
    ("dotted", "expected"),
    [
        ("acme.Client", ("class:acme._client.Client",)),
        ("acme.logs", ("module:acme.logs",)),
        ("acme.logs.make", ("function:acme.logs.make",)),
        ("acme.log", ("instance:logging.Logger",)),
        ("split", ("module:split",)),
        ("split.one.A", ("class:split.one.A",)),
        ("json.dumps", ("function:json.dumps",)),
    ],
)
def test_what_names_denote(oracle: LibraryOracle, dotted: str, expected: tuple[str, ...]) -> None:
    assert oracle.denotes(dotted) == expected


def test_a_bound_method_of_a_module_is_the_function(oracle: LibraryOracle) -> None:
    assert "function:logging.Logger.info" in oracle.denotes("acme.logs.send")


def test_plain_values_are_settled_too(oracle: LibraryOracle) -> None:
    assert oracle.denotes("acme.logs.__name__") == ("instance:builtins.str",)


def test_the_standard_library_needs_no_environment() -> None:
    with open_oracle() as bare:
        assert bare.denotes("logging.Logger") == ("class:logging.Logger",)
        assert bare.denotes("pytest.fixture") == (), "discreet's own environment must not answer"
        assert bare.denotes("click.echo") == ()


def test_answers_do_not_depend_on_what_was_asked_before(oracle: LibraryOracle) -> None:
    for name in ("log", "audit", "send", "get_logger", "make", "typed", "unknown", "__name__"):
        oracle.denotes(f"acme.logs.{name}")
        oracle.returned(f"acme.logs.{name}")
    for name in ("messages", "chat", "logger", "transport", "region", "send", "nothing_of_the_kind"):
        oracle.attribute("acme.Client", name)
    for name in ("acme.Client", "acme.logs.AcmeLogger", "other.Special"):
        oracle.bases(name)
    asked = {key: tuple(answer) for key, answer in oracle.dump().items()}
    assert len(asked) > 20
    with LibraryOracle(oracle.environment) as other:
        for key in sorted(asked, reverse=True):
            kind, *about = key.split(" ")
            assert getattr(other, kind)(*about) == asked[key], key
