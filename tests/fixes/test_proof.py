"""The proof that needs no analysis: which texts pass for the old one with some pieces changed."""

from __future__ import annotations

import ast

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discreet.fixes.arguments import one_more
from discreet.fixes.edits import Change, Form, Piece, applied, changes_of, moved, replaced, undone, wrapped
from discreet.fixes.parsed import Parsed
from discreet.fixes.proof import prove
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source

KNOWN = "redact = str\nemail = phone = user = kept = log = f = field = print\n"


def proved(text: str, *pieces: Piece) -> str:
    """The new text, if it can be proved."""
    new = applied(text, changes_of(pieces))
    prove(Source("case.py", text.encode()), new, pieces)
    return new


def piece(text: str, old: str, new: str, form: Form = "value") -> Piece:
    """What replaces a part of a text below :data:`KNOWN` by another."""
    at = text.index(old, len(KNOWN))
    return replaced(at, at + len(old), new, form)


def wrap(text: str, old: str) -> Piece:
    """What wraps a part of a text below :data:`KNOWN`."""
    at = text.index(old, len(KNOWN))
    return wrapped(at, at + len(old), "redact(", ")")


PROVED: dict[str, tuple[str, str, str, Form]] = {
    "a value": ("print(user.email)", "user.email", "user.pk", "value"),
    "a value in an f-string": ("print(f'to {user.email!r:>9}')", "user.email", "user.pk", "value"),
    "a value over lines": ("print(user.\\\n  email,\n  kept)", "user.\\\n  email", "user.pk", "value"),
    "a value in parentheses": ("print((user.email) + kept)", "(user.email)", "user.pk", "value"),
    "a template": ("log('to %s of', kept)", "'to %s of'", "'%s'", "value"),
    "an implicit chain of strings": ("log('a' 'b'\n 'c')", "'a' 'b'\n 'c'", "'a'\n 'c'", "value"),
    "an argument": ("log('x', kept, email)", ", email", "", "arguments"),
    "the first argument": ("print(email, kept)", "email, ", "", "arguments"),
    "the only argument": ("print(email)", "email", "", "arguments"),
    "with the comma at the end": ("print(kept,\n  email,\n)", "\n  email,", "", "arguments"),
    "template and value": ("log('to %s', email, x=1)", "'to %s', email", "'to'", "arguments"),
    "a keyword": ("log('x', extra={'to': email}, x=1)", ", extra={'to': email}", "", "arguments"),
    "one more keyword": ("f(default=1)", "default=1", "default=1, repr=False", "arguments"),
    "a keyword for a positional": ("f(1, True)", "True", "flag=False", "arguments"),
    "a value of a keyword": ("f(1, flag=True)", "True", "False", "value"),
    "a field": ("class A:\n  name: str\n  age: int", "name: str", "name: str = field(repr=False)", "statement"),
    "a constant": ("DEBUG = True", "DEBUG = True", "DEBUG = False", "statement"),
    "a docstring": ("def g():\n  '''of jane'''", "'''of jane'''", "'''of jack'''", "value"),
    "a comment": ("f(1)  # of jane\n", "of jane", "of jack", "comment"),
    "a keyword of a class": ("class A(f, table=True): pass", ", table=True", "", "arguments"),
}


@pytest.mark.parametrize("case", PROVED)
def test_what_is_proved(case: str) -> None:
    text, old, new, form = PROVED[case]
    text = KNOWN + text + "\n"
    assert proved(text, piece(text, old, new, form)) == KNOWN + text[len(KNOWN) :].replace(old, new, 1)


