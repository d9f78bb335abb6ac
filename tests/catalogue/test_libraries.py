"""The rows of a library are read when somebody asks for a name of it, and answer as if all of them had been there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import discreet
from discreet.catalogue.libraries import EVERYWHERE, Kept, Tables, built_in, packed
from discreet.catalogue.rows import ClassRow, Sink, Transform
from discreet.catalogue.tables import Catalogue

ACME = Tables(
    sinks={
        "acme.bus.Bus.send": [Sink("queue", ("0",), name="acme.bus.Bus.send")],
        "acme.Client.chat.rooms.post": [Sink("message", ("0",), name="acme.Client.chat.rooms.post")],
        "acme.log.Log.say": [Sink("log", ("0",), name="acme.log.Log.say")],
    },
    classes={
        "acme.bus.Bus": ClassRow(text="clean"),
        "acme.old.Bus": ClassRow(text="fields"),
        "acme.bus.Fast": ClassRow(bases=("acme.bus.Bus", "other.Base")),
    },
    transforms={"other.hide": Transform("clean")},
    returns={"acme.connect": "acme.bus.Bus", "other.find": "category:email"},
    methods={"strip": Transform("keep", ("self",))},
    frameworks=["acme"],
)


@pytest.fixture
def known() -> Catalogue:
    return Catalogue(packed(ACME))


def test_a_library_that_nobody_asks_for_is_not_read(known: Catalogue) -> None:
    kept = packed(ACME)
    unread = Catalogue(Kept({**kept.rows, "other": msgspec.Raw(b"\xc1")}, kept.register))
    assert unread.sinks_of("acme.bus.Bus.send") == ACME.sinks["acme.bus.Bus.send"]
    assert unread.sinks_of("nobody.knows.it") == []
    with pytest.raises(msgspec.DecodeError):
        unread.transform_of("other.hide")


def test_every_row_is_found_under_its_name() -> None:
    """In whatever order somebody asks, and as often as he likes."""
    everything, known = Catalogue(built_in()).everything(), Catalogue(built_in())
    for _ in range(2):
        for name in sorted(everything.sinks, reverse=True):
            assert known.sinks[name] == known.sinks_of(name) == everything.sinks[name]
        for name, row in everything.transforms.items():
            assert known.transforms[name] == known.transform_of(name) == row
        for name, given in everything.returns.items():
            assert known.returns[name] == known.given_by(name) == given
        for name, described in everything.classes.items():
            assert known.classes[name] == known.classes.exact[name] == described
        for name, caller in everything.callers.items():
            assert known.callers[name] == caller
            assert known.gives_on(name) == caller.gives


def test_what_no_row_speaks_of_is_nothing(known: Catalogue) -> None:
    for name in ("acme.bus.Bus.close", "acme", "", ".", "nobody.knows"):
        assert known.sinks[name] == known.sinks_of(name) == known.handlers[name] == []
        assert known.returns[name] == known.given_by(name) == known.makers[name] == ""
        assert known.transforms[name] is known.transform_of(name) is known.callers[name] is None
        assert known.classes[name] is known.fields[name] is known.types[name] is None
        assert not known.gives_on(name)


def test_a_class_is_found_loosely_within_its_library(known: Catalogue) -> None:
    assert known.classes["acme.Bus"] == ACME.classes["acme.bus.Bus"], "the first that has its first and last part"
    assert known.classes["acme.old.Bus"] == ACME.classes["acme.old.Bus"]
    assert known.classes.exact["acme.Bus"] is None
    assert known.classes["other.Bus"] is None
    assert known.classes["Bus"] is None


def test_bases_are_followed_into_other_libraries() -> None:
    more = Tables(
        classes={"other.Base": ClassRow(bases=("third.Root",))}, transforms={"third.Root.tell": Transform("keep")}
    )
    known = Catalogue(packed(ACME), more)
    assert known.bases_of("acme.bus.Fast") == ("acme.bus.Bus", "other.Base", "third.Root")
    assert known.sinks_of("acme.bus.Fast.send") == ACME.sinks["acme.bus.Bus.send"]
    assert known.transform_of("acme.bus.Fast.tell") == Transform("keep")


def test_what_is_asked_of_all_libraries_is_told_of_all(known: Catalogue) -> None:
    assert known.sink_names == {"send", "post", "say"}
    assert known.loggers == ("acme.log.Log",)
    assert known.ways == {"chat.rooms.post": "acme.Client.chat.rooms.post"}
    assert [known.models(each) for each in ("acme", "other", "nobody")] == [True, True, False]
    assert [known.lets_out(each) for each in ("acme.bus.Bus", "acme.bus")] == [True, False]
    assert known.methods.keys() == {"strip"}
    assert known.frameworks == {"acme"}
    assert EVERYWHERE in packed(ACME).rows


def test_the_register_of_what_is_shipped_is_that_of_all_rows() -> None:
    everything, known = Catalogue(built_in()).everything(), Catalogue(built_in())
    assert known.sink_names == {name.rpartition(".")[2] for name in everything.sinks}
    assert known.remote == {name.partition(".")[0] for name in everything.sinks if name.endswith(".__getattr__")}
    assert known.handler_names == {name.rpartition(".")[2] for name in everything.handlers}
    assert known.caller_names >= {name.rpartition(".")[2] for name in everything.callers}
    assert all(known.sinks[name] for name in known.ways.values())
    assert known.may_hold("django.contrib.auth.models.User")
    assert not known.may_hold("logging.Logger")


def test_a_project_s_rows_stand_beside_those_of_a_library_and_before_its_own() -> None:
    sent = [Sink("file", ("1",), name="acme.bus.Bus.send")]
    posted = [Sink("message", ("1",), name="acme.Room.chat.rooms.post")]
    more = Tables(
        sinks={"acme.bus.Bus.send": sent, "acme.Room.chat.rooms.post": posted, "own.write": [Sink("file", ("0",))]},
        classes={"acme.new.Bus": ClassRow(text="mapping")},
        methods={"strip": Transform("clean", ("self",))},
    )
    known = Catalogue(packed(ACME), more)
    assert known.sinks_of("acme.bus.Bus.send") == sent
    assert known.sinks_of("acme.log.Log.say") == ACME.sinks["acme.log.Log.say"]
    assert known.sinks_of("own.write") == [Sink("file", ("0",))]
    assert known.sink_names == {"send", "post", "say", "write"}
    assert known.sinks[known.ways["chat.rooms.post"]] == posted
    assert known.classes["acme.Bus"] == more.classes["acme.new.Bus"]
    assert known.methods["strip"].effect == "clean"
    assert Catalogue(packed(ACME)).sinks_of("acme.bus.Bus.send") == ACME.sinks["acme.bus.Bus.send"]


def test_of_more_names_than_are_remembered_all_are_answered(known: Catalogue) -> None:
    for number in range(10_000):
        assert known.sinks_of(f"nobody{number}.call") == []
    assert known.sinks_of("acme.bus.Fast.send") == ACME.sinks["acme.bus.Bus.send"]
    assert known.transform_of("other.hide") == Transform("clean")


def test_a_run_that_reads_what_is_written_down_parses_no_file() -> None:
    program = (
        "import sys\n"
        "from discreet.catalogue.numbers import card_network, numbers\n"
        "from discreet.catalogue.vendored import vendored_folders\n"
        "from discreet.catalogue.laws import laws, legal\n"
        "from discreet.catalogue.categories import groups\n"
        "numbers(), card_network('4242424242424242'), vendored_folders(['lib/six.py']), laws(), legal(), groups()\n"
        "print(bool({'tomllib', 'tomli'} & sys.modules.keys()))\n"
    )
    said = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    ]
    assert said[1] == "False"


def test_a_wheel_brings_along_what_a_run_asks_for() -> None:
    source = Path(discreet.__file__).parent
    hook = source.parent.parent / "hatch_build.py"
    if not hook.exists():
        pytest.skip("this is an installed discreet")
    texts = [file.read_text(encoding="utf-8") for file in source.rglob("*.py")]
    asked = {name for text in texts for name in re.findall(r'kept_data\("(\w+)\.toml"\)', text)}
    listed = re.search(r"for name in \(([^)]*)\)", hook.read_text(encoding="utf-8"))
    assert listed is not None
    assert asked == set(re.findall(r"\w+", listed[1]))
