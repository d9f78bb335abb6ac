"""Promise 2: personal data that is written into the analysed code is shown by no output and kept in no facts.

Every place where Python lets a literal stand is tried, near sinks, with generated mail addresses, card numbers and
telephone numbers. (A name or a street in a literal looks like any other text: nothing is promised of these.)
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

STEADY = settings(derandomize=True, database=None, max_examples=25)
FORMATS = ("full", "concise", "json", "jsonl", "sarif")
HEAD = """import logging
import os
import re
import requests
from dataclasses import dataclass
log = logging.getLogger('app')
"""
ALWAYS = "log.info('%s', email)"

# Where @ stands, a string holds the literal. Each is the body of a function that is handed an email and a customer.
STATEMENTS = {
    "argument": "log.info('%s %s', '@', email)",
    "message": "log.info('for @: %s', email)",
    "message variable": "text = 'for @: %s'; log.info(text, email)",
    "f-string": "log.info(f'@ {email}')",
    "percent": "log.info('@ %s' % email)",
    "format": "log.info('@ {}'.format(email))",
    "sum": "log.info('@ ' + email)",
    "join": "log.info('@'.join([email, '@']))",
    "keyword": "log.info('%s', email, extra={'who': '@'}, stacklevel=2, reason='@')",
    "comparison": "log.info('%s', email if email == '@' else customer.phone)",
    "condition": "if customer.email == '@': log.info('%s', email)",
    "membership": "if email in ('@', 'x', '@'): log.info('%s', email)",
    "default": "log.info(customer.get('email', '@'))",
    "key": "log.info(customer['@'])",
    "key of personal value": "log.info(customer['@'].email)",
    "key twice": "log.info(customer['@']['email']['@'])",
    "literal dict": "log.info({'@': email})",
    "literal dict read": "log.info({'@': email}['@'])",
    "literal dict value": "log.info({'email': '@', 'other': email})",
    "written key": "customer['@'] = email; log.info(customer)",
    "own dict": "d = {}; d['@'] = email; log.info(d['@'])",
    "constant key": "key = '@'; log.info(customer[key].email)",
    "set default": "d = {}; d.setdefault('@', email); log.info(d)",
    "update": "d = {}; d.update({'@': email}); log.info(d.pop('@'))",
    "getattr": "log.info(getattr(customer, '@').email)",
    "setattr": "setattr(customer, '@', email); log.info(customer)",
    "call of a table": "{'@': log.info}['@'](email)",
    "method of a text": "log.info('@'.replace('x', email))",
    "raise": "raise ValueError('@', email)",
    "raise f-string": "raise ValueError(f'@ {email}')",
    "raise from table": "raise {'@': ValueError}['@'](email)",
    "assert": "assert email == '@', f'@ {email}'",
    "print": "print('@', email, sep='@')",
    "write": "open('@', 'w').write(email)",
    "file": "open(f'/tmp/@/{email}', 'w').write('@')",
    "url": "requests.get('https://x.example/@', params={'@': email})",
    "post": "requests.post('https://x.example/@?to=@', json={'to': '@', 'cc': email}, headers={'From': '@'})",
    "environment": "log.info(os.environ.get('@', email))",
    "pattern": "log.info(re.sub('@', email, '@'))",
    "pattern of the value": "log.info(re.sub('@', '@', email))",
    "nested function": "def inner(x='@'): log.info(x, email)\n    inner('@')",
    "lambda": "send = lambda x='@': log.info('%s %s', x, email); send('@')",
    "annotation": "other: '@' = email; log.info(other)",
    "match": "match email:\n        case '@': log.info('%s', email)\n        case {'@': x}: log.info(x)",
    "comprehension": "log.info([x for x in (email, '@') if x != '@'])",
    "partial": "import functools; functools.partial(log.info, '@')(email)",
    "slice": "log.info(email[:len('@')])",
    "logger": "logging.getLogger('@').info(email)",
    "bound logger": "log.bind(who='@').info(email)",
    "comment": "log.info('%s', email)  # @",
    "reason": "log.info('%s', email)  # noqa: PII101 -- for @",
    "wrong suppression": "log.info('%s', email)  # noqa: @",
    "wrong mark": "other = email; log.info(other)  # pii: @",
    "wrong mark of a value": "other = email  # pii: @, email\n    log.info(other)",
    "wrong mark in a type": "import typing; other: typing.Annotated[str, 'pii:@'] = email; log.info(other)",
    "spread": "log.info({**customer, '@': email, **{'@': 'x'}})",
    "several keys": "log.info(customer[['@', 'email']])",
    "named tuple": "import collections; T = collections.namedtuple('@', ['@', 'email']); log.info(T('@', email))",
    "typed dict": "import typing; T = typing.TypedDict('@', {'@': str}); log.info(T(email=email))",
    "getter": "import operator; log.info(operator.itemgetter('@', 'email')(customer))",
    "columns": "log.info(customer.objects.values('@', 'email').get(email='@'))",
    "made class": "T = type('@', (), {'@': email}); log.info(T)",
    "deleted key": "del customer['@']; log.info(customer)",
    "walrus": "log.info((key := '@') + email + customer[key])",
    "bytes": "log.info(b'@', email)",
    "bytes key": "log.info(customer[b'@'].email)",
    "tuple key": "log.info(customer['@', '@'].email)",
    "next line": "log.info('%s', email)\n    '@'",
    "long line": "log.info('" + "x" * 200 + " @ %s', email); customer('@')",
}
AROUND = {
    "global": "WHO = '@'\ndef f(email, customer):\n    log.info('%s %s', WHO, email)\n",
    "global table": "WHO = {'@': 'x', 'x': ['@']}\ndef f(email, customer):\n    log.info('%s %s', WHO['@'], email)\n",
    "default": "def f(email='@', customer='@'):\n    log.info('%s', email)\n",
    "decorator": "@route('@')\ndef f(email, customer):\n    log.info('%s', email)\n".replace("@r", "\0r"),
    "docstring": "def f(email, customer):\n    '''For @.'''\n    log.info('%s', email)\n",
    "class constant": "class C:\n    email = '@'\n    USERNAME_FIELD = '@'\n    def f(self):\n        log.info(self)\n",
    "inner class": "class C:\n    email: str\n    class Meta:\n        model = '@'\n        fields = ['@']\n"
    "def f(c: C):\n    log.info(c)\n",
    "field": "\0dataclass\nclass C:\n    email: str = '@'\n    tel: str = field('@')\ndef f(c: C):\n    log.info(c)\n",
    "type": "def f(x: 'dict[\"@\", email]', email: \"'@'\"):\n    log.info('%s', email)\n",
    "new type": "from typing import NewType\nT = NewType('@', str)\ndef f(x: T, email):\n    log.info('%s', email)\n",
    "all": "__all__ = ['@']\ndef f(email):\n    log.info('%s', email)\n",
}  # fmt: skip

DIGITS = st.text("0123456789", min_size=10, max_size=10).filter(lambda digits: len(set(digits)) > 4)
LOWER = "abcdefghijklmnopqrstuvwxyz"
MAILS = st.builds(
    "{}{}{}@{}.{}".format,
    st.text(LOWER, min_size=4, max_size=9).map(lambda name: f"zq{name}"),
    st.sampled_from([".", "_", "-", "+", ""]),
    st.text(LOWER + "0123456789", min_size=4, max_size=9),
    st.text(LOWER, min_size=3, max_size=12),
    st.sampled_from(["com", "co.uk", "example", "museum"]),
)
PHONES = DIGITS.flatmap(
    lambda d: st.sampled_from(
        [f"+49 {d[:3]} {d[3:]}", f"+1-{d[:3]}-{d[3:6]}-{d[6:]}", f"({d[:3]}) {d[3:6]}-{d[6:]}", f"0{d}", f"+44{d}"]
    )
)
CARDS = DIGITS.map(lambda d: f"4111{d}23").flatmap(
    lambda d: st.sampled_from([d, *(sign.join(d[at : at + 4] for at in range(0, 16, 4)) for sign in " -")])
)
LITERALS = st.one_of(MAILS, PHONES, CARDS)


def program(template: str, literal: str, *, body: bool) -> str:
    text = template.replace("@", literal).replace("\0", "@")
    return (
        f"{HEAD}\n\ndef f(email, customer):\n    {ALWAYS}\n    {text}\n"
        if body
        else f"{HEAD}\n\n{text}\n\ndef also(email):\n    {ALWAYS}\n"
    )


def revealed(literal: str, shown: str) -> bool:
    """Whether a text lets the literal be read: all of it, the name of its mail address, or its digits in a row."""
    name = literal.partition("@")[0]
    if "@" in literal:
        return name in shown
    digits = re.sub(r"\D", "", literal)
    return literal in shown or digits in shown


CASES = [pytest.param(text, True, id=f"in-a-body-{name.replace(' ', '-')}") for name, text in STATEMENTS.items()]
CASES += [pytest.param(text, False, id=name.replace(" ", "-")) for name, text in AROUND.items()]


def outputs(discreet: Any, path: str) -> dict[str, str]:
    """All that is said of a file, by format."""
    said = {}
    for output_format in FORMATS:
        done = discreet(
            "check", path, "--isolated", "--select", "ALL", "--min-confidence", "low", "--include-tests",
            "--show-suppressed", "--statistics", "--output-format", output_format,
        )  # fmt: skip
        assert done.status in (0, 1), done.err
        said[output_format] = done.out + done.err
    return said


MAIL, PHONE, CARD = "zqerika.muster@mail.example", "+49 151 2345 6789", "4111111145678923"


@pytest.mark.parametrize(("template", "body"), CASES)
def test_no_output_shows_a_literal(template: str, body: bool, tree: Any, discreet: Any) -> None:
    for number, literal in enumerate((MAIL, PHONE, CARD)):
        path = f"app{number}.py"
        tree({path: program(template, literal, body=body)})
        said = outputs(discreet, path)
        assert path in said["concise"], "without a finding nothing is tried"
        for output_format, text in said.items():
            assert not revealed(literal, text), f"{output_format}: {text}"


@pytest.mark.parametrize(("template", "body"), CASES)
def test_no_facts_keep_a_literal(template: str, body: bool, pipeline: Any) -> None:
    for literal in (MAIL, PHONE, CARD):
        facts = pipeline.facts("app.py", program(template, literal, body=body).encode())
        assert [place for place in places(facts) if revealed(literal, place)] == []


def places(value: object, where: str = "") -> list[str]:
    """Every text in the facts, with where it stands: what a cache would hold."""
    if isinstance(value, msgspec.Struct):
        return [
            each
            for name in value.__struct_fields__
            for each in places(getattr(value, name), f"{where}.{type(value).__name__}:{name}")
        ]
    if isinstance(value, tuple | list | frozenset):
        return [found for each in value for found in places(each, where)]
    if isinstance(value, dict):
        return [found for pair in value.items() for each in pair for found in places(each, where)]
    return [] if value is None or isinstance(value, bool) else [f"{where} = {value!r}"]


@STEADY
@given(literal=LITERALS, numbers=st.lists(st.integers(0, len(STATEMENTS) - 1), min_size=3, max_size=8))
def test_generated_literals(literal: str, numbers: list[int], pipeline: Any) -> None:
    """The same of many literals at once, through what every output prints of a finding."""
    from discreet.output import concise, full, json_, jsonl
    from discreet.output.item import Item
    from discreet.output.text import Paint

    chosen = [list(STATEMENTS.values())[number] for number in numbers]
    body = "\n    ".join(
        f"if customer.a{number}:\n        " + statement.replace("\n", "\n    ")
        for number, statement in enumerate(chosen)
    )
    text = program(body, literal, body=True)
    facts = pipeline.facts("app.py", text.encode())
    items = [Item(finding, suppressed=True, reason=f"for {literal}") for finding in pipeline.linked([facts])]
    assert items
    paint, lines = Paint(colour=True), text.split("\n")
    texts = (concise.render(items, paint), full.render(items, paint, lambda _: lines))
    for said in (*texts, json_.render(items), jsonl.render(items)):
        assert not revealed(literal, "".join(said))
    assert [place for place in places(facts) if revealed(literal, place)] == []


PLAIN, GROUPED = "4111111145678923", "4111_1111_4567_8923"
USES = {
    "argument": "log.info('%s %s', #, email)",
    "keyword": "log.info('%s', email, extra=#)",
    "variable": "card = #; log.info('%s %s', card, email)",
    "sequence": "log.info('%s %s', [#, #], email)",
    "key": "log.info({#: email})",
    "default": "def inner(x=#): log.info('%s %s', x, email)",
    "subscript": "log.info(customer[#].email)",
    "negative": "log.info(customer[-#].email)",
    "written": "d = {}; d[#] = email; log.info(d)",
    "slice": "log.info(email[:#])",
}


def numbered(use: str, number: str) -> str:
    return program(USES[use].replace("#", number), "", body=True)


@pytest.mark.parametrize("number", [PLAIN, GROUPED])
@pytest.mark.parametrize("use", USES)
def test_no_output_shows_a_number(use: str, number: str, tree: Any, discreet: Any) -> None:
    tree({"app.py": numbered(use, number)})
    for said in outputs(discreet, "app.py").values():
        assert "app.py" in said
        assert number not in said
        assert PLAIN not in said


@pytest.mark.parametrize("use", USES)
def test_no_facts_keep_a_number(use: str, pipeline: Any) -> None:
    assert [place for place in places(pipeline.facts("app.py", numbered(use, PLAIN).encode())) if PLAIN in place] == []