REFUSED: dict[str, tuple[str, str, str, Form, str]] = {
    "another precedence": ("kept * email", "email", "email + 1", "value", "syntax tree"),
    "out of the parentheses": ("print(email)", "email", "email) or (kept", "value", "syntax tree"),
    "half of an expression": ("kept - email - phone", "email - phone", "email", "value", "syntax tree"),
    "another argument": ("print(email)", "email", "email, kept", "value", "syntax tree"),
    "no value": ("print(email)", "email", "", "value", "syntax tree"),
    "a statement more": ("print(email)", "print(email)", "print(kept)\nprint(1)", "value", "syntax tree"),
    "a statement less": ("if kept:\n  f(1)\n  f(2)", "f(1)", "pass; f(3)", "statement", "syntax tree"),
    "a name in its place": ("f(email)", "f(email)", "f(mail)", "value", "mail would be undefined"),
    "a text in a text": ("f('email')", "email", "phone", "value", "syntax tree"),
    "code in a comment": ("f(1)  # of jane", "of jane", "of\nf(2)", "comment", "syntax tree"),
    "code as a comment": ("f(email)", "email", "phone", "comment", "syntax tree"),
    "an argument out of a tuple": ("f((email, phone))", ", phone", "", "arguments", "syntax tree"),
    "an import of something": ("f(1)", "f(1)", "import os", "import", "syntax tree"),
    "no syntax": ("f(email)", "email", "email.", "value", "SyntaxError"),
    "a name that nobody needs": (
        "def g():\n  a = email\n  log('x', a)", ", a", "", "arguments", "UnusedVariable a",
    ),
    "an f-string of nothing": ("f(f'to {email}')", "f'to {email}'", "f'to'", "value", "FStringMissingPlaceholders"),
    "placeholders left over": ("'%s %s' % (email, phone)", "(email, phone)", "(email,)", "value", "PercentFormat"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str) -> None:
    text, old, new, form, reason = REFUSED[case]
    text = KNOWN + text + "\n"
    with pytest.raises(Refused, match=reason):
        proved(text, piece(text, old, new, form))


def test_what_is_wrapped_is_proved() -> None:
    text = KNOWN + "print(f'{email!r:>9}', phone)\n"
    new = proved(text, wrap(text, "email"), wrap(text, "phone"))
    assert new.endswith("print(f'{redact(email)!r:>9}', redact(phone))\n")


@pytest.mark.parametrize(
    ("text", "old", "before", "after", "reason"),
    [
        ("print(email)\nemail = 1\n", "email", "redact(", ")", "redact would be undefined"),
        ("redact = str\nprint(a, b)\na = b = 1\n", "a, b", "redact(", ")", "syntax tree would have changed"),
        ("redact = str\nprint(a)\na = 1\n", "a", "redact(", "", "SyntaxError"),
        ("redact = str\nprint(a)\na = 1\n", "a", "redact(1 or ", ")", "syntax tree would have changed"),
        ("redact = str\nprint(a)\na = 1\n", "a", "a and redact(", ")", "syntax tree would have changed"),
        ("redact = str\nprint(a)\na = 1\n", "a", "redact(", ", 1)", "syntax tree would have changed"),
        ("redact = str\nprint(a)\na = 1\n", "a", "redact(", ", k=1)", "syntax tree would have changed"),
    ],
)  # fmt: skip
def test_a_wrap_that_changes_more_is_not_proved(text: str, old: str, before: str, after: str, reason: str) -> None:
    at = text.index(old, text.index("print") + 6)
    with pytest.raises(Refused, match=reason):
        proved(text, wrapped(at, at + len(old), before, after))


def test_an_import_is_proved_and_nothing_else_with_it() -> None:
    text = '"""Doc."""\nprint(1)\n'
    at = text.index("print")
    pieces = replaced(at, at, "\nfrom os import abs\n\n", "import"), wrapped(at + 6, at + 7, "abs(", ")")
    assert proved(text, *pieces) == '"""Doc."""\n\nfrom os import abs\n\nprint(abs(1))\n'
    with pytest.raises(Refused, match="UnusedImport os"):
        proved(text, replaced(at, at, "import os\n", "import"))
    with pytest.raises(Refused, match="syntax tree"):
        proved(text, replaced(at, at, "import os; os.abort()\n", "import"))


def test_other_bytes_are_not_proved() -> None:
    text = KNOWN + "print(user)\n"
    at = text.index("user)")
    pieces = [wrapped(at, at + 4, "redact(", ")")]
    with pytest.raises(Refused, match="other bytes"):
        prove(Source("case.py", text.encode()), applied(text, changes_of(pieces)) + "\n", pieces)


@pytest.mark.parametrize(
    "pieces",
    [
        (replaced(0, 4, "a"), replaced(3, 6, "b")),
        (Piece(0, 4, "value", (Change(2, 6, "b"),)),),
        (Piece(0, 4, "value", (Change(2, 4, "b"), Change(1, 2, "c"))),),
    ],
)
def test_pieces_that_overlap_or_change_what_is_not_theirs_are_not_proved(pieces: tuple[Piece, ...]) -> None:
    text = "abcdef\n"
    with pytest.raises(Refused, match="other bytes"):
        prove(Source("case.py", text.encode()), applied(text, changes_of(pieces)), pieces)


def test_pieces_that_meet_stay_apart() -> None:
    text = "f(a)(b)"
    pieces = [
        wrapped(2, 3, "x(", ")"),
        replaced(0, 0, "import f\n", "import"),
        replaced(5, 6, "c"),
        wrapped(3, 4, "", "!"),
    ]
    assert applied(text, changes_of(pieces)) == "import f\nf(x(a))!(c)"


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, list[Change]]:
    text = draw(st.text("ab(\n", max_size=20))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return text, [Change(start, end, draw(st.text("xy", max_size=3))) for start, end in pairs]


