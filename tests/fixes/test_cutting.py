"""What is left of a call when some of its values are cut out of it. ``email`` and ``phone`` are what is cut."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

import hypothesis.strategies as st
import libcst as cst
import pytest
from hypothesis import given, settings

from discreet.fixes.cutting import Cutter
from discreet.fixes.edits import applied
from discreet.fixes.parsed import Parsed
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import cuts
from discreet.fixes.source import Source
from discreet.fixes.sparing import texts_only
from discreet.rules.finding import Finding, SinkUse

DOOMED = ("email", "phone", "user.email", "str(email)", "str(phone)")


def without(
    statement: str, kind: str = "log", callable_: str = "logging.Logger.info", handed_over: bool = False
) -> str:
    """A statement without its doomed values."""
    parsed = Parsed(Source("case.py", f"{statement}\n".encode()))
    nodes = [each for each in parsed.nodes if isinstance(each, cst.BaseExpression) and parsed.text(each) in DOOMED]
    doomed = {parsed.range(each) for each in nodes if not isinstance(each, cst.Attribute) or each.attr.value == "email"}
    finding = Finding("case.py", 1, 1, 1, 1, "PII101", "", "high", "high",
                      sink=SinkUse(kind, callable_, "0", handed_over))  # fmt: skip
    line = parsed.tree.body[0]
    assert isinstance(line, cst.SimpleStatementLine)
    small = line.body[0]
    node = small.value if isinstance(small, cst.Expr) else small
    cutter = Cutter(parsed, doomed, texts_only(finding))
    cuts()[kind](finding, cutter, node)
    return applied(parsed.source.text, cutter.changes).removesuffix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # %-arguments
        ('log.info("order %s for %s", order, email)', 'log.info("order %s for", order)'),
        ('log.info("%s ordered %s", email, order)', 'log.info("ordered %s", order)'),
        ('log.info("invited %s", email)', 'log.info("invited")'),
        ('log.info("100%% invited: %s", email)', 'log.info("100% invited")'),
        ('log.info("100%% of %s to %s", order, email)', 'log.info("100%% of %s to", order)'),
        ('log.info("from %d, order %d", phone, order)', 'log.info("from, order %d", order)'),
        ('log.info("to %(who)s: %(w)s", {"who": email, "w": order})', 'log.info("to: %(w)s", {"w": order})'),
        ('log.info("%(who)s, again %(who)s", {"who": email})', 'log.info("again")'),
        ('log.info("ordered %s", {"who": email, "what": order})', 'log.info("ordered %s", {"what": order})'),
        ('log.info("ordered %s", {"who": email})', 'log.info("ordered")'),
        ('log.info("%s %s ordered", first, [email, order])', 'log.info("%s %s ordered", first, [order])'),
        ('log.info("%s ordered", (order, email))', 'log.info("%s ordered", (order,))'),
        ('log.info("%s ordered", (email, order))', 'log.info("%s ordered", (order,))'),
        ('log.info("%-30s|%5.1f", email, price)', 'log.info("|%5.1f", price)'),
        ('log.info("sent", extra={"to": email, "n": n}, exc_info=1)', 'log.info("sent", extra={"n": n}, exc_info=1)'),
        ('log.info("sent", extra={"to": email})', 'log.info("sent")'),
        ('log.info("sent", extra={"o": {"to": [email]}}, exc_info=True)', 'log.info("sent", exc_info=True)'),
        # the operator
        ('log.info("to %s at %s" % (email, now))', 'log.info("to at %s" % (now,))'),
        ('log.info("at %s to %s" % (now, email))', 'log.info("at %s to" % (now,))'),
        ('log.info("100%% to %s" % email)', 'log.info("100% to")'),
        ('log.info("to %s" % (email,))', 'log.info("to")'),
        ('log.info("%(a)s %(b)s" % {"a": order, "b": email})', 'log.info("%(a)s" % {"a": order})'),
        ('log.info("to %(b)s" % {"b": email})', 'log.info("to")'),
        ('log.info(("to %s " "%s") % (email, order))', 'log.info(("to " "%s") % (order,))'),
        # str.format
        ('log.info("{} to {}".format(order, email))', 'log.info("{} to".format(order))'),
        ('log.info("{1} {0} {2} {1!r:>3}".format(email, a, b))', 'log.info("{0} {1} {0!r:>3}".format(a, b))'),
        ('log.info("{0.city} {1}".format(place, email))', 'log.info("{0.city}".format(place))'),
        ('log.info("{what} to {who}".format(who=email, what=order))', 'log.info("{what} to".format(what=order))'),
        ('log.info("{{}} to {}".format(email))', 'log.info("{} to")'),
        ('log.info("{{{}}} {}".format(order, email))', 'log.info("{{{}}}".format(order))'),
        ('log.info(", ".join([email, order]))', 'log.info(", ".join([order]))'),
        # f-strings
        ('log.info(f"{order} for {email!r:>30}")', 'log.info(f"{order} for")'),
        ('log.info(f"{email}, {order:>{width}}")', 'log.info(f"{order:>{width}}")'),
        ('log.info(f"{{}} for {email}")', 'log.info("{} for")'),
        ('log.info(f"order {order}, {email=}")', 'log.info(f"order {order}")'),
        ("log.info(f\"a {f'to {email}'} {b}\")", "log.info(f\"a {'to '} {b}\")"),
        ("log.info(f\"a {f'{email}'} {b}\")", 'log.info(f"a {b}")'),
        ("log.info(f\"a {'to ' + email} {b}\")", "log.info(f\"a {'to '} {b}\")"),
        ('log.info("order " f"{order} " f"for {email}")', 'log.info("order " f"{order} " "for")'),
        (r'log.info(rf"\d {order} {email}")', r'log.info(rf"\d {order}")'),
        (r'log.info("to %s\n", email)', r'log.info("to\n")'),
        ('log.info(F"to {email}")', 'log.info("to")'),
        # sums
        ('log.info("order " + order + " for " + email)', 'log.info("order " + order + " for")'),
        ('log.info(email + ": " + order)', "log.info(order)"),
        ('log.info("to " + email + ", " + order)', 'log.info("to" + ", " + order)'),
        ('log.info("a" + (" to " + email) + b)', 'log.info("a" + (" to ") + b)'),
        ('log.info("to " + f"{email}" + "!")', 'log.info("to" + "!")'),
        # what only led to it
        ("log.info(\"user %s '%s' paid\", n, email)", 'log.info("user %s paid", n)'),
        ('log.info("user %s (%s) paid", n, email)', 'log.info("user %s paid", n)'),
        ('log.info("user %s <%s>", n, email)', 'log.info("user %s", n)'),
        ('log.info("id=%s email=%s n=%s", id, email, n)', 'log.info("id=%s n=%s", id, n)'),
        ('log.info("email=%s, id=%s", email, id)', 'log.info("id=%s", id)'),
        ('log.info("id=%s, email=%s", id, email)', 'log.info("id=%s", id)'),
        ('log.info("paid (%s, %s)", email, id)', 'log.info("paid (%s)", id)'),
        ('log.info("paid (%s, %s)", id, email)', 'log.info("paid (%s)", id)'),
        ('log.info("%s %s paid", email, phone)', 'log.info("paid")'),
        ('log.info("paid by %s, %s", email, phone)', 'log.info("paid by")'),
        # a choice, and what is looked up or made into a text
        ('log.info("to %s", email if known else "-")', 'log.info("to")'),
        ('log.info("to %s, %s", (email if known else phone), order)', 'log.info("to, %s", order)'),
        ('log.log(10, "to %s", email)', 'log.log(10, "to")'),
    ],
)  # fmt: skip
def test_a_log_message(before: str, after: str) -> None:
    name = "logging.Logger.log" if before.startswith("log.log(") else "logging.Logger.info"
    assert without(before, callable_=name) == after


LINES = [
    (
        'log.info(\n    "order %s for %s",\n    order,\n    email,  # who it is for\n)',
        'log.info(\n    "order %s for",\n    order,\n)',
    ),
    (
        'log.info(\n    "order %s for %s",\n    # what\n    order,\n    # who\n    email\n)',
        'log.info(\n    "order %s for",\n    # what\n    order,\n    # who\n)',
    ),
    (
        'log.info(\n    "to %s, %s",\n    email,  # who\n    order,  # what\n)',
        'log.info(\n    "to, %s",\n    order,  # what\n)',
    ),
    ('log.info("to %s, %s", email, order,\n)', 'log.info("to, %s", order,\n)'),
    ('log.info("to %s",  # that\n         email)', 'log.info("to",  # that\n         )'),
    ('log.info("to %s",  # that\n    email,)', 'log.info("to",  # that\n    )'),
    ('log.info("%s to %s", order,\n         email, extra=x)', 'log.info("%s to", order,\n         extra=x)'),
    ('log.info("to %s",\r\n    email,\r\n)', 'log.info("to",\r\n)'),
    (
        'log.info(\n    "order "\n    f"{order} "\n    # to whom\n    f"for {email}",\n)',
        'log.info(\n    "order "\n    f"{order} "\n    # to whom\n    "for",\n)',
    ),
    (
        'log.info("sent", extra={\n    "to": email,\n    "order": order,\n})',
        'log.info("sent", extra={\n    "order": order,\n})',
    ),
]


@pytest.mark.parametrize(("before", "after"), LINES)
def test_lines_and_comments(before: str, after: str) -> None:
    assert without(before) == after


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("structlog.BoundLogger.info", 'log.info("sent", order=order, to=email)', 'log.info("sent", order=order)'),
        ("structlog.BoundLogger.info", 'log.info("sent", to=email)', 'log.info("sent")'),
        ("loguru.Logger.info", 'log.info("{} to {}", order, email)', 'log.info("{} to", order)'),
        ("loguru.Logger.info", 'log.info("{{}} to {}", email)', 'log.info("{} to")'),
        ("loguru.Logger.info", 'log.info("{{}} to {who}", who=email, n=1)', 'log.info("{{}} to", n=1)'),
        ("loguru.Logger.info", 'log.info("sent {what}", what=order, to=email)', 'log.info("sent {what}", what=order)'),
    ],
)
def test_keywords(name: str, before: str, after: str) -> None:
    assert without(before, callable_=name) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('print("to", email, order, sep=":")', 'print("to", order, sep=":")'),
        ("print(email, order)", "print(order)"),
        ('print(f"to {email}", file=err)', 'print("to", file=err)'),
    ],
)
def test_what_is_printed(before: str, after: str) -> None:
    assert without(before, "print", "builtins.print") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('raise ValueError(f"no customer {email}")', 'raise ValueError("no customer")'),
        ('raise NoSuch("no customer " + email, 404) from error', 'raise NoSuch("no customer", 404) from error'),
        ('assert order, "no order of " + email', 'assert order, "no order of"'),
    ],
)
def test_the_text_of_an_exception(before: str, after: str) -> None:
    assert without(before, "exception", "builtins.ValueError") == after


@pytest.mark.parametrize(
    ("reason", "kind", "before"),
    [
        ("nothing would be left", "log", "log.info(email)"),
        ("nothing would be left", "log", 'log.info("%s", email)'),
        ("nothing would be left", "log", 'log.info("%s: %s", email, phone)'),
        ("nothing would be left", "log", 'log.info(f"{email}")'),
        ("nothing would be left", "print", "print(email)"),
        ("nothing would be left", "print", 'print(email, "-", phone)'),
        ("nothing would be left", "exception", "raise ValueError(email)"),
        ("may read the argument", "exception", 'raise ValueError("no customer", email)'),
        ("may read the argument", "exception", 'raise ValueError("no customer", {"to": email, "n": n})'),
        ("may read the argument", "exception", 'raise ValueError("no customer", [email, n])'),
        ("not in sight", "log", "log.info(template, email)"),
        ("not in sight", "log", 'log.info("%s and %*d", email, 3, order)'),
        ("not in sight", "log", 'log.info("%s %s", email, *more)'),
        ("not in sight", "log", 'log.info("%(email)s", email)'),
        ("handed over as a whole", "log", 'log.info("%s", *email)'),
        ("handed over as a whole", "log", 'log.info("ordered", **email)'),
        ("key of a dictionary", "log", 'log.info("ordered", extra={email: order})'),
        ("nothing says that the sum is a text", "log", "log.info(order + email)"),
        ("may do more than that", "log", 'log.info("to %s", (x := 1) if email else email)'),
    ],
)
def test_what_is_left_alone(reason: str, kind: str, before: str) -> None:
    with pytest.raises(Refused, match=reason):
        without(before, kind, "builtins.print" if kind == "print" else "logging.Logger.info")


def test_what_is_called_may_need_its_arguments() -> None:
    with pytest.raises(Refused, match="needs the argument"):
        without('note("to %s", email)', handed_over=True)
    with pytest.raises(Refused, match="needs the argument"):
        without('warn("to", email)', callable_="warnings.warn")
    for argument in ('{"to": email, "n": n}', "[n, email]", '"%(to)s %(n)s", {"to": email, "n": n}'):
        with pytest.raises(Refused, match="needs the argument"):
            without(f"note({argument})", handed_over=True)
    assert without('note("%s at %s" % (n, email))', handed_over=True) == 'note("%s at" % (n,))'
    assert without('note(f"to {email}")', handed_over=True) == 'note("to")'


# -- calls that are made up ---

VALUES = {"order": "ORDER", "first": 1001, "second": "SECOND", "email": "EMAIL", "phone": 2002}
NAMES = st.sampled_from(sorted(VALUES))
TEXTS = st.sampled_from(["for ", " to ", ", ", ": ", " (", ") ", " at ", "sent ", "-", ".", " "])
PERCENT = st.sampled_from(["%s", "%r", "%.9s", "%a"])
FIELD = st.sampled_from(["", "!r", "!s:*>14", "!a:~<12"])
END = st.sampled_from(["", ",", ",  # the end\n", "\n"])
GAP = st.sampled_from([", ", ",\n    ", ",  # next\n    "])
SHOWN = re.compile(r"['*~]*(?:ORDER|SECOND|EMAIL|1001|2002)['*~]*|[a-z]+|[{}%]")


def joined(draw: Any, parts: list[str]) -> str:
    """Parts of a list, written on one line or on several."""
    text = parts[0]
    for part in parts[1:]:
        text += draw(GAP) + part
    return text + draw(END)


@st.composite
def lazily(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=1, max_size=4))
    template = "".join(draw(TEXTS) + draw(PERCENT) for _ in names) + draw(st.sampled_from(["", " 5%%", "."]))
    return joined(draw, [f'"sent {template}"', *names])


@st.composite
def operated(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=2, max_size=4))
    parts = [draw(TEXTS) + draw(PERCENT) for _ in names]
    cut = draw(st.integers(0, len(parts)))
    literal = f'("sent {"".join(parts[:cut])}" "{"".join(parts[cut:])}")'
    return f"{literal} % ({', '.join(names)})"


@st.composite
def named(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    used = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4))
    template = "".join(f"{draw(TEXTS)}%(k_{name})s" for name in [*names, *used])
    mapping = "{" + joined(draw, [f'"k_{name}": {name}' for name in names]) + "}"
    return draw(st.sampled_from([f'"sent {template}" % {mapping}', f'"sent {template}", {mapping}']))


@st.composite
def formatted(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=1, max_size=4))
    order = draw(st.permutations(range(len(names))))
    way = draw(st.sampled_from(["automatic", "number", "name"]))
    keys = {"automatic": [""] * len(names), "number": list(map(str, order)), "name": [f"k{n}" for n in order]}[way]
    template = "".join(f"{draw(TEXTS)}{{{key}{draw(FIELD)}}}" for key in keys) + draw(st.sampled_from(["", " {{}}"]))
    args = [f"k{number}={name}" if way == "name" else name for number, name in enumerate(names)]
    return f'"sent {template}".format({joined(draw, args)})'


@st.composite
def fstring(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=1, max_size=4))
    parts = []
    for name in names:
        inner = f"{{{name}{draw(FIELD)}}}"
        parts.append(draw(TEXTS).replace("'", "`") + draw(st.sampled_from([inner, f"{{f'got {inner}'}}"])))
    return f'f"sent {"".join(parts)} {{{{}}}}"'


@st.composite
def summed(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=1, max_size=4))
    addends = [part for name in names for part in (f'"{draw(TEXTS)}"', f"str({name})")]
    text = " + ".join(['"sent "', *addends])
    return f"({text})" if draw(st.booleans()) else text


def said(statement: str) -> str:
    """What a statement logs. It is ours, made up above: it may be run."""
    stream = io.StringIO()
    log = logging.Logger("case", logging.INFO)
    log.addHandler(logging.StreamHandler(stream))
    exec(statement, {"log": log, **VALUES})
    return stream.getvalue()


@settings(max_examples=300)
@given(st.one_of(lazily(), operated(), named(), formatted(), fstring(), summed()))
def test_what_is_left_is_shown_as_before(message: str) -> None:
    before = f"log.info({message})"
    try:
        after = without(before)
    except Refused as error:
        raise AssertionError(f"{before}: {error.reason}") from None
    assert not any(re.search(rf"\b{name}\b(?!=|\")", after) for name in DOOMED)
    shown = SHOWN.findall(said(before))
    wanted = [each for each in shown if not any(str(VALUES[name]) in each for name in ("email", "phone"))]
    got = SHOWN.findall(said(after))
    nested = "got"  # goes with the only value that it led to, or stays
    assert [each for each in got if each != nested] == [each for each in wanted if each != nested]
    assert without(after) == after
