"""What keeps the oracle small: bounds that are counted, time as the last resort, answers that are kept."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from discreet.oracle import LibraryOracle, Limits, client, open_oracle
from discreet.oracle.environment import Environment

CHAIN = {
    **{f"chain/m{n}.py": f"from chain.m{n + 1} import make\n" for n in range(20)},
    "chain/m20.py": "class Thing: ...\ndef make():\n    return Thing()\n",
    "chain/__init__.py": "",
}
FAKE = r"""
import json, os, sys, time
sys.stdin.readline()
print("{}", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if asked[1] == "json.slow":
        time.sleep(60)
    if asked[1] == "json.crash":
        os._exit(1)
    print(json.dumps({"answer": ["class:" + asked[1]]}), flush=True)
"""


def plant(site: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def test_modules_are_counted_whoever_had_them_built(tmp_path: Path) -> None:
    site = plant(tmp_path / "site-packages", CHAIN)
    with open_oracle(site, Limits(modules=8)) as oracle:
        assert oracle.returned("chain.m0.make") == ()
        assert oracle.counts["bound"] == 1
        assert any("more work" in line for line in oracle.said())
    with open_oracle(site, Limits(modules=8)) as oracle:
        for number in range(20, 0, -1):
            oracle.returned(f"chain.m{number}.make")
        assert oracle.returned("chain.m16.make") == ("instance:chain.m20.Thing",)
        assert oracle.returned("chain.m0.make") == ()
    with open_oracle(site) as oracle:
        assert oracle.returned("chain.m0.make") == ("instance:chain.m20.Thing",)
        assert oracle.said() == []


def test_steps_are_counted(tmp_path: Path) -> None:
    lines = ["import random", "class Thing: ...", "def f0(): return Thing()"]
    lines += [f"def f{n}():\n    return f{n - 1}() or f{n - 1}()" for n in range(1, 30)]
    site = plant(tmp_path / "site-packages", {"wide.py": "\n".join(lines)})
    with open_oracle(site, Limits(steps=20)) as oracle:
        assert oracle.returned("wide.f29") == ()
        assert oracle.counts["bound"] == 1
        assert oracle.returned("wide.f0") == ("instance:wide.Thing",)


def test_slow_questions_are_given_up_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BOOT", FAKE)
    with LibraryOracle(limits=Limits(question_seconds=0.3, restarts=2)) as oracle:
        assert oracle.denotes("json.fine") == ("class:json.fine",)
        assert oracle.denotes("json.slow") == ()
        assert oracle.denotes("json.slow") == (), "not asked twice"
        assert oracle.denotes("json.crash") == ()
        assert oracle.denotes("json.more") == ("class:json.more",)
        assert oracle.returned("json.crash") == ()
        assert oracle.denotes("json.last") == (), "no restarts are left"
        assert [line.split()[1] for line in oracle.said()] == ["1", "2", "1"]
        assert set(oracle.dump()) == {"denotes json.fine", "denotes json.more"}, "bad luck is not kept"


def test_an_astroid_that_does_not_start_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BOOT", "raise SystemExit(1)")
    with LibraryOracle(limits=Limits(restarts=1, question_seconds=1000.0)) as oracle:
        assert [oracle.denotes(f"json.a{n}") for n in range(3)] == [(), (), ()]
        assert [line.split()[1] for line in oracle.said()] == ["2", "1"]


def test_the_number_of_questions_and_the_time_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BOOT", FAKE)
    with LibraryOracle(limits=Limits(questions=2)) as oracle:
        answers = [oracle.denotes(f"json.a{n}") for n in range(4)]
        assert [bool(each) for each in answers] == [True, True, False, False]
    with LibraryOracle(limits=Limits(total_seconds=0.0)) as oracle:
        oracle.denotes("json.a")
        assert oracle.denotes("json.b") == ()
        assert oracle.counts["unasked"] == 1


def test_kept_answers_need_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = plant(tmp_path / "site-packages", CHAIN)
    with open_oracle(site) as oracle:
        answer = oracle.returned("chain.m15.make")
        kept, digest = json.loads(json.dumps(oracle.dump())), oracle.digest
    monkeypatch.setattr(client, "BOOT", "raise SystemExit(1)")
    with open_oracle(site) as oracle:
        assert oracle.digest == digest
        oracle.load(kept)
        assert oracle.returned("chain.m15.make") == answer != ()
        assert oracle.counts["asked"] == 0


def test_no_process_for_what_is_not_installed_or_not_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BOOT", "raise SystemExit(1)")
    with LibraryOracle() as oracle:
        for name in ("nowhere.thing", "json.\x1b[31m", "json.a b", "json..x", "", "json." + "a" * 300, "json.\ud800"):
            assert oracle.denotes(name) == ()
        assert not oracle.counts["crashed"]


def test_an_installation_changes_the_digest(tmp_path: Path) -> None:
    site = plant(tmp_path / "site-packages", {"a-1.0.dist-info/RECORD": "", "a.py": "x = 1\n"})
    before = open_oracle(site).digest
    assert open_oracle(site).digest == before
    plant(site, {"b-1.0.dist-info/RECORD": ""})
    between = open_oracle(site).digest
    plant(site, {"a.py": "x = 22\n"})
    assert len({before, between, open_oracle(site).digest}) == 3


def test_answers_from_sources_somebody_edits_are_not_kept(tmp_path: Path) -> None:
    site = plant(tmp_path / "site-packages", {"edit.pth": "../work/src\n", "lib.py": "from mine import Thing\n"})
    plant(tmp_path / "work" / "src", {"mine.py": "class Thing: ...\n"})
    with open_oracle(site) as oracle:
        assert oracle.denotes("mine.Thing") == oracle.denotes("lib.Thing") == ("class:mine.Thing",)
        assert oracle.denotes("json.dumps") != ()
        assert set(oracle.dump()) == {"denotes json.dumps"}


HOSTILE = {
    "broken/__init__.py": "def (:\n",
    "nul.py": "a = 1\0\n",
    "coded.py": "# -*- coding: klingon -*-\n",
    "latin.py": "x = 1\n",
    "deep.py": "x = " + "(" * 4000 + ")" * 4000 + "\n",
    "minus.py": "x = " + "-" * 30_000 + "1\n",
    "dots.py": "x = a" + ".b" * 20_000 + "\n",
    "plus.py": "x = " + "+".join(["1"] * 20_000) + "\n",
    "calls.py": "x = f" + "(1)" * 5_000 + "\n",
    "huge.py": "x = 1\n" * 400_000,
    "ring/__init__.py": "from ring.a import *\n",
    "ring/a.py": "from ring.b import *\nfrom ring import make\n",
    "ring/b.py": "from ring.a import *\nfrom ring.a import make\n",
    "selfish.py": "class A(A): ...\nclass B(C): ...\nclass C(B): ...\nx = x\ndef f(): return f()\ndef g(): return h()\n"
    "def h(): return g()\nclass D(D, D): ...\nclass E:\n    x = property(lambda self: self.x)\n",
    "named.py": "Odd = type('a\\nb\\x1b[31m', (), {})\ndef make():\n    return Odd()\ndef text() -> 'x' * 3: ...\n"
    "def note() -> '((((': ...\ndef wide() -> '" + "Optional[" * 300 + "]" * 300 + "': ...\n",
    "slots.py": "class S:\n    __slots__ = ('a', 1, None)\n    def __init__(self): self.a = self.b = S\n",
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_hostile_libraries_are_unknown(tmp_path: Path) -> None:
    site = plant(tmp_path / "site-packages", HOSTILE)
    (site / "latin.py").write_bytes(b"x = '\xe4'\n")
    (site / "loop").symlink_to(site / "loop")
    (site / "circle.py").symlink_to(site)
    os.mkfifo(site / "pipe.py")
    names = [f"{name.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}" for name in HOSTILE]
    with LibraryOracle(Environment((str(site),))) as oracle:
        for name in (*names, "loop", "circle", "pipe"):
            for last in ("x", "make", "A", "B", "D", "E.x", "f", "g", "Odd", "text", "note", "wide", "S"):
                for answer in (oracle.returned(f"{name}.{last}"), oracle.bases(f"{name}.{last}")):
                    assert all(each.isprintable() for each in answer)
            oracle.attribute(f"{name}.E", "x")
            oracle.attribute(f"{name}.S", "b")
        assert oracle.denotes("broken.x") == oracle.denotes("huge.x") == oracle.denotes("ring.make") == ()
        assert oracle.denotes("selfish.E") == ("class:selfish.E",)
        assert oracle.counts["crashed"] == oracle.counts["late"] == 0, oracle.said()