@given(changed())
def test_changes_can_be_taken_back(case: tuple[str, list[Change]]) -> None:
    text, changes = case
    new = applied(text, changes)
    assert undone(new, changes, text) == text
    for at in range(len(text)):
        if not any(change.start <= at < change.end for change in changes):
            assert new[moved(at, changes)] == text[at], "what stays is where it is said to be"


def test_what_is_inside_of_what_goes_begins_where_that_began() -> None:
    assert moved(3, [Change(0, 0, "new "), Change(2, 5, "x")]) == 6


def test_a_file_may_have_the_names_of_holes() -> None:
    text = KNOWN + "_hole_0 = 1\nprint(email, _hole_0, '_hole_0')\n"
    assert proved(text, wrap(text, "email")).count("redact(") == 1


# -- one more argument -------------------------------------------------------------------------------------------------

ARGUMENTS = st.sampled_from(["a", "'x, # y'", "k=(1, 2)", "{'a': 1,}", "*c", "f(1,)", "k=lambda: (1,)"])
BLANKS = st.sampled_from(["", " ", "\n    ", "\n\t\t", "  # why, so)\n    ", "\\\n "])


@st.composite
def calls(draw: st.DrawFn) -> str:
    given = sorted(draw(st.lists(ARGUMENTS, max_size=4)), key=lambda each: each.startswith("k="))
    given = [each.replace("k=", f"k{number}=") for number, each in enumerate(given)]
    comma = "," if given and draw(st.booleans()) else ""
    pieces = [f"{draw(BLANKS)}{each}{draw(BLANKS)}" for each in given]
    return f"{'log.' * draw(st.integers(0, 1))}f({','.join(pieces)}{comma}{draw(BLANKS)})"


@given(calls())
def test_one_more_argument_is_one_more_argument(call: str) -> None:
    text = f"{KNOWN}a = b = c = 1\n({call})\n"
    parsed = Parsed(Source("case.py", text.encode()))
    (node,) = [each for each in parsed.tree.body[-1].body[0].children if isinstance(each, cst.Call)]  # type: ignore[union-attr]
    refused = ""
    try:
        new = proved(text, one_more(parsed, node, "last=True"))
    except Refused as error:
        refused = error.reason
    if refused:
        assert refused == "a comment stands before the last comma of the call"
        return
    before, after = (ast.parse(each).body[-1].value for each in (text, new))  # type: ignore[attr-defined]
    assert ast.dump(after.keywords.pop()) == ast.dump(ast.keyword("last", ast.Constant(True)))
    assert ast.dump(after) == ast.dump(before)
