"""With a redactor that changes nothing, a mended log call says what it said before."""

from __future__ import annotations

import io
import logging
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from discreet.project.config import Config
from discreet.project.mending import mending
from discreet.project.result import Means

EMAIL, ORDER = "someone@mail.invalid", "o-17"
NAMES = ("email", "order", "customer.email", "customer.number")
SPEC = st.sampled_from(["", ":>30", ":.5", ":<8s", "!r", "!s:>4", "!a"])
PERCENT = st.sampled_from(["%s", "%r", "%-30s", "%.4s", "%10s"])
WORDS = st.sampled_from(["for ", " %% ", "ordered ", "", ": "])
PLAIN = st.sampled_from(["for ", "ordered ", ": "])


@st.composite
def fstring(draw: Any, depth: int = 0) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        value = draw(st.sampled_from(NAMES))
        if depth == 0 and draw(st.booleans()):
            value = draw(fstring(depth=1))
        parts.append(draw(PLAIN) + "{" + value + draw(SPEC) + "}")
    quote = "'" if depth else '"'
    return f"f{quote}{''.join(parts)}{quote}"


@st.composite
def lazily(draw: Any) -> str:
    values = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    template = "".join(draw(WORDS) + draw(PERCENT) for _ in values)
    end = draw(st.sampled_from(["", ",", "\n        , # the end\n    "]))
    return f'"{template}", {", ".join(values)}{end}'


@st.composite
def at_once(draw: Any) -> str:
    values = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3))
    template = "".join(draw(WORDS) + draw(PERCENT) for _ in values)
    return f'"{template}" % ({", ".join(values)})'


@st.composite
def named(draw: Any) -> str:
    values = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
    pairs = ", ".join(f'"k{number}": {value}' for number, value in enumerate(values))
    template = "".join(f"{draw(WORDS)}%(k{number})s" for number in range(len(values)))
    return draw(st.sampled_from([f'"{template}" % {{{pairs}}}', f'"{template}", {{{pairs}}}']))


@st.composite
def formatted(draw: Any) -> str:
    values = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
    if draw(st.booleans()):
        template = "".join(draw(PLAIN) + "{" + str(number) + draw(SPEC) + "}" for number in range(len(values)))
        return f'"{template}".format({", ".join(values)})'
    template = "".join(draw(PLAIN) + "{" + f"k{number}" + draw(SPEC) + "}" for number in range(len(values)))
    return f'"{template}".format({", ".join(f"k{number}={value}" for number, value in enumerate(values))})'


@st.composite
def summed(draw: Any) -> str:
    values = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    return " + ".join(f'"{draw(PLAIN)}" + {draw(st.sampled_from(["str({})", "{}"])).format(each)}' for each in values)


CALLS = st.lists(st.one_of(fstring(), lazily(), at_once(), named(), formatted(), summed()), min_size=1, max_size=6)


HEAD = """\
import logging

log = logging.getLogger("case")


def note(email, order, customer):
"""


def program(calls: list[str]) -> str:
    lines = "".join(f"    log.info({call})\n" for call in calls)
    return HEAD + lines


def said(text: str) -> str:
    """What a program logs, its redactor changing nothing. It is ours, generated above: it may be run."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log = logging.getLogger("case")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    customer = type("Customer", (), {"email": EMAIL, "number": ORDER})
    try:
        scope: dict[str, Any] = {"redact": str}
        exec(text.replace("from privacy import redact\n", ""), scope)
        scope["note"](EMAIL, ORDER, customer)
    finally:
        log.removeHandler(handler)
    return stream.getvalue()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(CALLS)
def test_the_message_is_the_same(calls: list[str]) -> None:
    before = program(calls)
    with tempfile.TemporaryDirectory(prefix="discreet-") as directory:
        root = Path(directory).resolve()
        (root / "privacy.py").write_text("def redact(value):\n    return str(value)\n")
        (root / "case.py").write_text(before)
        done = mending([root], Config(root=root, redactor="privacy:redact"), Means(jobs=1), unsafe=False)
    assert all(each.applied for each in done.answers), [each.refused for each in done.answers]
    wanted = sum("email" in call for call in calls)
    assert len(done.answers) == wanted
    if wanted:
        after = done.contents["case.py"][1].decode()
        assert after.count("redact(") == sum(call.count("email") for call in calls)
        assert said(after) == said(before)
